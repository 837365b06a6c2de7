use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;

/// Russia's zones, with the hours east of UTC that they have had since 2016-12.
const RUSSIA: [(&str, i64); 11] = [
    ("Europe/Kaliningrad", 2),
    ("Europe/Moscow", 3),
    ("Europe/Samara", 4),
    ("Asia/Yekaterinburg", 5),
    ("Asia/Omsk", 6),
    ("Asia/Krasnoyarsk", 7),
    ("Asia/Irkutsk", 8),
    ("Asia/Yakutsk", 9),
    ("Asia/Vladivostok", 10),
    ("Asia/Magadan", 11),
    ("Asia/Kamchatka", 12),
];

fn zone(name: &str) -> Zone {
    Zone::parse(name).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The windows just before and at the reset of `period`, seen from `now`.
fn around_reset(zone: Zone, period: Period, now: DateTime<Utc>) -> (WindowId, WindowId, DateTime<Utc>) {
    let reset = zone.resets_at(period, now).unwrap();
    let before = zone.windows(reset - TimeDelta::milliseconds(1)).get(period).unwrap();
    (before, zone.windows(reset).get(period).unwrap(), reset)
}

#[test]
fn every_window_of_every_russian_zone_ends_to_the_millisecond() {
    let mut instants = 0;
    for (name, hours) in RUSSIA {
        let zone = zone(name);
        // 503 hours and some: walks through hours, weekdays and days of the month alike, 2023 to 2034.
        for step in 0..200 {
            let now = at("2023-01-01T00:00:00.500Z") + TimeDelta::seconds(step * 503 * 3_601);
            for period in Period::CALENDAR {
                let mine = zone.windows(now).get(period).unwrap();
                let (before, after, reset) = around_reset(zone, period, now);
                assert_eq!(before, mine, "{name} {period:?} {now}");
                assert!(after > mine, "{name} {period:?} {now}");
                assert!(reset > now, "{name} {period:?} {now}");
                let start = zone.local(reset);
                assert_eq!(start.time(), NaiveTime::MIN, "{name} {period:?} {now}");
                assert_eq!(start - reset.naive_utc(), TimeDelta::hours(hours), "{name}");
                assert_eq!(i64::from(zone.offset_minutes(now)), hours * 60, "{name}");
                instants += 3;
            }
        }
    }
    assert!(instants >= 10_000, "{instants}");
}

#[test]
fn a_leap_day_is_a_day_of_february() {
    for (name, _) in RUSSIA {
        let zone = zone(name);
        let noon = zone.midnight(date("2028-02-29")) + TimeDelta::hours(12);
        assert_eq!(zone.date(noon), date("2028-02-29"));
        assert_eq!(zone.resets_at(Period::Day, noon), Some(zone.midnight(date("2028-03-01"))));
        assert_eq!(zone.resets_at(Period::Month, noon), Some(zone.midnight(date("2028-03-01"))));
        assert_eq!(
            Windows::of(date("2028-02-29")).get(Period::Month),
            Windows::of(date("2028-02-01")).get(Period::Month)
        );
        assert_ne!(Windows::of(date("2028-02-29")).get(Period::Day), Windows::of(date("2028-03-01")).get(Period::Day));
    }
    let common = zone("Europe/Moscow").midnight(date("2026-02-28"));
    assert_eq!(Zone::default().resets_at(Period::Day, common), Some(at("2026-02-28T21:00:00Z")));
}

#[test]
fn a_week_starts_on_monday() {
    let week = |text: &str| Windows::of(date(text)).get(Period::Week).unwrap();
    assert_eq!(week("2026-11-16"), week("2026-11-22"));
    assert!(week("2026-11-23") > week("2026-11-22"));
    assert_eq!(week("2026-12-31"), week("2027-01-03"), "a week may lie in two years");
    let sunday = at("2026-11-22T12:00:00Z");
    assert_eq!(Zone::default().resets_at(Period::Week, sunday), Some(at("2026-11-22T21:00:00Z")));
    assert_eq!(Zone::default().resets_at(Period::Week, at("2026-11-22T21:00:00Z")), Some(at("2026-11-29T21:00:00Z")));
}

#[test]
fn months_quarters_and_years_turn_where_they_should() {
    let zone = Zone::default();
    let now = at("2026-11-22T14:00:00Z");
    assert_eq!(zone.resets_at(Period::Transaction, now), None);
    assert_eq!(zone.resets_at(Period::Month, now), Some(at("2026-11-30T21:00:00Z")));
    assert_eq!(zone.resets_at(Period::Quarter, now), Some(at("2026-12-31T21:00:00Z")));
    assert_eq!(zone.resets_at(Period::Year, now), Some(at("2026-12-31T21:00:00Z")));
    assert_eq!(zone.resets_at(Period::Quarter, at("2026-02-03T00:00:00Z")), Some(at("2026-03-31T21:00:00Z")));
    assert_eq!(Windows::of(date("2026-11-22")).get(Period::Month), Some(WindowId::new(2026 * 12 + 10)));
    assert_eq!(Windows::of(date("2026-11-22")).get(Period::Quarter), Some(WindowId::new(2026 * 4 + 3)));
    assert_eq!(Windows::of(date("2026-11-22")).get(Period::Transaction), None);
}

#[test]
fn a_day_has_23_or_25_hours_where_clocks_are_moved() {
    let berlin = zone("Europe/Berlin");
    assert_eq!(berlin.midnight(date("2026-03-29")), at("2026-03-28T23:00:00Z"));
    assert_eq!(berlin.resets_at(Period::Day, at("2026-03-29T10:00:00Z")), Some(at("2026-03-29T22:00:00Z")));
    assert_eq!(berlin.resets_at(Period::Day, at("2026-10-25T00:30:00Z")), Some(at("2026-10-25T23:00:00Z")));
    assert_eq!(berlin.resets_at(Period::Month, at("2026-03-02T10:00:00Z")), Some(at("2026-03-31T22:00:00Z")));
    assert_eq!(berlin.resets_at(Period::Week, at("2026-10-25T00:30:00Z")), Some(at("2026-10-25T23:00:00Z")));
    for now in ["2026-03-28T12:00:00Z", "2026-03-29T00:59:59.999Z", "2026-10-25T00:59:59Z", "2026-10-25T01:00:00Z"] {
        for period in Period::CALENDAR {
            let (before, after, _) = around_reset(berlin, period, at(now));
            assert_eq!(Some(before), berlin.windows(at(now)).get(period));
            assert!(after > before);
        }
    }
}

#[test]
fn a_midnight_that_clocks_jump_over_is_the_jump() {
    // Beirut goes from 00:00 to 01:00; Manila left out the whole of 31 December 1844.
    assert_eq!(zone("Asia/Beirut").midnight(date("2022-03-27")), at("2022-03-26T22:00:00Z"));
    assert_eq!(zone("Asia/Manila").midnight(date("1844-12-31")), at("1844-12-31T15:56:08Z"));
    let (before, after, _) = around_reset(zone("Asia/Beirut"), Period::Day, at("2022-03-26T12:00:00Z"));
    assert!(after > before);
}

#[test]
fn of_two_midnights_the_first_counts() {
    assert_eq!(zone("Asia/Amman").midnight(date("2021-10-29")), at("2021-10-28T21:00:00Z"));
}

#[test]
fn a_zone_is_its_name() {
    assert_eq!(Zone::default().to_string(), "Europe/Moscow");
    assert_eq!(serde_json::to_string(&zone("Asia/Kamchatka")).unwrap(), "\"Asia/Kamchatka\"");
    assert_eq!(serde_json::from_str::<Zone>("\"Asia/Omsk\"").unwrap(), zone("Asia/Omsk"));
    for wrong in ["", "Moscow", "europe/moscow", "UTC+3", "Europe/Moscow "] {
        assert_eq!(Zone::parse(wrong).unwrap_err().code, "zone_unknown", "{wrong}");
    }
}

proptest! {
    #[test]
    fn windows_never_go_back_in_time(zone in 0..RUSSIA.len(), seconds in 0i64..400_000_000, later in 0i64..40_000_000) {
        let zone = self::zone(RUSSIA[zone].0);
        let now = at("2020-01-01T00:00:00Z") + TimeDelta::seconds(seconds);
        let (first, second) = (zone.windows(now), zone.windows(now + TimeDelta::seconds(later)));
        for period in Period::CALENDAR {
            prop_assert!(first.get(period) <= second.get(period));
        }
        prop_assert_eq!(Windows::from_array(first.to_array()), first);
    }

    #[test]
    fn no_instant_panics(millis in -8_300_000_000_000_000i64..8_300_000_000_000_000, name in 0..RUSSIA.len()) {
        if let Some(now) = DateTime::from_timestamp_millis(millis) {
            let zone = self::zone(RUSSIA[name].0);
            let _ = zone.windows(now);
            let _ = Period::CALENDAR.map(|period| zone.resets_at(period, now));
        }
    }
}
