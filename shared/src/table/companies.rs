//! Companies: their papers, and whether they may fuel.

use super::Table;
use super::accounts::{account_item, read_account};
use super::days::read_recent;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key::{self, index};
use super::outbox::{self, Intent};
use super::read::Query;
use super::rows::Position;
use super::schema::GSI1;
use super::write::{Values, Write};
use crate::domain::account::{Account, CompanyStatus};
use crate::domain::lasting::RecentDays;
use crate::domain::people::Person;
use crate::domain::text::{CompanyName, ContractNumber, Email, Kpp, PersonName, Phone};
use crate::domain::window::Zone;
use crate::domain::{CompanyId, Inn};
use crate::jobs::Job;
use crate::journal::Act;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeSet, HashMap};

/// Whom to talk to at a company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The person.
    pub full_name: PersonName,
    /// Their telephone.
    pub phone: Phone,
    /// Their address; the company's registered one.
    pub email: Email,
}

/// A company as the contract has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
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
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Cards that its line of a register asked for and that are not issued yet.
    pub cards_due: u32,
}

/// Why a company was not created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewCompany {
    /// It is there now.
    Created,
    /// Another company has this INN.
    InnTaken,
    /// Another person has the owner's login.
    LoginTaken,
    /// The drawn id is another company's: draw again.
    IdTaken,
}

/// Where a company stands in the list by name.
pub(super) fn place(name: &CompanyName, id: CompanyId) -> String {
    format!("{}#{id}", name.as_str().to_lowercase())
}

pub(super) fn read(item: &Item) -> Result<Company, StoreError> {
    let pk: String = get(item, "pk")?;
    Ok(Company {
        id: pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        inn: get(item, "inn")?,
        kpp: find(item, "kpp")?,
        name: get(item, "name")?,
        contract_number: get(item, "contract_number")?,
        contract_date: get(item, "contract_date")?,
        contact: Contact {
            full_name: get(item, "contact_name")?,
            phone: get(item, "contact_phone")?,
            email: get(item, "contact_email")?,
        },
        created_at: get(item, "created_at")?,
        cards_due: find(item, "cards_due")?.unwrap_or(0),
    })
}

