//! What people of the demo did meanwhile, in time order and each in its journal, and the rows of the fills.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use oktan_shared::domain::bank::BankIdentity;
use oktan_shared::domain::card::Card;
use oktan_shared::domain::people::Actor;
use oktan_shared::domain::text::{DocumentNumber, Purpose};
use oktan_shared::domain::{CardNumber, CompanyId, Invalid, Kopecks};
use oktan_shared::journal::Act;
use oktan_shared::table::{CardRow, Credited, NewPayment, Payer, RawRow, over_row};
use serde_json::{Value, json};

use super::course::Course;
use super::desk::{self, AtDesk, Staff};
use super::dice::Dice;
use super::fleet::set;
use super::past::Months;
use super::vehicles::LOST;
use super::{Maker, day};
use crate::Failure;

/// Rows put in one transaction.
const ROWS_AT_ONCE: usize = 1_000;
/// OKTAN's account at the bank.
pub const OWN_ACCOUNT: &str = "40702810586834497869";
/// Cards of a company that are read at once.
const CARDS_MAX: usize = 100;

/// Something a person did.
pub enum Deed {
    /// A payment came with the bank's statement.
    Payment(CompanyId, Kopecks),
    /// Something at the desk, which reads the clock.
    AtDesk(AtDesk),
}

/// What people did, by its time.
pub type Deeds = Vec<(DateTime<Utc>, Deed)>;

/// What people did in the months of a company.
pub fn of(course: &Course<'_>, months: Months, has_lost: bool) -> Deeds {
    let company = course.account.company;
    let paid = course.payments.iter().map(|(at, amount)| (*at, Deed::Payment(company, *amount)));
    let mut deeds: Deeds = paid.collect();
    if let (true, Some(lost), Some(new)) = (has_lost, course.cards.get(LOST), course.cards.last()) {
        let (lost, new) = (lost.row.card.number.clone(), new.row.card.number.clone());
        find_payer_of_one(&mut deeds);
        deeds.push((months.lost_at(), Deed::AtDesk(AtDesk::Block(lost.clone()))));
        deeds.push((months.replaced_at(), Deed::AtDesk(AtDesk::Replace(lost, new))));
    }
    deeds
}

/// Of the payments the one in the middle came without a payer's name that anybody knew, and was found to be theirs.
fn find_payer_of_one(deeds: &mut Deeds) {
    let middle = deeds.len() / 2;
    if let Some((at, deed)) = deeds.get_mut(middle)
        && let Deed::Payment(company, amount) = *deed
    {
        *deed = Deed::AtDesk(AtDesk::Find(company, amount));
        let came = *at - Duration::minutes(95);
        deeds.push((came, Deed::AtDesk(AtDesk::Stray(desk::of_unknown_payer(amount)))));
    }
}

/// Does what was done at one company, in order. What the desk does reads the clock; a payment brings its own time, so the
/// companies may go side by side.
pub async fn act(maker: &Maker<'_>, mut deeds: Deeds, staff: &Staff<'_>) -> Result<(), Failure> {
    deeds.sort_by_key(|(at, _)| *at);
    let mut dice = Dice::new(41);
    let mut document = 118;
    for (at, deed) in deeds {
        match deed {
            Deed::Payment(company, amount) => {
                document += dice.between(1, 9);
                pay(maker, &staff.clerk, company, amount, document, at).await?;
            }
            Deed::AtDesk(done) => {
                set(maker.clock, at);
                done.act(maker, staff).await?;
            }
        }
    }
    Ok(())
}

/// Credits a payment as an import of the bank's statement does; the clerk need not sign in for each anew.
async fn pay(
    maker: &Maker<'_>,
    clerk: &Actor,
    company: CompanyId,
    amount: Kopecks,
    document: i64,
    at: DateTime<Utc>,
) -> Result<(), Failure> {
    let failed = |cause: String| Failure::new("a payment of the demo", cause);
    let bad = |cause: Invalid| failed(cause.message);
    let found = maker.app.table.company(company).await.map_err(|cause| failed(cause.to_string()))?;
    let (payer, _) = found.ok_or_else(|| failed("there is no such company".to_owned()))?;
    let (date, kopecks) = (day::date(at), amount.get());
    let bank = BankIdentity::parse(&format!("{OWN_ACCOUNT}#{date}#{document}#{kopecks}#{}", payer.inn)).map_err(bad)?;
    let purpose = format!("Оплата топлива по договору № {}", payer.contract_number);
    let payment = NewPayment {
        id: uuid::Uuid::new_v4(),
        company,
        amount,
        date,
        document_number: DocumentNumber::parse(&document.to_string()).map_err(bad)?,
        comment: Purpose::parse(&purpose).map_err(bad)?,
        payer: Some(Payer { inn: Some(payer.inn), name: payer.name }),
        bank: Some(bank.clone()),
        at,
    };
    let act = Act {
        at,
        actor: clerk.clone(),
        action: "payment.import".to_owned(),
        subject: format!("company {company}"),
        before: Value::Null,
        after: json!({ "amount": amount, "date": payment.date, "document_number": payment.document_number }),
        reason: payment.comment.to_string(),
    };
    match maker.app.table.credit(&payment, &bank, &act).await {
        Ok(Credited::Done) => Ok(()),
        Ok(_) => Err(failed("it was not credited".to_owned())),
        Err(cause) => Err(failed(cause.to_string())),
    }
}

/// Puts the rows of the months: what the fills moved goes onto the cards as people's acts left them.
pub async fn load(maker: &Maker<'_>, courses: &[Course<'_>]) -> Result<(), Failure> {
    let failed = |cause| Failure::new("the past of the demo", cause);
    let table = &maker.app.table;
    let mut rows: Vec<RawRow> = Vec::new();
    for course in courses {
        let company = course.account.company;
        let (cards, _) = table.cards(company, CARDS_MAX, None).await.map_err(failed)?;
        let mut stand: BTreeMap<CardNumber, CardRow> =
            cards.into_iter().map(|card| (card.row.card.number.clone(), card.row)).collect();
        for driven in &course.cards {
            let row = stand.remove(&driven.row.card.number);
            let row = row.ok_or_else(|| Failure::new("the past of the demo", "a card is not there"))?;
            rows.push(filled(&row, &driven.row).to_raw());
        }
        rows.extend(course.over.values().map(over_row));
        rows.extend(course.refunds.iter().map(oktan_shared::table::RefundRow::to_raw));
        let moved = course.account.balance.saturating_sub(course.paid());
        table.add_past(company, moved, &course.account, &course.saved()).await.map_err(failed)?;
    }
    let (of, mut done) = (rows.len(), 0);
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(ROWS_AT_ONCE));
        let now = std::mem::replace(&mut rows, rest);
        done += now.len();
        maker.loader.load(&maker.app.config.cabinet_table, now).await?;
        (maker.say)(&format!("  demo: {done} of {of} rows"));
    }
    Ok(())
}

/// A card as it stands, with what its fills made of it.
fn filled(stands: &CardRow, fills: &CardRow) -> CardRow {
    let card = Card {
        usage: fills.card.usage.clone(),
        last_product: fills.card.last_product,
        version: stands.card.version.saturating_add(fills.card.version),
        ..stands.card.clone()
    };
    CardRow { recent: fills.recent.clone(), ..stands.after(card, []) }
}
