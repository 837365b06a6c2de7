//! The past of one company of the demo, with the stories in it.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use oktan_shared::App;
use oktan_shared::domain::account::Account;
use oktan_shared::domain::card::Card;
use oktan_shared::domain::usage::Usage;
use oktan_shared::domain::{CardNumber, Kopecks};
use oktan_shared::table::CardRow;

use super::course::{Course, Driven, Purse, World, is_working_day};
use super::day;
use super::dice::Dice;
use super::firms::{Firm, Made};
use super::plan::{self, Span, Then, Wish};
use super::vehicles::LOST;
use crate::Failure;

/// Days in which a company short of money pays next to nothing, and only
const LEAN_DAYS: i64 = 24;
/// when less than this is left;
const LEAN_BELOW: Kopecks = Kopecks::new(1_200_000);
/// before that, days in which it pays half of what it used to.
const SCANT_DAYS: i64 = 70;
/// Fills begin so many days after the contract: by then it has paid.
const FIRST_FILLS_AFTER: i64 = 4;
/// How long the last fill may take.
const LAST_FILL: Duration = Duration::minutes(60);

/// The months that lie behind.
#[derive(Clone, Copy)]
pub struct Months {
    /// The first day.
    pub first: NaiveDate,
    /// The company's date today.
    pub today: NaiveDate,
    /// Now.
    pub now: DateTime<Utc>,
}

impl Months {
    /// An instant so many days ago, so many minutes after six in the morning.
    pub fn ago(&self, days: i64, minutes: i64) -> DateTime<Utc> {
        day::morning(self.today - Duration::days(days)) + Duration::minutes(minutes)
    }

    /// When the driver phoned in the loss of a card.
    pub fn lost_at(&self) -> DateTime<Utc> {
        self.ago(19, 1000)
    }

    /// When another took its place.
    pub fn replaced_at(&self) -> DateTime<Utc> {
        self.ago(18, 305)
    }
}

/// A company of the demo as it begins.
pub struct Start {
    /// Its account.
    pub account: Account,
    /// Its cards, one for each vehicle; the last of the tour's company is not issued yet.
    pub cards: Vec<Driven>,
}

/// Reads a company; adds the card that will replace the lost one, where there will be one.
pub async fn read(app: &App, firm: &Firm, made: &Made, dice: &mut Dice) -> Result<Start, Failure> {
    let failed = |cause| Failure::new("reading a company of the demo", cause);
    let missing = || Failure::new("reading a company of the demo", "it is not there");
    let account = app.table.account(made.id).await.map_err(failed)?.ok_or_else(missing)?;
    let mut cards = Vec::new();
    for number in &made.cards {
        let number: CardNumber = number.parse().map_err(|cause| Failure::new("a card of the demo", cause))?;
        let record = app.table.card(made.id, &number).await.map_err(failed)?.ok_or_else(missing)?;
        cards.push(Driven { row: record.row, rules: record.rules });
    }
    if cards.len() < firm.vehicles.len() {
        let lost = cards.get(LOST).ok_or_else(missing)?;
        let taken: BTreeSet<&CardNumber> = cards.iter().map(|card| &card.row.card.number).collect();
        let number = loop {
            let serial = u32::try_from(dice.between(0, 999_999)).unwrap_or(0);
            let number = CardNumber::issue(made.id, serial);
            if !taken.contains(&number) {
                break number;
            }
        };
        let card = Card { number, usage: Usage::default(), last_product: None, ..lost.row.card.clone() };
        let rules = lost.rules.clone();
        cards.push(Driven { row: CardRow::fresh(card), rules });
    }
    Ok(Start { account, cards })
}

