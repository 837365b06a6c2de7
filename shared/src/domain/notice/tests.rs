use super::*;
use proptest::prelude::*;

#[test]
fn a_kind_is_known_by_its_word_and_every_role_of_a_company_hears_of_something() {
    for kind in NoticeKind::ALL {
        assert_eq!(NoticeKind::of(kind.as_str()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    assert_eq!(NoticeKind::of("everything"), None);
    for role in Role::ALL {
        let heard = NoticeKind::ALL.iter().filter(|kind| kind.is_for(role)).count();
        assert_eq!(heard == 1, role.is_staff(), "{role:?} {heard}");
    }
    assert!(NoticeKind::ALL.iter().all(|kind| kind.is_for(Role::Owner)));
}

proptest! {
    #[test]
    fn what_is_told_of_money_is_read_as_it_was_written_below_zero_too(
        available in -1_000_000_000i64..1_000_000_000, quantity in -1_000_000_000i64..1_000_000_000,
    ) {
        let (amount, monday) = (Kopecks::new(available), NaiveDate::from_ymd_opt(2026, 11, 16).unwrap());
        let sum = WeekSum { product: "DT".to_owned(), quantity: Millilitres::new(quantity), amount };
        let week = Event::WeeklySummary { from: monday, to: monday + Days::new(6), sums: vec![sum] };
        for event in [Event::LowBalance { available: amount, threshold: Kopecks::ZERO }, week] {
            let written = serde_json::to_string(&event).unwrap();
            prop_assert_eq!(serde_json::from_str::<Event>(&written).unwrap(), event);
        }
    }
}

#[test]
fn a_week_is_told_of_from_the_monday_after_it_at_eight() {
    let week = |text: &str| week_to_tell(text.parse().unwrap()).unwrap().to_string();
    for at in ["2026-11-23T08:00:00", "2026-11-25T00:00:00", "2026-11-30T07:59:59"] {
        assert_eq!(week(at), "2026-11-16", "{at}");
    }
    assert_eq!(week("2026-11-23T07:59:59"), "2026-11-09");
    assert_eq!(week("2026-11-30T08:00:00"), "2026-11-23");
}

proptest! {
    #[test]
    fn the_last_word_on_a_kind_counts_and_touches_no_other(
        words in proptest::collection::vec((0usize..NoticeKind::ALL.len(), any::<Option<bool>>(), any::<Option<bool>>()), 0..30),
    ) {
        let mut preferences = Preferences::default();
        for (at, mail, bell) in &words {
            preferences = preferences.with(NoticeKind::ALL[*at], *mail, *bell);
        }
        for (at, kind) in NoticeKind::ALL.into_iter().enumerate() {
            let own = words.iter().filter(|(one, ..)| *one == at);
            let mail = own.clone().filter_map(|(_, mail, _)| *mail).next_back().unwrap_or(true);
            let bell = own.filter_map(|(.., bell)| *bell).next_back().unwrap_or(true);
            prop_assert_eq!(!preferences.no_mail.contains(&kind), mail);
            prop_assert_eq!(!preferences.no_bell.contains(&kind), bell);
        }
    }
}
