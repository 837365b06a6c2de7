//! Promotions: a row for each, a row for terms that once held, one row with all that may be fixed now, and who takes part.

mod offers;
mod participation;
mod savings;

pub use participation::{Participation, ParticipationEdit, PromotionSaved};
pub use savings::Savings;
pub(super) use savings::saved_by;

use super::error::StoreError;
use super::item::{Build, Item, Json, find, get};
use super::notices::Notice;
use super::outbox::{self, Intent};
use super::read::Query;
use super::rows::posted;
use super::schema::GSI1;
use super::stations::refused_is_false;
use super::write::{Values, Write};
use super::{Position, Table, key};
use crate::domain::PromotionId;
use crate::domain::news::{Language, slug_of};
use crate::domain::promotion::{Offers, PromotionState, Terms, day_of};
use crate::domain::text::{Markdown, Title};
use crate::journal::Act;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A promotion, draft or published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promotion {
    /// What it is called, in Russian.
    pub title: Title,
    /// What it says, in Russian.
    pub body: Markdown,
    /// The same in English, if somebody wrote it.
    pub english: Option<Translation>,
    /// What it grants; of a draft what it would.
    pub terms: Terms,
    /// When it was published; `None` for a draft.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// When it was written first.
    pub created_at: DateTime<Utc>,
    /// Companies that take part.
    pub participants: i64,
    /// Moves by every change of the staff's.
    pub edition: u32,
}

/// A title and a text in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// The title.
    pub title: Title,
    /// The text.
    pub body: Markdown,
}

impl Promotion {
    /// Its id.
    pub fn id(&self) -> PromotionId {
        self.terms.promotion
    }

    /// Where it stands.
    pub fn state(&self, now: DateTime<Utc>) -> PromotionState {
        let day = day_of(now);
        match (self.published_at, self.withdrawn_at) {
            (None, _) => PromotionState::Draft,
            (_, Some(_)) => PromotionState::Withdrawn,
            _ if day < self.terms.from => PromotionState::Upcoming,
            _ if self.terms.to < day => PromotionState::Over,
            _ => PromotionState::Running,
        }
    }

    /// Whether anybody may read of it.
    pub fn is_public(&self, now: DateTime<Utc>) -> bool {
        self.terms.companies.is_empty() && self.state(now).is_open()
    }

    /// Its title and text in a language, in Russian where there is no other, and in which they are.
    pub fn text(&self, language: Language) -> (&Title, &Markdown, Language) {
        match (&self.english, language) {
            (Some(english), Language::En) => (&english.title, &english.body, Language::En),
            _ => (&self.title, &self.body, Language::Ru),
        }
    }

    /// The end of its address, in every language the same.
    pub fn slug(&self) -> String {
        slug_of(&self.title, &self.id().to_string())
    }
}

fn fields(promotion: &Promotion) -> Build {
    key::promotion(promotion.id())
        .build()
        .with("title", promotion.title.clone())
        .with("body", promotion.body.clone())
        .maybe("english", promotion.english.clone().map(Json))
        .with("terms", Json(promotion.terms.clone()))
        .maybe("published_at", promotion.published_at)
        .maybe("withdrawn_at", promotion.withdrawn_at)
        .with("created_at", promotion.created_at)
        .with("participants", promotion.participants)
        .with("ed", promotion.edition)
        .with("gsi1pk", key::index::PROMOTIONS.to_owned())
        .with("gsi1sk", posted(promotion.created_at, &promotion.id().to_string()))
}

fn read(item: &Item) -> Result<Promotion, StoreError> {
    let Json(terms) = get(item, "terms")?;
    Ok(Promotion {
        title: get(item, "title")?,
        body: get(item, "body")?,
        english: find(item, "english")?.map(|Json(english)| english),
        terms,
        published_at: find(item, "published_at")?,
        withdrawn_at: find(item, "withdrawn_at")?,
        created_at: get(item, "created_at")?,
        participants: get(item, "participants")?,
        edition: get(item, "ed")?,
    })
}

