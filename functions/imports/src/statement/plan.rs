//! What is to become of each document of a statement.

use chrono::NaiveDate;
use oktan_shared::App;
use oktan_shared::domain::bank::{BankIdentity, Document, Known, Verdict, judge, plain_number};
use oktan_shared::domain::papers::{PaperNumber, named_in};
use oktan_shared::domain::text::CompanyName;
use oktan_shared::domain::window::Zone;
use oktan_shared::domain::{CompanyId, Inn, document_date};
use oktan_shared::table::{Alike, BankKnown, Company, StoreError};
use std::collections::{BTreeSet, HashMap, HashSet};

/// A document, and what becomes of it.
pub struct Planned {
    /// What the bank says.
    pub document: Document,
    /// By what it is known again.
    pub identity: BankIdentity,
    /// Whose it is, or likely is.
    pub company: Option<(CompanyId, CompanyName)>,
    /// What becomes of it.
    pub fate: Fate,
}

impl Planned {
    /// As it is told from others of the company whose it likely is.
    fn told(&self) -> Option<Alike<'_>> {
        let (company, _) = self.company.as_ref()?;
        Some((*company, self.document.date, &self.document.number, self.document.amount))
    }
}

/// What becomes of a document.
pub enum Fate {
    /// It is credited.
    Certain,
    /// It waits at the desk, with the company that has the payer's INN.
    Proposed {
        /// Because another document with its date, number and amount is the company's already.
        alike: bool,
    },
    /// It waits at the desk.
    Unmatched,
    /// It was known before.
    Known(Why),
    /// It was not done: a code and a sentence.
    Failed(&'static str, &'static str),
}

/// How a document is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It stands in this file once more.
    Repeated,
    /// It was credited.
    Credited,
    /// It came to the desk, where it waits or was assigned.
    OnDesk,
    /// A payment of this company with the same date, number and amount was posted by hand.
    ByHand,
}

impl Why {
    /// Its name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Repeated => "repeated",
            Self::Credited => "credited",
            Self::OnDesk => "on_desk",
            Self::ByHand => "by_hand",
        }
    }
}

/// What becomes of these documents, as things stand.
pub async fn of(app: &App, documents: Vec<Document>) -> Result<Vec<Planned>, StoreError> {
    let identities: Vec<BankIdentity> = documents.iter().map(Document::identity).collect();
    let distinct: Vec<BankIdentity> = identities.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let known = app.table.bank_known(&distinct).await?;
    let known: HashMap<BankIdentity, BankKnown> =
        distinct.into_iter().zip(known).filter_map(|(document, known)| Some((document, known?))).collect();
    let payers = payers(app, &documents).await?;
    let invoices = invoices(app, &documents, &payers).await?;
    let today = Zone::default().date(app.clock.now());
    let (mut seen, mut plan) = (HashSet::new(), Vec::with_capacity(documents.len()));
    for (document, identity) in documents.into_iter().zip(identities) {
        let payer = document.payer_inn.as_ref().and_then(|inn| payers.get(inn));
        let company = payer.map(|company| (company.id, company.name.clone()));
        let fate = match (seen.insert(identity.clone()), known.get(&identity)) {
            (false, _) => Fate::Known(Why::Repeated),
            (true, Some(BankKnown::Credited(_))) => Fate::Known(Why::Credited),
            (true, Some(BankKnown::OnDesk(_))) => Fate::Known(Why::OnDesk),
            (true, None) => verdict(&document, payer, &invoices, today),
        };
        plan.push(Planned { document, identity, company, fate });
    }
    standing(app, &mut plan).await?;
    Ok(plan)
}

/// The companies that have the payers' INNs.
async fn payers(app: &App, documents: &[Document]) -> Result<HashMap<Inn, Company>, StoreError> {
    let inns: BTreeSet<Inn> = documents.iter().filter_map(|document| document.payer_inn.clone()).collect();
    let inns: Vec<Inn> = inns.into_iter().collect();
    let found = app.table.companies_by_inn(&inns).await?;
    Ok(found.into_iter().flatten().map(|company| (company.inn.clone(), company)).collect())
}

/// The invoices that the purposes name, of the companies that paid.
async fn invoices(
    app: &App,
    documents: &[Document],
    payers: &HashMap<Inn, Company>,
) -> Result<BTreeSet<(CompanyId, PaperNumber)>, StoreError> {
    let named = documents.iter().flat_map(|document| {
        let payer = document.payer_inn.as_ref().and_then(|inn| payers.get(inn));
        payer.into_iter().flat_map(|payer| named_in(&document.purpose).into_iter().map(|number| (payer.id, number)))
    });
    app.table.invoices_there(&named.collect()).await
}

fn verdict(
    document: &Document,
    payer: Option<&Company>,
    invoices: &BTreeSet<(CompanyId, PaperNumber)>,
    today: NaiveDate,
) -> Fate {
    let named = payer.map(|company| {
        let numbers = named_in(&document.purpose).into_iter();
        numbers.filter(|number| invoices.contains(&(company.id, *number))).map(|number| number.to_string()).collect()
    });
    let named: Vec<String> = named.unwrap_or_default();
    let known = payer.map(|company| {
        let numbers = [company.contract_number.as_str()].into_iter().chain(named.iter().map(String::as_str));
        Known { company: company.id, numbers: numbers.collect() }
    });
    match judge(&document.purpose, known.as_ref()) {
        Verdict::Certain(_) if document_date(document.date, today).is_ok() => Fate::Certain,
        Verdict::Certain(_) | Verdict::Proposed(_) => Fate::Proposed { alike: false },
        Verdict::Unmatched => Fate::Unmatched,
    }
}

/// What stands in the companies' histories: what somebody posted by hand is known; beside what the bank brought from another
/// account a document with the same date, number and amount is credited by a person alone.
async fn standing(app: &App, plan: &mut [Planned]) -> Result<(), StoreError> {
    let asked: Vec<usize> = (0..plan.len())
        .filter(|at| plan.get(*at).is_some_and(|one| matches!(one.fate, Fate::Certain | Fate::Proposed { .. })))
        .collect();
    let told: Vec<_> = asked.iter().filter_map(|at| plan.get(*at)?.told()).collect();
    let found = app.table.standing(&told).await?;
    let alike = |(company, date, number, amount): Alike<'_>| (company, date, plain_number(number.as_str()), amount);
    let told: Vec<_> = told.into_iter().map(alike).collect();
    let mut before = HashSet::new();
    for ((at, told), found) in asked.into_iter().zip(told).zip(found) {
        let alike = !before.insert(told) || found.of_bank;
        if let Some(one) = plan.get_mut(at) {
            match one.fate {
                _ if found.by_hand => one.fate = Fate::Known(Why::ByHand),
                _ if alike => one.fate = Fate::Proposed { alike },
                _ => {}
            }
        }
    }
    Ok(())
}
