//! The books of every company, read from the raw rows and recomputed: money, holds, refunds, the journal's chain.

use crate::raw::{self, Item, bytes, number, text};
use crate::{books_saved, books_usage};
use aws_sdk_dynamodb::Client;
use oktan_shared::domain::authorization::{Capture, Flag, Hold, State, unpack_holds};
use oktan_shared::domain::card::Funding;
use oktan_shared::domain::promotion::Terms;
use oktan_shared::domain::window::Zone;
use std::collections::BTreeMap;

/// What was put on purses, by card.
pub type Moved = BTreeMap<String, i64>;

/// All rows, in piles.
#[derive(Default)]
pub struct Books {
    accounts: BTreeMap<String, Item>,
    cards: BTreeMap<String, Item>,
    pub auths: BTreeMap<(String, String), Auth>,
    refunds: Vec<Item>,
    payments: Vec<Item>,
    transfers: Vec<Item>,
    spent: Vec<Item>,
    /// Terms of promotions, by what holds name them by.
    terms: BTreeMap<u32, Terms>,
    /// What participations say was saved, by company and promotion.
    folded: Vec<Item>,
    links: BTreeMap<String, Vec<Item>>,
    heads: BTreeMap<String, Item>,
}

/// A request's row.
pub struct Auth {
    pub hold: Hold,
    pub state: State,
    pub item: Item,
}

/// What the books came to.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    pub payments: usize,
    pub purchases: usize,
    pub declines: usize,
    pub refunds: usize,
    pub open_holds: usize,
    pub dropped: usize,
}

impl Books {
    pub async fn read(client: &Client) -> Self {
        let mut books = Self::default();
        for item in raw::scan(client, raw::CABINET).await {
            books.file(item);
        }
        books
    }

    fn file(&mut self, item: Item) {
        let (pk, sk) = (text(&item, "pk").to_owned(), text(&item, "sk").to_owned());
        let card = pk.trim_start_matches("CARD#").to_owned();
        let company = pk.trim_start_matches("COMPANY#").to_owned();
        match sk.split('#').next().unwrap_or_default() {
            "ACCOUNT" => drop(self.accounts.insert(company, item)),
            "CARD" => drop(self.cards.insert(card, item)),
            // A number that is no card's has no company.
            "AUTH" if item.contains_key("co") => {
                let hold: Hold = serde_json::from_str(text(&item, "hold")).expect("a hold");
                let state: State = serde_json::from_str(text(&item, "over")).expect("a state");
                let request = sk.trim_start_matches("AUTH#").to_owned();
                assert_eq!(hold.request.to_string(), request);
                self.auths.insert((card, request), Auth { hold, state, item });
            }
            "REFUND" => self.refunds.push(item),
            // From purse to purse a transfer stands in the other card's list once more.
            "ENTRY" if sk.ends_with("#OTHER") => {}
            "ENTRY" if item.contains_key("moved") => self.transfers.push(item),
            "ENTRY" => self.payments.push(item),
            "SPENT" => self.spent.push(item),
            "TERMS" => {
                let terms: Terms = serde_json::from_str(text(&item, "terms")).expect("terms");
                self.terms.insert(terms.id.get(), terms);
            }
            "PROMOTION" if item.contains_key("joined_at") => self.folded.push(item),
            "JOURNAL" => self.links.entry(pk).or_default().push(item),
            "CHAIN" => drop(self.heads.insert(pk, item)),
            _ => {}
        }
    }

    /// Holds every definition of money, every hold and every chain to what the rows say. `moved` is what was put on purses
    /// otherwise than by transfers.
    pub fn audit(&self, moved: &Moved) -> Totals {
        let moved = &self.with_transfers(moved);
        for company in self.accounts.keys() {
            self.audit_company(company, moved);
        }
        let mut totals = Totals { payments: self.payments.len(), refunds: self.refunds.len(), ..Totals::default() };
        for ((card, request), auth) in &self.auths {
            self.audit_request(card, request, auth);
            match &auth.state {
                State::Captured(_) => totals.purchases += 1,
                State::Declined { .. } => totals.declines += 1,
                _ => totals.dropped += 1,
            }
        }
        for (number, card) in &self.cards {
            let holds = holds(card);
            totals.open_holds += holds.len();
            for hold in &holds {
                let key = (number.clone(), hold.request.to_string());
                assert!(!self.auths.contains_key(&key), "{number}: a hold lies on the card and is over as well");
                assert_eq!(hold.amount.get(), cost(hold.quantity.get(), hold.price.get()), "{number}: {hold:?}");
            }
            books_usage::audit(number, bytes(card, "used"), &self.captures_up_to(number));
        }
        self.audit_chains();
        totals
    }

    fn with_transfers(&self, moved: &Moved) -> Moved {
        let mut moved = moved.clone();
        for transfer in &self.transfers {
            let amount = number(transfer, "moved");
            for (end, amount) in [("from", -amount), ("to", amount)] {
                if text(transfer, end) != "account" {
                    *moved.entry(text(transfer, end).to_owned()).or_default() += amount;
                }
            }
        }
        moved
    }

