//! The pump's page: the form on the left, the receipts on the right.

use chrono::{DateTime, FixedOffset};
use uuid::Uuid;

use super::Wish;
use crate::demo::{Demo, Ticket, ZONE_S};
use crate::pages::layout::{Language, escape};
use crate::pages::tape::Receipt;

/// Product codes and their names.
const PRODUCTS: [(&str, &str, &str); 9] = [
    ("DT", "ДТ", "Diesel"),
    ("DTZ", "ДТ зимнее", "Winter diesel"),
    ("AI92", "АИ-92", "AI-92"),
    ("AI95", "АИ-95", "AI-95"),
    ("AI98", "АИ-98", "AI-98"),
    ("LPG", "Газ СУГ", "LPG"),
    ("CNG", "Метан", "CNG"),
    ("WASH", "Мойка", "Car wash"),
    ("GOODS", "Товары", "Goods"),
];

/// The page with the same wish again.
pub fn address(ticket: &Ticket, station: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([
        ("card", ticket.card_number.as_str()),
        ("station", station),
        ("product", &ticket.product),
        ("quantity", &ticket.quantity),
    ]);
    format!("/_local/pump?{}", query.finish())
}

/// The whole page.
pub fn pump(demo: &Demo, wish: &Wish, receipts: &[Receipt], language: Language) -> String {
    let t = |russian, english| language.pick(russian, english);
    let wished = |value: &Option<String>, otherwise: &str| value.clone().unwrap_or_else(|| otherwise.to_owned());
    let (card, station) = (
        wished(&wish.card, demo.cards().first().map(|card| card.number.as_str()).unwrap_or_default()),
        wished(&wish.station, demo.stations().first().map(|station| station.code.as_str()).unwrap_or_default()),
    );
    let (product, quantity) = (wished(&wish.product, "DT"), wished(&wish.quantity, "40"));
    let other = if demo.cards().iter().any(|known| known.number == card) { "" } else { card.as_str() };
    let cards: String = demo
        .cards()
        .iter()
        .map(|known| option(&known.number, &format!("{} · {}", known.label, known.number), known.number == card, ""))
        .collect();
    let stations: String = demo
        .stations()
        .iter()
        .map(|found| {
            let prices: Vec<String> = found.fuels.iter().map(|(code, price)| format!("{code}:{price}")).collect();
            option(
                &found.code,
                &found.name,
                found.code == station,
                &format!(" data-prices=\"{}\"", escape(&prices.join(" "))),
            )
        })
        .collect();
    let products: String =
        PRODUCTS.iter().map(|(code, ru, en)| option(code, t(ru, en), *code == product, "")).collect();
    let form = format!(
        "<section class=\"card\"><h1>{heading}</h1><p class=\"quiet\">{about}</p>\
         <form method=\"post\" action=\"/_local/pump\" class=\"fields\" data-once>\
         <input type=\"hidden\" name=\"request_id\" value=\"{request_id}\">\
         <label>{card_name}<select name=\"card\">{cards}</select></label>\
         <label>{other_name}<input name=\"other\" value=\"{other}\" inputmode=\"numeric\" autocomplete=\"off\"></label>\
         <label>{station_name}<select name=\"station\" data-station>{stations}</select></label>\
         <label>{product_name}<select name=\"product\" data-product>{products}</select></label>\
         <div class=\"pair\"><label>{quantity_name}<input name=\"quantity\" value=\"{quantity}\" required inputmode=\"decimal\"></label>\
         <label>{price_name}<input name=\"price\" placeholder=\"{list_price}\" inputmode=\"decimal\" data-price></label></div>\
         <label class=\"check\"><input type=\"checkbox\" name=\"partial_ok\" value=\"yes\"> {partial}</label>\
         <button class=\"main\">{ask}</button></form></section>",
        heading = t("Колонка", "Pump"),
        about = t(
            "Терминал спрашивает, система решает: по тем же правилам, что на настоящей АЗС.",
            "The terminal asks, the system decides: by the rules of a real station.",
        ),
        request_id = Uuid::new_v4(),
        card_name = t("Карта", "Card"),
        other_name = t("или номер любой другой карты", "or the number of any other card"),
        other = escape(other),
        station_name = t("АЗС", "Station"),
        product_name = t("Топливо", "Product"),
        quantity_name = t("Сколько", "Quantity"),
        quantity = escape(&quantity),
        price_name = t("Цена, ₽", "Price, ₽"),
        list_price = t("по прайсу", "list price"),
        partial = t("Можно меньше", "Less will do"),
        ask = t("Запросить", "Ask"),
    );
    let tape: String = receipts.iter().map(|receipt| printed(demo, receipt, language)).collect();
    let tape = if tape.is_empty() {
        format!("<p class=\"empty\">{}</p>", t("Здесь появятся чеки.", "Receipts will appear here."))
    } else {
        tape
    };
    format!("<div class=\"columns\">{form}<section class=\"tape\" aria-live=\"polite\">{tape}</section></div>")
}

