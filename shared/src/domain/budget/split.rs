//! Dividing to the last unit.

use std::cmp::Reverse;

/// Divides `total` in proportion to `weights` so that the parts sum to it exactly: each part is cut to whole units, and
/// the units left over go one each to the largest remainders, among equal ones to the first. `None` if no weight is above
/// zero or the total is below it.
pub fn split(total: i64, weights: &[u64]) -> Option<Vec<i64>> {
    let whole: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if whole == 0 || total < 0 {
        return None;
    }
    let exact = |weight: &u64| i128::from(total).checked_mul(i128::from(*weight));
    let cut: Option<Vec<(i64, i128)>> = weights
        .iter()
        .map(|weight| {
            let product = exact(weight)?;
            Some((i64::try_from(product.checked_div(whole)?).ok()?, product.checked_rem(whole)?))
        })
        .collect();
    let cut = cut?;
    let mut parts: Vec<i64> = cut.iter().map(|(part, _)| *part).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|at| Reverse(cut.get(*at).map(|(_, rest)| *rest)));
    let over = usize::try_from(total.saturating_sub(parts.iter().sum())).ok()?;
    for at in order.into_iter().take(over) {
        if let Some(part) = parts.get_mut(at) {
            *part = part.saturating_add(1);
        }
    }
    Some(parts)
}
