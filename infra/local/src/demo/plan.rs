//! What the drivers of the demo set out to do: when, where, how much, and what goes wrong.

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc, Weekday};

use super::day;
use super::dice::Dice;
use super::places::PLACES;
use super::vehicles::{Allowed, Vehicle};

/// Something a driver asks for.
#[derive(Clone)]
pub struct Wish {
    /// Which card, by its vehicle's place.
    pub card: usize,
    /// Which station, by its place.
    pub station: usize,
    /// What.
    pub product: &'static str,
    /// How much, millilitres.
    pub quantity: i64,
    /// Kopecks that the pump's price is off the list.
    pub off: i64,
    /// Whether less will do.
    pub partial_ok: bool,
    /// Kilometres, where the driver typed them.
    pub odometer: Option<u32>,
    /// And then.
    pub then: Then,
}

/// What becomes of an approval.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// All of it flows.
    All,
    /// Less flows, by so many thousandths: the tank is full.
    Less(i64),
    /// More flows, by so many millilitres.
    Over(i64),
    /// All of it flows, but the terminal says so when the hold is over.
    Late,
    /// The driver goes away.
    Leave,
    /// All of it flows, and so many millilitres come back.
    Return(i64),
}

/// Wishes by their time.
pub type Wishes = Vec<(DateTime<Utc>, Wish)>;

/// What a vehicle does from `first` to `last`; the last day ends at `until`.
pub struct Span {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// Nothing is asked later.
    pub until: DateTime<Utc>,
}

struct Driver<'a> {
    at: usize,
    vehicle: &'a Vehicle,
    km: i64,
    dice: &'a mut Dice,
    wishes: Wishes,
}

/// The wishes of the vehicle at a place of its fleet.
pub fn of(at: usize, vehicle: &Vehicle, span: &Span, dice: &mut Dice) -> Wishes {
    let km = dice.between(30_000, 160_000);
    let mut need = dice.between(0, vehicle.every);
    let mut driver = Driver { at, vehicle, km, dice, wishes: Vec::new() };
    for date in span.first.iter_days().take_while(|date| *date <= span.last) {
        need += pace(date, vehicle.is_of_harvest());
        if need >= vehicle.every {
            need = (need - vehicle.every).min(vehicle.every);
            driver.fuel(date);
        }
    }
    let mut wishes = driver.wishes;
    wishes.retain(|(at, _)| *at <= span.until);
    wishes
}

/// Tenths of a working day that a date is worth.
fn pace(date: NaiveDate, is_of_harvest: bool) -> i64 {
    let harvest = is_of_harvest && (6..=9).contains(&date.month());
    match date.weekday() {
        _ if date.month() == 1 && date.day() <= 8 => 0,
        Weekday::Sun if harvest => 8,
        Weekday::Sun => 0,
        Weekday::Sat if harvest => 16,
        Weekday::Sat => 3,
        _ if harvest => 17,
        _ => 10,
    }
}

