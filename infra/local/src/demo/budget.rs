//! How the tour's company looks after its money: a month's budget shared among its cards, and a card that spends from a
//! purse of its own. Made when the past is there, through the HTTP API.

use axum::http::Method;
use chrono::SecondsFormat;
use serde_json::{Value, json};
use uuid::Uuid;

use super::firms::Firm;
use super::vehicles::{LOST, Vehicle};
use super::{DemoCard, DemoStation, Maker, Person, Pump, Ticket};
use crate::Failure;
use crate::caller::Caller;

/// The card with a purse, by its vehicle's place, what it is given and what it buys at once.
const PURSE: usize = 15;
const GIVEN: &str = "12000.00";
const BOUGHT: (&str, &str) = ("AI95", "21.5");
/// The month's plan, roubles.
const PLAN: &str = "1800000.00";

/// Saves the budget and fills the purse; the card with it goes through the first station's terminal.
pub async fn make(
    maker: &Maker<'_>,
    firm: &Firm,
    cards: &[DemoCard],
    admin: &Person,
    station: &DemoStation,
) -> Result<(), Failure> {
    let owner = firm.signed_in(maker.api).await?;
    let shared = firm.vehicles.iter().zip(cards).enumerate().filter(|(at, _)| ![LOST, PURSE].contains(at));
    let lines = shared.filter_map(|(_, (vehicle, card))| {
        share(vehicle).map(|roubles| json!({ "number": card.number, "roubles": roubles }))
    });
    let budget = json!({
        "period": "month", "roubles": PLAN, "carry_over": false, "lines": lines.collect::<Vec<Value>>(),
    });
    owner.send(Method::PUT, "/v1/budget", &[("if-match", "*")], &budget).await?.expect("the budget of the demo")?;

    let number = &cards.get(PURSE).ok_or_else(|| Failure::new("the demo", "no card for the purse"))?.number;
    let desk = Caller::signed_in(maker.api, &admin.login, &admin.password).await?;
    desk.post(&format!("/v1/staff/cards/{number}/funding"), &json!({ "funding": "purse" })).await?;
    let moved = json!({ "from": "account", "to": number, "amount": GIVEN });
    let key = [("idempotency-key", "purse")];
    owner.send(Method::POST, "/v1/transfers", &key, &moved).await?.expect("the purse of the demo")?;
    let (product, quantity) = BOUGHT;
    let price = station.fuels.iter().find(|(sold, _)| sold == product).map(|(_, price)| price.clone());
    let ticket = Ticket {
        request_id: Uuid::new_v4(),
        card_number: number.clone(),
        product: product.to_owned(),
        price: price.ok_or_else(|| Failure::new("the demo", "no petrol at the station"))?,
        quantity: quantity.to_owned(),
        partial_ok: true,
        requested_at: maker.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true),
    };
    // Its driver may have fuelled today already: then the day's limit says what is left.
    Pump::at(maker.api, station).await?.fill(&ticket).await.map(drop)
}

/// A card's share of the plan by what its vehicle does; who drives for the director has none.
fn share(vehicle: &Vehicle) -> Option<&'static str> {
    Some(match vehicle.group {
        "Зерновозы" => "180000.00",
        "Развозка" => "45000.00",
        "Агрономы" => "30000.00",
        _ => return None,
    })
}
