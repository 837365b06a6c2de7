//! What becomes of one row: a new company, one that is there, or a reason why not.

use crate::register::Row;
use oktan_shared::App;
use oktan_shared::domain::people::Actor;
use oktan_shared::domain::text::Login;
use oktan_shared::domain::{CompanyId, Inn};
use oktan_shared::http::FieldProblem;
use oktan_shared::provision::{CardsIssued, Founded, Founding, found, issue_due};
use oktan_shared::table::{Company, Contact, StoreError};
use std::collections::{HashMap, HashSet};

/// What became of a row, or would.
pub enum Place {
    /// A new company.
    Created {
        /// Its id, once it is there.
        company: Option<CompanyId>,
        /// Its cards.
        cards: u32,
    },
    /// The company was there, of the same contract.
    Existing {
        /// Its id.
        company: CompanyId,
        /// The cards that it was still due.
        cards: u32,
    },
    /// Why it is none.
    Failed(FieldProblem),
}

/// What the house has of a register already, read at once.
pub struct Survey {
    companies: HashMap<Inn, Company>,
    logins: HashSet<Login>,
}

impl Survey {
    /// Looks the rows' INNs up, and the logins of those that are new.
    pub async fn of(app: &App, rows: &[Row]) -> Result<Self, StoreError> {
        let inns: Vec<Inn> = rows.iter().map(|row| row.inn.clone()).collect();
        let found = app.table.companies_by_inn(&inns).await?;
        let companies: HashMap<Inn, Company> = found.into_iter().flatten().map(|one| (one.inn.clone(), one)).collect();
        let new = rows.iter().filter(|row| !companies.contains_key(&row.inn));
        let logins: Vec<Login> = new.map(|row| row.login.clone()).collect();
        let taken = app.table.taken_logins(&logins).await?;
        let logins = logins.into_iter().zip(taken).filter_map(|(login, taken)| taken.then_some(login)).collect();
        Ok(Self { companies, logins })
    }

    /// What would become of a row.
    pub fn foresee(&self, row: &Row) -> Place {
        match self.companies.get(&row.inn) {
            Some(company) if company.contract_number == row.contract_number => {
                Place::Existing { company: company.id, cards: company.cards_due }
            }
            Some(_) => Place::inn_taken(),
            None if self.logins.contains(&row.login) => Place::login_taken(),
            None => Place::Created { company: None, cards: row.cards },
        }
    }
}

/// Creates a row's company and issues its cards; does what is left to do of one that is there.
pub async fn place(app: &App, actor: &Actor, survey: &Survey, row: &Row) -> Place {
    let reason = format!("реестр, строка {}", row.line);
    let known = match survey.foresee(row) {
        Place::Created { .. } => None,
        Place::Existing { .. } => survey.companies.get(&row.inn).cloned(),
        failed @ Place::Failed(_) => return failed,
    };
    match known {
        Some(company) => complete(app, actor, &company, &reason, false).await,
        None => match found(app, actor.clone(), &founding(row, &reason)).await {
            Ok(Founded::Created(created)) => complete(app, actor, &created.0, &reason, true).await,
            Ok(Founded::InnTaken) => appeared(app, actor, row, &reason).await,
            Ok(Founded::LoginTaken) => Place::login_taken(),
            Err(error) => Place::unavailable(&error),
        },
    }
}

/// The INN was taken since the survey: perhaps by the same register, which somebody imports at the same time.
async fn appeared(app: &App, actor: &Actor, row: &Row, reason: &str) -> Place {
    match app.table.companies_by_inn(std::slice::from_ref(&row.inn)).await {
        Ok(found) => match found.into_iter().flatten().next() {
            Some(company) if company.contract_number == row.contract_number => {
                complete(app, actor, &company, reason, false).await
            }
            _ => Place::inn_taken(),
        },
        Err(error) => Place::unavailable(&error),
    }
}

/// Issues the cards that are due.
async fn complete(app: &App, actor: &Actor, company: &Company, reason: &str, new: bool) -> Place {
    match issue_due(app, actor, company, reason).await {
        Ok(CardsIssued::All(cards)) if new => Place::Created { company: Some(company.id), cards },
        Ok(CardsIssued::All(cards)) => Place::Existing { company: company.id, cards },
        Ok(CardsIssued::Inactive) => {
            Place::failed("cards", "company_suspended", "the company is not active: its cards are not issued")
        }
        Err(error) => {
            tracing::warn!(%error, company = %company.id, "the cards of a register's row are not issued");
            Place::failed("cards", "cards_not_issued", "the company is there, some of its cards are not: import again")
        }
    }
}

fn founding(row: &Row, reason: &str) -> Founding {
    Founding {
        inn: row.inn.clone(),
        kpp: row.kpp.clone(),
        name: row.name.clone(),
        contract_number: row.contract_number.clone(),
        contract_date: row.contract_date,
        contact: Contact { full_name: row.full_name.clone(), phone: row.phone.clone(), email: row.email.clone() },
        login: row.login.clone(),
        full_name: row.full_name.clone(),
        email: row.email.clone(),
        password_hash: None,
        cards: row.cards,
        reason: reason.to_owned(),
    }
}

impl Place {
    /// There was no time for it.
    pub fn not_reached() -> Self {
        Self::failed("", "not_reached", "there was no time for this row: import the file again")
    }

    fn inn_taken() -> Self {
        Self::failed("inn", "inn_taken", "another company has this INN, or this one by another contract")
    }

    fn login_taken() -> Self {
        Self::failed("owner_login", "login_taken", "another person has this login")
    }

    fn unavailable(error: &StoreError) -> Self {
        tracing::warn!(%error, "a row of a register was not written");
        Self::failed("", "unavailable", "this row was not written: import the file again")
    }

    fn failed(column: &str, code: &str, message: &str) -> Self {
        Self::Failed(FieldProblem { field: column.to_owned(), code: code.to_owned(), message: message.to_owned() })
    }
}
