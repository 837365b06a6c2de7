//! Disputes: a company says that a purchase is not right, and OKTAN gives money back, which two people decide, or says why
//! not, by a day. What was known of the purchase when it was disputed is kept as it was.

use super::CardNumber;
use super::authorization::{Authorization, Capture, Hold, State};
use super::ids::{ApprovalId, CompanyId, StationCode};
use super::money::Kopecks;
use super::product::{ProductIx, ProductSet};
use super::quantity::Millilitres;
use super::rules::stored;
use super::text::{Group, Label};
use super::window::Zone;
use chrono::serde::ts_milliseconds;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How long after it was posted a purchase may be disputed.
pub const DISPUTABLE_FOR: TimeDelta = TimeDelta::days(90);
/// Days that OKTAN has to decide, after the one on which a purchase was disputed.
const DECIDE_DAYS: Days = Days::new(10);
/// What happened on the card so long before and after the fill belongs to the evidence.
pub const AROUND: TimeDelta = TimeDelta::hours(24);
/// Lines of the card's history in the evidence, of entries and of declines each; the newest ones.
pub const NEARBY_MAX: usize = 20;

/// Where a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisputeState {
    /// Nobody has decided.
    Open,
    /// Money was given back.
    Refunded,
    /// It was not, for a reason.
    Refused,
    /// The company took it back.
    Withdrawn,
}

/// A dispute, but for what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Where it stands.
    pub state: DisputeState,
    /// The refund that one person asked for and that waits for another; only while it is open.
    pub refund: Option<ApprovalId>,
}

/// What is done with a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// One person asks for a refund.
    AskRefund(ApprovalId),
    /// Another approves it.
    Refund(ApprovalId),
    /// It is not approved.
    GiveUpRefund(ApprovalId),
    /// Nothing is given back.
    Refuse,
    /// The company takes it back.
    Withdraw,
}

/// Why a step was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepRefused {
    /// It was decided, or taken back.
    Over,
    /// A refund was asked for and waits.
    RefundWaits,
    /// This is not the refund that waits.
    AnotherRefund,
}

impl Progress {
    /// Nobody has done anything.
    pub const OPENED: Self = Self { state: DisputeState::Open, refund: None };

    /// After a step.
    ///
    /// # Errors
    /// [`StepRefused`].
    pub fn after(self, step: Step) -> Result<Self, StepRefused> {
        if self.state != DisputeState::Open {
            return Err(StepRefused::Over);
        }
        let over = |state| Self { state, refund: None };
        match (step, self.refund) {
            (Step::AskRefund(new), None) => Ok(Self { refund: Some(new), ..self }),
            (Step::Refuse, None) => Ok(over(DisputeState::Refused)),
            (Step::Withdraw, None) => Ok(over(DisputeState::Withdrawn)),
            (Step::Refund(id), Some(waits)) if id == waits => Ok(over(DisputeState::Refunded)),
            (Step::GiveUpRefund(id), Some(waits)) if id == waits => Ok(Self::OPENED),
            (Step::Refund(_) | Step::GiveUpRefund(_), _) => Err(StepRefused::AnotherRefund),
            (Step::AskRefund(_) | Step::Refuse | Step::Withdraw, Some(_)) => Err(StepRefused::RefundWaits),
        }
    }
}

/// Why a purchase cannot be disputed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotDisputable {
    /// It was posted more than [`DISPUTABLE_FOR`] ago.
    TooLate,
    /// All of it was returned.
    Returned,
}

impl Capture {
    /// Whether a purchase may be disputed.
    ///
    /// # Errors
    /// [`NotDisputable`].
    pub fn disputable(&self, now: DateTime<Utc>) -> Result<(), NotDisputable> {
        if now.signed_duration_since(self.at) > DISPUTABLE_FOR {
            return Err(NotDisputable::TooLate);
        }
        if self.refunded_quantity >= self.quantity { Err(NotDisputable::Returned) } else { Ok(()) }
    }

    /// What has not been returned.
    pub fn not_returned(&self) -> Millilitres {
        self.quantity.saturating_sub(self.refunded_quantity)
    }
}

/// By when OKTAN decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last day, by the company's calendar.
    pub on: NaiveDate,
    /// The end of that day.
    pub by: DateTime<Utc>,
}

impl Due {
    /// Of a dispute that a company of this zone begins.
    pub fn of(zone: Zone, opened: DateTime<Utc>) -> Self {
        let day = zone.date(opened);
        let on = day.checked_add_days(DECIDE_DAYS).unwrap_or(day);
        Self { on, by: zone.midnight(on.succ_opt().unwrap_or(on)) }
    }
}

