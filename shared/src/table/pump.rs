//! The pump: one read of what a decision needs, one write that makes it true.

use super::Table;
use super::cards::{Placement, read_rules};
use super::error::{StoreError, TransactionOutcome};
use super::item::{Item, Json, get};
use super::key::{self, SPENT_SHARDS};
use super::queue::Turn;
use super::rows::{
    CardRow, Recorded, authorization_item, entry_index, move_account, read_account, read_recorded, unknown_card_item,
};
use super::stations::{Station, Terminal, read_station, read_terminal};
use super::write::{Values, Write};
use crate::domain::account::Account;
use crate::domain::authorization::{Authorization, Hold, State};
use crate::domain::card::{Approval, Card, Expiry, Refunded, Settlement};
use crate::domain::ids::RequestId;
use crate::domain::rules::Rules;
use crate::domain::{CardNumber, CompanyId, Kopecks, Millilitres, StationCode, TerminalId};
use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// A card that a terminal asked for, with what its decision needs.
#[derive(Debug, Clone)]
pub struct Found {
    /// The card's row.
    pub row: CardRow,
    /// Its rules.
    pub rules: Rules,
    /// Its company's account.
    pub account: Account,
    /// The row that a purse purchase of this request counts in, where it was read too and is there.
    pub(super) spent: Option<Item>,
}

/// What one read at the pump gave.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The card; `None` for a number that is no card's.
    pub found: Option<Found>,
    /// The terminal that asks.
    pub terminal: Option<Terminal>,
    /// The station it stands at.
    pub station: Option<Station>,
    /// What was decided on this request, if it is decided against or over.
    pub recorded: Option<Recorded>,
}

/// A refund as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRow {
    /// The terminal's number of the refund.
    pub request: RequestId,
    /// The purchase's.
    pub purchase: RequestId,
    /// The card.
    pub card: CardNumber,
    /// Its company.
    pub company: CompanyId,
    /// What came back.
    pub quantity: Millilitres,
    /// What was given back for it.
    pub amount: Kopecks,
    /// When it was posted.
    pub at: DateTime<Utc>,
    /// Of the purchase: what product, at which station, at what price and VAT rate.
    pub hold: Hold,
    /// The purchase's VAT rate, percent.
    pub vat_percent: u8,
}

/// What purse cards spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PurseSpent {
    /// Ever.
    pub total: Kopecks,
    /// On the day asked for.
    pub day: Kopecks,
    /// In that day's month.
    pub month: Kopecks,
}

impl PurseSpent {
    pub(super) fn add(&mut self, shard: &Item, today: NaiveDate) -> Result<(), StoreError> {
        let day: NaiveDate = get(shard, "day")?;
        self.total = self.total.saturating_add(get(shard, "total")?);
        if day == today {
            self.day = self.day.saturating_add(get(shard, "day_spent")?);
        }
        if (day.year(), day.month()) == (today.year(), today.month()) {
            self.month = self.month.saturating_add(get(shard, "month_spent")?);
        }
        Ok(())
    }
}

impl Table {
    /// Waits for this process's other requests on the same card.
    pub async fn turn(&self, card: &str) -> Turn {
        self.queue.turn(card).await
    }

