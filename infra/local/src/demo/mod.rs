//! The demo: articles about the cabinet, and three companies with eighteen months behind them, made on the first start. What is few is made through the
//! HTTP API by the staff and the owners, at its time; the fills are decided by the card's own transitions, in memory,
//! and their rows put at once. So every rule of the house applies to all of it.

mod articles;
mod budget;
mod course;
mod day;
mod deeds;
mod desk;
mod dice;
mod disputes;
mod firms;
mod fleet;
mod papers;
mod past;
mod people;
mod places;
mod plan;
mod promotions;
mod pump;
mod tickets;
mod vehicles;
mod words;

use std::sync::Arc;

use axum::Router;
use oktan_shared::App;
use oktan_shared::config::FirstAdmin;
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::caller::Caller;
use crate::clock::MovableClock;
use crate::database::Loader;
use crate::home::Home;
use crate::options::Seed;

pub use articles::asks as articles;
pub use day::ZONE_S;
pub use deeds::OWN_ACCOUNT;
pub use firms::payers;
pub use pump::{Pump, Ticket};

const FILE: &str = "demo.json";

/// A demo that is there. Cheap to clone.
#[derive(Clone)]
pub struct Demo {
    saved: Arc<Saved>,
    home: Home,
    clock: MovableClock,
    api: Router,
}

/// Someone the visitor may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// What they type.
    pub login: String,
    /// What they type under it. It is printed, so it protects nothing.
    pub password: String,
    /// Who they are, in Russian.
    pub about_ru: String,
    /// Who they are, in English.
    pub about_en: String,
    /// Their first page.
    pub home: String,
}

impl Person {
    /// The first admin.
    pub fn admin(staff: &FirstAdmin) -> Self {
        Self {
            login: staff.login.clone(),
            password: staff.password.reveal().to_owned(),
            about_ru: "ОКТАН: администратор".to_owned(),
            about_en: "OKTAN: administrator".to_owned(),
            home: "/staff/companies".to_owned(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Saved {
    people: Vec<Person>,
    cards: Vec<DemoCard>,
    stations: Vec<DemoStation>,
}

/// A card of the demo.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoCard {
    /// Its number.
    pub number: String,
    /// The number plate.
    pub label: String,
}

/// A station of the demo, with the secret of its terminal, which the API tells once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoStation {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it sells, and the list price of a unit.
    pub fuels: Vec<(String, String)>,
    terminal_id: String,
    terminal_secret: String,
}

/// What makes a demo.
pub struct Maker<'a> {
    /// What the functions are given.
    pub app: &'a App,
    /// The functions.
    pub api: &'a Router,
    /// The clock, which begins in the past.
    pub clock: &'a MovableClock,
    /// Takes many rows at once.
    pub loader: Loader,
    /// Told how far it is.
    pub say: fn(&str),
}

/// Opens the demo; makes it first, if that was asked for and the data is new.
pub async fn open(
    seed: Seed,
    staff: &Option<FirstAdmin>,
    home: &Home,
    maker: Maker<'_>,
) -> Result<Option<Demo>, Failure> {
    let saved = match (home.load::<Saved>(FILE)?, staff) {
        (Some(saved), _) => saved,
        (None, Some(staff)) if seed == Seed::Demo && home.is_fresh() => {
            home.seeding()?;
            let made = fleet::make(&maker, staff).await?;
            home.save(FILE, &made)?;
            home.seeded()?;
            made
        }
        _ => return Ok(None),
    };
    let demo = Demo { saved: Arc::new(saved), home: home.clone(), clock: maker.clock.clone(), api: maker.api.clone() };
    // The visitor may have changed anything since; then the day begins as it is.
    if let Err(failure) = demo.begin_day().await {
        tracing::warn!(%failure, "the day of the demo could not be begun");
    }
    Ok(Some(demo))
}

impl Demo {
    /// Whom the visitor may be, the company's people first, its owner before all.
    pub fn people(&self) -> &[Person] {
        &self.saved.people
    }

    /// OKTAN's administrator, the first of its people.
    pub fn admin(&self) -> Option<&Person> {
        self.people().iter().find(|person| person.home.starts_with("/staff/"))
    }

    /// The cards, the one of the tour first.
    pub fn cards(&self) -> &[DemoCard] {
        &self.saved.cards
    }

    /// The stations.
    pub fn stations(&self) -> &[DemoStation] {
        &self.saved.stations
    }

    /// The terminal of a station.
    pub async fn pump(&self, station: &str) -> Result<Pump, Failure> {
        let found = self.stations().iter().find(|found| found.code == station);
        let station = found.ok_or_else(|| Failure::new("the pump", "there is no such station in the demo"))?;
        Pump::at(&self.api, station).await
    }

    /// The company's owner, signed in.
    pub async fn owner(&self) -> Result<Caller, Failure> {
        let owner = self.people().first().ok_or_else(|| Failure::new("the demo", "nobody is in it"))?;
        Caller::signed_in(&self.api, &owner.login, &owner.password).await
    }

    /// Brings the card of the tour to where the tour begins, once a day of the company.
    async fn begin_day(&self) -> Result<(), Failure> {
        let today = day::date(self.clock.now());
        if self.home.load(day::FILE)? == Some(today) {
            return Ok(());
        }
        day::begin(self).await?;
        self.home.save(day::FILE, &today)
    }
}
