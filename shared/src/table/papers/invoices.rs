//! Invoices: what a company asked for to pay by, and what has been paid by them.

use super::numbers::PaperKind;
use crate::domain::papers::{Buyer, Filled, PaperNumber, Seller, filled, named_in};
use crate::domain::{CompanyId, Kopecks, UserId};
use crate::journal::Act;
use crate::table::error::StoreError;
use crate::table::item::{Attr, Item, Json, find, get};
use crate::table::key::{self, Key};
use crate::table::once::Once;
use crate::table::read::Query;
use crate::table::rows::Position;
use crate::table::write::{Values, Write, pause};
use crate::table::{NewPayment, Table};
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Attempts at a number that others take.
const ATTEMPTS_MAX: u32 = 24;
/// Invoices that one payment is counted for.
const NAMED_MAX: usize = 10;

/// An invoice to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvoice {
    /// Whose.
    pub company: CompanyId,
    /// Its day.
    pub date: NaiveDate,
    /// To be paid, above zero.
    pub amount: Kopecks,
    /// Who sells, as the requisites are; none where there are none yet.
    pub seller: Option<Seller>,
    /// Who buys, as the contract is.
    pub buyer: Buyer,
    /// When it is made.
    pub created_at: DateTime<Utc>,
}

/// An invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// Its number.
    pub number: PaperNumber,
    /// What it says.
    pub of: NewInvoice,
    /// Paid so far by payments that name it.
    pub paid: Kopecks,
    /// When the last of those that stand was posted; none until all of it is paid.
    pub paid_at: Option<DateTime<Utc>>,
}

/// How the making of an invoice ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invoiced {
    /// It is there.
    Made(Invoice),
    /// It was made before under this key: as it was then.
    Before(Invoice),
    /// The key was used with another body.
    KeyReused,
}

impl Invoice {
    /// One that nothing was paid by yet.
    const fn unpaid(number: PaperNumber, of: NewInvoice) -> Self {
        Self { number, of, paid: Kopecks::ZERO, paid_at: None }
    }

    /// What is left to pay; never below zero.
    pub fn left(&self) -> Kopecks {
        self.of.amount.saturating_sub(self.paid).max(Kopecks::ZERO)
    }
}

fn made_key(by: UserId, once: &Once) -> Key {
    key::idempotency(&format!("INVOICE#{by}"), &once.key)
}

fn read(row: &Item) -> Result<Invoice, StoreError> {
    let (pk, sk): (String, String) = (get(row, "pk")?, get(row, "sk")?);
    let Json(buyer) = get(row, "buyer")?;
    let paid: Kopecks = find(row, "paid")?.unwrap_or_default();
    let payments = find(row, "payments")?.unwrap_or(Payments(Vec::new()));
    let mut invoice = Invoice {
        number: sk.trim_start_matches("INVOICE#").parse().map_err(|_| StoreError::Corrupt("sk"))?,
        of: NewInvoice {
            company: pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
            date: get(row, "date")?,
            amount: get(row, "amount")?,
            seller: find(row, "seller")?.map(|Json(seller)| seller),
            buyer,
            created_at: get(row, "created_at")?,
        },
        paid,
        paid_at: None,
    };
    if !invoice.left().is_positive() {
        invoice.paid_at = payments.0.into_iter().map(|(at, _)| at).max();
    }
    Ok(invoice)
}

/// Payments that an invoice is paid by, of those that stand: when each was posted, and its entry.
struct Payments(Vec<(DateTime<Utc>, Uuid)>);

impl Attr for Payments {
    fn to_attr(&self) -> AttributeValue {
        AttributeValue::Ss(self.0.iter().map(|(at, entry)| format!("{}#{entry}", at.timestamp_millis())).collect())
    }
    fn from_attr(value: &AttributeValue) -> Option<Self> {
        let read = |text: &String| {
            let (at, entry) = text.split_once('#')?;
            Some((DateTime::from_timestamp_millis(at.parse().ok()?)?, entry.parse().ok()?))
        };
        value.as_ss().ok()?.iter().map(read).collect::<Option<_>>().map(Self)
    }
}

