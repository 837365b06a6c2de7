//! What is refused of shares, by field.

use super::Wanted;
use crate::domain::budget::Portion;
use crate::domain::card::ShareRefused;
use crate::domain::rules::FieldInvalid;
use crate::http::Problem;

/// The measures of a share that the plan does not have.
pub(super) fn unplanned(plan: &Portion, wanted: &Wanted) -> Vec<FieldInvalid> {
    let measures = [
        ("roubles", wanted.portion.roubles.is_some() && plan.roubles.is_none()),
        ("litres", wanted.portion.litres.is_some() && plan.litres.is_none()),
    ];
    let missing = measures.into_iter().filter(|(_, is_so)| *is_so);
    missing
        .map(|(measure, _)| FieldInvalid {
            field: format!("{}.{measure}", wanted.field),
            code: "measure_not_planned",
            message: format!("the budget has no plan in {measure}"),
        })
        .collect()
}

/// Why a card does not get a share, by field.
pub(super) fn refusal(wanted: &Wanted, refused: ShareRefused) -> Vec<FieldInvalid> {
    let number = |code, message: &str| {
        vec![FieldInvalid { field: format!("{}.number", wanted.field), code, message: message.to_owned() }]
    };
    let least = match refused {
        ShareRefused::Closed => return number("card_closed", "the card is closed for good"),
        ShareRefused::Purse => return number("card_is_a_purse", "a purse card has no part in the budget"),
        ShareRefused::BelowUse(least) => least,
    };
    let below = |measure: &str, least: String| FieldInvalid {
        field: format!("{}.{measure}", wanted.field),
        code: "share_below_use",
        message: format!("{least} are used and held this month already"),
    };
    let roubles = wanted.portion.roubles.filter(|amount| *amount < least.roubles);
    let litres = wanted.portion.litres.filter(|amount| *amount < least.litres);
    let roubles = roubles.map(|_| below("roubles", least.roubles.to_string()));
    roubles.into_iter().chain(litres.map(|_| below("litres", least.litres.to_string()))).collect()
}

/// More would be shared than there is.
pub(super) fn over_distributed(of_plan: bool) -> Problem {
    let (field, message) = match of_plan {
        true => ("roubles", "the cards' shares are more than this plan"),
        false => ("lines", "the cards' shares would be more than the plan"),
    };
    vec![FieldInvalid { field: field.to_owned(), code: "over_distributed", message: message.to_owned() }].into()
}