    /// Reads what a decision on `request` of the card that was typed needs: one round trip, or a second one for a card
    /// whose number does not name its company.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn pump_facts(
        &self,
        typed: &str,
        request: RequestId,
        terminal: &TerminalId,
        station: &StationCode,
    ) -> Result<Facts, StoreError> {
        self.facts(typed, request, terminal, station, false).await
    }

    /// The same for what ends a hold or returns a purchase: the row that a purse purchase counts in comes along.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn settle_facts(
        &self,
        card: &CardNumber,
        request: RequestId,
        terminal: &TerminalId,
        station: &StationCode,
    ) -> Result<Facts, StoreError> {
        self.facts(card.as_str(), request, terminal, station, true).await
    }

    async fn facts(
        &self,
        typed: &str,
        request: RequestId,
        terminal: &TerminalId,
        station: &StationCode,
        settles: bool,
    ) -> Result<Facts, StoreError> {
        let number = CardNumber::parse(typed).ok();
        let hint = number.as_ref().and_then(CardNumber::company_hint);
        let (terminal, station) = (key::terminal(terminal), key::station(station));
        let request_key = key::authorization(typed, request);
        let mut keys = vec![terminal.clone(), station.clone(), request_key.clone()];
        let money = |company| {
            let spent = settles.then(|| key::spent(company, shard_of(request)));
            [Some(key::account(company)), spent].into_iter().flatten()
        };
        keys.extend(hint.into_iter().flat_map(money));
        keys.extend(number.iter().flat_map(|number| [key::card(number), key::rules(number)]));
        let mut rows = self.batch(&keys).await?;
        let card = number.as_ref().and_then(|number| rows.take(&key::card(number)));
        let row = card.as_ref().map(CardRow::read).transpose()?;
        let found = match (&number, row) {
            (Some(number), Some(row)) => {
                let company = row.card.company;
                let rules = read_rules(rows.take(&key::rules(number)).as_ref())?;
                if hint != Some(company) {
                    rows = self.batch(&money(company).collect::<Vec<_>>()).await?.after(rows);
                }
                let account = rows.take(&key::account(company)).ok_or(StoreError::Corrupt("account"))?;
                let spent = rows.take(&key::spent(company, shard_of(request)));
                Some(Found { row, rules, account: read_account(&account)?, spent })
            }
            _ => None,
        };
        let mut recorded = rows.take(&request_key).as_ref().map(read_recorded).transpose()?;
        if recorded.is_none() && found.as_ref().is_some_and(|found| found.row.recent.contains(&request)) {
            // The batch is no snapshot: the request was decided while it was read.
            recorded = self.row(&request_key).await?.as_ref().map(read_recorded).transpose()?;
        }
        Ok(Facts {
            found,
            terminal: rows.take(&terminal).as_ref().map(read_terminal).transpose()?,
            station: rows.take(&station).as_ref().map(read_station).transpose()?,
            recorded,
        })
    }

    /// Places a hold: the card, and the account's money for an account card.
    ///
    /// # Errors
    /// When the store does not answer; the hold may have been placed, which the same request finds out.
    pub async fn place(&self, found: &Found, approval: &Approval, now: DateTime<Utc>) -> Result<Placement, StoreError> {
        let row = found.row.after(approval.card.clone(), None);
        let unmoved = Values::none().with("v", found.row.card.version);
        if approval.account.is_none() && approval.expired.is_empty() {
            return match self.put_if(row.item(), "#v = :v", unmoved).await? {
                Ok(()) => Ok(Placement::Done),
                Err(Some(stands)) if CardRow::read(&stands)?.write == row.write => Ok(Placement::Done),
                Err(_) => Ok(Placement::Moved),
            };
        }
        let mut write = Write::default().replace_if(self, row.item(), "#v = :v", unmoved);
        if let Some(moved) = &approval.account {
            let today = found.account.zone.date(now);
            write = move_account(write, self, &found.account, moved, today, true);
        }
        write = self.expired_rows(write, &approval.card, &approval.expired, now);
        self.place_all(write, &row).await
    }

    /// Records a decline: its row, and the card's version, so that no copy of the request can be approved past it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn decline(&self, found: &Found, authorization: &Authorization) -> Result<Placement, StoreError> {
        let row = found.row.after(found.row.card.moved_on(), Some(authorization.hold.request));
        let unmoved = Values::none().with("v", found.row.card.version);
        let write = Write::default()
            .replace_if(self, row.item(), "#v = :v", unmoved)
            .create(self, authorization_item(authorization));
        self.place_all(write, &row).await
    }

    /// Records a decline of a number that is no card's; [`Placement::Moved`] if the request was recorded meanwhile.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn decline_unknown(&self, typed: &str, hold: &Hold) -> Result<Placement, StoreError> {
        let answer = self.put_if(unknown_card_item(typed, hold), "attribute_not_exists(#pk)", Values::none()).await?;
        Ok(if answer.is_ok() { Placement::Done } else { Placement::Moved })
    }

    /// Ends a hold, by capture or reverse: the card, the request's row and the money, together.
    ///
    /// # Errors
    /// When the store does not answer; the same call finds out whether it happened.
    pub async fn settle(
        &self,
        found: &Found,
        before: &Authorization,
        settled: &Settlement,
        now: DateTime<Utc>,
    ) -> Result<Placement, StoreError> {
        let authorization = &settled.authorization;
        let row = found.row.after(settled.card.clone(), Some(authorization.hold.request));
        let unmoved = Values::none().with("v", found.row.card.version);
        let mut write = Write::default().replace_if(self, row.item(), "#v = :v", unmoved);
        let over = authorization_item(authorization);
        write = match &before.state {
            State::Held => write.create(self, over),
            // Dropped before: what it was dropped as is the condition, so that it is posted once.
            state => write.replace_if(self, over, "#over = :over", Values::none().with("over", Json(state.clone()))),
        };
        let today = found.account.zone.date(now);
        if let Some(moved) = &settled.account {
            write = move_account(write, self, &found.account, moved, today, false);
        }
        if settled.purse_spent.get() != 0 {
            write = self.spend(write, found, authorization.hold.request, settled.purse_spent, today)?;
        }
        self.place_all(write, &row).await
    }

    /// Posts a refund of a purchase, once per request.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn refund(
        &self,
        found: &Found,
        before: &Authorization,
        refunded: &Refunded,
        refund: &RefundRow,
    ) -> Result<Placement, StoreError> {
        let row = found.row.after(refunded.card.clone(), None);
        let unmoved = Values::none().with("v", found.row.card.version);
        let values = Values::none()
            .with("before", Json(before.state.clone()))
            .with("after", Json(refunded.authorization.state.clone()));
        let key = key::authorization(refund.card.as_str(), refund.purchase);
        let mut write = Write::default()
            .replace_if(self, row.item(), "#v = :v", unmoved)
            .update(self, &key, "SET #over = :after", "#over = :before", values)
            .create(self, refund_item(refund));
        let today = found.account.zone.date(refund.at);
        if let Some(moved) = &refunded.account {
            write = move_account(write, self, &found.account, moved, today, false);
        }
        if refunded.purse.get() != 0 {
            write = self.spend(write, found, refund.purchase, refunded.purse.negated(), today)?;
        }
        self.place_all(write, &row).await
    }

    /// A refund by its own request, for its repeat.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn refund_of(&self, card: &CardNumber, request: RequestId) -> Result<Option<RefundRow>, StoreError> {
        self.row(&key::refund(card.as_str(), request)).await?.as_ref().map(read_refund).transpose()
    }

    /// Drops a card's expired holds.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn expire(
        &self,
        row: &CardRow,
        account: &Account,
        expiry: &Expiry,
        now: DateTime<Utc>,
    ) -> Result<Placement, StoreError> {
        let next = row.after(expiry.card.clone(), None);
        let unmoved = Values::none().with("v", row.card.version);
        let mut write = Write::default().replace_if(self, next.item(), "#v = :v", unmoved);
        if let Some(moved) = &expiry.account {
            write = move_account(write, self, account, moved, account.zone.date(now), false);
        }
        write = self.expired_rows(write, &expiry.card, &expiry.expired, now);
        self.place_all(write, &next).await
    }

    /// The rows of holds that are dropped after their time: the request keeps its answer.
    fn expired_rows(&self, write: Write, card: &Card, expired: &[Hold], now: DateTime<Utc>) -> Write {
        expired.iter().fold(write, |write, hold| {
            let over = Authorization {
                card: card.number.clone(),
                company: card.company,
                hold: hold.clone(),
                state: State::Expired { at: now },
            };
            write.create(self, authorization_item(&over))
        })
    }

    /// Adds to one of the rows that a company's purse purchases are spread over.
    fn spend(
        &self,
        write: Write,
        found: &Found,
        purchase: RequestId,
        amount: Kopecks,
        today: NaiveDate,
    ) -> Result<Write, StoreError> {
        let key = key::spent(found.account.company, shard_of(purchase));
        let fresh = || {
            key.build()
                .with("total", amount)
                .with("day", today)
                .with("day_spent", amount)
                .with("month_spent", amount)
                .item()
        };
        let Some(row) = &found.spent else { return Ok(write.create(self, fresh())) };
        let day: NaiveDate = get(row, "day")?;
        let values = Values::none().with("amount", amount).with("day", day);
        Ok(if day == today {
            let update = "ADD #total :amount, #day_spent :amount, #month_spent :amount";
            write.update(self, &key, update, "#day = :day", values)
        } else if (day.year(), day.month()) == (today.year(), today.month()) {
            let update = "SET #day = :today, #day_spent = :amount ADD #total :amount, #month_spent :amount";
            write.update(self, &key, update, "#day = :day", values.with("today", today))
        } else {
            let update = "SET #day = :today, #day_spent = :amount, #month_spent = :amount ADD #total :amount";
            write.update(self, &key, update, "#day = :day", values.with("today", today))
        })
    }

    /// Commits a write whose first item is the card's row.
    async fn place_all(&self, write: Write, row: &CardRow) -> Result<Placement, StoreError> {
        match self.commit(write, row.write).await {
            Ok(()) => Ok(Placement::Done),
            Err(TransactionOutcome::Refused(refused)) => {
                let own = refused.iter().find(|(index, _)| *index == 0).and_then(|(_, stands)| stands.as_ref());
                if own.map(CardRow::read).transpose()?.is_some_and(|stands| stands.write == row.write) {
                    return Ok(Placement::Done);
                }
                // Another row's condition: the request's own row (then the card moved too), or the account.
                Ok(if own.is_none() { Placement::AccountRefused } else { Placement::Moved })
            }
            Err(TransactionOutcome::Conflict) => Ok(Placement::Moved),
            Err(TransactionOutcome::Failed(error)) => Err(error),
        }
    }
}

