//! The bank's statement: each document is credited once, to the right company, or waits for a person.

use crate::register;
use futures::future::join_all;
use oktan_tests::{Answer, Caller, Company, Role, Value, World, json};
use reqwest::Method;

const IMPORT: &str = "/v1/staff/payments/import";
const UNMATCHED: &str = "/v1/staff/payments/unmatched";
/// Six payments of companies of the sample register, one without its contract, a payer nobody knows, a payment of ours, and the
/// first document once more. In windows-1251.
pub const SAMPLE: &[u8] = include_bytes!("../data/kl_to_1c.txt");
pub const OWN: &str = "40702810586834497869";

pub async fn send(by: &Caller, file: impl Into<Vec<u8>>, dry_run: bool) -> Answer {
    let address = if dry_run { format!("{IMPORT}?dry_run=true") } else { IMPORT.to_owned() };
    by.ask(Method::POST, &address).body(file.into(), "application/octet-stream").send().await
}

pub async fn import(by: &Caller, file: impl Into<Vec<u8>>) -> Value {
    let imported = send(by, file, false).await.expect(200);
    assert_eq!(imported["failed"], json!([]), "a slow machine?");
    imported
}

/// A payment of a company that names its contract, of so many kopecks.
pub fn payment(company: &Company, number: u32, kopecks: u32) -> String {
    let contract = company.login.replace("owner", "");
    document(&company.inn, number, kopecks, &format!("Оплата по договору № {contract}/26-Т за ГСМ"))
}

pub fn document(inn: &str, number: u32, kopecks: u32, purpose: &str) -> String {
    format!(
        "СекцияДокумент=Платежное поручение\r\nНомер={number}\r\nДата=20.11.2026\r\nСумма={}.{:02}\r\n\
         ПлательщикСчет=40702810073662585178\r\nПлательщикИНН={inn}\r\nПлательщик1=ООО \"Колос\"\r\n\
         ПолучательСчет={OWN}\r\nДатаПоступило=20.11.2026\r\nНазначениеПлатежа={purpose}\r\nКонецДокумента\r\n",
        kopecks / 100,
        kopecks % 100,
    )
}

/// A statement of these documents that does not say its totals.
pub fn statement(documents: &[String]) -> String {
    let documents = documents.concat();
    format!("1CClientBankExchange\r\nВерсияФормата=1.03\r\nРасчСчет={OWN}\r\n{documents}КонецФайла\r\n")
}

/// The numbers of the documents of a list.
pub fn numbers(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|one| one["document"].as_str().expect("a number")).collect()
}

fn known(list: &Value) -> Vec<&str> {
    list.as_array().expect("a list").iter().map(|one| one["known"].as_str().expect("how")).collect()
}

async fn balance(by: &Caller, company: &Value) -> String {
    let path = format!("/v1/staff/companies/{}/balance", company.as_str().expect("an id"));
    by.get(&path).await.expect(200)["balance"].as_str().expect("an amount").to_owned()
}

#[tokio::test]
async fn the_sample_statement_is_credited_once_whatever_file_brings_it() {
    let world = World::start().await;
    let (admin, accountant) = (world.admin().await, world.staff(Role::StaffAccountant).await);
    let companies = register::import(&admin, include_bytes!("../data/companies.csv")).await;
    let company = |line: usize| companies["created"][line]["company_id"].clone();
    let before = world.dump_of_effects().await;
    let foreseen = send(&accountant, SAMPLE, true).await.expect(200);
    assert_eq!(world.dump_of_effects().await, before, "a dry run changed something");
    let imported = import(&accountant, SAMPLE).await;
    assert_eq!(imported, foreseen, "what was shown before is what happened");

    assert_eq!(imported["accounts"], json!([{ "account": OWN, "came": "2245005.55", "left": "99000.00" }]));
    assert_eq!(imported["outgoing"], json!({ "count": 1, "amount": "99000.00" }));
    assert_eq!(numbers(&imported["accepted"]), ["500", "501", "502", "504", "505"]);
    let credited = [(0, "100000.00"), (1, "200000.37"), (2, "300000.74"), (4, "500001.48"), (5, "600001.85")];
    for (row, (line, amount)) in imported["accepted"].as_array().unwrap().iter().zip(credited) {
        assert_eq!((&row["company_id"], row["amount"].as_str()), (&company(line), Some(amount)));
        assert_eq!(balance(&accountant, &company(line)).await, amount);
    }
    assert_eq!((numbers(&imported["proposed"]), numbers(&imported["unmatched"])), (vec!["503"], vec!["611"]));
    assert_eq!(imported["proposed"][0]["company_id"], company(3));
    assert_eq!(balance(&accountant, &company(3)).await, "0.00", "a person has to say that it is theirs");
    assert_eq!((numbers(&imported["duplicates"]), known(&imported["duplicates"])), (vec!["500"], vec!["repeated"]));

    let after = world.dump_of_effects().await;
    let (text, _, _) = encoding_rs::WINDOWS_1251.decode(SAMPLE);
    let older = text.replace("=1.03", "=1.01").replace("Номер=5", "Номер=0005").replace("ПлательщикИНН=", "Прежний=");
    let dos: Vec<u8> = text.chars().map(to_dos).collect();
    for file in
        [SAMPLE.to_vec(), text.as_bytes().to_vec(), text.replace("\r\n", "\n").into_bytes(), dos, older.into_bytes()]
    {
        let again = import(&accountant, file).await;
        for list in ["accepted", "proposed", "unmatched"] {
            assert_eq!(again[list], json!([]));
        }
        let expected = ["credited", "credited", "credited", "on_desk", "credited", "credited", "on_desk", "repeated"];
        assert_eq!(known(&again["duplicates"]), expected);
    }
    assert_eq!(world.dump_of_effects().await, after, "something was credited twice");
}

