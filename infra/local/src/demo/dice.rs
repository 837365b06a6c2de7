//! Seeded chance: every demo of one day is the same.

use uuid::Uuid;

/// A generator (splitmix64): small, and good enough to drive a fleet by.
pub struct Dice(u64);

impl Dice {
    /// The same seed plays the same game.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of `from..=to`; `from` where there is no such.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to - from).map_or(1, |span| span.saturating_add(1));
        from + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// One of these, if there are any.
    pub fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        let last = i64::try_from(of.len()).unwrap_or(0) - 1;
        usize::try_from(self.between(0, last)).ok().and_then(|at| of.get(at)).copied()
    }

    /// An id.
    pub fn id(&mut self) -> Uuid {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.next().to_be_bytes());
        bytes[8..].copy_from_slice(&self.next().to_be_bytes());
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A fingerprint.
    pub fn fingerprint(&mut self) -> [u8; 8] {
        self.next().to_be_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same_and_stays_within_bounds() {
        let (mut one, mut other) = (Dice::new(5), Dice::new(5));
        for _ in 0..1_000 {
            let thrown = one.between(-3, 4);
            assert_eq!(thrown, other.between(-3, 4));
            assert!((-3..=4).contains(&thrown));
        }
        assert_eq!(one.id(), other.id());
        assert_eq!((one.between(2, 2), one.pick(&[7]), one.pick::<u8>(&[])), (2, Some(7), None));
    }
}
