//! Budgets on the wire.

use oktan_shared::App;
use oktan_shared::domain::account::Account;
use oktan_shared::domain::budget::{Portion, Sum};
use oktan_shared::domain::card::Funding;
use oktan_shared::domain::text::{Group, Label};
use oktan_shared::domain::{CardNumber, Kopecks, Millilitres};
use oktan_shared::table::ShareRow;
use serde::{Deserialize, Serialize};

/// How often a plan starts anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BudgetPeriod {
    /// On the first of a month, in the company's time zone.
    Month,
}

/// Roubles and litres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct AmountsView {
    /// Roubles.
    pub roubles: Kopecks,
    /// Litres.
    pub litres: Millilitres,
}

impl From<Sum> for AmountsView {
    fn from(sum: Sum) -> Self {
        Self { roubles: sum.roubles, litres: sum.litres }
    }
}

/// A card's share of the budget.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct LineView {
    /// The card.
    pub number: CardNumber,
    /// A plate or a driver; may be empty.
    pub label: Label,
    /// Its group; may be empty.
    pub group: Group,
    /// This month's share in roubles, what was lent included; `null` if roubles do not cap the card.
    #[schema(required)]
    pub roubles: Option<Kopecks>,
    /// The same in litres.
    #[schema(required)]
    pub litres: Option<Millilitres>,
    /// The part of the share that exceptions brought from the reserve, for this month only.
    pub lent: AmountsView,
    /// What was left of last month's share and adds to this month's, apart from it.
    pub carried: AmountsView,
    /// Bought this month.
    pub used: AmountsView,
    /// On open holds.
    pub held: AmountsView,
}

impl LineView {
    /// A card's share as it stands.
    pub fn of(app: &App, row: &ShareRow, account: &Account) -> Self {
        let (share, now) = (&row.allowance.share, app.clock.now());
        let stands = row.row.card.share_use(share, account, &app.catalogue(), now);
        let lent = share.lent.of(stands.month).less(row.returned(app, account));
        let shown = share.portion.plus(lent);
        Self {
            number: row.row.card.number.clone(),
            label: row.note.label.clone(),
            group: row.note.group.clone(),
            roubles: shown.roubles,
            litres: shown.litres,
            lent: share.portion.only(lent).into(),
            carried: stands.carried.into(),
            used: stands.used.into(),
            held: stands.held.into(),
        }
    }
}

/// What a card whose exception is over gives back, though the write that does it is still to come.
pub trait Returned {
    /// How much.
    fn returned(&self, app: &App, account: &Account) -> Sum;
}

impl Returned for ShareRow {
    fn returned(&self, app: &App, account: &Account) -> Sum {
        let ended = self.row.card.ended_exception(&self.allowance, account, &app.catalogue(), app.clock.now());
        ended.map_or(Sum::ZERO, |(_, back)| back)
    }
}

/// A card's share as somebody sets it; a measure that is left out does not cap the card.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineAsk {
    /// The card.
    pub number: CardNumber,
    /// Its share in roubles.
    pub roubles: Option<Kopecks>,
    /// Its share in litres.
    pub litres: Option<Millilitres>,
}

impl LineAsk {
    /// The share.
    pub fn portion(&self) -> Portion {
        Portion { roubles: self.roubles, litres: self.litres }
    }
}

/// Whether a card can have a share.
pub fn may_share(row: &ShareRow) -> bool {
    row.row.card.funding == Funding::Account && !row.row.card.closed
}
