//! The list of history, for the company itself and for staff who look on.

use super::{EntryType, EntryView};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::{CardNumber, CompanyId, Day, Invalid, ProductCode, StationCode};
use crate::http::{Cursor, List, Page, Problem};
use crate::table::{Entry, EntryFilter, EntryPage, HistoryKind, Position, StoreError};
use serde::Deserialize;

/// Which lines of history.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryFilter {
    /// Posted on this day or later, in the company's zone.
    from: Option<Day>,
    /// Posted on this day or earlier.
    to: Option<Day>,
    /// Of this card.
    card: Option<CardNumber>,
    /// Of this kind; `decline` lists declines, which stand in no other list.
    r#type: Option<EntryType>,
    /// Of this product.
    product: Option<ProductCode>,
    /// At this station.
    station: Option<StationCode>,
    /// Whose card number, station, document number or comment contains this.
    q: Option<String>,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// What of history somebody looks for, whatever becomes of it.
#[derive(Debug, Clone, Default)]
pub struct HistoryAsk {
    /// Posted on this day or later, in the company's zone.
    pub from: Option<Day>,
    /// Posted on this day or earlier.
    pub to: Option<Day>,
    /// Of this card.
    pub card: Option<CardNumber>,
    /// Of this kind; declines stand in a list of their own.
    pub r#type: Option<EntryType>,
    /// Of this product.
    pub product: Option<ProductCode>,
    /// At this station.
    pub station: Option<StationCode>,
    /// Whose card number, station, document number or comment contains this.
    pub q: Option<String>,
}

/// The same, ready to be read.
#[derive(Debug, Clone)]
pub struct Sought {
    filter: EntryFilter,
    needle: Option<String>,
}

impl HistoryFilter {
    /// The page of a company's history.
    ///
    /// # Errors
    /// 422 for a filter that makes no sense.
    pub async fn page(&self, app: &App, account: &Account) -> Result<List<EntryView>, Problem> {
        let ask = HistoryAsk {
            from: self.from,
            to: self.to,
            card: self.card.clone(),
            r#type: self.r#type,
            product: self.product.clone(),
            station: self.station.clone(),
            q: self.q.clone(),
        };
        let sought = ask.sought(app, account).await?;
        let (company, zone) = (account.company, account.zone);
        let tenant = company.to_string();
        let asked = format!("{:?}{:?}", sought.filter, self.q);
        let list = ["history", &tenant, &asked];
        let after = self.cursor.as_ref().map(|cursor| cursor.open(app, &list)).transpose()?;
        let (entries, next) = sought.page(app, company, self.limit.limit(), after.as_ref()).await?;
        Ok(List {
            items: entries.iter().map(|entry| EntryView::of(entry, zone, app)).collect(),
            next_cursor: next.map(|position| Cursor::seal(app, &list, &position)),
        })
    }
}

impl HistoryAsk {
    /// What is to be read for it.
    ///
    /// # Errors
    /// 422 for what makes no sense.
    pub async fn sought(&self, app: &App, account: &Account) -> Result<Sought, Problem> {
        let zone = account.zone;
        if self.from.zip(self.to).is_some_and(|(from, to)| from > to) {
            let invalid = Invalid::new("span_reversed", "the span ends before it begins");
            return Err(Problem::field("to", &invalid));
        }
        let product = match &self.product {
            Some(code) => {
                let unknown =
                    || Problem::field("product", &Invalid::new("product_unknown", "there is no such product"));
                Some(app.table.catalogue_of([code]).await?.by_code(code).ok_or_else(unknown)?.ix)
            }
            None => None,
        };
        let needle = self.q.as_ref().map(|q| q.trim().to_lowercase()).filter(|q| !q.is_empty());
        let filter = EntryFilter {
            list: if self.r#type == Some(EntryType::Decline) { HistoryKind::Declines } else { HistoryKind::Entries },
            from: self.from.map(|day| zone.midnight(day.get())),
            until: self.to.and_then(|day| day.get().succ_opt()).map(|day| zone.midnight(day)),
            card: self.card.clone(),
            kind: self.r#type.filter(|kind| *kind != EntryType::Decline).map(EntryType::name),
            product,
            station: self.station.clone(),
            searched: needle.is_some(),
        };
        Ok(Sought { filter, needle })
    }
}

impl Sought {
    /// A page of it, the newest entry first; a filtered one may be short.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn page(
        &self,
        app: &App,
        company: CompanyId,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<EntryPage, StoreError> {
        let wanted = |entry: &Entry| self.needle.as_ref().is_none_or(|needle| mentions(entry, needle));
        app.table.history(company, &self.filter, limit, after, wanted).await
    }
}

fn mentions(entry: &Entry, needle: &str) -> bool {
    let texts = match entry {
        Entry::Purchase(a) | Entry::Decline(a) => vec![a.card.to_string(), a.hold.station.to_string()],
        Entry::Refund(refund) => vec![refund.card.to_string(), refund.hold.station.to_string()],
        Entry::Payment { document_number, comment, .. } => vec![document_number.to_string(), comment.to_string()],
        Entry::Adjustment(one) => vec![one.document_number.to_string(), one.reason.to_string()],
        Entry::Transfer(transfer) => vec![transfer.from.to_string(), transfer.to.to_string()],
    };
    texts.iter().any(|text| text.to_lowercase().contains(needle))
}
