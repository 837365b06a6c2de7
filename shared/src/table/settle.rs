//! The end of a hold, and a purchase's return: the card, the request's row and the money, together.

use super::Table;
use super::accounts::move_account;
use super::card_edit::Placement;
use super::error::StoreError;
use super::item::{Json, get};
use super::key;
use super::promotions::saved_by;
use super::pump::Found;
use super::purses::shard_of;
use super::refunds::{RefundPosting, refund_item};
use super::replace::HeirRow;
use super::rows::{CardRow, authorization_item};
use super::write::{Values, Write};
use crate::domain::Kopecks;
use crate::domain::account::Account;
use crate::domain::authorization::{Authorization, State};
use crate::domain::card::{Expiry, PurseSpending, Settlement};
use crate::domain::ids::RequestId;
use chrono::{DateTime, Datelike, NaiveDate, Utc};

impl Table {
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
        write = self.spend(write, found, authorization.hold.request, &settled.purse, today)?;
        write = self.inherit(write, found.heir.as_ref(), settled.heir.as_ref());
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
        posting: &RefundPosting,
    ) -> Result<Placement, StoreError> {
        let (write, row) = self.refund_rows(Write::default(), found, before, posting)?;
        self.place_all(write, &row).await
    }

    /// The rows of a refund, the card's first; and that row.
    pub(super) fn refund_rows(
        &self,
        write: Write,
        found: &Found,
        before: &Authorization,
        posting: &RefundPosting,
    ) -> Result<(Write, CardRow), StoreError> {
        let RefundPosting { refunded, row: refund } = posting;
        let row = found.row.after(refunded.card.clone(), None);
        let unmoved = Values::none().with("v", found.row.card.version);
        let values = Values::none()
            .with("before", Json(before.state.clone()))
            .with("after", Json(refunded.authorization.state.clone()));
        let key = key::authorization(refund.card.as_str(), refund.purchase);
        let mut write = write
            .replace_if(self, row.item(), "#v = :v", unmoved)
            .update(self, &key, "SET #over = :after", "#over = :before", values)
            .create(self, refund_item(refund));
        let today = found.account.zone.date(refund.at);
        if let Some(moved) = &refunded.account {
            write = move_account(write, self, &found.account, moved, today, false);
        }
        write = self.spend(write, found, refund.purchase, &refunded.purse, today)?;
        write = self.inherit(write, found.heir.as_ref(), refunded.heir.as_ref());
        Ok((write, row))
    }

    /// Drops a card's expired holds.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn expire(
        &self,
        row: &CardRow,
        account: &Account,
        heir: Option<&HeirRow>,
        expiry: &Expiry,
        now: DateTime<Utc>,
    ) -> Result<Placement, StoreError> {
        let next = row.after(expiry.card.clone(), expiry.expired.iter().map(|hold| hold.request));
        let unmoved = Values::none().with("v", row.card.version);
        let mut write = Write::default().replace_if(self, next.item(), "#v = :v", unmoved);
        if let Some(moved) = &expiry.account {
            write = move_account(write, self, account, moved, account.zone.date(now), false);
        }
        write = self.inherit(write, heir, expiry.heir.as_ref());
        write = self.expired_rows(write, &expiry.card, &expiry.expired, now);
        self.place_all(write, &next).await
    }

    /// Adds to one of the rows that a company's purse purchases are spread over, unless there is nothing to add.
    fn spend(
        &self,
        write: Write,
        found: &Found,
        purchase: RequestId,
        spending: &PurseSpending,
        today: NaiveDate,
    ) -> Result<Write, StoreError> {
        let PurseSpending { amount, saving } = *spending;
        if amount == Kopecks::ZERO && saving.is_none() {
            return Ok(write);
        }
        let saved = saving.map_or(Kopecks::ZERO, |saving| saving.amount);
        let by_promotion = saving.map(|saving| saved_by(saving.promotion));
        let key = key::spent(found.account.company, shard_of(purchase));
        let Some(row) = &found.spent else {
            let fresh = key
                .build()
                .with("total", amount)
                .with("day", today)
                .with("day_spent", amount)
                .with("month_spent", amount)
                .with("saved", saved)
                .with("month_saved", saved);
            let fresh = by_promotion.iter().fold(fresh, |row, name| row.with(name, saved));
            return Ok(write.create(self, fresh.item()));
        };
        let day: NaiveDate = get(row, "day")?;
        let today = today.max(day);
        let mut values = Values::none().with("amount", amount).with("saved", saved).with("day", day);
        let update = if day == today {
            "ADD #total :amount, #saved :saved, #day_spent :amount, #month_spent :amount, #month_saved :saved"
        } else {
            values = values.with("today", today);
            if (day.year(), day.month()) == (today.year(), today.month()) {
                "SET #day = :today, #day_spent = :amount \
                 ADD #total :amount, #saved :saved, #month_spent :amount, #month_saved :saved"
            } else {
                "SET #day = :today, #day_spent = :amount, #month_spent = :amount, #month_saved = :saved \
                 ADD #total :amount, #saved :saved"
            }
        };
        let update = by_promotion.iter().fold(update.to_owned(), |update, name| format!("{update}, #{name} :saved"));
        Ok(write.update(self, &key, &update, "#day = :day", values))
    }
}
