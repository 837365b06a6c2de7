//! How many days a company's money lasts, and by what that is told.

use chrono::{Datelike as _, Days, Months, NaiveDate, TimeDelta};
use oktan_shared::domain::window::Zone;
use oktan_tests::{Company, Role, Value, World, json, numbers};

/// What is told of a forecast by so many kopecks that were spent from one day to another.
fn told(available: i64, spent: i64, (from, to): (NaiveDate, NaiveDate)) -> Value {
    let days = to.signed_duration_since(from).num_days() + 1;
    let basis = json!({ "per_day": numbers::roubles(spent / days), "days": days, "from": from, "to": to });
    json!([(available * days / spent).min(999), basis])
}

async fn tells(company: &Company) -> Value {
    let view = company.balance().await;
    json!([view["days_left"], view["days_left_basis"]])
}

#[tokio::test]
async fn days_left_go_by_the_last_thirty_days_that_are_over_and_by_this_month_until_there_are_seven() {
    let world = World::start().await;
    let company = world.company().without_payment().create().await;
    let zone = Zone::default();
    let month = zone.date(world.now()).with_day(1).unwrap() + Months::new(1);
    let first = month + Days::new(19);
    let on = |after: u64| first + Days::new(after);
    let come = |day: NaiveDate| world.advance_to(zone.midnight(day) + TimeDelta::hours(10));
    let nothing = json!([null, null]);

    // It begins on the twentieth. Six days of data are nothing to go by; the seventh is, though nothing is written down.
    come(first);
    company.pay("10000.00").await;
    company.pump.buy(company.card(), "10").await;
    assert_eq!(tells(&company).await, nothing);
    come(on(5));
    assert_eq!(tells(&company).await, nothing);
    come(on(6));
    let so_far = told(928_100, 71_900, (first, on(6)));
    assert_eq!((&so_far[0], &so_far[1]["per_day"]), (&json!(90), &json!("102.71")));
    assert_eq!(tells(&company).await, so_far);
    // Six days are over.
    assert_eq!(world.tick().await["days"], 1);
    assert_eq!(tells(&company).await, so_far);

    // From then on it goes by days that are over: what is bought today makes the money less, and the pace no faster.
    come(on(7));
    assert_eq!(world.tick().await["days"], 1);
    company.pump.buy(company.card(), "1").await;
    assert_eq!(tells(&company).await, told(920_910, 71_900, (first, on(6))));

    // On the first days of a month too.
    let third = month + Months::new(1) + Days::new(2);
    come(third);
    assert_eq!(world.tick().await["days"], 1);
    let expected = told(920_910, 79_090, (first, third - Days::new(1)));
    assert_eq!(tells(&company).await, expected);
    let view = company.balance().await;
    assert_eq!(view["spent_this_month"], "0.00");
    let staff = world.staff(Role::StaffAccountant).await;
    let seen = staff.get(&format!("/v1/staff/companies/{}/balance", company.id)).await.expect(200);
    assert_eq!(json!([seen["days_left"], seen["days_left_basis"]]), expected, "staff see what the client sees");

    // Thirty days and no more, a forecast of 999 and no more; where nothing was bought on them there is no pace.
    come(on(35));
    company.pump.buy(company.card(), "2").await;
    let of_month = told(906_530, 14_380, (on(35).with_day(1).unwrap(), on(35)));
    assert_eq!(tells(&company).await, of_month, "what is written down ended weeks ago");
    assert_eq!(world.tick().await["days"], 1);
    assert_eq!(tells(&company).await, told(906_530, 7_190, (on(5), on(34))));
    come(on(68));
    assert_eq!(world.tick().await["days"], 1);
    assert_eq!(tells(&company).await, nothing);

    // Without what is derived it is this month again, and then the same as before.
    company.pump.buy(company.card(), "10").await;
    assert_eq!(tells(&company).await, nothing);
    world.forget(|key| key.contains(" DAY#") || key.contains(" DAYS#")).await;
    let today = on(68);
    assert_eq!(tells(&company).await, told(834_630, 71_900, (today.with_day(1).unwrap(), today)));
    world.advance_minutes(61);
    assert_eq!(world.tick().await["days"], 1);
    assert_eq!(tells(&company).await, nothing);
}
