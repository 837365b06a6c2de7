//! Tickets: a company's people write, OKTAN answers, nobody else reads, nobody waits unseen.

use oktan_local::Options;
use oktan_shared::domain::text::Email;
use oktan_tests::{Caller, Company, Role, Value, World, json};

pub const QUEUE: &str = "/v1/staff/tickets";

pub async fn begin(by: &Caller, subject: &str) -> Value {
    by.post("/v1/tickets", json!({ "subject": subject, "body": "Здравствуйте!\nЧто с картой?" })).await.expect(201)
}

pub fn path(ticket: &Value) -> String {
    format!("/v1/tickets/{}", ticket["id"].as_str().expect("an id"))
}

pub fn desk(ticket: &Value) -> String {
    format!("{QUEUE}/{}", ticket["id"].as_str().expect("an id"))
}

pub async fn write(by: &Caller, path: &str, body: &str) -> Value {
    by.post(&format!("{path}/messages"), json!({ "body": body })).await.expect(201)
}

async fn unread(by: &Caller, list: &str) -> Vec<bool> {
    by.all(list, 100).await.iter().map(|ticket| ticket["unread"].as_bool().expect("a mark")).collect()
}

#[tokio::test]
async fn a_company_asks_and_is_answered() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (owner, operator) = (company.owner().await, world.staff(Role::StaffOperator).await);
    let ask = json!({ "subject": "Карта не работает", "body": "Отказ на АЗС 12", "card": company.card() });
    let ticket = owner.post("/v1/tickets", ask).await.expect(201);
    assert_eq!((&ticket["state"], &ticket["number"]), (&json!("waiting"), &json!(1)));
    assert_eq!((&ticket["card"], &ticket["first_answered_at"]), (&json!(company.card()), &Value::Null));
    assert_eq!((&ticket["topic"], &ticket["unread"]), (&json!("question"), &json!(false)));
    assert_eq!(ticket["messages"][0]["body"], "Отказ на АЗС 12");
    assert_eq!(
        ticket["messages"][0]["author"],
        json!({ "kind": "client", "role": "owner", "full_name": "Иванов Пётр Сергеевич", "me": true })
    );

    let queue = operator.all(QUEUE, 10).await;
    assert_eq!((queue.len(), &queue[0]["company"]["id"], &queue[0]["unread"]), (1, &json!(company.id), &json!(true)));
    assert_eq!((&queue[0]["assignee"], &queue[0]["waits_since"]), (&Value::Null, &ticket["created_at"]));
    world.advance_minutes(7);
    let answer = write(&operator, &desk(&ticket), "Проверяем").await;
    assert_eq!((&answer["n"], &answer["author"]["full_name"]), (&json!(2), &json!("Сидорова Анна Павловна")));
    assert_eq!(operator.all(QUEUE, 10).await, Vec::<Value>::new(), "nobody waits");
    let answered = operator.all(&format!("{QUEUE}?state=answered"), 10).await;
    assert_eq!((&answered[0]["assignee"]["me"], &answered[0]["unread"]), (&json!(true), &json!(false)));

    let read = owner.get(&path(&ticket)).await.expect(200);
    assert_eq!(
        (&read["state"], &read["unread"], &read["message_count"]),
        (&json!("answered"), &json!(true), &json!(2))
    );
    assert_eq!(read["first_answered_at"], answer["at"]);
    // Of OKTAN a company is told the role.
    assert_eq!(read["messages"][1]["author"], json!({ "kind": "staff", "role": "operator", "me": false }));
    owner.post(&format!("{}/seen", path(&ticket)), json!({ "messages": 2 })).await.expect(204);
    assert_eq!(unread(&owner, "/v1/tickets").await, [false]);
    assert_eq!(
        unread(&company.user(Role::Viewer).await, "/v1/tickets").await,
        [true],
        "each person reads for themselves"
    );
    // What was seen stays seen.
    owner.post(&format!("{}/seen", path(&ticket)), json!({ "messages": 1 })).await.expect(204);
    assert_eq!(unread(&owner, "/v1/tickets").await, [false]);

    let closed = owner.post_nothing(&format!("{}/close", path(&ticket))).await.expect(200);
    assert_eq!(closed["state"], "closed");
    assert_eq!(owner.post_nothing(&format!("{}/close", path(&ticket))).await.expect(200)["state"], "closed");
    write(&owner, &path(&ticket), "Снова не работает").await;
    let again = owner.get(&path(&ticket)).await.expect(200);
    assert_eq!((&again["state"], &again["first_answered_at"]), (&json!("waiting"), &answer["at"]));
}

