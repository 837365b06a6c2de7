//! What time brings about: expired holds are dropped, forgotten mail is taken up.

use oktan_shared::App;
use oktan_shared::table::StoreError;
use serde::Serialize;

/// Mail taken up at once.
const MAILS_MAX: usize = 200;

/// What a tick did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Holds dropped.
    pub expired: usize,
    /// Mail taken up.
    pub mails: usize,
}

/// Does what is due. Doing it twice, or at the same time elsewhere, does no harm.
///
/// # Errors
/// The last thing that failed; everything else was done, and the next tick goes on.
pub async fn tick(app: &App) -> Result<Report, StoreError> {
    let swept = app.table.sweep_expired(app.clock.now()).await;
    let waiting = app.table.waiting_mail(app.clock.now(), MAILS_MAX).await?;
    let mut failed = None;
    for id in &waiting {
        // One that cannot be read does not keep the others.
        if let Err(error) = oktan_mailer::send(app, *id).await {
            tracing::warn!(%error, mail = %id, "a mail could not be taken up");
            failed = Some(error);
        }
    }
    let report = Report { expired: swept?, mails: waiting.len() };
    failed.map_or(Ok(report), Err)
}
