//! The tape of the stand's pump: the last receipts, kept so that a hold can be captured after a restart too.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Failure;
use crate::demo::Ticket;
use crate::home::Home;

const FILE: &str = "tape.json";
/// Receipts that are kept.
const RECEIPTS_MAX: usize = 24;

/// One request and what became of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Receipt {
    /// What was asked.
    pub ticket: Ticket,
    /// Where.
    pub station: String,
    /// `approved`, `partial`, `declined`, or empty for a problem.
    pub decision: String,
    /// What was approved.
    pub quantity: String,
    /// Roubles for it.
    pub amount: String,
    /// The hold.
    pub authorization_id: Option<String>,
    /// What the receipt says of a decline or of what was left out.
    pub message: String,
    /// The codes of all rules that failed, the binding one first; or the problem's.
    pub codes: Vec<String>,
    /// How it ended: `captured`, `reversed`, or not yet.
    pub end: Option<String>,
    /// What was dispensed.
    pub dispensed: String,
    /// Roubles for it.
    pub posted: String,
    /// Why the last act at the pump was refused.
    pub refused: String,
}

impl Receipt {
    /// Whether something is held for it.
    pub fn is_open(&self) -> bool {
        self.end.is_none()
            && self.authorization_id.is_some()
            && matches!(self.decision.as_str(), "approved" | "partial")
    }
}

/// The receipts, newest first. Cheap to clone; clones share them.
#[derive(Clone)]
pub struct Tape {
    receipts: Arc<Mutex<Vec<Receipt>>>,
    home: Home,
}

impl Tape {
    /// Those that were kept.
    pub fn open(home: Home) -> Result<Self, Failure> {
        let receipts = home.load(FILE)?.unwrap_or_default();
        Ok(Self { receipts: Arc::new(Mutex::new(receipts)), home })
    }

    /// All, newest first.
    pub fn all(&self) -> Vec<Receipt> {
        self.receipts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The one of this request.
    pub fn find(&self, request_id: Uuid) -> Option<Receipt> {
        self.all().into_iter().find(|receipt| receipt.ticket.request_id == request_id)
    }

    /// Prints it, or prints it anew in its place.
    pub async fn print(&self, receipt: Receipt) -> Result<(), Failure> {
        let tape = self.clone();
        let printed = tokio::task::spawn_blocking(move || {
            let mut receipts = tape.receipts.lock().unwrap_or_else(PoisonError::into_inner);
            match receipts.iter_mut().find(|old| old.ticket.request_id == receipt.ticket.request_id) {
                Some(old) => *old = receipt,
                None => receipts.insert(0, receipt),
            }
            receipts.truncate(RECEIPTS_MAX);
            tape.home.save(FILE, &*receipts)
        });
        printed.await.map_err(|cause| Failure::new("printing a receipt", cause))?
    }
}