/// A letter as DOS has it (code page 866).
fn to_dos(letter: char) -> u8 {
    let encoded = (0x80..=0xffu8)
        .find(|byte| oktan_shared::domain::bank::Encoding::Dos.decode(&[*byte]).unwrap().starts_with(letter));
    encoded.unwrap_or_else(|| u8::try_from(letter).expect("ASCII"))
}

#[tokio::test]
async fn a_proposal_is_assigned_by_one_act_and_the_document_stays_known() {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    let company = world.company().without_payment().create().await;
    let file = statement(&[document(&company.inn, 7, 150_050, "За топливо"), document("", 8, 100, "За топливо")]);
    import(&accountant, file.clone()).await;
    let waiting = accountant.all(UNMATCHED, 10).await;
    let proposed = waiting.iter().find(|payment| payment["document_number"] == "7").unwrap();
    assert_eq!((&proposed["proposed"]["id"], &proposed["from_bank"]), (&json!(company.id), &json!(true)));
    assert!(proposed["proposed"]["name"].as_str().unwrap().contains("Колос"));
    let nobody = waiting.iter().find(|payment| payment["document_number"] == "8").unwrap();
    assert_eq!((&nobody["proposed"], &nobody["payer_inn"]), (&Value::Null, &Value::Null));

    let path = format!("{UNMATCHED}/{}/assign", proposed["id"].as_str().unwrap());
    let entry = accountant.post(&path, json!({ "company_id": proposed["proposed"]["id"] })).await.expect(200);
    assert_eq!((&entry["amount"], &entry["document_number"]), (&json!("1500.50"), &json!("7")));
    let again = import(&accountant, file).await;
    assert_eq!(known(&again["duplicates"]), ["on_desk", "on_desk"]);
    assert_eq!(company.balance().await["balance"], "1500.50");
}

#[tokio::test]
async fn a_credited_payment_is_an_entry_with_its_document_and_staff_see_who_paid() {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    let company = world.company().without_payment().create().await;
    import(&accountant, statement(&[payment(&company, 500, 10_000_037)])).await;
    let owner = company.owner().await;
    let history = owner.get("/v1/history?type=payment").await.expect(200);
    let entry = &history["items"][0];
    let facts = ["amount", "document_number", "document_date", "flags"].map(|name| entry[name].clone());
    assert_eq!(facts, [json!("100000.37"), json!("500"), json!("2026-11-20"), json!([])]);
    assert!(entry["comment"].as_str().unwrap().starts_with("Оплата по договору"));
    let id = entry["id"].as_str().unwrap();
    let mine = owner.get(&format!("/v1/history/{id}")).await.expect(200);
    assert_eq!(mine["payer"], Value::Null, "who paid is the staff's to know");
    let theirs = accountant.get(&format!("/v1/staff/companies/{}/history/{id}", company.id)).await.expect(200);
    assert_eq!(theirs["payer"], json!({ "inn": company.inn, "name": "ООО \"Колос\"" }));
    let act = owner.get("/v1/journal").await.expect(200)["items"][0].clone();
    let shown = json!({ "amount": "100000.37", "date": "2026-11-20", "document_number": "500" });
    assert_eq!((&act["action"], &act["after"]), (&json!("payment.import"), &shown));
    assert_eq!(act["actor"], json!({ "kind": "staff", "role": "accountant" }));
}

