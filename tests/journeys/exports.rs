//! History as a file: what a filter shows, as a spreadsheet, a program or a person reads it.

use crate::papers_printed::{file, files, text};
use chrono::TimeDelta;
use oktan_tests::{Answer, Caller, Company, Role, Value, World, json, past};
use reqwest::Method;
use std::io::Read as _;

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const KIND: usize = 1;
const CARD: usize = 2;
const LABEL: usize = 3;
const QUANTITY: usize = 7;
const AMOUNT: usize = 10;
const REMARK: usize = 15;
const MOVED: usize = 16;

/// The lines of a file, the head aside.
async fn lines(by: &Caller, query: &str) -> Vec<Vec<String>> {
    let bytes = file(&by.get(&format!("/v1/history/export?format=csv{query}")).await, CSV);
    let text = String::from_utf8(bytes).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("a mark");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let mut lines = text.lines().map(|line| line.split(';').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    assert_eq!((head.len(), head[AMOUNT].as_str(), head[REMARK].as_str()), (17, "Сумма, ₽", "Примечание"));
    assert_eq!(head[MOVED], "Перемещено, ₽");
    lines.collect()
}

fn column(lines: &[Vec<String>], at: usize) -> Vec<&str> {
    lines.iter().map(|line| line[at].as_str()).collect()
}

fn kopecks(amount: &str) -> i64 {
    amount.replace([',', '.'], "").parse().expect("an amount of two decimals")
}

/// A company with a purchase of each card, one returned in part, a decline, and a label that would be a formula.
async fn busy(world: &World) -> (Company, Caller) {
    let company = world.company().cards(2).purses(1).create().await;
    let owner = company.owner().await;
    let label = json!({ "label": "=1+1" });
    let card = format!("/v1/cards/{}", company.card());
    owner.ask(Method::PATCH, &card).header("if-match", "*").json(&label).send().await.expect(200);
    company.pump.buy(&company.cards[1], "40.5").await;
    let (id, _) = company.pump.buy(company.card(), "10").await;
    company.pump.refund(&id, "2.5").await.expect(200);
    let move_money = json!({ "from": "account", "to": company.purses[0], "amount": "500.00" });
    let transfer = owner.ask(Method::POST, "/v1/transfers").header("idempotency-key", "once").json(&move_money);
    transfer.send().await.expect(201);
    company.pump.declined(company.card(), "9000").await;
    (company, owner)
}

#[tokio::test]
async fn the_file_has_exactly_the_lines_that_the_filter_shows_in_their_order() {
    let world = World::start().await;
    let (company, owner) = busy(&world).await;
    for filter in [
        String::new(),
        format!("&card={}", company.card()),
        "&type=purchase".to_owned(),
        "&type=payment".to_owned(),
        "&type=decline".to_owned(),
        "&product=DT&q=782".to_owned(),
        "&from=2020-01-01&to=2020-12-31".to_owned(),
    ] {
        let shown = owner.all(&format!("/v1/history?{}", filter.trim_start_matches('&')), 100).await;
        let lines = lines(&owner, &filter).await;
        assert_eq!(lines.len(), shown.len(), "{filter}");
        for (line, shown) in lines.iter().zip(&shown) {
            let text = |name: &str| shown[name].as_str().unwrap_or_default().to_owned();
            assert_eq!(line[CARD].replace(' ', ""), text("card_number"), "{filter}");
            assert_eq!(kopecks(&line[AMOUNT]), kopecks(&text("amount")), "{filter}");
            let quantity = line[QUANTITY].trim_start_matches('-').replace(',', ".");
            assert_eq!(quantity, text("quantity"), "{filter}");
        }
    }
    let all = lines(&owner, "").await;
    let kinds = ["Перевод", "Возврат", "Покупка", "Покупка", "Платёж"];
    assert_eq!(column(&all, KIND), kinds);
    assert_eq!(all[1][QUANTITY], "-2,500", "what came back is below zero");
    let balance = owner.get("/v1/balance").await.expect(200);
    let sum: i64 = column(&all, AMOUNT).into_iter().map(kopecks).sum();
    assert_eq!(sum, kopecks(balance["balance"].as_str().unwrap()), "the lines add up to the balance");
    assert_eq!(column(&all, MOVED), ["500,00", "", "", "", ""], "a transfer changes no balance, but moves money");
    assert_eq!(all[2][LABEL], "'=1+1", "a label is no formula");
}

#[tokio::test]
async fn a_workbook_has_typed_cells_sums_and_a_head_that_stays() {
    let world = World::start().await;
    let (_, owner) = busy(&world).await;
    let book = file(&owner.get("/v1/history/export?format=xlsx&type=purchase").await, XLSX);
    let parts = files(&book);
    let sheet = parts.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("a sheet");
    let sheet = String::from_utf8(sheet.1.clone()).expect("a text");
    assert!(sheet.contains("state=\"frozen\"") && sheet.contains("<v>40.5</v>"), "{sheet}");
    assert!(sheet.contains("=1+1") && !sheet.contains("<f>"), "a label is no formula: {sheet}");
    let shown = owner.all("/v1/history?type=purchase", 100).await;
    let sum: i64 = shown.iter().map(|one| kopecks(one["amount"].as_str().unwrap())).sum();
    assert!(sheet.contains(&format!("<v>-{}.{:02}</v>", -sum / 100, -sum % 100)), "{sum}: {sheet}");
    assert!(sheet.contains("<v>50.5</v>"), "the litres are added up: {sheet}");
}

#[tokio::test]
async fn pages_to_print_say_what_was_chosen_and_what_it_comes_to() {
    let world = World::start().await;
    let (company, owner) = busy(&world).await;
    let path = format!("/v1/history/export?format=pdf&card={}", company.card());
    let text = text(&file(&owner.get(&path).await, "application/pdf"));
    for words in ["Историяопераций", company.card(), "Возврат", "строк:2", "Всего", "7,500л", &company.inn]
    {
        assert!(text.contains(words), "{words} is not on {text}");
    }
    let staff = world.staff(Role::StaffOperator).await;
    let theirs = format!("/v1/staff/companies/{}/history/export?format=pdf&card={}", company.id, company.card());
    file(&staff.get(&theirs).await, "application/pdf");
}

#[tokio::test]
async fn litres_and_pieces_are_added_up_each_by_itself() {
    let world = World::start().await;
    let (company, owner) = busy(&world).await;
    company
        .limit(company.card(), json!({ "limits": [], "products": { "mode": "allow", "codes": ["DT", "GOODS"] } }))
        .await;
    let goods = company.pump.decide(&company.pump.fill_of(company.card(), "GOODS", "100.00", "3")).await;
    let goods = goods["authorization_id"].as_str().expect("an id");
    company.pump.capture(goods, "3").await.expect(200);
    let pages = text(&file(&owner.get("/v1/history/export?format=pdf").await, "application/pdf"));
    assert!(pages.contains("48,000л3,000шт"), "{pages}");
    let book = file(&owner.get("/v1/history/export?format=xlsx").await, XLSX);
    let (_, sheet) = files(&book).into_iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").expect("a sheet");
    let sheet = String::from_utf8(sheet).expect("a text");
    assert_eq!(sheet.matches(">Всего<").count(), 3, "the money, litres, pieces: {sheet}");
    assert!(sheet.contains("<v>48</v>") && !sheet.contains("<v>51</v>"), "{sheet}");
}

#[tokio::test]
async fn what_presses_well_is_sent_pressed_to_whom_can_read_it() {
    let world = World::start().await;
    let (company, owner) = busy(&world).await;
    let start = world.now() - TimeDelta::days(1);
    let (client, card) = (world.stack().dynamodb(), &company.cards[1]);
    past::repeat(&client, card, (0..300).map(|n| start - TimeDelta::minutes(n))).await;
    let plain = file(&owner.get("/v1/history/export?format=csv").await, CSV);
    let ask = |accepted: &'static str| {
        owner.ask(Method::GET, "/v1/history/export?format=csv").header("accept-encoding", accepted).send()
    };
    let pressed: Answer = ask("br, gzip;q=0.8").await;
    assert_eq!((pressed.header("content-encoding"), pressed.header("vary")), ("gzip", "accept-encoding"));
    assert!(pressed.bytes.len() * 5 < plain.len(), "{} of {}", pressed.bytes.len(), plain.len());
    let mut read = Vec::new();
    flate2::read::GzDecoder::new(&*pressed.bytes).read_to_end(&mut read).expect("gzip");
    assert_eq!(read, plain);
    assert_eq!(ask("gzip;q=0").await.header("content-encoding"), "");
}