    /// How many companies there are.
    pub fn companies(&self) -> usize {
        self.accounts.len()
    }

    /// The purchases of a card.
    fn captures_of(&self, number: &str) -> Vec<(&Hold, &Capture)> {
        self.captures().filter(|(card, ..)| *card == number).map(|(_, hold, capture)| (hold, capture)).collect()
    }

    /// The purchases that count on a card: its own, and those of the cards in whose place it came.
    fn captures_up_to(&self, number: &str) -> Vec<(&Hold, &Capture)> {
        let mut captures = self.captures_of(number);
        let before = self.cards.iter().find(|(_, card)| card.contains_key("next") && text(card, "next") == number);
        captures.extend(before.into_iter().flat_map(|(before, _)| self.captures_up_to(before)));
        captures
    }

    fn captures(&self) -> impl Iterator<Item = (&str, &Hold, &Capture)> {
        self.auths.iter().filter_map(|((card, _), auth)| match &auth.state {
            State::Captured(capture) => Some((card.as_str(), &auth.hold, capture)),
            _ => None,
        })
    }

    fn audit_company(&self, company: &str, moved: &Moved) {
        let account = &self.accounts[company];
        let cards: BTreeMap<&String, &Item> =
            self.cards.iter().filter(|(_, card)| text(card, "co") == company).collect();
        let own = |card: &str| cards.contains_key(&card.to_owned());
        let bought = |funding: Funding| -> i64 {
            let own = self.captures().filter(|(card, _, capture)| own(card) && capture.funding == funding);
            own.map(|(_, _, capture)| capture.amount.get() - capture.refunded_amount.get()).sum()
        };
        let paid = self.payments.iter().filter(|entry| text(entry, "pk") == format!("COMPANY#{company}"));
        let paid: i64 = paid.map(|entry| number(entry, "amount")).sum();
        let shards: Vec<&Item> =
            self.spent.iter().filter(|row| text(row, "pk").starts_with(&format!("SPENT#{company}#"))).collect();
        let spent: i64 = shards.iter().map(|row| number(row, "total")).sum();
        let put_on: i64 = moved.iter().filter(|(card, _)| own(card)).map(|(_, amount)| amount).sum();

        let balance = number(account, "balance") - spent;
        let on_purses = number(account, "moved") - spent;
        assert_eq!(balance, paid - bought(Funding::Account) - bought(Funding::Purse), "{company}: balance");
        assert_eq!(spent, bought(Funding::Purse), "{company}: what purses spent");
        assert_eq!(on_purses, put_on - bought(Funding::Purse), "{company}: on purses");
        assert_eq!(on_purses, cards.values().map(|card| number(card, "purse")).sum::<i64>(), "{company}: purses");
        for (card, row) in &cards {
            let bought: i64 = self
                .captures_of(card)
                .iter()
                .filter(|(_, capture)| capture.funding == Funding::Purse)
                .map(|(_, capture)| capture.amount.get() - capture.refunded_amount.get())
                .sum();
            let put_on = moved.get(*card).copied().unwrap_or(0);
            assert_eq!(number(row, "purse"), put_on - bought, "{card}: purse");
        }
        let open = cards.values().flat_map(|card| holds(card)).filter(|hold| hold.funding == Funding::Account);
        let held: i64 = open.map(|hold| hold.amount.get()).sum();
        assert_eq!(number(account, "held"), held, "{company}: held");
        let available = number(account, "available");
        assert_eq!(available, balance - on_purses - held + number(account, "credit_limit"), "{company}: available");
        let below = available < 0 || cards.values().any(|card| number(card, "purse") < 0);
        let flagged = self.captures().any(|(card, _, capture)| {
            own(card) && capture.flags.iter().any(|flag| matches!(flag, Flag::Late | Flag::OverCaptured))
        });
        assert!(!below || flagged, "{company}: below zero without a flagged capture");

        let rows = shards.iter().copied().chain([account]);
        let counted = books_saved::Counted::of(
            rows,
            self.folded.iter().filter(|row| text(row, "pk") == format!("COMPANY#{company}")),
        );
        let mut saved = books_saved::Counted::default();
        for (_, _, capture) in self.captures().filter(|(card, ..)| own(card)) {
            let left = capture.discount.get() - books_saved::gone(capture);
            saved.add(capture.promotion.map(|won| won.promotion.to_string()), left);
        }
        assert_eq!(counted.sums(), saved.sums(), "{company}: saved");

        let zone: Zone = text(account, "zone").parse().expect("a zone");
        let posted = self.posted(&own, zone);
        books_usage::audit_spent(account, posted.iter().filter(|p| p.funding == Funding::Account));
        for shard in shards {
            let at: u8 = text(shard, "pk").rsplit('#').next().and_then(|n| n.parse().ok()).expect("a shard");
            let of_shard = posted.iter().filter(|p| p.funding == Funding::Purse && p.purchase[15] % 8 == at);
            books_usage::audit_spent(shard, of_shard);
        }
    }

