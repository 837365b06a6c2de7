//! The books read: a month's figures, the balance at an instant, the account report, the act of two days, and what is to be
//! closed next. The figures of a closed month are those that were written down; nothing is counted anew but what is open.

use crate::app::App;
use crate::domain::account::Account;
use crate::domain::papers::{Buyer, Month, MonthBook, MonthFigures, Reconciliation, Subject, Turnover};
use crate::domain::{CompanyId, Kopecks};
use crate::table::{AdjustmentRow, ClosedMonth, Company, Entry, StoreError, Upd};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use futures::future::try_join_all;

/// How long after its end a month is closed: what was posted in its last moments is seen everywhere by then.
pub const CLOSES_AFTER: TimeDelta = TimeDelta::hours(1);

/// Companies that are asked about at once.
const COMPANIES: usize = 50;

/// A span of instants, the second one excluded.
pub type Span = (DateTime<Utc>, DateTime<Utc>);

/// The account report of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Which month.
    pub month: Month,
    /// The balance when it began.
    pub opening: Kopecks,
    /// What moved it, by kind.
    pub turnover: Turnover,
    /// The balance when it was over, or is now.
    pub closing: Kopecks,
    /// Whether it is closed: nothing in it changes any more.
    pub closed: bool,
}

/// The book of a span, all of it read.
///
/// # Errors
/// When the store does not answer.
pub async fn book(app: &App, company: CompanyId, span: Span) -> Result<MonthBook, StoreError> {
    let (mut book, mut after) = (MonthBook::default(), None);
    loop {
        let (entries, next) = app.table.ledger(company, span, true, after.as_ref()).await?;
        for movement in entries.iter().filter_map(Entry::movement) {
            book.post(&movement).ok_or(StoreError::Corrupt("amount"))?;
        }
        after = next;
        if after.is_none() {
            return Ok(book);
        }
    }
}

/// A company's balance at an instant: that of the last closed month before it, and what was posted since.
///
/// # Errors
/// When the store does not answer.
pub async fn balance_at(app: &App, company: CompanyId, at: DateTime<Utc>) -> Result<Kopecks, StoreError> {
    let closed = app.table.closed_before(company, at).await?;
    let (from, opening) = closed.map_or((DateTime::UNIX_EPOCH, Kopecks::ZERO), |month| (month.until, month.closing));
    moved(opening, book(app, company, (from, at)).await?.figures().turnover)
}

fn moved(opening: Kopecks, turnover: Turnover) -> Result<Kopecks, StoreError> {
    turnover.net().and_then(|net| opening.checked_add(net)).ok_or(StoreError::Corrupt("amount"))
}

/// A month's account report. Of an open month it is as of now.
///
/// # Errors
/// When the store does not answer.
pub async fn statement(app: &App, account: &Account, month: Month) -> Result<Statement, StoreError> {
    if let Some(closed) = app.table.closed_month(account.company, month).await? {
        let (opening, turnover, closing) = (closed.opening, closed.figures.turnover, closed.closing);
        return Ok(Statement { month, opening, turnover, closing, closed: true });
    }
    // It begins where the month before it ended, whatever zone that was in.
    let before = app.table.closed_month(account.company, month.previous()).await?;
    let from = before.map_or_else(|| month.begins(account.zone), |before| before.until);
    let opening = balance_at(app, account.company, from).await?;
    let turnover = book(app, account.company, (from, month.ends(account.zone))).await?.figures().turnover;
    Ok(Statement { month, opening, turnover, closing: moved(opening, turnover)?, closed: false })
}

/// The act from one day to another, both included: a line for each closed month, one for the days between that no document
/// covers, and one for each payment and correction.
///
/// # Errors
/// When the store does not answer.
pub async fn reconciliation(
    app: &App,
    account: &Account,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Reconciliation, StoreError> {
    let (company, zone) = (account.company, account.zone);
    let (start, end) = (zone.midnight(from), zone.midnight(to.succ_opt().unwrap_or(to)));
    let opening = balance_at(app, company, start).await?;
    let (mut lines, mut at) = (Vec::new(), start);
    for month in closed_within(app, company, (start, end)).await? {
        open_days(app, account, (at, month.from), &mut lines).await?;
        let (supplied, _) = month.figures.total();
        if month.figures.has_supply() {
            let subject = Subject::Supply { month: month.month, number: month.upd.map(|upd| upd.number) };
            lines.push((month.month.last(), subject, supplied.negated()));
        }
        others(app, account, (month.from, month.until), &mut lines).await?;
        at = month.until;
    }
    open_days(app, account, (at, end), &mut lines).await?;
    Reconciliation::new(opening, lines).ok_or(StoreError::Corrupt("amount"))
}

/// A line of an act before it is added up.
type Line = (NaiveDate, Subject, Kopecks);

/// The closed months that lie wholly within a span, oldest first.
async fn closed_within(app: &App, company: CompanyId, (start, end): Span) -> Result<Vec<ClosedMonth>, StoreError> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let (months, next) = app.table.closed_months(company, 24, after.as_ref()).await?;
        let is_past = months.last().is_some_and(|month| month.from < start);
        found.extend(months.into_iter().filter(|month| month.from >= start && month.until <= end));
        after = next;
        if after.is_none() || is_past {
            found.reverse();
            return Ok(found);
        }
    }
}

