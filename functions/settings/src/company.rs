//! What a company chose for itself.

use axum::extract::State;
use axum::response::Response;
use oktan_shared::App;
use oktan_shared::domain::rules::FieldInvalid;
use oktan_shared::domain::{Kopecks, UserId};
use oktan_shared::http::{Client, IfMatch, Json, Problem, given, grant, stale, with_etag};
use oktan_shared::journal::Act;
use oktan_shared::table::{Settings, SettingsSaved};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The most people who are told of declines.
const PEOPLE_MAX: usize = 20;

/// What a company chose.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct SettingsView {
    /// Who is told of declines by mail, so that they can grant an exception.
    #[schema(value_type = Vec<String>)]
    decline_mail: Vec<UserId>,
    /// Owners, managers and accountants are told when less than this is available to the company; `null` until it says how
    /// much.
    #[schema(required)]
    low_balance: Option<Kopecks>,
}

/// What a company chooses; what is left out stays.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettingsPatch {
    /// Active people of the company, at most 20; nobody if empty.
    #[schema(value_type = Option<Vec<String>>)]
    decline_mail: Option<Vec<UserId>>,
    /// Not negative; `null`: nobody is told any more.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Kopecks>)]
    low_balance: Option<Option<Kopecks>>,
}

/// What the company chose, also before it chose anything.
#[utoipa::path(
    get, path = "/v1/settings", tag = "settings", operation_id = "read_settings",
    responses((status = 200, body = SettingsView)), security(("session" = ["Read"])),
)]
pub async fn read(State(app): State<App>, who: Client<grant::Read>) -> Result<Response, Problem> {
    Ok(answer(app.table.settings(who.company).await?))
}

/// Changes what the company chose.
#[utoipa::path(
    patch, path = "/v1/settings", tag = "settings", operation_id = "edit_settings",
    params(("If-Match" = String, Header)), request_body = SettingsPatch,
    responses((status = 200, body = SettingsView)), security(("session" = ["Settings"])),
)]
pub async fn edit(
    State(app): State<App>,
    who: Client<grant::Settings>,
    edition: IfMatch,
    Json(patch): Json<SettingsPatch>,
) -> Result<Response, Problem> {
    let before = app.table.settings(who.company).await?;
    edition.meets(before.edition)?;
    let mut after = before.clone();
    if let Some(people) = patch.decline_mail {
        check(&app, &who, &people).await?;
        after.decline_mail = people;
    }
    after.low_balance = patch.low_balance.unwrap_or(after.low_balance);
    if after == before {
        return Ok(answer(before));
    }
    let act = Act {
        at: app.clock.now(),
        actor: who.actor(),
        action: "settings.edit".to_owned(),
        subject: "settings".to_owned(),
        before: json!({ "decline_mail": before.decline_mail, "low_balance": before.low_balance }),
        after: json!({ "decline_mail": after.decline_mail, "low_balance": after.low_balance }),
        reason: String::new(),
    };
    match app.table.save_settings(who.company, &after, &act).await? {
        SettingsSaved::Done => Ok(answer(app.table.settings(who.company).await?)),
        SettingsSaved::Closed => Err(Problem::company_suspended()),
        SettingsSaved::Moved => Err(stale()),
    }
}

fn answer(settings: Settings) -> Response {
    with_etag(
        settings.edition,
        Json(SettingsView { decline_mail: settings.decline_mail, low_balance: settings.low_balance }),
    )
}

async fn check(app: &App, who: &Client<grant::Settings>, people: &[UserId]) -> Result<(), Problem> {
    let refuse = |field: String, code, message: &str| FieldInvalid { field, code, message: message.to_owned() };
    if people.len() > PEOPLE_MAX {
        return Err(vec![refuse("decline_mail".to_owned(), "people_too_many", "at most 20 people")].into());
    }
    let mut wrong = Vec::new();
    for (at, id) in people.iter().enumerate() {
        let field = format!("decline_mail[{at}]");
        let person = app.table.person(*id).await?.filter(|one| one.company == Some(who.company) && one.active);
        if person.is_none() {
            wrong.push(refuse(field, "user_unknown", "the company has no such active person"));
        } else if people.iter().take(at).any(|one| one == id) {
            wrong.push(refuse(field, "line_repeated", "this person is named already"));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}
