//! A register of companies: good rows become companies, the others are named by line.

use oktan_shared::domain::CompanyId;
use oktan_tests::{Answer, Caller, Role, Value, Wire, World, json, numbers};
use reqwest::Method;
use std::collections::BTreeSet;
use std::fmt::Write as _;

const IMPORT: &str = "/v1/staff/companies/import";
const FILE: &str = "application/octet-stream";
pub const HEADER: &str = "inn;kpp;name;contract_number;contract_date;contact_full_name;phone;email;owner_login;cards";
/// Eight good rows, the first of them again, a wrong check digit, a wrong address. In windows-1251.
const SAMPLE: &[u8] = include_bytes!("../data/companies.csv");

pub async fn send(by: &Caller, file: impl Into<Vec<u8>>, dry_run: bool) -> Answer {
    let address = if dry_run { format!("{IMPORT}?dry_run=true") } else { IMPORT.to_owned() };
    by.ask(Method::POST, &address).body(file.into(), FILE).send().await
}

pub async fn import(by: &Caller, file: impl Into<Vec<u8>>) -> Value {
    send(by, file, false).await.expect(200)
}

/// A good row: the `n`-th company with so many cards.
pub fn row(n: u32, cards: u32) -> String {
    let inn = numbers::inn(n);
    format!(
        "{inn};262201001;\"ООО \"\"Нива-{n}\"\"\";{n}/26-Т;2026-01-15;Иванов Пётр;+7 (8652) 18-42-25;a{n}@b.example;reg-{n};{cards}"
    )
}

/// A register of the `from`-th and the companies after it.
pub fn register(from: u32, rows: u32, cards: u32) -> String {
    (from..from + rows).fold(HEADER.to_owned(), |mut text, n| {
        let _ = write!(text, "\n{}", row(n, cards));
        text
    })
}

pub fn lines(list: &Value) -> Vec<u64> {
    list.as_array().expect("a list").iter().map(|row| row["line"].as_u64().expect("a line")).collect()
}

/// Imports until no row waits for another try, which on a slow machine some may; the lines that were created.
pub async fn until_done(by: &Caller, file: &str) -> Vec<u64> {
    let mut created = Vec::new();
    for _ in 0..10 {
        let imported = import(by, file).await;
        created.extend(lines(&imported["created"]));
        if imported["failed"] == json!([]) {
            created.sort_unstable();
            return created;
        }
        let waits = |code: &&str| ["not_reached", "unavailable", "cards_not_issued"].contains(code);
        let failed = failures(&imported);
        assert!(failed.iter().all(|(_, code)| waits(code)), "{failed:?}");
        println!("{} rows wait for another try: {:?}", failed.len(), failed[0]);
    }
    panic!("it is never done");
}

/// The line and the code of each row that failed.
fn failures(imported: &Value) -> Vec<(u64, &str)> {
    let failed = imported["failed"].as_array().expect("a list").iter();
    failed.map(|row| (row["line"].as_u64().expect("a line"), row["code"].as_str().expect("a code"))).collect()
}

