//! The hot row of a card: one kilobyte at most, however busy the card.

use crate::cost_fill::{metered, promoted};
use crate::{raw, report, row};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use oktan_shared::domain::budget::{Portion, Sum, Turn};
use oktan_shared::domain::card::Funding;
use oktan_shared::domain::usage::{Tally, Usage};
use oktan_shared::domain::window::{Windows, Zone};
use oktan_shared::domain::{Kopecks, Millilitres, ProductIx};
use oktan_tests::{Value, World, json};

const BYTES_MAX: usize = 1024;
/// What the one read of a decision may cost.
const READ_UNITS_MAX: u64 = 8;
/// As many as a card's rules may name, each as long as a code may be.
const STATIONS: usize = 200;
const PRODUCTS: [&str; 9] = ["AI92", "AI95", "AI98", "DT", "DTZ", "LPG", "CNG", "WASH", "GOODS"];

#[tokio::test]
async fn a_busy_purses_row_stays_within_one_kilobyte() {
    busy(Funding::Purse).await;
}

#[tokio::test]
async fn the_row_of_a_busy_card_with_a_share_and_an_exception_stays_within_one_kilobyte() {
    busy(Funding::Account).await;
}

async fn busy(funding: Funding) {
    let world = World::start().await;
    let prices: serde_json::Map<_, _> = PRODUCTS.iter().map(|code| ((*code).to_owned(), json!("71.90"))).collect();
    let pump = world.station("STAVR-12", Value::Object(prices)).await;
    let company = world.company().cards(1).purses(1).payment("9000000.00").create().await;
    let client = world.stack().dynamodb();
    let (card, units) = match funding {
        Funding::Purse => {
            raw::put_on_purse(&client, &company.id, &company.purses[0], 900_000_000).await;
            (company.purses[0].clone(), 1)
        }
        Funding::Account => (company.card().to_owned(), 4),
    };

    company.limit(&card, twenty_limits()).await;
    name_stations(&client, &card).await;
    // As many as the row remembers, and more.
    for _ in 0..12 {
        let refused = pump.decide(&pump.fill_of(&card, "AI92", "71.90", "301")).await;
        assert_eq!(refused["decision"], "declined", "{refused}");
    }
    let mut row = raw::row(&client, &format!("CARD#{card}"), "CARD").await.expect("the card");
    let used = busy_year(Zone::default().date(world.now()));
    row.insert("used".to_owned(), AttributeValue::B(Blob::new(used.to_bytes())));
    row.insert("v".to_owned(), AttributeValue::N("123456".to_owned()));
    row.insert("ed".to_owned(), AttributeValue::N("1234".to_owned()));
    row.insert("told".to_owned(), AttributeValue::N("1799999999".to_owned()));
    if funding == Funding::Account {
        row.insert("month".to_owned(), AttributeValue::B(Blob::new(turned(world.now()).to_bytes())));
        row.insert("ex".to_owned(), AttributeValue::N("1234".to_owned()));
    }
    raw::put(&client, row).await;

    promoted(&world, &company).await;
    far_apart(&client).await;
    world.app().table.read_offers().await.expect("the offers");
    pump.caller().await;
    let mut rows = Vec::new();
    for (at, product) in ["AI92", "AI95", "DT"].into_iter().enumerate() {
        let mut ask = pump.fill_of(&card, product, "71.90", "999.999");
        ask["partial_ok"] = json!(true);
        ask["odometer"] = json!(999_999);
        let (answer, cost) = metered(&world, pump.decide(&ask)).await;
        assert_eq!(answer["decision"], "partial", "{answer}");
        let row = raw::row(&client, &format!("CARD#{card}"), "CARD").await.expect("the card");
        let part = |name: &str| raw::bytes(&row, name).len();
        let read_units = cost.half_read_units / 2;
        rows.push(row![
            at + 1,
            raw::size(&row),
            part("used"),
            part("holds"),
            part("done"),
            cost.write_units,
            cost.reads,
            read_units
        ]);
        assert!((cost.reads, cost.half_read_units) <= (1, 2 * READ_UNITS_MAX), "{cost:?}");
        assert!(raw::size(&row) <= BYTES_MAX || at < 2, "{} bytes: {row:?}", raw::size(&row));
        assert_eq!(cost.write_units, units, "write units");
    }
    report::table(
        &format!("The hot row ({funding:?}): 9 products in use, 20 limits and 200 stations beside it"),
        &["holds", "bytes", "of them used", "holds", "done", "write units", "reads", "read units"],
        &rows,
    );
}

