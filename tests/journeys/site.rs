//! The public site: whole without a script, in two languages, nothing in it but what the house says.

use oktan_public::site::{ADDRESSES, ENTRANCES, is_ours, land, sentences};
use oktan_shared::domain::geo::Point;
use oktan_tests::{Answer, Caller, Value, World, json};
use reqwest::Method;
use std::collections::BTreeSet;

const PAGES: [&str; 8] =
    ["", "/stations", "/services", "/about", "/become-a-client", "/news", "/promotions", "/contacts"];

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.bytes.clone()).expect("UTF-8")
}

/// Every page in both languages.
fn pages() -> Vec<String> {
    let english = PAGES.iter().map(|path| format!("/en{path}"));
    PAGES.iter().map(|path| if path.is_empty() { "/".to_owned() } else { (*path).to_owned() }).chain(english).collect()
}

async fn open(caller: &Caller, path: &str) -> String {
    let answer = caller.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
    text(&answer)
}

/// What stands in the attributes of this name.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).map(|rest| rest.split('"').next().expect("a value")).collect()
}

async fn station(world: &World, code: &str, name: &str, at: (f64, f64), amenities: Value, fuels: Value) {
    let station = json!({
        "code": code, "name": name, "address": "Ставрополь, ул. Мира, 1", "latitude": at.0, "longitude": at.1,
        "amenities": amenities, "fuels": fuels,
    });
    world.admin().await.post("/v1/staff/stations", station).await.expect(201);
}

async fn three_stations() -> (World, Caller) {
    let world = World::start().await;
    station(
        &world,
        "12",
        "АЗС № 12",
        (45.01, 41.93),
        json!(["cafe", "24h"]),
        json!({ "DT": "71.90", "AI95": "64.30" }),
    )
    .await;
    station(&world, "7", "АЗС № 7", (44.63, 41.94), json!(["wash"]), json!({ "DT": "70.50" })).await;
    station(&world, "34", "АЗС № 34", (44.21, 43.13), json!(["cafe", "wash"]), json!({ "CNG": "28.00" })).await;
    let stranger = world.stranger();
    (world, stranger)
}

/// The codes of the stations in a page's list, in order.
fn listed(html: &str) -> Vec<&str> {
    html.split("<article").skip(1).filter_map(|card| attributes(card, "href").first()?.rsplit('/').next()).collect()
}

#[tokio::test]
async fn every_page_is_whole_without_a_script() {
    let (world, stranger) = three_stations().await;
    let duty = world.app().config.duty_phone.clone();
    let mut titles = BTreeSet::new();
    for path in pages().iter().map(String::as_str).chain(["/stations/12", "/en/stations/12"]) {
        let html = open(&stranger, path).await;
        let language = if path.starts_with("/en") { "en" } else { "ru" };
        assert!(html.starts_with(&format!("<!DOCTYPE html><html lang=\"{language}\">")), "{path}");
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
        let own = format!("{}{path}", world.stack().base_url.as_str().trim_end_matches('/'));
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{own}\">")), "{path}: {own}");
        let languages: BTreeSet<_> =
            attributes(html.split("</head>").next().unwrap(), "hreflang").into_iter().collect();
        assert_eq!(languages, BTreeSet::from(["ru", "en", "x-default"]), "{path}");
        let description = html.split("<meta name=\"description\" content=\"").nth(1).expect("a description");
        assert!(description.split('"').next().unwrap().chars().count() > 40, "{path}");
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
        assert!(titles.insert(title.to_owned()), "{path}: another page is called {title}");
        assert!(html.contains(&duty) && html.contains("href=\"/login\""), "{path}");
        for script in html.split("<script").skip(1) {
            let own = script.starts_with(" src=\"/site/site-") || script.starts_with(" type=\"application/ld+json\"");
            assert!(own, "{path}: {script}");
        }
        assert!(!html.contains(" style=") && !html.contains(" onclick="), "{path}: the policy allows nothing inline");
    }
}

#[tokio::test]
async fn every_link_leads_somewhere() {
    let (_world, stranger) = three_stations().await;
    let mut seen = BTreeSet::new();
    let mut ahead = vec!["/".to_owned()];
    while let Some(path) = ahead.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = stranger.get(&path.replace("&amp;", "&")).await;
        assert_eq!(answer.status, 200, "{path}");
        if answer.header("content-type").starts_with("text/html") {
            let html = text(&answer);
            let links = attributes(&html, "href").into_iter().chain(attributes(&html, "src"));
            let inside = links.filter(|link| link.starts_with('/') && is_ours(link.split('?').next().unwrap()));
            ahead.extend(inside.map(str::to_owned));
        }
    }
    assert!(seen.len() > 20 && seen.contains("/en/stations/34"), "{seen:?}");
}

