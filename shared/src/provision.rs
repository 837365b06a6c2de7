//! A new company and its first cards, as the desk and a register make them.

use crate::app::App;
use crate::auth::random_bytes;
use crate::domain::account::Account;
use crate::domain::card::Card;
use crate::domain::card_number::SERIAL_MAX;
use crate::domain::people::{Actor, Person, Role};
use crate::domain::rules::Rules;
use crate::domain::text::{CompanyName, ContractNumber, Email, Kpp, Login, PersonName};
use crate::domain::window::Zone;
use crate::domain::{CardNumber, CompanyId, Inn, UserId};
use crate::journal::Act;
use crate::table::{CardNote, Company, Contact, DueIssued, ISSUE_MAX, NewCompany, StoreError};
use chrono::NaiveDate;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Draws of a company's id, or of a chunk of cards' numbers, before giving up.
const DRAWS_MAX: usize = 8;

/// What a company is founded on.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Its taxpayer's number.
    pub inn: Inn,
    /// Its registration, of a legal entity.
    pub kpp: Option<Kpp>,
    /// Its name.
    pub name: CompanyName,
    /// The contract's number.
    pub contract_number: ContractNumber,
    /// The contract's date.
    pub contract_date: NaiveDate,
    /// Whom to talk to.
    pub contact: Contact,
    /// What the owner types to sign in.
    pub login: Login,
    /// The owner's name.
    pub full_name: PersonName,
    /// The owner's address.
    pub email: Email,
    /// The hash of the owner's one-time password; without it an activation link goes out by mail.
    pub password_hash: Option<String>,
    /// Cards that [`issue_due`] is to issue.
    pub cards: u32,
    /// What the journal gives as the reason.
    pub reason: String,
}

/// What became of it.
#[derive(Debug, Clone)]
pub enum Founded {
    /// It is there, with its account and its owner.
    Created(Box<(Company, Account, Person)>),
    /// Another company has this INN.
    InnTaken,
    /// Another person has the owner's login.
    LoginTaken,
}

/// How many cards were issued, and why not all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardsIssued {
    /// None is due any more.
    All(u32),
    /// The company is suspended or closed.
    Inactive,
}

/// Creates a company, its account and its first owner in one write, and what tells the owner of it.
///
/// # Errors
/// When the store does not answer.
pub async fn found(app: &App, actor: Actor, founding: &Founding) -> Result<Founded, StoreError> {
    let now = app.clock.now();
    let by_mail = founding.password_hash.is_none();
    for _ in 0..DRAWS_MAX {
        let id = draw_company_id();
        let company = Company {
            id,
            inn: founding.inn.clone(),
            kpp: founding.kpp.clone(),
            name: founding.name.clone(),
            contract_number: founding.contract_number.clone(),
            contract_date: founding.contract_date,
            contact: founding.contact.clone(),
            created_at: now,
            cards_due: founding.cards,
        };
        let (login, full_name) = (founding.login.clone(), founding.full_name.clone());
        let owner = Person {
            email: Some(founding.email.clone()),
            password_hash: founding.password_hash.clone(),
            must_change_password: !by_mail,
            ..Person::new(UserId::new(Uuid::new_v4()), Some(id), Role::Owner, login, full_name)
        };
        let account = Account::open(id, Zone::default(), now);
        let act = Act {
            at: now,
            actor: actor.clone(),
            action: "company.create".to_owned(),
            subject: format!("company {id}"),
            before: serde_json::Value::Null,
            after: json!({
                "inn": company.inn, "kpp": company.kpp, "name": company.name, "owner": owner.login,
                "contract_number": company.contract_number, "contract_date": company.contract_date,
            }),
            reason: founding.reason.clone(),
        };
        match app.table.create_company(&company, &account, &owner, by_mail, &act).await? {
            NewCompany::Created => return Ok(Founded::Created(Box::new((company, account, owner)))),
            NewCompany::InnTaken => return Ok(Founded::InnTaken),
            NewCompany::LoginTaken => return Ok(Founded::LoginTaken),
            NewCompany::IdTaken => {}
        }
    }
    Err(StoreError::Busy)
}

/// The rules that a company's new cards get: those of the template it chose, or fuel only.
///
/// # Errors
/// When the store does not answer.
pub async fn rules_of_new_cards(app: &App, company: CompanyId) -> Result<Rules, StoreError> {
    let templates = app.table.templates(company).await?;
    Ok(templates.chosen().map_or_else(|| Rules::fuel_only(&app.catalogue()), |template| template.rules.clone()))
}

/// Issues the cards that a company's row says are due, a chunk in a write that also says so; whoever else does the same
/// at the same time, each card is issued once.
///
/// # Errors
/// When the store does not answer. What was issued stays, and what is due is issued by the next call.
pub async fn issue_due(app: &App, actor: &Actor, company: &Company, reason: &str) -> Result<CardsIssued, StoreError> {
    let id = company.id;
    let (mut due, mut issued, mut draws) = (company.cards_due, 0, 0);
    if due == 0 {
        return Ok(CardsIssued::All(0));
    }
    let rules = rules_of_new_cards(app, id).await?;
    while due > 0 {
        let now = app.clock.now();
        let until = Card::valid_until_of(Zone::default().date(now));
        let count = usize::try_from(due).unwrap_or(ISSUE_MAX).min(ISSUE_MAX);
        let cards: Vec<(Card, CardNote)> = draw_numbers(id, count)
            .into_iter()
            .map(|number| (Card::fresh(number, id, until), CardNote::default()))
            .collect();
        let act = Act {
            at: now,
            actor: actor.clone(),
            action: "cards.issue".to_owned(),
            subject: format!("company {id}"),
            before: serde_json::Value::Null,
            after: json!(cards.iter().map(|(card, _)| card.number.as_str()).collect::<Vec<_>>()),
            reason: reason.to_owned(),
        };
        match app.table.issue_due_cards(id, due, &cards, &rules, &act).await? {
            DueIssued::Issued { left } => {
                issued += due.saturating_sub(left);
                (due, draws) = (left, 0);
            }
            DueIssued::Inactive => return Ok(CardsIssued::Inactive),
            DueIssued::Moved { due: now_due } => due = now_due,
            DueIssued::NumberTaken if draws < DRAWS_MAX => draws += 1,
            DueIssued::NumberTaken => return Err(StoreError::Busy),
        }
    }
    Ok(CardsIssued::All(issued))
}

fn draw_company_id() -> CompanyId {
    loop {
        // Within 27 bits, so that most draws have eight digits.
        if let Some(id) = CompanyId::new(u32::from_be_bytes(random_bytes()) >> 5) {
            return id;
        }
    }
}

/// So many numbers of a company's cards, each another.
fn draw_numbers(company: CompanyId, count: usize) -> BTreeSet<CardNumber> {
    let mut numbers = BTreeSet::new();
    while numbers.len() < count {
        numbers.insert(CardNumber::issue(company, u32::from_be_bytes(random_bytes()) % (SERIAL_MAX + 1)));
    }
    numbers
}
