//! What the payment's code on an invoice says (ГОСТ Р 56042-2014).

use super::seller::Seller;
use crate::domain::{Inn, Kopecks};

/// Between the fields; it stands in none of them.
const DELIMITER: char = '|';

/// The text of a code that a bank's app reads as a payment order: format `ST0001`, UTF-8, the five fields that must be there in
/// their order, then the sum in kopecks, what it is for and who pays and is paid. A field that is too long is cut.
pub fn payment_code(seller: &Seller, payer: &Inn, amount: Kopecks, purpose: &str) -> String {
    let field = |name: &str, value: &str, most: usize| {
        let value: String =
            value.chars().map(|c| if c == DELIMITER || c.is_control() { ' ' } else { c }).take(most).collect();
        format!("{DELIMITER}{name}={value}")
    };
    let kpp = seller.kpp.as_ref().map(|kpp| field("KPP", kpp.as_str(), 9)).unwrap_or_default();
    [
        "ST00012".to_owned(),
        field("Name", seller.name.as_str(), 160),
        field("PersonalAcc", seller.account.as_str(), 20),
        field("BankName", seller.bank.as_str(), 45),
        field("BIC", seller.bic.as_str(), 9),
        field("CorrespAcc", seller.correspondent.as_str(), 20),
        field("Sum", &amount.get().to_string(), 18),
        field("Purpose", purpose, 210),
        field("PayeeINN", seller.inn.as_str(), 12),
        kpp,
        field("PayerINN", payer.as_str(), 12),
    ]
    .concat()
}
