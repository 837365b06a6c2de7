//! A step of moving purse cards' versions after a suspension or a closing.

use crate::Next;
use crate::marks::cursor;
use oktan_shared::App;
use oktan_shared::jobs::Step;
use oktan_shared::table::{Leased, PURSES_CHUNK_MAX, Position, Stepped, StoreError};

/// The next purse cards of the list, whatever they are doing. One that a later suspension has moved is done already.
pub async fn step(app: &App, leased: &Leased, turn: u32) -> Result<Next, StoreError> {
    let after: Option<Position> = cursor(leased.job.cursor.as_deref())?;
    let (mut cards, next) = app.table.purse_cards(leased.job.company()?, PURSES_CHUNK_MAX, after.as_ref()).await?;
    let step = Step {
        cards: u32::try_from(cards.len()).unwrap_or(u32::MAX),
        is_last: next.is_none(),
        cursor: next
            .map(|place| serde_json::to_string(&place))
            .transpose()
            .map_err(|_| StoreError::Corrupt("cursor"))?,
        ..Step::default()
    };
    // Each refusal leaves one card less.
    for _ in 0..=PURSES_CHUNK_MAX {
        match app.table.move_purses_in_step(&cards, turn, leased, &step, app.clock.now()).await? {
            Stepped::Done(next) => return Ok(Next::Step(next)),
            Stepped::Lost => return Ok(Next::Lost),
            Stepped::Refused { index } => {
                cards.remove(index.min(cards.len().saturating_sub(1)));
            }
        }
    }
    Err(StoreError::Busy)
}
