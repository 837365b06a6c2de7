//! Stations and the terminals at them.

use super::Table;
use super::error::StoreError;
use super::item::{Item, Json, find, get};
use super::key;
use super::read::Query;
use super::write::{Values, Write};
use crate::domain::text::{Hours, Markdown, Place};
use crate::domain::{Kopecks, ProductCode, StationCode};
use crate::journal::Act;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// Stations that a list reads.
const STATIONS_MAX: usize = 1_000;

/// A filling station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Its code.
    pub code: StationCode,
    /// Its name.
    pub name: Place,
    /// Its address.
    pub address: Place,
    /// Degrees north, as written.
    pub latitude: String,
    /// Degrees east, as written.
    pub longitude: String,
    /// What else is there.
    pub amenities: Vec<String>,
    /// The list price of each product sold, per unit.
    pub fuels: BTreeMap<ProductCode, Kopecks>,
    /// When it is open, in words.
    pub hours: Hours,
    /// Whether it is out of service.
    pub closed: bool,
    /// When a price changed last; `None` since its creation.
    pub priced_at: Option<DateTime<Utc>>,
    /// Moves by every change.
    pub edition: u32,
}

/// What a station's page says, by language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StationPage {
    /// In Russian.
    pub ru: Markdown,
    /// In English.
    pub en: Markdown,
    /// Moves by every change; 0 before the first.
    pub edition: u32,
}

/// A station as it was read and as it is to be.
#[derive(Debug, Clone)]
pub struct StationEdit {
    /// Its edition is the condition.
    pub before: Station,
    /// Its edition is not looked at.
    pub after: Station,
}

pub(super) fn read_station(item: &Item) -> Result<Station, StoreError> {
    let sk: String = get(item, "sk")?;
    let Json(amenities) = get(item, "amenities")?;
    let Json(fuels) = get(item, "fuels")?;
    Ok(Station {
        code: sk.trim_start_matches("STATION#").parse().map_err(|_| StoreError::Corrupt("sk"))?,
        name: get(item, "name")?,
        address: get(item, "address")?,
        latitude: get(item, "latitude")?,
        longitude: get(item, "longitude")?,
        amenities,
        fuels,
        hours: find(item, "hours")?.unwrap_or_default(),
        closed: find(item, "closed")?.unwrap_or_default(),
        priced_at: find(item, "priced_at")?,
        edition: find(item, "ed")?.unwrap_or_default(),
    })
}

fn station_item(station: &Station, edition: u32) -> Item {
    key::station(&station.code)
        .build()
        .with("name", station.name.clone())
        .with("address", station.address.clone())
        .with("latitude", station.latitude.clone())
        .with("longitude", station.longitude.clone())
        .with("amenities", Json(station.amenities.clone()))
        .with("fuels", Json(station.fuels.clone()))
        .with("hours", station.hours.clone())
        .with("closed", station.closed)
        .maybe("priced_at", station.priced_at)
        .with("ed", edition)
        .item()
}

/// The row is of this edition; rows of before there were editions have none.
fn unmoved(edition: u32) -> (&'static str, Values) {
    match edition {
        0 => ("attribute_not_exists(#ed)", Values::none()),
        _ => ("#ed = :edition", Values::none().with("edition", edition)),
    }
}

impl Table {
    /// Creates a station; `false` if the code is taken.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn create_station(&self, station: &Station, act: &Act) -> Result<bool, StoreError> {
        let row = station_item(station, 1);
        refused_is_false(self.commit_act(None, act, Write::default().create(self, row)).await)
    }

    /// Changes stations, all of them or none; `false` if one moved since it was read.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn edit_stations(&self, edits: &[StationEdit], act: &Act) -> Result<bool, StoreError> {
        let write = edits.iter().fold(Write::default(), |write, edit| {
            let edition = edit.before.edition;
            let (condition, values) = unmoved(edition);
            let condition = format!("attribute_exists(#pk) AND {condition}");
            write.replace_if(self, station_item(&edit.after, edition.saturating_add(1)), &condition, values)
        });
        refused_is_false(self.commit_act(None, act, write).await)
    }

    /// A station with what its page says: nothing, where nobody wrote anything. One round trip.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn station_with_page(&self, code: &StationCode) -> Result<Option<(Station, StationPage)>, StoreError> {
        let (station, page) = (key::station(code), key::station_page(code));
        let mut rows = self.batch(&[station.clone(), page.clone()]).await?;
        let Some(station) = rows.take(&station) else { return Ok(None) };
        let page = match rows.take(&page) {
            Some(row) => StationPage { ru: get(&row, "ru")?, en: get(&row, "en")?, edition: get(&row, "ed")? },
            None => StationPage::default(),
        };
        Ok(Some((read_station(&station)?, page)))
    }

    /// Changes what the page of a station says; `false` if it moved since `page` was read, or there is no such station.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn save_station_page(
        &self,
        code: &StationCode,
        page: &StationPage,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let row = key::station_page(code)
            .build()
            .with("ru", page.ru.clone())
            .with("en", page.en.clone())
            .with("ed", page.edition.saturating_add(1))
            .item();
        let (condition, values) = unmoved(page.edition);
        let write = Write::default().replace_if(self, row, condition, values).require(
            self,
            &key::station(code),
            "attribute_exists(#pk)",
            Values::none(),
        );
        refused_is_false(self.commit_act(None, act, write).await)
    }

    /// All stations, by code.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn stations(&self) -> Result<Vec<Station>, StoreError> {
        let (rows, _) = self
            .query(Query {
                index: None,
                condition: "#pk = :pk",
                filter: None,
                values: Values::none().with("pk", "STATIONS".to_owned()),
                newest_first: false,
                limit: STATIONS_MAX,
                start: None,
            })
            .await?;
        rows.iter().map(read_station).collect()
    }

    /// A station by its code.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn station(&self, code: &StationCode) -> Result<Option<Station>, StoreError> {
        self.row(&key::station(code)).await?.as_ref().map(read_station).transpose()
    }
}

/// An act whose condition failed did not happen: nothing worse.
pub(super) fn refused_is_false(outcome: Result<(), StoreError>) -> Result<bool, StoreError> {
    match outcome {
        Ok(()) => Ok(true),
        Err(StoreError::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}