/// The company's months, ready to run.
pub fn course<'a>(world: &'a World<'a>, firm: &Firm, start: Start, months: Months, mut dice: Dice) -> Course<'a> {
    let replaces = has_lost(firm);
    let mut wishes = Vec::new();
    for (at, vehicle) in firm.vehicles.iter().enumerate() {
        let mut span = Span {
            first: months.first + Duration::days(FIRST_FILLS_AFTER),
            last: months.today,
            until: months.now - LAST_FILL,
        };
        if replaces && at == 0 {
            // The day of the tour's card begins anew every day.
            span.last = months.today - Duration::days(1);
        }
        if replaces && at == LOST {
            span.until = months.lost_at() - Duration::hours(3);
        }
        if replaces && at + 1 == firm.vehicles.len() {
            span.first = months.today - Duration::days(17);
        }
        wishes.extend(plan::of(at, vehicle, &span, &mut dice));
    }
    let mut course = Course::new(world, start.account, start.cards, dice);
    for (at, wish) in wishes.into_iter().chain(stories(firm, months)) {
        course.ask(at, wish);
    }
    if replaces {
        course.block(months.lost_at(), LOST);
        course.replace(months.replaced_at(), LOST);
    }
    let days = months.first.iter_days().take_while(|date| *date <= months.today);
    let offices = days.filter(|date| is_working_day(*date)).map(|date| day::morning(date) + Duration::minutes(260));
    offices.filter(|at| *at <= months.now).for_each(|at| course.look(at));
    course
}

/// Whether it is the company whose driver lost a card.
pub fn has_lost(firm: &Firm) -> bool {
    firm.vehicles.len() > LOST + 1 && firm.vehicles.last().is_some_and(|last| last.label == firm.vehicles[LOST].label)
}

/// What is told of single cards.
fn stories(firm: &Firm, months: Months) -> Vec<(DateTime<Utc>, Wish)> {
    let wish = |card: usize, product: &'static str, litres: i64| {
        let station = firm.vehicles[card].home;
        Wish {
            card,
            station,
            product,
            quantity: litres * 1000,
            off: 0,
            partial_ok: false,
            odometer: None,
            then: Then::All,
        }
    };
    if has_lost(firm) {
        return vec![
            // More flowed than was set aside; the terminal was out of reach for three quarters of an hour.
            (months.ago(40, 410), Wish { then: Then::Over(1_200), ..wish(1, "DT", 122) }),
            (months.ago(61, 195), Wish { then: Then::Late, ..wish(2, "DT", 97) }),
            // Twice what the tank holds.
            (months.ago(9, 690), wish(3, "AI92", 118)),
            // Two fills within half an hour.
            (months.ago(4, 320), wish(4, "AI95", 36)),
            (months.ago(4, 334), wish(4, "AI95", 34)),
            // Refused: too far from home, at night; cut to what the day has left; a price off the list.
            (months.ago(27, 150), Wish { station: 3, ..wish(13, "AI92", 35) }),
            (months.ago(15, -195), wish(12, "AI92", 38)),
            (months.ago(22, 505), Wish { partial_ok: true, ..wish(14, "AI92", 85) }),
            (months.ago(33, 240), Wish { off: -50, ..wish(7, "DT", 94) }),
            // Whoever found the lost card tries it.
            (months.lost_at() + Duration::minutes(47), Wish { station: 2, ..wish(LOST, "DT", 80) }),
            (months.lost_at() + Duration::minutes(432), Wish { station: 4, ..wish(LOST, "AI95", 40) }),
        ];
    }
    if firm.lean.is_some() {
        // A driver who is refused, again and again: too much, the wrong product, too much again.
        return vec![
            (months.ago(2, 95), wish(4, "DT", 320)),
            (months.ago(2, 97), wish(4, "AI95", 60)),
            (months.ago(2, 101), wish(4, "DT", 290)),
        ];
    }
    Vec::new()
}

/// How a company pays.
pub struct Payer<'a> {
    firm: &'a Firm,
    months: Months,
    dice: Dice,
}

impl<'a> Payer<'a> {
    /// By the company's habit.
    pub fn new(firm: &'a Firm, months: Months, dice: Dice) -> Self {
        Self { firm, months, dice }
    }
}

impl Purse for Payer<'_> {
    fn pays(&mut self, account: &Account, at: DateTime<Utc>) -> Option<Kopecks> {
        let lean = self.firm.lean.filter(|_| at >= self.months.ago(LEAN_DAYS, 0));
        if let Some(little) = lean {
            return (account.available < LEAN_BELOW).then_some(little);
        }
        let more = Kopecks::new(self.dice.between(-3, 4) * 500_000);
        let scant = self.firm.lean.is_some() && at >= self.months.ago(SCANT_DAYS, 0);
        let pays = if scant { Kopecks::new(self.firm.pays.get() / 2) } else { self.firm.pays };
        (account.available < self.firm.pays_below).then(|| pays.saturating_add(more))
    }
}
