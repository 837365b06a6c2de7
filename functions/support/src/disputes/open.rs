//! A new dispute: what is known of the purchase is kept as it is now.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::Kopecks;
use oktan_shared::domain::authorization::{Authorization, State as Life};
use oktan_shared::domain::dispute::{AROUND, Due, Evidence, NEARBY_MAX, Nearby, NearbyKind, NotDisputable, Progress};
use oktan_shared::domain::ids::{DisputeId, RequestId};
use oktan_shared::domain::text::Reason;
use oktan_shared::http::{Client, Json, Path, Problem, grant};
use oktan_shared::journal::Act;
use oktan_shared::table::{Dispute, DisputeOpened, Entry, EntryFilter, HistoryKind};
use oktan_shared::wire::EntryView;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::view::{DisputeDetails, Side, details};

/// A purchase that is not right.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeAsk {
    /// What is not right.
    reason: Reason,
}

/// Disputes a purchase: what is known of it is kept as it is now, and OKTAN decides by the day that the answer names. 409
/// `not_a_purchase`, `dispute_too_late` after 90 days, `purchase_returned` where all of it was, `disputed_before`.
#[utoipa::path(
    post, path = "/v1/history/{id}/dispute", tag = "support", operation_id = "dispute_entry",
    params(("id" = String, Path)), request_body = DisputeAsk,
    responses((status = 201, body = DisputeDetails)), security(("session" = ["Tickets"])),
)]
pub async fn open(
    State(app): State<App>,
    who: Client<grant::Tickets>,
    Path(id): Path<String>,
    Json(ask): Json<DisputeAsk>,
) -> Result<(StatusCode, Json<DisputeDetails>), Problem> {
    let key = EntryView::open(&id, &app).ok_or_else(Problem::not_found)?;
    let entry = app.table.entry(&key).await?.filter(|entry| entry.company() == who.company);
    let purchase = match entry.ok_or_else(Problem::not_found)? {
        Entry::Purchase(purchase) => purchase,
        _ => return Err(Problem::conflict("not_a_purchase", "only a purchase is disputed")),
    };
    let now = app.clock.now();
    let evidence = evidence(&app, &who, purchase, now).await?;
    let dispute = Dispute {
        id: DisputeId::new(Uuid::new_v4()),
        company: who.company,
        number: app.table.take_dispute_number().await?,
        reason: ask.reason,
        opened_at: now,
        opened_by: who.who.id,
        due: Due::of(who.account.zone, now),
        evidence,
        progress: Progress::OPENED,
        outcome: None,
        version: 1,
    };
    let act = Act {
        at: now,
        actor: who.actor(),
        action: "dispute.open".to_owned(),
        subject: format!("dispute {}", dispute.number),
        before: Value::Null,
        after: json!({ "state": dispute.progress.state, "amount": dispute.evidence.capture.amount }),
        reason: dispute.reason.to_string(),
    };
    match app.table.open_dispute(&dispute, &act).await? {
        DisputeOpened::Done => {
            Ok((StatusCode::CREATED, Json(details(&app, &dispute, who.who.id, Side::Client).await?)))
        }
        DisputeOpened::Before(_) => Err(disputed_before()),
    }
}

/// What is known of a purchase that may be disputed.
async fn evidence(
    app: &App,
    who: &Client<grant::Tickets>,
    purchase: Authorization,
    now: DateTime<Utc>,
) -> Result<Evidence, Problem> {
    let Life::Captured(capture) = purchase.state.clone() else { return Err(Problem::not_found()) };
    capture.disputable(now).map_err(|why| match why {
        NotDisputable::TooLate => Problem::conflict("dispute_too_late", "a purchase is disputed within 90 days"),
        NotDisputable::Returned => Problem::conflict("purchase_returned", "all of it was returned"),
    })?;
    let (card, hold) = (purchase.card.clone(), &purchase.hold);
    if app.table.dispute_of(&card, hold.request).await?.is_some() {
        return Err(disputed_before());
    }
    let nearby = nearby(app, who, &purchase).await?;
    let record = app.table.card(who.company, &card).await?.ok_or_else(Problem::not_found)?;
    let (row, note) = (&record.row.card, &record.note);
    Ok(Evidence {
        label: note.label.clone(),
        group: note.group.clone(),
        blocked_by_client: row.blocked_by_client,
        blocked_by_staff: row.blocked_by_staff,
        closed: row.closed,
        has_pin: row.pin_tries.is_some(),
        nearby,
        card,
        hold: purchase.hold,
        capture,
    })
}

/// What else happened on the card around the fill, newest first.
async fn nearby(app: &App, who: &Client<grant::Tickets>, purchase: &Authorization) -> Result<Vec<Nearby>, Problem> {
    let at = purchase.hold.authorized_at;
    let mut found = Vec::new();
    for list in [HistoryKind::Entries, HistoryKind::Declines] {
        let filter = EntryFilter {
            list,
            from: at.checked_sub_signed(AROUND),
            until: at.checked_add_signed(AROUND),
            card: Some(purchase.card.clone()),
            kind: None,
            product: None,
            station: None,
            searched: false,
        };
        let other = |entry: &Entry| nearby_of(entry).is_some_and(|(request, _)| request != Some(purchase.hold.request));
        let (entries, _) = app.table.history(who.company, &filter, NEARBY_MAX, None, other).await?;
        found.extend(entries.iter().filter_map(nearby_of).map(|(_, nearby)| nearby));
    }
    found.sort_by_key(|nearby| std::cmp::Reverse(nearby.at));
    Ok(found)
}

/// A line of the card's history with the number of what it is, if it is a fill's.
fn nearby_of(entry: &Entry) -> Option<(Option<RequestId>, Nearby)> {
    let of = |a: &Authorization, at, kind, quantity, amount| {
        let (station, product) = (a.hold.station.clone(), a.hold.product);
        (Some(a.hold.request), Nearby { at, kind, station, product, quantity, amount })
    };
    match entry {
        Entry::Purchase(a) | Entry::Decline(a) => match &a.state {
            Life::Captured(done) => Some(of(a, done.at, NearbyKind::Purchase, done.quantity, done.amount)),
            Life::Declined { at, .. } => Some(of(a, *at, NearbyKind::Decline, a.hold.asked, Kopecks::ZERO)),
            _ => None,
        },
        Entry::Refund(refund) => {
            let (station, product) = (refund.hold.station.clone(), refund.hold.product);
            let (kind, quantity, amount) = (NearbyKind::Refund, refund.quantity, refund.amount);
            Some((None, Nearby { at: refund.at, kind, station, product, quantity, amount }))
        }
        Entry::Payment { .. } | Entry::Adjustment(_) | Entry::Transfer(_) => None,
    }
}

fn disputed_before() -> Problem {
    Problem::conflict("disputed_before", "this purchase is or was disputed")
}
