//! Closed months: one row each, written once.

use super::numbers::PaperKind;
use crate::domain::CompanyId;
use crate::domain::Kopecks;
use crate::domain::papers::{Buyer, Month, MonthFigures, PaperNumber, Seller};
use crate::domain::window::Zone;
use crate::jobs::{Job, Step};
use crate::journal::Act;
use crate::table::Table;
use crate::table::error::StoreError;
use crate::table::item::{Item, Json, find, get};
use crate::table::jobs::{Leased, Stepped};
use crate::table::key;
use crate::table::read::Query;
use crate::table::rows::Position;
use crate::table::write::{Values, Write};
use chrono::{DateTime, NaiveDate, Utc};

/// The number and the day of a month's УПД.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upd {
    /// Its number.
    pub number: PaperNumber,
    /// Its day: the month's last.
    pub date: NaiveDate,
}

/// A month that is closed: nothing in it changes any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedMonth {
    /// Whose.
    pub company: CompanyId,
    /// Which.
    pub month: Month,
    /// Its entries were posted at or after: where the month before it ended.
    pub from: DateTime<Utc>,
    /// Its entries were posted before.
    pub until: DateTime<Utc>,
    /// The zone that its days are of.
    pub zone: Zone,
    /// The balance when it began.
    pub opening: Kopecks,
    /// The balance when it was over.
    pub closing: Kopecks,
    /// What it was.
    pub figures: MonthFigures,
    /// The УПД; none where nothing was supplied and nothing came back.
    pub upd: Option<Upd>,
    /// Who sold, as the requisites were; none where there were none yet.
    pub seller: Option<Seller>,
    /// Who bought, as the contract was.
    pub buyer: Buyer,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
}

/// The `sk` that all months begin with, and what stands after all of them.
const MONTHS: (&str, &str) = ("MONTH#", "MONTH$");

fn item(month: &ClosedMonth) -> Item {
    key::month(month.company, month.month)
        .build()
        .with("from", month.from)
        .with("until", month.until)
        .with("zone", month.zone)
        .with("opening", month.opening)
        .with("closing", month.closing)
        .with("figures", Json(month.figures.clone()))
        .maybe("upd", month.upd.map(|upd| upd.number.to_string()))
        .maybe("upd_date", month.upd.map(|upd| upd.date))
        .maybe("seller", month.seller.clone().map(Json))
        .with("buyer", Json(month.buyer.clone()))
        .with("closed_at", month.closed_at)
        .item()
}

fn read(row: &Item) -> Result<ClosedMonth, StoreError> {
    let (pk, sk): (String, String) = (get(row, "pk")?, get(row, "sk")?);
    let (Json(figures), Json(buyer)) = (get(row, "figures")?, get(row, "buyer")?);
    let number: Option<String> = find(row, "upd")?;
    let upd = match number {
        Some(number) => {
            Some(Upd { number: number.parse().map_err(|_| StoreError::Corrupt("upd"))?, date: get(row, "upd_date")? })
        }
        None => None,
    };
    Ok(ClosedMonth {
        company: pk.trim_start_matches("COMPANY#").parse().map_err(|_| StoreError::Corrupt("pk"))?,
        month: sk.trim_start_matches(MONTHS.0).parse().map_err(|_| StoreError::Corrupt("sk"))?,
        from: get(row, "from")?,
        until: get(row, "until")?,
        zone: get(row, "zone")?,
        opening: get(row, "opening")?,
        closing: get(row, "closing")?,
        figures,
        upd,
        seller: find(row, "seller")?.map(|Json(seller)| seller),
        buyer,
        closed_at: get(row, "closed_at")?,
    })
}

