//! The pump beside the cabinet: a terminal of the demo, asked by hand. It calls the real `/v1/pump`.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::Stand;
use super::clock::written;
use super::layout::{Language, page, trouble};
use super::tape::Receipt;
use crate::Failure;
use crate::caller::Answer;
use crate::demo::{Demo, Ticket};

mod form;

/// What the form begins with.
#[derive(Deserialize, Default)]
pub struct Wish {
    card: Option<String>,
    station: Option<String>,
    product: Option<String>,
    quantity: Option<String>,
}

/// `GET /_local/pump`.
pub async fn show(State(stand): State<Stand>, language: Language, Query(wish): Query<Wish>) -> Response {
    let heading = language.pick("Колонка", "Pump");
    let main = match &stand.demo {
        Some(demo) => form::pump(demo, &wish, &stand.tape.all(), language),
        None => {
            let none = language.pick(
                "У колонки нет терминала: запустите стенд с SEED=demo и пустым DATA_DIR.",
                "The pump has no terminal: start the stand with SEED=demo and an empty DATA_DIR.",
            );
            format!("<section class=\"card narrow\"><h1>{heading}</h1><p>{none}</p></section>")
        }
    };
    page(language, "/_local/pump", heading, &main)
}

/// A request as it is typed.
#[derive(Deserialize)]
pub struct Asked {
    request_id: Uuid,
    card: String,
    other: Option<String>,
    station: String,
    product: String,
    quantity: String,
    price: String,
    partial_ok: Option<String>,
}

/// `POST /_local/pump`.
pub async fn ask(State(stand): State<Stand>, language: Language, Form(asked): Form<Asked>) -> Response {
    let Some(demo) = stand.demo.clone() else { return absent(language) };
    let price = if asked.price.trim().is_empty() { list_price(&demo, &asked) } else { typed(&asked.price) };
    let other: String = asked.other.unwrap_or_default().split_whitespace().collect();
    let ticket = Ticket {
        request_id: asked.request_id,
        card_number: if other.is_empty() { asked.card } else { other },
        product: asked.product,
        price,
        quantity: typed(&asked.quantity),
        partial_ok: asked.partial_ok.is_some(),
        requested_at: written(stand.clock.now()),
    };
    let back = form::address(&ticket, &asked.station);
    let done = async {
        let answer = demo.pump(&asked.station).await?.ask(&ticket).await?;
        stand.tape.print(receipt(ticket, asked.station, &answer)).await
    };
    after(done.await, &back, language)
}

/// What was dispensed, as it is typed.
#[derive(Deserialize)]
pub struct Dispensed {
    quantity: String,
}

/// `POST /_local/pump/{request_id}/capture`.
pub async fn capture(
    State(stand): State<Stand>,
    language: Language,
    Path(request_id): Path<Uuid>,
    Form(dispensed): Form<Dispensed>,
) -> Response {
    end(stand, language, request_id, "captured", Some(typed(&dispensed.quantity))).await
}

/// `POST /_local/pump/{request_id}/reverse`.
pub async fn reverse(State(stand): State<Stand>, language: Language, Path(request_id): Path<Uuid>) -> Response {
    end(stand, language, request_id, "reversed", None).await
}

async fn end(stand: Stand, language: Language, request_id: Uuid, how: &str, dispensed: Option<String>) -> Response {
    let (Some(demo), Some(mut receipt)) = (stand.demo.clone(), stand.tape.find(request_id)) else {
        return absent(language);
    };
    let Some(authorization) = receipt.authorization_id.clone() else { return absent(language) };
    let back = form::address(&receipt.ticket, &receipt.station);
    let done = async {
        let pump = demo.pump(&receipt.station).await?;
        let answer = match dispensed {
            Some(quantity) => pump.capture(&authorization, &quantity).await?,
            None => pump.reverse(&authorization).await?,
        };
        receipt.refused.clear();
        if answer.status.is_success() {
            receipt.end = Some(how.to_owned());
            receipt.dispensed = part(&answer.body, "quantity");
            receipt.posted = part(&answer.body, "amount").trim_start_matches('-').to_owned();
        } else {
            receipt.refused = answer.problem();
        }
        stand.tape.print(receipt).await
    };
    after(done.await, &back, language)
}

fn receipt(ticket: Ticket, station: String, answer: &Answer) -> Receipt {
    let body = &answer.body;
    let reasons = body["reasons"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut codes: Vec<String> = reasons.iter().map(|reason| part(reason, "code")).collect();
    codes.retain(|code| !code.is_empty());
    if codes.is_empty() && body["reason"].is_object() {
        codes.push(part(&body["reason"], "code"));
    }
    let refused = if answer.status.is_success() { String::new() } else { answer.problem() };
    Receipt {
        ticket,
        station,
        decision: part(body, "decision"),
        quantity: part(body, "quantity"),
        amount: part(body, "amount"),
        authorization_id: body["authorization_id"].as_str().map(str::to_owned),
        message: part(&body["reason"], "message"),
        codes,
        end: None,
        dispensed: String::new(),
        posted: String::new(),
        refused,
    }
}

/// A number as people type it: a comma will do.
fn typed(number: &str) -> String {
    number.trim().replace(',', ".")
}

fn part(body: &Value, name: &str) -> String {
    body[name].as_str().unwrap_or_default().to_owned()
}

fn list_price(demo: &Demo, asked: &Asked) -> String {
    let station = demo.stations().iter().find(|station| station.code == asked.station);
    let fuels = station.map(|station| station.fuels.as_slice()).unwrap_or_default();
    fuels.iter().find(|(product, _)| *product == asked.product).map(|(_, price)| price.clone()).unwrap_or_default()
}

fn after(done: Result<(), Failure>, back: &str, language: Language) -> Response {
    match done {
        Ok(()) => Redirect::to(back).into_response(),
        Err(failure) => {
            let what = language.pick("Колонка не ответила", "The pump did not answer");
            trouble(language, StatusCode::BAD_GATEWAY, what, &failure.to_string())
        }
    }
}

fn absent(language: Language) -> Response {
    let what = language.pick("Такого чека нет", "There is no such receipt");
    let why = language.pick("Попросите топливо на колонке ещё раз.", "Ask at the pump again.");
    trouble(language, StatusCode::NOT_FOUND, what, why)
}
