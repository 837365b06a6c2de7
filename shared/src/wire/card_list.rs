//! The list of cards, for the company itself and for staff who look on.

use super::{CardView, StatusName};
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::text::Group;
use crate::http::{Cursor, List, Page, Problem};
use crate::table::FleetFilter;
use serde::Deserialize;

/// Which cards.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CardFilter {
    /// Of this state.
    status: Option<StatusName>,
    /// Of this group; the empty one is no group.
    group: Option<Group>,
    /// Whose number, label or group contains this; case, `ё`, spaces and the alphabet of a plate do not matter.
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
        // The empty group is a filter of its own: the cards without one.
        let group = self.group.as_ref().map(|group| format!("={group}")).unwrap_or_default();
        let tenant = company.to_string();
        let list = ["cards", &tenant, &status, &group, self.q.as_deref().unwrap_or_default()];
        let after = self.cursor.as_ref().map(|cursor| cursor.open(app, &list)).transpose()?;
        let filter = FleetFilter { status: self.status.map(Into::into), group: self.group.clone(), q: self.q.clone() };
        let today = account.zone.date(now);
        let (cards, next) = app.table.fleet(company, &filter, today, self.limit.limit(), after.as_ref()).await?;
        let items = cards.iter().map(|card| CardView::of(&card.row.card, &card.note, account.zone, now)).collect();
        Ok(List { items, next_cursor: next.map(|position| Cursor::seal(app, &list, &position)) })
    }
}
