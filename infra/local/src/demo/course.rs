//! Eighteen months of one company at once: what its drivers set out to do, decided in time order by the card's own
//! transitions, as the pump decides it.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use oktan_shared::config::HOLD_MINUTES;
use oktan_shared::domain::account::{Account, AccountMove};
use oktan_shared::domain::authorization::{Ask, Authorization, State};
use oktan_shared::domain::budget::{Allowance, Share};
use oktan_shared::domain::card::{Card, Decision, Facts, Refusal, Sale, Side};
use oktan_shared::domain::ids::RequestId;
use oktan_shared::domain::pin::PinShown;
use oktan_shared::domain::promotion::{Offers, Terms};
use oktan_shared::domain::rules::Rules;
use oktan_shared::domain::{Catalogue, Product};
use oktan_shared::domain::{Kopecks, Millilitres, PromotionId};
use oktan_shared::table::{CardRow, RefundRow};

use super::DemoStation;
use super::dice::Dice;
use super::places::PLACES;
use super::plan::{Then, Wish};
use crate::Failure;

/// Minutes from the approval to the capture of a terminal that woke up late.
const LATE_MINUTES: i64 = HOLD_MINUTES + 14;

/// A card on its way through the months.
pub struct Driven {
    /// As the fills so far left it.
    pub row: CardRow,
    /// What it is allowed.
    pub rules: Rules,
}

/// What does not change on the way.
pub struct World<'a> {
    /// The products.
    pub catalogue: &'a Catalogue,
    /// The promotions of all these months.
    pub offers: &'a Offers,
    /// The stations with their terminals.
    pub stations: &'a [DemoStation],
    /// The most holds open at once on a card.
    pub holds_max: usize,
    /// The last day, on which list prices are what they are now.
    pub today: NaiveDate,
}

/// When the company puts money on its account, and how much.
pub trait Purse {
    /// What it pays at an instant of a working day, if anything.
    fn pays(&mut self, account: &Account, at: DateTime<Utc>) -> Option<Kopecks>;
}

/// One company on its way.
pub struct Course<'a> {
    world: &'a World<'a>,
    dice: Dice,
    queue: BTreeMap<(DateTime<Utc>, u32), Step>,
    steps: u32,
    /// The account so far, payments included.
    pub account: Account,
    /// Its cards.
    pub cards: Vec<Driven>,
    /// What is over.
    pub over: BTreeMap<RequestId, Authorization>,
    /// What came back.
    pub refunds: Vec<RefundRow>,
    /// What was paid.
    pub payments: Vec<(DateTime<Utc>, Kopecks)>,
}

enum Step {
    Ask(Wish),
    End(usize, RequestId, Then),
    Return(usize, RequestId, i64),
    Block(usize),
    Replace(usize),
    Pay,
}

impl<'a> Course<'a> {
    /// At the beginning.
    pub fn new(world: &'a World<'a>, account: Account, cards: Vec<Driven>, dice: Dice) -> Self {
        let (queue, over) = (BTreeMap::new(), BTreeMap::new());
        Self { world, dice, queue, steps: 0, account, cards, over, refunds: Vec::new(), payments: Vec::new() }
    }

    /// Somebody will ask.
    pub fn ask(&mut self, at: DateTime<Utc>, wish: Wish) {
        self.push(at, Step::Ask(wish));
    }

    /// The staff will block a card.
    pub fn block(&mut self, at: DateTime<Utc>, card: usize) {
        self.push(at, Step::Block(card));
    }

    /// The staff will close a card and put the last one in its place.
    pub fn replace(&mut self, at: DateTime<Utc>, card: usize) {
        self.push(at, Step::Replace(card));
    }

    /// Somebody will look whether to pay.
    pub fn look(&mut self, at: DateTime<Utc>) {
        self.push(at, Step::Pay);
    }

    /// Goes all the way.
    pub fn run(&mut self, purse: &mut impl Purse) -> Result<(), Failure> {
        while let Some(((at, _), step)) = self.queue.pop_first() {
            match step {
                Step::Ask(wish) => self.decide(at, &wish)?,
                Step::End(card, request, then) => self.end(at, card, request, then)?,
                Step::Return(card, request, quantity) => self.take_back(at, card, request, quantity)?,
                Step::Block(card) => {
                    let blocked = self.cards[card].row.card.block(Side::Staff);
                    self.cards[card].row.card = blocked.ok().flatten().ok_or_else(|| broken("the block"))?;
                }
                Step::Replace(card) => self.put_in_place(at, card)?,
                Step::Pay => {
                    if let Some(amount) = purse.pays(&self.account, at) {
                        let paid = AccountMove { balance: amount, available: amount, ..AccountMove::default() };
                        self.shift(&paid, at)?;
                        self.payments.push((at, amount));
                    }
                }
            }
        }
        Ok(())
    }

