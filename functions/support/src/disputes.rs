//! Disputes: a company says that a purchase is not right, and the staff say why it is, or give the money back.

pub mod client;
pub mod open;
pub mod staff;
mod view;

use oktan_shared::App;
use oktan_shared::domain::dispute::{Step, StepRefused};
use oktan_shared::domain::ids::DisputeId;
use oktan_shared::domain::people::Actor;
use oktan_shared::domain::text::Reason;
use oktan_shared::domain::{CompanyId, UserId};
use oktan_shared::http::Problem;
use oktan_shared::journal::Act;
use oktan_shared::table::{Dispute, Outcome, pause};
use serde_json::json;

/// Writes of one dispute that may be in each other's way before the caller is told to try again.
const ATTEMPTS_MAX: u32 = 8;

/// A dispute by its id, of one company or of any; 404 where there is none, or it is another company's.
async fn find(app: &App, id: DisputeId, of: Option<CompanyId>) -> Result<Dispute, Problem> {
    let own = |dispute: &Dispute| of.is_none_or(|company| dispute.company == company);
    app.table.dispute(id).await?.filter(own).ok_or_else(Problem::not_found)
}

/// Ends a dispute without a refund; 409 `dispute_over`, `dispute_refund_waits`.
async fn end(
    app: &App,
    (id, of): (DisputeId, Option<CompanyId>),
    (step, action): (Step, &str),
    (by, actor): (UserId, &Actor),
    reason: Option<Reason>,
) -> Result<Dispute, Problem> {
    for attempt in 1..=ATTEMPTS_MAX {
        let before = find(app, id, of).await?;
        let progress = before.progress.after(step).map_err(refused)?;
        let outcome = Outcome { at: app.clock.now(), by, reason: reason.clone(), refund: None };
        let act = Act {
            at: outcome.at,
            actor: actor.clone(),
            action: action.to_owned(),
            subject: format!("dispute {}", before.number),
            before: json!({ "state": before.progress.state }),
            after: json!({ "state": progress.state }),
            reason: reason.as_ref().map(ToString::to_string).unwrap_or_default(),
        };
        if app.table.end_dispute(&before, progress, &outcome, &act).await? {
            return Ok(Dispute { progress, outcome: Some(outcome), ..before });
        }
        pause(attempt).await;
    }
    Err(Problem::unavailable())
}

fn refused(refused: StepRefused) -> Problem {
    match refused {
        StepRefused::Over => Problem::conflict("dispute_over", "this dispute is over"),
        StepRefused::RefundWaits | StepRefused::AnotherRefund => {
            Problem::conflict("dispute_refund_waits", "a refund was asked for and waits for another person")
        }
    }
}
