//! One card, one account, a clock in the test's hand.

mod agree;
mod backtest;
mod decide;
mod heir;
mod life;
mod pin;
mod promotions;
mod settle;
mod share;
mod spending;

use super::*;
use crate::domain::Catalogue;
use crate::domain::account::{Account, AccountMove, CompanyStatus};
use crate::domain::authorization::{Ask, Authorization, ReasonCode};
use crate::domain::budget::{Allowance, CarryOver};
use crate::domain::ids::{RequestId, StationCode, TerminalId};
use crate::domain::pin::PinShown;
use crate::domain::product::{ProductCode, ProductSet};
use crate::domain::promotion::{Joined, Offers, Terms};
use crate::domain::quantity::Millilitres;
use crate::domain::rules::{Cap, Limit, Rules};
use crate::domain::window::{Period, Zone};
use chrono::TimeDelta;
use uuid::Uuid;

/// 71.90 a litre.
const PRICE: Kopecks = Kopecks::new(7_190);

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// A Sunday, 17:00 in Moscow.
fn now() -> DateTime<Utc> {
    at("2026-11-22T14:00:00Z")
}

fn product(code: &str) -> ProductIx {
    Catalogue::at_the_start().by_code(&ProductCode::parse(code).unwrap()).unwrap().ix
}

fn products(codes: &[&str]) -> ProductSet {
    codes.iter().fold(ProductSet::EMPTY, |set, code| set.with(product(code)))
}

fn station(code: &str) -> StationCode {
    StationCode::parse(code).unwrap()
}

fn litres(count: i64) -> Millilitres {
    Millilitres::new(count * 1_000)
}

fn roubles(count: i64) -> Kopecks {
    Kopecks::new(count * 100)
}

fn limit(cap: Cap, period: Period, codes: &[&str]) -> Limit {
    Limit { cap, period, products: products(codes) }
}

fn day_litres(count: i64) -> Limit {
    limit(Cap::Litres(litres(count)), Period::Day, &[])
}

fn company() -> CompanyId {
    CompanyId::new(48_210_377).unwrap()
}

fn card() -> Card {
    Card {
        number: CardNumber::issue(company(), 1),
        company: company(),
        valid_until: "2029-12-31".parse().unwrap(),
        funding: Funding::Account,
        purse: Kopecks::ZERO,
        blocked_by_client: false,
        blocked_by_staff: false,
        closed: false,
        replaced_by: None,
        usage: Usage::default(),
        holds: Vec::new(),
        pin_tries: None,
        turned: None,
        excepted: 0,
        told_at: None,
        last_product: None,
        edition: 1,
        version: 1,
    }
}

fn purse_card(money: Kopecks) -> Card {
    Card { funding: Funding::Purse, purse: money, ..card() }
}