    /// What the fills saved, returns taken off, by promotion.
    pub fn saved(&self) -> BTreeMap<PromotionId, Kopecks> {
        let won = |request: &RequestId| match &self.over.get(request)?.state {
            State::Captured(capture) => capture.promotion.map(|won| (won.promotion, capture.discount)),
            _ => None,
        };
        let mut saved: BTreeMap<PromotionId, Kopecks> = BTreeMap::new();
        for (promotion, discount) in self.over.keys().filter_map(won) {
            let sum = saved.entry(promotion).or_default();
            *sum = sum.saturating_add(discount);
        }
        for refund in &self.refunds {
            if let Some((promotion, _)) = won(&refund.purchase) {
                let sum = saved.entry(promotion).or_default();
                *sum = sum.saturating_sub(refund.discount);
            }
        }
        saved
    }

    /// Payments, in all.
    pub fn paid(&self) -> Kopecks {
        self.payments.iter().fold(Kopecks::ZERO, |sum, (_, amount)| sum.saturating_add(*amount))
    }

    fn push(&mut self, at: DateTime<Utc>, step: Step) {
        self.steps += 1;
        self.queue.insert((at, self.steps), step);
    }

    fn decide(&mut self, at: DateTime<Utc>, wish: &Wish) -> Result<(), Failure> {
        let product = self.product(wish.product)?.ix;
        let date = self.account.zone.date(at);
        let list_price = PLACES[wish.station].price(wish.product, date, self.world.today);
        let list_price = list_price.ok_or_else(|| broken("a list price"))?;
        let station = &self.world.stations[wish.station];
        let ask = Ask {
            request: RequestId::new(self.dice.id()),
            fingerprint: self.dice.fingerprint(),
            terminal: station.terminal_id.parse().map_err(|cause| Failure::new("a terminal of the demo", cause))?,
            station: station.code.parse().map_err(|cause| Failure::new("a station of the demo", cause))?,
            product,
            price: list_price.saturating_add(Kopecks::new(wish.off)),
            quantity: Millilitres::new(wish.quantity),
            partial_ok: wish.partial_ok,
            odometer: wish.odometer,
            requested_at: at - Duration::seconds(self.dice.between(0, 2)),
        };
        let Driven { row, rules } = &self.cards[wish.card];
        let facts = Facts {
            rules,
            allowance: &Allowance::default(),
            account: &self.account,
            catalogue: self.world.catalogue,
            offers: self.world.offers,
            station_closed: false,
            list_price: Some(list_price),
            holds_max: self.world.holds_max,
            hold_minutes: HOLD_MINUTES,
            pin: PinShown::Nothing,
        };
        match row.card.authorize(&ask, &facts, at) {
            Decision::Approved(approval) => {
                let over = approval.expired.iter().map(|hold| Authorization {
                    card: row.card.number.clone(),
                    company: row.card.company,
                    hold: hold.clone(),
                    state: State::Expired { at },
                });
                self.over.extend(over.map(|over| (over.hold.request, over)));
                let expired = approval.expired.iter().map(|hold| hold.request);
                self.cards[wish.card].row = row.after(approval.card, expired);
                if let Some(moved) = &approval.account {
                    self.shift(moved, at)?;
                }
                let seconds = if wish.then == Then::Late { LATE_MINUTES * 60 } else { self.dice.between(100, 420) };
                self.push(at + Duration::seconds(seconds), Step::End(wish.card, ask.request, wish.then));
            }
            Decision::Declined(Refusal { card: next, reasons }) => {
                let hold = ask.to_hold(Some(list_price), self.account.zone, HOLD_MINUTES, at);
                let card = &row.card;
                let state = State::Declined { at, reasons };
                let declined = Authorization { card: card.number.clone(), company: card.company, hold, state };
                self.over.insert(ask.request, declined);
                self.cards[wish.card].row = row.after(next, Some(ask.request));
            }
        }
        Ok(())
    }

