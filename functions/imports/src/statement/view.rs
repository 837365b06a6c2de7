//! A statement's outcome as it is told.

use super::plan::{Fate, Planned};
use chrono::NaiveDate;
use oktan_shared::domain::bank::{AccountNumber, Turnover};
use oktan_shared::domain::text::{CompanyName, DocumentNumber, Purpose, fitted};
use oktan_shared::domain::{CompanyId, Inn, Kopecks};
use serde::Serialize;

/// What came of a statement; each document that brought money stands in one of the lists, in the order of the file.
#[derive(Debug, Clone, Default, Serialize, utoipa::ToSchema)]
pub struct StatementImported {
    /// The file's own accounts.
    accounts: Vec<OwnAccount>,
    /// Credited, or to be: the company has the INN, and the purpose names its contract or an invoice.
    accepted: Vec<ImportedDocument>,
    /// At the desk with the company that has the INN, or to be; a person says that it is so.
    proposed: Vec<ImportedDocument>,
    /// Known before: nothing is done.
    duplicates: Vec<ImportedDocument>,
    /// At the desk, or to be: nobody has the INN.
    unmatched: Vec<ImportedDocument>,
    /// What left own accounts, or went between them: never a credit.
    outgoing: Outgoing,
    /// What is left to do: import the file again.
    failed: Vec<FailedDocument>,
}

/// An own account of the statement.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct OwnAccount {
    /// Twenty digits.
    account: String,
    /// What came, by its documents.
    came: Kopecks,
    /// What left, by its documents.
    left: Kopecks,
}

/// What left.
#[derive(Debug, Clone, Copy, Default, Serialize, utoipa::ToSchema)]
pub struct Outgoing {
    /// Documents.
    count: u32,
    /// Their sum.
    amount: Kopecks,
}

/// A document that brought money.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ImportedDocument {
    /// The line of the file on which it starts.
    line: usize,
    /// Its number.
    document: DocumentNumber,
    /// Its date.
    date: NaiveDate,
    amount: Kopecks,
    #[schema(required)]
    payer_inn: Option<Inn>,
    payer_name: CompanyName,
    purpose: Purpose,
    /// The company that has the payer's INN.
    #[schema(required)]
    company_id: Option<CompanyId>,
    #[schema(required)]
    company_name: Option<CompanyName>,
    /// How a duplicate is known: `repeated` in this file, `credited` before, `on_desk`, or posted `by_hand`. Of one that is
    /// proposed, `alike`: another account's document with its date, number and amount is the company's already. Else `null`.
    #[schema(required)]
    known: Option<&'static str>,
}

/// A document that is still to be done.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FailedDocument {
    /// The line of the file on which it starts.
    line: usize,
    /// Its number.
    document: DocumentNumber,
    amount: Kopecks,
    payer_name: CompanyName,
    /// `not_reached` or `unavailable`.
    code: &'static str,
    message: &'static str,
}

impl StatementImported {
    /// The outcome, or what it would be.
    pub fn of(accounts: &[(AccountNumber, Turnover)], plan: &[Planned]) -> Self {
        let mut imported = Self::default();
        for (account, turnover) in accounts {
            let own = OwnAccount { account: account.to_string(), came: turnover.came, left: turnover.left };
            imported.accounts.push(own);
            imported.outgoing.count = imported.outgoing.count.saturating_add(turnover.outgoing);
            imported.outgoing.amount = imported.outgoing.amount.saturating_add(turnover.left);
        }
        for one in plan {
            match one.fate {
                Fate::Certain => imported.accepted.push(ImportedDocument::of(one, None)),
                Fate::Proposed { alike } => {
                    imported.proposed.push(ImportedDocument::of(one, alike.then_some("alike")));
                }
                Fate::Unmatched => imported.unmatched.push(ImportedDocument::of(one, None)),
                Fate::Known(why) => imported.duplicates.push(ImportedDocument::of(one, Some(why.name()))),
                Fate::Failed(code, message) => imported.failed.push(FailedDocument {
                    line: one.document.line,
                    document: one.document.number.clone(),
                    amount: one.document.amount,
                    payer_name: one.document.payer_name.clone(),
                    code,
                    message,
                }),
            }
        }
        imported
    }
}

impl ImportedDocument {
    fn of(planned: &Planned, known: Option<&'static str>) -> Self {
        let Planned { document, company, .. } = planned;
        Self {
            line: document.line,
            document: document.number.clone(),
            date: document.date,
            amount: document.amount,
            payer_inn: document.payer_inn.clone(),
            payer_name: document.payer_name.clone(),
            purpose: purpose(&document.purpose),
            company_id: company.as_ref().map(|(id, _)| *id),
            company_name: company.as_ref().map(|(_, name)| name.clone()),
            known,
        }
    }
}

/// A purpose as it is kept and shown.
pub fn purpose(text: &str) -> Purpose {
    Purpose::parse(&fitted(text, 210)).unwrap_or_default()
}
