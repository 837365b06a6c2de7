use super::*;
use crate::auth::Secret;
use crate::domain::ids::{DisputeId, TicketId};
use crate::domain::notice::{Event, NoticeKind};
use crate::domain::product::Unit;
use crate::domain::spending::Spent;
use crate::domain::text::{Login, Title};
use crate::domain::{CardNumber, Kopecks, Millilitres, PromotionId};
use uuid::Uuid;

const LANGUAGES: [Language; 2] = [Language::Ru, Language::En];
const PHONE: &str = "8-800-000-00-00";

fn link() -> Url {
    Url::parse("https://cabinet.example/page/token").unwrap()
}

fn card() -> CardNumber {
    CardNumber::parse("7826971672670054354").unwrap()
}

/// Every event that has no letter of its own.
fn events() -> Vec<Event> {
    let (card, litres, dispute) = (card(), Millilitres::new(40_000), DisputeId::new(Uuid::nil()));
    vec![
        Event::LowBalance { available: Kopecks::new(12_345), threshold: Kopecks::new(50_000) },
        Event::CardBlocked { card: card.clone(), by_staff: true },
        Event::CardBlocked { card: card.clone(), by_staff: false },
        Event::CardsBlocked { by_staff: true },
        Event::CardsBlocked { by_staff: false },
        Event::ExceptionGranted { card, litres },
        Event::NewDevice { address: "192.0.2.7".to_owned() },
        Event::NewDevice { address: String::new() },
        Event::TicketAnswered { ticket: TicketId::new(Uuid::nil()), number: 17 },
        Event::DisputeDecided { dispute, number: 5, refunded: None },
        Event::DisputeDecided { dispute, number: 5, refunded: Some(Kopecks::new(71_900)) },
        Event::PromotionOpened {
            promotion: PromotionId::new(17).unwrap(),
            title: Title::parse("Autumn").unwrap(),
            title_en: None,
        },
    ]
}

/// Every letter that is written in both languages, by the name of what writes it.
fn letters(language: Language) -> Vec<(&'static str, Letter)> {
    let (name, login) = (PersonName::parse("Ivan Petrov").unwrap(), "petrov");
    let (link, when) = (link(), "WHEN");
    let links = [(Login::parse(login).unwrap(), link.clone())];
    let week = ("2026-11-16".parse().unwrap(), "2026-11-22".parse().unwrap());
    let bought = [Some(Unit::Litre), Some(Unit::CubicMetre), Some(Unit::Piece), None].map(|unit| Bought {
        product: "AI-95".to_owned(),
        unit,
        spent: Spent { quantity: Millilitres::new(10_000), amount: Kopecks::new(71_900) },
    });
    let why = ["Because".to_owned()];
    let mut letters = vec![
        ("activation", Letter::activation(language, &name, login, &link, 72, PHONE)),
        ("password_changed", Letter::password_changed(language, &name, login, when, PHONE)),
        (
            "one_time_password",
            Letter::one_time_password(language, &name, login, &Secret::new("secret"), &link, 24, PHONE),
        ),
        ("credentials_reissued", Letter::credentials_reissued(language, &name, login, when, PHONE)),
        ("recovery", Letter::recovery(language, &links, 30, PHONE)),
        ("recovered", Letter::recovered(language, &name, login, when, PHONE)),
        ("email_changed", Letter::email_changed(language, &name, login, when, PHONE)),
        ("fill_declined", Letter::fill_declined(language, "4354", "Truck", "Diesel, 40", &why, &link, PHONE)),
        ("weekly_summary", Letter::weekly_summary(language, week, &bought, Kopecks::new(287_600), &link, login)),
    ];
    let notice = |event: &Event| Letter::notice(language, event, Some("Truck"), when, &link, login, PHONE).unwrap();
    letters.extend(events().iter().map(|event| ("notice", notice(event))));
    let unsubscribe = Unsubscribe { page: link.clone(), one_click: link.clone() };
    let way_out = notice(&events()[0]).with_a_way_out(language, unsubscribe);
    letters.push(("with_a_way_out", way_out));
    letters
}

fn is_russian(text: &str) -> bool {
    text.chars().any(|c| ('а'..='я').contains(&c.to_lowercase().next().unwrap()) || c == 'ё')
}

#[test]
fn every_letter_exists_in_both_languages_and_leaves_no_placeholder() {
    let [russian, english] = LANGUAGES.map(letters);
    for ((name, ru), (_, en)) in russian.iter().zip(&english) {
        for text in [&ru.subject, &ru.text] {
            assert!(is_russian(text), "{name}: {text}");
        }
        for text in [&en.subject, &en.text, &en.html] {
            assert!(!is_russian(text) && !text.contains(['№', '«', '»']), "{name}: {text}");
        }
        for (letter, lang) in [(ru, "ru"), (en, "en")] {
            assert!(letter.html.contains(&format!("<html lang=\"{lang}\">")), "{name}: {}", letter.html);
            for text in [&letter.subject, &letter.text, &letter.html] {
                assert!(!text.contains(['{', '}']) && !text.trim().is_empty(), "{name}: {text}");
            }
            for paragraph in letter.text.split("\n\n") {
                assert!(!paragraph.trim().is_empty() && !paragraph.contains("  "), "{name}: {paragraph:?}");
            }
        }
        for fact in ["https://cabinet.example/page/token", PHONE, "petrov", "WHEN", "secret", "4354", "Truck", "719.00"]
        {
            assert_eq!(ru.text.contains(fact), en.text.contains(fact), "{name} says {fact} in one language only");
        }
        assert_eq!(ru.text.split("\n\n").count(), en.text.split("\n\n").count(), "{name}");
    }
}

#[test]
fn every_kind_has_a_letter_and_every_writer_of_letters_is_looked_at() {
    let own = [NoticeKind::Decline, NoticeKind::WeeklySummary];
    let kinds: Vec<_> = events().iter().map(Event::kind).chain(own).collect();
    assert!(NoticeKind::ALL.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    let sources = [
        include_str!("../letter.rs"),
        include_str!("declines.rs"),
        include_str!("message.rs"),
        include_str!("notices.rs"),
        include_str!("people.rs"),
        include_str!("recovery.rs"),
        include_str!("tickets.rs"),
    ];
    let written = letters(Language::En);
    let mut writers = 0;
    for writer in sources.iter().flat_map(|source| source.split("pub fn ").skip(1)) {
        let name = writer.split('(').next().unwrap();
        // To the administration and to the one on call, who read Russian.
        let is_inner = ["message", "ticket_waits", "dispute_due"].contains(&name);
        assert_eq!(written.iter().any(|(of, _)| *of == name), !is_inner, "{name}");
        writers += 1;
    }
    assert_eq!(writers, 14);
}

#[test]
fn the_link_is_the_first_address_of_a_letter_whatever_is_called_how() {
    let name = PersonName::parse("https://evil.example/").unwrap_or_else(|_| PersonName::parse("Evil").unwrap());
    for language in LANGUAGES {
        let login = "https://evil.example/";
        let letters = [
            Letter::activation(language, &name, login, &link(), 72, PHONE),
            Letter::one_time_password(language, &name, login, &Secret::new("s"), &link(), 24, PHONE),
            Letter::fill_declined(language, "4354", login, login, &[], &link(), PHONE),
            Letter::notice(language, &events()[1], Some(login), "WHEN", &link(), login, PHONE).unwrap(),
        ];
        for letter in letters {
            let first = letter.text.split_whitespace().find(|word| word.contains("://")).unwrap();
            assert_eq!(first, link().as_str(), "{}", letter.text);
        }
    }
}