/// Which of the rows of a company's purse purchases a request counts in.
fn shard_of(request: RequestId) -> u8 {
    request.get().as_bytes()[15] % SPENT_SHARDS
}

fn refund_item(refund: &RefundRow) -> Item {
    let id = refund.request.to_string();
    let row = key::refund(refund.card.as_str(), refund.request)
        .build()
        .with("purchase", refund.purchase.to_string())
        .with("co", refund.company)
        .with("quantity", refund.quantity)
        .with("amount", refund.amount)
        .with("at", refund.at)
        .with("hold", Json(refund.hold.clone()))
        .with("vat", refund.vat_percent)
        .with("kind", "refund".to_owned())
        .with("product", refund.hold.product.get())
        .with("station", refund.hold.station.clone());
    entry_index(row, refund.company, Some(refund.card.as_str()), refund.at, &id).item()
}

pub(super) fn read_refund(item: &Item) -> Result<RefundRow, StoreError> {
    let (pk, sk, purchase): (String, String, String) = (get(item, "pk")?, get(item, "sk")?, get(item, "purchase")?);
    let Json(hold) = get(item, "hold")?;
    Ok(RefundRow {
        request: sk.trim_start_matches("REFUND#").parse().map_err(|_| StoreError::Corrupt("sk"))?,
        purchase: purchase.parse().map_err(|_| StoreError::Corrupt("purchase"))?,
        card: pk.trim_start_matches("CARD#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        company: get(item, "co")?,
        quantity: get(item, "quantity")?,
        amount: get(item, "amount")?,
        at: get(item, "at")?,
        hold,
        vat_percent: get(item, "vat")?,
    })
}
