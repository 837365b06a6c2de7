//! A company's account as a decision sees it.

use super::budget::CarryOver;
use super::ids::CompanyId;
use super::money::Kopecks;
use super::promotion::{Joined, Saving};
use super::quantity::Millilitres;
use super::window::Zone;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Whether a company may fuel and change things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CompanyStatus {
    /// Everything works.
    Active,
    /// No fuel, no changes of cards, limits or purses; sign-in, documents and tickets work.
    Suspended,
    /// The contract is over.
    Closed,
}

impl CompanyStatus {
    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }
}

/// A company's money. The row moves by arithmetic ([`AccountMove`]), never by version.
///
/// Always `available = balance − moved − held + credit_limit` ([`Account::identity_holds`]); purses' purchases, kept in
/// shards of their own, stand in neither `balance` nor `moved`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Whose it is.
    pub company: CompanyId,
    /// Whether it may fuel.
    pub status: CompanyStatus,
    /// The zone of its calendar windows.
    pub zone: Zone,
    /// Payments − account cards' purchases + refunds ± adjustments; purses' purchases are not yet taken off.
    pub balance: Kopecks,
    /// Net moved to purses.
    pub moved: Kopecks,
    /// Set aside by the holds of account cards, expired ones included until they are dropped.
    pub held: Kopecks,
    /// How far below zero the balance may go.
    pub credit_limit: Kopecks,
    /// What account cards may still spend: «Доступно компании».
    pub available: Kopecks,
    /// The day that `day_spent` counts.
    pub day: NaiveDate,
    /// Spent by account cards on `day`, refunds taken off.
    pub day_spent: Kopecks,
    /// Spent by account cards in the month of `day`, refunds taken off.
    pub month_spent: Kopecks,
    /// Bought in litres by account cards in the month of `day`, returns taken off.
    pub month_litres: Millilitres,
    /// Saved by account cards, ever, what returns took back taken off.
    pub saved: Kopecks,
    /// Saved by account cards in the month of `day`, likewise.
    pub month_saved: Kopecks,
    /// The promotions that the company takes part in.
    pub joined: Joined,
    /// Whether purse cards exist, so that their shards have to be read.
    pub has_purses: bool,
    /// Whether what is left of a month's shares adds to the next month.
    pub carry_over: CarryOver,
    /// Whether somebody is told of declines.
    pub tells_declines: bool,
}

/// Signed deltas that one write adds to the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AccountMove {
    /// Added to the balance.
    pub balance: Kopecks,
    /// Added to what is net moved to purses.
    pub moved: Kopecks,
    /// Added to what is held.
    pub held: Kopecks,
    /// Added to what is available.
    pub available: Kopecks,
    /// Added to the spent of the day and of the month.
    pub spent: Kopecks,
    /// Added to the litres of the month.
    pub litres: Millilitres,
    /// Added to what was saved, if anything was.
    pub saving: Option<Saving>,
    /// The write's condition `available >= needs`, on the row as it is before the write; may be below zero, when the
    /// write gives back more than it takes. `None` for what already happened: a capture, a release, a refund.
    pub needs: Option<Kopecks>,
}

impl AccountMove {
    /// A hold of `amount` placed while holds of `released` are dropped: the write must find the difference available.
    pub fn hold(amount: Kopecks, released: Kopecks) -> Self {
        let net = amount.saturating_sub(released);
        Self { held: net, available: net.negated(), needs: Some(net), ..Self::default() }
    }

    /// A purchase of `amount` posted while a hold of `released` is dropped; `litres` of what is measured in litres.
    /// Unconditional: the fuel is gone.
    pub fn purchase(amount: Kopecks, litres: Millilitres, released: Kopecks) -> Self {
        Self {
            balance: amount.negated(),
            held: released.negated(),
            available: released.saturating_sub(amount),
            spent: amount,
            litres,
            ..Self::default()
        }
    }

    /// Holds of `released` dropped.
    pub fn release(released: Kopecks) -> Self {
        Self { held: released.negated(), available: released, ..Self::default() }
    }

    /// The same, and what the purchase saved or its return took back.
    #[must_use]
    pub fn and_saved(self, saving: Option<Saving>) -> Self {
        Self { saving, ..self }
    }

    /// The same, and `amount` back from a purse; below zero, what a purse lacks is paid.
    #[must_use]
    pub fn and_from_purse(self, amount: Kopecks) -> Self {
        let (moved, available) = (self.moved.saturating_sub(amount), self.available.saturating_add(amount));
        Self { moved, available, ..self }
    }

    /// `amount` of a purchase returned, and `litres` of what is measured in litres.
    pub fn refund(amount: Kopecks, litres: Millilitres) -> Self {
        let litres = Millilitres::ZERO.saturating_sub(litres);
        Self { balance: amount, available: amount, spent: amount.negated(), litres, ..Self::default() }
    }
}

impl Account {
    /// The account of a new company.
    pub fn open(company: CompanyId, zone: Zone, now: DateTime<Utc>) -> Self {
        Self {
            company,
            status: CompanyStatus::Active,
            zone,
            balance: Kopecks::ZERO,
            moved: Kopecks::ZERO,
            held: Kopecks::ZERO,
            credit_limit: Kopecks::ZERO,
            available: Kopecks::ZERO,
            day: zone.date(now),
            day_spent: Kopecks::ZERO,
            month_spent: Kopecks::ZERO,
            month_litres: Millilitres::ZERO,
            saved: Kopecks::ZERO,
            month_saved: Kopecks::ZERO,
            joined: Joined::default(),
            has_purses: false,
            carry_over: CarryOver::default(),
            tells_declines: false,
        }
    }

    /// The account after a write that finds it like this on the local date `today`; `None` if the write's condition
    /// fails or a sum leaves the range of kopecks. The database does the same arithmetic in its expression.
    pub fn after(&self, change: &AccountMove, today: NaiveDate) -> Option<Self> {
        if change.needs.is_some_and(|needs| self.available < needs) {
            return None;
        }
        // A clock a little behind the one that turned the day counts into that day.
        let today = today.max(self.day);
        let same_month = (self.day.year(), self.day.month()) == (today.year(), today.month());
        let day_so_far = if self.day == today { self.day_spent } else { Kopecks::ZERO };
        let month_so_far = if same_month { self.month_spent } else { Kopecks::ZERO };
        let saved_so_far = if same_month { self.month_saved } else { Kopecks::ZERO };
        let saved = change.saving.map_or(Kopecks::ZERO, |saving| saving.amount);
        let litres_so_far = if same_month { self.month_litres } else { Millilitres::ZERO };
        Some(Self {
            balance: self.balance.checked_add(change.balance)?,
            moved: self.moved.checked_add(change.moved)?,
            held: self.held.checked_add(change.held)?,
            available: self.available.checked_add(change.available)?,
            day: today,
            day_spent: day_so_far.checked_add(change.spent)?,
            month_spent: month_so_far.checked_add(change.spent)?,
            month_litres: litres_so_far.saturating_add(change.litres),
            saved: self.saved.checked_add(saved)?,
            month_saved: saved_so_far.checked_add(saved)?,
            ..self.clone()
        })
    }

    /// Whether `available = balance − moved − held + credit_limit`, to the kopeck.
    pub fn identity_holds(&self) -> bool {
        self.balance
            .checked_sub(self.moved)
            .and_then(|rest| rest.checked_sub(self.held))
            .and_then(|rest| rest.checked_add(self.credit_limit))
            .is_some_and(|available| available == self.available)
    }
}