fn option(value: &str, name: &str, selected: bool, more: &str) -> String {
    let selected = if selected { " selected" } else { "" };
    format!("<option value=\"{}\"{selected}{more}>{}</option>", escape(value), escape(name))
}

fn printed(demo: &Demo, receipt: &Receipt, language: Language) -> String {
    let t = |russian, english| language.pick(russian, english);
    let ticket = &receipt.ticket;
    let (class, decision) = match receipt.decision.as_str() {
        "approved" => ("good", t("✓ Одобрено", "✓ Approved")),
        "partial" => ("part", t("◐ Одобрено частично", "◐ Approved in part")),
        "declined" => ("bad", t("✕ Отказ", "✕ Declined")),
        _ => ("bad", t("! Запрос не принят", "! Not accepted")),
    };
    let label = demo.cards().iter().find(|card| card.number == ticket.card_number).map(|card| card.label.as_str());
    let (unit, asked) = (t("л", "l"), t("просили", "asked"));
    let local = |written: &str| number(written, language);
    let given = if receipt.is_open() || receipt.end.is_some() {
        format!("<p class=\"figure\">{} {unit} · {} ₽</p>", local(&receipt.quantity), local(&receipt.amount))
    } else {
        String::new()
    };
    let codes: Vec<String> = receipt.codes.iter().map(|code| format!("<code>{}</code>", escape(code))).collect();
    let end = match receipt.end.as_deref() {
        Some("captured") => {
            let name = t("Отпущено", "Dispensed");
            format!("<p><b>{name} {} {unit}</b> · {} ₽</p>", local(&receipt.dispensed), local(&receipt.posted))
        }
        Some(_) => format!("<p><b>{}</b></p>", t("Отменено: резерв снят", "Reversed: the hold is gone")),
        None => String::new(),
    };
    let acts = if receipt.is_open() { acts(receipt, language) } else { String::new() };
    format!(
        "<article class=\"receipt {class}\"><h2>{decision}</h2>\
         <p>{} <span class=\"quiet\">{}</span><br>{} {} · {asked} {} {unit} × {} ₽<br><time class=\"quiet\">{}</time></p>\
         {given}<p>{}</p><p>{}</p><p>{}</p>{end}{acts}</article>",
        escape(label.unwrap_or_default()),
        escape(&ticket.card_number),
        t("АЗС", "Station"),
        escape(&receipt.station),
        local(&ticket.quantity),
        local(&ticket.price),
        moment(&ticket.requested_at),
        escape(&receipt.message),
        codes.join(" "),
        escape(&receipt.refused),
    )
}

fn acts(receipt: &Receipt, language: Language) -> String {
    let t = |russian, english| language.pick(russian, english);
    format!(
        "<div class=\"row\"><form method=\"post\" action=\"/_local/pump/{id}/capture\" class=\"row\" data-once>\
         <input name=\"quantity\" value=\"{}\" aria-label=\"{}\" inputmode=\"decimal\" size=\"8\">\
         <button class=\"main\">{}</button></form>\
         <form method=\"post\" action=\"/_local/pump/{id}/reverse\" data-once><button>{}</button></form></div>",
        number(&receipt.quantity, language),
        t("Сколько отпущено", "How much was dispensed"),
        t("Отпустить", "Dispense"),
        t("Отменить", "Reverse"),
        id = receipt.ticket.request_id,
    )
}

/// A number as its reader writes it: in Russian, with a comma. Escaped.
fn number(written: &str, language: Language) -> String {
    match language {
        Language::Russian => escape(written).replace('.', ","),
        Language::English => escape(written),
    }
}

/// An instant by the company's clock. Escaped.
fn moment(written: &str) -> String {
    match (DateTime::parse_from_rfc3339(written), FixedOffset::east_opt(ZONE_S)) {
        (Ok(at), Some(zone)) => at.with_timezone(&zone).format("%d.%m.%Y %H:%M:%S").to_string(),
        _ => escape(written),
    }
}
