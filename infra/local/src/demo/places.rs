//! The demo's six stations, their prices now and in the months before.

use axum::http::Method;
use chrono::{Datelike, NaiveDate};
use oktan_shared::domain::Kopecks;
use serde_json::{Map, Value, json};

use super::DemoStation;
use super::words::PAGES;
use crate::Failure;
use crate::caller::{Caller, text};

/// A station as it is created.
pub struct Place {
    code: &'static str,
    name: &'static str,
    address: &'static str,
    latitude: f64,
    longitude: f64,
    amenities: &'static [&'static str],
    /// In words; empty where it never closes.
    hours: &'static str,
    /// Kopecks for a unit, today.
    fuels: &'static [(&'static str, i64)],
}

/// The first two are those of the tour.
pub const PLACES: [Place; 6] = [
    Place {
        code: "12",
        name: "АЗС № 12",
        address: "Ставрополь, Южный обход, 5",
        latitude: 45.0102,
        longitude: 41.9321,
        amenities: &["cafe", "shop", "wash", "wifi", "24h"],
        hours: "",
        fuels: &[
            ("DT", 7190),
            ("DTZ", 7460),
            ("AI92", 5630),
            ("AI95", 6140),
            ("AI98", 7820),
            ("LPG", 2980),
            ("WASH", 45_000),
            ("GOODS", 10_000),
        ],
    },
    Place {
        code: "7",
        name: "АЗС № 7",
        address: "Михайловск, ул. Ленина, 162",
        latitude: 45.1297,
        longitude: 42.0256,
        amenities: &["cafe", "shop", "24h"],
        hours: "",
        fuels: &[("DT", 7150), ("DTZ", 7420), ("AI92", 5630), ("AI95", 6110), ("LPG", 2980)],
    },
    Place {
        code: "3",
        name: "АЗС № 3",
        address: "Невинномысск, ул. Калинина, 181",
        latitude: 44.6367,
        longitude: 41.9362,
        amenities: &["shop", "wifi", "24h"],
        hours: "",
        fuels: &[("DT", 7120), ("DTZ", 7390), ("AI92", 5590), ("AI95", 6090), ("LPG", 2940), ("CNG", 2450)],
    },
    Place {
        code: "21",
        name: "АЗС № 21",
        address: "Минеральные Воды, ул. Советская, 24",
        latitude: 44.2087,
        longitude: 43.1383,
        amenities: &["cafe", "shop", "wash", "24h"],
        hours: "",
        fuels: &[
            ("DT", 7240),
            ("DTZ", 7510),
            ("AI92", 5680),
            ("AI95", 6190),
            ("AI98", 7890),
            ("CNG", 2490),
            ("WASH", 48_000),
            ("GOODS", 10_000),
        ],
    },
    Place {
        code: "18",
        name: "АЗС № 18",
        address: "Пятигорск, Бештаугорское шоссе, 96",
        latitude: 44.0662,
        longitude: 43.0364,
        amenities: &["cafe", "shop", "24h"],
        hours: "",
        fuels: &[("DT", 7240), ("AI92", 5690), ("AI95", 6210), ("AI98", 7920), ("GOODS", 10_000)],
    },
    Place {
        code: "31",
        name: "АЗС № 31",
        address: "Светлоград, ул. Бассейная, 41",
        latitude: 45.3304,
        longitude: 42.8509,
        amenities: &["shop"],
        hours: "6:00–23:00",
        fuels: &[("DT", 7080), ("DTZ", 7350), ("AI92", 5570), ("AI95", 6060), ("LPG", 2920)],
    },
];

/// What a list price was lower by for each month ago, thousandths.
const MONTHLY: i64 = 6;

impl Place {
    /// What it sells.
    pub fn products(&self) -> impl Iterator<Item = &'static str> {
        self.fuels.iter().map(|(product, _)| *product)
    }

    /// Whether it sells a product.
    pub fn sells(&self, product: &str) -> bool {
        self.products().any(|sold| sold == product)
    }

    /// The list price on a date, where it is `today` now: prices change on the first of a month, to ten kopecks.
    pub fn price(&self, product: &str, date: NaiveDate, today: NaiveDate) -> Option<Kopecks> {
        let (_, now) = self.fuels.iter().find(|(sold, _)| *sold == product)?;
        let month = |date: NaiveDate| i64::from(date.year()) * 12 + i64::from(date.month0());
        let ago = (month(today) - month(date)).clamp(0, 60);
        Some(Kopecks::new(now * (1000 - MONTHLY * ago) / 10_000 * 10))
    }
}

/// Creates the stations, each with its page and a terminal.
pub async fn make(admin: &Caller) -> Result<Vec<DemoStation>, Failure> {
    let mut made = Vec::new();
    for (place, page) in PLACES.iter().zip(&PAGES) {
        let fuels: Vec<(String, String)> = place
            .fuels
            .iter()
            .map(|(product, price)| ((*product).to_owned(), Kopecks::new(*price).to_string()))
            .collect();
        let list: Map<String, Value> = fuels.iter().map(|(product, price)| (product.clone(), json!(price))).collect();
        let ask = json!({
            "code": place.code, "name": place.name, "address": place.address,
            "latitude": place.latitude, "longitude": place.longitude,
            "amenities": place.amenities, "hours": place.hours, "fuels": list,
        });
        admin.post("/v1/staff/stations", &ask).await?;
        let path = format!("/v1/staff/stations/{}/page", place.code);
        let description = json!({ "description": { "ru": page.ru, "en": page.en } });
        admin.send(Method::PATCH, &path, &[("if-match", "*")], &description).await?.expect(&path)?;
        let terminal = admin.post(&format!("/v1/staff/stations/{}/terminals", place.code), &json!({})).await?;
        made.push(DemoStation {
            code: place.code.to_owned(),
            name: place.name.to_owned(),
            fuels,
            terminal_id: text(&terminal, "/terminal_id")?,
            terminal_secret: text(&terminal, "/secret")?,
        });
    }
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_rise_by_the_month_to_todays() {
        let on = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
        let today = on(2026, 11, 22);
        let price = |date| PLACES[0].price("DT", date, today);
        assert_eq!(price(today), Some(Kopecks::new(7190)));
        assert_eq!(price(on(2026, 11, 1)), Some(Kopecks::new(7190)));
        assert_eq!(price(on(2026, 10, 31)), Some(Kopecks::new(7140)));
        assert_eq!(price(on(2025, 5, 22)), Some(Kopecks::new(6410)));
        assert_eq!(PLACES[0].price("CNG", today, today), None);
    }
}
