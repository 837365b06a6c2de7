//! Months are closed by themselves: early on each of a month's first days a job closes the one before it for every company that
//! is not closed yet.

use chrono::{Datelike as _, Timelike as _};
use oktan_shared::App;
use oktan_shared::domain::UserId;
use oktan_shared::domain::ids::JobId;
use oktan_shared::domain::papers::Month;
use oktan_shared::domain::people::{Actor, Role};
use oktan_shared::domain::text::Login;
use oktan_shared::domain::window::Zone;
use oktan_shared::jobs::{Job, Work};
use oktan_shared::table::StoreError;
use uuid::Uuid;

/// From this hour on, by the seller's clock: the westernmost companies' month is over by then.
const FROM_HOUR: u32 = 3;
/// Days on which it is tried: what failed on the first is closed on the next.
const DAYS: u32 = 3;

/// Starts the day's job if it is due and was not started.
///
/// # Errors
/// When the store does not answer.
pub async fn close_when_due(app: &App) -> Result<bool, StoreError> {
    let now = app.clock.now();
    let local = Zone::default().local(now);
    let today = local.date();
    if today.day() > DAYS || local.hour() < FROM_HOUR || app.table.has_daily_closing(today).await? {
        return Ok(false);
    }
    let month = Month::of(today).previous();
    let login = Login::parse("scheduler").map_err(|_| StoreError::Corrupt("login"))?;
    // Nobody's: time asks for it, and no act of a person is written.
    let actor = Actor { user: UserId::new(Uuid::nil()), login, role: Role::StaffAccountant };
    let job = Job::new(JobId::new(Uuid::new_v4()), None, actor, Work::CloseMonths { month }, 0, now);
    app.table.start_daily_closing(&job, today).await
}
