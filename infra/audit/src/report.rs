//! What a run found.

use crate::Scope;
use chrono::{DateTime, Utc};
use oktan_shared::journal::Head;
use std::collections::BTreeMap;
use std::fmt;

/// What can be wrong with a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A row stands among the links under a key that is no place.
    Foreign,
    /// Links between others are not there.
    Missing {
        /// The first.
        from: u64,
        /// The last.
        to: u64,
    },
    /// A link lacks what a link has.
    Unreadable {
        /// Its place.
        seq: u64,
    },
    /// A link does not carry the house's MAC for what it says at this place: edited, moved, or put in.
    Edited {
        /// Its place.
        seq: u64,
    },
    /// A link does not follow the one before it.
    Unlinked {
        /// Its place.
        seq: u64,
    },
    /// The head speaks of links that are not there.
    Truncated {
        /// The first.
        from: u64,
        /// The last.
        to: u64,
    },
    /// There are links and no head.
    NoHead,
    /// There is nothing: neither links nor head.
    NoChain,
    /// The head is not at the last link.
    HeadElsewhere {
        /// Where it is.
        seq: u64,
    },
    /// An earlier run saw links after the last one.
    Lost {
        /// The first.
        from: u64,
        /// The last.
        to: u64,
    },
    /// An earlier run saw another link here.
    Rewritten {
        /// Its place.
        seq: u64,
    },
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => write!(f, "a row that is no act stands among the acts"),
            Self::Missing { from, to } => write!(f, "acts {from} to {to} are missing"),
            Self::Unreadable { seq } => write!(f, "act {seq} cannot be read"),
            Self::Edited { seq } => write!(f, "act {seq} is not what was written there: edited, moved or put in"),
            Self::Unlinked { seq } => write!(f, "act {seq} does not follow the act before it"),
            Self::Truncated { from, to } => write!(f, "acts {from} to {to}, of which the head speaks, are missing"),
            Self::NoHead => write!(f, "the head is missing"),
            Self::NoChain => write!(f, "the whole chain is missing"),
            Self::HeadElsewhere { seq } => write!(f, "the head is at act {seq} and not at the last"),
            Self::Lost { from, to } => write!(f, "acts {from} to {to} were there when the checkpoint was written"),
            Self::Rewritten { seq } => write!(f, "act {seq} was another when the checkpoint was written"),
        }
    }
}

/// Something wrong, and with which chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Whose chain.
    pub scope: Scope,
    /// What.
    pub wrong: Wrong,
}

/// What a run found.
#[derive(Debug, Clone)]
pub struct Report {
    /// When it ran.
    pub at: DateTime<Utc>,
    /// Where each chain ends; place 0 where there is none.
    pub heads: BTreeMap<Scope, Head>,
    /// Everything that is wrong.
    pub findings: Vec<Finding>,
}

/// A chain's name, in reports and in checkpoints.
pub(crate) fn name(scope: Scope) -> String {
    scope.map_or_else(|| "STAFF".to_owned(), |company| company.to_string())
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (scope, head) in &self.heads {
            let name = name(*scope);
            let mut wrong = self.findings.iter().filter(|finding| finding.scope == *scope).peekable();
            let verdict = if wrong.peek().is_none() { "holds" } else { "DOES NOT HOLD" };
            writeln!(f, "{name:<8} {:>9} acts  {verdict}", head.seq)?;
            for finding in wrong {
                writeln!(f, "{:<8} {}", "", finding.wrong)?;
            }
        }
        write!(f, "{} chains, {} findings, {}", self.heads.len(), self.findings.len(), self.at)
    }
}
