//! How a line of history came to be, moment by moment.

use crate::domain::authorization::{Authorization, Capture, Flag, Hold, State};
use crate::domain::{Kopecks, Millilitres};
use crate::table::{Entry, RefundRow};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// A moment of an operation's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MomentView {
    /// When.
    at: DateTime<Utc>,
    /// `requested` (by the terminal's clock), `approved`, `partial` (less than was asked), `declined`, `reversed`, `expired`,
    /// `captured`, `released` (what was set aside and not needed), `refunded`, or `posted`.
    event: &'static str,
    /// How much, of a fill.
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<Millilitres>,
    /// What it cost, set aside or brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Kopecks>,
    /// Of an approval: until when it set something aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<DateTime<Utc>>,
}

impl MomentView {
    /// The life of an entry, oldest first; `refunds` are those of a purchase.
    pub fn life_of(entry: &Entry, refunds: &[RefundRow]) -> Vec<Self> {
        match entry {
            Entry::Purchase(authorization) | Entry::Decline(authorization) => {
                Self::of_authorization(authorization, refunds)
            }
            Entry::Refund(refund) => vec![Self::approval(&refund.hold), Self::refund(refund)],
            Entry::Payment { at, amount, reversed_at, .. } => {
                let posted = Self::money(*at, "posted", *amount);
                let back = |at: &_| Self::money(*at, "reversed", amount.negated());
                [posted].into_iter().chain(reversed_at.iter().map(back)).collect()
            }
            Entry::Adjustment(adjustment) => vec![Self::money(adjustment.at, "posted", adjustment.amount)],
            Entry::Transfer(transfer) => vec![Self::money(transfer.at, "posted", transfer.moved)],
        }
    }

    /// The life of what a terminal asked, oldest first, with its refunds.
    pub fn of_authorization(authorization: &Authorization, refunds: &[RefundRow]) -> Vec<Self> {
        let hold = &authorization.hold;
        let asked = Self::fuel(hold.requested_at, "requested", hold.asked, None);
        let ends =
            |event, at| [asked.clone(), Self::approval(hold), Self::fuel(at, event, hold.quantity, Some(hold.amount))];
        match &authorization.state {
            State::Declined { at, .. } => vec![asked, Self::fuel(*at, "declined", hold.asked, None)],
            State::Held => vec![asked, Self::approval(hold)],
            State::Reversed { at } => ends("reversed", *at).to_vec(),
            State::Expired { .. } => ends("expired", hold.expires_at).to_vec(),
            State::Captured(capture) => {
                let dropped = match (capture.reversed_at, capture.flags.contains(&Flag::Late)) {
                    (Some(at), _) => Some(("reversed", at)),
                    (None, true) => Some(("expired", hold.expires_at)),
                    (None, false) => None,
                };
                let mut life = dropped
                    .map_or_else(|| vec![asked.clone(), Self::approval(hold)], |(event, at)| ends(event, at).to_vec());
                life.push(Self::fuel(capture.at, "captured", capture.quantity, Some(capture.amount)));
                life.extend(dropped.is_none().then(|| Self::released(hold, capture)).flatten());
                life.extend(refunds.iter().map(Self::refund));
                life
            }
        }
    }

    /// What was set aside and not needed, back at the capture.
    fn released(hold: &Hold, capture: &Capture) -> Option<Self> {
        let quantity = hold.quantity.saturating_sub(capture.quantity);
        let amount = hold.amount.saturating_sub(capture.amount);
        quantity.is_positive().then(|| Self::fuel(capture.at, "released", quantity, Some(amount)))
    }

    fn approval(hold: &Hold) -> Self {
        let event = if hold.quantity < hold.asked { "partial" } else { "approved" };
        let moment = Self::fuel(hold.authorized_at, event, hold.quantity, Some(hold.amount));
        Self { until: Some(hold.expires_at), ..moment }
    }

    fn refund(refund: &RefundRow) -> Self {
        Self::fuel(refund.at, "refunded", refund.quantity, Some(refund.amount))
    }

    const fn fuel(at: DateTime<Utc>, event: &'static str, quantity: Millilitres, amount: Option<Kopecks>) -> Self {
        Self { at, event, quantity: Some(quantity), amount, until: None }
    }

    const fn money(at: DateTime<Utc>, event: &'static str, amount: Kopecks) -> Self {
        Self { at, event, quantity: None, amount: Some(amount), until: None }
    }
}
