//! What a card can fuel at this moment: the smallest of its money and limits.

use super::ReasonView;
use crate::app::App;
use crate::config::HOLD_MINUTES;
use crate::domain::card::{Facts, refusals};
use crate::domain::pin::PinShown;
use crate::domain::promotion::Offers;
use crate::domain::quantity::QUANTITY_MAX;
use crate::domain::{Kopecks, Millilitres, Product, ProductCode, money};
use crate::table::{CardRecord, Station};
use serde::Serialize;

/// «Можно заправить сейчас: 31,50 л ДТ — дневной лимит».
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FuelNow {
    /// The product bought last, or the first that the card may buy.
    product: ProductCode,
    /// The highest list price of the stations in service, per unit.
    price: Kopecks,
    /// How much passes.
    quantity: Millilitres,
    /// What that costs.
    amount: Kopecks,
    /// What holds it at that.
    #[schema(required)]
    reason: Option<ReasonView>,
}

/// The most that a station in service lists a product at, per unit; `None` where none sells it.
pub fn highest_price(stations: &[Station], product: &ProductCode) -> Option<Kopecks> {
    stations.iter().filter(|station| !station.closed).filter_map(|station| station.fuels.get(product)).max().copied()
}

/// What the card can fuel now; `None` where no station sells anything it may buy.
pub fn fuel_now(app: &App, record: &CardRecord, stations: &[Station]) -> Option<FuelNow> {
    let card = &record.row.card;
    let now = app.clock.now();
    let price_of = |product: &Product| highest_price(stations, &product.code);
    let allowed = |product: &&Product| record.rules.products.as_ref().is_none_or(|choice| choice.passes(product.ix));
    let catalogue = app.catalogue();
    let last = card.last_product.and_then(|ix| catalogue.by_ix(ix)).filter(|p| !p.retired).filter(allowed);
    // Diesel first: it is what fleets buy.
    let mut sold: Vec<&Product> = catalogue.on_sale().filter(|product| price_of(product).is_some()).collect();
    sold.sort_by_key(|product| product.code.as_str() != "DT");
    let product = last
        .filter(|product| price_of(product).is_some())
        .or_else(|| sold.iter().copied().find(|product| allowed(product)))
        .or_else(|| sold.first().copied())?;
    let price = price_of(product)?;
    let facts = Facts {
        rules: &record.rules,
        allowance: &record.allowance,
        account: &record.account,
        catalogue: &catalogue,
        offers: &Offers::default(),
        station_closed: false,
        list_price: Some(price),
        holds_max: app.config.holds_max,
        hold_minutes: HOLD_MINUTES,
        pin: PinShown::Nothing,
    };
    let outcomes = card.check(product.ix, price, None, &facts, now);
    let quantity = outcomes.iter().map(|outcome| outcome.max_quantity).min()?;
    // The reason that a terminal would be given for any more.
    let reason = refusals(&outcomes, QUANTITY_MAX).into_iter().min_by_key(|reason| reason.max_quantity);
    let reason = reason.map(|reason| ReasonView::of(&reason, quantity, record.account.zone, app));
    Some(FuelNow { product: product.code.clone(), price, quantity, amount: money::cost(quantity, price), reason })
}
