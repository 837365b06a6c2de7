//! Changes of a company's papers and of its time zone.

use super::Table;
use super::approvals::Approval;
use super::companies::Company;
use super::error::StoreError;
use super::item::Json;
use super::key;
use super::write::{Values, Write};
use crate::domain::CompanyId;
use crate::domain::account::{Account, CompanyStatus};
use crate::domain::text::{CompanyName, ContractNumber, Kpp, PersonName, Phone};
use crate::domain::window::Zone;
use crate::journal::Act;
use chrono::NaiveDate;

/// What changes of a company; `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompanyEdit {
    /// Its name.
    pub name: Option<CompanyName>,
    /// Its registration.
    pub kpp: Option<Kpp>,
    /// The contract's number.
    pub contract_number: Option<ContractNumber>,
    /// The contract's date.
    pub contract_date: Option<NaiveDate>,
    /// The contact's name.
    pub contact_name: Option<PersonName>,
    /// The contact's telephone.
    pub contact_phone: Option<Phone>,
    /// The zone of its days, weeks and months.
    pub zone: Option<Zone>,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// It is done, and what was asked for with it waits.
    Done,
    /// The company is not as it was read: read and decide again.
    Moved,
    /// Another ask of the same kind is open.
    Pending,
}

/// An update that is put together attribute by attribute, on condition that each is as it was read.
struct Parts {
    set: Vec<String>,
    unmoved: Vec<String>,
    values: Values,
}

impl Parts {
    fn new() -> Self {
        Self { set: Vec::new(), unmoved: Vec::new(), values: Values::none() }
    }

    fn part<T: super::item::Attr>(mut self, name: &str, before: Option<T>, after: Option<T>) -> Self {
        let Some(after) = after else { return self };
        self.set.push(format!("#{name} = :{name}"));
        self.values = self.values.with(name, after);
        match before {
            Some(before) => {
                let was = format!("{name}_was");
                self.unmoved.push(format!("#{name} = :{was}"));
                self.values = self.values.with(&was, before);
            }
            None => self.unmoved.push(format!("attribute_not_exists(#{name})")),
        }
        self
    }
}

impl CompanyEdit {
    /// Without what is so already.
    #[must_use]
    pub fn against(self, company: &Company, account: &Account) -> Self {
        fn other<T: PartialEq>(value: Option<T>, now: &T) -> Option<T> {
            value.filter(|value| value != now)
        }
        Self {
            name: other(self.name, &company.name),
            kpp: self.kpp.filter(|kpp| company.kpp.as_ref() != Some(kpp)),
            contract_number: other(self.contract_number, &company.contract_number),
            contract_date: other(self.contract_date, &company.contract_date),
            contact_name: other(self.contact_name, &company.contact.full_name),
            contact_phone: other(self.contact_phone, &company.contact.phone),
            zone: other(self.zone, &account.zone),
        }
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn papers(&self, company: &Company) -> Parts {
        let place = |name: &CompanyName| super::companies::place(name, company.id);
        Parts::new()
            .part("name", Some(company.name.clone()), self.name.clone())
            .part("gsi1sk", Some(place(&company.name)), self.name.as_ref().map(place))
            .part("kpp", company.kpp.clone(), self.kpp.clone())
            .part("contract_number", Some(company.contract_number.clone()), self.contract_number.clone())
            .part("contract_date", Some(company.contract_date), self.contract_date)
            .part("contact_name", Some(company.contact.full_name.clone()), self.contact_name.clone())
            .part("contact_phone", Some(company.contact.phone.clone()), self.contact_phone.clone())
    }
}

impl Table {
    /// Changes a company as it was read, and asks with it for what another person has to approve, in one write.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn edit_company(
        &self,
        (company, account): (&Company, &Account),
        edit: &CompanyEdit,
        ask: Option<&Approval>,
        act: &Act,
    ) -> Result<Edited, StoreError> {
        let write = match ask {
            Some(approval) => self.ask_rows(Write::default(), approval),
            None => Write::default(),
        };
        let claim = ask.map(|_| 1);
        let parts = edit.papers(company);
        let write = match parts.set.is_empty() {
            true => write,
            false => {
                let update = format!("SET {}", parts.set.join(", "));
                write.update(self, &key::company(company.id), &update, &parts.unmoved.join(" AND "), parts.values)
            }
        };
        let write = self.zone(write, company.id, account.zone, edit.zone);
        match self.commit_act(Some(company.id), act, write).await {
            Ok(()) => Ok(Edited::Done),
            Err(StoreError::Refused { index }) if Some(index) == claim => Ok(Edited::Pending),
            Err(StoreError::Refused { .. }) => Ok(Edited::Moved),
            Err(error) => Err(error),
        }
    }

    /// The company must be open; another zone moves the turn of its account, by which a read that is too old shows.
    fn zone(&self, write: Write, company: CompanyId, before: Zone, after: Option<Zone>) -> Write {
        let Some(after) = after else { return self.not_closed(write, company) };
        let values = Values::none()
            .with("before", before)
            .with("after", after)
            .with("one", 1u32)
            .with("closed", Json(CompanyStatus::Closed));
        let unmoved = "#zone = :before AND #account_status <> :closed";
        write.update(self, &key::account(company), "SET #zone = :after ADD #turn :one", unmoved, values)
    }
}
