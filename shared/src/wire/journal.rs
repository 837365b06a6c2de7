//! The journal, for the company itself and for staff.

mod shown;

pub use shown::FIELDS_TO_CLIENTS;

use crate::app::App;
use crate::domain::text::{Login, PersonName};
use crate::domain::window::Zone;
use crate::domain::{CompanyId, Day, Invalid};
use crate::http::{Cursor, List, Page, Problem};
use crate::journal::Link;
use crate::table::Position;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Reads of the table for one answer when a filter leaves little of each.
const PAGES_MAX: usize = 10;
/// Acts read at once.
const PAGE: usize = 100;
/// How far the order of a chain may be from the order of time: acts that wait for each other, clocks that differ.
const DISORDER: TimeDelta = TimeDelta::minutes(5);

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A person of the company: of the staff only the role, of an act only what concerns the company.
    Client,
    /// A person of the staff.
    Staff,
}

/// Which acts.
#[derive(Debug, Clone, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JournalFilter {
    /// Done on this day or later, in the company's zone.
    from: Option<Day>,
    /// Done on this day or earlier.
    to: Option<Day>,
    /// Whose action, subject, person, reason or values contain this.
    q: Option<String>,
    /// Rows, 1 to 100.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Page,
    /// Where the page starts.
    #[param(value_type = Option<String>)]
    cursor: Option<Cursor>,
}

/// Who did something.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ActorView {
    /// `client` or `staff`.
    kind: &'static str,
    /// Their role at the time, within their kind.
    role: &'static str,
    /// Their login at the time; of staff only staff are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    login: Option<Login>,
    /// Their name; of staff only staff are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    full_name: Option<PersonName>,
}

/// An act of a person.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct ActView {
    /// Its place in the chain, from 1, without a gap.
    seq: u64,
    /// When.
    at: DateTime<Utc>,
    /// Who.
    actor: ActorView,
    /// What, such as `card.block`.
    action: String,
    /// On what, such as `card 7826…`.
    subject: String,
    /// How it was, by field; `null` when it came into being.
    #[schema(required, value_type = Option<Object>)]
    before: Option<Map<String, Value>>,
    /// How it is, by field; `null` when it is gone.
    #[schema(required, value_type = Option<Object>)]
    after: Option<Map<String, Value>>,
    /// Why, as the person said; may be empty.
    reason: String,
}

impl JournalFilter {
    /// The page of a chain, newest first.
    ///
    /// # Errors
    /// 422 for a filter that makes no sense.
    pub async fn page(
        &self,
        app: &App,
        scope: Option<CompanyId>,
        zone: Zone,
        reader: Reader,
    ) -> Result<List<ActView>, Problem> {
        if self.from.zip(self.to).is_some_and(|(from, to)| from > to) {
            let invalid = Invalid::new("span_reversed", "the span ends before it begins");
            return Err(Problem::field("to", &invalid));
        }
        let from = self.from.map(|day| zone.midnight(day.get()));
        let until = self.to.and_then(|day| day.get().succ_opt()).map(|day| zone.midnight(day));
        let needle = self.q.as_ref().map(|q| q.trim().to_lowercase()).filter(|q| !q.is_empty());
        let tenant = scope.map_or_else(|| "staff".to_owned(), |company| company.to_string());
        let asked = format!("{reader:?} {:?} {:?} {:?}", self.from, self.to, self.q);
        let list = ["journal", &tenant, &asked];
        let mut below = match (&self.cursor, until) {
            (Some(cursor), _) => cursor.open(app, &list)?.act().unwrap_or_default(),
            (None, Some(until)) => app.table.act_at(scope, until + DISORDER).await?,
            (None, None) => u64::MAX,
        };
        let mut items = Vec::new();
        for _ in 0..PAGES_MAX {
            let links = app.table.acts_below(scope, below, PAGE).await?;
            app.table.know(shown::products(&links)).await?;
            let names = self.names(app, &links, reader).await?;
            for link in &links {
                if from.is_some_and(|from| link.act.at < from - DISORDER) {
                    return Ok(List::whole(items));
                }
                let within =
                    from.is_none_or(|from| link.act.at >= from) && until.is_none_or(|until| link.act.at < until);
                below = link.seq;
                if within {
                    let view = ActView::of(app, link, names.get(&link.act.actor.user), reader);
                    items.extend(needle.as_ref().is_none_or(|needle| view.mentions(needle)).then_some(view));
                }
                if items.len() == self.limit.limit() {
                    break;
                }
            }
            if links.is_empty() || below <= 1 {
                return Ok(List::whole(items));
            }
            if items.len() == self.limit.limit() {
                break;
            }
        }
        Ok(List { items, next_cursor: Some(Cursor::seal(app, &list, &Position::of_act(scope, below))) })
    }

    async fn names(
        &self,
        app: &App,
        links: &[Link],
        reader: Reader,
    ) -> Result<std::collections::HashMap<crate::domain::UserId, PersonName>, Problem> {
        let told = |link: &&Link| reader == Reader::Staff || !link.act.actor.role.is_staff();
        let people: BTreeSet<_> = links.iter().filter(told).map(|link| link.act.actor.user).collect();
        Ok(app.table.names_of(&people).await?)
    }
}

impl ActView {
    fn of(app: &App, link: &Link, full_name: Option<&PersonName>, reader: Reader) -> Self {
        let act = &link.act;
        let by_staff = act.actor.role.is_staff();
        let told = reader == Reader::Staff || !by_staff;
        Self {
            seq: link.seq,
            at: act.at,
            actor: ActorView {
                kind: if by_staff { "staff" } else { "client" },
                role: act.actor.role.name(),
                login: told.then(|| act.actor.login.clone()),
                full_name: full_name.filter(|_| told).cloned(),
            },
            action: act.action.clone(),
            subject: act.subject.clone(),
            before: shown::fields(app, &act.action, &act.before, reader),
            after: shown::fields(app, &act.action, &act.after, reader),
            reason: if told || shown::reason(&act.action) { act.reason.clone() } else { String::new() },
        }
    }

    /// Whether what the reader is shown contains `needle`, which is in lower case.
    fn mentions(&self, needle: &str) -> bool {
        let values = [&self.before, &self.after].into_iter().flatten().flat_map(Map::values).map(ToString::to_string);
        let people = [
            self.actor.login.as_ref().map(ToString::to_string),
            self.actor.full_name.as_ref().map(ToString::to_string),
        ];
        [self.action.clone(), self.subject.clone(), self.reason.clone()]
            .into_iter()
            .chain(people.into_iter().flatten())
            .chain(values)
            .any(|text| text.to_lowercase().contains(needle))
    }
}