#[tokio::test]
async fn the_sample_register_is_imported_and_its_bad_rows_are_named() {
    let world = World::start().await;
    let operator = world.staff(Role::StaffOperator).await;
    let before = world.dump_of_effects().await;
    let foreseen = send(&operator, SAMPLE, true).await.expect(200);
    assert_eq!(world.dump_of_effects().await, before, "a dry run changed something");
    assert_eq!(lines(&foreseen["created"]), [2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!(foreseen["created"][0]["company_id"], Value::Null);
    assert_eq!(foreseen["created"][0]["name"], "ООО \"Колос-Транс\"");
    let bad = [(10, "inn_taken"), (11, "inn_check_digit"), (12, "email_malformed")];
    assert_eq!(failures(&foreseen), bad);

    let imported = import(&operator, SAMPLE).await;
    assert_eq!(lines(&imported["created"]), [2, 3, 4, 5, 6, 7, 8, 9]);
    assert_eq!((&imported["existing"], failures(&imported)), (&json!([]), bad.to_vec()));
    assert_eq!(imported["failed"][2]["errors"][0]["field"], "email");
    let asked = [8, 8, 5, 1, 7, 4, 1, 5];
    for (row, asked) in imported["created"].as_array().unwrap().iter().zip(asked) {
        let id = row["company_id"].as_str().unwrap();
        let cards = operator.all(&format!("/v1/staff/companies/{id}/cards"), 100).await;
        assert_eq!((row["cards"].as_u64(), cards.len() as u64), (Some(asked), asked));
        let company = operator.get(&format!("/v1/staff/companies/{id}")).await.expect(200);
        assert_eq!(company["inn"], row["inn"]);
        let acts = world.app().table.acts(CompanyId::parse(id).ok(), 0, 10).await.unwrap();
        let acts: Vec<_> = acts.iter().map(|link| (link.act.action.as_str(), link.act.actor.role)).collect();
        assert_eq!(acts, [("company.create", Role::StaffOperator), ("cards.issue", Role::StaffOperator)]);
    }
    // Each owner is written to once, and the link works.
    let letters = world.letters().await;
    let to: BTreeSet<_> = letters.iter().map(|letter| letter.to.clone()).collect();
    assert_eq!((letters.len(), to.len()), (8, 8));
    let letter = world.letters_to("office0@client1.example").await.remove(0);
    let token = letter.text.split("/activation/").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let body = json!({ "new_password": "walnut-harbour-41-cello" });
    world.stranger().post(&format!("/v1/activation/{token}"), body).await.expect(204);
    world.sign_in("client-1-0", "walnut-harbour-41-cello").await.expect(200);
}

#[tokio::test]
async fn five_hundred_rows_are_imported_and_again_nothing_twice() {
    let world = World::start().await;
    let admin = world.admin().await;
    let file = register(1, 500, 2);
    let begun = std::time::Instant::now();
    let foreseen = send(&admin, file.clone(), true).await.expect(200);
    println!("500 rows foreseen in {} ms", begun.elapsed().as_millis());
    assert_eq!(foreseen["created"].as_array().map(Vec::len), Some(500));
    let begun = std::time::Instant::now();
    let created = until_done(&admin, &file).await;
    println!("500 rows with two cards each imported in {} ms", begun.elapsed().as_millis());
    assert_eq!(created, (2..=501).collect::<Vec<_>>());
    let before = world.dump_of_effects().await;
    let cards = before.keys().filter(|key| key.contains(" CARDREF#")).count();
    assert_eq!(cards, 1_000);
    let begun = std::time::Instant::now();
    let again = import(&admin, file).await;
    println!("again in {} ms", begun.elapsed().as_millis());
    assert_eq!((&again["created"], &again["failed"]), (&json!([]), &json!([])));
    assert_eq!(lines(&again["existing"]), (2..=501).collect::<Vec<_>>());
    assert!(again["existing"].as_array().unwrap().iter().all(|row| row["cards"] == 0));
    assert_eq!(world.dump_of_effects().await, before, "something was created twice");
}

#[tokio::test]
async fn every_bad_cell_of_a_row_is_named_by_its_column() {
    let world = World::start().await;
    let admin = world.admin().await;
    world.company().create().await;
    let taken = admin.get("/v1/staff/companies").await.expect(200)["items"][0].clone();
    let bad = [
        "1;2;=cmd|' /C calc'!A0;;26.13.2026;+Иванов;123;@b;ёж;201".to_owned(),
        "269684346357;262201001;ИП Н;1;01.02.2026;Н;88652184225;n@b.example;n-1;0".to_owned(),
        "a;b;c".to_owned(),
        format!("{};;Другая;X/26;2026-01-15;Н;88652184225;n@b.example;n-2;1", taken["inn"].as_str().unwrap()),
        format!("{};;Новая;X/26;2026-01-15;Н;88652184225;n@b.example;owner1;1", numbers::inn(700)),
        format!("{};;\"Новая\nстрокой\";X/26;2026-01-15;Н;88652184225;n@b.example;n-3;-1", numbers::inn(701)),
        format!("{};;Хорошая;X/26;26.10.2026;Н;88652184225;n@b.example;n-4;0", numbers::inn(702)),
    ];
    let imported = import(&admin, format!("{HEADER}\n{}", bad.join("\n"))).await;
    let named = |at: usize| {
        let errors = imported["failed"][at]["errors"].as_array().unwrap().iter();
        let named = errors.map(|e| format!("{} {}", e["field"].as_str().unwrap(), e["code"].as_str().unwrap()));
        (imported["failed"][at]["line"].as_u64().unwrap(), named.collect::<Vec<_>>().join(", "))
    };
    let all = "inn inn_malformed, kpp kpp_malformed, name formula_cell, contract_number required, \
               contract_date date_malformed, contact_full_name formula_cell, phone phone_malformed, email formula_cell, \
               owner_login login_malformed, cards cards_out_of_range";
    let expected = [
        (2, all),
        (3, "kpp kpp_of_sole_trader"),
        (4, " cells_mismatch"),
        (5, "inn inn_taken"),
        (6, "owner_login login_taken"),
        (7, "name text_control_character, cards cards_out_of_range"),
    ];
    for (at, (line, errors)) in expected.into_iter().enumerate() {
        assert_eq!(named(at), (line, errors.to_owned()));
    }
    assert_eq!(imported["failed"][5]["last_line"], 8);
    assert_eq!((lines(&imported["created"]), imported["failed"].as_array().map(Vec::len)), (vec![9], Some(6)));
    let created = imported["created"][0]["company_id"].as_str().unwrap();
    let company = admin.get(&format!("/v1/staff/companies/{created}")).await.expect(200);
    assert_eq!(company["contract_date"], "2026-10-26", "as a spreadsheet saves it");
}

#[tokio::test]
async fn a_file_that_is_no_register_is_refused_as_a_whole() {
    let world = World::start().await;
    let admin = world.admin().await;
    let before = world.dump_of_effects().await;
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(HEADER.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let junk: Vec<u8> = (0..100_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let long = register(1, 2_001, 0);
    let files: [(&[u8], &str, &str); 12] = [
        (b"", "", "register_empty"),
        (b" \r\n\n;", "", "register_empty"),
        (HEADER.as_bytes(), "", "register_no_rows"),
        (b"\xef\xbb\xbfinn;\xff", "", "register_not_text"),
        (b"inn;kpp\0", "", "register_not_text"),
        (&utf16, "", "register_not_text"),
        (&junk, "", "register_not_text"),
        (b"PK\x03\x04", "", "register_not_text"),
        ("Список клиентов\n1;2;3".as_bytes(), "", "register_header_missing"),
        (&HEADER.replace(";kpp", "").into_bytes(), "kpp", "column_missing"),
        (&format!("{HEADER};colour").into_bytes(), "colour", "column_unknown"),
        (&format!("{HEADER};INN").into_bytes(), "inn", "column_repeated"),
    ];
    for (file, column, code) in files {
        send(&admin, file, false).await.field(column, code);
    }
    send(&admin, long, true).await.field("", "register_too_long");
    assert_eq!(world.dump_of_effects().await, before);
}

#[tokio::test]
async fn an_upload_is_bounded_and_says_what_it_is() {
    const MOST: usize = 4 * 1024 * 1024;
    let world = World::start().await;
    let token = world.admin().await.token().to_owned();
    let upload = |kind: &str, body: Vec<u8>| {
        let ask = Wire::new("imports", "POST", "/v1/staff/companies/import?dry_run=true");
        ask.header("authorization", &format!("Bearer {token}")).body(kind, body)
    };
    let good = register(1, 1, 0).into_bytes();
    let padded = |to: usize| good.iter().copied().chain(std::iter::repeat(b'\n')).take(to).collect::<Vec<_>>();
    let calls = [
        ("bytes", upload(FILE, good.clone()), 200, ""),
        ("a text", upload("text/csv; charset=utf-8", good.clone()), 200, ""),
        ("another text", upload("Text/Plain", good.clone()), 200, ""),
        ("windows-1251", upload(FILE, SAMPLE.to_vec()), 200, ""),
        ("4 MiB", upload(FILE, padded(MOST)), 200, ""),
        ("4 MiB and a byte", upload(FILE, padded(MOST + 1)), 413, "body_too_large"),
        ("JSON", upload("application/json", b"{}".to_vec()), 415, "not_a_file"),
        ("a form", upload("multipart/form-data; boundary=x", good.clone()), 415, "not_a_file"),
        ("nothing", upload(FILE, Vec::new()), 422, "register_empty"),
        // `cargo lambda watch` takes it for UTF-8, which it is not; a gateway sends base64.
        ("1251 as a text", Wire { watchable: false, ..upload("text/csv", SAMPLE.to_vec()) }, 200, ""),
    ];
    for (what, call, status, code) in calls {
        let outcomes = call.outcomes(&world).await;
        assert!(!outcomes.is_empty(), "{what} was not sent");
        for (form, got, said) in outcomes {
            assert_eq!((got, said.as_str()), (status, code), "{what}, {form}");
        }
    }
    let admin = world.admin().await;
    let untyped = admin.ask(Method::POST, IMPORT).bytes(good).send().await;
    untyped.problem(415, "not_a_file");
    admin.ask(Method::POST, &format!("{IMPORT}?dry_run=perhaps")).body("x", FILE).send().await.problem(422, "invalid");
}
