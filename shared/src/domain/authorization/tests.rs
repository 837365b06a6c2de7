use super::*;
use crate::domain::Catalogue;
use crate::domain::invalid::Invalid;
use crate::domain::product::ProductSet;
use crate::domain::promotion::TermsId;
use crate::domain::rules::{Cap, Measure};
use crate::domain::window::{Period, Zone};
use proptest::prelude::*;
use std::collections::BTreeSet;
use uuid::Uuid;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn ix(index: u8) -> ProductIx {
    ProductIx::new(index).unwrap()
}

fn note(period: Period, products: ProductSet, remaining: Remaining) -> LimitNote {
    let resets_at = (period != Period::Transaction).then(|| at("2026-11-22T21:00:00Z"));
    LimitNote { measure: remaining.measure(), period, products, remaining, resets_at }
}

fn reason(limit: LimitNote) -> Reason {
    Reason { code: ReasonCode::LimitExceeded, limit: Some(limit), max_quantity: Millilitres::new(31_500) }
}

fn hold() -> Hold {
    Hold {
        request: RequestId::new(Uuid::from_u128(u128::MAX)),
        fingerprint: [255; 8],
        terminal: TerminalId::from_random([0, 1, 15, 16, 171, 255]),
        station: StationCode::parse("012").unwrap(),
        product: ix(3),
        asked: Millilitres::new(40_000),
        quantity: Millilitres::new(31_500),
        amount: Kopecks::new(226_485),
        price: Kopecks::new(7_190),
        list_price: Some(Kopecks::new(7_190)),
        funding: Funding::Account,
        odometer: Some(654_321),
        requested_at: at("2026-11-22T13:59:59.120Z"),
        authorized_at: at("2026-11-22T14:00:00.456Z"),
        expires_at: at("2026-11-22T14:30:00.456Z"),
        offset_minutes: 180,
        shortfall: Some(reason(note(
            Period::Day,
            [0, 3, 8].into_iter().map(ix).fold(ProductSet::EMPTY, ProductSet::with),
            Cap::Litres(Millilitres::new(31_500)),
        ))),
        exception: None,
        promotions: Vec::new(),
    }
}

#[test]
fn the_reasons_of_a_decline_come_back_as_they_were() {
    let limits = Period::CALENDAR.map(|period| reason(note(period, ProductSet::EMPTY, Cap::Fills(0))));
    let others =
        ReasonCode::ALL.iter().map(|code| Reason { code: *code, limit: None, max_quantity: Millilitres::ZERO });
    let reasons: Vec<Reason> = others.chain(limits).collect();
    let since = at("2026-11-22T14:00:00.456Z");
    let packed = pack_reasons(&reasons, since);
    assert_eq!(unpack_reasons(&packed, since).unwrap(), reasons);
    assert!(unpack_reasons(&packed[..packed.len() - 1], since).is_err());
    assert!(pack_reasons(&reasons[reasons.len() - 1..], since).len() <= 24);
}

#[test]
fn a_hold_counts_in_the_windows_of_its_decision() {
    let late = Hold { authorized_at: at("2026-11-30T20:59:59.999Z"), ..hold() };
    assert_eq!(late.windows(), Windows::of("2026-11-30".parse().unwrap()));
    let later = Hold { authorized_at: at("2026-11-30T21:00:00Z"), ..hold() };
    assert_eq!(later.windows(), Windows::of("2026-12-01".parse().unwrap()));
    let west = Hold { offset_minutes: -300, ..later };
    assert_eq!(west.windows(), Windows::of("2026-11-30".parse().unwrap()));
}

#[test]
fn a_hold_is_open_until_its_last_moment() {
    assert!(hold().is_open(at("2026-11-22T14:30:00.455Z")));
    assert!(!hold().is_open(at("2026-11-22T14:30:00.456Z")));
}

#[test]
fn reasons_stand_in_the_order_of_the_contract() {
    let contract = "card_unknown, company_suspended, card_closed, card_expired, card_blocked, pin_required, pin_locked, \
        pin_wrong, too_many_holds, product_not_allowed, station_not_allowed, time_not_allowed, limit_exceeded, \
        budget_exceeded, insufficient_funds";
    let codes: Vec<ReasonCode> = contract.split(", ").map(|code| code.parse().unwrap()).collect();
    // The house adds one: whatever the card is allowed, nothing is sold at a station that is out of service.
    let is_own = |code: &ReasonCode| *code == ReasonCode::StationClosed;
    assert_eq!(codes, ReasonCode::ALL.iter().copied().filter(|code| !is_own(code)).collect::<Vec<_>>());
    assert!(ReasonCode::ALL.is_sorted());
    assert_eq!(ReasonCode::ALL.iter().filter(|code| is_own(code)).count(), 1);
    for code in ReasonCode::ALL.iter().copied() {
        assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{code}\""));
        assert!(!Reason::plain(code).receipt(Zone::default(), &Catalogue::at_the_start()).is_empty());
    }
    let unknown: Result<ReasonCode, Invalid> = "card_lost".parse();
    assert_eq!(unknown.unwrap_err().code, "reason_unknown");
}

