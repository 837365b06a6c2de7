//! Tickets, disputes, articles and promotions: the things that samples are about, and their bodies.

use super::papers::Papers;
use oktan_tests::document::Operation;
use oktan_tests::{Company, Value, World, json};

/// A promotion of everything for everybody.
fn promotion(world: &World) -> Value {
    let day = |days| (world.now() + chrono::TimeDelta::days(days)).format("%Y-%m-%d").to_string();
    json!({
        "title": "Осень", "body": "Дешевле", "from": day(-1), "to": day(30), "products": [], "stations": [],
        "discount": { "per_unit": "1.00" }, "minimum_quantity": "1",
    })
}

/// Something of each.
pub struct Service {
    /// A ticket about the company's card, of its owner.
    ticket: String,
    /// A dispute of its owner, and another that is to be returned.
    disputes: [String; 2],
    /// An article of two versions, in Russian.
    slug: String,
    /// A promotion for the company alone.
    own: String,
    /// A promotion for everybody: the end of its address.
    public: String,
    /// A draft of one.
    draft: String,
    /// Documents and invoices.
    papers: Papers,
}

impl Service {
    pub async fn set(world: &World, company: &Company) -> Self {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let ask = json!({ "subject": "Карта не работает", "body": "Что с ней?", "card": company.card() });
        let ticket = text(&company.owner().await.post("/v1/tickets", ask).await.expect(201)["id"]);
        let disputed = async || {
            let (_, bought) = company.pump.buy(company.card(), "1").await;
            let path = format!("/v1/history/{}/dispute", text(&bought["id"]));
            text(&company.owner().await.post(&path, json!({ "reason": "Не мы" })).await.expect(201)["id"])
        };
        let disputes = [disputed().await, disputed().await];
        let (slug, admin) = (format!("article-{}", world.number()), world.admin().await);
        let ask = json!({ "slug": slug, "title": "Лимиты", "body": "Раз", "language": "ru" });
        admin.post("/v1/staff/articles", ask).await.expect(201);
        admin.patch(&format!("/v1/staff/articles/{slug}.ru"), json!({ "body": "Два" })).await.expect(200);
        // As many may be open at once: those that are for companies of stages before make room.
        let open = admin.all("/v1/staff/promotions", 100).await.into_iter();
        let open: Vec<_> = open.filter(|one| one["state"] == "running" && one["companies"] != json!([])).collect();
        for one in open.iter().filter(|_| open.len() > 20) {
            admin.delete(&format!("/v1/staff/promotions/{}", text(&one["id"]))).await.expect(204);
        }
        let company_ids = [company.id.clone()];
        let promotion = async |change: Value| {
            let mut ask = promotion(world);
            ask.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
            text(&admin.post("/v1/staff/promotions", ask).await.expect(201)["id"])
        };
        let own = promotion(json!({ "companies": company_ids })).await;
        // One for all stages: every company is told of it.
        let public = world.stranger().get("/v1/public/promotions").await.expect(200)["items"][0]["id"].clone();
        let public = if public.is_null() { promotion(json!({})).await } else { text(&public) };
        let public = format!("sale-{public}");
        let draft = promotion(json!({ "published": false })).await;
        Self { ticket, disputes, slug, own, public, draft, papers: Papers::set(world, company).await }
    }

    /// The path of an operation that is about one of them.
    pub fn path(&self, operation: &Operation) -> String {
        let path = &self.papers.path(operation);
        let id = if path.contains("/tickets/") {
            self.ticket.clone()
        } else if path.contains("/disputes/") {
            self.disputes[usize::from(operation.id == "refund_dispute")].clone()
        } else if path.contains("/articles/") {
            format!("{}.ru", self.slug)
        } else if path.contains("/staff/promotions/") {
            self.draft.clone()
        } else if path.contains("/promotions/") {
            return path.replace("{id}", &self.own).replace("{slug}", &self.public);
        } else {
            return path.clone();
        };
        path.replace("{id}", &id).replace("{slug}", &self.slug).replace("{version}", "1")
    }

    /// A body, with every optional field; `null` where it is no operation on them. `card` and `entry` are the company's.
    pub fn body(operation: &str, card: &str, entry: &str, number: u32) -> Value {
        match operation {
            "create_ticket" => json!({
                "subject": "Карта не работает", "body": "Здравствуйте!\nЧто с ней?", "card": card, "entry_id": entry,
            }),
            "write_ticket" => json!({ "body": "Здравствуйте!\nЧто с ней?" }),
            "answer_ticket" => json!({ "body": "Здравствуйте!\nСмотрим", "seen": 200 }),
            "close_staff_ticket" => json!({ "seen": 200 }),
            "mark_ticket_seen" | "mark_staff_ticket_seen" => json!({ "messages": 1 }),
            "close_ticket" | "assign_ticket" | "unblock_card_of_ticket" | "restore_article_version" => json!({}),
            "dispute_entry" => json!({ "reason": "Машина стояла в гараже" }),
            "withdraw_dispute" => json!({}),
            "refuse_dispute" => json!({ "reason": "ПИН верный" }),
            "refund_dispute" => json!({ "quantity": "0.500", "reason": "так надо" }),
            "ask_correction" => json!({ "what": "inn", "body": "Верный ИНН в приложении\nк договору" }),
            "edit_preferences" => json!({
                "language": "en", "notifications": [{ "kind": "block", "mail": false, "app": true }],
            }),
            "see_notifications" => json!({ "until": "2026-11-20T09:00:00Z" }),
            "trust_mail" => json!({}),
            "create_article" => json!({
                "slug": format!("new-{number}"), "title": "Лимиты", "body": "**Потолок**\n\nлитров", "language": "ru",
                "category": "how_to", "audience": "clients", "published": true,
            }),
            "join_promotion" => json!({}),
            "create_promotion" | "edit_promotion" => json!({
                "title": "Осень", "body": "**Дешевле**", "english": { "title": "Autumn", "body": "**Cheaper**" },
                "from": "2026-09-01", "to": "2099-12-31", "products": ["DT"], "stations": ["12"],
                "companies": [&card[4..12]], "discount": { "percent": "5.00" }, "minimum_quantity": "10.000",
                "published": false,
            }),
            "edit_article" => json!({
                "title": "Лимиты", "body": "**Потолок**\n\nлитров", "category": "tariffs", "audience": "staff",
                "published": false,
            }),
            other => Papers::body(other),
        }
    }
}
