//! All rules of a card, each with the most it would let through now. [`Card::authorize`] decides by the same list that
//! [`Card::check`] shows, so the two cannot disagree.

use super::{Card, Funding, set_aside};
use crate::domain::Catalogue;
use crate::domain::account::{Account, CompanyStatus};
use crate::domain::authorization::{LimitNote, Reason, ReasonCode, Remaining};
use crate::domain::budget::Allowance;
use crate::domain::ids::StationCode;
use crate::domain::money::{Kopecks, affordable};
use crate::domain::pin::{PinShown, PinState};
use crate::domain::product::ProductIx;
use crate::domain::promotion::Offers;
use crate::domain::quantity::{Millilitres, QUANTITY_MAX};
use crate::domain::rules::{Cap, Limit, Rules};
use crate::domain::usage::Tally;
use crate::domain::window::{Windows, Zone};
use chrono::{DateTime, Utc};

/// What a decision needs besides the card.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// What people allow the card.
    pub rules: &'a Rules,
    /// Its share of the budget and its exception.
    pub allowance: &'a Allowance,
    /// Its company's account: status, zone, money.
    pub account: &'a Account,
    /// The products.
    pub catalogue: &'a Catalogue,
    /// The promotions that may be had.
    pub offers: &'a Offers,
    /// Whether the station is out of service.
    pub station_closed: bool,
    /// The station's list price of the product, if it has one.
    pub list_price: Option<Kopecks>,
    /// The most holds open at once on a card, a setting.
    pub holds_max: usize,
    /// Minutes until a hold counts as zero, a setting.
    pub hold_minutes: i64,
    /// The PIN that came with the ask, compared with the card's.
    pub pin: PinShown,
}

/// A rule, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleName {
    /// The company's status and the card's: closed, expired, blocked.
    Status,
    /// The card's PIN.
    Pin,
    /// How many holds are open.
    Holds,
    /// The products it may buy.
    Product,
    /// The stations where it may fuel, and whether the one it is at is in service.
    Station,
    /// The weekdays and hours.
    Schedule,
    /// One of its limits.
    Limit(Limit),
    /// Its share of the budget, in one measure.
    Budget,
    /// The account's money or the purse's.
    Money,
}

/// What one rule says now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOutcome {
    /// Which.
    pub rule: RuleName,
    /// The most it lets through: [`QUANTITY_MAX`] where it does not bind, zero where it forbids.
    pub max_quantity: Millilitres,
    /// The most it would let through if the card had no exception.
    pub alone: Millilitres,
    /// How the limit stands, for a limit.
    pub note: Option<LimitNote>,
    /// What it says when it refuses.
    pub reason: ReasonCode,
}

impl RuleOutcome {
    /// Whether `quantity` passes this rule. Nothing at all passes only where something would.
    pub fn passes(&self, quantity: Millilitres) -> bool {
        self.max_quantity.is_positive() && quantity <= self.max_quantity
    }

    /// The reason it gives when it refuses.
    pub fn to_reason(&self) -> Reason {
        Reason { code: self.reason, limit: self.note, max_quantity: self.max_quantity }
    }

    pub(super) fn yes_or_no(rule: RuleName, reason: ReasonCode, yes: bool) -> Self {
        let most = if yes { QUANTITY_MAX } else { Millilitres::ZERO };
        Self { rule, max_quantity: most, alone: most, note: None, reason }
    }
}

/// How a limit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitUse {
    /// The limit.
    pub limit: Limit,
    /// Captured and on open holds, in the limit's measure; may be above the cap.
    pub used: Cap,
    /// The part of `used` that is on open holds.
    pub held: Cap,
    /// What is left; never below zero.
    pub remaining: Remaining,
    /// When its window ends; `None` for a limit per transaction.
    pub resets_at: Option<DateTime<Utc>>,
}