/// Terms as they are after years, each hundreds of others from the next: the longest that a hold can name.
async fn far_apart(client: &Client) {
    let mut row = raw::row(client, "OFFERS", "OFFERS").await.expect("the offers");
    let mut offers: Value = serde_json::from_str(raw::text(&row, "offers")).expect("JSON");
    for (terms, place) in offers["terms"].as_array_mut().expect("terms").iter_mut().zip((9_000..).step_by(1_200)) {
        terms["i"] = json!(place);
    }
    offers["last"] = json!(16_300);
    row.insert("offers".to_owned(), AttributeValue::S(offers.to_string()));
    row.insert("ed".to_owned(), AttributeValue::N("9999".to_owned()));
    raw::put(client, row).await;
}

/// A truck's month with a share in both measures, and as much again carried into it.
fn turned(now: DateTime<Utc>) -> Turn {
    let sum = Sum { roubles: Kopecks::new(90_000_000), litres: Millilitres::new(12_000_000) };
    let share = Portion { roubles: Some(sum.roubles), litres: Some(sum.litres) };
    Turn { month: Zone::default().windows(now).month(), used: sum, share, carried: sum }
}

/// Adds the longest list of stations to a card's rules, as if they all existed.
async fn name_stations(client: &Client, card: &str) {
    let mut row = raw::row(client, &format!("CARD#{card}"), "RULES").await.expect("rules");
    let mut rules: Value = serde_json::from_str(raw::text(&row, "rules")).expect("JSON");
    let codes: Vec<String> = (1..STATIONS).map(|n| format!("ST-{n:05}")).chain(["STAVR-12".to_owned()]).collect();
    rules["stations"] = json!({ "allow": codes });
    row.insert("rules".to_owned(), AttributeValue::S(rules.to_string()));
    raw::put(client, row).await;
}

/// Three that cut a fill short, and seventeen more.
fn twenty_limits() -> Value {
    let limit = |measure: &str, period: &str, amount: &str, products: Value| json!({ "measure": measure, "period": period, "amount": amount, "products": products });
    let short = ["AI92", "AI95", "DT"].map(|code| limit("litres", "transaction", "300.125", json!([code])));
    let periods = ["day", "week", "month", "quarter", "year"];
    let long = [("litres", "900000"), ("roubles", "90000000"), ("fills", "90000")];
    let long = long.iter().flat_map(|(m, a)| periods.map(|period| limit(m, period, a, json!([]))));
    let more = ["day", "month"].map(|period| limit("roubles", period, "9000000", json!(["DT", "DTZ"])));
    json!({ "limits": short.into_iter().chain(long).chain(more).collect::<Vec<_>>() })
}

/// Every product bought as a truck buys diesel: 400 l a day, 90,000 l a year.
fn busy_year(today: NaiveDate) -> Usage {
    let monday = today - chrono::TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    let first = |month: u32| NaiveDate::from_ymd_opt(today.year(), month, 1).expect("a date");
    let quarter = first(today.month0() / 3 * 3 + 1);
    let mut days = [
        (first(1), 66_000_000, 280),
        (quarter, 16_000_000, 70),
        (first(today.month()), 6_000_000, 25),
        (monday, 1_600_000, 6),
        (today, 400_000, 2),
    ];
    days.sort_by_key(|(day, ..)| *day);
    let mut usage = Usage::default();
    for (day, quantity, fills) in days {
        for product in (0..9).filter_map(ProductIx::new) {
            let quantity = Millilitres::new(quantity);
            let amount = Kopecks::new(quantity.get() * 7_190 / 1_000);
            usage.charge(&Windows::of(day), product, Tally { quantity, amount, fills });
        }
    }
    usage
}
