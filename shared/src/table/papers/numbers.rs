//! Numbers of documents, given in the write that makes the document: none is missing and none is there twice.

use crate::domain::papers::PaperNumber;
use crate::table::Table;
use crate::table::error::StoreError;
use crate::table::key;
use crate::table::read::peek;
use crate::table::write::{Values, Write};

/// A kind of document that has numbers of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperKind {
    /// An УПД.
    Upd,
    /// An invoice.
    Invoice,
}

impl PaperKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Upd => "UPD",
            Self::Invoice => "INVOICE",
        }
    }
}

impl Table {
    /// The number that the next document of a year will have, unless another is given it first.
    pub(super) async fn next_number(&self, kind: PaperKind, year: i32) -> Result<PaperNumber, StoreError> {
        let row = self.row(&key::paper_numbers(year, kind.name())).await?;
        let last: u32 = peek(row.as_ref(), "last")?.unwrap_or(0);
        PaperNumber::new(year, last.saturating_add(1)).ok_or(StoreError::Corrupt("last"))
    }

    /// Gives a number: refused when another document was given it first.
    pub(super) fn with_number(&self, write: Write, kind: PaperKind, number: PaperNumber) -> Write {
        let row = key::paper_numbers(number.year(), kind.name()).build().with("last", number.place()).item();
        match number.place() {
            1 => write.create(self, row),
            place => write.replace_if(self, row, "#last = :before", Values::none().with("before", place - 1)),
        }
    }
}
