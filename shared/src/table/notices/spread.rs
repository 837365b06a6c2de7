//! A notice to many companies becomes one for each, some at a time: a hop is one page of companies and one write, which
//! ends its own row and brings the next one. So thousands of companies are as little work at once as forty.

use super::{Audience, Notice};
use crate::domain::CompanyId;
use crate::domain::ids::WriteId;
use crate::domain::notice::Event;
use crate::table::error::{StoreError, TransactionOutcome};
use crate::table::item::get;
use crate::table::key;
use crate::table::outbox::{self, Intent};
use crate::table::read::Query;
use crate::table::schema::GSI1;
use crate::table::write::{Values, Write};
use crate::table::{Position, Table};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Companies of one hop: a row each, of a write's hundred.
const COMPANIES_MAX: usize = 40;

impl Table {
    /// Divides a notice to companies (these if there are any, but not those, after a place in the list): one for each of
    /// the next few, and one to the rest. Each company has its own once, however often this is done.
    ///
    /// # Errors
    /// When the store does not answer; nothing is lost, it is done again.
    pub async fn spread_notice(
        &self,
        row: Uuid,
        notice: &Notice,
        (only, but, after): (&[CompanyId], &[CompanyId], Option<&Position>),
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (mut companies, rest) = match only.is_empty() {
            true => {
                let (companies, next) = self.companies_after(after).await?;
                let rest =
                    next.map(|next| Audience::Companies { only: Vec::new(), but: but.to_vec(), after: Some(next) });
                (companies, rest)
            }
            false => {
                let (these, others) = only.split_at(only.len().min(COMPANIES_MAX));
                let rest = (!others.is_empty()).then(|| Audience::Companies {
                    only: others.to_vec(),
                    but: but.to_vec(),
                    after: None,
                });
                (these.to_vec(), rest)
            }
        };
        companies.retain(|company| !but.contains(company));
        // Each refusal leaves one company less, which has its own already.
        for _ in 0..=COMPANIES_MAX {
            let write = self.end_request(Write::default(), row, now);
            let write = rest.iter().fold(write, |write, rest| {
                let rest = Intent::Notice(Notice { to: rest.clone(), ..notice.clone() });
                write.mail(self, outbox::row(&rest, now))
            });
            let own = write.len();
            let write = companies.iter().fold(write, |write, company| {
                let to = Audience::company(*company);
                let mut own = outbox::row(&Intent::Notice(Notice { to, ..notice.clone() }), now);
                own.extend(key::mail(self.own_id(&notice.event, row, *company)).item());
                write.mail(self, own)
            });
            match self.commit(write, WriteId::new(Uuid::new_v4())).await {
                Ok(()) => return Ok(()),
                Err(TransactionOutcome::Refused(refused)) => {
                    match refused.first().and_then(|(at, _)| at.checked_sub(own)) {
                        Some(at) if at < companies.len() => drop(companies.remove(at)),
                        // Somebody else did it.
                        _ => return Ok(()),
                    }
                }
                Err(outcome) => return Err(outcome.into_error()),
            }
        }
        Err(StoreError::Busy)
    }

    /// The id of a company's own row: the same for every row that tells of the same event.
    fn own_id(&self, event: &Event, row: Uuid, company: CompanyId) -> Uuid {
        let name = match event {
            Event::PromotionOpened { promotion, .. } => format!("promotion {promotion}"),
            _ => row.to_string(),
        };
        let mac = self.keys.mac("notice", &[name.as_bytes(), company.to_string().as_bytes()]);
        let mut bytes = [0; 16];
        bytes.iter_mut().zip(mac).for_each(|(byte, from)| *byte = from);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    async fn companies_after(
        &self,
        after: Option<&Position>,
    ) -> Result<(Vec<CompanyId>, Option<Position>), StoreError> {
        let (rows, last) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", key::index::COMPANIES.to_owned()),
                newest_first: false,
                limit: COMPANIES_MAX,
                start: after.map(Position::start),
            })
            .await?;
        let companies = rows.iter().map(|row| {
            let pk: String = get(row, "pk")?;
            pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))
        });
        let companies = companies.collect::<Result<_, StoreError>>()?;
        Ok((companies, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }
}
