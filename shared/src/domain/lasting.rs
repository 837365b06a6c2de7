//! How many days a company's money lasts at the pace of the days behind it.

use super::budget::FORECAST_DAYS_MIN;
use super::money::Kopecks;
use chrono::{Days, NaiveDate};

/// Days that are over that a forecast goes by, at the most.
const RECENT_MAX: usize = 30;
/// Days that ended longer ago say nothing of now: the others are still being written down.
const RECENT_WITHIN: Days = Days::new(7);
/// The longest forecast in days.
const LASTS_MAX: i128 = 999;

/// What each of the last days that are written down cost: the days before the first on which anything was bought are not
/// data, and are not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentDays {
    /// The last day that is written down.
    pub until: NaiveDate,
    /// What each day cost, without a gap, at most thirty; the last one is `until`.
    pub costs: Vec<Kopecks>,
}

impl RecentDays {
    /// The last days once those from one to another, both included, are written down too; `cost` is of a day on which
    /// anything was bought or returned. What lies before a gap is forgotten.
    pub fn after(
        before: Option<Self>,
        (from, to): (NaiveDate, NaiveDate),
        cost: impl Fn(NaiveDate) -> Option<Kopecks>,
    ) -> Self {
        let before = before.filter(|before| before.until.succ_opt() == Some(from));
        let mut costs = before.map(|before| before.costs).unwrap_or_default();
        for day in from.iter_days().take_while(|day| *day <= to) {
            match cost(day) {
                None if costs.is_empty() => {}
                cost => costs.push(cost.unwrap_or_default()),
            }
        }
        costs.drain(..costs.len().saturating_sub(RECENT_MAX));
        Self { until: to, costs }
    }

    /// Whether they are enough days, of late, to go by today, whatever was bought on them.
    pub fn are_enough(&self, today: NaiveDate) -> bool {
        let of_late = self.until.checked_add_days(RECENT_WITHIN).is_none_or(|until| until >= today);
        of_late && i64::try_from(self.costs.len()).is_ok_and(|days| days >= FORECAST_DAYS_MIN)
    }
}

/// Days of data, and what was bought on them: what a forecast goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How many they are, from seven.
    pub days: u32,
    /// What was bought on them, returns taken off: above zero.
    spent: Kopecks,
}

impl Pace {
    /// Of days that are over; `None` where they are not enough or nothing was bought on them.
    pub fn of_recent(recent: &RecentDays, today: NaiveDate) -> Option<Self> {
        let recent = Some(recent).filter(|recent| recent.are_enough(today))?;
        let days = u32::try_from(recent.costs.len()).ok()?;
        let from = recent.until.checked_sub_days(Days::new(u64::from(days.checked_sub(1)?)))?;
        let spent = recent.costs.iter().fold(Kopecks::ZERO, |sum, cost| sum.saturating_add(*cost));
        Self::new(from, recent.until, days, spent)
    }

    /// Of the days from one until today, as far as it has come; `None` where they are less than seven or nothing was bought
    /// on them.
    pub fn until_today(since: NaiveDate, today: NaiveDate, spent: Kopecks) -> Option<Self> {
        let days = u32::try_from(today.signed_duration_since(since).num_days().checked_add(1)?).ok()?;
        Self::new(since, today, days, spent)
    }

    fn new(from: NaiveDate, to: NaiveDate, days: u32, spent: Kopecks) -> Option<Self> {
        let enough = i64::from(days) >= FORECAST_DAYS_MIN && spent.is_positive();
        enough.then_some(Self { from, to, days, spent })
    }

    /// What one day cost; parts of a kopeck are dropped, not rounded.
    pub fn per_day(&self) -> Kopecks {
        Kopecks::new(self.spent.get().checked_div(i64::from(self.days)).unwrap_or_default())
    }

    /// Whole days that so much lasts, at most 999; a debt lasts none.
    pub fn lasts(&self, available: Kopecks) -> u32 {
        let (available, spent) = (i128::from(available.get().max(0)), i128::from(self.spent.get()));
        let whole = available.saturating_mul(i128::from(self.days)).checked_div(spent).unwrap_or_default();
        u32::try_from(whole.min(LASTS_MAX)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 2, 20).unwrap() + Days::new(n)
    }

