//! The accountant's papers of the demo: the seller's requisites, all months closed but this one, invoices.

use axum::Router;
use axum::http::Method;
use chrono::{DateTime, TimeDelta, Utc};
use oktan_shared::App;
use oktan_shared::domain::ids::JobId;
use oktan_shared::domain::papers::Month;
use oktan_shared::domain::window::Zone;
use oktan_shared::jobs::{Job, Work};
use oktan_shared::journal::Act;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Person;
use super::people::creator;
use crate::Failure;
use crate::caller::Caller;

/// Who asks for invoices, and for how much.
const BUYER: &str = "kolos-buh";
const INVOICES: [&str; 2] = ["150000.00", "48500.00"];

/// Makes them as OKTAN's accountant. The months are closed by the worker, while the visitor looks around.
pub async fn make(
    app: &App,
    api: &Router,
    accountant: &Person,
    people: &[Person],
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let desk = Caller::signed_in(api, &accountant.login, &accountant.password).await?;
    // Nobody's: the numbers only fit together.
    let seller = json!({
        "name": "ООО «НК ОКТАН»", "inn": "2635123457", "kpp": "263501001", "ogrn": "1022601900122",
        "address": "355000, Ставропольский край, г. Ставрополь, ул. Мира, 1", "phone": "8-865-228-09-48",
        "bank": "ПАО «Банк Ставрополье», г. Ставрополь", "bic": "040702615", "account": "40702810000000000123",
        "correspondent": "30101810600000000615", "director": "Ковалёв Игорь Андреевич",
        "accountant": "Мельникова Анна Юрьевна",
    });
    let path = "/v1/staff/requisites";
    desk.send(Method::PUT, path, &[("if-match", "*")], &seller).await?.expect(path)?;
    if let Some(buyer) = people.iter().find(|person| person.login == BUYER) {
        let buyer = Caller::signed_in(api, &buyer.login, &buyer.password).await?;
        for amount in INVOICES {
            buyer.post("/v1/invoices", &json!({ "amount": amount })).await?;
        }
    }
    // In the first hours of a month the one before it cannot be closed yet.
    let over = Month::of(Zone::default().date(now - TimeDelta::hours(2))).previous();
    let actor = creator(app, &accountant.login).await?;
    let work = Work::CloseMonths { month: over };
    let at = app.clock.now();
    let job = Job::new(JobId::new(Uuid::new_v4()), None, actor.clone(), work, 0, at);
    let act = Act {
        at,
        actor,
        action: "month.close".to_owned(),
        subject: format!("month {over}"),
        before: Value::Null,
        after: json!({ "month": over }),
        reason: String::new(),
    };
    app.table.start_closing(&job, &act).await.map_err(|cause| Failure::new("the closing of the months", cause))
}
