//! Money in kopecks, and the one place where amounts are rounded.

use super::decimal::parse_decimal;
use super::invalid::{Invalid, wire_string};
use super::quantity::Millilitres;
use rust_decimal::{Decimal, RoundingStrategy, prelude::ToPrimitive};
use std::fmt;

/// A signed amount of roubles, counted in kopecks; also a price per unit.
///
/// On the wire a string with two decimals (`"1500.00"`). Input may have fewer decimals, never more, and is never
/// negative; sums inside the house may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Kopecks(i64);

/// The largest amount accepted or computed: ten milliard roubles.
pub const AMOUNT_MAX: Kopecks = Kopecks(1_000_000_000_000);
/// The most decimals of a price that was counted from a cost: as many as the Tax Service's form of an УПД takes.
const PRICE_DECIMALS_MAX: u32 = 11;

impl Kopecks {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// From a count of kopecks.
    pub const fn new(kopecks: i64) -> Self {
        Self(kopecks)
    }

    /// The count of kopecks.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Parses a non-negative amount such as `1500`, `1500.5` or `1500.00`.
    ///
    /// # Errors
    /// `amount_malformed`, `amount_too_precise`, `amount_too_large`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        parse_decimal(text, 2, AMOUNT_MAX.0, "amount").map(Self)
    }

    /// Whether this is above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The sum, or `None` past the range of an `i64`.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or `None` past the range of an `i64`.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The sum, held at the ends of the range: for counters that are compared, never for a balance.
    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The difference, held at the ends of the range: for counters that are compared, never for a balance.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The amount with its sign turned.
    pub fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl fmt::Display for Kopecks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Decimal::new(self.0, 2))
    }
}

wire_string!(Kopecks, "a string of roubles with at most two decimals, such as \"1500.00\"");

/// What `quantity` costs at `price` per unit: rounded to the kopeck, half a kopeck up.
///
/// Holds, captures and refunds all use it.
pub fn cost(quantity: Millilitres, price: Kopecks) -> Kopecks {
    rounded(Decimal::from_i128_with_scale(i128::from(quantity.get()) * i128::from(price.0), 3))
}

/// A part of `amount` in hundredths of a percent: rounded to the kopeck, half a kopeck up. What percentages take off is
/// taken off the rounded amount, so that whoever sees both can check it.
pub fn percent_of(amount: Kopecks, hundredths: u16) -> Kopecks {
    rounded(Decimal::from_i128_with_scale(i128::from(amount.0) * i128::from(hundredths), 4))
}

/// The VAT of `percent` that an amount has in it, as a line of a document says it; of an amount below zero it is below zero.
pub fn vat_within(amount: Kopecks, percent: u8) -> Kopecks {
    let rate = Decimal::from(percent);
    rounded(Decimal::from(amount.0) * rate / (Decimal::from(100) + rate))
}

/// What a unit costs in roubles where `quantity` costs `amount`: with two decimals, or as many more, at most eleven, as it
/// takes until the quantity at that price costs the amount again, to the kopeck. `None` for no quantity.
pub fn unit_price(amount: Kopecks, quantity: Millilitres) -> Option<Decimal> {
    let (total, units) = (Decimal::new(amount.0, 2), Decimal::new(quantity.get(), 3));
    let exact = total.checked_div(units)?;
    let with = |decimals| {
        let mut price = exact.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
        price.rescale(decimals);
        price
    };
    let costs_it = |price: &Decimal| {
        let cost = units.checked_mul(*price);
        cost.map(|cost| cost.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)) == Some(total)
    };
    (2..PRICE_DECIMALS_MAX).map(with).find(costs_it).or_else(|| Some(with(PRICE_DECIMALS_MAX)))
}

/// The only rounding of money in the house: half a kopeck up, of what is given back likewise. Held at the ends of the range
/// of an `i64`, which no parsed quantity and price reach.
fn rounded(exact: Decimal) -> Kopecks {
    let whole = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    Kopecks(whole.to_i64().unwrap_or(i64::MAX))
}