    /// What was posted when: purchases, and refunds below zero.
    fn posted(&self, own: &impl Fn(&str) -> bool, zone: Zone) -> Vec<books_usage::Posted> {
        let bought = self.captures().filter(|(card, ..)| own(card)).map(|(_, hold, capture)| books_usage::Posted {
            funding: capture.funding,
            purchase: hold.request.get().into_bytes(),
            day: zone.date(capture.at),
            amount: capture.amount.get(),
            saved: capture.discount.get(),
        });
        let returned = self.refunds.iter().map(|row| (text(row, "pk").trim_start_matches("CARD#"), row));
        let returned = returned.filter(|(card, _)| own(card)).map(|(card, row)| {
            let auth = &self.auths[&(card.to_owned(), text(row, "purchase").to_owned())];
            let State::Captured(capture) = &auth.state else { panic!("a refund of {:?}", auth.state) };
            let at = chrono::DateTime::from_timestamp_millis(number(row, "at")).expect("an instant");
            books_usage::Posted {
                funding: capture.funding,
                purchase: auth.hold.request.get().into_bytes(),
                day: zone.date(at),
                amount: -number(row, "amount"),
                saved: -number(row, "discount"),
            }
        });
        bought.chain(returned).collect()
    }

    fn audit_request(&self, card: &str, request: &str, auth: &Auth) {
        let list = |name: &str| text(&auth.item, name);
        let company = list("co");
        let (entries, by_card) = match &auth.state {
            State::Held => panic!("{card} {request}: a hold has no row of its own"),
            State::Captured(_) => {
                (format!("COMPANY#{company}#ENTRIES"), format!("COMPANY#{company}#CARD#{card}#ENTRIES"))
            }
            State::Declined { .. } => (format!("COMPANY#{company}#DECLINES"), String::new()),
            State::Reversed { .. } | State::Expired { .. } => Default::default(),
        };
        assert_eq!((list("gsi1pk"), list("gsi2pk")), (entries.as_str(), by_card.as_str()), "{card} {request}");
        let State::Captured(capture) = &auth.state else { return };
        let hold = &auth.hold;
        let whole = cost(capture.quantity.get(), hold.price.get());
        assert_eq!(capture.amount.get(), whole - capture.discount.get(), "{card} {request}");
        books_saved::audit(&format!("{card} {request}"), &self.terms, hold, capture);
        let flagged = |flag| capture.flags.contains(&flag);
        assert_eq!(capture.quantity > hold.quantity, flagged(Flag::OverCaptured), "{card} {request}");
        assert!(flagged(Flag::Late) || capture.at < hold.expires_at, "{card} {request}: late and not flagged");
        let own = |row: &&Item| text(row, "pk") == format!("CARD#{card}") && text(row, "purchase") == request;
        let sum = |name: &str| self.refunds.iter().filter(own).map(|row| number(row, name)).sum::<i64>();
        assert_eq!(sum("quantity"), capture.refunded_quantity.get(), "{card} {request}");
        assert_eq!(sum("amount"), capture.refunded_amount.get(), "{card} {request}");
        assert!(capture.refunded_quantity <= capture.quantity && capture.refunded_amount <= capture.amount);
        let part = i128::from(capture.discount.get()) * i128::from(capture.refunded_quantity.get());
        let part = i64::try_from(part / i128::from(capture.quantity.get())).expect("kopecks");
        assert_eq!(sum("discount"), part, "{card} {request}: what returns took back of the discount");
        let whole = capture.refunded_quantity == capture.quantity;
        assert!(!whole || capture.refunded_amount == capture.amount, "{card} {request}: the rounding is lost");
    }

    /// One row for each act, without a gap, each holding on to the one before.
    fn audit_chains(&self) {
        for (scope, head) in &self.heads {
            let mut links: Vec<&Item> = self.links[scope].iter().collect();
            links.sort_by_key(|link| text(link, "sk"));
            assert_eq!(number(head, "seq"), i64::try_from(links.len()).expect("a count"), "{scope}: acts");
            let mut before = "";
            for (at, link) in links.iter().enumerate() {
                assert_eq!(text(link, "sk"), format!("JOURNAL#{:012}", at + 1), "{scope}");
                assert_eq!(text(link, "previous"), before, "{scope}: act {}", at + 1);
                before = text(link, "mac");
            }
            assert_eq!(text(head, "mac"), before, "{scope}: the head");
        }
        assert_eq!(self.heads.len(), self.links.len());
    }
}

/// The holds on a card's row.
pub fn holds(card: &Item) -> Vec<Hold> {
    unpack_holds(bytes(card, "holds")).expect("holds")
}

/// The rounding of money, apart from the house's own: half a kopeck up.
fn cost(quantity: i64, price: i64) -> i64 {
    i64::try_from((i128::from(quantity) * i128::from(price) * 2 + 1000).div_euclid(2000)).expect("an amount")
}