/// The lines of days that no closed month covers.
async fn open_days(app: &App, account: &Account, span: Span, lines: &mut Vec<Line>) -> Result<(), StoreError> {
    let (zone, mut supplied, mut any, mut after) = (account.zone, Kopecks::ZERO, false, None);
    if span.0 >= span.1 {
        return Ok(());
    }
    loop {
        let (entries, next) = app.table.ledger(account.company, span, true, after.as_ref()).await?;
        for entry in &entries {
            match entry {
                Entry::Purchase(_) | Entry::Refund(_) => {
                    let amount = entry.movement().map(|movement| movement.amount).unwrap_or_default();
                    supplied = supplied.checked_add(amount).ok_or(StoreError::Corrupt("amount"))?;
                    any = true;
                }
                _ => lines.extend(other(entry, account)),
            }
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    if any {
        let (from, last) = (zone.date(span.0), zone.date(span.1 - TimeDelta::milliseconds(1)));
        let to = last.min(zone.date(app.clock.now()).max(from));
        lines.push((to, Subject::Days { from, to }, supplied));
    }
    Ok(())
}

/// The lines of what is no fill.
async fn others(app: &App, account: &Account, span: Span, lines: &mut Vec<Line>) -> Result<(), StoreError> {
    let mut after = None;
    loop {
        let (entries, next) = app.table.ledger(account.company, span, false, after.as_ref()).await?;
        lines.extend(entries.iter().filter_map(|entry| other(entry, account)));
        after = next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// The line of what is no fill and moves money.
fn other(entry: &Entry, account: &Account) -> Option<Line> {
    let subject = match entry {
        Entry::Payment { date, document_number, .. } => {
            Subject::Payment { number: document_number.to_string(), date: *date }
        }
        Entry::Adjustment(AdjustmentRow { document_number, date, .. }) => {
            Subject::Adjustment { number: document_number.to_string(), date: *date }
        }
        Entry::Purchase(_) | Entry::Decline(_) | Entry::Refund(_) | Entry::Transfer(_) => return None,
    };
    Some((account.zone.date(entry.at()), subject, entry.movement()?.amount))
}

/// A month to close, with the month that has to be closed before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What is written.
    pub month: ClosedMonth,
    /// The closed month it follows; none of a company's first.
    pub follows: Option<Month>,
}

/// Whether a company has anything to do with a month: a contract or an entry by its end.
///
/// # Errors
/// When the store does not answer.
pub async fn concerns(app: &App, company: &Company, account: &Account, month: Month) -> Result<bool, StoreError> {
    if Month::of(company.contract_date) <= month {
        return Ok(true);
    }
    let first = app.table.first_entry_at(company.id).await?;
    Ok(first.is_some_and(|first| Month::of(account.zone.date(first)) <= month))
}

/// Whether there is a company that a month concerns.
///
/// # Errors
/// When the store does not answer.
pub async fn concerns_any(app: &App, month: Month) -> Result<bool, StoreError> {
    let mut after = None;
    loop {
        let (companies, next) = app.table.companies(COMPANIES, after.as_ref()).await?;
        let answers = companies.iter().map(|(company, account)| concerns(app, company, account, month));
        if try_join_all(answers).await?.contains(&true) {
            return Ok(true);
        }
        after = next;
        if after.is_none() {
            return Ok(false);
        }
    }
}

/// The first month of a company that is not closed and is to be, up to `last`; `None` where there is none, or nothing was ever
/// posted.
///
/// # Errors
/// When the store does not answer, or the books do not tie.
pub async fn due(app: &App, company: &Company, account: &Account, last: Month) -> Result<Option<Due>, StoreError> {
    let now = app.clock.now();
    let (id, zone) = (company.id, account.zone);
    let (closed, _) = app.table.closed_months(id, 1, None).await?;
    let before = closed.into_iter().next();
    let (month, from, opening) = match &before {
        Some(before) => (before.month.next(), before.until, before.closing),
        None => match app.table.first_entry_at(id).await? {
            Some(first) => {
                let month = Month::of(zone.date(first));
                (month, month.begins(zone), Kopecks::ZERO)
            }
            None => return Ok(None),
        },
    };
    let until = month.ends(zone);
    if month > last || now < until + CLOSES_AFTER || until <= from {
        return Ok(None);
    }
    let figures: MonthFigures = book(app, id, (from, until)).await?.figures();
    if !figures.ties() {
        tracing::error!(company = %id, %month, "what was supplied is not what the account was moved by");
        return Err(StoreError::Corrupt("figures"));
    }
    let upd: Option<Upd> = if figures.has_supply() { Some(app.table.next_upd(month.last()).await?) } else { None };
    let (seller, _) = app.table.seller().await?;
    let month = ClosedMonth {
        company: id,
        month,
        from,
        until,
        zone,
        opening,
        closing: moved(opening, figures.turnover)?,
        figures,
        upd,
        seller,
        buyer: buyer(company),
        closed_at: now,
    };
    Ok(Some(Due { month, follows: before.map(|before| before.month) }))
}

/// A company as documents have it.
pub fn buyer(company: &Company) -> Buyer {
    Buyer {
        name: company.name.clone(),
        inn: company.inn.clone(),
        kpp: company.kpp.clone(),
        contract_number: company.contract_number.clone(),
        contract_date: company.contract_date,
    }
}
