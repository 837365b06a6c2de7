//! What is to become of each document of a statement.

use oktan_shared::App;
use oktan_shared::domain::bank::{BankIdentity, Document, Known, Verdict, judge};
use oktan_shared::domain::papers::{PaperNumber, named_in};
use oktan_shared::domain::text::CompanyName;
use oktan_shared::domain::{CompanyId, Inn};
use oktan_shared::table::{BankKnown, Company, StoreError};
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

/// What becomes of a document.
pub enum Fate {
    /// It is credited.
    Certain,
    /// It waits at the desk, with the company that has the payer's INN.
    Proposed,
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
    let (mut seen, mut plan) = (HashSet::new(), Vec::with_capacity(documents.len()));
    for (document, identity) in documents.into_iter().zip(identities) {
        let payer = document.payer_inn.as_ref().and_then(|inn| payers.get(inn));
        let company = payer.map(|company| (company.id, company.name.clone()));
        let fate = match (seen.insert(identity.clone()), known.get(&identity)) {
            (false, _) => Fate::Known(Why::Repeated),
            (true, Some(BankKnown::Credited(_))) => Fate::Known(Why::Credited),
            (true, Some(BankKnown::OnDesk(_))) => Fate::Known(Why::OnDesk),
            (true, None) => verdict(&document, payer, &invoices),
        };
        plan.push(Planned { document, identity, company, fate });
    }
    by_hand(app, &mut plan).await?;
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

fn verdict(document: &Document, payer: Option<&Company>, invoices: &BTreeSet<(CompanyId, PaperNumber)>) -> Fate {
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
        Verdict::Certain(_) => Fate::Certain,
        Verdict::Proposed(_) => Fate::Proposed,
        Verdict::Unmatched => Fate::Unmatched,
    }
}

/// What somebody posted by hand before the statement brought it.
async fn by_hand(app: &App, plan: &mut [Planned]) -> Result<(), StoreError> {
    let asked: Vec<usize> = (0..plan.len())
        .filter(|at| plan.get(*at).is_some_and(|one| matches!(one.fate, Fate::Certain | Fate::Proposed)))
        .collect();
    let documents: Vec<_> = asked
        .iter()
        .filter_map(|at| {
            let Planned { document, company, .. } = plan.get(*at)?;
            let (company, _) = company.as_ref()?;
            Some((*company, document.date, &document.number, document.amount))
        })
        .collect();
    let found = app.table.posted_by_hand(&documents).await?;
    for at in asked.into_iter().zip(found).filter_map(|(at, found)| found.then_some(at)) {
        if let Some(one) = plan.get_mut(at) {
            one.fate = Fate::Known(Why::ByHand);
        }
    }
    Ok(())
}
