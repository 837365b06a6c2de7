//! What a distribution would come to, and what came of it.

use super::NUMBERS_MAX;
use crate::view::{AmountsView, LineView};
use oktan_shared::App;
use oktan_shared::acts::shares::{self, Wanted};
use oktan_shared::domain::account::Account;
use oktan_shared::domain::budget::{Allowance, Budget, Share, Sum};
use oktan_shared::domain::{CardNumber, Kopecks, Millilitres};
use oktan_shared::http::{Client, Problem, grant};
use oktan_shared::table::ShareRow;
use serde::Serialize;
use std::collections::HashMap;

/// A card's part.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct PartView {
    /// The share as it would be, or is.
    #[serde(flatten)]
    line: LineView,
    /// The share before in roubles.
    #[schema(required)]
    roubles_before: Option<Kopecks>,
    /// The share before in litres.
    #[schema(required)]
    litres_before: Option<Millilitres>,
    /// The least that the share may be: what is used and held.
    least: AmountsView,
    /// Why the card was left as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
}

/// What came of a distribution, or would.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct DistributionView {
    /// Each card's part, by number; of more than 500 the first.
    items: Vec<PartView>,
    /// How many cards.
    cards: usize,
    /// What was divided.
    total: AmountsView,
    /// What is left unassigned.
    reserve: AmountsView,
}

/// What a distribution is decided on.
pub struct Preview<'a> {
    /// The house.
    pub app: &'a App,
    /// As it was read.
    pub budget: &'a Budget,
    /// As it was read.
    pub account: &'a Account,
}

impl Preview<'_> {
    /// What would come of it.
    pub fn of(&self, shares: Vec<Wanted>, total: Sum) -> DistributionView {
        let now = self.app.clock.now();
        let month = self.account.zone.windows(now).month();
        let mut reserve = self.budget.reserve(month);
        let part = |wanted: Wanted| {
            let Wanted { row, portion, .. } = wanted;
            let before = row.allowance.share;
            reserve = reserve.plus(before.taken(month)).less(portion.sum());
            let least = row.row.card.share_use(&before, self.account, &self.app.catalogue(), now).least();
            let allowance = Allowance { share: Share::new(portion), ..row.allowance };
            PartView {
                line: LineView::of(self.app, &ShareRow { allowance, ..row }, self.account),
                roubles_before: before.portion.roubles,
                litres_before: before.portion.litres,
                least: portion.only(least).into(),
                code: None,
            }
        };
        let cards = shares.len();
        let mut items: Vec<PartView> = shares.into_iter().map(part).collect();
        items.truncate(NUMBERS_MAX);
        DistributionView { items, cards, total: total.into(), reserve: reserve.into() }
    }
}

impl DistributionView {
    /// The shares as they are now, and the cards that were left as they were.
    pub async fn become_real(
        &mut self,
        app: &App,
        who: &Client<grant::ManageLimits>,
        done: shares::Changed,
    ) -> Result<(), Problem> {
        let (budget, account) = app.table.budget(who.company).await?.ok_or_else(Problem::not_found)?;
        let numbers: Vec<CardNumber> = self.items.iter().map(|item| item.line.number.clone()).collect();
        let rows = app.table.shares(who.company, &numbers).await?;
        let rows: HashMap<_, _> = rows.iter().map(|row| (&row.row.card.number, row)).collect();
        let failed: HashMap<_, _> = done.failed.into_iter().collect();
        for item in &mut self.items {
            item.code = failed.get(&item.line.number).copied();
            if let Some(row) = rows.get(&item.line.number) {
                item.line = LineView::of(app, row, &account);
            }
        }
        self.reserve = budget.reserve(account.zone.windows(app.clock.now()).month()).into();
        Ok(())
    }
}
