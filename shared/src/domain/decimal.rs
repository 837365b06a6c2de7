//! Plain decimals as they are typed.

use super::invalid::Invalid;
use rust_decimal::Decimal;

/// Reads a plain decimal (`12`, `12.3`) as an integer of `scale` decimals, in `0..=max`.
pub(super) fn parse_decimal(text: &str, scale: usize, max: i64, what: &str) -> Result<i64, Invalid> {
    let malformed = || {
        Invalid::new(
            if what == "amount" { "amount_malformed" } else { "quantity_malformed" },
            format!("{what}: digits with at most {scale} decimals after a point"),
        )
    };
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || (whole.len() > 1 && whole.starts_with('0')) {
        return Err(malformed());
    }
    if decimals.len() > scale {
        return Err(Invalid::new(
            if what == "amount" { "amount_too_precise" } else { "quantity_too_precise" },
            format!("at most {scale} decimals: nothing is rounded silently"),
        ));
    }
    let too_large = || {
        Invalid::new(
            if what == "amount" { "amount_too_large" } else { "quantity_too_large" },
            format!("{what}: this large a value is not accepted"),
        )
    };
    if whole.len() > 15 {
        return Err(too_large());
    }
    let mut value = Decimal::from_str_exact(text).map_err(|_| malformed())?;
    value.rescale(u32::try_from(scale).unwrap_or(3));
    i64::try_from(value.mantissa()).ok().filter(|v| *v <= max).ok_or_else(too_large)
}
