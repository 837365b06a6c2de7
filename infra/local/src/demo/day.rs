//! The beginning of a day in the demo: the card of the tour has used 73.5 of its 105 litres, and a request for 40 was
//! refused, because 31.5 are left. Whoever comes tomorrow finds the same.

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::{Demo, Ticket};
use crate::Failure;

/// When the day was last begun.
pub const FILE: &str = "day.json";
/// The product of the tour.
const PRODUCT: &str = "DT";
/// What the card has used when the tour begins, millilitres.
const USED_ML: i64 = 73_500;
/// One fill, so that the day has two.
const FILL_ML: i64 = 41_200;
const ASKED: &str = "40";
/// Moscow, where the company's day turns; without summer time since 2014.
pub const ZONE_S: i32 = 3 * 3600;

/// The company's date.
pub fn date(now: DateTime<Utc>) -> NaiveDate {
    (now.naive_utc() + Duration::seconds(ZONE_S.into())).date()
}

/// Six o'clock of the company's day.
pub fn morning(date: NaiveDate) -> DateTime<Utc> {
    date.and_time(NaiveTime::MIN).and_utc() + Duration::hours(6) - Duration::seconds(ZONE_S.into())
}

/// Fills up to [`USED_ML`], then asks for what is no longer there.
pub async fn begin(demo: &Demo) -> Result<(), Failure> {
    let missing = |what| Failure::new("the demo", what);
    let card = demo.cards().first().ok_or_else(|| missing("no card"))?;
    let station = demo.stations().first().ok_or_else(|| missing("no station"))?;
    let price = station.fuels.iter().find(|(product, _)| product == PRODUCT).map(|(_, price)| price.clone());
    let price = price.ok_or_else(|| missing("no diesel at the station"))?;
    let ticket = |quantity: &str| Ticket {
        request_id: Uuid::new_v4(),
        card_number: card.number.clone(),
        product: PRODUCT.to_owned(),
        price: price.clone(),
        quantity: quantity.to_owned(),
        partial_ok: false,
        requested_at: demo.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true),
    };

    let rules = demo.owner().await?.get(&format!("/v1/cards/{}/limits", card.number)).await?;
    let Some(used_ml) = used_today(&rules) else { return Ok(()) };
    let pump = demo.pump(&station.code).await?;
    let mut left_ml = USED_ML - used_ml;
    while left_ml > 0 {
        let fill_ml = left_ml.min(FILL_ML);
        if pump.fill(&ticket(&litres(fill_ml))).await?.is_none() {
            return Ok(());
        }
        left_ml -= fill_ml;
    }
    pump.fill(&ticket(ASKED)).await?;
    Ok(())
}

/// What the card's limit of litres a day has counted; `None` if the visitor took it away.
fn used_today(rules: &Value) -> Option<i64> {
    let limits = rules["limits"].as_array()?;
    let daily = limits.iter().find(|limit| limit["measure"] == "litres" && limit["period"] == "day")?;
    millilitres(daily["used"].as_str()?)
}

/// `31.5` as 31500.
pub fn millilitres(written: &str) -> Option<i64> {
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    format!("{whole}{part:0<3}").parse().ok().filter(|_| part.len() <= 3)
}

/// 31500 as `31.500`.
pub fn litres(millilitres: i64) -> String {
    format!("{}.{:03}", millilitres / 1000, millilitres % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_moscows_midnight() {
        let before = DateTime::from_timestamp(1_795_381_199, 0).unwrap_or_default();
        assert_eq!(before.to_rfc3339(), "2026-11-22T20:59:59+00:00");
        assert_eq!(date(before).to_string(), "2026-11-22");
        assert_eq!(date(before + Duration::seconds(1)).to_string(), "2026-11-23");
        assert_eq!(morning(date(before)).to_rfc3339(), "2026-11-22T03:00:00+00:00");
    }

    #[test]
    fn litres_are_read_and_written() {
        for (written, read) in [("31.5", 31_500), ("40", 40_000), ("0.001", 1), ("105.000", 105_000)] {
            assert_eq!(millilitres(written), Some(read));
        }
        assert_eq!(millilitres("1.0001"), None);
        assert_eq!(litres(31_500), "31.500");
    }
}