impl Driver<'_> {
    /// A fill on a date, with what may be unusual about it.
    fn fuel(&mut self, date: NaiveDate) {
        let at = day::morning(date) + Duration::seconds(self.dice.between(600, 13 * 3600));
        let wish = self.usual(date);
        let quiet = self.vehicle.rules == Allowed::Tour;
        let lot = if quiet { 0 } else { self.dice.between(1, 400) };
        match lot {
            1..=6 => {
                let sold: Vec<_> = PLACES[wish.station].products().filter(|product| *product != wish.product).collect();
                if let Some(product) = self.dice.pick(&sold).filter(|product| product.starts_with("AI")) {
                    self.push(at - Duration::minutes(4), Wish { product, partial_ok: false, ..wish.clone() });
                }
                self.push(at, wish);
            }
            7..=14 => {
                let quantity = self.vehicle.rules.daily_l().map(|most| (most + self.dice.between(5, 40)) * 1000);
                self.push(at, Wish { quantity: quantity.unwrap_or(wish.quantity), partial_ok: lot % 2 == 0, ..wish });
            }
            15..=17 => {
                self.push(at - Duration::minutes(9), Wish { then: Then::Leave, ..wish.clone() });
                self.push(at, wish);
            }
            18..=20 => self.push(at, Wish { off: -50, ..wish }),
            21..=23 => {
                let back = self.dice.between(3, 8) * 1000;
                self.push(at, Wish { then: Then::Return(back), ..wish });
            }
            24..=27 => {
                let early = self.dice.between(120, 300);
                self.push(day::morning(date) - Duration::minutes(early), wish);
            }
            28..=31 => {
                let station = self.station(wish.product, &[2, 3, 4, 5], wish.station);
                self.push(at, Wish { station, ..wish });
            }
            32..=90 => {
                let by = self.dice.between(20, 90);
                self.push(at, Wish { then: Then::Less(by), ..wish });
            }
            91..=104 if self.vehicle.washes() => {
                let wash = Wish { product: "WASH", quantity: 1000, station: 0, then: Then::All, ..wish.clone() };
                self.push(at + Duration::minutes(12), wash);
                self.push(at, wish);
            }
            _ => self.push(at, wish),
        }
    }

    fn usual(&mut self, date: NaiveDate) -> Wish {
        let Vehicle { usual_l, product, home, per_100_km, rules, .. } = *self.vehicle;
        let share = self.dice.between(78, 108);
        let quantity = usual_l * 10 * share + self.dice.between(0, 99) * 10;
        self.km += quantity / (per_100_km * 10).max(1);
        let winter = product == "DT" && matches!(date.month(), 12 | 1 | 2);
        let product = if winter { "DTZ" } else { product };
        let elsewhere: &[usize] = if rules == Allowed::Near { &[0, 1] } else { &[0, 1, 2, 3, 4, 5] };
        let away = self.dice.between(1, 100) <= 20;
        let station = if away { self.station(product, elsewhere, home) } else { home };
        let station = if PLACES[station].sells(product) { station } else { self.station(product, elsewhere, 0) };
        let odometer = u32::try_from(self.km).ok().filter(|_| self.dice.between(1, 100) <= 85);
        Wish { card: self.at, station, product, quantity, off: 0, partial_ok: false, odometer, then: Then::All }
    }

    /// One of these stations that sells the product, else `otherwise`.
    fn station(&mut self, product: &str, among: &[usize], otherwise: usize) -> usize {
        let selling: Vec<usize> = among.iter().copied().filter(|place| PLACES[*place].sells(product)).collect();
        self.dice.pick(&selling).unwrap_or(otherwise)
    }

    fn push(&mut self, at: DateTime<Utc>, wish: Wish) {
        self.wishes.push((at, wish));
    }
}

#[cfg(test)]
mod tests {
    use super::super::vehicles::{KOLOS, SOLE};
    use super::*;

    fn span(first: (i32, u32, u32), days: i64) -> Span {
        let first = NaiveDate::from_ymd_opt(first.0, first.1, first.2).unwrap_or_default();
        let last = first + Duration::days(days);
        Span { first, last, until: day::morning(last) + Duration::days(1) }
    }

    #[test]
    fn a_truck_fuels_more_in_harvest_and_nobody_on_new_years_day() {
        let fills = |span: &Span| of(1, &KOLOS[1], span, &mut Dice::new(3)).len();
        assert!(fills(&span((2026, 7, 1), 30)) > fills(&span((2026, 3, 1), 30)) * 14 / 10);
        assert_eq!(fills(&span((2026, 1, 1), 5)), 0);
    }

    #[test]
    fn whoever_asks_asks_for_what_is_sold_there_and_every_time_the_same() {
        let year = span((2025, 6, 1), 365);
        for (at, vehicle) in KOLOS.iter().chain(&SOLE).enumerate() {
            let wishes = of(at, vehicle, &year, &mut Dice::new(9));
            assert!(wishes.len() > 30, "{}: {}", vehicle.label, wishes.len());
            assert!(wishes.iter().all(|(_, wish)| PLACES[wish.station].sells(wish.product) && wish.quantity > 0));
            let again = of(at, vehicle, &year, &mut Dice::new(9));
            let told = |wishes: &Wishes| wishes.iter().map(|(at, wish)| (*at, wish.quantity)).collect::<Vec<_>>();
            assert_eq!(told(&wishes), told(&again), "chance is seeded");
        }
    }
}