impl Card {
    /// What each rule would let through now, in the order of checking; changes nothing.
    ///
    /// The status is one outcome where it passes, and one for each thing wrong with it where it does not; so is the
    /// station. Of the PIN, if the card has one, it is only said whether it is locked. Without a station its rule is left
    /// out.
    pub fn check(
        &self,
        product: ProductIx,
        price: Kopecks,
        station: Option<&StationCode>,
        facts: &Facts,
        now: DateTime<Utc>,
    ) -> Vec<RuleOutcome> {
        use RuleOutcome as Outcome;
        let rules = facts.rules;
        let zone = facts.account.zone;
        let mut outcomes =
            one_or_each_wrong(RuleName::Status, ReasonCode::CardBlocked, &self.wrong_with(facts.account, now));
        if self.pin_state() != PinState::None {
            let free = self.pin_state() == PinState::Set;
            outcomes.push(Outcome::yes_or_no(RuleName::Pin, ReasonCode::PinLocked, free));
        }
        let free = self.open_holds(now).count() < facts.holds_max;
        outcomes.push(Outcome::yes_or_no(RuleName::Holds, ReasonCode::TooManyHolds, free));
        let sold = rules.products.as_ref().is_none_or(|choice| choice.passes(product));
        outcomes.push(Outcome::yes_or_no(RuleName::Product, ReasonCode::ProductNotAllowed, sold));
        if let Some(station) = station {
            let refused = rules.stations.as_ref().is_some_and(|choice| !choice.passes(station));
            let wrong = [(ReasonCode::StationClosed, facts.station_closed), (ReasonCode::StationNotAllowed, refused)];
            outcomes.extend(one_or_each_wrong(RuleName::Station, ReasonCode::StationNotAllowed, &wrong));
        }
        let open = rules.schedule.as_ref().is_none_or(|schedule| schedule.allows(zone.local(now)));
        outcomes.push(Outcome::yes_or_no(RuleName::Schedule, ReasonCode::TimeNotAllowed, open));
        let excepted = self.open_exception(facts.allowance, product, now).map(|exception| exception.quantity);
        for limit in self.limit_use(rules, facts.catalogue, zone, now) {
            let binds = limit.limit.counts(product, facts.catalogue);
            let alone = if binds { limit.max_quantity(price) } else { QUANTITY_MAX };
            outcomes.push(Outcome {
                rule: RuleName::Limit(limit.limit),
                max_quantity: alone.max(excepted.unwrap_or_default()),
                alone,
                note: Some(limit.note()),
                reason: ReasonCode::LimitExceeded,
            });
        }
        outcomes.extend(self.check_share(product, price, facts, now));
        let money = bought_with(self.money(facts.account, now), price);
        outcomes.push(Outcome {
            rule: RuleName::Money,
            max_quantity: money,
            alone: money,
            note: None,
            reason: ReasonCode::InsufficientFunds,
        });
        outcomes
    }

    /// How each of the card's limits stands, in the order of the rules.
    pub fn limit_use(&self, rules: &Rules, catalogue: &Catalogue, zone: Zone, now: DateTime<Utc>) -> Vec<LimitUse> {
        let windows = zone.windows(now);
        rules.limits.iter().map(|limit| self.use_of(limit, catalogue, &windows, zone, now)).collect()
    }

    /// How one limit stands in the `windows` of now.
    pub(super) fn use_of(
        &self,
        limit: &Limit,
        catalogue: &Catalogue,
        windows: &Windows,
        zone: Zone,
        now: DateTime<Utc>,
    ) -> LimitUse {
        let held = self.on_hold(limit, catalogue, windows, now);
        let captured = self.usage.used(limit.period, windows, |product| limit.counts(product, catalogue));
        let used = limit.cap.of(captured.plus(held));
        LimitUse {
            limit: *limit,
            used,
            held: limit.cap.of(held),
            remaining: limit.cap.less(used),
            resets_at: zone.resets_at(limit.period, now),
        }
    }

