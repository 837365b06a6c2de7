//! One chain, link by link.

use crate::Scope;
use crate::report::Wrong;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use oktan_shared::auth::Keys;
use oktan_shared::journal::{Head, RawLink, chain_mac};
use oktan_shared::table::{Position, StoreError, Table};

/// How far a walk has come.
struct Walk<'a> {
    keys: &'a Keys,
    scope: Scope,
    /// Where an earlier run saw the chain end.
    seen: Option<&'a Head>,
    /// The last link; place 0 and no MAC before the first.
    last: Head,
    wrong: Vec<Wrong>,
}

/// Verifies the chain of `scope`: where it ends, and everything that is wrong with it. Acts may be added meanwhile.
pub async fn verify(
    table: &Table,
    keys: &Keys,
    scope: Scope,
    seen: Option<&Head>,
) -> Result<(Head, Vec<Wrong>), StoreError> {
    let last = Head { seq: 0, mac: String::new() };
    let mut walk = Walk { keys, scope, seen, last, wrong: Vec::new() };
    let mut after = None;
    let head = loop {
        let from = walk.last.seq;
        walk.read(table, after.clone()).await?;
        let head = table.chain_head(scope).await?;
        // A head that is ahead was moved by an act since, whose link is there by now; or its link is gone.
        let ahead = head.as_ref().is_some_and(|head| head.seq > walk.last.seq);
        if !ahead || (after.is_some() && walk.last.seq == from) {
            break head;
        }
        after = Some(Position::of_act(scope, walk.last.seq));
    };
    walk.end(head.as_ref());
    Ok((walk.last, walk.wrong))
}

impl Walk<'_> {
    async fn read(&mut self, table: &Table, mut after: Option<Position>) -> Result<(), StoreError> {
        loop {
            let (links, next) = table.raw_links(self.scope, after.as_ref()).await?;
            for link in &links {
                self.step(link);
            }
            match next {
                Some(position) => after = Some(position),
                None => return Ok(()),
            }
        }
    }

    fn step(&mut self, link: &RawLink) {
        let Some(seq) = link.seq else { return self.wrong.push(Wrong::Foreign) };
        let due = self.last.seq.saturating_add(1);
        if seq > due {
            self.wrong.push(Wrong::Missing { from: due, to: seq.saturating_sub(1) });
        }
        let mac = link.mac.clone().unwrap_or_default();
        match (&link.text, &link.previous) {
            (Some(text), Some(previous)) => {
                let own = STANDARD.encode(chain_mac(self.keys, self.scope, seq, previous, text));
                if own != mac {
                    self.wrong.push(Wrong::Edited { seq });
                } else if seq == due && *previous != self.last.mac {
                    self.wrong.push(Wrong::Unlinked { seq });
                }
            }
            _ => self.wrong.push(Wrong::Unreadable { seq }),
        }
        if self.seen.is_some_and(|seen| seen.seq == seq && seen.mac != mac) {
            self.wrong.push(Wrong::Rewritten { seq });
        }
        self.last = Head { seq, mac };
    }

    fn end(&mut self, head: Option<&Head>) {
        let last = &self.last;
        let wrong = match head {
            // A company's first row is written with its first act; the staff's chain begins with the first admin.
            None if last.seq == 0 => (self.scope.is_some() || self.seen.is_some()).then_some(Wrong::NoChain),
            None => Some(Wrong::NoHead),
            Some(head) if head.seq > last.seq => {
                Some(Wrong::Truncated { from: last.seq.saturating_add(1), to: head.seq })
            }
            Some(head) if head != last => Some(Wrong::HeadElsewhere { seq: head.seq }),
            Some(_) => None,
        };
        self.wrong.extend(wrong);
        let lost = self.seen.filter(|seen| seen.seq > last.seq);
        self.wrong.extend(lost.map(|seen| Wrong::Lost { from: last.seq.saturating_add(1), to: seen.seq }));
    }
}