#[tokio::test]
async fn an_answer_is_mailed_with_its_link_to_everyone_who_wrote() {
    let world = World::start().await;
    let company = world.company().create().await;
    let (owner, viewer) = (company.owner().await, company.user(Role::Viewer).await);
    let ticket = begin(&viewer, "https://evil.example/ <b>Счёт</b>").await;
    write(&owner, &path(&ticket), "И я").await;
    company.user(Role::Manager).await.get(&path(&ticket)).await.expect(200);
    assert_eq!(world.notices().await.len(), 0);
    write(&world.admin().await, &desk(&ticket), "Секрет внутри").await;
    let letters = world.notices().await;
    let mut told: Vec<_> = letters.iter().map(|letter| letter.to.clone()).collect();
    told.sort();
    assert_eq!(told, [company.email.clone(), format!("viewer-{}@people.example", company.id)]);
    for letter in &letters {
        let link = letter.text.split_whitespace().find(|word| word.contains("://")).expect("a link");
        assert!(link.ends_with(&path(&ticket).replace("/v1", "")), "{letter:?}");
        assert!(!letter.text.contains("Секрет") && !letter.html.contains("<b>"), "{letter:?}");
        assert!(letter.subject.contains("№ 1"), "{letter:?}");
    }
}

#[tokio::test]
async fn a_ticket_is_its_companys_and_names_only_what_is_its_companys() {
    let world = World::start().await;
    let (one, other) = (world.company().create().await, world.company().create().await);
    let owner = one.owner().await;
    let (_, purchase) = one.pump.buy(one.card(), "5").await;
    let ask = json!({ "subject": "Лишние литры", "body": "Залили меньше", "entry_id": purchase["id"] });
    let ticket = owner.post("/v1/tickets", ask.clone()).await.expect(201);
    assert_eq!(owner.get(&format!("/v1/history/{}", ticket["entry_id"].as_str().unwrap())).await.status, 200);

    let stranger = other.owner().await;
    stranger.get(&path(&ticket)).await.problem(404, "not_found");
    for what in ["messages", "close", "seen"] {
        let body = match what {
            "messages" => json!({ "body": "х" }),
            "seen" => json!({ "messages": 1 }),
            _ => json!({}),
        };
        stranger.post(&format!("{}/{what}", path(&ticket)), body).await.problem(404, "not_found");
    }
    assert_eq!(stranger.all("/v1/tickets", 10).await, Vec::<Value>::new());
    stranger.post("/v1/tickets", ask).await.problem(404, "not_found");
    let of_card = |card: &str| json!({ "subject": "х", "body": "х", "card": card });
    stranger.post("/v1/tickets", of_card(one.card())).await.problem(404, "not_found");
    let no_entry = json!({ "subject": "х", "body": "х", "entry_id": "nonsense" });
    owner.post("/v1/tickets", no_entry).await.problem(404, "not_found");
    world.staff(Role::StaffEditor).await.get(QUEUE).await.problem(403, "forbidden");
    let cursor = {
        begin(&owner, "Второе").await;
        owner.get("/v1/tickets?limit=1").await.expect(200)["next_cursor"].as_str().expect("a cursor").to_owned()
    };
    stranger.get(&format!("/v1/tickets?limit=1&cursor={cursor}")).await.field("cursor", "cursor_invalid");
    assert_eq!(world.admin().await.all(QUEUE, 100).await.len(), 2, "nothing came of the others");
}

#[tokio::test]
async fn the_queue_begins_with_who_waits_longest_and_a_ticket_is_in_somebodys_care() {
    let world = World::start().await;
    let (one, other) = (world.company().create().await, world.company().create().await);
    let (first, second) = (begin(&one.owner().await, "Раньше").await, {
        world.advance_minutes(3);
        begin(&other.owner().await, "Позже").await
    });
    // More words do not move it back.
    write(&one.owner().await, &path(&first), "Ещё").await;
    let (operator, admin) = (world.staff(Role::StaffOperator).await, world.admin().await);
    let subjects = async |query: &str| -> Vec<Value> {
        operator.all(&format!("{QUEUE}{query}"), 1).await.iter().map(|ticket| ticket["subject"].clone()).collect()
    };
    assert_eq!(subjects("").await, ["Раньше", "Позже"]);
    let taken = operator.post_nothing(&format!("{}/assign", desk(&second))).await.expect(200);
    assert_eq!(taken["assignee"]["me"], true);
    assert_eq!(subjects("?assigned=me").await, ["Позже"]);
    assert_eq!(subjects("?assigned=nobody").await, ["Раньше"]);
    assert_eq!(subjects(&format!("?company_id={}", one.id)).await, ["Раньше"]);
    let assign = format!("{}/assign", desk(&first));
    let me = operator.get("/v1/session").await.expect(200)["user"]["id"].clone();
    admin.post(&assign, json!({ "user_id": me })).await.expect(200);
    assert_eq!(subjects("?assigned=me").await, ["Раньше", "Позже"]);
    let owner = one.owner().await.get("/v1/session").await.expect(200)["user"]["id"].clone();
    for nobody in [owner, json!(uuid::Uuid::new_v4())] {
        admin.post(&assign, json!({ "user_id": nobody })).await.field("user_id", "user_unknown");
    }
    assert_eq!(admin.delete(&assign).await.expect(200)["assignee"], Value::Null);
    let journal = admin.get(&format!("/v1/staff/companies/{}/journal", one.id)).await.expect(200);
    assert_eq!(
        (&journal["items"][0]["action"], &journal["items"][0]["subject"]),
        (&json!("ticket.assign"), &json!("ticket 1"))
    );
    assert_eq!(journal["items"][0]["before"]["assignee"], "Сидорова Анна Павловна");
    let theirs = one.owner().await.get("/v1/journal").await.expect(200);
    assert_eq!(theirs["items"][0]["before"], json!({}), "who of OKTAN is not told");
}