impl Table {
    /// Creates a company with its account and its first owner, in one write.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn create_company(
        &self,
        company: &Company,
        account: &Account,
        owner: &Person,
        by_mail: bool,
        act: &Act,
    ) -> Result<NewCompany, StoreError> {
        let row = key::company(company.id)
            .build()
            .with("inn", company.inn.clone())
            .maybe("kpp", company.kpp.clone())
            .with("name", company.name.clone())
            .with("contract_number", company.contract_number.clone())
            .with("contract_date", company.contract_date)
            .with("contact_name", company.contact.full_name.clone())
            .with("contact_phone", company.contact.phone.clone())
            .with("contact_email", company.contact.email.clone())
            .with("created_at", company.created_at)
            .maybe("cards_due", (company.cards_due > 0).then_some(company.cards_due))
            .with("gsi1pk", index::COMPANIES.to_owned())
            .with("gsi1sk", place(&company.name, company.id))
            .item();
        let claim = key::inn(&company.inn).build().with("company", company.id).item();
        let mut write = Write::default().create(self, row).create(self, claim).create(self, account_item(account));
        write = super::people::create_rows(self, write, owner);
        if by_mail {
            write = write.mail(self, outbox::row(&Intent::Activation { user: owner.id }, act.at));
        }
        match self.commit_act(Some(company.id), act, write).await {
            Ok(()) => Ok(NewCompany::Created),
            Err(StoreError::Refused { index: 1 }) => Ok(NewCompany::InnTaken),
            Err(StoreError::Refused { index: 4 }) => Ok(NewCompany::LoginTaken),
            Err(StoreError::Refused { .. }) => Ok(NewCompany::IdTaken),
            Err(error) => Err(error),
        }
    }

    /// A company and its account, in one round trip.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn company(&self, id: CompanyId) -> Result<Option<(Company, Account)>, StoreError> {
        let (company, account) = (key::company(id), key::account(id));
        let mut rows = self.batch(&[company.clone(), account.clone()]).await?;
        match (rows.take(&company), rows.take(&account)) {
            (Some(company), Some(account)) => Ok(Some((read(&company)?, read_account(&account)?))),
            _ => Ok(None),
        }
    }

    /// A company's account alone.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn account(&self, id: CompanyId) -> Result<Option<Account>, StoreError> {
        self.row(&key::account(id)).await?.as_ref().map(read_account).transpose()
    }

    /// A company's account, what its purse cards spent, which is spread over a few rows, and what its last days in a zone
    /// cost, where any are written down. One round trip.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn account_with_purses(
        &self,
        id: CompanyId,
        zone: Zone,
        now: DateTime<Utc>,
    ) -> Result<Option<(Account, super::purses::PurseSpent, Option<RecentDays>)>, StoreError> {
        let shards: Vec<_> = (0..key::SPENT_SHARDS).map(|n| key::spent(id, n)).collect();
        let (account, days) = (key::account(id), key::days_until(id, zone));
        let mut keys = shards.clone();
        keys.extend([account.clone(), days.clone()]);
        let mut rows = self.batch(&keys).await?;
        let Some(account) = rows.take(&account) else { return Ok(None) };
        let account = read_account(&account)?;
        let today = account.zone.date(now);
        let mut spent = super::purses::PurseSpent::default();
        for shard in shards.iter().filter_map(|key| rows.take(key)) {
            spent.add(&shard, today)?;
        }
        let recent = rows.take(&days).as_ref().map(read_recent).transpose()?;
        Ok(Some((account, spent, recent)))
    }

    /// The names of companies, of those that are there.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn company_names(
        &self,
        companies: &BTreeSet<CompanyId>,
    ) -> Result<HashMap<CompanyId, CompanyName>, StoreError> {
        let keys: Vec<_> = companies.iter().map(|id| key::company(*id)).collect();
        let mut rows = self.batch(&keys).await?;
        let found = companies.iter().zip(&keys).filter_map(|(id, key)| rows.take(key).map(|row| (*id, row)));
        found.map(|(id, row)| Ok((id, get(&row, "name")?))).collect()
    }

    /// A page of companies by name.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn companies(
        &self,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<(Company, Account)>, Option<Position>), StoreError> {
        let (rows, last) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", index::COMPANIES.to_owned()),
                newest_first: false,
                limit,
                start: after.map(Position::start),
            })
            .await?;
        let companies = self.follow(&rows).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let keys: Vec<_> = companies.iter().map(|company| key::account(company.id)).collect();
        let mut accounts = self.batch(&keys).await?;
        let both = companies
            .into_iter()
            .zip(&keys)
            .map(|(company, key)| {
                let account = accounts.take(key).ok_or(StoreError::Corrupt("account"))?;
                Ok((company, read_account(&account)?))
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        Ok((both, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }

    /// Suspends or resumes a company. When a suspension has returned, nothing of it is approved any more: account cards
    /// meet the account's condition, and every purse card's version has moved. Where those are many a job moves them, and
    /// nothing is approved when that is done.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn set_company_status(
        &self,
        id: CompanyId,
        to: CompanyStatus,
        act: &Act,
    ) -> Result<Option<Job>, StoreError> {
        let from = if to == CompanyStatus::Active { CompanyStatus::Suspended } else { CompanyStatus::Active };
        let write = Write::default().update(
            self,
            &key::account(id),
            "SET #account_status = :to ADD #turn :one",
            "#account_status = :from",
            Values::none().with("to", Json(to)).with("from", Json(from)).with("one", 1u32),
        );
        super::stations::refused_is_false(self.commit_act(Some(id), act, write).await)?;
        if to == CompanyStatus::Active {
            return Ok(None);
        }
        // Also when it was suspended already: an earlier call may have ended half-way.
        self.stop_purses(id, &act.actor, act.at).await
    }
}