/// What was known of a purchase when it was disputed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The card.
    pub card: CardNumber,
    /// What the company called it.
    pub label: Label,
    /// Its group.
    pub group: Group,
    /// Whether the client's own block was on.
    pub blocked_by_client: bool,
    /// Whether OKTAN's was.
    pub blocked_by_staff: bool,
    /// Whether it was closed.
    pub closed: bool,
    /// Whether it had a PIN.
    pub has_pin: bool,
    /// What the terminal asked and what was set aside.
    pub hold: Hold,
    /// What was posted, and returned by then.
    pub capture: Capture,
    /// What else happened on the card around it, newest first.
    pub nearby: Vec<Nearby>,
}

/// A line of the card's history around the fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearby {
    /// When it was posted or declined.
    #[serde(with = "ts_milliseconds")]
    pub at: DateTime<Utc>,
    /// What it was.
    pub kind: NearbyKind,
    /// Where.
    pub station: StationCode,
    /// What.
    pub product: ProductIx,
    /// How much; of a decline what was asked.
    #[serde(with = "stored::millilitres")]
    pub quantity: Millilitres,
    /// What it cost, or gave back; zero of a decline.
    #[serde(with = "stored::kopecks")]
    pub amount: Kopecks,
}

/// What a line around a fill was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NearbyKind {
    /// Bought.
    Purchase,
    /// Returned.
    Refund,
    /// Refused.
    Decline,
}

impl Evidence {
    /// The purchase as it was.
    pub fn purchase(&self, company: CompanyId) -> Authorization {
        let (card, hold) = (self.card.clone(), self.hold.clone());
        Authorization { card, company, hold, state: State::Captured(self.capture.clone()) }
    }

    /// Every product that it names.
    pub fn products(&self) -> ProductSet {
        let limits = self.hold.shortfall.iter().filter_map(|reason| reason.limit);
        let named = limits.flat_map(|limit| limit.products.iter()).chain(self.nearby.iter().map(|one| one.product));
        named.fold(ProductSet::EMPTY.with(self.hold.product), ProductSet::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn id(n: u8) -> ApprovalId {
        ApprovalId::new(Uuid::from_u128(u128::from(n)))
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            4 => (0u8..3).prop_map(|n| Step::AskRefund(id(n))),
            2 => (0u8..3).prop_map(|n| Step::Refund(id(n))),
            4 => (0u8..3).prop_map(|n| Step::GiveUpRefund(id(n))),
            1 => Just(Step::Refuse),
            1 => Just(Step::Withdraw),
        ]
    }

    #[test]
    fn it_is_decided_by_the_end_of_the_tenth_day_of_the_companys_calendar() {
        let opened = "2026-11-22T21:30:00Z".parse().unwrap();
        let due = |zone: &str| {
            let due = Due::of(Zone::parse(zone).unwrap(), opened);
            (due.on.to_string(), due.by.to_rfc3339())
        };
        let moscow = ("2026-12-03".to_owned(), "2026-12-03T21:00:00+00:00".to_owned());
        assert_eq!(due("Europe/Moscow"), moscow, "it is the 23rd there");
        assert_eq!(due("Europe/Kaliningrad"), ("2026-12-02".to_owned(), "2026-12-02T22:00:00+00:00".to_owned()));
    }

    proptest! {
        #[test]
        fn money_goes_back_once_and_only_by_the_refund_that_was_asked_for(
            steps in proptest::collection::vec(step(), 0..40),
        ) {
            let mut progress = Progress::OPENED;
            let mut asked = None;
            for step in steps {
                match progress.after(step) {
                    Err(StepRefused::Over) => prop_assert_ne!(progress.state, DisputeState::Open),
                    Err(StepRefused::RefundWaits) => prop_assert!(progress.refund.is_some()),
                    Err(StepRefused::AnotherRefund) => prop_assert_eq!(progress.refund, asked),
                    Ok(next) => {
                        prop_assert_eq!(progress.state, DisputeState::Open);
                        match step {
                            Step::AskRefund(id) => { prop_assert_eq!(asked, None); asked = Some(id) }
                            Step::Refund(id) => {
                                prop_assert_eq!(asked, Some(id));
                                prop_assert_eq!(next.state, DisputeState::Refunded);
                            }
                            Step::GiveUpRefund(id) => { prop_assert_eq!(asked.take(), Some(id)); prop_assert_eq!(next, Progress::OPENED) }
                            Step::Refuse | Step::Withdraw => prop_assert_eq!(asked, None),
                        }
                        prop_assert!(next.refund.is_none() || next.state == DisputeState::Open);
                        progress = next;
                    }
                }
            }
        }
    }
}
