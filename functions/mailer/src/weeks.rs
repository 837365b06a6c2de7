//! What a week cost, as the report of the same days says it.

use chrono::NaiveDate;
use oktan_shared::App;
use oktan_shared::domain::Kopecks;
use oktan_shared::domain::news::Language;
use oktan_shared::domain::notice::{Event, WeekSum};
use oktan_shared::domain::people::Person;
use oktan_shared::domain::product::ProductCode;
use oktan_shared::domain::spending::Spent;
use oktan_shared::mail::{Bought, Letter};
use oktan_shared::table::{Audience, Notice, StoreError};
use oktan_shared::wire::{GroupBy, spending};
use std::borrow::Cow;
use url::Url;

/// The notice with what a week's company spent, read once for all who are told; `None` if it bought nothing. Another notice
/// is as it was.
pub async fn reckoned<'a>(app: &App, notice: &'a Notice) -> Result<Option<Cow<'a, Notice>>, StoreError> {
    let (Event::WeeklySummary { from, to, sums }, Audience::Company { id: company, .. }) = (&notice.event, &notice.to)
    else {
        return Ok(Some(Cow::Borrowed(notice)));
    };
    if !sums.is_empty() {
        // Who was told first has these figures; so has everybody.
        return Ok(Some(Cow::Borrowed(notice)));
    }
    let Some(account) = app.table.account(*company).await? else { return Ok(None) };
    let spent = spending(app, *company, account.zone, (*from, *to), GroupBy::Product).await?;
    if spent.is_empty() {
        return Ok(None);
    }
    let sum = |(product, spent): (&String, Spent)| WeekSum {
        product: product.clone(),
        quantity: spent.quantity,
        amount: spent.amount,
    };
    let event = Event::WeeklySummary { from: *from, to: *to, sums: spent.sums().map(sum).collect() };
    Ok(Some(Cow::Owned(Notice { event, ..notice.clone() })))
}

/// The summary for a person of the company.
pub fn letter(
    app: &App,
    person: &Person,
    language: Language,
    span: (NaiveDate, NaiveDate),
    sums: &[WeekSum],
    page: &Url,
) -> Letter {
    let catalogue = app.catalogue();
    let lines = sums.iter().map(|sum| {
        let product = ProductCode::parse(&sum.product).ok().and_then(|code| catalogue.by_code(&code));
        Bought {
            product: product.map_or_else(|| sum.product.clone(), |product| product.name_in(language).to_owned()),
            unit: product.map(|product| product.unit),
            spent: Spent { quantity: sum.quantity, amount: sum.amount },
        }
    });
    let lines: Vec<_> = lines.collect();
    let total = sums.iter().fold(Kopecks::ZERO, |total, sum| total.saturating_add(sum.amount));
    Letter::weekly_summary(language, span, &lines, total, page, person.login.as_str())
}
