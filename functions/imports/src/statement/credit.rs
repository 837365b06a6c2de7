//! Crediting a statement: one write for each payment, with the claim on its document; a few documents at a time to the desk.

use super::plan::{Fate, Planned, Why};
use super::view::purpose;
use futures::StreamExt as _;
use oktan_shared::App;
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::Kopecks;
use oktan_shared::domain::bank::BankIdentity;
use oktan_shared::domain::ids::UnmatchedId;
use oktan_shared::domain::people::Actor;
use oktan_shared::journal::Act;
use oktan_shared::table::{Credited, DESK_CHUNK_MAX, NewPayment, Payer, StoreError, Unmatched};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tokio::time::Instant;
use uuid::Uuid;

/// Companies that are credited at a time; the payments of one go one after another, for they share its journal.
const AT_ONCE: usize = 16;
/// Tries of a write to the desk, some of whose documents another import was quicker with.
const TRIES_MAX: u32 = 5;

const NOT_REACHED: Fate = Fate::Failed("not_reached", "there was no time for this document: import the file again");
const UNAVAILABLE: Fate = Fate::Failed("unavailable", "this document was not written: import the file again");

/// Does what is planned until then, and says in the plan what came of it.
pub async fn all(app: &App, actor: &Actor, plan: &mut [Planned], until: Instant) {
    let (certain, waiting) = {
        let plan = &*plan;
        tokio::join!(credited(app, actor, plan, until), put_on_desk(app, actor, plan, until))
    };
    for (at, fate) in certain.into_iter().chain(waiting) {
        if let Some(one) = plan.get_mut(at) {
            one.fate = fate;
        }
    }
}

async fn credited(app: &App, actor: &Actor, plan: &[Planned], until: Instant) -> Vec<(usize, Fate)> {
    let mut by_company: BTreeMap<CompanyId, Vec<usize>> = BTreeMap::new();
    for (at, one) in plan.iter().enumerate().filter(|(_, one)| matches!(one.fate, Fate::Certain)) {
        if let Some((company, _)) = &one.company {
            by_company.entry(*company).or_default().push(at);
        }
    }
    let work = by_company.into_iter().map(|(company, payments)| async move {
        let mut fates = Vec::with_capacity(payments.len());
        for (at, one) in payments.into_iter().filter_map(|at| Some((at, plan.get(at)?))) {
            let fate = if Instant::now() < until { credit(app, actor, company, one).await } else { NOT_REACHED };
            fates.push((at, fate));
        }
        fates
    });
    futures::stream::iter(work).buffer_unordered(AT_ONCE).concat().await
}

async fn credit(app: &App, actor: &Actor, company: CompanyId, planned: &Planned) -> Fate {
    let document = &planned.document;
    let payment = NewPayment {
        id: Uuid::new_v4(),
        company,
        amount: document.amount,
        date: document.date,
        document_number: document.number.clone(),
        comment: purpose(&document.purpose),
        payer: Some(Payer { inn: document.payer_inn.clone(), name: document.payer_name.clone() }),
        bank: Some(planned.identity.clone()),
        at: app.clock.now(),
    };
    let act = Act {
        at: payment.at,
        actor: actor.clone(),
        action: "payment.import".to_owned(),
        subject: format!("company {company}"),
        before: Value::Null,
        after: json!({
            "payer_inn": document.payer_inn, "payer_name": document.payer_name, "amount": payment.amount,
            "date": payment.date, "document_number": payment.document_number,
        }),
        reason: payment.comment.to_string(),
    };
    match app.table.credit(&payment, &planned.identity, &act).await {
        Ok(Credited::Done) => Fate::Certain,
        Ok(Credited::Known) => Fate::Known(Why::Credited),
        // The next import of the file asks, or knows it.
        Ok(Credited::Overtaken | Credited::NoCompany) => UNAVAILABLE,
        Err(error) => unavailable(&error),
    }
}

fn unavailable(error: &StoreError) -> Fate {
    tracing::warn!(%error, "a document of a statement was not written");
    UNAVAILABLE
}

async fn put_on_desk(app: &App, actor: &Actor, plan: &[Planned], until: Instant) -> Vec<(usize, Fate)> {
    let waiting: Vec<(usize, &Planned)> = plan
        .iter()
        .enumerate()
        .filter(|(_, one)| matches!(one.fate, Fate::Proposed { .. } | Fate::Unmatched))
        .collect();
    let mut fates = Vec::with_capacity(waiting.len());
    for chunk in waiting.chunks(DESK_CHUNK_MAX) {
        if Instant::now() < until {
            match record(app, actor, chunk).await {
                Ok(recorded) => fates.extend(recorded),
                Err(error) => {
                    let fate = || unavailable(&error);
                    fates.extend(chunk.iter().map(|(at, _)| (*at, fate())));
                }
            }
        } else {
            fates.extend(chunk.iter().map(|(at, _)| (*at, NOT_REACHED)));
        }
    }
    fates
}

/// Puts documents on the desk; those that another import was quicker with are known.
async fn record(app: &App, actor: &Actor, chunk: &[(usize, &Planned)]) -> Result<Vec<(usize, Fate)>, StoreError> {
    let mut fates = Vec::new();
    let mut left: Vec<(usize, &Planned)> = chunk.to_vec();
    for _ in 0..TRIES_MAX {
        let rows: Vec<(BankIdentity, Unmatched)> = left.iter().map(|(_, one)| desk_row(app, one)).collect();
        if rows.is_empty() || app.table.record_from_bank(&rows, &desk_act(app, actor, &rows)).await? {
            return Ok(fates);
        }
        let identities: Vec<BankIdentity> = left.iter().map(|(_, one)| one.identity.clone()).collect();
        let known = app.table.bank_known(&identities).await?;
        let (gone, still): (Vec<_>, Vec<_>) = left.into_iter().zip(known).partition(|(_, known)| known.is_some());
        fates.extend(gone.into_iter().map(|((at, _), _)| (at, Fate::Known(Why::OnDesk))));
        left = still.into_iter().map(|(one, _)| one).collect();
    }
    Err(StoreError::Busy)
}

fn desk_row(app: &App, planned: &Planned) -> (BankIdentity, Unmatched) {
    let Planned { document, identity, company, .. } = planned;
    let waiting = Unmatched {
        id: UnmatchedId::new(Uuid::new_v4()),
        payer_inn: document.payer_inn.clone(),
        payer_name: document.payer_name.clone(),
        amount: document.amount,
        date: document.date,
        document_number: document.number.clone(),
        purpose: purpose(&document.purpose),
        at: app.clock.now(),
        proposed: company.as_ref().map(|(id, _)| *id),
        bank: Some(identity.clone()),
        assigned: None,
    };
    (identity.clone(), waiting)
}

fn desk_act(app: &App, actor: &Actor, rows: &[(BankIdentity, Unmatched)]) -> Act {
    let amount = rows.iter().fold(Kopecks::ZERO, |sum, (_, waiting)| sum.saturating_add(waiting.amount));
    let numbers: Vec<_> = rows.iter().map(|(_, waiting)| waiting.document_number.as_str()).collect();
    Act {
        at: app.clock.now(),
        actor: actor.clone(),
        action: "payment.desk".to_owned(),
        subject: "statement".to_owned(),
        before: Value::Null,
        after: json!({ "amount": amount, "document_numbers": numbers.join(", ") }),
        reason: String::new(),
    }
}
