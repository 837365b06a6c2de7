//! The list of cards, for the company itself and for staff who look on.

use super::{CardView, StatusName};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::text::Group;
use crate::http::{Cursor, List, Page, Problem};
use serde::Deserialize;

/// Table pages read for one answer when a filter leaves little of each.
const PAGES_MAX: usize = 10;

/// Which cards.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CardFilter {
    /// Of this state.
    status: Option<StatusName>,
    /// Of this group.
    group: Option<Group>,
    /// Whose number, label or group contains this.
    q: Option<String>,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

impl CardFilter {
    /// The page of a company's cards.
    ///
    /// # Errors
    /// 422 for a cursor of another list.
    pub async fn page(&self, app: &App, account: &Account) -> Result<List<CardView>, Problem> {
        let company = account.company;
        let now = app.clock.now();
        let status = self.status.map(|status| format!("{status:?}")).unwrap_or_default();
        let group = self.group.as_ref().map(Group::as_str).unwrap_or_default();
        let tenant = company.to_string();
        let list = ["cards", &tenant, &status, group, self.q.as_deref().unwrap_or_default()];
        let mut after = self.cursor.as_ref().map(|cursor| cursor.open(app, &list)).transpose()?;
        let needle = self.q.as_ref().map(|q| q.trim().to_lowercase());
        let mut items = Vec::new();
        for _ in 0..PAGES_MAX {
            // Never more than is missing, so that a page ends where the table's page ends.
            let missing = self.limit.limit() - items.len();
            let (cards, next) = app.table.cards(company, missing, after.as_ref()).await?;
            let views = cards.iter().map(|card| CardView::of(&card.row.card, &card.note, account.zone, now));
            items.extend(views.filter(|view| self.wants(view, needle.as_deref())));
            after = next;
            if after.is_none() || items.len() == self.limit.limit() {
                break;
            }
        }
        Ok(List { items, next_cursor: after.map(|position| Cursor::seal(app, &list, &position)) })
    }

    fn wants(&self, view: &CardView, needle: Option<&str>) -> bool {
        let contains = |text: &str, needle: &str| text.to_lowercase().contains(needle);
        self.status.is_none_or(|status| status == view.status)
            && self.group.as_ref().is_none_or(|group| *group == view.group)
            && needle.is_none_or(|needle| {
                [view.number.as_str(), view.label.as_str(), view.group.as_str()]
                    .iter()
                    .any(|text| contains(text, needle))
            })
    }
}