#[test]
fn receipts_say_what_is_left_and_until_when() {
    let receipt =
        |limit: LimitNote, zone: &str| reason(limit).receipt(Zone::parse(zone).unwrap(), &Catalogue::at_the_start());
    let all = ProductSet::EMPTY;
    let litres = Cap::Litres(Millilitres::new(1_031_509));
    assert_eq!(
        receipt(note(Period::Week, all, litres), "Europe/Moscow"),
        "Недельный лимит: осталось 1\u{a0}031,50 л, обновится 23.11 в 00:00"
    );
    assert_eq!(
        receipt(
            note(Period::Month, all.with(ix(3)).with(ix(1)), Cap::Roubles(Kopecks::new(123_456_789))),
            "Europe/Moscow"
        ),
        "Месячный лимит (АИ-95, ДТ): осталось 1\u{a0}234\u{a0}567,89 ₽, обновится 23.11 в 00:00"
    );
    assert_eq!(
        receipt(
            note(Period::Day, all.with(ix(0)).with(ix(1)).with(ix(2)).with(ix(3)), Cap::Fills(0)),
            "Asia/Kamchatka"
        ),
        "Дневной лимит (часть товаров): осталось заправок 0, обновится 23.11 в 09:00"
    );
    assert_eq!(
        receipt(note(Period::Transaction, all, Cap::Litres(Millilitres::new(500))), "Europe/Moscow"),
        "Лимит на одну заправку: не больше 0,50 л"
    );
}

#[test]
fn receipts_never_tell_the_companys_money() {
    let poor = Reason { max_quantity: Millilitres::new(12_345), ..Reason::plain(ReasonCode::InsufficientFunds) };
    let text = poor.receipt(Zone::default(), &Catalogue::at_the_start());
    assert!(!text.contains(|c: char| c.is_ascii_digit()), "{text}");
}

#[test]
fn the_stored_form_of_a_hold_is_stable() {
    let stored = concat!(
        r#"{"r":"ffffffff-ffff-ffff-ffff-ffffffffffff","f":[255,255,255,255,255,255,255,255],"t":"t00010f10abff","#,
        r#""s":"012","p":3,"a":40000,"q":31500,"m":226485,"c":7190,"l":7190,"o":654321,"w":1795355999120,"#,
        r#""h":1795356000456,"e":1795357800456,"z":180,"x":{"c":"limit_exceeded","l":{"m":"litres","p":"day","#,
        r#""s":265,"r":{"litres":31500},"t":1795381200000},"q":31500}}"#
    );
    assert_eq!(serde_json::to_string(&hold()).unwrap(), stored);
    assert_eq!(serde_json::from_str::<Hold>(stored).unwrap(), hold());
}

#[test]
fn states_read_back_as_written() {
    let captured = Capture {
        at: at("2026-11-22T14:05:00.001Z"),
        quantity: Millilitres::new(31_500),
        amount: Kopecks::new(226_485),
        discount: Kopecks::ZERO,
        vat_percent: 22,
        flags: vec![Flag::PriceMismatch, Flag::OverCaptured, Flag::Late],
        funding: Funding::Purse,
        refunded_quantity: Millilitres::new(1),
        refunded_amount: Kopecks::new(7),
        promotion: None,
        reversed_at: None,
    };
    let now = at("2026-11-22T14:05:00.001Z");
    for state in [
        State::Held,
        State::Declined { at: now, reasons: vec![Reason::plain(ReasonCode::CardBlocked), hold().shortfall.unwrap()] },
        State::Reversed { at: now },
        State::Expired { at: now },
        State::Captured(captured),
    ] {
        let text = serde_json::to_string(&state).unwrap();
        assert_eq!(serde_json::from_str::<State>(&text).unwrap(), state, "{text}");
    }
    assert_eq!(serde_json::to_string(&Flag::PriceMismatch).unwrap(), "\"price_mismatch\"");
}

#[test]
fn three_holds_leave_room_in_a_kilobyte() {
    let plain = Hold { shortfall: None, ..hold() };
    assert_eq!(pack_holds(&[]).len(), 1);
    let (small, large) = (pack_holds(&[plain]).len(), pack_holds(&[hold()]).len());
    assert!(small <= 67 && large <= 88, "{small} and {large} bytes");
    // With 430 bytes of counters (`usage`) some 330 remain for the rest of the row.
    assert!(pack_holds(&[hold(), hold(), hold()]).len() <= 262);
}

