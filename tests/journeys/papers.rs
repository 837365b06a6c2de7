//! The accountant's month end: closing, documents, the account report, the act of two days.

use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, TimeDelta, Utc};
use oktan_shared::domain::UserId;
use oktan_shared::domain::ids::JobId;
use oktan_shared::domain::papers::Month;
use oktan_shared::domain::people::Actor;
use oktan_shared::domain::text::Login;
use oktan_shared::domain::window::Zone;
use oktan_shared::jobs::{Job, Work};
use oktan_shared::journal::Act;
use oktan_tests::{Company, Role, Value, World, json};
use reqwest::Method;
use uuid::Uuid;

/// The day of Moscow, and the first of its month.
fn days(world: &World) -> (NaiveDate, NaiveDate) {
    let today = Zone::default().date(world.now());
    (today, today.with_day(1).expect("a first"))
}

/// As the wire has the month of a day.
fn month(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// An instant of the day after the month's end, so many hours in.
fn after_month(world: &World, hours: i64) -> DateTime<Utc> {
    let next = days(world).1 + Months::new(1);
    Zone::default().midnight(next) + TimeDelta::hours(hours)
}

async fn close(world: &World, month: &str) -> Value {
    let accountant = world.staff(Role::StaffAccountant).await;
    let path = format!("/v1/staff/documents/close/{month}");
    let job = accountant.post_nothing(&path).await.expect(202);
    world.work().await;
    let state = accountant.get(&format!("/v1/jobs/{}", job["job_id"].as_str().unwrap())).await.expect(200);
    assert_eq!((&state["state"], &state["kind"]), (&json!("done"), &json!("months_close")), "{state}");
    state
}

async fn documents(company: &Company) -> Vec<Value> {
    let list = company.user(Role::Accountant).await.get("/v1/documents").await.expect(200);
    list["items"].as_array().expect("items").clone()
}

#[tokio::test]
async fn the_month_end_is_three_calls_and_all_figures_tie() {
    let world = World::start().await;
    let company = world.company().cards(2).create().await;
    let (first, _) = company.pump.buy(&company.cards[0], "100").await;
    company.pump.buy(&company.cards[1], "40.5").await;
    company.pump.refund(&first, "10").await.expect(200);
    let this = month(days(&world).0);
    world.advance_to(after_month(&world, 2));
    close(&world, &this).await;

    // One: the list.
    let all = documents(&company).await;
    let [closed] = all.as_slice() else { panic!("{all:?}") };
    // 130.500 l at 71.90, the VAT of the line.
    assert_eq!((closed["id"].as_str(), &closed["operations"]), (Some(this.as_str()), &json!(3)));
    assert_eq!((&closed["upd"]["amount"], &closed["upd"]["vat"]), (&json!("9382.95"), &json!("1692.01")));
    assert_eq!(closed["upd"]["corrected"], "0.00");
    assert_eq!((&closed["opening_balance"], &closed["closing_balance"]), (&json!("0.00"), &json!("90617.05")));
    // Two: everything of it.
    let accountant = company.user(Role::Accountant).await;
    let archive = accountant.get(&format!("/v1/documents/{this}?format=zip")).await;
    assert_eq!((archive.status, archive.header("content-type")), (200, "application/zip"), "{archive}");
    // Three: the act.
    let act = accountant.get(&format!("/v1/reconciliation?from={this}-01&to={}", days(&world).0)).await.expect(200);
    assert_eq!((&act["opening_balance"], &act["closing_balance"]), (&json!("0.00"), &json!("90617.05")));
    assert_eq!((&act["debit"], &act["credit"]), (&json!("9382.95"), &json!("100000.00")));
    let subjects: Vec<_> = act["lines"].as_array().unwrap().iter().map(|line| line["subject"].clone()).collect();
    assert_eq!(subjects, ["payment", "supply"]);
    assert_eq!(act["lines"][1]["number"], closed["upd"]["number"]);

    let report = accountant.get(&format!("/v1/statements/{this}")).await.expect(200);
    assert_eq!(
        report["turnover"],
        json!({ "payments": "100000.00", "purchases": "10101.95", "refunds": "719.00", "adjustments": "0.00" })
    );
    assert_eq!((&report["closing_balance"], &report["closed"]), (&json!("90617.05"), &json!(true)));
    assert_eq!(company.balance().await["balance"], report["closing_balance"]);
    let next = accountant.get(&format!("/v1/statements/{}", month(days(&world).0))).await.expect(200);
    assert_eq!((&next["opening_balance"], &next["closed"]), (&report["closing_balance"], &json!(false)));
    // The staff see the same.
    let staff = world.staff(Role::StaffOperator).await;
    let seen = staff.get(&format!("/v1/staff/companies/{}/documents", company.id)).await.expect(200);
    assert_eq!(seen["items"], json!(all));
    let same = staff.get(&format!("/v1/staff/companies/{}/statements/{this}", company.id)).await.expect(200);
    assert_eq!(same, report);
    for file in ["documents/{month}?format=xlsx&document=register", "statements/{month}?format=pdf"] {
        let path = format!("/v1/staff/companies/{}/{}", company.id, file.replace("{month}", &this));
        assert_eq!(staff.get(&path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn a_closed_month_stays_as_it_is_and_what_comes_late_falls_into_the_open_one() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (early, _) = company.pump.buy(company.card(), "100").await;
    let this = month(days(&world).0);
    // Asked for before midnight, posted after it.
    world.advance_to(after_month(&world, 0) - TimeDelta::minutes(5));
    let late = company.pump.hold(company.card(), "10").await;
    world.advance_minutes(65 + 5);
    close(&world, &this).await;
    let before = documents(&company).await;
    company.pump.capture(&late, "10").await.expect(200);
    company.pump.refund(&early, "20").await.expect(200);
    close(&world, &this).await;
    assert_eq!(documents(&company).await, before);
    // What is printed is read anew, and comes to what was written down.
    let accountant = company.user(Role::Accountant).await;
    assert_eq!(accountant.get(&format!("/v1/documents/{this}?format=zip")).await.status, 200);
    assert_eq!(before[0]["upd"]["amount"], "7190.00");

    let next = month(days(&world).0);
    world.advance_to(after_month(&world, 2));
    close(&world, &next).await;
    let after = documents(&company).await;
    assert_eq!((after.len(), &after[1]), (2, &before[0]));
    // 719.00 supplied late, 1,438.00 of the month before come back.
    assert_eq!((&after[0]["upd"]["amount"], &after[0]["upd"]["corrected"]), (&json!("-719.00"), &json!("-1438.00")));
    assert_eq!(after[0]["opening_balance"], before[0]["closing_balance"]);
    let closing = company.balance().await["balance"].clone();
    assert_eq!(after[0]["closing_balance"], closing);
    // Whatever the days, the acts tie.
    let accountant = company.user(Role::Accountant).await;
    let today = days(&world).0;
    let from = world.now().date_naive() - Months::new(3);
    for split in [from, today - Days::new(45), today - Days::new(20), today - Days::new(1)] {
        let first = accountant.get(&format!("/v1/reconciliation?from={from}&to={split}")).await.expect(200);
        let day = split + Days::new(1);
        let second = accountant.get(&format!("/v1/reconciliation?from={day}&to={today}")).await.expect(200);
        assert_eq!(first["closing_balance"], second["opening_balance"], "{split}");
        assert_eq!((&first["opening_balance"], &second["closing_balance"]), (&json!("0.00"), &closing), "{split}");
    }
}

#[tokio::test]
async fn numbers_have_no_gap_however_many_close_and_time_closes_by_itself() {
    let world = World::start().await;
    let mut companies = Vec::new();
    for _ in 0..3 {
        let company = world.company().create().await;
        company.pump.buy(company.card(), "10").await;
        companies.push(company);
    }
    // Nothing was supplied to it: no number is spent on it.
    companies.push(world.company().create().await);
    let this = month(days(&world).0);
    world.advance_to(after_month(&world, 4));
    world.tick().await;
    world.work().await;
    let mut numbers = Vec::new();
    for company in &companies {
        let documents = documents(company).await;
        assert_eq!((documents.len(), documents[0]["id"].as_str()), (1, Some(this.as_str())));
        numbers.extend(documents[0]["upd"]["number"].as_str().map(str::to_owned));
    }
    numbers.sort();
    let year = &this[2..4];
    assert_eq!(numbers, [1, 2, 3].map(|place| format!("{year}-{place:06}")));
    let owner = companies[3].owner().await;
    assert_eq!(owner.get(&format!("/v1/documents/{this}?document=upd")).await.status, 404);
    assert_eq!(owner.get(&format!("/v1/documents/{this}")).await.status, 200);
    let before = world.dump_of_effects().await;
    world.tick().await;
    world.work().await;
    assert_eq!(world.dump_of_effects().await, before, "closed twice");
}

#[tokio::test]
async fn every_rate_has_its_line() {
    let world = World::start().await;
    let company = world.company().create().await;
    company.pump.buy(company.card(), "100").await;
    let (today, _) = days(&world);
    let tomorrow = today + Days::new(1);
    let rate = json!({ "from": tomorrow, "percent": 30 });
    world.admin().await.post("/v1/staff/products/DT/vat", rate).await.expect(200);
    world.advance(TimeDelta::days(1));
    company.pump.buy(company.card(), "100").await;
    world.advance_to(after_month(&world, 2));
    close(&world, &month(today)).await;
    let closed = &documents(&company).await[0];
    // round(7190·22/122) + round(7190·30/130)
    assert_eq!((&closed["upd"]["amount"], &closed["upd"]["vat"]), (&json!("14380.00"), &json!("2955.79")));
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (owner, accountant) = (company.owner().await, world.staff(Role::StaffAccountant).await);
    let (today, first) = days(&world);
    let not_over = accountant.post_nothing(&format!("/v1/staff/documents/close/{}", month(today))).await;
    assert_eq!((not_over.status, not_over.code()), (409, "month_not_over"));
    let journal = || world.admin();
    let acts = journal().await.all("/v1/staff/journal", 100).await.len();
    let before_all = accountant.post_nothing("/v1/staff/documents/close/1999-01").await;
    before_all.field("month", "nothing_to_close");
    assert_eq!(journal().await.all("/v1/staff/journal", 100).await.len(), acts, "what is refused is not done");
    for path in ["/v1/statements/2026-13", "/v1/statements/26-1", "/v1/statements/2199-01", "/v1/documents/none"] {
        assert_eq!(owner.get(path).await.status, 404, "{path}");
    }
    let tomorrow = today + Days::new(1);
    for (query, code) in [
        (format!("from={today}&to={first}"), "span_reversed"),
        (format!("from={today}&to={tomorrow}"), "date_in_future"),
        ("from=yesterday".to_owned(), "date_malformed"),
        ("format=docx".to_owned(), "unknown_value"),
        ("form=pdf".to_owned(), "unknown_field"),
    ] {
        let answer = owner.get(&format!("/v1/reconciliation?{query}")).await;
        assert_eq!((answer.status, answer.code()), (422, code), "{query}: {answer}");
    }
    let viewer = company.user(Role::Viewer).await;
    for path in ["/v1/documents", "/v1/invoices", "/v1/reconciliation", "/v1/statements/2026-01"] {
        assert_eq!(viewer.get(path).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn only_companies_that_a_month_concerns_are_gone_through() {
    let world = World::start().await;
    for _ in 0..2 {
        world.company().create().await;
    }
    let this = month(days(&world).0);
    world.advance_to(after_month(&world, 2));
    // Its contract is of the month after.
    let later = world.company().without_payment().create().await;
    let path = format!("/v1/staff/companies/{}", later.id);
    let (staff, today) = (world.admin().await, days(&world).0);
    staff.ask(Method::PATCH, &path).json(&json!({ "contract_date": today })).send().await.expect(200);
    assert_eq!(close(&world, &this).await["total"], 2);
    assert_eq!(documents(&later).await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_one_call_does_not_finish_the_worker_does() {
    let world = World::start().await;
    let company = world.company().create().await;
    company.pump.buy(company.card(), "10").await;
    let this = days(&world).0;
    // Two months on: the first is closed before the second, whichever was asked for.
    world.advance_to(after_month(&world, 2));
    company.pump.buy(company.card(), "20").await;
    let next = days(&world).0;
    world.advance_to(after_month(&world, 2));
    let actor = Actor {
        user: UserId::new(Uuid::new_v4()),
        login: Login::parse("accountant").expect("a login"),
        role: Role::StaffAccountant,
    };
    let work = Work::CloseMonths { month: Month::of(next) };
    let job = Job::new(JobId::new(Uuid::new_v4()), None, actor.clone(), work, 0, world.now());
    let act = Act {
        at: world.now(),
        actor,
        action: "month.close".to_owned(),
        subject: format!("month {}", Month::of(next)),
        before: Value::Null,
        after: json!({}),
        reason: String::new(),
    };
    world.app().table.start_closing(&job, &act).await.expect("a job");
    assert!(documents(&company).await.is_empty());
    world.work().await;
    let ids: Vec<_> = documents(&company).await.iter().map(|one| one["id"].clone()).collect();
    assert_eq!(ids, [json!(month(next)), json!(month(this))]);
}