    fn end(&mut self, at: DateTime<Utc>, card: usize, request: RequestId, then: Then) -> Result<(), Failure> {
        let row = &self.cards[card].row;
        let on_card = row.card.hold_of(request).cloned();
        let held = on_card.map(|hold| Authorization::held(row.card.number.clone(), row.card.company, hold));
        let held = held.or_else(|| self.over.get(&request).cloned()).ok_or_else(|| broken("a hold"))?;
        let hold = &held.hold;
        let quantity = match then {
            Then::Leave => 0,
            Then::Less(by) => hold.quantity.get() * (1000 - by) / 10_000 * 10,
            Then::Over(by) => hold.quantity.get() + by,
            Then::All | Then::Late | Then::Return(_) => hold.quantity.get(),
        };
        let product = self.world.catalogue.by_ix(hold.product).ok_or_else(|| broken("a product"))?;
        let vat = product.vat_on(self.account.zone.date(at));
        let terms: Vec<Terms> = hold.promotions.iter().filter_map(|id| self.world.offers.find(*id)).cloned().collect();
        let settled = row.card.capture(&held, Millilitres::new(quantity), &terms, &self.sale(vat), at);
        let settled = settled.ok().flatten().ok_or_else(|| broken("a capture"))?;
        self.cards[card].row = row.after(settled.card, Some(request));
        if let Some(moved) = &settled.account {
            self.shift(moved, at)?;
        }
        self.over.insert(request, settled.authorization);
        if let Then::Return(back) = then {
            self.push(at + Duration::minutes(11), Step::Return(card, request, back));
        }
        Ok(())
    }

    fn sale(&self, vat_percent: u8) -> Sale<'_> {
        Sale { share: &Share::NONE, account: &self.account, catalogue: self.world.catalogue, vat_percent }
    }

    fn take_back(&mut self, at: DateTime<Utc>, card: usize, request: RequestId, back: i64) -> Result<(), Failure> {
        let purchase = self.over.get(&request).ok_or_else(|| broken("a purchase"))?;
        let State::Captured(capture) = &purchase.state else { return Err(broken("a purchase")) };
        let (row, vat_percent) = (&self.cards[card].row, capture.vat_percent);
        let quantity = Millilitres::new(back.min(capture.quantity.get()));
        let refunded =
            row.card.refund(purchase, quantity, &self.sale(vat_percent), at).map_err(|_| broken("a refund"))?;
        self.refunds.push(RefundRow {
            request: RequestId::new(self.dice.id()),
            purchase: request,
            card: purchase.card.clone(),
            company: purchase.company,
            quantity,
            amount: refunded.amount,
            discount: refunded.discount,
            at,
            hold: purchase.hold.clone(),
            vat_percent,
            dispute: None,
        });
        self.cards[card].row = row.after(refunded.card, None);
        if let Some(moved) = &refunded.account {
            self.shift(moved, at)?;
        }
        self.over.insert(request, refunded.authorization);
        Ok(())
    }

    fn put_in_place(&mut self, at: DateTime<Utc>, card: usize) -> Result<(), Failure> {
        let heir = self.cards.len().checked_sub(1).ok_or_else(|| broken("the new card"))?;
        let number = self.cards[heir].row.card.number.clone();
        let valid_until = Card::valid_until_of(self.account.zone.date(at));
        // Nothing is set aside on the card any more, so the rate of a fill does not matter.
        let replaced = self.cards[card].row.card.replace(number, valid_until, None, &self.sale(0), at);
        let replaced = replaced.map_err(|_| broken("the new card"))?;
        self.cards[card].row.card = replaced.old;
        self.cards[heir].row = CardRow::fresh(replaced.heir);
        Ok(())
    }

    fn shift(&mut self, moved: &AccountMove, at: DateTime<Utc>) -> Result<(), Failure> {
        let today = self.account.zone.date(at);
        self.account = self.account.after(moved, today).ok_or_else(|| broken("the account"))?;
        Ok(())
    }

    fn product(&self, code: &str) -> Result<&'a Product, Failure> {
        let code = code.parse().map_err(|cause| Failure::new("a product of the demo", cause))?;
        self.world.catalogue.by_code(&code).ok_or_else(|| broken("a product"))
    }
}

/// Whether somebody sits in the office.
pub fn is_working_day(date: NaiveDate) -> bool {
    date.weekday().number_from_monday() <= 5 && !(date.month() == 1 && date.day() <= 8)
}

fn broken(what: &str) -> Failure {
    Failure::new("the past of the demo", format!("{what} does not fit"))
}
