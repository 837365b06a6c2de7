//! Why an ask was declined or cut, for programs and for a driver.

use crate::domain::Catalogue;
use crate::domain::invalid::Invalid;
use crate::domain::product::ProductSet;
use crate::domain::quantity::Millilitres;
use crate::domain::rules::{Cap, Measure, stored};
use crate::domain::window::{Period, Zone};
use chrono::serde::ts_milliseconds_option;
use chrono::{DateTime, Utc};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $receipt:literal;)+) => {
        /// Why an ask does not pass, in the order of checking.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ReasonCode {
            $($(#[$doc])* $name,)+
        }

        impl ReasonCode {
            /// All codes, in the order of checking.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The code on the wire.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }

            /// What a receipt says where no limit says more.
            const fn sentence(self) -> &'static str {
                match self {
                    $(Self::$name => $receipt,)+
                }
            }
        }
    };
}

codes! {
    /// No such card, a wrong check digit included.
    CardUnknown = "card_unknown", "Карта не найдена";
    /// The company is suspended or its contract over.
    CompanySuspended = "company_suspended", "Карта не обслуживается, обратитесь в свою компанию";
    /// The card was closed.
    CardClosed = "card_closed", "Карта закрыта";
    /// Its last day is over.
    CardExpired = "card_expired", "Срок действия карты истёк";
    /// Its client or the staff blocked it.
    CardBlocked = "card_blocked", "Карта заблокирована";
    /// It has a PIN and none was given.
    PinRequired = "pin_required", "Введите ПИН-код";
    /// Too many wrong PINs.
    PinLocked = "pin_locked", "ПИН-код заблокирован, обратитесь в свою компанию";
    /// The PIN is wrong.
    PinWrong = "pin_wrong", "Неверный ПИН-код";
    /// As many holds are open as the setting allows.
    TooManyHolds = "too_many_holds", "Сначала завершите начатые заправки по этой карте";
    /// Its rules do not allow this product.
    ProductNotAllowed = "product_not_allowed", "Этот товар по карте не отпускается";
    /// The station is out of service, whoever asks; of the house's own, beside what the contract lists.
    StationClosed = "station_closed", "АЗС закрыта, топливо не отпускается";
    /// Its rules do not allow this station.
    StationNotAllowed = "station_not_allowed", "На этой АЗС карта не обслуживается";
    /// Its rules do not allow this hour.
    TimeNotAllowed = "time_not_allowed", "В это время карта не обслуживается";
    /// A limit leaves less.
    LimitExceeded = "limit_exceeded", "Лимит карты исчерпан";
    /// Its share of the budget leaves less.
    BudgetExceeded = "budget_exceeded", "Доля карты на этот месяц исчерпана";
    /// The money leaves less.
    InsufficientFunds = "insufficient_funds", "Недостаточно средств, обратитесь в свою компанию";
}

impl fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ReasonCode {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let code = Self::ALL.iter().copied().find(|code| code.as_str() == text);
        code.ok_or_else(|| Invalid::new("reason_unknown", "there is no such reason of a decline"))
    }
}

/// What remains of a limit, in its own measure; never below zero.
pub type Remaining = Cap;

/// How one limit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LimitNote {
    /// What it counts.
    #[serde(rename = "m")]
    pub measure: Measure,
    /// Per what.
    #[serde(rename = "p")]
    pub period: Period,
    /// Of which products; the empty set stands for all.
    #[serde(rename = "s")]
    pub products: ProductSet,
    /// What remains.
    #[serde(rename = "r")]
    pub remaining: Remaining,
    /// When its window ends; `None` for a limit per transaction.
    #[serde(rename = "t", with = "ts_milliseconds_option", default, skip_serializing_if = "Option::is_none")]
    pub resets_at: Option<DateTime<Utc>>,
}

/// One reason why all that was asked does not pass. Serde's form is the stored one, with short names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Which rule.
    #[serde(rename = "c")]
    pub code: ReasonCode,
    /// Which limit, where it is one.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<LimitNote>,
    /// How much this rule would let through; zero where it forbids. For [`ReasonCode::InsufficientFunds`] it tells the
    /// company's money: never print it.
    #[serde(rename = "q", with = "stored::millilitres")]
    pub max_quantity: Millilitres,
}

impl Reason {
    /// A reason that lets nothing through, whatever the quantity.
    pub fn plain(code: ReasonCode) -> Self {
        Self { code, limit: None, max_quantity: Millilitres::ZERO }
    }

    /// One short sentence for a driver's receipt, in Russian, without the company's money.
    pub fn receipt(&self, zone: Zone, catalogue: &Catalogue) -> String {
        self.limit.map_or_else(|| self.code.sentence().to_owned(), |limit| limit.receipt(self.code, zone, catalogue))
    }
}

impl LimitNote {
    fn receipt(&self, code: ReasonCode, zone: Zone, catalogue: &Catalogue) -> String {
        let name = match self.period {
            _ if code == ReasonCode::BudgetExceeded => "Доля карты на месяц",
            Period::Transaction => "Лимит на одну заправку",
            Period::Day => "Дневной лимит",
            Period::Week => "Недельный лимит",
            Period::Month => "Месячный лимит",
            Period::Quarter => "Квартальный лимит",
            Period::Year => "Годовой лимит",
        };
        let remaining = match self.remaining {
            // Cut, not rounded: what a receipt promises must pass.
            Cap::Litres(quantity) => format!("{} л", russian(Decimal::new(quantity.get(), 3))),
            Cap::Roubles(amount) => format!("{} ₽", russian(Decimal::new(amount.get(), 2))),
            Cap::Fills(fills) => format!("заправок {fills}"),
        };
        let left = if self.period == Period::Transaction { "не больше" } else { "осталось" };
        let reset = self.resets_at.map_or_else(String::new, |at| {
            let local = zone.local(at);
            format!(", обновится {}", local.format("%d.%m в %H:%M"))
        });
        format!("{name}{}: {left} {remaining}{reset}", product_names(self.products, catalogue))
    }
}

/// ` (ДТ, АИ-95)` for a few products, nothing for all.
fn product_names(set: ProductSet, catalogue: &Catalogue) -> String {
    let names: Vec<&str> = set.iter().filter_map(|ix| catalogue.by_ix(ix)).map(|p| p.name.as_str()).collect();
    match names.len() {
        0 => String::new(),
        1..=3 => format!(" ({})", names.join(", ")),
        _ => String::from(" (часть товаров)"),
    }
}

/// Two decimals after a comma, more cut off; thousands apart by a no-break space.
fn russian(number: Decimal) -> String {
    let mut cut = number.round_dp_with_strategy(2, RoundingStrategy::ToZero);
    cut.rescale(2);
    let text = cut.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    format!("{grouped},{decimals}")
}
