//! All that was ever asked of a card, for trying rules on it.

use super::Table;
use super::error::StoreError;
use super::item::get;
use super::key;
use super::read::Query;
use super::refunds::read_refund;
use super::rows::{CardRow, Recorded, read_recorded};
use super::write::Values;
use crate::domain::CardNumber;
use crate::domain::authorization::Authorization;
use crate::domain::card::{Past, PastRefund};

/// Pages of a megabyte that are read of one card's past: some thirty thousand fills.
const PAGES_MAX: usize = 20;

impl Table {
    /// Everything that was asked of a card, purchases, declines, what was reversed or expired, open holds, and what came
    /// back of its purchases; in no order. `None` for a card with more past than can be read while somebody waits.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn past_of(&self, number: &CardNumber) -> Result<Option<Past>, StoreError> {
        let mut past = Past::default();
        let mut start = None;
        for _ in 0..PAGES_MAX {
            let (rows, last) = self
                .query(Query {
                    index: None,
                    condition: "#pk = :pk AND #sk BETWEEN :first AND :last",
                    filter: None,
                    values: Values::none()
                        .with("pk", key::card(number).pk)
                        .with("first", "AUTH#".to_owned())
                        // `$` is the character after `#`.
                        .with("last", "REFUND$".to_owned()),
                    newest_first: false,
                    limit: 10_000,
                    start,
                })
                .await?;
            for row in rows {
                let sk: String = get(&row, "sk")?;
                if sk.starts_with("AUTH#") {
                    if let Recorded::OnCard(authorization) = read_recorded(&row)? {
                        self.know(authorization.products()).await?;
                        past.asks.push(authorization);
                    }
                } else if sk.starts_with("REFUND#") {
                    let refund = read_refund(&row)?;
                    past.refunds.push(PastRefund {
                        purchase: refund.purchase,
                        quantity: refund.quantity,
                        at: refund.at,
                    });
                } else if sk == "CARD" {
                    let card = CardRow::read(&row)?.card;
                    let held = card
                        .holds
                        .iter()
                        .map(|hold| Authorization::held(card.number.clone(), card.company, hold.clone()));
                    past.asks.extend(held);
                }
            }
            match last {
                Some(next) => start = Some(next),
                None => return Ok(Some(past)),
            }
        }
        Ok(None)
    }
}