    /// What open holds count against a limit in the windows of now; nothing against a limit per transaction.
    fn on_hold(&self, limit: &Limit, catalogue: &Catalogue, now_in: &Windows, now: DateTime<Utc>) -> Tally {
        let Some(window) = now_in.get(limit.period) else {
            return Tally::default();
        };
        self.open_holds(now)
            .filter(|hold| limit.counts(hold.product, catalogue) && hold.windows().get(limit.period) >= Some(window))
            .map(|hold| Tally { quantity: hold.quantity, amount: hold.amount, fills: 1 })
            .fold(Tally::default(), Tally::plus)
    }

    /// What may be wrong with the company or the card, and whether it is.
    fn wrong_with(&self, account: &Account, now: DateTime<Utc>) -> [(ReasonCode, bool); 4] {
        [
            (ReasonCode::CompanySuspended, account.status != CompanyStatus::Active),
            (ReasonCode::CardClosed, self.closed),
            (ReasonCode::CardExpired, account.zone.date(now) > self.valid_until),
            (ReasonCode::CardBlocked, self.blocked_by_client || self.blocked_by_staff),
        ]
    }

    /// What the card could spend now. Expired holds count as zero at once, though their money is not back yet.
    fn money(&self, account: &Account, now: DateTime<Utc>) -> Kopecks {
        match self.funding {
            Funding::Account => {
                let expired = self.holds.iter().filter(|hold| !hold.is_open(now));
                account.available.saturating_add(set_aside(expired, Funding::Account))
            }
            Funding::Purse => self.purse.saturating_sub(set_aside(self.open_holds(now), Funding::Purse)),
        }
    }
}

/// An outcome for each thing that is wrong, or the one that a rule has when nothing is.
fn one_or_each_wrong(rule: RuleName, passed: ReasonCode, wrong: &[(ReasonCode, bool)]) -> Vec<RuleOutcome> {
    let refused = wrong.iter().filter(|(_, is_so)| *is_so);
    let refusals: Vec<_> = refused.map(|(reason, _)| RuleOutcome::yes_or_no(rule, *reason, false)).collect();
    if refusals.is_empty() {
        return vec![RuleOutcome::yes_or_no(rule, passed, true)];
    }
    refusals
}

impl LimitUse {
    pub(super) fn max_quantity(&self, price: Kopecks) -> Millilitres {
        match self.remaining {
            Cap::Litres(left) => left.min(QUANTITY_MAX),
            Cap::Roubles(left) => bought_with(left, price),
            Cap::Fills(0) => Millilitres::ZERO,
            Cap::Fills(_) => QUANTITY_MAX,
        }
    }

    pub(super) fn note(&self) -> LimitNote {
        LimitNote {
            measure: self.limit.cap.measure(),
            period: self.limit.period,
            products: self.limit.products,
            remaining: self.remaining,
            resets_at: self.resets_at,
        }
    }
}

impl Cap {
    /// The part of a tally in this cap's measure.
    fn of(self, tally: Tally) -> Self {
        match self {
            Self::Litres(_) => Self::Litres(tally.quantity),
            Self::Roubles(_) => Self::Roubles(tally.amount),
            Self::Fills(_) => Self::Fills(tally.fills),
        }
    }

    /// What is left of this cap, not below zero.
    fn less(self, used: Self) -> Self {
        match (self, used) {
            (Self::Litres(cap), Self::Litres(used)) => Self::Litres(cap.saturating_sub(used).max(Millilitres::ZERO)),
            (Self::Roubles(cap), Self::Roubles(used)) => Self::Roubles(cap.saturating_sub(used).max(Kopecks::ZERO)),
            (Self::Fills(cap), Self::Fills(used)) => Self::Fills(cap.saturating_sub(used)),
            // Another measure takes nothing from this one; `of` never makes such a pair.
            (cap, _) => cap,
        }
    }
}

/// The most that `amount` buys at `price`, up to [`QUANTITY_MAX`]; what costs nothing needs only an amount not below
/// zero.
fn bought_with(amount: Kopecks, price: Kopecks) -> Millilitres {
    if price.is_positive() || amount < Kopecks::ZERO {
        affordable(amount, price).min(QUANTITY_MAX)
    } else {
        QUANTITY_MAX
    }
}
