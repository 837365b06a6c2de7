//! In which order shares change, a few at a time, so that no more is shared than there is after any of the writes.

use super::{Portion, Sum};

/// A share that is to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move<T> {
    /// Whose.
    pub card: T,
    /// What it takes of the plan now, what was lent to it included.
    pub taken: Portion,
    /// What it shall have.
    pub portion: Portion,
}

impl<T> Move<T> {
    fn more(&self) -> Sum {
        self.portion.sum().less(self.taken.sum())
    }

    /// The part of the move that takes nothing: a measure that grows stays as it is.
    fn falling(&self) -> Portion {
        let more = self.more();
        Portion {
            roubles: if more.roubles.is_positive() { self.taken.roubles } else { self.portion.roubles },
            litres: if more.litres.is_positive() { self.taken.litres } else { self.portion.litres },
        }
    }
}

/// The writes that make all moves true out of `room`, in their order: those that fall before those that grow. A card is
/// written once; twice only where all that are left grow in one measure and fall in the other, and none of them fits first.
///
/// All together must fit into `room`; what does not, comes last.
pub fn order<T: Clone>(moves: Vec<Move<T>>, room: Sum) -> Vec<(T, Portion)> {
    let falls = |one: &Move<T>| Sum::ZERO.less(one.more()).is_sound();
    let (mut waiting, growing): (Vec<_>, Vec<_>) = moves.into_iter().partition(falls);
    waiting.extend(growing);
    let (mut writes, mut room) = (Vec::with_capacity(waiting.len()), room);
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut left = Vec::new();
        for one in waiting {
            let after = room.less(one.more());
            if after.is_sound() {
                room = after;
                writes.push((one.card, one.portion));
            } else {
                left.push(one);
            }
        }
        waiting = left;
        if waiting.len() < before {
            continue;
        }
        let Some(mixed) = waiting.iter_mut().find(|one| one.falling() != one.taken) else {
            writes.extend(waiting.drain(..).map(|one| (one.card, one.portion)));
            break;
        };
        let falling = mixed.falling();
        room = room.plus(mixed.taken.sum().less(falling.sum()));
        mixed.taken = falling;
        writes.push((mixed.card.clone(), falling));
    }
    writes
}
