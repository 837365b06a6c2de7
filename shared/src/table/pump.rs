//! The pump: one read of what a decision needs, one write that makes it true.

use super::Table;
use super::accounts::{move_account, read_account};
use super::card_edit::Placement;
use super::cards::{read_allowance, read_pin, read_rules};
use super::error::{StoreError, TransactionOutcome};
use super::item::Item;
use super::key;
use super::outbox::{self, Declined, Intent};
use super::purses::shard_of;
use super::queue::Turn;
use super::read::peek;
use super::replace::HeirRow;
use super::rows::{CardRow, Recorded, authorization_item, read_recorded, unknown_card_item};
use super::stations::{Station, read_station};
use super::terminals::{Terminal, read_terminal};
use super::write::{Values, Write};
use crate::auth::PinHash;
use crate::domain::account::Account;
use crate::domain::authorization::{Authorization, Hold, State};
use crate::domain::budget::Allowance;
use crate::domain::card::{Approval, Card, Sale};
use crate::domain::ids::RequestId;
use crate::domain::promotion::Terms;
use crate::domain::rules::Rules;
use crate::domain::{CardNumber, Catalogue, ProductSet, StationCode, TerminalId};
use chrono::{DateTime, Utc};

/// Batches read for one decision whose rows were not of one moment.
const READS_MAX: u32 = 3;

/// A card that a terminal asked for, with what its decision needs.
#[derive(Debug, Clone)]
pub struct Found {
    /// The card's row.
    pub row: CardRow,
    /// Its rules.
    pub rules: Rules,
    /// Its share of the budget and its exception.
    pub allowance: Allowance,
    /// What is kept of its PIN.
    pub pin: Option<PinHash>,
    /// Its company's account.
    pub account: Account,
    /// The card in its place, where it was replaced and the call ends a hold.
    pub heir: Option<HeirRow>,
    /// The terms that the request's hold names, where the call ends it.
    pub terms: Vec<Terms>,
    /// The row that a purse purchase of this request counts in, where it was read too and is there.
    pub(super) spent: Option<Item>,
    /// Whether rules and account are not older than the card. What a decision counts with either moves the card's version
    /// or leaves its mark on the card, so what is read too early is noticed although a batch is no snapshot.
    of_one_moment: bool,
}

impl Found {
    /// What posting to the card or returning from it needs besides it.
    pub fn sale<'a>(&'a self, catalogue: &'a Catalogue, vat_percent: u8) -> Sale<'a> {
        Sale { share: &self.allowance.share, account: &self.account, catalogue, vat_percent }
    }
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
        for _ in 0..READS_MAX {
            let facts = self.facts(typed, request, terminal, station, false).await?;
            if facts.found.as_ref().is_none_or(|found| found.of_one_moment) {
                return Ok(facts);
            }
        }
        Err(StoreError::Busy)
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
        let split = rows.split;
        let card = number.as_ref().and_then(|number| rows.take(&key::card(number)));
        let row = card.as_ref().map(CardRow::read).transpose()?;
        let mut found = match (&number, row) {
            (Some(number), Some(row)) => {
                let company = row.card.company;
                let rules = rows.take(&key::rules(number));
                if hint != Some(company) {
                    rows = self.batch(&money(company).collect::<Vec<_>>()).await?.after(rows);
                }
                let account = rows.take(&key::account(company)).ok_or(StoreError::Corrupt("account"))?;
                let spent = rows.take(&key::spent(company, shard_of(request)));
                let edition: u32 = peek(rules.as_ref(), "ed")?.unwrap_or(0);
                let turn: u32 = peek(Some(&account), "turn")?.unwrap_or(0);
                let of_one_moment = edition == row.rules_edition && turn >= row.turn;
                let (pin, allowance) = (read_pin(rules.as_ref())?, read_allowance(rules.as_ref())?);
                let (rules, account) = (read_rules(rules.as_ref())?, read_account(&account)?);
                self.know(row.card.products().fold(rules.named_products(), ProductSet::with)).await?;
                self.know_offers(account.joined.as_of).await?;
                let heir = if settles { self.heir(row.card.replaced_by.as_ref()).await? } else { None };
                Some(Found { row, rules, allowance, pin, account, heir, terms: Vec::new(), spent, of_one_moment })
            }
            _ => None,
        };
        let mut recorded = rows.take(&request_key).as_ref().map(read_recorded).transpose()?;
        let read_apart = |found: &Found| split || found.row.recent.contains(&request);
        if recorded.is_none() && found.as_ref().is_some_and(read_apart) {
            // The batch is no snapshot: the request was decided while it was read.
            recorded = self.row(&request_key).await?.as_ref().map(read_recorded).transpose()?;
        }
        if let Some(Recorded::OnCard(authorization)) = &recorded {
            self.know(authorization.products()).await?;
        }
        if let (true, Some(found)) = (settles, &mut found) {
            let hold = recorded.as_ref().map(Recorded::hold).or_else(|| found.row.card.hold_of(request));
            found.terms = self.terms(hold.map_or(&[], |hold| &hold.promotions)).await?;
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
        let row = found.row.after(approval.card.clone(), approval.expired.iter().map(|hold| hold.request));
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

    /// Records a decline: its row, and the `card` a version on, so that no copy of the request can be approved past it; and,
    /// where the card says so, a notice of it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn decline(
        &self,
        found: &Found,
        card: Card,
        authorization: &Authorization,
    ) -> Result<Placement, StoreError> {
        let row = found.row.after(card, Some(authorization.hold.request));
        let unmoved = Values::none().with("v", found.row.card.version);
        let write = Write::default()
            .replace_if(self, row.item(), "#v = :v", unmoved)
            .create(self, authorization_item(authorization));
        let declined = Declined { card: authorization.card.clone(), request: authorization.hold.request };
        let write = match row.card.told_at.filter(|told| Some(*told) != found.row.card.told_at) {
            Some(now) => write.mail(self, outbox::row(&Intent::DeclineNotice(declined), now)),
            None => write,
        };
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

    /// The rows of holds that are dropped after their time: the request keeps its answer.
    pub(super) fn expired_rows(&self, write: Write, card: &Card, expired: &[Hold], now: DateTime<Utc>) -> Write {
        expired.iter().fold(write, |write, hold| {
            let over = Authorization {
                card: card.number.clone(),
                company: card.company,
                hold: hold.clone(),
                state: State::Expired { at: now },
            };
            // Dropped before, by a write that met a copy of the request half-way: it expired then.
            let free = "attribute_not_exists(#pk) OR begins_with(#over, :expired)";
            let values = Values::none().with("expired", "{\"expired\"".to_owned());
            write.replace_if(self, authorization_item(&over), free, values)
        })
    }

    /// Commits a write whose first item is the card's row.
    pub(super) async fn place_all(&self, write: Write, row: &CardRow) -> Result<Placement, StoreError> {
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
