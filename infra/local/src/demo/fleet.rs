//! Makes the demo: two stations, a company with its owner and six cards, a payment, limits, and three weeks of fills.
//! The clock begins in the past and comes up to now, so the charts have days in them.

use axum::Router;
use axum::http::Method;
use chrono::{DateTime, Duration, SecondsFormat, Utc};
use oktan_shared::App;
use oktan_shared::config::FirstAdmin;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{DemoCard, DemoStation, Person, Pump, Saved, Ticket, day, people};
use crate::Failure;
use crate::caller::{Caller, text};
use crate::clock::MovableClock;

/// How far back the history goes.
const DAYS: i64 = 23;
const OWNER_LOGIN: &str = "kolos";
const OWNER_PASSWORD: &str = "steppe-harvest-47-lark";
const PAYMENT: &str = "250000.00";

/// What a card of the demo is: its plate, its group, its product, millilitres of a usual fill, every how many days.
struct Vehicle(&'static str, &'static str, &'static str, i64, i64);

/// The first is the card of the tour.
const VEHICLES: [Vehicle; 6] = [
    Vehicle("А123ВС 126", "Зерновозы", "DT", 68_000, 3),
    Vehicle("Е456КХ 126", "Зерновозы", "DT", 74_500, 3),
    Vehicle("М789ОР 126", "Зерновозы", "DT", 61_250, 4),
    Vehicle("Т012УН 26", "Развозка", "AI92", 32_400, 4),
    Vehicle("Х345АЕ 26", "Развозка", "AI95", 36_700, 5),
    Vehicle("О678МС 26", "Директор", "AI95", 44_100, 6),
];

/// Makes everything, from nobody to a fleet with a past.
pub async fn make(app: &App, api: &Router, clock: &MovableClock, staff: &FirstAdmin) -> Result<Saved, Failure> {
    let now = clock.now();
    let beginning = now - Duration::days(DAYS + 1);
    set(clock, beginning);
    let admin = Caller::signed_in(api, &staff.login, staff.password.reveal()).await?;
    let stations = vec![
        station(&admin, "12", "АЗС № 12", "Ставрополь, Южный обход, 5", (45.0102, 41.9321), ["71.90", "61.40"]).await?,
        station(&admin, "7", "АЗС № 7", "Михайловск, ул. Ленина, 162", (45.1297, 42.0256), ["71.50", "61.10"]).await?,
    ];
    let (company, owner) = company(&admin, api, beginning).await?;
    let people = people::make(app, &company, first_owner(), Person::admin(staff)).await?;
    let cards = cards(&admin, &owner, &company).await?;
    past(api, clock, now, &stations, &cards).await?;
    set(clock, now);
    clock.pretend(0);
    Ok(Saved { people, cards, stations })
}

fn first_owner() -> Person {
    Person {
        login: OWNER_LOGIN.to_owned(),
        password: OWNER_PASSWORD.to_owned(),
        about_ru: "ООО «Колос-Транс»: владелец".to_owned(),
        about_en: "Kolos-Trans: owner".to_owned(),
        home: "/overview".to_owned(),
    }
}

fn set(clock: &MovableClock, to: DateTime<Utc>) {
    let real = clock.now() - Duration::seconds(clock.ahead_s());
    clock.pretend((to - real).num_seconds());
}

async fn station(
    admin: &Caller,
    code: &str,
    name: &str,
    address: &str,
    (latitude, longitude): (f64, f64),
    [diesel, ai95]: [&str; 2],
) -> Result<DemoStation, Failure> {
    let fuels = [("DT", diesel), ("AI92", "56.30"), ("AI95", ai95), ("LPG", "29.80")];
    let fuels: Vec<(String, String)> = fuels.map(|(code, price)| (code.to_owned(), price.to_owned())).to_vec();
    let list: serde_json::Map<String, Value> = fuels.iter().map(|(code, price)| (code.clone(), json!(price))).collect();
    let ask = json!({
        "code": code, "name": name, "address": address, "latitude": latitude, "longitude": longitude,
        "amenities": ["cafe", "shop", "24h"], "fuels": list,
    });
    admin.post("/v1/staff/stations", &ask).await?;
    let terminal = admin.post(&format!("/v1/staff/stations/{code}/terminals"), &json!({})).await?;
    Ok(DemoStation {
        code: code.to_owned(),
        name: name.to_owned(),
        fuels,
        terminal_id: text(&terminal, "/terminal_id")?,
        terminal_secret: text(&terminal, "/secret")?,
    })
}

/// The company with its money, and its owner with a password of their own.
async fn company(admin: &Caller, api: &Router, at: DateTime<Utc>) -> Result<(String, Caller), Failure> {
    let ask = json!({
        "inn": "2622542570", "kpp": "262201001", "name": "ООО «Колос-Транс»",
        "contract_number": "ТК-218/26", "contract_date": day::date(at - Duration::days(200)).to_string(),
        "contact": { "full_name": "Гончаренко Ольга Викторовна", "phone": "+7 928 000-12-34", "email": "office@kolos-trans.example" },
        "owner": { "login": OWNER_LOGIN, "full_name": "Гончаренко Ольга Викторовна", "email": "owner@kolos-trans.example" },
        "credentials": "hand_over",
    });
    let made = admin.post("/v1/staff/companies", &ask).await?;
    let company = text(&made, "/company/id")?;
    let one_time = text(&made, "/owner/one_time_password")?;
    let first = Caller::signed_in(api, OWNER_LOGIN, &one_time).await?;
    first.post("/v1/password", &json!({ "current_password": one_time, "new_password": OWNER_PASSWORD })).await?;

    let payment = json!({
        "amount": PAYMENT, "date": day::date(at).to_string(), "document_number": "1184", "comment": "Оплата по договору ТК-218/26",
    });
    let path = format!("/v1/staff/companies/{company}/payments");
    let key = Uuid::new_v4().to_string();
    admin.send(Method::POST, &path, &[("idempotency-key", &key)], &payment).await?.expect("the payment of the demo")?;
    Ok((company, Caller::signed_in(api, OWNER_LOGIN, OWNER_PASSWORD).await?))
}

async fn cards(admin: &Caller, owner: &Caller, company: &str) -> Result<Vec<DemoCard>, Failure> {
    let wanted: Vec<Value> = VEHICLES.iter().map(|vehicle| json!({ "label": vehicle.0, "group": vehicle.1 })).collect();
    let path = format!("/v1/staff/companies/{company}/cards");
    let issued = admin.post(&path, &json!({ "cards": wanted })).await?;
    let numbers = VEHICLES.iter().enumerate().map(|(n, vehicle)| {
        let number = text(&issued, &format!("/cards/{n}/number"))?;
        Ok(DemoCard { number, label: vehicle.0.to_owned() })
    });
    let cards: Vec<DemoCard> = numbers.collect::<Result<_, Failure>>()?;
    // The fifth and the sixth stay without limits: the cabinet marks that.
    let rules = [
        json!({ "limits": [limit("litres", "day", "105", &[])], "products": { "mode": "allow", "codes": ["DT", "DTZ"] } }),
        json!({ "limits": [limit("litres", "day", "120", &[]), limit("roubles", "month", "60000", &[])] }),
        json!({ "limits": [limit("litres", "month", "900", &["DT", "DTZ"])], "products": { "mode": "allow", "codes": ["DT", "DTZ"] } }),
        json!({ "limits": [limit("roubles", "week", "9000", &[]), limit("fills", "day", "2", &[])] }),
    ];
    for (card, rules) in cards.iter().zip(rules) {
        change_rules(owner, &card.number, &rules).await?;
    }
    Ok(cards)
}

fn limit(measure: &str, period: &str, amount: &str, products: &[&str]) -> Value {
    json!({ "measure": measure, "period": period, "amount": amount, "products": products })
}

async fn change_rules(owner: &Caller, number: &str, rules: &Value) -> Result<(), Failure> {
    let path = format!("/v1/cards/{number}/limits");
    let etag = owner.etag(&path).await?;
    owner.send(Method::PUT, &path, &[("if-match", &etag)], rules).await?.expect("the limits of the demo")?;
    Ok(())
}

/// Every day up to yesterday: each vehicle on its days, one after another through the day.
async fn past(
    api: &Router,
    clock: &MovableClock,
    now: DateTime<Utc>,
    stations: &[DemoStation],
    cards: &[DemoCard],
) -> Result<(), Failure> {
    for back in (1..=DAYS).rev() {
        let Some(station) = (if back % 4 == 0 { stations.last() } else { stations.first() }) else { continue };
        let due = VEHICLES.iter().zip(cards).zip(0..).filter(|((vehicle, _), n)| (back + n) % vehicle.4 == 0);
        for ((vehicle, card), n) in due {
            let Some((_, price)) = station.fuels.iter().find(|(product, _)| product == vehicle.2) else { continue };
            let at = day::morning(day::date(now) - Duration::days(back)) + Duration::minutes(95 * n + (back * 17) % 60);
            set(clock, at);
            let ticket = Ticket {
                request_id: Uuid::new_v4(),
                card_number: card.number.clone(),
                product: vehicle.2.to_owned(),
                price: price.clone(),
                // Never the same twice, always the same for everyone.
                quantity: day::litres(vehicle.3 + (back * 7 + n * 13) % 11 * 370),
                partial_ok: true,
                requested_at: at.to_rfc3339_opts(SecondsFormat::Secs, true),
            };
            Pump::at(api, station).await?.fill(&ticket).await?;
        }
    }
    Ok(())
}