#[test]
fn other_versions_and_cut_holds_are_refused() {
    let good = pack_holds(&[hold(), hold()]);
    let one = pack_holds(&[hold()]).len();
    for cut in (1..good.len()).filter(|cut| *cut != 1 && *cut != one) {
        assert_eq!(unpack_holds(&good[..cut]).unwrap_err().code, "holds_malformed", "{cut}");
    }
    assert!(unpack_holds(&[&[9], &good[1..]].concat()).is_err());
    assert_eq!(unpack_holds(&[]), Ok(Vec::new()));
}

fn some_reason() -> impl Strategy<Value = Reason> {
    let measures = prop::sample::select(vec![Measure::Litres, Measure::Roubles, Measure::Fills]);
    let remaining = prop_oneof![
        (0i64..i64::MAX).prop_map(|ml| Cap::Litres(Millilitres::new(ml))),
        (0i64..i64::MAX).prop_map(|kopecks| Cap::Roubles(Kopecks::new(kopecks))),
        any::<u32>().prop_map(Cap::Fills),
    ];
    let periods = prop::sample::select([Period::Transaction].into_iter().chain(Period::CALENDAR).collect::<Vec<_>>());
    let resets = prop::option::of(0i64..4_000_000_000_000);
    let limit =
        (measures, periods, any::<u32>(), remaining, resets).prop_map(|(measure, period, bits, remaining, resets)| {
            let products =
                (0..32u8).filter(|at| bits & (1 << at) != 0).map(ix).fold(ProductSet::EMPTY, ProductSet::with);
            let resets_at = resets.map(|millis| DateTime::from_timestamp_millis(millis).unwrap());
            LimitNote { measure, period, products, remaining, resets_at }
        });
    let codes = prop::sample::select(ReasonCode::ALL.to_vec());
    (codes, prop::option::of(limit), any::<i64>()).prop_map(|(code, limit, most)| Reason {
        code,
        limit,
        max_quantity: Millilitres::new(most),
    })
}

fn some_hold() -> impl Strategy<Value = Hold> {
    let ids = (any::<u128>(), any::<[u8; 8]>(), any::<[u8; 6]>(), "[A-Za-z0-9-]{1,8}", 0u8..32);
    let numbers = (any::<i64>(), any::<i64>(), any::<i64>(), any::<i64>(), prop::option::of(any::<i64>()));
    let instants = [0i64..4_000_000_000_000, 0..4_000_000_000_000, 0..4_000_000_000_000];
    let promotions = prop::collection::vec(any::<u32>(), 0..9);
    let rest =
        (prop::option::of(any::<u32>()), any::<i16>(), any::<bool>(), prop::option::of(some_reason()), promotions);
    (ids, numbers, instants, rest).prop_map(|(ids, numbers, instants, rest)| {
        let [requested_at, authorized_at, expires_at] = instants.map(|ms| DateTime::from_timestamp_millis(ms).unwrap());
        Hold {
            request: RequestId::new(Uuid::from_u128(ids.0)),
            fingerprint: ids.1,
            terminal: TerminalId::from_random(ids.2),
            station: StationCode::parse(&ids.3).unwrap(),
            product: ix(ids.4),
            asked: Millilitres::new(numbers.0),
            quantity: Millilitres::new(numbers.1),
            amount: Kopecks::new(numbers.2),
            price: Kopecks::new(numbers.3),
            list_price: numbers.4.map(Kopecks::new),
            funding: if rest.2 { Funding::Purse } else { Funding::Account },
            odometer: rest.0,
            requested_at,
            authorized_at,
            expires_at,
            offset_minutes: rest.1,
            shortfall: rest.3,
            exception: rest.0.filter(|_| rest.2),
            promotions: rest.4.into_iter().map(TermsId::new).collect::<BTreeSet<_>>().into_iter().collect(),
        }
    })
}

proptest! {
    #[test]
    fn holds_read_back_as_packed(holds in prop::collection::vec(some_hold(), 0..5)) {
        prop_assert_eq!(unpack_holds(&pack_holds(&holds)), Ok(holds.clone()));
        let text = serde_json::to_string(&holds).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Hold>>(&text).unwrap(), holds);
    }

    #[test]
    fn nonsense_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = unpack_holds(&bytes);
        let _ = unpack_holds(&[&[1], &bytes[..]].concat());
    }

    #[test]
    fn damage_never_panics(holds in prop::collection::vec(some_hold(), 1..3), at in any::<usize>(), byte in any::<u8>()) {
        let mut bytes = pack_holds(&holds);
        let at = at % bytes.len();
        bytes[at] = byte;
        let _ = unpack_holds(&bytes);
    }
}
