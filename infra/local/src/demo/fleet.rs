//! Makes the demo: six stations, three companies with their owners and forty cards, eighteen months of their fills.
//! The clock begins in the past and comes up to now.

use chrono::{DateTime, Duration, Months as Calendar, Utc};
use futures::future::try_join_all;
use oktan_shared::config::FirstAdmin;

use super::course::World;
use super::dice::Dice;
use super::firms::FIRMS;
use super::past::{self, Months, Payer};
use super::{
    DemoCard, Maker, Person, Saved, articles, budget, day, deeds, desk, disputes, papers, people, places, promotions,
    tickets,
};
use crate::Failure;
use crate::caller::Caller;
use crate::clock::MovableClock;

/// How far back the history goes.
const MONTHS: u32 = 18;
/// Who posts payments.
const CLERK: &str = "oktan-buh";
/// Who writes news.
const EDITOR: &str = "oktan-editor";

/// Makes everything, from nobody to companies with a past.
pub async fn make(maker: &Maker<'_>, staff: &FirstAdmin) -> Result<Saved, Failure> {
    let Maker { app, api, clock, say, .. } = *maker;
    let now = clock.now();
    let today = day::date(now);
    let first = today.checked_sub_months(Calendar::new(MONTHS)).unwrap_or(today);
    let months = Months { first, today, now };
    set(clock, day::morning(first));
    say("making the demo, once:");

    let admin = Caller::signed_in(api, &staff.login, staff.password.reveal()).await?;
    let stations = places::make(&admin).await?;
    let articles = articles::make(&admin).await?;
    say(&format!("  demo: {} stations, {articles} articles", stations.len()));
    // Side by side: each has a journal of its own.
    let making = FIRMS.iter().map(|firm| {
        let cards = firm.vehicles.len() - usize::from(past::has_lost(firm));
        firm.make(&admin, api, clock.now(), cards)
    });
    let made = try_join_all(making).await?;
    let cards: usize = made.iter().map(|company| company.cards.len()).sum();
    say(&format!("  demo: {} companies, {cards} cards", made.len()));
    let owners: Vec<Person> = FIRMS.iter().map(|firm| firm.owner()).collect();
    let (Some(company), Some((owner, others))) = (made.first(), owners.split_first()) else {
        return Err(Failure::new("the demo", "no company"));
    };
    let person = Person::admin(staff);
    let people = people::make(app, company.id, owner.clone(), others.to_vec(), person.clone()).await?;
    let clerk = people.iter().find(|one| one.login == CLERK);
    if let Some(clerk) = clerk {
        let clerk = Caller::signed_in(api, &clerk.login, &clerk.password).await?;
        for (firm, made) in FIRMS.iter().zip(&made) {
            firm.lend(&clerk, &admin, made.id).await?;
        }
    }

    let catalogue = app.catalogue();
    let promotions = promotions::Plan::of(months, &catalogue, company.id)?;
    let world = World {
        catalogue: &catalogue,
        offers: &promotions.offers,
        stations: &stations,
        holds_max: app.config.holds_max,
        today,
    };
    let (mut courses, mut done, mut fleet) = (Vec::new(), Vec::new(), Vec::new());
    for ((firm, made), seed) in FIRMS.iter().zip(&made).zip(1..) {
        let start = past::read(app, firm, made, &mut Dice::new(seed)).await?;
        let mut course = past::course(&world, firm, start, months, Dice::new(seed + 10));
        if made.id == company.id {
            course.account.joined = promotions.joined.clone();
        }
        course.run(&mut Payer::new(firm, months, Dice::new(seed + 20)))?;
        done.push(deeds::of(&course, months, past::has_lost(firm)));
        let labels = firm.vehicles.iter().map(|vehicle| vehicle.label.to_owned());
        let numbers = course.cards.iter().map(|card| card.row.card.number.to_string());
        fleet.extend(numbers.zip(labels).map(|(number, label)| DemoCard { number, label }));
        courses.push(course);
    }
    let asked: usize = courses.iter().map(|course| course.over.len()).sum();
    say(&format!("  demo: {asked} fills and refusals of {MONTHS} months decided"));
    let one = |login| people.iter().find(|one| one.login == login).unwrap_or(&person);
    let staff = desk::Staff {
        clerk: people::creator(app, &one(CLERK).login).await?,
        admin: &person,
        accountant: one(CLERK),
        editor: one(EDITOR),
    };
    let Some(of_desk) = done.first_mut() else { return Err(Failure::new("the demo", "no company")) };
    of_desk.extend(desk::of(months));
    of_desk.extend(promotions.deeds(months));
    let acts: usize = done.iter().map(Vec::len).sum();
    try_join_all(done.into_iter().map(|deeds| deeds::act(maker, deeds, &staff))).await?;
    say(&format!("  demo: {acts} payments and acts of the desk"));
    deeds::load(maker, &courses).await?;
    set(clock, now);
    clock.pretend(0);
    let Some(station) = stations.first() else { return Err(Failure::new("the demo", "no station")) };
    budget::make(maker, &FIRMS[0], &fleet, &person, station).await?;
    let tickets = tickets::make(api, &people).await?;
    let disputes = disputes::make(maker, &people, &fleet).await?;
    say(&format!("  demo: {tickets} tickets, {disputes} disputes"));
    papers::make(app, api, one(CLERK), &people, now).await?;
    Ok(Saved { people, cards: fleet, stations })
}

/// Shows `to`.
pub fn set(clock: &MovableClock, to: DateTime<Utc>) {
    let real = clock.now() - Duration::seconds(clock.ahead_s());
    clock.pretend((to - real).num_seconds());
}
