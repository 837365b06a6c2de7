//! Why an ask was declined or cut, for programs and for a driver.

use crate::domain::Catalogue;
use crate::domain::invalid::Invalid;
use crate::domain::news::Language;
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
    ($($(#[$doc:meta])* $name:ident = $text:literal, $russian:literal, $english:literal;)+) => {
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
            const fn sentence(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$name, Language::Ru) => $russian,
                    (Self::$name, Language::En) => $english,)+
                }
            }
        }
    };
}

codes! {
    /// No such card, a wrong check digit included.
    CardUnknown = "card_unknown", "Карта не найдена",
        "There is no such card";
    /// The company is suspended or its contract over.
    CompanySuspended = "company_suspended", "Карта не обслуживается, обратитесь в свою компанию",
        "The card is not served, ask your company";
    /// The card was closed.
    CardClosed = "card_closed", "Карта закрыта",
        "The card is closed";
    /// Its last day is over.
    CardExpired = "card_expired", "Срок действия карты истёк",
        "The card has expired";
    /// Its client or the staff blocked it.
    CardBlocked = "card_blocked", "Карта заблокирована",
        "The card is blocked";
    /// It has a PIN and none was given.
    PinRequired = "pin_required", "Введите ПИН-код",
        "Enter the PIN";
    /// Too many wrong PINs.
    PinLocked = "pin_locked", "ПИН-код заблокирован, обратитесь в свою компанию",
        "The PIN is locked, ask your company";
    /// The PIN is wrong.
    PinWrong = "pin_wrong", "Неверный ПИН-код",
        "Wrong PIN";
    /// As many holds are open as the setting allows.
    TooManyHolds = "too_many_holds", "Сначала завершите начатые заправки по этой карте",
        "First finish the fills under way on this card";
    /// Its rules do not allow this product.
    ProductNotAllowed = "product_not_allowed", "Этот товар по карте не отпускается",
        "The card does not buy this product";
    /// The station is out of service, whoever asks; of the house's own, beside what the contract lists.
    StationClosed = "station_closed", "АЗС закрыта, топливо не отпускается",
        "The station is closed and sells nothing";
    /// Its rules do not allow this station.
    StationNotAllowed = "station_not_allowed", "На этой АЗС карта не обслуживается",
        "The card is not served at this station";
    /// Its rules do not allow this hour.
    TimeNotAllowed = "time_not_allowed", "В это время карта не обслуживается",
        "The card is not served at this time";
    /// A limit leaves less.
    LimitExceeded = "limit_exceeded", "Лимит карты исчерпан",
        "A limit of the card is used up";
    /// Its share of the budget leaves less.
    BudgetExceeded = "budget_exceeded", "Доля карты на этот месяц исчерпана",
        "The card's share of this month is used up";
    /// The money leaves less.
    InsufficientFunds = "insufficient_funds", "Недостаточно средств, обратитесь в свою компанию",
        "Not enough money, ask your company";
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
        self.sentence(Language::Ru, zone, catalogue)
    }

    /// The same in either language.
    pub fn sentence(&self, language: Language, zone: Zone, catalogue: &Catalogue) -> String {
        match (self.limit, language) {
            (None, _) => self.code.sentence(language).to_owned(),
            (Some(limit), Language::Ru) => limit.in_russian(self.code, zone, catalogue),
            (Some(limit), Language::En) => limit.in_english(self.code, zone, catalogue),
        }
    }
}

impl LimitNote {
    fn in_russian(&self, code: ReasonCode, zone: Zone, catalogue: &Catalogue) -> String {
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
        let products = product_names(self.products, Language::Ru, catalogue);
        format!("{name}{products}: {left} {remaining}{reset}")
    }

    fn in_english(&self, code: ReasonCode, zone: Zone, catalogue: &Catalogue) -> String {
        let name = match self.period {
            _ if code == ReasonCode::BudgetExceeded => "The card's share of the month",
            Period::Transaction => "Limit of one fill",
            Period::Day => "Day limit",
            Period::Week => "Week limit",
            Period::Month => "Month limit",
            Period::Quarter => "Quarter limit",
            Period::Year => "Year limit",
        };
        let remaining = match self.remaining {
            Cap::Litres(quantity) => format!("{} litres", english(Decimal::new(quantity.get(), 3))),
            Cap::Roubles(amount) => format!("{} ₽", english(Decimal::new(amount.get(), 2))),
            Cap::Fills(fills) => format!("{fills} fills"),
        };
        let (before, after) = if self.period == Period::Transaction { ("at most ", "") } else { ("", " left") };
        let reset = self.resets_at.map_or_else(String::new, |at| {
            let local = zone.local(at);
            format!(", resets on {}", local.format("%-d %B at %H:%M"))
        });
        let products = product_names(self.products, Language::En, catalogue);
        format!("{name}{products}: {before}{remaining}{after}{reset}")
    }
}

/// ` (ДТ, АИ-95)` for a few products, nothing for all.
fn product_names(set: ProductSet, language: Language, catalogue: &Catalogue) -> String {
    let names: Vec<&str> = set.iter().filter_map(|ix| catalogue.by_ix(ix)).map(|p| p.name_in(language)).collect();
    match names.len() {
        0 => String::new(),
        1..=3 => format!(" ({})", names.join(", ")),
        _ if language == Language::En => String::from(" (some products)"),
        _ => String::from(" (часть товаров)"),
    }
}

/// Two decimals after a comma, more cut off; thousands apart by a no-break space.
fn russian(number: Decimal) -> String {
    grouped(number, '\u{a0}', ',')
}

/// Two decimals after a point, more cut off; thousands apart by a comma.
fn english(number: Decimal) -> String {
    grouped(number, ',', '.')
}

fn grouped(number: Decimal, between: char, point: char) -> String {
    let mut cut = number.round_dp_with_strategy(2, RoundingStrategy::ToZero);
    cut.rescale(2);
    let text = cut.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(between);
        }
        grouped.push(digit);
    }
    format!("{grouped}{point}{decimals}")
}
