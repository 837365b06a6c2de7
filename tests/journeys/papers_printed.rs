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
    let admin = world.admin().await;
    let save = admin.ask(Method::PUT, "/v1/staff/requisites").header("if-match", "*");
    save.json(&requisites()).send().await.expect(200);
    let company = world.company().cards(2).create().await;
    company.pump.buy(&company.cards[0], "1234.5").await;
    company.pump.buy(&company.cards[1], "40").await;
    let zone = Zone::default();
    let first = zone.date(world.now()).with_day(1).expect("a first");
    world.advance_to(zone.midnight(first + Months::new(1)) + TimeDelta::hours(2));
    let month = first.format("%Y-%m").to_string();
    world.admin().await.post_nothing(&format!("/v1/staff/documents/close/{month}")).await.expect(202);
    world.work().await;
    let owner = company.owner().await;
    (company, owner, month)
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
    let sheet = |bytes: &[u8]| {
        let parts = self::files(bytes);
        let found = parts.into_iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("a sheet");
        String::from_utf8(found.1).expect("a text")
    };
    let (upd, register) = (sheet(&files[1].1), sheet(&files[3].1));
    assert!(upd.contains("<v>91636.55</v>") && upd.contains("<v>1274.5</v>"), "{upd}");
    assert!(register.contains("<v>88760.55</v>") && register.contains("state=\"frozen\""), "{register}");
}

#[tokio::test]
async fn the_act_the_report_and_the_invoice_are_forms_to_sign() {
    let world = World::start().await;
    let (_, owner, month) = closed(&world).await;
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
    file(&owner.get(&format!("/v1/reconciliation?{span}&format=xlsx")).await, kind);
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
