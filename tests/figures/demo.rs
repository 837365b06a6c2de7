//! The demo: its books are in order to the kopeck, its journals hold, its stories are in it.

use crate::books::{Books, Moved};
use crate::raw::{self, text};
use crate::{report, row};
use oktan_local::{Options, Seed, Stack};
use oktan_shared::domain::authorization::{Capture, Flag, State, unpack_reasons};
use oktan_shared::domain::news::Language;
use oktan_shared::domain::window::Zone;
use std::collections::BTreeSet;

async fn demo() -> Stack {
    Stack::start(Options { seed: Seed::Demo, ..Options::for_tests() }).await.expect("a stack with its demo")
}

fn captures(books: &Books) -> impl Iterator<Item = &Capture> {
    books.auths.values().filter_map(|auth| match &auth.state {
        State::Captured(capture) => Some(capture),
        _ => None,
    })
}

/// When a card's purchases were posted, in order.
fn captures_of(books: &Books, card: &str) -> Vec<chrono::DateTime<chrono::Utc>> {
    let own = books.auths.iter().filter(|((of, _), _)| of == card);
    let mut at: Vec<_> = own
        .filter_map(|(_, auth)| match &auth.state {
            State::Captured(capture) => Some(capture.at),
            _ => None,
        })
        .collect();
    at.sort();
    at
}

