//! What is paid by: invoices, and the seller's requisites that stand on them.

use crate::approvals::decide;
use crate::samples::papers::requisites;
use crate::statement::{document, import, numbers, statement};
use chrono::TimeDelta;
use futures::future::{join, join_all};
use oktan_shared::domain::window::Zone;
use oktan_tests::{Caller, Role, Value, World, json};
use reqwest::Method;

#[tokio::test]
async fn an_invoice_is_numbered_and_paid_by_what_names_it() {
    let world = World::start().await;
    let company = world.company().without_payment().create().await;
    let owner = company.owner().await;
    let bare = owner.post("/v1/invoices", json!({ "amount": "1000" })).await.expect(201);
    assert_eq!((&bare["payment_code"], &bare["state"]), (&Value::Null, &json!("unpaid")));
    let admin = world.admin().await;
    let save = admin.ask(Method::PUT, "/v1/staff/requisites").header("if-match", "\"0\"");
    save.json(&requisites()).send().await.expect(200);
    // Who is suspended pays too.
    admin.post(&format!("/v1/staff/companies/{}/suspend", company.id), json!({})).await.expect(200);
    let made = company.user(Role::Accountant).await.post("/v1/invoices", json!({ "amount": "21001.02" })).await;
    let made = made.expect(201);
    let year = Zone::default().date(world.now()).format("%y").to_string();
    assert_eq!(
        (&bare["number"], &made["number"]),
        (&json!(format!("{year}-000001")), &json!(format!("{year}-000002")))
    );
    assert_eq!(made["amount_in_words"], "Двадцать одна тысяча один рубль 02 копейки");
    let code = made["payment_code"].as_str().unwrap();
    let number = made["number"].as_str().unwrap();
    for part in ["ST00012|Name=ООО «НК ОКТАН»|", "|Sum=2100102|", &format!("Purpose=Оплата по счёту № {number} ")]
    {
        assert!(code.contains(part), "{part} is not in {code}");
    }
    let pay = |amount: &'static str, comment: String| {
        let (admin, id, key) = (admin.clone(), company.id.clone(), world.number());
        async move {
            let body = json!({ "amount": amount, "date": "2026-11-20", "document_number": "7", "comment": comment });
            let ask = admin.ask(Method::POST, &format!("/v1/staff/companies/{id}/payments"));
            ask.header("idempotency-key", &format!("invoice-{key}")).json(&body).send().await.expect(201)
        }
    };
    let read = || async {
        let owner = company.owner().await;
        owner.get(&format!("/v1/invoices/{number}")).await.expect(200)
    };
    pay("5000.00", "Оплата".to_owned()).await;
    assert_eq!(read().await["state"], "unpaid");
    pay("1.02", format!("по счёту № {number}")).await;
    assert_eq!((&read().await["state"], &read().await["paid"]), (&json!("partly_paid"), &json!("1.02")));
    let first = bare["number"].as_str().unwrap();
    pay("22000.00", format!("счета {first}, {number}; нет такого: {year}-999999")).await;
    let list = company.owner().await.get("/v1/invoices").await.expect(200);
    let states: Vec<_> = list["items"].as_array().unwrap().iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["paid", "paid"]);
    // Another company's number is nothing here.
    let other = world.company().without_payment().create().await;
    assert_eq!(other.owner().await.get(&format!("/v1/invoices/{number}")).await.status, 404);
    assert_eq!(other.owner().await.get("/v1/invoices").await.expect(200)["items"], json!([]));
    let zero = company.owner().await.post("/v1/invoices", json!({ "amount": "0" })).await;
    assert_eq!((zero.status, zero.code()), (422, "amount_not_positive"));
}

#[tokio::test]
async fn requisites_are_the_accountants_and_fit_together() {
    let world = World::start().await;
    let accountant = world.staff(Role::StaffAccountant).await;
    let none = accountant.get("/v1/staff/requisites").await;
    assert_eq!((none.header("etag"), &none.json["seller"]), ("\"0\"", &Value::Null));
    let put = |tag: Option<&'static str>, body: Value| {
        let ask = accountant.ask(Method::PUT, "/v1/staff/requisites");
        let ask = match tag {
            Some(tag) => ask.header("if-match", tag),
            None => ask,
        };
        async move { ask.json(&body).send().await }
    };
    assert_eq!(put(None, requisites()).await.status, 428);
    assert_eq!(put(Some("\"0\""), requisites()).await.header("etag"), "\"1\"");
    assert_eq!(put(Some("\"0\""), requisites()).await.status, 412);
    for (field, value, code) in [
        ("account", "40702810100000000123", "account_key"),
        ("correspondent", "30101810500000000615", "account_key"),
        ("ogrn", "1022601900123", "ogrn_check_digit"),
        ("bic", "140702615", "bic_malformed"),
    ] {
        let mut wrong = requisites();
        wrong[field] = json!(value);
        let answer = put(Some("*"), wrong).await;
        assert_eq!((answer.status, answer.code()), (422, code), "{answer}");
        assert_eq!(answer.json["errors"][0]["field"], field);
    }
    let journal = world.admin().await.all("/v1/staff/journal", 100).await;
    assert_eq!(journal.iter().filter(|act| act["action"] == "requisites.save").count(), 1);
}

