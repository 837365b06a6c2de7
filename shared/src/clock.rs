//! The only place that reads the time of day.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The server's clock; locally it can be moved ahead to try a month's turn in a minute.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead_s: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's time.
    pub fn system() -> Self {
        Self::default()
    }

    /// The machine's time plus as many seconds as `ahead_s` holds when asked.
    pub fn shifted(ahead_s: Arc<AtomicI64>) -> Self {
        Self { ahead_s }
    }

    /// Now, to the millisecond: what is stored is what was decided with.
    #[allow(clippy::disallowed_methods)] // the home of the clock
    pub fn now(&self) -> DateTime<Utc> {
        let now = Utc::now() + TimeDelta::seconds(self.ahead_s.load(Ordering::Relaxed));
        DateTime::from_timestamp_millis(now.timestamp_millis()).unwrap_or(now)
    }
}
