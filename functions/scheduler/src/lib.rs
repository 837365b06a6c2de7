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
/// When the store does not answer; the next tick goes on.
pub async fn tick(app: &App) -> Result<Report, StoreError> {
    let expired = app.table.sweep_expired(app.clock.now()).await?;
    let waiting = app.table.waiting_mail(app.clock.now(), MAILS_MAX).await?;
    for id in &waiting {
        oktan_mailer::send(app, *id).await?;
    }
    Ok(Report { expired, mails: waiting.len() })
}