#[tokio::test]
async fn the_bank_pays_invoices_by_their_numbers_and_what_is_taken_back_is_owed_again() {
    let world = World::start().await;
    let (accountant, admin) = (world.staff(Role::StaffAccountant).await, world.admin().await);
    let company = world.company().without_payment().create().await;
    let other = world.company().without_payment().create().await;
    let owner = company.owner().await;
    let mut made = Vec::new();
    for amount in ["100.00", "250.00"] {
        let invoice = owner.post("/v1/invoices", json!({ "amount": amount })).await.expect(201);
        made.push(invoice["number"].as_str().expect("a number").to_owned());
    }
    let (first, second) = (made[0].replace('-', "–"), &made[1]);
    let file = statement(&[
        document(&company.inn, 41, 40_000, &format!("Оплата по счетам {first} и №{second}, НДС в том числе")),
        document(&company.inn, 42, 700, "Оплата по счету 26-999999"),
        document(&other.inn, 43, 1_000, &format!("Оплата по счёту № {second}")),
    ]);
    let imported = import(&accountant, file).await;
    // An invoice of another company, or of nobody, names nothing.
    assert_eq!((numbers(&imported["accepted"]), numbers(&imported["proposed"])), (vec!["41"], vec!["42", "43"]));
    let paid = || async {
        let list = owner.all("/v1/invoices", 10).await;
        list.iter().map(|one| (one["paid"].clone(), one["state"].clone(), one["paid_at"].is_null())).collect::<Vec<_>>()
    };
    let filled = [(json!("300.00"), json!("paid"), false), (json!("100.00"), json!("paid"), false)];
    assert_eq!(paid().await, filled);

    let entries = owner.all("/v1/history", 10).await;
    let reverse = format!("/v1/staff/payments/{}/reverse", entries[0]["id"].as_str().expect("an id"));
    let asked = accountant.post(&reverse, json!({ "reason": "Ошибка банка" })).await.expect(202);
    assert_eq!(paid().await, filled, "asking changes nothing");
    decide(&admin, asked["id"].as_str().expect("an id"), "approve", json!({})).await.expect(200);
    let owed = (json!("0.00"), json!("unpaid"), true);
    assert_eq!(paid().await, [owed.clone(), owed]);
    let act = owner.get("/v1/reconciliation").await.expect(200);
    let lines: Vec<_> = act["lines"].as_array().expect("lines").iter().collect();
    let told: Vec<_> = lines.iter().map(|line| (line["subject"].as_str().expect("a word"), &line["number"])).collect();
    assert_eq!(told, [("payment", &json!("41")), ("adjustment", &json!("41"))]);
    assert_eq!(
        (&act["debit"], &act["credit"], &act["closing_balance"]),
        (&json!("400.00"), &json!("400.00"), &json!("0.00"))
    );
    // The history says it in the act's words, of the payment and of what took it back.
    let history = owner.get("/v1/history/export?format=csv").await;
    let history = String::from_utf8(history.bytes.to_vec()).expect("UTF-8");
    assert_eq!(history.matches(";\"Сторно оплаты, документ № 41 от 20.11.2026; ").count(), 2, "{history}");
}

#[tokio::test]
async fn an_invoice_is_paid_at_its_last_payment_that_stands_or_not_at_all() {
    let world = World::start().await;
    let (accountant, admin) = (world.staff(Role::StaffAccountant).await, world.admin().await);
    let company = world.company().without_payment().create().await;
    let invoice = company.owner().await.post("/v1/invoices", json!({ "amount": "100" })).await.expect(201);
    let number = invoice["number"].as_str().expect("a number");
    let read = || async {
        let read = company.owner().await.get(&format!("/v1/invoices/{number}")).await.expect(200);
        ["state", "paid", "paid_at"].map(|name| read[name].clone())
    };
    let pay = |kopecks: u32, document_number: u32| {
        let file = statement(&[document(&company.inn, document_number, kopecks, &format!("По счёту {number}"))]);
        let accountant = accountant.clone();
        async move { assert_eq!(import(&accountant, file).await["accepted"].as_array().map(Vec::len), Some(1)) }
    };
    let reverse = |amount: &'static str| {
        let (accountant, admin, company) = (&accountant, &admin, &company);
        async move {
            let entries = company.owner().await.all("/v1/history?type=payment", 10).await;
            let entry = entries.iter().find(|entry| entry["amount"] == amount).expect("a payment");
            let path = format!("/v1/staff/payments/{}/reverse", entry["id"].as_str().expect("an id"));
            let asked = accountant.post(&path, json!({ "reason": "Ошибка банка" })).await.expect(202);
            decide(admin, asked["id"].as_str().expect("an id"), "approve", json!({})).await.expect(200);
        }
    };
    pay(6_000, 51).await;
    assert_eq!(read().await, [json!("partly_paid"), json!("60.00"), Value::Null]);
    world.advance(TimeDelta::minutes(1));
    pay(4_000, 52).await;
    let [state, _, in_full] = read().await;
    assert_eq!((state, in_full.is_string()), (json!("paid"), true));
    world.advance(TimeDelta::minutes(1));
    pay(1_000, 53).await;
    assert_ne!(read().await[2], in_full, "more came later");
    reverse("10.00").await;
    assert_eq!(read().await, [json!("paid"), json!("100.00"), in_full]);
    reverse("40.00").await;
    assert_eq!(read().await, [json!("partly_paid"), json!("60.00"), Value::Null]);
    reverse("60.00").await;
    assert_eq!(read().await, [json!("unpaid"), json!("0.00"), Value::Null]);
}