fn account(balance: Kopecks) -> Account {
    Account {
        company: company(),
        status: CompanyStatus::Active,
        zone: Zone::default(),
        balance,
        moved: Kopecks::ZERO,
        held: Kopecks::ZERO,
        credit_limit: Kopecks::ZERO,
        available: balance,
        day: "2026-11-22".parse().unwrap(),
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

fn ask(code: &str, quantity: Millilitres) -> Ask {
    Ask {
        request: RequestId::new(Uuid::new_v4()),
        fingerprint: [7; 8],
        terminal: TerminalId::from_random([1, 2, 3, 4, 5, 6]),
        station: station("012"),
        product: product(code),
        price: PRICE,
        quantity,
        partial_ok: false,
        odometer: Some(120_450),
        requested_at: now(),
    }
}

fn partial(code: &str, quantity: Millilitres) -> Ask {
    Ask { partial_ok: true, ..ask(code, quantity) }
}

/// A card with its surroundings, moved by writes as the table would.
#[derive(Debug)]
struct World {
    card: Card,
    account: Account,
    rules: Rules,
    allowance: Allowance,
    catalogue: Catalogue,
    offers: Offers,
    now: DateTime<Utc>,
}

impl World {
    fn new(card: Card, limits: Vec<Limit>) -> Self {
        Self {
            card,
            account: account(roubles(1_000_000)),
            rules: Rules { limits, ..Rules::default() },
            allowance: Allowance::default(),
            catalogue: Catalogue::at_the_start(),
            offers: Offers::default(),
            now: now(),
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            rules: &self.rules,
            allowance: &self.allowance,
            account: &self.account,
            catalogue: &self.catalogue,
            offers: &self.offers,
            station_closed: false,
            list_price: Some(PRICE),
            holds_max: 3,
            hold_minutes: 30,
            pin: PinShown::Nothing,
        }
    }

    fn sale(&self) -> Sale<'_> {
        Sale { share: &self.allowance.share, account: &self.account, catalogue: &self.catalogue, vat_percent: 22 }
    }

    /// What a return would write.
    fn returned(&self, purchase: &Authorization, quantity: Millilitres) -> Result<Refunded, RefundRefused> {
        self.card.refund(purchase, quantity, &self.sale(), self.now)
    }

    fn decide(&self, ask: &Ask) -> Decision {
        self.card.authorize(ask, &self.facts(), self.now)
    }

    /// Decides and writes; `Err` has the codes of the reasons.
    fn authorize(&mut self, ask: &Ask) -> Result<Approval, Vec<ReasonCode>> {
        match self.decide(ask) {
            Decision::Declined(Refusal { card, reasons }) => {
                self.write(card, None);
                Err(reasons.into_iter().map(|reason| reason.code).collect())
            }
            Decision::Approved(approval) => {
                self.write(approval.card.clone(), approval.account);
                Ok(approval)
            }
        }
    }

    fn write(&mut self, card: Card, change: Option<AccountMove>) {
        assert_eq!(card.version, self.card.version + 1, "every write moves the version by one");
        if let Some(change) = change {
            let today = self.account.zone.date(self.now);
            self.account = self.account.after(&change, today).expect("the write's condition held when it was decided");
        }
        self.card = card;
    }

    fn held(&self, hold: &Hold) -> Authorization {
        Authorization::held(self.card.number.clone(), self.card.company, hold.clone())
    }

    /// The terms that a hold names.
    fn terms(&self, authorization: &Authorization) -> Vec<Terms> {
        let named = authorization.hold.promotions.iter();
        named.map(|id| self.offers.find(*id).expect("terms are there while a test runs").clone()).collect()
    }

    /// Captures and writes; `None` where nothing was to be written.
    fn capture(
        &mut self,
        authorization: &Authorization,
        quantity: Millilitres,
    ) -> Result<Option<Settlement>, CaptureRefused> {
        let terms = self.terms(authorization);
        let settled = self.card.capture(authorization, quantity, &terms, &self.sale(), self.now)?;
        if let Some(settled) = &settled {
            self.write(settled.card.clone(), settled.account);
        }
        Ok(settled)
    }

    /// Fills at once: authorizes and captures all of it.
    fn fill(&mut self, ask: &Ask) -> Authorization {
        let hold = self.authorize(ask).unwrap().hold;
        let held = self.held(&hold);
        self.capture(&held, hold.quantity).unwrap().unwrap().authorization
    }

    fn pass(&mut self, minutes: i64) {
        self.now += TimeDelta::minutes(minutes);
    }
}

#[test]
fn blocks_are_independent_idempotent_and_move_the_etag() {
    let card = card();
    let today = "2026-11-22".parse().unwrap();
    let blocked = card.block(Side::Client).unwrap().unwrap();
    assert_eq!((blocked.edition, blocked.version), (2, 2));
    assert_eq!(blocked.status(today), CardStatus::Blocked);
    assert_eq!(blocked.block(Side::Client), Ok(None));
    let both = blocked.block(Side::Staff).unwrap().unwrap();
    assert_eq!(both.status(today), CardStatus::BlockedByStaff);
    assert_eq!(both.unblock(Side::Client), Err(BlockRefused::ByStaff));
    assert_eq!(card.unblock(Side::Client), Ok(None));
    let by_client = both.unblock(Side::Staff).unwrap().unwrap();
    assert_eq!(by_client.status(today), CardStatus::Blocked, "the client's block stays");
    assert_eq!(by_client.unblock(Side::Staff), Ok(None), "and is not the staff's to lift");
    assert_eq!(by_client.unblock(Side::Client).unwrap().unwrap().status(today), CardStatus::Active);
    let closed = Card { closed: true, ..both };
    for by in [Side::Client, Side::Staff] {
        assert_eq!(closed.block(by), Err(BlockRefused::Closed));
        assert_eq!(closed.unblock(by), Err(BlockRefused::Closed));
    }
}

#[test]
fn the_last_day_of_a_card_is_good() {
    let card = card();
    assert_eq!(card.status("2029-12-31".parse().unwrap()), CardStatus::Active);
    assert_eq!(card.status("2030-01-01".parse().unwrap()), CardStatus::Expired);
    assert_eq!(serde_json::to_string(&CardStatus::BlockedByStaff).unwrap(), "\"blocked_by_staff\"");
}