#[tokio::test]
async fn what_overlaps_and_what_many_import_at_once_is_credited_once() {
    let world = World::start().await;
    let (admin, accountant) = (world.admin().await, world.staff(Role::StaffAccountant).await);
    let mut companies = Vec::new();
    for _ in 0..3 {
        companies.push(world.company().without_payment().create().await);
    }
    let documents: Vec<String> = (0..30u32)
        .map(|n| match n % 5 {
            0 => document(&companies[0].inn, n, 100, "За топливо"),
            1 => document("", n, 100, "За топливо"),
            _ => payment(&companies[n as usize % 3], n, 100),
        })
        .collect();
    // An import that was cut off leaves some of them done.
    import(&admin, statement(&documents[3..9])).await;
    let whole = statement(&documents);
    let turned = statement(&documents.iter().rev().cloned().collect::<Vec<_>>());
    let calls = (0..8).map(|n| {
        let file = if n % 2 == 0 { &whole } else { &turned };
        send(if n % 3 == 0 { &admin } else { &accountant }, file.clone(), false)
    });
    let mut credited = 0;
    for answer in join_all(calls).await {
        let imported = answer.expect(200);
        credited += imported["accepted"].as_array().unwrap().len();
    }
    for _ in 0..5 {
        let rest = send(&admin, whole.clone(), false).await.expect(200);
        credited += rest["accepted"].as_array().unwrap().len();
    }
    assert_eq!(credited + 4, 18, "of thirty, four were there");
    let mut sum = 0;
    for company in &companies {
        sum += company.owner().await.all("/v1/history?type=payment", 100).await.len();
        let id = oktan_shared::domain::CompanyId::parse(&company.id).unwrap();
        assert!(world.app().table.account(id).await.unwrap().unwrap().identity_holds());
    }
    assert_eq!(sum, 18);
    let waiting = accountant.all(UNMATCHED, 100).await;
    assert_eq!(waiting.len(), 12);
}

#[tokio::test]
async fn a_statement_that_is_not_whole_credits_nothing_and_says_which_line() {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    let company = world.company().without_payment().create().await;
    let good = statement(&[payment(&company, 1, 100), payment(&company, 2, 100)]);
    let (text, _, _) = encoding_rs::WINDOWS_1251.decode(SAMPLE);
    let before = world.dump_of_effects().await;
    let total = text.replace("ВсегоПоступило=2245005.55", "ВсегоПоступило=2245005.56");
    let total = total.replace("КонечныйОстаток=3396005.55", "КонечныйОстаток=3396005.56");
    let cases: [(Vec<u8>, &str, u64); 7] = [
        (b"".to_vec(), "statement_empty", 1),
        (good.trim_end().trim_end_matches("КонецФайла").as_bytes().to_vec(), "statement_truncated", 25),
        (
            good.replacen(&format!("ПолучательСчет={OWN}"), "ПолучательСчет=1", 1).into_bytes(),
            "statement_account_foreign",
            4,
        ),
        (good.replace("Сумма=1.00", "Сумма=1,00").into_bytes(), "amount_malformed", 7),
        (good.replace("Оплата", &"О".repeat(5_000)).into_bytes(), "statement_line_too_long", 13),
        (good.split("ПолучательСчет").next().unwrap_or_default().as_bytes().to_vec(), "statement_truncated", 10),
        (total.into_bytes(), "statement_total", 11),
    ];
    for (file, code, line) in cases {
        for dry_run in [true, false] {
            let refused = send(&accountant, file.clone(), dry_run).await;
            assert_eq!((refused.status, refused.code(), &refused.json["line"]), (422, code, &json!(line)));
        }
    }
    assert_eq!(world.dump_of_effects().await, before);
    let form = accountant.ask(Method::POST, IMPORT).body(good, "application/json").send().await;
    form.problem(415, "not_a_file");
}

#[tokio::test]
async fn what_was_posted_by_hand_is_not_credited_again_unless_it_was_taken_back() {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    let company = world.company().without_payment().create().await;
    let path = format!("/v1/staff/companies/{}/payments", company.id);
    let body = json!({ "amount": "1.00", "date": "2026-11-20", "document_number": "007" });
    let by_hand =
        accountant.ask(Method::POST, &path).header("idempotency-key", "k-1").json(&body).send().await.expect(201);
    let file = statement(&[payment(&company, 7, 100), document(&company.inn, 8, 100, "За топливо")]);
    let imported = import(&accountant, file.clone()).await;
    assert_eq!((numbers(&imported["duplicates"]), known(&imported["duplicates"])), (vec!["7"], vec!["by_hand"]));
    assert_eq!(company.balance().await["balance"], "1.00");

    let reverse = format!("/v1/staff/payments/{}/reverse", by_hand["id"].as_str().unwrap());
    let asked = accountant.post(&reverse, json!({ "reason": "ошибка" })).await.expect(202);
    let approve = format!("/v1/staff/approvals/{}/approve", asked["id"].as_str().unwrap());
    world.admin().await.post(&approve, json!({})).await.expect(200);
    assert_eq!(company.balance().await["balance"], "0.00");
    assert_eq!(numbers(&import(&accountant, file.clone()).await["accepted"]), ["7"]);
    assert_eq!(import(&accountant, file).await["accepted"], json!([]));
    assert_eq!(company.balance().await["balance"], "1.00");
}
