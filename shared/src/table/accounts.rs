//! A company's money: one row that moves by arithmetic.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::promotions::saved_by;
use super::write::{Values, Write};
use crate::domain::account::{Account, AccountMove, CompanyStatus};
use crate::domain::promotion::Joined;
use crate::domain::{Kopecks, Millilitres};
use chrono::{Datelike, NaiveDate};

pub(super) fn account_item(account: &Account) -> Item {
    key::account(account.company)
        .build()
        .with("account_status", Json(account.status))
        .with("zone", account.zone)
        .with("balance", account.balance)
        .with("moved", account.moved)
        .with("held", account.held)
        .with("credit_limit", account.credit_limit)
        .with("available", account.available)
        .with("day", account.day)
        .with("day_spent", account.day_spent)
        .with("month_spent", account.month_spent)
        .with("month_litres", account.month_litres)
        .with("saved", account.saved)
        .with("month_saved", account.month_saved)
        .maybe("joined", (account.joined != Joined::default()).then(|| Json(account.joined.clone())))
        .with("has_purses", account.has_purses)
        .with("carry_over", Json(account.carry_over))
        .with("tells_declines", account.tells_declines)
        .item()
}

pub(super) fn read_account(item: &Item) -> Result<Account, StoreError> {
    let pk: String = get(item, "pk")?;
    let Json(status) = get(item, "account_status")?;
    Ok(Account {
        company: pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        status,
        zone: get(item, "zone")?,
        balance: get(item, "balance")?,
        moved: get(item, "moved")?,
        held: get(item, "held")?,
        credit_limit: get(item, "credit_limit")?,
        available: get(item, "available")?,
        day: get(item, "day")?,
        day_spent: get(item, "day_spent")?,
        month_spent: get(item, "month_spent")?,
        month_litres: find(item, "month_litres")?.unwrap_or_default(),
        saved: find(item, "saved")?.unwrap_or_default(),
        month_saved: find(item, "month_saved")?.unwrap_or_default(),
        joined: find(item, "joined")?.map(|Json(joined)| joined).unwrap_or_default(),
        has_purses: get(item, "has_purses")?,
        carry_over: find(item, "carry_over")?.map(|Json(carry)| carry).unwrap_or_default(),
        tells_declines: find(item, "tells_declines")?.unwrap_or(false),
    })
}

/// Adds `moved` to an account, turning its day where `today` is another than the row's.
///
/// Only a write that spends looks at the day, so holds and releases never meet the turn.
pub(super) fn move_account(
    write: Write,
    table: &Table,
    account: &Account,
    moved: &AccountMove,
    today: NaiveDate,
    must_be_active: bool,
) -> Write {
    let mut values =
        Values::none().with("balance", moved.balance).with("held", moved.held).with("available", moved.available);
    let mut conditions = vec!["attribute_exists(#pk)".to_owned()];
    // A clock a little behind another's counts into the newer day.
    let today = today.max(account.day);
    let (mut set, mut by_promotion) = (Vec::new(), String::new());
    let mut add = vec!["#balance :balance", "#held :held", "#available :available"];
    if moved.moved.get() != 0 {
        values = values.with("moved", moved.moved);
        add.push("#moved :moved");
    }
    if let Some(needs) = moved.needs {
        values = values.with("needs", needs);
        conditions.push("#available >= :needs".to_owned());
    }
    if must_be_active {
        values = values.with("active", Json(CompanyStatus::Active));
        conditions.push("#account_status = :active".to_owned());
    }
    if moved.spent != Kopecks::ZERO || moved.litres != Millilitres::ZERO || moved.saving.is_some() {
        let saved = moved.saving.map_or(Kopecks::ZERO, |saving| saving.amount);
        values = values.with("spent", moved.spent).with("litres", moved.litres).with("day", account.day);
        conditions.push("#day = :day".to_owned());
        let same_month = (account.day.year(), account.day.month()) == (today.year(), today.month());
        if account.day == today {
            add.extend(["#day_spent :spent", "#month_spent :spent", "#month_litres :litres"]);
        } else {
            values = values.with("today", today);
            set.extend(["#day = :today", "#day_spent = :spent"]);
            if same_month {
                add.extend(["#month_spent :spent", "#month_litres :litres"]);
            } else {
                set.extend(["#month_spent = :spent", "#month_litres = :litres", "#month_saved = :saved"]);
                values = values.with("saved", saved);
            }
        }
        if let Some(saving) = moved.saving {
            values = values.with("saved", saved);
            add.push("#saved :saved");
            add.extend(same_month.then_some("#month_saved :saved"));
            by_promotion = format!(", #{} :saved", saved_by(saving.promotion));
        }
    }
    let set = if set.is_empty() { String::new() } else { format!("SET {} ", set.join(", ")) };
    let update = format!("{set}ADD {}{by_promotion}", add.join(", "));
    write.update(table, &key::account(account.company), &update, &conditions.join(" AND "), values)
}
