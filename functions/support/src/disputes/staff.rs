//! Disputes as the staff decide them; a refund is asked for among what two people decide.

use axum::extract::State;
use oktan_shared::App;
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::dispute::{DisputeState, Step};
use oktan_shared::domain::ids::DisputeId;
use oktan_shared::domain::text::Reason;
use oktan_shared::http::{Cursor, Json, List, Page, Path, Problem, Query, Staff, grant};
use serde::Deserialize;

use super::view::{StaffDisputeDetails, StaffDisputeItem, staff_details, staff_items};
use super::{end, find};

/// Which disputes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Those to be decided.
    #[default]
    Open,
    /// Those that are over.
    Closed,
}

/// Which disputes, and how many.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DisputeQueueFilter {
    /// `open` unless said; of a company all.
    #[param(inline, value_type = Option<Standing>)]
    state: Option<Standing>,
    /// Of this company, newest first.
    #[param(value_type = Option<String>)]
    company_id: Option<CompanyId>,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// Why nothing is given back.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisputeRefusal {
    /// For the company.
    reason: Reason,
}

/// Disputes: of those to be decided the one that is due first, of those that are over the newest first.
#[utoipa::path(
    get, path = "/v1/staff/disputes", tag = "staff", operation_id = "list_staff_disputes", params(DisputeQueueFilter),
    responses((status = 200, body = List<StaffDisputeItem>)), security(("session" = ["Answer"])),
)]
pub async fn list(
    State(app): State<App>,
    _who: Staff<grant::Answer>,
    Query(filter): Query<DisputeQueueFilter>,
) -> Result<Json<List<StaffDisputeItem>>, Problem> {
    let (state, company) = (format!("{:?}", filter.state), filter.company_id.map(|id| id.to_string()));
    let list = ["staff disputes", state.as_str(), company.as_deref().unwrap_or_default()];
    let after = filter.cursor.as_ref().map(|cursor| cursor.open(&app, &list)).transpose()?;
    let limit = filter.limit.limit();
    let (mut disputes, next) = match filter.company_id {
        Some(company) => app.table.disputes_of(company, limit, after.as_ref()).await?,
        None => {
            let open = filter.state.unwrap_or_default() == Standing::Open;
            app.table.dispute_queue(open, limit, after.as_ref()).await?
        }
    };
    let open = |state| if state == DisputeState::Open { Standing::Open } else { Standing::Closed };
    disputes.retain(|dispute| filter.state.is_none_or(|state| state == open(dispute.progress.state)));
    let items = staff_items(&app, &disputes).await?;
    Ok(Json(List { items, next_cursor: next.map(|position| Cursor::seal(&app, &list, &position)) }))
}

/// A dispute with what was known of the purchase when it was begun, and how it ended.
#[utoipa::path(
    get, path = "/v1/staff/disputes/{id}", tag = "staff", operation_id = "read_staff_dispute",
    params(("id" = DisputeId, Path)), responses((status = 200, body = StaffDisputeDetails)),
    security(("session" = ["Answer"])),
)]
pub async fn read(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Path(id): Path<DisputeId>,
) -> Result<Json<StaffDisputeDetails>, Problem> {
    let dispute = find(&app, id, None).await?;
    Ok(Json(staff_details(&app, &dispute, who.who.id).await?))
}

/// Gives nothing back, for a reason; whoever began the dispute is told, and the company's owners. 409 `dispute_over`,
/// `dispute_refund_waits`.
#[utoipa::path(
    post, path = "/v1/staff/disputes/{id}/refuse", tag = "staff", operation_id = "refuse_dispute",
    params(("id" = DisputeId, Path)), request_body = DisputeRefusal,
    responses((status = 200, body = StaffDisputeDetails)), security(("session" = ["Answer"])),
)]
pub async fn refuse(
    State(app): State<App>,
    who: Staff<grant::Answer>,
    Path(id): Path<DisputeId>,
    Json(refusal): Json<DisputeRefusal>,
) -> Result<Json<StaffDisputeDetails>, Problem> {
    let step = (Step::Refuse, "dispute.refuse");
    let dispute = end(&app, (id, None), step, (who.who.id, &who.actor()), Some(refusal.reason)).await?;
    Ok(Json(staff_details(&app, &dispute, who.who.id).await?))
}
