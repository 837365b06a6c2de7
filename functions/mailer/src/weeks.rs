//! What a week cost, as the report of the same days says it.

use chrono::NaiveDate;
use oktan_shared::App;
use oktan_shared::domain::CompanyId;
use oktan_shared::domain::news::Language;
use oktan_shared::domain::notice::Event;
use oktan_shared::domain::people::Person;
use oktan_shared::domain::product::ProductCode;
use oktan_shared::domain::spending::Spending;
use oktan_shared::mail::{Bought, Letter};
use oktan_shared::table::StoreError;
use oktan_shared::wire::{GroupBy, spending};

use crate::notices::page;

/// What a company spent, by product; `None` if there is no such company.
pub async fn spent(
    app: &App,
    company: CompanyId,
    span: (NaiveDate, NaiveDate),
) -> Result<Option<Spending<String>>, StoreError> {
    let Some(account) = app.table.account(company).await? else { return Ok(None) };
    spending(app, company, account.zone, span, GroupBy::Product).await.map(Some)
}

/// The summary for a person of the company.
pub async fn letter(
    app: &App,
    person: &Person,
    language: Language,
    span: (NaiveDate, NaiveDate),
    event: &Event,
) -> Result<Option<Letter>, StoreError> {
    let Some(company) = person.company else { return Ok(None) };
    let Some(sums) = spent(app, company, span).await? else { return Ok(None) };
    let catalogue = app.catalogue();
    let lines = sums.sums().map(|(code, spent)| {
        let product = ProductCode::parse(code).ok().and_then(|code| catalogue.by_code(&code));
        Bought {
            product: product.map_or_else(|| code.clone(), |product| product.name_in(language).to_owned()),
            unit: product.map(|product| product.unit),
            spent,
        }
    });
    let lines: Vec<_> = lines.collect();
    let page = page(app, event);
    Ok(Some(Letter::weekly_summary(language, span, &lines, sums.total(), &page, person.login.as_str())))
}
