//! Payments: posted by hand, once for a key, or from the bank's statement, once for a document.

use super::Table;
use super::entries::Entry;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::once::KEY_KEPT;
use super::rows::entry_index;
use super::standing::Beside;
use super::write::{Values, Write};
use crate::domain::bank::BankIdentity;
use crate::domain::text::{CompanyName, DocumentNumber, Purpose};
use crate::domain::{CompanyId, Inn, Kopecks};
use crate::journal::Act;
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// Who paid, as a document says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// If it says one.
    pub inn: Option<Inn>,
    /// Their name.
    pub name: CompanyName,
}

/// A payment to post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPayment {
    /// Its entry's id.
    pub id: Uuid,
    /// Whose.
    pub company: CompanyId,
    /// How much, above zero.
    pub amount: Kopecks,
    /// The document's date.
    pub date: NaiveDate,
    /// The document's number.
    pub document_number: DocumentNumber,
    /// What is said of it.
    pub comment: Purpose,
    /// Who paid; `None` where nobody said so.
    pub payer: Option<Payer>,
    /// The bank's document, of a payment that its statement brought.
    pub bank: Option<BankIdentity>,
    /// When it is posted.
    pub at: DateTime<Utc>,
}

/// How a payment ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentPosted {
    /// It is posted.
    Posted,
    /// It was posted before under this key, as this entry.
    Before(Uuid),
    /// The key was used with another body.
    KeyReused,
    /// What it may not stand beside stands.
    Known,
    /// There is no such company.
    NoCompany,
}

impl Table {
    /// Posts a payment unless its key was used or what it may not stand beside stands: the entry, the account and the key in
    /// one write.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn post_payment(
        &self,
        payment: &NewPayment,
        beside: Beside,
        idempotency_key: &str,
        fingerprint: &[u8],
        act: &Act,
    ) -> Result<PaymentPosted, StoreError> {
        let key = key::idempotency(&format!("PAYMENT#{}", act.actor.user), idempotency_key);
        if let Some(before) = self.used_key(&key, fingerprint).await? {
            return Ok(before);
        }
        let used = key
            .build()
            .with("fingerprint", fingerprint.to_vec())
            .with("entry", payment.id.to_string())
            .with(super::schema::TTL_ATTRIBUTE, (payment.at + KEY_KEPT).timestamp())
            .item();
        let write = self.stand(Write::default().create(self, used), payment, beside);
        let write = self.payment_rows(write, payment).await?;
        match self.commit_act(Some(payment.company), act, write).await {
            Ok(()) => Ok(PaymentPosted::Posted),
            // A copy of the same call was quicker.
            Err(StoreError::Refused { index: 0 }) => self.used_key(&key, fingerprint).await?.ok_or(StoreError::Busy),
            Err(StoreError::Refused { index: 1 }) => Ok(PaymentPosted::Known),
            Err(StoreError::Refused { .. }) => Ok(PaymentPosted::NoCompany),
            Err(error) => Err(error),
        }
    }

    /// The rows of a payment: its entry, the account by so much more, and the invoices that it fills.
    pub(super) async fn payment_rows(&self, write: Write, payment: &NewPayment) -> Result<Write, StoreError> {
        let filled = self.filled_by(payment).await?;
        let row = key::entry(payment.company, payment.id)
            .build()
            .with("amount", payment.amount)
            .with("document_date", payment.date)
            .with("document_number", payment.document_number.clone())
            .with("comment", payment.comment.clone())
            .with("at", payment.at)
            .with("kind", "payment".to_owned())
            .maybe("payer_inn", payment.payer.as_ref().and_then(|payer| payer.inn.clone()))
            .maybe("payer_name", payment.payer.as_ref().map(|payer| payer.name.clone()))
            .maybe("bank", payment.bank.clone())
            .maybe("filled", (!filled.is_empty()).then(|| Json(filled.clone())));
        let row = entry_index(row, payment.company, None, payment.at, &payment.id.to_string()).item();
        let (update, there) = ("ADD #balance :amount, #available :amount", "attribute_exists(#pk)");
        let values = Values::none().with("amount", payment.amount);
        let write = write.create(self, row).update(self, &key::account(payment.company), update, there, values);
        Ok(self.with_filled(write, payment, &filled))
    }

    pub(super) async fn used_key(
        &self,
        key: &key::Key,
        fingerprint: &[u8],
    ) -> Result<Option<PaymentPosted>, StoreError> {
        let Some(row) = self.row(key).await? else { return Ok(None) };
        let before: Vec<u8> = get(&row, "fingerprint")?;
        if before != fingerprint {
            return Ok(Some(PaymentPosted::KeyReused));
        }
        let entry: String = get(&row, "entry")?;
        Ok(Some(PaymentPosted::Before(entry.parse().map_err(|_| StoreError::Corrupt("entry"))?)))
    }
}

pub(super) fn read_payment(item: &Item) -> Result<Entry, StoreError> {
    let (pk, sk): (String, String) = (get(item, "pk")?, get(item, "sk")?);
    let (inn, name) = (find(item, "payer_inn")?, find(item, "payer_name")?);
    Ok(Entry::Payment {
        id: sk.trim_start_matches("ENTRY#").parse().map_err(|_| StoreError::Corrupt("sk"))?,
        company: pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        at: get(item, "at")?,
        amount: get(item, "amount")?,
        date: get(item, "document_date")?,
        document_number: get(item, "document_number")?,
        comment: get(item, "comment")?,
        payer: name.map(|name| Payer { inn, name }),
        by_hand: !item.contains_key("bank"),
        reversed_at: find(item, "reversed_at")?,
    })
}
