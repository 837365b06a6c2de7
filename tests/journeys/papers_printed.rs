//! The papers as they are printed, read as a person or a spreadsheet reads them.

use crate::samples::papers::requisites;
use chrono::{Datelike as _, Months, TimeDelta};
use lopdf::Document;
use oktan_shared::domain::window::Zone;
use oktan_tests::{Answer, Caller, Company, World, json};
use reqwest::Method;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// The text of a PDF, without blanks.
pub fn text(bytes: &[u8]) -> String {
    let document = Document::load_mem(bytes).expect("a PDF");
    let numbers: Vec<u32> = document.get_pages().into_keys().collect();
    document.extract_text(&numbers).expect("a text").split_whitespace().collect()
}

fn has(text: &str, words: &str) -> bool {
    text.contains(&words.split_whitespace().collect::<String>())
}

fn all_in(text: &str, words: &[&str]) {
    for words in words {
        assert!(has(text, words), "{words} is not on {text}");
    }
}

/// The files of an archive by name.
pub fn files(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let all = (0..archive.len()).map(|at| {
        let mut file = archive.by_index(at).expect("a file");
        let (name, mut bytes) = (file.name().expect("a name").into_owned(), Vec::new());
        file.read_to_end(&mut bytes).expect("its bytes");
        (name, bytes)
    });
    all.collect()
}

/// A company with a closed month, its accountant, and the month.
async fn closed(world: &World) -> (Company, Caller, String) {
    let company = supplied(world).await;
    let (owner, month) = close(world, &company).await;
    (company, owner, month)
}

/// A company that bought this month, with two cards, of which one has a name.
async fn supplied(world: &World) -> Company {
    let admin = world.admin().await;
    let save = admin.ask(Method::PUT, "/v1/staff/requisites").header("if-match", "*");
    save.json(&requisites()).send().await.expect(200);
    let company = world.company().cards(2).create().await;
    company.pump.buy(&company.cards[0], "1234.5").await;
    company.pump.buy(&company.cards[1], "40").await;
    let owner = company.owner().await;
    let label = owner.ask(Method::PATCH, &format!("/v1/cards/{}", company.cards[0])).header("if-match", "*");
    label.json(&json!({ "label": "Е751СТ 26" })).send().await.expect(200);
    company
}

/// Closes this month; the company's owner, and the month.
async fn close(world: &World, company: &Company) -> (Caller, String) {
    let zone = Zone::default();
    let first = zone.date(world.now()).with_day(1).expect("a first");
    world.advance_to(zone.midnight(first + Months::new(1)) + TimeDelta::hours(2));
    let month = first.format("%Y-%m").to_string();
    world.admin().await.post_nothing(&format!("/v1/staff/documents/close/{month}")).await.expect(202);
    world.work().await;
    (company.owner().await, month)
}

/// The cells of a workbook, as they are written.
fn sheet(bytes: &[u8]) -> String {
    let found = files(bytes).into_iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("a sheet");
    String::from_utf8(found.1).expect("a text")
}

pub fn file(answer: &Answer, kind: &str) -> Vec<u8> {
    assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{answer}");
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\""), "{answer}");
    answer.bytes.to_vec()
}

#[tokio::test]
async fn the_archive_has_both_documents_twice_and_they_say_what_was_supplied() {
    let world = World::start().await;
    let (company, owner, month) = closed(&world).await;
    let archive = file(&owner.get(&format!("/v1/documents/{month}?format=zip")).await, "application/zip");
    let files = files(&archive);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let number = format!("{}-000001", &month[2..4]);
    let expected =
        ["upd", "register"].map(|what| ["pdf", "xlsx"].map(|kind| format!("{what}-{month}-{number}.{kind}")));
    assert_eq!(names, expected.as_flattened());
    let upd = text(&files[0].1);
    all_in(
        &upd,
        &[
            "КОПИЯ",
            &format!("Универсальный передаточный документ № {number}"),
            "Статус: 1",
            "ООО «НК ОКТАН»",
            "2635123457/263501001",
            &company.inn,
            "ООО \"Колос-",
            "ДТ",
            "112",
            "1 274,500",
            "22%",
            "91 636,55",
            "Всего к оплате",
            "Иванов П. С.",
            "Петрова А. И.",
            "Товар получил",
        ],
    );
    let register = text(&files[2].1);
    let card = |at: usize| format!("Итого {}", company.cards[at]);
    all_in(
        &register,
        &["КОПИЯ", "Реестр операций по картам", &card(0), &card(1), "88 760,55", "2 876,00", "91 636,55"],
    );
    // A spreadsheet has numbers in its cells.
    let (upd, register) = (sheet(&files[1].1), sheet(&files[3].1));
    assert!(upd.contains("<v>91636.55</v>") && upd.contains("<v>1274.5</v>"), "{upd}");
    assert!(register.contains("<v>88760.55</v>") && register.contains("state=\"frozen\""), "{register}");
    // It says whose it is as the pages do, and is signed below.
    for words in [
        &format!("Универсальный передаточный документ № {number} от "),
        "Статус: 1",
        "ООО «НК ОКТАН»",
        "2635123457/263501001",
        "российский рубль, 643",
        &company.inn,
        "ООО \"Колос-",
        "договор № ",
        "Главный бухгалтер ________________ Петрова\u{a0}А.\u{a0}И.",
        "Товар передал, услуги сдал",
        "Товар получил, услуги принял",
    ] {
        assert!(upd.contains(words), "{words} is not in {upd}");
    }
    for words in ["Продавец: ООО «НК ОКТАН»", &company.inn, "Покупатель: ", "Период: "]
    {
        assert!(register.contains(words), "{words} is not in {register}");
    }
}

