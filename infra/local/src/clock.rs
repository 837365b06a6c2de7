//! The stack's clock: the machine's, moved ahead by as many seconds as someone asked for, so that a month's turn
//! can be tried in a minute. It is remembered, and goes back only to let the demo begin in the past.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use oktan_shared::Clock;

use crate::Failure;
use crate::home::Home;

const FILE: &str = "clock.json";
/// Ten years: beyond any window, short of any overflow.
const AHEAD_S_MAX: i64 = 10 * 366 * 24 * 3600;

/// A clock that can be moved. Cheap to clone; clones move together.
#[derive(Clone)]
pub struct MovableClock {
    ahead_s: Arc<AtomicI64>,
    clock: Clock,
    home: Home,
    moving: Arc<Mutex<()>>,
}

impl MovableClock {
    /// As far ahead as it was when it was last moved.
    pub fn open(home: Home) -> Result<Self, Failure> {
        let ahead_s = Arc::new(AtomicI64::new(home.load(FILE)?.unwrap_or_default()));
        Ok(Self { clock: Clock::shifted(ahead_s.clone()), ahead_s, home, moving: Arc::default() })
    }

    /// What the functions are given.
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// The time it shows.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// How far ahead of the machine it is, in seconds.
    pub fn ahead_s(&self) -> i64 {
        self.ahead_s.load(Ordering::Relaxed)
    }

    /// Moves it ahead; remembered when this returns. `None` for a step back or beyond ten years. Blocks on the flush.
    pub fn advance(&self, seconds: i64) -> Result<Option<i64>, Failure> {
        let _one_at_a_time = self.moving.lock().unwrap_or_else(PoisonError::into_inner);
        let ahead_s = self.ahead_s().checked_add(seconds).filter(|ahead_s| *ahead_s <= AHEAD_S_MAX);
        let Some(ahead_s) = ahead_s.filter(|_| seconds >= 0) else { return Ok(None) };
        self.home.save(FILE, &ahead_s)?;
        self.ahead_s.store(ahead_s, Ordering::Relaxed);
        Ok(Some(ahead_s))
    }

    /// Shows a time `seconds` away from the machine's, for the demo's past only; not remembered.
    pub(crate) fn pretend(&self, seconds: i64) {
        self.ahead_s.store(seconds, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_ahead_only_and_not_for_ever() -> Result<(), Failure> {
        let clock = MovableClock::open(Home::memory())?;
        assert_eq!(clock.advance(60)?, Some(60));
        assert_eq!(clock.advance(-1)?, None);
        assert_eq!(clock.advance(i64::MAX)?, None);
        assert_eq!(clock.advance(1)?, Some(61));
        Ok(())
    }
}
