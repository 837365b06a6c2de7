//! The app's bell.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::http::{Cursor, Json, PageQuery, Problem, Query, Settled};
use oktan_shared::table::Told;
use oktan_shared::wire::NoticeKindName;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Something the caller was told of.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NotificationView {
    id: String,
    /// When the caller was told.
    at: DateTime<Utc>,
    kind: NoticeKindName,
    /// Whether it came since the caller looked last.
    unread: bool,
    /// The app's page about it.
    page: String,
    /// What the app makes its sentence of: `event`, and of that `card`, `by_staff`, `litres`, `available`, `threshold`,
    /// `ticket`, `number`, `address`, `request`, `from`, `to`, `promotion`, `title`, `title_en`, `dispute`,
    /// `refunded`.
    #[schema(value_type = Object)]
    facts: Map<String, Value>,
}

/// What the caller was told of, the newest first.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct NotificationList {
    items: Vec<NotificationView>,
    /// Where the next page starts; `null` at the end.
    #[schema(required)]
    next_cursor: Option<String>,
    /// What came since the caller looked last, at most 99.
    unread: usize,
}

/// Until when the caller has looked.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BellSeenAsk {
    /// The instant of the newest line that was shown.
    until: DateTime<Utc>,
}

/// What the caller was told of in the last 90 days, and how much of it is new.
#[utoipa::path(
    get, path = "/v1/notifications", tag = "settings", operation_id = "list_notifications", params(PageQuery),
    responses((status = 200, body = NotificationList)), security(("session" = ["SignedIn"])),
)]
pub async fn list(
    State(app): State<App>,
    me: Settled,
    Query(page): Query<PageQuery>,
) -> Result<Json<NotificationList>, Problem> {
    let own = me.who.id.to_string();
    let list = ["notifications", &own];
    let after = page.after(&app, &list)?;
    let (lines, next) = app.table.bell(me.who.id, page.limit.limit(), after.as_ref()).await?;
    let (seen, unread) = app.table.bell_seen(me.who.id).await?;
    Ok(Json(NotificationList {
        items: lines.into_iter().map(|line| view(line, seen)).collect(),
        next_cursor: next.map(|position| Cursor::seal(&app, &list, &position)),
        unread,
    }))
}

/// The caller has looked; an earlier instant than before changes nothing, a later one than now is now.
#[utoipa::path(
    post, path = "/v1/notifications/seen", tag = "settings", operation_id = "see_notifications",
    request_body = BellSeenAsk, responses((status = 204)), security(("session" = ["SignedIn"])),
)]
pub async fn see(State(app): State<App>, me: Settled, Json(ask): Json<BellSeenAsk>) -> Result<StatusCode, Problem> {
    app.table.see_bell(me.who.id, ask.until.min(app.clock.now())).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn view(line: Told, seen: Option<DateTime<Utc>>) -> NotificationView {
    let facts = match serde_json::to_value(&line.event) {
        Ok(Value::Object(facts)) => facts,
        _ => Map::new(),
    };
    NotificationView {
        unread: seen.is_none_or(|seen| line.at > seen),
        kind: line.event.kind().into(),
        page: line.event.page(),
        id: line.id,
        at: line.at,
        facts,
    }
}