    fn costs(recent: &RecentDays) -> Vec<i64> {
        recent.costs.iter().map(|cost| cost.get()).collect()
    }

    fn recent(costs: &[i64]) -> RecentDays {
        RecentDays { until: day(40), costs: costs.iter().map(|cost| Kopecks::new(*cost)).collect() }
    }

    fn pace(costs: &[i64]) -> Option<Pace> {
        Pace::of_recent(&recent(costs), day(41))
    }

    #[test]
    fn less_than_seven_days_or_nothing_bought_is_nothing_to_go_by() {
        assert_eq!((pace(&[]), pace(&[500; 6]), pace(&[0; 30])), (None, None, None));
        assert_eq!(pace(&[0, 0, 0, 0, 0, 500, -500]), None, "all of it came back");
        let enough = [(0, 41), (6, 41), (7, 41), (30, 47), (30, 48)];
        let enough = enough.map(|(days, today)| recent(&vec![0; days]).are_enough(day(today)));
        assert_eq!(enough, [false, false, true, true, false]);
        let week = pace(&[700, 0, 0, 0, 0, 0, 0]).unwrap();
        assert_eq!((week.from, week.to, week.days, week.per_day()), (day(34), day(40), 7, Kopecks::new(100)));
        let lasting = [-1, 0, 99, 100, 299, i64::MAX].map(|available| week.lasts(Kopecks::new(available)));
        assert_eq!(lasting, [0, 0, 0, 1, 2, 999]);
    }

    #[test]
    fn the_month_so_far_counts_today_and_only_days_of_data() {
        let of = |since, today| Pace::until_today(day(since), day(today), Kopecks::new(1_400));
        assert_eq!((of(0, 5), of(9, 3)), (None, None));
        let found = of(0, 6).unwrap();
        assert_eq!((found.from, found.to, found.days, found.per_day()), (day(0), day(6), 7, Kopecks::new(200)));
    }

    #[test]
    fn what_lies_before_a_gap_is_forgotten() {
        let first = RecentDays::after(None, (day(0), day(2)), |_| Some(Kopecks::new(5)));
        let next = RecentDays::after(Some(first.clone()), (day(3), day(3)), |_| None);
        assert_eq!((costs(&next), next.until), (vec![5, 5, 5, 0], day(3)));
        let apart = RecentDays::after(Some(first), (day(4), day(4)), |_| Some(Kopecks::new(7)));
        assert_eq!(costs(&apart), [7]);
    }

    proptest! {
        #[test]
        fn however_days_are_written_down_the_last_thirty_of_data_are_kept(
            bought in proptest::collection::vec(proptest::option::of(-900i64..9_000), 1..90),
            spans in proptest::collection::vec(1usize..40, 1..90),
        ) {
            let cost = |at: NaiveDate| {
                let n = usize::try_from(at.signed_duration_since(day(0)).num_days()).unwrap();
                bought[n].map(Kopecks::new)
            };
            let last = day(bought.len() as u64 - 1);
            let (mut recent, mut from) = (None, day(0));
            for span in spans.into_iter().chain([90]) {
                let to = (from + Days::new(span as u64 - 1)).min(last);
                if from <= last {
                    recent = Some(RecentDays::after(recent, (from, to), cost));
                    from = to + Days::new(1);
                }
            }
            let recent = recent.unwrap();
            let data: Vec<_> = bought.iter().skip_while(|day| day.is_none()).map(|day| day.unwrap_or(0)).collect();
            prop_assert_eq!(&costs(&recent), &data[data.len().saturating_sub(30)..]);
            prop_assert_eq!(recent.until, last);
            let Some(pace) = Pace::of_recent(&recent, last + Days::new(1)) else {
                let spent: i64 = costs(&recent).iter().sum();
                prop_assert!(recent.costs.len() < 7 || spent <= 0);
                return Ok(());
            };
            // So many days at this pace can be paid, and not one more.
            let spent: i64 = costs(&recent).iter().sum();
            for available in [0, spent, spent * 3 + 1] {
                let (days, n) = (i64::from(pace.lasts(Kopecks::new(available))), i64::from(pace.days));
                prop_assert!(days * spent <= available * n && (days == 999 || (days + 1) * spent > available * n));
            }
            prop_assert!(pace.per_day().get() * i64::from(pace.days) <= spent);
        }
    }
}
