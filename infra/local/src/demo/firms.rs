//! The three companies of the demo: their papers, their owners, how they pay.

use axum::Router;
use axum::http::Method;
use chrono::{DateTime, Duration, Utc};
use oktan_shared::domain::{CompanyId, Kopecks};
use serde_json::{Value, json};

use super::vehicles::{KOLOS, SOLE, STAVSTROY, Vehicle};
use super::{Person, day};
use crate::Failure;
use crate::caller::{Caller, text};

/// A company as it is created.
pub struct Firm {
    inn: &'static str,
    kpp: Option<&'static str>,
    name: &'static str,
    contract: &'static str,
    contact: &'static str,
    phone: &'static str,
    house: &'static str,
    login: &'static str,
    password: &'static str,
    about_ru: &'static str,
    about_en: &'static str,
    /// How far below zero it may go, roubles.
    credit: Option<&'static str>,
    /// Its cards.
    pub vehicles: &'static [Vehicle],
    /// Pays when it can spend less than this,
    pub pays_below: Kopecks,
    /// about this much,
    pub pays: Kopecks,
    /// and in the last weeks only this much, when next to nothing is left.
    pub lean: Option<Kopecks>,
}

/// The first is the company of the tour; the second is short of money, on credit.
pub const FIRMS: [Firm; 3] = [
    Firm {
        inn: "2622542570",
        kpp: Some("262201001"),
        name: "ООО «Колос-Транс»",
        contract: "ТК-218/24",
        contact: "Гончаренко Ольга Викторовна",
        phone: "+7 928 000-12-34",
        house: "kolos-trans.example",
        login: "kolos",
        password: "steppe-harvest-47-lark",
        about_ru: "ООО «Колос-Транс»: владелец",
        about_en: "Kolos-Trans: owner",
        credit: None,
        vehicles: &KOLOS,
        pays_below: Kopecks::new(20_000_000),
        pays: Kopecks::new(60_000_000),
        lean: None,
    },
    Firm {
        inn: "2635204811",
        kpp: Some("263501001"),
        name: "ООО «Ставстрой-Логистик»",
        contract: "ТК-074/25",
        contact: "Мирзоян Артур Гагикович",
        phone: "+7 962 000-48-11",
        house: "stavstroy.example",
        login: "stavstroy",
        password: "gravel-mixer-58-stork",
        about_ru: "ООО «Ставстрой-Логистик»: владелец, деньги на исходе",
        about_en: "Stavstroy-Logistik: owner, short of money",
        credit: Some("400000.00"),
        vehicles: &STAVSTROY,
        pays_below: Kopecks::new(15_000_000),
        pays: Kopecks::new(70_000_000),
        lean: Some(Kopecks::new(4_500_000)),
    },
    Firm {
        inn: "261801473950",
        kpp: None,
        name: "ИП Романенко Виктор Андреевич",
        contract: "ТК-301/25",
        contact: "Романенко Виктор Андреевич",
        phone: "+7 918 000-73-95",
        house: "romanenko.example",
        login: "romanenko",
        password: "orchard-pebble-24-hoopoe",
        about_ru: "ИП Романенко: владелец, четыре карты",
        about_en: "Romanenko, sole trader: owner, four cards",
        credit: None,
        vehicles: &SOLE,
        pays_below: Kopecks::new(2_000_000),
        pays: Kopecks::new(8_000_000),
        lean: None,
    },
];