/// The largest quantity whose [`cost`] at `price` is at most `amount`; zero for an amount below zero.
pub fn affordable(amount: Kopecks, price: Kopecks) -> Millilitres {
    if amount.0 < 0 || price.0 <= 0 {
        return Millilitres::ZERO;
    }
    // round(q·p/1000) ≤ a  ⟺  2·q·p < 1000·(2a+1)
    let quantity = (1000 * (2 * i128::from(amount.0) + 1) - 1) / (2 * i128::from(price.0));
    Millilitres::new(i64::try_from(quantity).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::quantity::{CAP_MAX, QUANTITY_MAX};
    use proptest::prelude::*;

    #[test]
    fn half_a_kopeck_rounds_up() {
        // 0.5 of a unit at 0.01: half a kopeck; at 0.03: one and a half.
        assert_eq!(cost(Millilitres::new(500), Kopecks::new(1)), Kopecks::new(1));
        assert_eq!(cost(Millilitres::new(499), Kopecks::new(1)), Kopecks::ZERO);
        assert_eq!(cost(Millilitres::new(500), Kopecks::new(3)), Kopecks::new(2));
        assert_eq!(cost(Millilitres::new(31_500), Kopecks::new(7_190)), Kopecks::new(226_485));
    }

    #[test]
    fn a_part_of_an_amount_rounds_half_a_kopeck_up_too() {
        for (amount, hundredths, part) in [
            (226_485, 500, 11_324),
            (10, 500, 1),
            (9, 500, 0),
            (1, 5_000, 1),
            (1, 4_999, 0),
            (226_485, 10_000, 226_485),
            (0, 10_000, 0),
            (AMOUNT_MAX.get(), 10_000, AMOUNT_MAX.get()),
            (100, 1, 0),
            (5_000, 1, 1),
        ] {
            assert_eq!(percent_of(Kopecks::new(amount), hundredths), Kopecks::new(part), "{amount} {hundredths}");
        }
    }

    #[test]
    fn the_vat_of_a_line_is_as_the_law_counts_it() {
        for (amount, percent, vat) in
            [(12_000, 20, 2_000), (12_200, 22, 2_200), (9, 20, 2), (3, 20, 1), (-3, 20, -1), (1, 0, 0)]
        {
            assert_eq!(vat_within(Kopecks::new(amount), percent), Kopecks::new(vat), "{percent} % of {amount}");
        }
        let price = |amount, quantity| unit_price(Kopecks::new(amount), Millilitres::new(quantity));
        let written = |amount, quantity| price(amount, quantity).map(|price| price.to_string());
        // 0.33 a unit would cost 0.99.
        assert_eq!(written(100, 3_000), Some("0.333".to_owned()));
        assert_eq!(written(226_485, 31_500), Some("71.90".to_owned()));
        assert_eq!(written(-100, -1_000), Some("1.00".to_owned()));
        assert_eq!(written(100, 0), None);
    }

    #[test]
    fn only_plain_decimals_are_read() {
        for good in ["0", "0.5", "1500", "1500.0", "1500.00", "10000000000.00"] {
            assert!(Kopecks::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            " ",
            "1 500",
            " 1",
            "1,5",
            "-1",
            "+1",
            "1e3",
            "0x1",
            "1_000",
            "1.",
            ".5",
            "01",
            "1.2.3",
            "NaN",
            "1.001",
            "10000000000.01",
            "99999999999999999999",
            "1\u{a0}0",
            "١",
        ] {
            assert!(Kopecks::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Kopecks::parse("1.001").unwrap_err().code, "amount_too_precise");
        assert_eq!(Millilitres::parse("1.0001").unwrap_err().code, "quantity_too_precise");
        assert_eq!(Kopecks::parse("10000000000.01").unwrap_err().code, "amount_too_large");
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(kopecks in 0..=AMOUNT_MAX.get(), thousandths in 0..=CAP_MAX.get()) {
            let (amount, quantity) = (Kopecks::new(kopecks), Millilitres::new(thousandths));
            prop_assert_eq!(Kopecks::parse(&amount.to_string()), Ok(amount));
            prop_assert_eq!(Millilitres::parse(&quantity.to_string()), Ok(quantity));
        }

        #[test]
        fn a_cost_is_within_half_a_kopeck(thousandths in 0..=QUANTITY_MAX.get(), price in 1..=10_000_000i64) {
            let exact = i128::from(thousandths) * i128::from(price);
            let rounded = i128::from(cost(Millilitres::new(thousandths), Kopecks::new(price)).get()) * 1_000;
            prop_assert!(rounded - exact <= 500 && exact - rounded < 500);
        }

        #[test]
        fn the_vat_in_an_amount_is_within_half_a_kopeck(kopecks in -AMOUNT_MAX.get()..=AMOUNT_MAX.get(), percent in 0u8..=50) {
            let vat = i128::from(vat_within(Kopecks::new(kopecks), percent).get());
            let (rate, exact) = (i128::from(percent), i128::from(kopecks) * i128::from(percent));
            prop_assert!((2 * (vat * (100 + rate) - exact)).abs() <= 100 + rate);
            prop_assert_eq!(i128::from(vat_within(Kopecks::new(-kopecks), percent).get()), -vat);
        }

        #[test]
        fn at_its_unit_price_a_quantity_costs_its_amount(kopecks in 0..=AMOUNT_MAX.get(), thousandths in 1..=500_000_000_000i64) {
            let price = unit_price(Kopecks::new(kopecks), Millilitres::new(thousandths)).unwrap();
            prop_assert!((2..=11).contains(&price.scale()));
            // In whole units of 10⁻¹⁴ of a rouble.
            let (scale, exact) = (10i128.pow(11 - price.scale()), price.mantissa());
            let cost = exact.checked_mul(scale).and_then(|price| price.checked_mul(i128::from(thousandths)));
            let amount = i128::from(kopecks) * 10i128.pow(12);
            prop_assert!((cost.unwrap() - amount).abs() <= 5 * 10i128.pow(11));
        }

        #[test]
        fn what_is_affordable_costs_no_more_and_a_thousandth_more_does(amount in 0..=AMOUNT_MAX.get(), price in 1..=10_000_000i64) {
            let (amount, price) = (Kopecks::new(amount), Kopecks::new(price));
            let most = affordable(amount, price);
            prop_assert!(cost(most, price) <= amount);
            prop_assert!(cost(Millilitres::new(most.get() + 1), price) > amount);
        }

        #[test]
        fn nonsense_never_panics(text in ".{0,40}") {
            let _ = (Kopecks::parse(&text), Millilitres::parse(&text));
        }
    }
}
