//! What the calls cost: round trips and capacity units, counted as they are answered.

use aws_sdk_dynamodb::types::ConsumedCapacity;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts since the last [`Meter::take`].
#[derive(Debug, Default)]
pub struct Meter {
    reads: AtomicU64,
    writes: AtomicU64,
    half_read_units: AtomicU64,
    write_units: AtomicU64,
}

/// A reading of the [`Meter`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    /// Calls that read.
    pub reads: u64,
    /// Calls that write.
    pub writes: u64,
    /// Halves of a read unit (an eventually consistent read of 4 KB is one).
    pub half_read_units: u64,
    /// Write units, indexes included.
    pub write_units: u64,
}

impl Meter {
    /// The counts, starting again from nothing.
    pub fn take(&self) -> Usage {
        Usage {
            reads: self.reads.swap(0, Ordering::Relaxed),
            writes: self.writes.swap(0, Ordering::Relaxed),
            half_read_units: self.half_read_units.swap(0, Ordering::Relaxed),
            write_units: self.write_units.swap(0, Ordering::Relaxed),
        }
    }

    pub(super) fn read<'a>(&self, capacity: impl IntoIterator<Item = &'a ConsumedCapacity>) {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.half_read_units.fetch_add(halves(capacity), Ordering::Relaxed);
    }

    pub(super) fn wrote<'a>(&self, capacity: impl IntoIterator<Item = &'a ConsumedCapacity>) {
        self.writes.fetch_add(1, Ordering::Relaxed);
        self.write_units.fetch_add(halves(capacity) / 2, Ordering::Relaxed);
    }
}

/// Twice the units, which DynamoDB reports as a float of whole or half units.
#[allow(clippy::float_arithmetic, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn halves<'a>(capacity: impl IntoIterator<Item = &'a ConsumedCapacity>) -> u64 {
    capacity.into_iter().filter_map(ConsumedCapacity::capacity_units).map(|units| (units * 2.0).round() as u64).sum()
}