#[tokio::test]
async fn the_register_says_whose_card_it_is_and_adds_up_each_unit_by_itself() {
    let world = World::start().await;
    let company = supplied(&world).await;
    let both = json!({ "limits": [], "products": { "mode": "allow", "codes": ["DT", "GOODS"] } });
    company.limit(&company.cards[1], both).await;
    let goods = company.pump.decide(&company.pump.fill_of(&company.cards[1], "GOODS", "100.00", "2")).await;
    company.pump.capture(goods["authorization_id"].as_str().expect("an id"), "2").await.expect(200);
    let (owner, month) = close(&world, &company).await;
    let path = |kind: &str| format!("/v1/documents/{month}?document=register&format={kind}");
    let pages = text(&file(&owner.get(&path("pdf")).await, "application/pdf"));
    let [named, other] = [&company.cards[0], &company.cards[1]];
    all_in(
        &pages,
        &[
            &format!("{named} Е751СТ 26 Покупка"),
            &format!("Итого {named} Е751СТ 26 операций: 1 1 234,500 л 88 760,55"),
            &format!("Итого {other} операций: 2 40,000 л 2,000 шт 3 076,00"),
            "Всего операций: 3 1 274,500 л 2,000 шт 91 836,55",
        ],
    );
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let table = sheet(&file(&owner.get(&path("xlsx")).await, kind));
    // An operation and a subtotal of the one, two operations, a sum of money and of each unit of the other.
    let count = |words: &str| table.matches(words).count();
    assert_eq!((count(named), count("Е751СТ 26"), count(other)), (2, 2, 5), "{table}");
    assert_eq!((count("Итого по карте<"), count(">Всего<")), (4, 3), "{table}");
    for (cell, times) in [("<v>1234.5</v>", 2), ("<v>1274.5</v>", 1), ("<v>3076</v>", 1), ("<v>91836.55</v>", 1)] {
        assert_eq!(count(cell), times, "{cell}: {table}");
    }
}

#[tokio::test]
async fn the_act_the_report_and_the_invoice_are_forms_to_sign() {
    let world = World::start().await;
    let (company, owner, month) = closed(&world).await;
    let today = Zone::default().date(world.now());
    let span = format!("from={month}-01&to={today}");
    let act = file(&owner.get(&format!("/v1/reconciliation?{span}&format=pdf")).await, "application/pdf");
    all_in(
        &text(&act),
        &[
            "КОПИЯ",
            "Акт сверки",
            "Сальдо начальное",
            "Обороты за период",
            "91 636,55",
            "100 000,00",
            "Сальдо конечное",
            "8 363,45",
            "Восемь тысяч триста шестьдесят три рубля 45 копеек",
            "От продавца",
            "От покупателя",
        ],
    );
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let table = sheet(&file(&owner.get(&format!("/v1/reconciliation?{span}&format=xlsx")).await, kind));
    for words in [
        "между ООО «НК ОКТАН» и ООО \"Колос-",
        "2635123457/263501001",
        &company.inn,
        "Восемь тысяч триста шестьдесят три рубля 45 копеек",
        "От продавца",
        "От покупателя",
        "Иванов\u{a0}П.\u{a0}С.",
        "М.П.",
    ] {
        assert!(table.contains(words), "{words} is not in {table}");
    }
    // A payment stands on the day it was credited, and both say so.
    let noted = "Оплата и её сторно стоят на день, когда деньги зачислены";
    assert!(table.contains(noted) && has(&text(&act), noted));
    let report = file(&owner.get(&format!("/v1/statements/{month}?format=pdf")).await, "application/pdf");
    all_in(&text(&report), &["КОПИЯ", "Отчёт по счёту", "Поступило оплат", "100 000,00", "8 363,45", "Месяц закрыт"]);
    let invoice = owner.post("/v1/invoices", json!({ "amount": "50000" })).await.expect(201);
    let path = format!("/v1/invoices/{}?format=pdf", invoice["number"].as_str().unwrap());
    let invoice = file(&owner.get(&path).await, "application/pdf");
    all_in(
        &text(&invoice),
        &[
            "КОПИЯ",
            "Счёт на оплату №",
            "40702810000000000123",
            "040702615",
            "30101810600000000615",
            "Пятьдесят тысяч рублей 00 копеек",
            "Код для оплаты",
        ],
    );
    for bytes in [&act, &report, &invoice] {
        assert!(bytes.len() < 90_000, "{} bytes: only the letters that are used", bytes.len());
    }
}
