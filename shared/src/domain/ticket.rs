//! Tickets: whose turn it is in a conversation between a company and OKTAN, and how long it has been.

use super::ids::UserId;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Messages of one ticket; what is left to say begins another one.
pub const MESSAGES_MAX: u32 = 200;
/// How long a client waits for an answer before the one on call is told.
pub const ANSWER_WITHIN: TimeDelta = TimeDelta::minutes(15);
/// People of a company who are told of the answers in one ticket.
const PEOPLE_MAX: usize = 20;

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketState {
    /// OKTAN's: the client waits.
    Waiting,
    /// The client's: OKTAN said the last word.
    Answered,
    /// Nobody's. A message opens it again.
    Closed,
}

impl TicketState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Answered, Self::Closed];

    /// Its word in the table and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }
}

/// What a ticket is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// A question, or whatever somebody has to say.
    Question,
    /// What is on file of the company is wrong.
    Correction,
}

/// Who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// A person of the company.
    Client(UserId),
    /// A person of OKTAN, and when the first message was written that they have not seen, if there is one.
    Staff(UserId, Option<DateTime<Utc>>),
}

/// A conversation has all the messages it can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// A conversation, but for what is said in it. Its messages are numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// Whose turn it is.
    pub state: TicketState,
    /// When the last message was written.
    pub last_at: DateTime<Utc>,
    /// Since when the client waits; `None` when nobody does.
    pub waits_since: Option<DateTime<Utc>>,
    /// When OKTAN answered for the first time.
    pub first_answered_at: Option<DateTime<Utc>>,
    /// Who of OKTAN looks after it.
    pub assignee: Option<UserId>,
    /// Messages so far, 1 to [`MESSAGES_MAX`].
    pub messages: u32,
    /// The number of the client's last message.
    pub last_of_client: u32,
    /// The number of OKTAN's last message; 0 for none.
    pub last_of_staff: u32,
    /// People of the company who wrote in it, the first of all who began it; at most 20.
    pub people: Vec<UserId>,
}

impl Thread {
    /// A conversation that a person of the company begins with its first message.
    pub fn begun(by: UserId, now: DateTime<Utc>) -> Self {
        Self {
            state: TicketState::Waiting,
            last_at: now,
            waits_since: Some(now),
            first_answered_at: None,
            assignee: None,
            messages: 1,
            last_of_client: 1,
            last_of_staff: 0,
            people: vec![by],
        }
    }

    /// The conversation with one more message. A client waits from their first unanswered message on; one that whoever
    /// answers has not seen is not answered. Who answers looks after it unless somebody does.
    ///
    /// # Errors
    /// [`Full`] after [`MESSAGES_MAX`] messages.
    pub fn written(&self, by: Author, now: DateTime<Utc>) -> Result<Self, Full> {
        if self.messages >= MESSAGES_MAX {
            return Err(Full);
        }
        let messages = self.messages.saturating_add(1);
        let mut next = Self { messages, last_at: now, ..self.clone() };
        match by {
            Author::Client(user) => {
                next.state = TicketState::Waiting;
                next.waits_since = self.waits_since.or(Some(now));
                next.last_of_client = messages;
                if !next.people.contains(&user) && next.people.len() < PEOPLE_MAX {
                    next.people.push(user);
                }
            }
            Author::Staff(user, unseen) => {
                let unseen = unseen.filter(|_| self.waits_since.is_some());
                next.state = if unseen.is_some() { TicketState::Waiting } else { TicketState::Answered };
                next.waits_since = unseen;
                next.last_of_staff = messages;
                next.first_answered_at = self.first_answered_at.or(Some(now));
                next.assignee = self.assignee.or(Some(user));
            }
        }
        Ok(next)
    }

    /// The conversation closed; `None` if it is.
    pub fn closed(&self) -> Option<Self> {
        let closed = Self { state: TicketState::Closed, waits_since: None, ..self.clone() };
        (self.state != TicketState::Closed).then_some(closed)
    }

    /// The conversation in somebody's care, or in nobody's; `None` if it is.
    pub fn assigned(&self, to: Option<UserId>) -> Option<Self> {
        (self.assignee != to).then(|| Self { assignee: to, ..self.clone() })
    }