#[tokio::test]
async fn the_one_on_call_is_told_once_of_each_wait_of_fifteen_minutes() {
    let on_call_email = Some(Email::parse("duty@oktan.example").unwrap());
    let world = World::with(Options { on_call_email, ..Options::for_tests() }).await;
    let company = world.company().create().await;
    let owner = company.owner().await;
    let ticket = begin(&owner, "Срочно").await;
    let told = async || {
        let report = world.schedule(&json!({ "due": "tickets" })).await;
        assert_eq!((&report["mails"], &report["jobs"]), (&json!(0), &json!(0)), "nothing else is looked at");
        world.letters_to("duty@oktan.example").await.len()
    };
    world.advance_minutes(14);
    assert_eq!(told().await, 0);
    world.advance_minutes(1);
    for _ in 0..3 {
        assert_eq!(told().await, 1);
    }
    let letter = world.letters_to("duty@oktan.example").await.remove(0);
    assert!(letter.text.contains(&desk(&ticket).replace("/v1", "")) && letter.text.contains("Срочно"), "{letter:?}");
    // More of the same wait is no reason.
    write(&owner, &path(&ticket), "Ну где же вы").await;
    world.advance_minutes(60);
    assert_eq!(told().await, 1);
    write(&world.staff(Role::StaffOperator).await, &desk(&ticket), "Мы здесь").await;
    let session = company.owner().await;
    write(&session, &path(&ticket), "Спасибо, и ещё").await;
    world.advance_minutes(16);
    assert_eq!(told().await, 2, "another wait");
    let session = company.owner().await;
    let closed = begin(&session, "Само прошло").await;
    session.post_nothing(&format!("{}/close", path(&closed))).await.expect(200);
    world.advance_minutes(16);
    assert_eq!(told().await, 2, "nobody waits in a closed one");
}

async fn blocked(company: &Company) -> (Caller, Value) {
    let owner = company.owner().await;
    owner.post_nothing(&format!("/v1/cards/{}/block", company.card())).await.expect(200);
    let ask = json!({ "subject": "Снимите блокировку", "body": "Нашлась", "card": company.card() });
    let ticket = owner.post("/v1/tickets", ask).await.expect(201);
    (owner, ticket)
}

#[tokio::test]
async fn a_clients_block_is_lifted_by_an_operator_only_from_a_ticket_of_somebody_who_may() {
    let world = World::start().await;
    let company = world.company().create().await;
    let operator = world.staff(Role::StaffOperator).await;
    let (owner, ticket) = blocked(&company).await;
    let card = format!("/v1/cards/{}", company.card());
    operator.post_nothing(&format!("/v1/staff/cards/{}/unblock", company.card())).await.expect(200);
    assert_eq!(owner.get(&card).await.expect(200)["status"], "blocked", "OKTAN's own only");
    let lifted = operator.post_nothing(&format!("{}/card/unblock", desk(&ticket))).await.expect(200);
    assert_eq!(lifted["status"], "active");
    let act = owner.get("/v1/journal").await.expect(200)["items"][0].clone();
    assert_eq!((&act["action"], &act["actor"]["role"]), (&json!("card.unblock"), &json!("operator")));
    assert_eq!(act["reason"], "по обращению № 1");

    world.advance_minutes(1);
    owner.post_nothing(&format!("{card}/block")).await.expect(200);
    let again = operator.post_nothing(&format!("{}/card/unblock", desk(&ticket))).await;
    again.problem(409, "ticket_not_entitled");
    let ask = json!({ "subject": "Снимите", "body": "Прошу", "card": company.card() });
    let by_viewer = company.user(Role::Viewer).await.post("/v1/tickets", ask).await.expect(201);
    let unblock = async |ticket: &Value| operator.post_nothing(&format!("{}/card/unblock", desk(ticket))).await;
    unblock(&by_viewer).await.problem(409, "ticket_not_entitled");
    unblock(&begin(&owner, "Без карты").await).await.problem(409, "ticket_without_card");
    owner.post_nothing(&format!("{}/close", path(&ticket))).await.expect(200);
    unblock(&ticket).await.problem(409, "ticket_closed");
    world
        .staff(Role::StaffAccountant)
        .await
        .post_nothing(&format!("{}/card/unblock", desk(&ticket)))
        .await
        .problem(403, "forbidden");
    assert_eq!(owner.get(&card).await.expect(200)["status"], "blocked");
}

#[tokio::test]
async fn a_suspended_company_still_writes() {
    let world = World::start().await;
    let company = world.company().create().await;
    world.admin().await.post_nothing(&format!("/v1/staff/companies/{}/suspend", company.id)).await.expect(200);
    begin(&company.owner().await, "За что?").await;
}
