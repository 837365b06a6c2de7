//! `/_local`: the newcomer's page. Sign-in by a click, the mail, a pump beside the cabinet, the clock, a tour of ten
//! steps. Written by the server in Russian or English, readable without JavaScript, within the site's policy.

mod clock;
mod home;
mod layout;
mod mail;
mod pump;
mod sign_in;
mod statement;
mod tape;
mod tour;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use oktan_shared::config::FirstAdmin;

use crate::clock::MovableClock;
use crate::demo::{Demo, Person};
use crate::guard;
use crate::mailbox::Mailbox;

pub use tape::Tape;

const STYLE: &str = include_str!("../../assets/local.css");
const SCRIPT: &str = include_str!("../../assets/local.js");
/// A register of companies with a few bad lines, to be imported.
const REGISTER: &str = include_str!("../../assets/register.csv");
const ICON: &str = include_str!("../../assets/local.svg");

/// What the pages show and move.
#[derive(Clone)]
pub struct Stand {
    /// The functions.
    pub api: Router,
    /// The clock.
    pub clock: MovableClock,
    /// The letters.
    pub mailbox: Mailbox,
    /// The first admin.
    pub staff: Option<FirstAdmin>,
    /// The demo, if there is one.
    pub demo: Option<Demo>,
    /// What the pump has printed.
    pub tape: Tape,
}

impl Stand {
    /// Whom the visitor may become by a click.
    fn people(&self) -> Vec<Person> {
        match (&self.demo, &self.staff) {
            (Some(demo), _) => demo.people().to_vec(),
            (None, Some(staff)) => vec![Person::admin(staff)],
            (None, None) => Vec::new(),
        }
    }
}

/// Every page and act of the stand, for this machine only.
pub fn router(stand: Stand) -> Router {
    Router::new()
        .route("/_local", get(home::show))
        .route("/_local/", get(async || Redirect::permanent("/_local")))
        .route("/_local/sign-in/{login}", post(sign_in::by_a_click))
        .route("/_local/outbox", get(mail::show))
        .route("/_local/outbox.json", get(mail::list))
        .route("/_local/pump", get(pump::show).post(pump::ask))
        .route("/_local/pump/{request_id}/capture", post(pump::capture))
        .route("/_local/pump/{request_id}/reverse", post(pump::reverse))
        .route("/_local/clock", get(clock::show).post(clock::advance))
        .route("/_local/clock/advance", post(clock::advance_by_form))
        .route("/_local/assets/local.css", get(async || asset("text/css; charset=utf-8", STYLE)))
        .route("/_local/assets/local.js", get(async || asset("text/javascript; charset=utf-8", SCRIPT)))
        .route("/_local/assets/local.svg", get(async || asset("image/svg+xml", ICON)))
        .route("/_local/register.csv", get(async || download("register.csv", REGISTER)))
        .route("/_local/kl_to_1c.txt", get(statement::download))
        .fallback(async || (StatusCode::NOT_FOUND, "There is no such page on this stand."))
        .with_state(stand)
        .layer(middleware::map_response(fresh))
        .layer(middleware::from_fn(guard::only_from_here))
}

fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

fn download(name: &'static str, text: &'static str) -> Response {
    let kind = HeaderValue::from_static("text/csv; charset=utf-8");
    let mut answer = ([(header::CONTENT_TYPE, kind)], text).into_response();
    let named = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    named.into_iter().for_each(|named| drop(answer.headers_mut().insert(header::CONTENT_DISPOSITION, named)));
    answer
}

/// Sessions, letters, secrets: nothing of it is to lie in a cache.
async fn fresh(mut answer: Response) -> Response {
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
