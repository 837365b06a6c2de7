//! The tour of `/_local`, walked: what its steps promise is what happens.

use std::error::Error;
use std::time::Duration;

use oktan_local::{Options, Seed, Stack};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// A visitor with a browser.
struct Visitor {
    browser: Client,
    base: String,
    card: String,
}

impl Visitor {
    fn to(stack: &Stack) -> Outcome<Self> {
        let demo = stack.demo.as_ref().ok_or("no demo")?;
        let card = demo.cards().first().ok_or("no card")?.number.clone();
        let browser = Client::builder().cookie_store(true).build()?;
        Ok(Self { browser, base: stack.base_url.as_str().trim_end_matches('/').to_owned(), card })
    }

    /// One click; the app it leads to need not be built.
    async fn sign_in(&self, login: &str) -> Outcome {
        let form = [("next", "/v1/session")];
        let landed = self.browser.post(format!("{}/_local/sign-in/{login}", self.base)).form(&form).send().await?;
        let session: Value = landed.error_for_status()?.json().await?;
        assert_eq!(session["user"]["login"], login);
        Ok(())
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Outcome<Value> {
        let mut call = self.browser.request(method, format!("{}{path}", self.base));
        if let Some(body) = body {
            call = call.header("if-match", "*").json(&body);
        }
        let answer = call.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        assert!(status.is_success(), "{path}: {status} {text}");
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    async fn get(&self, path: &str) -> Outcome<Value> {
        self.call(Method::GET, path, None).await
    }

    /// Asks at the pump's page; the page that shows the receipts, and the request.
    async fn pump(&self, litres: &str, less_will_do: bool) -> Outcome<(String, String)> {
        let request = uuid::Uuid::new_v4().to_string();
        let mut form = vec![
            ("request_id", request.as_str()),
            ("card", &self.card),
            ("station", "12"),
            ("product", "DT"),
            ("quantity", litres),
            ("price", ""),
        ];
        if less_will_do {
            form.push(("partial_ok", "yes"));
        }
        let page = self.browser.post(format!("{}/_local/pump", self.base)).form(&form).send().await?;
        Ok((newest(&page.error_for_status()?.text().await?), request))
    }

    async fn act(&self, request: &str, what: &str, litres: &str) -> Outcome<String> {
        let act = self.browser.post(format!("{}/_local/pump/{request}/{what}", self.base));
        let page = act.form(&[("quantity", litres)]).send().await?;
        Ok(newest(&page.error_for_status()?.text().await?))
    }
}

/// The first receipt on the page.
fn newest(page: &str) -> String {
    let from = page.split("<article").nth(1).unwrap_or_default();
    from.split("</article>").next().unwrap_or_default().to_owned()
}

async fn demo() -> Outcome<Stack> {
    let options = Options { seed: Seed::Demo, ..Options::for_tests() };
    Ok(Stack::start(options).await?)
}

#[tokio::test]
async fn the_ten_steps_go_as_the_page_says() -> Outcome {
    let stack = demo().await?;
    let visitor = Visitor::to(&stack)?;
    let card = format!("/v1/cards/{}", visitor.card);

    // 1. A real refusal.
    visitor.sign_in("kolos").await?;
    let refusals = visitor.get("/v1/history?type=decline").await?;
    assert_eq!(refusals["items"][0]["reason"]["remaining"], "31.500");
    // 2. The same at the pump.
    let (receipt, _) = visitor.pump("40", false).await?;
    assert!(receipt.contains("✕ Отказ") && receipt.contains("31,50 л"), "{receipt}");
    // 3. Less, held and given back.
    let (receipt, request) = visitor.pump("40", true).await?;
    assert!(receipt.contains("◐ Одобрено частично") && receipt.contains("31,500 л"), "{receipt}");
    assert_eq!(visitor.get(&card).await?["holds"][0]["quantity"], "31.500");
    let receipt = visitor.act(&request, "reverse", "").await?;
    assert!(receipt.contains("Отменено"), "{receipt}");
    assert_eq!(visitor.get(&card).await?["can_fuel_now"]["quantity"], "31.500");
    // 4. A higher limit.
    let limit = json!({ "limits": [{ "measure": "litres", "period": "day", "amount": "150" }] });
    let rules = visitor.call(Method::PUT, &format!("{card}/limits"), Some(limit)).await?;
    assert_eq!(rules["limits"][0]["used"], "73.500");
    // 5. and 6. It passes, and the money moves by what was dispensed.
    let before = visitor.get("/v1/balance").await?;
    let (receipt, request) = visitor.pump("40", false).await?;
    assert!(receipt.contains("✓ Одобрено"), "{receipt}");
    let receipt = visitor.act(&request, "capture", "38,6").await?;
    assert!(receipt.contains("Отпущено 38,600 л") && receipt.contains("2775,34"), "{receipt}");
    let after = visitor.get("/v1/balance").await?;
    let kopecks = |balance: &Value| balance["available"].as_str().map(|text| text.replace('.', "").parse::<i64>());
    assert_eq!(kopecks(&before).ok_or("no balance")?? - kopecks(&after).ok_or("no balance")??, 277_534);
    assert_eq!(visitor.get("/v1/history").await?["items"][0]["quantity"], "38.600");
    // 7. Blocked, refused, unblocked, passes.
    visitor.call(Method::POST, &format!("{card}/block"), Some(json!({}))).await?;
    let (receipt, _) = visitor.pump("10", false).await?;
    assert!(receipt.contains("card_blocked"), "{receipt}");
    visitor.call(Method::POST, &format!("{card}/unblock"), Some(json!({}))).await?;
    let (receipt, request) = visitor.pump("10", false).await?;
    assert!(receipt.contains("✓ Одобрено"), "{receipt}");
    visitor.act(&request, "capture", "10").await?;
    // 8. Suspended, refused, resumed.
    visitor.sign_in("admin").await?;
    let companies = visitor.get("/v1/staff/companies").await?;
    let companies = companies["items"].as_array().ok_or("no companies")?;
    let company = companies.iter().find(|company| company["name"] == "ООО «Колос-Транс»");
    let company = company.and_then(|company| company["id"].as_str()).ok_or("no company")?;
    visitor.call(Method::POST, &format!("/v1/staff/companies/{company}/suspend"), Some(json!({}))).await?;
    let (receipt, _) = visitor.pump("10", false).await?;
    assert!(receipt.contains("company_suspended"), "{receipt}");
    visitor.call(Method::POST, &format!("/v1/staff/companies/{company}/resume"), Some(json!({}))).await?;
    // 9. A register with bad lines, and the same again.
    let register = visitor.browser.get(format!("{}/_local/register.csv", visitor.base)).send().await?.bytes().await?;
    for (created, existing) in [(4, 0), (0, 4)] {
        let import = visitor.browser.post(format!("{}/v1/staff/companies/import", visitor.base));
        let import = import.header("content-type", "application/octet-stream").body(register.clone());
        let imported: Value = import.send().await?.error_for_status()?.json().await?;
        let count = |list: &str| imported[list].as_array().map(Vec::len);
        assert_eq!((count("created"), count("existing"), count("failed")), (Some(created), Some(existing), Some(4)));
        let codes: Vec<_> =
            imported["failed"].as_array().into_iter().flatten().map(|row| row["code"].clone()).collect();
        assert_eq!(codes, ["inn_check_digit", "email_malformed", "inn_taken", "formula_cell"]);
    }
    // 10. Tomorrow.
    visitor.call(Method::POST, "/_local/clock", Some(json!({ "advance_s": 86_400 }))).await?;
    let (receipt, _) = visitor.pump("120", false).await?;
    assert!(receipt.contains("✓ Одобрено"), "{receipt}");
    let session = visitor.browser.get(format!("{}/v1/session", visitor.base)).send().await?;
    assert_eq!(session.status(), StatusCode::UNAUTHORIZED);
    stack.stop().await;
    Ok(())
}

#[tokio::test]
async fn every_role_signs_in_by_one_click_and_has_its_page() -> Outcome {
    // Login, kind, role, the first page, and what that page reads.
    const ROLES: [(&str, &str, &str, &str, &str); 10] = [
        ("kolos", "client", "owner", "/overview", "/v1/balance"),
        ("kolos-manager", "client", "manager", "/overview", "/v1/balance"),
        ("kolos-buh", "client", "accountant", "/overview", "/v1/balance"),
        ("kolos-viewer", "client", "viewer", "/overview", "/v1/balance"),
        ("stavstroy", "client", "owner", "/overview", "/v1/balance"),
        ("romanenko", "client", "owner", "/overview", "/v1/balance"),
        ("admin", "staff", "admin", "/staff/companies", "/v1/staff/companies"),
        ("oktan-operator", "staff", "operator", "/staff/companies", "/v1/staff/companies"),
        ("oktan-buh", "staff", "accountant", "/staff/companies", "/v1/staff/companies"),
        ("oktan-editor", "staff", "editor", "/staff/news", "/v1/staff/news"),
    ];
    let stack = demo().await?;
    let visitor = Visitor::to(&stack)?;
    let start = visitor.browser.get(format!("{}/_local", visitor.base)).send().await?.text().await?;
    assert_eq!(start.matches("class=\"person\"").count(), ROLES.len());
    let stay = reqwest::redirect::Policy::none();
    let browser = Client::builder().cookie_store(true).redirect(stay).build()?;
    let visitor = Visitor { browser, ..visitor };
    for (login, kind, role, home, reads) in ROLES {
        let click = format!("/_local/sign-in/{login}");
        assert!(start.contains(&format!("action=\"{click}\"")), "{login} is not on the page");
        let empty: [(&str, &str); 0] = [];
        let landed = visitor.browser.post(format!("{}{click}", visitor.base)).form(&empty).send().await?;
        let to = landed.headers().get("location").and_then(|to| to.to_str().ok());
        assert_eq!((landed.status(), to), (StatusCode::SEE_OTHER, Some(home)), "{login}");
        let session = visitor.get("/v1/session").await?;
        assert_eq!((&session["user"]["kind"], &session["user"]["role"]), (&json!(kind), &json!(role)));
        assert_eq!(session["must_change_password"], false);
        visitor.get(reads).await?;
    }
    // The roles are real: a viewer blocks nothing.
    let click = visitor.browser.post(format!("{}/_local/sign-in/kolos-viewer", visitor.base));
    click.form(&[("next", "/overview")]).send().await?;
    let block = visitor.browser.post(format!("{}/v1/cards/{}/block", visitor.base, visitor.card));
    assert_eq!(block.json(&json!({})).send().await?.status(), StatusCode::FORBIDDEN);
    stack.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_letter_reaches_the_mailbox_and_its_link_works() -> Outcome {
    let stack = demo().await?;
    let visitor = Visitor::to(&stack)?;
    stack.deliver().await?;
    let before = stack.mails().len();
    assert!(before > 0, "the owner was told of the changed password");

    visitor.sign_in("admin").await?;
    let company = json!({
        "inn": "7707083893", "name": "ПАО Пример", "contract_number": "1", "contract_date": "2026-01-01",
        "contact": { "full_name": "Пример П. П.", "phone": "+7 495 000-00-00", "email": "office@primer.example" },
        "owner": { "login": "primer", "full_name": "Пример П. П.", "email": "primer@primer.example" },
        "credentials": "mail",
    });
    visitor.call(Method::POST, "/v1/staff/companies", Some(company)).await?;
    stack.deliver().await?;
    let mails = stack.mails();
    let mail = mails.last().filter(|_| mails.len() == before + 1).ok_or("no letter")?;
    assert_eq!(mail.to, "primer@primer.example");
    let link = mail.text.split_whitespace().find(|word| word.starts_with("http")).ok_or("no link")?;
    assert!(link.starts_with(stack.base_url.as_str()) && link.contains("/activation/"), "{link}");
    let page = visitor.browser.get(format!("{}/_local/outbox", visitor.base)).send().await?.text().await?;
    assert!(page.contains(&format!("<a href=\"{link}\"")));
    let listed = visitor.get("/_local/outbox.json").await?;
    assert_eq!(listed.as_array().and_then(|mails| mails.last()).map(|mail| &mail["to"]), Some(&json!(mail.to)));
    stack.stop().await;
    Ok(())
}

#[tokio::test]
async fn the_next_day_begins_like_the_first() -> Outcome {
    let dir = std::env::temp_dir().join(format!("stand-{}", uuid::Uuid::new_v4()));
    let options = Options { seed: Seed::Demo, data_dir: Some(dir.clone()), ..Options::for_tests() };
    let stack = Stack::start(options.clone()).await?;
    stack.advance(Duration::from_secs(86_400))?;
    stack.stop().await;

    let stack = Stack::start(options.clone()).await?;
    let visitor = Visitor::to(&stack)?;
    visitor.sign_in("kolos").await?;
    let card = visitor.get(&format!("/v1/cards/{}", visitor.card)).await?;
    assert_eq!(card["can_fuel_now"]["quantity"], "31.500");
    let refusals = visitor.get(&format!("/v1/history?type=decline&card={}", visitor.card)).await?;
    assert_eq!(refusals["items"].as_array().map(Vec::len), Some(2));
    stack.stop().await;
    std::fs::remove_dir_all(&dir)?;
    Ok(())
}