impl Table {
    /// A closed month of a company.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn closed_month(&self, company: CompanyId, month: Month) -> Result<Option<ClosedMonth>, StoreError> {
        self.row(&key::month(company, month)).await?.as_ref().map(read).transpose()
    }

    /// A company's closed months, newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn closed_months(
        &self,
        company: CompanyId,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<ClosedMonth>, Option<Position>), StoreError> {
        let (rows, last) = self.months(company, MONTHS, limit, after).await?;
        let months = rows.iter().map(read).collect::<Result<_, _>>()?;
        Ok((months, last.map(|item| Position::of(&item, &["pk", "sk"]))))
    }

    /// The last closed month that was over at an instant.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn closed_before(
        &self,
        company: CompanyId,
        at: DateTime<Utc>,
    ) -> Result<Option<ClosedMonth>, StoreError> {
        // A month lies around its name, whatever the zone: two months on nothing that is over at the instant follows.
        let bound = key::month(company, Month::of(at.date_naive()).next().next()).sk;
        let (rows, _) = self.months(company, (MONTHS.0, &bound), 6, None).await?;
        let months = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(months.into_iter().find(|month| month.until <= at))
    }

    async fn months(
        &self,
        company: CompanyId,
        (from, to): (&str, &str),
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Item>, Option<Item>), StoreError> {
        let values =
            Values::none().with("pk", key::account(company).pk).with("from", from.to_owned()).with("to", to.to_owned());
        self.query(Query {
            index: None,
            condition: "#pk = :pk AND #sk BETWEEN :from AND :to",
            filter: None,
            values,
            newest_first: true,
            limit,
            start: after.map(Position::start),
        })
        .await
    }

    /// The number that the month's УПД will have, unless another is given it first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn next_upd(&self, date: NaiveDate) -> Result<Upd, StoreError> {
        Ok(Upd { number: self.next_number(PaperKind::Upd, PaperNumber::year_of(date)).await?, date })
    }

    /// Closes a month as a step of a job: its row, and the number of its УПД. Refused when it is closed already, the one
    /// before it (`after`) is not, or the number was given to another.
    ///
    /// # Errors
    /// When the store does not answer; the step may have been written.
    pub async fn close_month_in_step(
        &self,
        month: &ClosedMonth,
        after: Option<Month>,
        leased: &Leased,
        step: &Step,
        now: DateTime<Utc>,
    ) -> Result<Stepped, StoreError> {
        let mut write = Write::default().create(self, item(month));
        if let Some(after) = after {
            let before = key::month(month.company, after);
            write = write.require(self, &before, "attribute_exists(#pk)", Values::none());
        }
        if let Some(upd) = month.upd {
            write = self.with_number(write, PaperKind::Upd, upd.number);
        }
        self.commit_step(leased, step, None, write, now).await
    }

    /// A step of closing in which nothing was to be closed.
    ///
    /// # Errors
    /// When the store does not answer; the step may have been written.
    pub async fn pass_companies_in_step(
        &self,
        leased: &Leased,
        step: &Step,
        now: DateTime<Utc>,
    ) -> Result<Stepped, StoreError> {
        self.commit_step(leased, step, None, Write::default(), now).await
    }

    /// Starts a job that closes months, with the act of who asked for it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn start_closing(&self, job: &Job, act: &Act) -> Result<(), StoreError> {
        self.commit_act(None, act, self.with_job(Write::default(), job)).await
    }

    /// Starts the scheduler's job of a day that closes months; `false` if the day has had one.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn start_daily_closing(&self, job: &Job, day: NaiveDate) -> Result<bool, StoreError> {
        let row = key::closing(day)
            .build()
            .with("job", job.id)
            .with("ttl", (job.created_at + crate::table::jobs::KEEP).timestamp());
        let write = self.with_job(Write::default().create(self, row.item()), job);
        crate::table::stations::refused_is_false(self.commit_write(write).await)
    }

    /// Whether the scheduler has started a day's job.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn has_daily_closing(&self, day: NaiveDate) -> Result<bool, StoreError> {
        Ok(self.row(&key::closing(day)).await?.is_some())
    }
}