impl Table {
    /// Writes a promotion: a new one where nothing was `before`. `offers` are those that the change was decided on, by
    /// their edition, and what they become; terms that are new among them are kept for good; `tell` goes out with it.
    /// `false`: the promotion, its participants or the offers moved since they were read.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn save_promotion(
        &self,
        before: Option<&Promotion>,
        after: &Promotion,
        offers: Option<(u32, &Offers)>,
        tell: Option<&Notice>,
        act: &Act,
    ) -> Result<bool, StoreError> {
        let row = fields(after).item();
        let mut write = match before {
            None => Write::default().create(self, row),
            Some(before) => Write::default().replace_if(self, row, UNMOVED, unmoved(before)),
        };
        let mut kept = None;
        if let Some((edition, offers)) = offers {
            let row = offers::item(offers, edition.saturating_add(1));
            let (condition, values) = offers::unmoved(edition);
            write = write.replace_if(self, row.clone(), condition, values);
            if before.is_none_or(|before| before.terms.id != after.terms.id) && offers.find(after.terms.id).is_some() {
                write = write.create(self, offers::terms_item(&after.terms));
            }
            kept = Some(row);
        }
        if let Some(notice) = tell {
            write = write.mail(self, outbox::row(&Intent::Notice(notice.clone()), act.at));
        }
        let done = refused_is_false(self.commit_act(None, act, write).await)?;
        if let (true, Some(row)) = (done, kept) {
            self.shelf.offers.keep(Some(&row))?;
        }
        Ok(done)
    }

    /// Removes a draft as it was read; `false` if it moved since.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn delete_promotion(&self, before: &Promotion, act: &Act) -> Result<bool, StoreError> {
        let write = Write::default().remove_if(self, &key::promotion(before.id()), UNMOVED, unmoved(before));
        refused_is_false(self.commit_act(None, act, write).await)
    }

    /// A promotion, draft or not.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn promotion(&self, id: PromotionId) -> Result<Option<Promotion>, StoreError> {
        Ok(self.promotions(&[id]).await?.pop())
    }

    /// Promotions, of those that are there, in this order.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn promotions(&self, ids: &[PromotionId]) -> Result<Vec<Promotion>, StoreError> {
        let keys: Vec<_> = ids.iter().map(|id| key::promotion(*id)).collect();
        let mut rows = self.batch(&keys).await?;
        keys.iter().filter_map(|key| rows.take(key)).map(|row| read(&row)).collect()
    }

    /// A page of all promotions, drafts too, the newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn promotions_for_staff(
        &self,
        limit: usize,
        after: Option<&Position>,
    ) -> Result<(Vec<Promotion>, Option<Position>), StoreError> {
        let (rows, last) = self
            .query(Query {
                index: Some(GSI1),
                condition: "#gsi1pk = :pk",
                filter: None,
                values: Values::none().with("pk", key::index::PROMOTIONS.to_owned()),
                newest_first: true,
                limit,
                start: after.map(Position::start),
            })
            .await?;
        let promotions = self.follow(&rows).await?.iter().map(read).collect::<Result<_, _>>()?;
        Ok((promotions, last.map(|item| Position::of(&item, &["pk", "sk", "gsi1pk", "gsi1sk"]))))
    }

    /// The promotions that anybody may read of, those that end first first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn promotions_for_all(&self, now: DateTime<Utc>) -> Result<Vec<Promotion>, StoreError> {
        let (offers, _) = self.read_offers().await?;
        let open = offers.current(day_of(now)).filter(|terms| terms.companies.is_empty());
        let mut promotions = self.promotions(&open.map(|terms| terms.promotion).collect::<Vec<_>>()).await?;
        promotions.retain(|promotion| promotion.is_public(now));
        promotions.sort_by_key(|promotion| (promotion.terms.to, promotion.id()));
        Ok(promotions)
    }

    /// A promotion that anybody may read of, by the end of its address; an earlier title's finds it too.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn promotion_by_slug(&self, slug: &str, now: DateTime<Utc>) -> Result<Option<Promotion>, StoreError> {
        let Some(id) = slug.rsplit('-').next().and_then(|id| PromotionId::parse(id).ok()) else { return Ok(None) };
        Ok(self.promotion(id).await?.filter(|promotion| promotion.is_public(now)))
    }
}

/// As it was read, its participants too: the whole row is written.
const UNMOVED: &str = "#ed = :was AND #participants = :taking_part";

fn unmoved(before: &Promotion) -> Values {
    Values::none().with("was", before.edition).with("taking_part", before.participants)
}