/// Who pays: the INN, the name and the contract's number of each company.
pub fn payers() -> [(&'static str, &'static str, &'static str); 3] {
    FIRMS.each_ref().map(|firm| (firm.inn, firm.name, firm.contract))
}

/// A company that was created.
pub struct Made {
    /// Its id.
    pub id: CompanyId,
    /// Its cards, in the order of its vehicles; whoever was issued at the beginning.
    pub cards: Vec<String>,
}

impl Firm {
    /// Its owner, as the visitor may be.
    pub fn owner(&self) -> Person {
        Person {
            login: self.login.to_owned(),
            password: self.password.to_owned(),
            about_ru: self.about_ru.to_owned(),
            about_en: self.about_en.to_owned(),
            home: "/overview".to_owned(),
        }
    }

    /// The owner, signed in.
    pub async fn signed_in(&self, api: &Router) -> Result<Caller, Failure> {
        Caller::signed_in(api, self.login, self.password).await
    }

    /// Creates the company, its owner with a password of their own, and the cards of its first `cards` vehicles.
    pub async fn make(&self, admin: &Caller, api: &Router, at: DateTime<Utc>, cards: usize) -> Result<Made, Failure> {
        let mail = |name: &str| format!("{name}@{}", self.house);
        let ask = json!({
            "inn": self.inn, "kpp": self.kpp, "name": self.name,
            "contract_number": self.contract, "contract_date": day::date(at - Duration::days(40)).to_string(),
            "contact": { "full_name": self.contact, "phone": self.phone, "email": mail("office") },
            "owner": { "login": self.login, "full_name": self.contact, "email": mail("owner") },
            "credentials": "hand_over",
        });
        let made = admin.post("/v1/staff/companies", &ask).await?;
        let company = text(&made, "/company/id")?;
        let one_time = text(&made, "/owner/one_time_password")?;
        let first = Caller::signed_in(api, self.login, &one_time).await?;
        first.post("/v1/password", &json!({ "current_password": one_time, "new_password": self.password })).await?;
        let cards = self.issue(admin, &company, self.vehicles.get(..cards).unwrap_or_default()).await?;
        let owner = self.signed_in(api).await?;
        for (vehicle, number) in self.vehicles.iter().zip(&cards) {
            allow(&owner, vehicle, number).await?;
        }
        let id = company.parse().map_err(|cause| Failure::new("a company of the demo", cause))?;
        Ok(Made { id, cards })
    }

    async fn issue(&self, admin: &Caller, company: &str, vehicles: &[Vehicle]) -> Result<Vec<String>, Failure> {
        let wanted: Vec<Value> = vehicles.iter().map(|one| json!({ "label": one.label, "group": one.group })).collect();
        let path = format!("/v1/staff/companies/{company}/cards");
        let issued = admin.post(&path, &json!({ "cards": wanted })).await?;
        (0..vehicles.len()).map(|n| text(&issued, &format!("/cards/{n}/number"))).collect()
    }

    /// Lets it go below zero: one of the staff asks, another approves.
    pub async fn lend(&self, clerk: &Caller, admin: &Caller, company: CompanyId) -> Result<(), Failure> {
        let Some(credit) = self.credit else { return Ok(()) };
        let ask = json!({ "credit_limit": credit, "reason": "Кредитная линия по доп. соглашению № 1" });
        let asked = clerk.post(&format!("/v1/staff/companies/{company}/credit"), &ask).await?;
        let id = text(&asked, "/id")?;
        admin.post(&format!("/v1/staff/approvals/{id}/approve"), &json!({})).await.map(drop)
    }
}

/// Saves the card's rules, as the owner.
pub async fn allow(owner: &Caller, vehicle: &Vehicle, number: &str) -> Result<(), Failure> {
    let Some(rules) = vehicle.rules.to_rules() else { return Ok(()) };
    let path = format!("/v1/cards/{number}/limits");
    owner.send(Method::PUT, &path, &[("if-match", "*")], &rules).await?.expect("the limits of the demo").map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oktan_shared::auth::{Passwords, Secret};
    use oktan_shared::domain::Inn;

    #[test]
    fn there_are_three_companies_and_forty_cards() {
        assert_eq!(FIRMS.iter().map(|firm| firm.vehicles.len()).sum::<usize>(), 40);
        for firm in &FIRMS {
            assert_eq!(Inn::parse(firm.inn).map(|inn| inn.is_legal_entity()), Ok(firm.kpp.is_some()), "{}", firm.name);
            let about = [firm.login, firm.contact, "oktan"];
            assert_eq!(Passwords::check(&Secret::new(firm.password), &about), Ok(()), "{}", firm.login);
        }
    }
}
