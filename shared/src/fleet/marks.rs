//! What people set on a card without touching its rules or its money.

use crate::domain::card::{BlockRefused, Card, Side};
use crate::domain::text::{Group, Label, Note};
use crate::table::CardNote;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The client's block with what is said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Whether it is on.
    pub on: bool,
    /// Why, as the last block said.
    pub reason: Option<Note>,
    /// Since when.
    pub at: Option<DateTime<Utc>>,
}

/// How a card is to be, or was; what is `None` is not touched.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks {
    /// The client's block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<Block>,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Its group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<Group>,
}

/// A card that these marks change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// As it shall be, one edition and one version higher.
    pub card: Card,
    /// Its note as it shall be.
    pub note: CardNote,
    /// What stood there before, of what changes and of nothing else: setting these again takes the change back.
    pub before: Marks,
}

impl Marks {
    /// The card with these marks set; `None` if it has them already.
    ///
    /// # Errors
    /// [`BlockRefused`] as for one card.
    pub fn set_on(&self, card: &Card, note: &CardNote) -> Result<Option<Marked>, BlockRefused> {
        let mut marked = Marked { card: card.clone(), note: note.clone(), before: Self::default() };
        if let Some(block) = &self.block {
            let next = if block.on { card.block(Side::Client) } else { card.unblock(Side::Client) };
            if let Some(next) = next? {
                let before = Block { on: !block.on, reason: note.block_reason.clone(), at: note.blocked_at };
                marked.before.block = Some(before);
                marked.card = next;
                (marked.note.block_reason, marked.note.blocked_at) = (block.reason.clone(), block.at);
            }
        }
        if let Some(label) = self.label.as_ref().filter(|label| **label != note.label) {
            marked.before.label = Some(note.label.clone());
            marked.note.label = label.clone();
        }
        if let Some(group) = self.group.as_ref().filter(|group| **group != note.group) {
            marked.before.group = Some(note.group.clone());
            marked.note.group = group.clone();
        }
        if marked.before == Self::default() {
            return Ok(None);
        }
        if marked.card.version == card.version {
            marked.card = card.edited();
        }
        Ok(Some(marked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::card::Funding;
    use crate::domain::usage::Usage;
    use crate::domain::{CardNumber, CompanyId, Kopecks};
    use chrono::NaiveDate;
    use proptest::prelude::*;

    prop_compose! {
        fn block()(on: bool, reason in proptest::option::of("[а-я]{1,9}"), at in proptest::option::of(0i64..9_999)) -> Block {
            let reason = reason.map(|text| Note::parse(&text).unwrap());
            Block { on, reason: reason.filter(|_| on), at: at.filter(|_| on).and_then(DateTime::from_timestamp_millis) }
        }
    }

    prop_compose! {
        fn marks()(
            block in proptest::option::of(block()), label in proptest::option::of("[a-c]"), group in proptest::option::of("[a-c]"),
        ) -> Marks {
            let (label, group) = (label.map(|t| Label::parse(&t).unwrap()), group.map(|t| Group::parse(&t).unwrap()));
            Marks { block, label, group }
        }
    }

    prop_compose! {
        fn card()(block in block(), by_staff in prop::bool::weighted(0.2), closed in prop::bool::weighted(0.1), label in "[a-c]", group in "[a-c]") -> (Card, CardNote) {
            let company = CompanyId::new(48_210_377).unwrap();
            let card = Card {
                number: CardNumber::issue(company, 1),
                company,
                valid_until: NaiveDate::MAX,
                funding: Funding::Account,
                purse: Kopecks::ZERO,
                blocked_by_client: block.on,
                blocked_by_staff: by_staff,
                closed,
                replaced_by: None,
                usage: Usage::default(),
                holds: Vec::new(),
                pin_tries: None,
                turned: None,
                excepted: 0,
                told_at: None,
                last_product: None,
                edition: 7,
                version: 9,
            };
            let (label, group) = (Label::parse(&label).unwrap(), Group::parse(&group).unwrap());
            let (block_reason, blocked_at) = (block.reason, block.at);
            (card, CardNote { label, group, block_reason, blocked_at, unlimited: true, replaces: None, edition: 7 })
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn marks_are_set_once_and_taken_back_whole((card, note) in card(), marks in marks()) {
            let Ok(Some(marked)) = marks.set_on(&card, &note) else { return Ok(()) };
            prop_assert_eq!((marked.card.edition, marked.card.version), (card.edition + 1, card.version + 1));
            prop_assert_eq!(marks.set_on(&marked.card, &marked.note), Ok(None), "again changes nothing");
            // The staff's block that came before keeps a client from lifting its own.
            if !card.blocked_by_staff {
                let back = marked.before.set_on(&marked.card, &marked.note).unwrap().unwrap();
                prop_assert_eq!(back.note, note);
                prop_assert_eq!(back.card, Card { edition: card.edition + 2, version: card.version + 2, ..card });
            }
        }

        #[test]
        fn a_closed_card_takes_no_block_and_a_client_lifts_no_staff_s((card, note) in card(), block in block()) {
            let outcome = Marks { block: Some(block.clone()), ..Marks::default() }.set_on(&card, &note);
            let refused = outcome.as_ref().err().copied();
            let expected = match (card.closed, card.blocked_by_staff && !block.on) {
                (true, _) => Some(BlockRefused::Closed),
                (false, true) => Some(BlockRefused::ByStaff),
                (false, false) => None,
            };
            prop_assert_eq!(refused, expected);
        }
    }
}