impl Table {
    /// Makes an invoice with the next number of its year, once per key.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn create_invoice(
        &self,
        invoice: NewInvoice,
        by: UserId,
        once: Option<&Once>,
        act: impl Fn(PaperNumber) -> Act,
    ) -> Result<Invoiced, StoreError> {
        for attempt in 1..=ATTEMPTS_MAX {
            if let Some(before) = self.invoiced_before(invoice.company, by, once).await? {
                return Ok(before);
            }
            let number = self.next_number(PaperKind::Invoice, PaperNumber::year_of(invoice.date)).await?;
            let row = key::invoice(invoice.company, number)
                .build()
                .with("date", invoice.date)
                .with("amount", invoice.amount)
                .maybe("seller", invoice.seller.clone().map(Json))
                .with("buyer", Json(invoice.buyer.clone()))
                .with("created_at", invoice.created_at)
                .item();
            let used = once.map(|once| once.used(&made_key(by, once), invoice.created_at).with("invoice", number));
            let write = used.into_iter().fold(Write::default(), |write, used| write.create(self, used.item()));
            let write = self.with_number(write.create(self, row), PaperKind::Invoice, number);
            match self.commit_act(Some(invoice.company), &act(number), write).await {
                Ok(()) => return Ok(Invoiced::Made(Invoice::unpaid(number, invoice))),
                // Another took the number, or a copy of the same call was quicker.
                Err(StoreError::Refused { .. }) => pause(attempt).await,
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Busy)
    }

    async fn invoiced_before(
        &self,
        company: CompanyId,
        by: UserId,
        once: Option<&Once>,
    ) -> Result<Option<Invoiced>, StoreError> {
        let Some(once) = once else { return Ok(None) };
        let Some(row) = self.row(&made_key(by, once)).await? else { return Ok(None) };
        if !once.is(&row)? {
            return Ok(Some(Invoiced::KeyReused));
        }
        let made = self.invoice(company, get(&row, "invoice")?).await?.ok_or(StoreError::Corrupt("invoice"))?;
        Ok(Some(Invoiced::Before(Invoice::unpaid(made.number, made.of))))
    }

    /// A company's invoice.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn invoice(&self, company: CompanyId, number: PaperNumber) -> Result<Option<Invoice>, StoreError> {
        self.row(&key::invoice(company, number)).await?.as_ref().map(read).transpose()
    }

    /// A company's invoices, newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn invoices(
        &self,
        company: CompanyId,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Invoice>, Option<Position>), StoreError> {
        let values = Values::none().with("pk", key::account(company).pk).with("prefix", "INVOICE#".to_owned());
        let (rows, last) = self
            .query(Query {
                index: None,
                condition: "#pk = :pk AND begins_with(#sk, :prefix)",
                filter: None,
                values,
                newest_first: true,
                limit,
                start: after.map(Position::start),
            })
            .await?;
        let invoices = rows.iter().map(read).collect::<Result<_, _>>()?;
        Ok((invoices, last.map(|item| Position::of(&item, &["pk", "sk"]))))
    }

    /// Which of these invoices there are.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn invoices_there(
        &self,
        asked: &BTreeSet<(CompanyId, PaperNumber)>,
    ) -> Result<BTreeSet<(CompanyId, PaperNumber)>, StoreError> {
        let asked: Vec<_> = asked.iter().copied().collect();
        let keys: Vec<_> = asked.iter().map(|(company, number)| key::invoice(*company, *number)).collect();
        let mut rows = self.batch(&keys).await?;
        Ok(asked.into_iter().zip(&keys).filter_map(|(one, key)| rows.take(key).map(|_| one)).collect())
    }

    /// What a payment fills of the invoices of its company that its number or its comment names.
    pub(in crate::table) async fn filled_by(&self, payment: &NewPayment) -> Result<Vec<Filled>, StoreError> {
        let mut named = named_in(&format!("{} {}", payment.document_number, payment.comment));
        named.truncate(NAMED_MAX);
        if named.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<_> = named.into_iter().map(|number| key::invoice(payment.company, number)).collect();
        let mut rows = self.batch(&keys).await?;
        let found =
            keys.iter().filter_map(|key| rows.take(key)).map(|row| read(&row)).collect::<Result<Vec<_>, _>>()?;
        let wanted: Vec<_> = found.iter().map(|invoice| (invoice.number, invoice.left())).collect();
        Ok(filled(payment.amount, &wanted))
    }

    /// Counts a payment for the invoices that it fills.
    pub(in crate::table) fn with_filled(&self, write: Write, payment: &NewPayment, parts: &[Filled]) -> Write {
        parts.iter().fold(write, |write, part| {
            let this = Payments(vec![(payment.at, payment.id)]);
            let values = Values::none().with("part", part.amount).with("this", this);
            let key = key::invoice(payment.company, part.number);
            write.update(self, &key, "ADD #paid :part, #payments :this", "attribute_exists(#pk)", values)
        })
    }

    /// Takes a payment that is taken back, by when it was posted and its entry, off the invoices that it filled.
    pub(in crate::table) fn without_filled(
        &self,
        write: Write,
        company: CompanyId,
        payment: (DateTime<Utc>, Uuid),
        parts: &[Filled],
    ) -> Write {
        parts.iter().fold(write, |write, part| {
            let values = Values::none().with("part", part.amount.negated()).with("this", Payments(vec![payment]));
            let key = key::invoice(company, part.number);
            write.update(self, &key, "ADD #paid :part DELETE #payments :this", "attribute_exists(#pk)", values)
        })
    }
}
