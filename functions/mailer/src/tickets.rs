//! Letters about tickets that nobody answers, and disputes that nobody decides.

use crate::moment;
use chrono::{DateTime, Utc};
use oktan_shared::App;
use oktan_shared::domain::dispute::DisputeState;
use oktan_shared::domain::ids::{DisputeId, TicketId};
use oktan_shared::domain::news::Language;
use oktan_shared::domain::text::Email;
use oktan_shared::mail::Letter;
use oktan_shared::table::StoreError;

/// To the one on call: a company waits since then; `None` where nobody is on call, or that wait is over.
pub async fn waits(app: &App, id: TicketId, since: DateTime<Utc>) -> Result<Option<(Email, Letter)>, StoreError> {
    let Some(to) = app.config.on_call_email.clone() else { return Ok(None) };
    let Some(ticket) = app.table.ticket(id).await? else { return Ok(None) };
    if ticket.thread.waits_since != Some(since) {
        return Ok(None);
    }
    let Some((company, _)) = app.table.company(ticket.company).await? else { return Ok(None) };
    let mut link = app.config.base_url.clone();
    link.set_path(&format!("/staff/tickets/{id}"));
    let letter =
        Letter::ticket_waits(ticket.number, &ticket.subject, &company.name, &moment(Language::Ru, since), &link);
    Ok(Some((to, letter)))
}

/// To the one on call: a dispute's last day has come; `None` where nobody is on call, or it is over.
pub async fn due(app: &App, id: DisputeId) -> Result<Option<(Email, Letter)>, StoreError> {
    let Some(to) = app.config.on_call_email.clone() else { return Ok(None) };
    let dispute = app.table.dispute(id).await?;
    let Some(dispute) = dispute.filter(|one| one.progress.state == DisputeState::Open) else { return Ok(None) };
    let Some((company, _)) = app.table.company(dispute.company).await? else { return Ok(None) };
    let mut link = app.config.base_url.clone();
    link.set_path(&format!("/staff/disputes/{id}"));
    let due = dispute.due.on.format("%d.%m.%Y").to_string();
    Ok(Some((to, Letter::dispute_due(dispute.number, &company.name, &due, &link))))
}