#[tokio::test]
async fn what_people_typed_is_text() {
    let world = World::start().await;
    let name = "<script>alert(1)</script>\"'&</title>";
    station(&world, "12", name, (45.01, 41.93), json!([]), json!({ "DT": "71.90" })).await;
    let stranger = world.stranger();
    for path in [
        "/",
        "/stations",
        "/stations/12",
        "/en/stations/12",
        "/services",
        "/stations?near=%3Cscript%3Ealert(1)%3C/script%3E%22",
    ] {
        let html = open(&stranger, path).await;
        assert!(!html.contains("<script>") && !html.contains("alert(1)</script>"), "{path}");
    }
    let html = open(&stranger, "/stations/12").await;
    let facts = html.split("application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next()).unwrap();
    let facts: Value = serde_json::from_str(facts).expect("JSON");
    assert_eq!((&facts["@type"], &facts["name"]), (&json!("GasStation"), &json!(name)));
}

#[tokio::test]
async fn stations_are_filtered_and_the_nearest_comes_first() {
    let (_world, stranger) = three_stations().await;
    for (query, codes) in [
        ("", vec!["7", "12", "34"]),
        ("?utm_source=letter&fuel=", vec!["7", "12", "34"]),
        ("?fuel=DT", vec!["7", "12"]),
        ("?fuel=CNG&amenity=cafe&amenity=wash", vec!["34"]),
        ("?amenity=24h&amenity=wash", vec![]),
        ("?near=%D0%9F%D1%8F%D1%82%D0%B8%D0%B3%D0%BE%D1%80%D1%81%D0%BA", vec!["34", "7", "12"]),
        ("?near=stavropol", vec!["12", "7", "34"]),
        ("?near=44.6,+41.9", vec!["7", "12", "34"]),
        ("?near=44,6+41,9&fuel=DT", vec!["7", "12"]),
        ("?near=%D1%83%D0%BB.+%D0%BC%D0%B8%D1%80%D0%B0", vec!["12", "7", "34"]),
    ] {
        let html = open(&stranger, &format!("/stations{query}")).await;
        assert_eq!(listed(&html), codes, "{query}");
        assert_eq!(html.contains("по прямой"), query.contains("near"), "{query}");
    }
    let html = open(&stranger, "/stations?near=Atlantis").await;
    assert!(html.contains("Такого места мы не знаем") && html.contains("aria-invalid=\"true\""));
    assert!(
        html.contains("value=\"Atlantis\"") && listed(&html).len() == 3,
        "what was typed stays, and so do the stations"
    );
}

#[tokio::test]
async fn the_map_has_a_link_for_each_station() {
    let (_world, stranger) = three_stations().await;
    let html = open(&stranger, "/en/stations").await;
    let map = html.split("<svg class=\"map\"").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a map");
    let pins: Vec<_> = map.split("<a class=\"pin\"").skip(1).map(|pin| attributes(pin, "href")[0]).collect();
    assert_eq!(pins, ["/en/stations/7", "/en/stations/12", "/en/stations/34"]);
    assert!(attributes(map, "aria-label").contains(&"АЗС № 12"));
}

#[tokio::test]
async fn prices_are_what_the_stations_ask() {
    let (_world, stranger) = three_stations().await;
    let html = open(&stranger, "/").await;
    assert!(html.contains("70,50\u{a0}₽") && html.contains("28,00\u{a0}₽") && html.contains("за м³"));
    assert!(open(&stranger, "/en/stations/12").await.contains("71.90\u{a0}₽"));
}

#[tokio::test]
async fn what_is_not_there_says_so_in_html() {
    let (world, stranger) = three_stations().await;
    // A gateway with a list of routes answers itself what is on none of them; deployed, the rest is the site's.
    let unlisted = ["/stations/12/more", "/about-us", "/en/nothing"];
    for path in
        ["/stations/99", "/en/stations/99", "/stations/a%20b", "/site/absent.css.map"].into_iter().chain(unlisted)
    {
        if world.is_parity() && unlisted.contains(&path) {
            continue;
        }
        let answer = stranger.get(path).await;
        assert_eq!((answer.status, answer.header("content-type")), (404, "text/html; charset=utf-8"), "{path}");
        let (html, language) = (text(&answer), if path.starts_with("/en/") { "en" } else { "ru" });
        assert!(html.contains(&format!("<html lang=\"{language}\">")) && html.contains("noindex"), "{path}");
        assert!(html.contains("href=\"/login\"") && !html.contains("canonical"), "{path}");
    }
    if !world.is_parity() {
        assert!(text(&stranger.get("/en/").await).contains("<html lang=\"en\">"), "an address without its last slash");
        assert_eq!(stranger.post_nothing("/about").await.status, 405);
    }
    stranger.get("/v1/nothing").await.unrouted(404, "not_found");
}

#[tokio::test]
async fn a_head_is_answered_like_a_get() {
    let (world, stranger) = three_stations().await;
    let editor = world.admin().await;
    let publish = async |language: &str| {
        let news = json!({ "title": "Новость", "body": "х", "language": language });
        let written = editor.post("/v1/staff/news", news).await.expect(201);
        written["slug"].as_str().expect("a slug").to_owned()
    };
    let (ru, en) = (publish("ru").await, publish("en").await);
    let day = |days| (world.now() + chrono::TimeDelta::days(days)).format("%Y-%m-%d").to_string();
    let promotion = json!({
        "title": "Акция", "body": "х", "english": { "title": "An offer", "body": "x" }, "from": day(-1), "to": day(30),
        "discount": { "per_unit": "1.00" },
    });
    let promotion = editor.post("/v1/staff/promotions", promotion).await.expect(201);
    let promotion = format!("an-offer-{}", promotion["id"].as_str().expect("an id"));
    for (address, methods) in ADDRESSES {
        assert!(methods.contains(&"HEAD"));
        let path = address.replace("{code}", "12").replace("{name}", "site-0.css");
        let news = if path.starts_with("/en") { &en } else { &ru };
        let path = path.replace("{slug}", if path.contains("/promotions/") { &promotion } else { news });
        let answer = stranger.ask(Method::HEAD, &path).send().await;
        assert_eq!((answer.status, answer.bytes.len()), (200, 0), "{path}");
        let shown = stranger.get(&path).await;
        assert_eq!(shown.header("content-type"), answer.header("content-type"), "{path}");
        assert!(is_ours(&path), "{path}");
    }
    assert!(ENTRANCES.iter().all(|entrance| is_ours(entrance.trim_end_matches('*'))));
}

#[tokio::test]
async fn the_sitemap_lists_every_page_and_the_cabinet_is_nobodys_to_find() {
    let (world, stranger) = three_stations().await;
    let base = world.stack().base_url.as_str().trim_end_matches('/').to_owned();
    let answer = stranger.get("/sitemap.xml").await;
    assert_eq!(answer.header("content-type"), "application/xml; charset=utf-8");
    let map = text(&answer);
    let listed: BTreeSet<_> = map.split("<loc>").skip(1).filter_map(|rest| rest.split("</loc>").next()).collect();
    let stations =
        ["7", "12", "34"].iter().flat_map(|code| [format!("/stations/{code}"), format!("/en/stations/{code}")]);
    let wanted: BTreeSet<String> = pages().into_iter().chain(stations).map(|path| format!("{base}{path}")).collect();
    assert_eq!(listed, wanted.iter().map(String::as_str).collect());
    let robots = text(&stranger.get("/robots.txt").await);
    assert!(robots.contains(&format!("Sitemap: {base}/sitemap.xml")) && robots.contains("Disallow: /activation/"));
    assert!(!pages().iter().any(|page| robots.contains(&format!("Disallow: {page}\n"))), "{robots}");
}

#[tokio::test]
async fn files_are_kept_by_their_version() {
    let (_world, stranger) = three_stations().await;
    let html = open(&stranger, "/").await;
    let files =
        attributes(&html, "href").into_iter().chain(attributes(&html, "src")).filter(|link| link.starts_with("/site/"));
    let files: BTreeSet<_> = files.collect();
    assert_eq!(files.len(), 4, "{files:?}");
    for file in files {
        let answer = stranger.get(file).await;
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable", "{file}");
    }
    let old = stranger.get("/site/site-0123.css").await;
    assert_eq!((old.status, old.header("cache-control")), (200, "no-cache"), "an older page's stylesheet is today's");
    assert_eq!(stranger.get("/").await.header("cache-control"), "public, max-age=60");
    let asks_where = |answer: Answer| answer.header("permissions-policy").contains("geolocation=(self)");
    assert!(asks_where(stranger.get("/stations").await) && !asks_where(stranger.get("/about").await));
}

#[test]
fn both_languages_say_everything() {
    let places = |text: &str| -> BTreeSet<String> {
        text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect()
    };
    for (name, ru, en) in sentences() {
        assert!(!ru.trim().is_empty() && !en.trim().is_empty(), "{name}");
        assert_eq!(places(ru), places(en), "{name}");
        let is_cyrillic = |text: &str| text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
        assert!(!is_cyrillic(en) || name.starts_with("other_language"), "{name}: {en}");
        // What is put together of what is filled in alone has no words of its own.
        let own: String = ru.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        let wordless = !own.chars().any(char::is_alphabetic);
        let excepted = name.starts_with("other_language") || name == "wifi";
        assert!(is_cyrillic(ru) || wordless || excepted, "{name}: {ru}");
    }
    assert!(sentences().len() > 100);
}

#[test]
fn every_town_lies_within_the_region() {
    let within = |at: Point| {
        let edges = land::OUTLINE.iter().zip(land::OUTLINE.iter().cycle().skip(1));
        let crossed = edges.filter(|(a, b)| {
            let spans = (a.north > at.north) != (b.north > at.north);
            // The edge's longitude where it crosses this latitude, without dividing.
            let (rise, run) = (i128::from(b.north - a.north), i128::from(b.east - a.east));
            let reach = i128::from(at.north - a.north) * run - i128::from(at.east - a.east) * rise;
            spans && (reach > 0) == (rise > 0)
        });
        crossed.count() % 2 == 1
    };
    for town in &land::TOWNS {
        assert!(within(town.at), "{}", town.en);
    }
    assert!(
        !within(Point::at(4500, 4112)) && !within(Point::at(4620, 4180)),
        "Armavir and Gorodovikovsk are the neighbours'"
    );
}
