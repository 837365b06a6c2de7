//! Turns at a hot card.
//!
//! Writers of one card race by its version and all but one lose. Within one process they take turns instead, so that a
//! crowd on one card costs one write each and not one read each per loser. Between processes the version decides.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OwnedMutexGuard;

#[derive(Clone, Default)]
pub(super) struct Queue(Arc<Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>>);

/// A place at the head of the queue, until dropped.
pub struct Turn {
    guard: Option<OwnedMutexGuard<()>>,
    card: String,
    queue: Queue,
}

impl Queue {
    pub async fn turn(&self, card: &str) -> Turn {
        let lane = self.lanes().entry(card.to_owned()).or_default().clone();
        Turn { guard: Some(lane.lock_owned().await), card: card.to_owned(), queue: self.clone() }
    }

    fn lanes(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<tokio::sync::Mutex<()>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.guard = None;
        let mut lanes = self.queue.lanes();
        // Nobody else waits or holds: the map's own reference is the last.
        if lanes.get(&self.card).is_some_and(|lane| Arc::strong_count(lane) == 1) {
            lanes.remove(&self.card);
        }
    }
}
