use super::*;
use crate::domain::product::ProductCode;
use chrono::NaiveDateTime;

fn catalogue() -> Catalogue {
    Catalogue::at_the_start()
}

fn set(codes: &[&str]) -> ProductSet {
    let codes: Vec<ProductCode> = codes.iter().map(|code| ProductCode::parse(code).unwrap()).collect();
    catalogue().set(&codes).unwrap()
}

fn limit(cap: Cap, period: Period, codes: &[&str]) -> Limit {
    Limit { cap, period, products: set(codes) }
}

fn litres(count: i64) -> Cap {
    Cap::Litres(Millilitres::new(count * 1000))
}

fn with(limits: Vec<Limit>) -> Rules {
    Rules { limits, ..Rules::default() }
}

/// What is wrong, as `field code`.
fn problems(rules: &Rules) -> Vec<String> {
    let found = rules.check(&catalogue()).err().unwrap_or_default();
    found.into_iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
}

fn time(text: &str) -> TimeOfDay {
    TimeOfDay::parse(text).unwrap()
}

fn schedule(weekdays: &[u8], from: &str, to: &str) -> Schedule {
    Schedule { weekdays: Weekdays::from_iso(weekdays).unwrap(), from: time(from), to: time(to) }
}

fn allows(schedule: Schedule, local: &str) -> bool {
    schedule.allows(NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M:%S").unwrap())
}

#[test]
fn no_rules_are_fine_and_unlimited() {
    assert!(Rules::default().is_unlimited());
    assert_eq!(Rules::default().check(&catalogue()), Ok(()));
}

#[test]
fn sensible_rules_pass() {
    let rules = Rules {
        limits: vec![
            limit(litres(60), Period::Transaction, &[]),
            limit(litres(60), Period::Day, &[]),
            limit(litres(600), Period::Month, &[]),
            limit(litres(40), Period::Day, &["DT", "DTZ"]),
            limit(litres(30), Period::Month, &["AI95"]),
            limit(Cap::Roubles(Kopecks::new(150_000)), Period::Day, &["WASH", "GOODS"]),
            limit(Cap::Fills(2), Period::Day, &[]),
        ],
        products: Some(Choice::Deny(set(&["GOODS"]))),
        schedule: Some(schedule(&[1, 2, 3, 4, 5], "22:00", "06:00")),
        stations: Some(Choice::Allow([StationCode::parse("012").unwrap()].into())),
    };
    assert_eq!(problems(&rules), Vec::<String>::new());
    assert!(!rules.is_unlimited());
}

#[test]
fn everything_wrong_is_told_at_once() {
    let unknown = ProductSet::EMPTY.with(ProductIx::new(31).unwrap());
    let rules = Rules {
        limits: vec![
            limit(litres(0), Period::Day, &[]),
            limit(litres(50), Period::Week, &["CNG", "DT"]),
            limit(litres(60), Period::Year, &["DT"]),
            limit(litres(70), Period::Day, &["DT"]),
            limit(litres(80), Period::Day, &["DT"]),
            Limit { cap: Cap::Fills(1), period: Period::Day, products: unknown },
            limit(litres(10_000_001), Period::Day, &["LPG"]),
        ],
        products: Some(Choice::Allow(ProductSet::EMPTY)),
        schedule: Some(schedule(&[], "24:00", "24:00")),
        stations: Some(Choice::Deny(BTreeSet::new())),
    };
    assert_eq!(
        problems(&rules),
        [
            "limits[0].amount amount_zero",
            "limits[1].products not_in_litres",
            "limits[2].amount longer_below_shorter",
            "limits[4] limit_repeated",
            "limits[5].products product_unknown",
            "limits[6].amount amount_too_large",
            "products.codes choice_empty",
            "schedule.weekdays weekdays_empty",
            "schedule.from time_out_of_range",
            "stations.codes choice_empty",
        ]
    );
}

#[test]
fn a_longer_period_below_a_shorter_is_refused_for_the_same_kind_only() {
    let below = |longer: Limit, shorter: Limit| !problems(&with(vec![longer, shorter])).is_empty();
    let day = limit(litres(50), Period::Day, &[]);
    assert!(below(limit(litres(49), Period::Month, &[]), day));
    assert!(!below(limit(litres(50), Period::Month, &[]), day));
    assert!(!below(limit(litres(49), Period::Month, &["DT"]), day));
    assert!(!below(limit(Cap::Fills(1), Period::Month, &[]), day));
    assert!(below(day, limit(litres(51), Period::Transaction, &[])));
}

#[test]
fn at_most_twenty_limits() {
    let codes = ["AI92", "AI95", "AI98", "DT"];
    let limits: Vec<Limit> =
        Period::CALENDAR.iter().flat_map(|period| codes.map(|code| limit(litres(60), *period, &[code]))).collect();
    assert_eq!(problems(&with(limits.clone())), Vec::<String>::new());
    let more = [limits, vec![limit(Cap::Fills(1), Period::Day, &[])]].concat();
    assert_eq!(problems(&with(more)), ["limits limits_too_many"]);
}

#[test]
fn at_most_two_hundred_stations() {
    let codes = |count: usize| (0..count).map(|n| StationCode::parse(&n.to_string()).unwrap()).collect();
    let rules = |count| Rules { stations: Some(Choice::Allow(codes(count))), ..Rules::default() };
    assert_eq!(problems(&rules(STATIONS_MAX)), Vec::<String>::new());
    assert_eq!(problems(&rules(STATIONS_MAX + 1)), ["stations.codes stations_too_many"]);
}

#[test]
fn a_limit_in_litres_counts_litres_only() {
    let counts = |limit: Limit, code: &str| {
        let catalogue = catalogue();
        limit.counts(catalogue.by_code(&ProductCode::parse(code).unwrap()).unwrap().ix, &catalogue)
    };
    let all = limit(litres(10), Period::Day, &[]);
    assert!(counts(all, "DT") && counts(all, "LPG") && !counts(all, "CNG") && !counts(all, "WASH"));
    let roubles = limit(Cap::Roubles(Kopecks::new(1)), Period::Day, &[]);
    assert!(counts(roubles, "CNG") && counts(roubles, "GOODS"));
    let one = limit(Cap::Fills(1), Period::Day, &["CNG"]);
    assert!(counts(one, "CNG") && !counts(one, "DT"));
}

#[test]
fn the_stored_form_is_stable() {
    let rules = Rules {
        limits: vec![
            limit(litres(40), Period::Day, &["DT"]),
            limit(Cap::Roubles(Kopecks::new(150_000)), Period::Month, &[]),
            limit(Cap::Fills(2), Period::Transaction, &[]),
        ],
        products: Some(Choice::Allow(set(&["AI92", "DT"]))),
        schedule: Some(schedule(&[1, 7], "06:00", "24:00")),
        stations: Some(Choice::Deny([StationCode::parse("12").unwrap()].into())),
    };
    let stored = concat!(
        r#"{"limits":[{"cap":{"litres":40000},"period":"day","products":8},"#,
        r#"{"cap":{"roubles":150000},"period":"month"},{"cap":{"fills":2},"period":"transaction"}],"#,
        r#""products":{"allow":9},"schedule":{"weekdays":65,"from":360,"to":1440},"stations":{"deny":["12"]}}"#
    );
    assert_eq!(serde_json::to_string(&rules).unwrap(), stored);
    assert_eq!(serde_json::from_str::<Rules>(stored).unwrap(), rules);
    assert_eq!(serde_json::to_string(&Rules::default()).unwrap(), "{}");
    assert_eq!(serde_json::from_str::<Rules>("{}").unwrap(), Rules::default());
}

#[test]
fn choices_pass_what_they_say() {
    let dt = ProductIx::new(3).unwrap();
    assert!(Choice::Allow(set(&["DT"])).passes(dt) && !Choice::Deny(set(&["DT"])).passes(dt));
    assert!(!Choice::Allow(set(&["AI92"])).passes(dt) && Choice::Deny(set(&["AI92"])).passes(dt));
}

#[test]
fn hours_of_one_day_include_their_start_and_not_their_end() {
    // 2026-11-20 is a Friday.
    let work = schedule(&[1, 2, 3, 4, 5], "06:00", "22:00");
    assert!(allows(work, "2026-11-20 06:00:00") && allows(work, "2026-11-20 21:59:59"));
    assert!(!allows(work, "2026-11-20 05:59:59") && !allows(work, "2026-11-20 22:00:00"));
    assert!(!allows(work, "2026-11-21 12:00:00"));
    let to_the_end = schedule(&[5], "20:00", "24:00");
    assert!(allows(to_the_end, "2026-11-20 23:59:59") && !allows(to_the_end, "2026-11-21 00:00:00"));
}

#[test]
fn a_span_over_midnight_belongs_to_the_day_it_starts() {
    let friday_night = schedule(&[5], "22:00", "06:00");
    assert!(allows(friday_night, "2026-11-20 22:00:00") && allows(friday_night, "2026-11-21 05:59:59"));
    assert!(!allows(friday_night, "2026-11-21 06:00:00") && !allows(friday_night, "2026-11-21 23:00:00"));
    assert!(!allows(friday_night, "2026-11-20 03:00:00"), "that night is Thursday's");
    let sunday_night = schedule(&[7], "22:00", "06:00");
    assert!(allows(sunday_night, "2026-11-23 05:00:00"), "over the week's end");
}

#[test]
fn equal_ends_are_24_hours_from_their_start() {
    let whole = schedule(&[5], "00:00", "00:00");
    assert!(allows(whole, "2026-11-20 00:00:00") && allows(whole, "2026-11-20 23:59:59"));
    assert!(!allows(whole, "2026-11-19 23:59:59") && !allows(whole, "2026-11-21 00:00:00"));
    let shifted = schedule(&[5], "08:00", "08:00");
    assert!(allows(shifted, "2026-11-20 08:00:00") && allows(shifted, "2026-11-21 07:59:59"));
    assert!(!allows(shifted, "2026-11-20 07:59:59") && !allows(shifted, "2026-11-21 08:00:00"));
}

#[test]
fn times_and_weekdays_are_read_strictly() {
    assert_eq!(time("24:00"), TimeOfDay::END);
    assert_eq!(serde_json::to_string(&time("06:05")).unwrap(), "\"06:05\"");
    for wrong in ["", "6:00", "06:0", "06-00", "24:01", "25:00", "12:60", "+1:00", "06:00:00", "0600", "é6:00"] {
        assert_eq!(TimeOfDay::parse(wrong).unwrap_err().code, "time_malformed", "{wrong}");
    }
    assert_eq!(Weekdays::from_iso(&[1, 2, 3, 4, 5, 6, 7]), Ok(Weekdays::ALL));
    assert_eq!(Weekdays::from_iso(&[7, 1, 1]).unwrap().iter().collect::<Vec<_>>(), [1, 7]);
    for wrong in [0, 8, 255] {
        assert_eq!(Weekdays::from_iso(&[wrong]).unwrap_err().code, "weekday_unknown");
    }
}