#[tokio::test]
async fn an_invoice_that_is_asked_for_again_under_its_key_is_there_once() {
    let world = World::start().await;
    let company = world.company().without_payment().create().await;
    let owner = company.owner().await;
    let ask = |by: &Caller, key: &str, amount: &str| {
        let ask = by.ask(Method::POST, "/v1/invoices").header("idempotency-key", key);
        ask.json(&json!({ "amount": amount })).send()
    };
    let answers = join_all((0..8).map(|_| ask(&owner, "k-1", "100"))).await;
    let first = &answers[0];
    assert!(answers.iter().all(|one| (one.status, &one.bytes) == (201, &first.bytes)), "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| answer.header("idempotent-replayed") != "true").count(), 1);
    assert_eq!(owner.all("/v1/invoices", 10).await.len(), 1);
    let acts = owner.all("/v1/journal", 100).await;
    assert_eq!(acts.iter().filter(|act| act["action"] == "invoice.create").count(), 1);

    // The same answer to the byte, though part of it is paid and the seller is known meanwhile, and however it is written.
    let comment = format!("счёт {}", first.json["number"].as_str().unwrap());
    let paid = json!({ "amount": "40", "date": "2026-11-20", "document_number": "7", "comment": comment });
    let (admin, path) = (world.admin().await, format!("/v1/staff/companies/{}/payments", company.id));
    admin.ask(Method::POST, &path).header("idempotency-key", "p-1").json(&paid).send().await.expect(201);
    let save = admin.ask(Method::PUT, "/v1/staff/requisites").header("if-match", "\"0\"");
    save.json(&requisites()).send().await.expect(200);
    assert_eq!(owner.all("/v1/invoices", 10).await[0]["state"], "partly_paid");
    world.advance(TimeDelta::days(2));
    let owner = company.owner().await;
    for amount in ["100", "100.00"] {
        let again = ask(&owner, "k-1", amount).await;
        assert_eq!((again.status, again.header("idempotent-replayed")), (201, "true"));
        assert_eq!(again.bytes, first.bytes);
    }
    ask(&owner, "k-1", "100.01").await.problem(409, "idempotency_key_reused");
    assert_eq!(owner.all("/v1/invoices", 10).await.len(), 1);

    // Another key, another person, or no key at all is another invoice.
    let accountant = company.user(Role::Accountant).await;
    let (other, theirs) = join(ask(&owner, "k-2", "100"), ask(&accountant, "k-1", "100")).await;
    let bare = owner.post("/v1/invoices", json!({ "amount": "100" })).await;
    let mut numbers: Vec<_> = [first, &other, &theirs, &bare].map(|one| one.json["number"].as_str().unwrap()).into();
    numbers.sort_unstable();
    assert!(numbers.iter().enumerate().all(|(n, one)| one.ends_with(&format!("-{:06}", n + 1))), "{numbers:?}");
}

#[tokio::test]
async fn the_desk_opens_an_invoice_as_its_company_does() {
    let world = World::start().await;
    let company = world.company().without_payment().create().await;
    let other = world.company().without_payment().create().await;
    let owner = company.owner().await;
    let number = owner.post("/v1/invoices", json!({ "amount": "1000" })).await.expect(201)["number"].clone();
    let number = number.as_str().unwrap();
    let (own, path) =
        (format!("/v1/invoices/{number}"), format!("/v1/staff/companies/{}/invoices/{number}", company.id));
    for role in [Role::StaffOperator, Role::StaffAccountant] {
        let staff = world.staff(role).await;
        for format in ["", "?format=json", "?format=pdf"] {
            let (theirs, ours) =
                join(owner.get(&format!("{own}{format}")), staff.get(&format!("{path}{format}"))).await;
            assert_eq!((theirs.status, ours.status), (200, 200));
            assert_eq!(theirs.json, ours.json);
            for name in ["content-type", "content-disposition"] {
                assert_eq!(theirs.header(name), ours.header(name));
            }
            assert_eq!(ours.bytes.starts_with(b"%PDF-"), format.ends_with("pdf"));
        }
        staff.get(&path.replace(&company.id, &other.id)).await.problem(404, "not_found");
        staff.get(&path.replace(&company.id, "10000000")).await.problem(404, "not_found");
    }
    world.staff(Role::StaffEditor).await.get(&path).await.problem(403, "forbidden");
}
