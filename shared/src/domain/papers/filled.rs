//! What a payment fills of the invoices that it names.

use super::PaperNumber;
use crate::domain::Kopecks;
use crate::domain::rules::stored;
use serde::{Deserialize, Serialize};

/// What a payment fills of an invoice, above zero. Serde's form is the stored one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Which invoice.
    #[serde(rename = "n")]
    pub number: PaperNumber,
    /// By how much.
    #[serde(rename = "a", with = "stored::kopecks")]
    pub amount: Kopecks,
}

/// What a payment fills of invoices of which so much is left to pay, in their order: each gets what is left of it, the last
/// one what is left of the payment.
pub fn filled(payment: Kopecks, invoices: &[(PaperNumber, Kopecks)]) -> Vec<Filled> {
    let (mut left, mut parts) = (payment, Vec::new());
    for (at, (number, wanted)) in invoices.iter().enumerate() {
        let amount = if at + 1 == invoices.len() { left } else { left.min(*wanted) };
        left = left.saturating_sub(amount);
        if amount.is_positive() {
            parts.push(Filled { number: *number, amount });
        }
    }
    parts
}
