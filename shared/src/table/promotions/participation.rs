//! Who takes part in what: the account has what a company takes part in now, a row for each promotion has since when, until
//! when, and what it saved once its counters are folded.

use super::savings::{Savings, saved_by};
use super::{Promotion, Table};
use crate::domain::account::{Account, CompanyStatus};
use crate::domain::promotion::Joined;
use crate::domain::{CompanyId, Kopecks, PromotionId};
use crate::journal::Act;
use crate::table::error::StoreError;
use crate::table::item::{Item, Json, find, get};
use crate::table::key;
use crate::table::read::Query;
use crate::table::write::{Values, Write};
use chrono::{DateTime, Utc};

/// Participations of a company that are listed, the newest promotions'.
const LISTED_MAX: usize = 100;
/// Promotions whose counters are folded at once: each is at most eleven items of a write's hundred.
const FOLDED_MAX: usize = 5;

/// A company's part in a promotion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// Which.
    pub promotion: PromotionId,
    /// Since when, the last time that it joined.
    pub joined_at: DateTime<Utc>,
    /// Since when it does no longer.
    pub left_at: Option<DateTime<Utc>>,
    /// What it saved, as far as its counters were folded.
    pub folded: Kopecks,
}

/// A company that joins a promotion or leaves it.
#[derive(Debug)]
pub struct ParticipationEdit<'a> {
    /// Its account as it was read.
    pub account: &'a Account,
    /// What it takes part in from now on.
    pub joined: &'a Joined,
    /// The promotion as it was read.
    pub promotion: &'a Promotion,
    /// What it saved, whose counters are folded where they are of promotions that it takes no part in.
    pub savings: &'a Savings,
    /// When.
    pub at: DateTime<Utc>,
}

/// How joining or leaving ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromotionSaved {
    /// It is so.
    Done,
    /// The account, the promotion or a counter moved meanwhile, or the company is not active.
    Moved,
}

fn read(item: &Item) -> Result<Participation, StoreError> {
    let sk: String = get(item, "sk")?;
    let promotion = sk.strip_prefix("PROMOTION#").and_then(|id| PromotionId::parse(id.trim_start_matches('0')).ok());
    Ok(Participation {
        promotion: promotion.ok_or(StoreError::Corrupt("sk"))?,
        joined_at: get(item, "joined_at")?,
        left_at: find(item, "left_at")?,
        folded: find(item, "saved")?.unwrap_or_default(),
    })
}

impl Table {
    /// A company's parts in promotions, those of the newest hundred promotions, the newest first.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn participations(&self, company: CompanyId) -> Result<Vec<Participation>, StoreError> {
        let pk = key::account(company).pk;
        let (rows, _) = self
            .query(Query {
                index: None,
                condition: "#pk = :pk AND begins_with(#sk, :prefix)",
                filter: None,
                values: Values::none().with("pk", pk).with("prefix", "PROMOTION#".to_owned()),
                newest_first: true,
                limit: LISTED_MAX,
                start: None,
            })
            .await?;
        rows.iter().map(read).collect()
    }

    /// A company's part in one promotion, if it ever took part.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn participation(
        &self,
        company: CompanyId,
        promotion: PromotionId,
    ) -> Result<Option<Participation>, StoreError> {
        self.row(&key::participation(company, promotion)).await?.as_ref().map(read).transpose()
    }

    /// Joins or leaves: what the account says decides it at the pump, so that no fill reads more for it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn save_participation(
        &self,
        edit: &ParticipationEdit<'_>,
        act: &Act,
    ) -> Result<PromotionSaved, StoreError> {
        let (company, id) = (edit.account.company, edit.promotion.id());
        let joins = edit.joined.promotions.contains(&id);
        let folded = edit.savings.folded(&edit.joined.promotions, id);
        let own = key::participation(company, id);
        let write = self.fold(Write::default(), edit, &folded);
        let values = Values::none().with("edition", edit.promotion.edition).with("by", if joins { 1i64 } else { -1 });
        let write = write.update(self, &key::promotion(id), "ADD #participants :by", "#ed = :edition", values);
        let at = Values::none().with("at", edit.at);
        let write = match joins {
            true => write.set(self, &own, "SET #joined_at = :at REMOVE #left_at", at),
            false => write.update(self, &own, "SET #left_at = :at", "attribute_exists(#pk)", at),
        };
        match self.commit_act(Some(company), act, write).await {
            Ok(()) => Ok(PromotionSaved::Done),
            Err(StoreError::Refused { .. }) => Ok(PromotionSaved::Moved),
            Err(error) => Err(error),
        }
    }

    /// What the account says from now on; and counters of promotions that the company takes no part in go from account and
    /// purses to the participation, so that those rows stay small. What a return takes back later is counted anew and
    /// added when it is read.
    fn fold(&self, mut write: Write, edit: &ParticipationEdit<'_>, folded: &[PromotionId]) -> Write {
        let company = edit.account.company;
        for (at, (key, saved)) in edit.savings.rows.iter().enumerate() {
            let (mut conditions, mut gone, mut values) = (Vec::new(), Vec::new(), Values::none());
            for promotion in folded {
                if let Some(amount) = saved.get(promotion) {
                    let name = saved_by(*promotion);
                    conditions.push(format!("#{name} = :{name}"));
                    gone.push(format!("#{name}"));
                    values = values.with(&name, *amount);
                }
            }
            let mut update = match gone.is_empty() {
                true => String::new(),
                false => format!("REMOVE {}", gone.join(", ")),
            };
            if at == 0 {
                update = format!("SET #joined = :joined {update}");
                values = values.with("joined", Json(edit.joined.clone())).with("active", Json(CompanyStatus::Active));
                conditions.push("#account_status = :active".to_owned());
                if edit.account.joined == Joined::default() {
                    conditions.push("attribute_not_exists(#joined)".to_owned());
                } else {
                    conditions.push("#joined = :was".to_owned());
                    values = values.with("was", Json(edit.account.joined.clone()));
                }
            }
            if !update.is_empty() {
                write = write.update(self, key, update.trim_end(), &conditions.join(" AND "), values);
            }
        }
        for promotion in folded {
            let saved = edit.savings.by(*promotion, Kopecks::ZERO);
            let key = key::participation(company, *promotion);
            let values = Values::none().with("saved", saved);
            write = write.update(self, &key, "ADD #saved :saved", "attribute_exists(#pk)", values);
        }
        write
    }
}

impl Savings {
    /// Whose counters may be folded while a company takes part in these and joins or leaves `this`.
    fn folded(&self, joined: &[PromotionId], this: PromotionId) -> Vec<PromotionId> {
        let over = self.by.keys().filter(|one| !joined.contains(one) && **one != this);
        over.copied().take(FOLDED_MAX).collect()
    }
}