#[tokio::test]
async fn what_is_too_large_names_the_days_that_fit_and_they_do() {
    let world = World::start().await;
    let company = world.company().create().await;
    company.pump.buy(company.card(), "10").await;
    let (client, start) = (world.stack().dynamodb(), world.now());
    past::repeat(&client, company.card(), (1..=5_300).map(|n| start - TimeDelta::minutes(n))).await;
    let owner = company.owner().await;
    let refused = owner.get("/v1/history/export?format=pdf").await.problem(422, "export_too_large");
    let (from, to) = (refused["fits"]["from"].as_str().unwrap(), refused["fits"]["to"].as_str().unwrap());
    assert!(refused["detail"].as_str().unwrap().contains(from), "{refused}");
    let fits = format!("/v1/history/export?format=pdf&from={from}&to={to}");
    assert!(file(&owner.get(&fits).await, "application/pdf").len() > 100_000);
    // A day more does not.
    let before = chrono::NaiveDate::parse_from_str(from, "%Y-%m-%d").unwrap().pred_opt().unwrap();
    let more = format!("/v1/history/export?format=pdf&from={before}&to={to}");
    owner.get(&more).await.problem(422, "export_too_large");
    // The same lines as a table are no trouble.
    assert_eq!(lines(&owner, "").await.len(), 5_302);
}

#[tokio::test]
async fn who_has_no_papers_has_no_files_either_and_a_filter_is_read_strictly() {
    let world = World::start().await;
    let company = world.company().create().await;
    company.user(Role::Viewer).await.get("/v1/history/export?format=csv").await.problem(403, "forbidden");
    let owner = company.owner().await;
    owner.get("/v1/history/export?format=docx").await.field("format", "unknown_value");
    owner.get("/v1/history/export?format=csv&from=2026-02-01&to=2026-01-01").await.field("to", "span_reversed");
    owner.get("/v1/history/export?format=csv&product=NOPE").await.field("product", "product_unknown");
    let other = world.company().create().await;
    let strange: Vec<Value> = other.owner().await.all("/v1/history", 10).await;
    assert_eq!(lines(&other.owner().await, &format!("&card={}", company.card())).await.len(), 0);
    assert_eq!(lines(&other.owner().await, "").await.len(), strange.len());
}