/// Why drivers of a card were refused.
fn reasons_of(books: &Books, card: &str) -> BTreeSet<String> {
    let declined = books.auths.iter().filter(|((of, _), auth)| of == card && auth.item.contains_key("why"));
    let reasons = declined
        .flat_map(|(_, auth)| unpack_reasons(raw::bytes(&auth.item, "why"), auth.hold.authorized_at).expect("reasons"));
    reasons.map(|reason| format!("{:?}", reason.code)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_books_are_in_order_and_its_journals_hold() {
    let stack = demo().await;
    let client = stack.dynamodb();
    let totals = Books::read(&client).await.audit(&Moved::new());
    assert!(totals.purchases > 4_000 && totals.declines > 50 && totals.refunds > 10, "{totals:?}");
    assert!(totals.payments > 30 && totals.dropped > 10 && totals.open_holds == 0, "{totals:?}");

    let audit = oktan_audit::audit(&stack.app.table, &stack.app.keys, None, stack.app.clock.now()).await;
    let audit = audit.expect("the store answers");
    assert!(audit.findings.is_empty(), "{audit}");
    assert_eq!(audit.heads.len(), 4, "the staff's chain and three companies'");
    let mut last = std::collections::BTreeMap::new();
    let mut acts: Vec<_> = raw::scan(&client, raw::CABINET)
        .await
        .into_iter()
        .filter(|row| text(row, "sk").starts_with("JOURNAL#"))
        .collect();
    acts.sort_by_key(|act| (text(act, "pk").to_owned(), text(act, "sk").to_owned()));
    for act in &acts {
        let said: serde_json::Value = serde_json::from_str(text(act, "act")).expect("an act");
        let at: chrono::DateTime<chrono::Utc> = said["at"].as_str().expect("its time").parse().expect("an instant");
        let before = last.insert(text(act, "pk").to_owned(), at);
        assert!(before.is_none_or(|before| before <= at), "{said}");
    }
    let rows = [
        row!["purchases", totals.purchases],
        row!["refusals", totals.declines],
        row!["holds that were dropped", totals.dropped],
        row!["refunds", totals.refunds],
        row!["payments", totals.payments],
        row!["acts", acts.len()],
    ];
    report::table("The demo", &["what", "count"], &rows);
    stack.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demos_stories_are_in_it() {
    let stack = demo().await;
    let demo = stack.demo.as_ref().expect("a demo");
    assert_eq!((demo.cards().len(), demo.stations().len()), (40, 6));
    let client = stack.dynamodb();
    let books = Books::read(&client).await;

    // The VAT of the day, on both sides of the New Year.
    let zone = Zone::default();
    let new_year = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).expect("a date");
    for capture in captures(&books) {
        assert_eq!(capture.vat_percent, if zone.date(capture.at) < new_year { 20 } else { 22 });
    }
    let rates: BTreeSet<u8> = captures(&books).map(|capture| capture.vat_percent).collect();
    let begins_before = zone.date(stack.app.clock.now()) < new_year + chrono::Days::new(500);
    assert!(rates.contains(&22) && (!begins_before || rates.contains(&20)), "{rates:?}");
    // Drivers were refused for many reasons; some fills are unusual, some cut short.
    let told: BTreeSet<String> = demo.cards().iter().flat_map(|card| reasons_of(&books, &card.number)).collect();
    for reason in ["LimitExceeded", "ProductNotAllowed", "StationNotAllowed", "TimeNotAllowed", "CardBlocked"] {
        assert!(told.contains(reason), "{reason}: {told:?}");
    }
    for flag in [Flag::PriceMismatch, Flag::OverCaptured, Flag::Late] {
        assert!(captures(&books).any(|capture| capture.flags.contains(&flag)), "{flag:?}");
    }
    assert!(books.auths.values().any(|auth| auth.hold.shortfall.is_some()), "cut short");
    let van = &demo.cards()[3].number;
    let most = books.auths.iter().filter(|((card, _), _)| card == van).filter_map(|(_, auth)| match &auth.state {
        State::Captured(capture) => Some(capture.quantity.get()),
        _ => None,
    });
    assert_eq!(most.max(), Some(118_000), "more than its tank of 64 litres holds");
    let twice: Vec<_> = captures_of(&books, &demo.cards()[4].number).windows(2).map(|two| two[1] - two[0]).collect();
    assert!(twice.iter().any(|between| between.num_minutes() < 30), "{twice:?}");

    // A lost card, blocked by the staff, refused since, closed and replaced by another that fuels with its rules.
    let plate = &demo.cards()[6].label;
    let of_plate: Vec<&str> =
        demo.cards().iter().filter(|card| card.label == *plate).map(|card| card.number.as_str()).collect();
    let [lost, new] = of_plate.as_slice() else { panic!("{of_plate:?}") };
    let row = |number: &str, sk: &'static str| {
        let (client, pk) = (client.clone(), format!("CARD#{number}"));
        async move { raw::row(&client, &pk, sk).await.expect("a card") }
    };
    let (old, heir) = (row(lost, "CARD").await, row(new, "CARD").await);
    for mark in ["bs", "closed"] {
        assert_eq!(old.get(mark).and_then(|is_so| is_so.as_bool().ok()), Some(&true), "{mark}");
        assert!(!heir.contains_key(mark), "{mark}");
    }
    assert_eq!(text(&old, "next"), *new);
    assert_eq!(row(lost, "RULES").await["rules"], row(new, "RULES").await["rules"]);
    assert!(reasons_of(&books, lost).contains("CardBlocked"));
    assert!(
        !captures_of(&books, new).is_empty() && captures_of(&books, lost).last() < captures_of(&books, new).first()
    );

    // The company on credit has next to nothing left; the others have money. Some cards have no limits.
    let rows = raw::scan(&client, raw::CABINET).await;
    let available = |credit: bool| {
        let of = rows.iter().filter(|row| text(row, "sk") == "ACCOUNT");
        let of = of.filter(|row| (raw::number(row, "credit_limit") > 0) == credit);
        of.map(|row| raw::number(row, "available")).collect::<Vec<_>>()
    };
    assert!(matches!(available(true).as_slice(), [left] if (0..12_000_000).contains(left)), "{:?}", available(true));
    assert!(available(false).len() == 2 && available(false).iter().all(|left| *left > 500_000));
    let free = rows.iter().filter(|row| text(row, "sk").starts_with("CARDREF#"));
    assert!(free.filter(|row| row.get("unlimited").and_then(|free| free.as_bool().ok()) == Some(&true)).count() >= 3);
    stack.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_and_the_site_of_the_demo_look_like_a_working_business() {
    let stack = demo().await;
    let rows = raw::scan(&stack.dynamodb(), raw::CABINET).await;
    let of = |pk: &'static str| rows.iter().filter(move |row| text(row, "pk").starts_with(pk));

    // Payments of unknown payers: two wait, and one was found to be the tour's company's, which has it in its books.
    let strays: Vec<_> = of("UNMATCHED#").collect();
    let (waiting, found): (Vec<_>, Vec<_>) =
        strays.into_iter().partition(|row| text(row, "gsi1pk") == "UNMATCHED#OPEN");
    assert_eq!((waiting.len(), found.len()), (2, 1));
    let entry = format!("ENTRY#{}", text(found[0], "entry"));
    let posted = of("COMPANY#").find(|row| text(row, "sk") == entry).expect("its entry");
    assert_eq!(raw::number(posted, "amount"), raw::number(found[0], "amount"));

    // The tour's company shares a budget, and one of its cards has a purse that was filled and bought with.
    let demo = stack.demo.as_ref().expect("a demo");
    let owner = demo.owner().await.expect("the owner");
    let budget = owner.get("/v1/budget").await.expect("the budget");
    assert_eq!((&budget["roubles"], budget["lines"].as_array().map(Vec::len)), (&"1800000.00".into(), Some(14)));
    let purses: Vec<_> = of("CARD#").filter(|row| text(row, "sk") == "CARD" && raw::number(row, "purse") > 0).collect();
    assert_eq!(purses.len(), 1);
    assert!(raw::number(purses[0], "purse") < 1_200_000, "some of it was spent");
    assert!(of("COMPANY#").any(|row| row.contains_key("moved") && text(row, "sk").starts_with("ENTRY#")));

    // One purchase is disputed, another was and is not given back for a reason; both are of what the drivers did.
    let disputes: Vec<_> =
        owner.get("/v1/disputes").await.expect("the disputes")["items"].as_array().expect("a list").clone();
    let states: BTreeSet<_> = disputes.iter().filter_map(|dispute| dispute["state"].as_str()).collect();
    assert_eq!((disputes.len(), states), (2, BTreeSet::from(["open", "refused"])));
    for dispute in &disputes {
        let id = dispute["id"].as_str().expect("an id");
        let told = owner.get(&format!("/v1/disputes/{id}")).await.expect("a dispute");
        let litres = if told["state"] == "open" { "34.000" } else { "118.000" };
        assert_eq!(told["quantity"], litres, "{told}");
        assert_eq!(told["outcome"]["reason"].is_string(), told["state"] == "refused", "{told}");
    }

    // News in both languages, each at its time, in the past; every station with its page in both.
    let now = stack.app.clock.now();
    for language in [Language::Ru, Language::En] {
        let (news, _) = stack.app.table.news_published(language, now, 50, None).await.expect("news");
        let published: Vec<_> = news.iter().filter_map(|piece| piece.published_at).collect();
        let apart = news.iter().zip(&published).map(|(piece, at)| (piece.created_at - at).num_seconds());
        assert!(news.len() >= 4 && published.is_sorted_by(|a, b| a > b), "{published:?}");
        assert!(apart.clone().all(|seconds| (0..60).contains(&seconds)), "{:?}", apart.collect::<Vec<_>>());
    }
    let pages: Vec<_> = of("STATION#").filter(|row| text(row, "sk") == "PAGE").collect();
    assert_eq!(pages.len(), 6);
    assert!(pages.iter().all(|page| text(page, "ru").len() > 100 && text(page, "en").len() > 100));
    stack.stop().await;
}
