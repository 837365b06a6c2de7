//! The things that the samples are about.

use oktan_shared::domain::ids::MessageId;
use oktan_shared::domain::text::{MessageText, PersonName, Phone};
use oktan_shared::table::{AnswerBy, Message};
use oktan_tests::{Company, Role, Value, World, company_ask, json, numbers};
use uuid::Uuid;

/// What the staff's operator asked for about a company of its own.
pub async fn asked(world: &World) -> String {
    let (admin, operator) = (world.admin().await, world.staff(oktan_tests::Role::StaffOperator).await);
    let created = admin.post("/v1/staff/companies", company_ask(world.number(), "mail")).await.expect(201);
    let path = format!("/v1/staff/companies/{}/credit", created["company"]["id"].as_str().expect("an id"));
    let approval = operator.post(&path, json!({ "credit_limit": "1000.00" })).await.expect(202);
    approval["id"].as_str().expect("an id").to_owned()
}

/// Every kind of rule.
pub fn rules() -> Value {
    json!({
        "limits": [{ "measure": "litres", "period": "day", "amount": "9000.000", "products": ["DT"] }],
        "products": { "mode": "deny", "codes": ["GOODS"] },
        "schedule": { "weekdays": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "to": "24:00" },
        "stations": { "mode": "allow", "codes": ["12"] },
    })
}

/// A piece of news.
pub async fn news(world: &World) -> String {
    let ask = json!({ "title": "Новая АЗС", "body": "Да", "language": "ru" });
    let created = world.admin().await.post("/v1/staff/news", ask).await.expect(201);
    created["id"].as_str().expect("an id").to_owned()
}

/// What somebody wrote to the administration.
pub async fn message(world: &World) -> String {
    let id = MessageId::new(Uuid::new_v4());
    let (name, body) = (PersonName::parse("Он").expect("a name"), MessageText::parse("Да").expect("a text"));
    let answer_by = AnswerBy::Phone(Phone::parse("+7 (8652) 18-42-26").expect("a phone"));
    let message = Message { id, at: world.now(), name, answer_by, body, closed_at: None };
    world.app().table.keep_message(&message, false).await.expect("the table answers");
    id.to_string()
}

/// Facts that nobody has on file.
pub fn facts() -> Value {
    json!({
        "inn": "2622542570", "contract_number": "0/00-Т", "full_name": "Никто Никтович", "phone": "+7 (918) 000-00-00",
    })
}

/// A claim on the desk about a new person of this company.
pub async fn claimed(world: &World, company: &Company) -> String {
    let about = company.newcomer(Role::Viewer).await;
    let ask = json!({
        "identifier": about.login, "confirm": facts(), "new_email": format!("new-{}", about.email.expect("an address")),
        "phone": "+7 (918) 123-45-67",
    });
    world.stranger().post("/v1/recovery/claims", ask).await.expect(202);
    world.deliver().await;
    let claims = world.admin().await.all("/v1/staff/recovery", 100).await;
    let own = claims.iter().find(|claim| claim["user"]["login"] == json!(about.login)).expect("the claim");
    own["id"].as_str().expect("an id").to_owned()
}

/// A person of the staff with a second factor.
pub async fn colleague(world: &World) -> String {
    let person = world.newcomer(None, Role::StaffEditor).await;
    let session = world.session(&person).await;
    let device = crate::device::Device::offered(world, &session).await;
    device.confirm(&session, &device.code()).await.expect(204);
    person.id.to_string()
}

/// A job over cards of a group that there is none of: it changed nothing.
pub async fn worked(world: &World, company: &Company) -> String {
    let ask = json!({ "action": "block", "all": { "group": "Никакая" } });
    let started = company.owner().await.post("/v1/cards/bulk", ask).await.expect(202);
    world.work().await;
    started["job_id"].as_str().expect("an id").to_owned()
}

/// A payment that waits for its payer.
pub async fn unmatched(world: &World) -> String {
    let body = json!({ "payer_name": "Никто", "amount": "1", "date": "2026-11-20", "document_number": "1" });
    let ask = world.admin().await.ask(reqwest::Method::POST, "/v1/staff/payments/unmatched");
    let ask = ask.header("idempotency-key", &Uuid::new_v4().to_string()).json(&body);
    ask.send().await.expect(201)["id"].as_str().expect("an id").to_owned()
}

/// A register of one company.
pub fn register(world: &World) -> String {
    let n = world.number();
    let inn = numbers::inn(n);
    format!(
        "inn;kpp;name;contract_number;contract_date;contact_full_name;phone;email;owner_login;cards\n\
         {inn};262201001;ООО Колос;{n}/26-Т;2026-01-15;Иванов Пётр;+7 (8652) 18-42-25;a{n}@b.example;reg-{n};1\n"
    )
}

/// A statement with a payment of the company and one of nobody.
pub fn statement(world: &World, company: &Company) -> String {
    let (n, own) = (world.number(), "40702810586834497869");
    let contract = company.login.replace("owner", "");
    let document = |number: u32, inn: &str| {
        format!(
            "СекцияДокумент=Платежное поручение\nНомер={number}\nДата=20.11.2026\nСумма=1.00\n\
             ПлательщикСчет=40702810073662585178\nПлательщикИНН={inn}\nПлательщик1=ООО Колос\nПолучательСчет={own}\n\
             НазначениеПлатежа=По договору № {contract}/26-Т\nКонецДокумента\n"
        )
    };
    format!(
        "1CClientBankExchange\nВерсияФормата=1.03\nРасчСчет={own}\n{}{}КонецФайла\n",
        document(n, &company.inn),
        document(world.number(), ""),
    )
}
