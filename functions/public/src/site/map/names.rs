//! Where the names of towns are written: beside their dots, clear of the pins and of one another.

use super::{HEIGHT, Spot, TENTHS, WIDTH};

/// The widest that a letter of any town's name is on average, and how far a name reaches above and below its line; tenths.
const LETTER: i64 = 81;
const RISE: i64 = 105;
const FALL: i64 = 35;
/// Half of a town's dot, tenths.
const DOT: i64 = 3 * TENTHS;
/// What stays free around a name, tenths.
const AIR: i64 = 15;

/// Something that a name is kept off.
#[derive(Debug, Clone, Copy)]
pub struct Disc {
    /// Its middle.
    pub at: Spot,
    /// From there to its edge.
    pub radius: i64,
}

/// Which end of a name its place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// Where a name is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// On its line.
    pub at: Spot,
    pub anchor: Anchor,
}

/// What a name covers.
#[derive(Debug, Clone, Copy)]
struct Block {
    left: i64,
    top: i64,
    right: i64,
    bottom: i64,
}

impl Anchor {
    /// As SVG has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

impl Block {
    fn of(place: Place, letters: usize) -> Self {
        let width = i64::try_from(letters).unwrap_or(i64::MAX).saturating_mul(LETTER);
        let left = match place.anchor {
            Anchor::Start => place.at.x,
            Anchor::Middle => place.at.x - width / 2,
            Anchor::End => place.at.x - width,
        };
        Self { left, top: place.at.y - RISE, right: left.saturating_add(width), bottom: place.at.y + FALL }
    }

    fn is_within(&self) -> bool {
        self.left >= AIR
            && self.top >= AIR
            && self.right <= WIDTH * TENTHS - AIR
            && self.bottom <= HEIGHT * TENTHS - AIR
    }

    fn meets(&self, other: &Self) -> bool {
        let (across, down) = (self.left < other.right + AIR, self.top < other.bottom + AIR);
        across && down && other.left < self.right + AIR && other.top < self.bottom + AIR
    }

    fn meets_disc(&self, disc: &Disc) -> bool {
        let (x, y) = (disc.at.x.clamp(self.left, self.right), disc.at.y.clamp(self.top, self.bottom));
        (x - disc.at.x).pow(2) + (y - disc.at.y).pow(2) < (disc.radius + AIR).pow(2)
    }
}

/// Where the name of each town, given by its dot and its letters, is written: the earlier a town, the nearer to its right
/// side. `None` where every place beside the dot is taken.
pub fn names(towns: &[(Spot, usize)], discs: &[Disc]) -> Vec<Option<Place>> {
    let mut taken: Vec<Block> = Vec::new();
    let mut names = Vec::with_capacity(towns.len());
    for (town, letters) in towns {
        let is_free = |block: &Block| {
            let others = towns.iter().filter(|(other, _)| other != town);
            let mut dots = others.map(|(at, _)| Disc { at: *at, radius: DOT });
            block.is_within()
                && !taken.iter().any(|other| block.meets(other))
                && !discs.iter().any(|disc| block.meets_disc(disc))
                && !dots.any(|dot| block.meets_disc(&dot))
        };
        let blocks = beside(*town).map(|place| (place, Block::of(place, *letters)));
        let found = blocks.into_iter().find(|(_, block)| is_free(block));
        taken.extend(found.map(|(_, block)| block));
        names.push(found.map(|(place, _)| place));
    }
    names
}

/// The places beside a dot, the best first.
fn beside(dot: Spot) -> [Place; 12] {
    use Anchor::{End, Middle, Start};
    [
        (70, 45, Start),
        (-70, 45, End),
        (50, 125, Start),
        (50, -45, Start),
        (-50, 125, End),
        (-50, -45, End),
        (0, 165, Middle),
        (0, -75, Middle),
        // Past the mark of the place that was asked about, which may be this town.
        (105, 45, Start),
        (-105, 45, End),
        (0, 205, Middle),
        (0, -140, Middle),
    ]
    .map(|(x, y, anchor)| Place { at: Spot { x: dot.x + x, y: dot.y + y }, anchor })
}