    /// Whether the client waits longer than anybody should.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.waits_since.is_some_and(|since| now.signed_duration_since(since) >= ANSWER_WITHIN)
    }

    /// Whether the client has written what a person who has seen `seen` messages does not know, and waits for an answer.
    pub fn has_moved_past(&self, seen: u32) -> bool {
        self.waits_since.is_some() && self.last_of_client > seen
    }

    /// Whether there is something from OKTAN that a person of the company who has seen `seen` messages has not.
    pub fn unread_by_client(&self, seen: u32) -> bool {
        self.last_of_staff > seen
    }

    /// Whether there is something to answer that a person of OKTAN who has seen `seen` messages has not.
    pub fn unread_by_staff(&self, seen: u32) -> bool {
        self.state == TicketState::Waiting && self.last_of_client > seen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn person(n: u8) -> UserId {
        UserId::new(Uuid::from_u128(u128::from(n)))
    }

    fn at(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    #[derive(Debug, Clone, Copy)]
    enum Step {
        Client(u8),
        Staff(u8, bool),
        Close,
        Assign(Option<u8>),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            (0u8..30).prop_map(Step::Client),
            (100u8..104, any::<bool>()).prop_map(|(who, saw)| Step::Staff(who, saw)),
            Just(Step::Close),
            proptest::option::of(100u8..104).prop_map(Step::Assign),
        ]
    }

    #[test]
    fn a_client_waits_from_the_first_unanswered_message_on() {
        let asked = Thread::begun(person(1), at(0)).written(Author::Client(person(2)), at(10)).unwrap();
        assert_eq!(asked.waits_since, Some(at(0)));
        assert!(!asked.is_overdue(at(14)) && asked.is_overdue(at(15)));
        let answered = asked.written(Author::Staff(person(100), None), at(20)).unwrap();
        assert_eq!((answered.waits_since, answered.is_overdue(at(900))), (None, false));
        let again = answered.written(Author::Client(person(1)), at(30)).unwrap();
        assert_eq!((again.waits_since, again.first_answered_at), (Some(at(30)), Some(at(20))));
        assert_eq!(again.people, [person(1), person(2)]);
    }

    #[test]
    fn what_whoever_answers_has_not_seen_is_not_answered() {
        let asked = Thread::begun(person(1), at(0)).written(Author::Client(person(1)), at(10)).unwrap();
        assert!(asked.has_moved_past(1) && !asked.has_moved_past(2));
        let answered = asked.written(Author::Staff(person(100), Some(at(10))), at(11)).unwrap();
        assert_eq!((answered.state, answered.waits_since), (TicketState::Waiting, Some(at(10))));
        assert_eq!((answered.first_answered_at, answered.last_of_staff), (Some(at(11)), 3));
        let again = answered.written(Author::Staff(person(100), None), at(12)).unwrap();
        assert_eq!((again.state, again.waits_since, again.has_moved_past(0)), (TicketState::Answered, None, false));
        // Somebody else has answered it meanwhile.
        let late = again.written(Author::Staff(person(101), Some(at(10))), at(13)).unwrap();
        assert_eq!((late.state, late.waits_since), (TicketState::Answered, None));
    }

    #[test]
    fn closing_twice_changes_nothing_and_a_message_opens_it_again() {
        let closed = Thread::begun(person(1), at(0)).closed().unwrap();
        assert_eq!((closed.state, closed.waits_since, closed.closed()), (TicketState::Closed, None, None));
        let again = closed.written(Author::Client(person(1)), at(5)).unwrap();
        assert_eq!((again.state, again.waits_since), (TicketState::Waiting, Some(at(5))));
    }

    proptest! {
        #[test]
        fn whatever_is_done_it_is_somebodys_turn_and_nothing_is_forgotten(steps in proptest::collection::vec(step(), 0..260)) {
            let mut thread = Thread::begun(person(1), at(0));
            let mut first_answer = None;
            let (mut said, mut minute) = (1, 0);
            for step in steps {
                minute += 1;
                let now = at(minute);
                let before = thread.clone();
                let written = |by| before.written(by, now);
                match step {
                    Step::Client(n) => match written(Author::Client(person(n))) {
                        Ok(next) => { thread = next; said += 1; prop_assert!(!thread.unread_by_client(before.last_of_staff)); }
                        Err(Full) => prop_assert_eq!(said, MESSAGES_MAX),
                    },
                    Step::Staff(n, saw) => match written(Author::Staff(person(n), before.waits_since.filter(|_| !saw))) {
                        Ok(next) => {
                            prop_assert!(saw || next.waits_since == before.waits_since);
                            thread = next;
                            said += 1;
                            first_answer = first_answer.or(Some(now));
                            prop_assert!(thread.assignee.is_some() && thread.unread_by_client(before.messages));
                        }
                        Err(Full) => prop_assert_eq!(said, MESSAGES_MAX),
                    },
                    Step::Close => thread = thread.closed().unwrap_or(thread),
                    Step::Assign(to) => thread = thread.assigned(to.map(person)).unwrap_or(thread),
                }
                prop_assert_eq!(thread.waits_since.is_some(), thread.state == TicketState::Waiting);
                prop_assert_eq!(thread.first_answered_at, first_answer);
                prop_assert_eq!(thread.messages, said);
                prop_assert!(thread.last_of_client.max(thread.last_of_staff) == thread.messages);
                prop_assert!(thread.people.len() <= PEOPLE_MAX && thread.people.first() == Some(&person(1)));
                prop_assert!(thread.waits_since.is_none_or(|since| since <= thread.last_at));
            }
        }
    }
}
