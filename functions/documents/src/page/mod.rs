//! Pages of A4: text is laid out into marks, marks are printed. Everything is counted in hundredths of a point, whole.

mod face;
mod layout;
mod print;
mod table;

pub use face::Face;
pub use layout::{Align, Format, Pages, Sheet, Style};
pub use print::{About, print};
pub use table::Column;

/// Hundredths of a point; 1 mm is 283.
pub type Unit = i32;

/// A4: its short and its long side.
pub const SHORT: Unit = 59_528;
pub const LONG: Unit = 84_189;
/// What stays empty around: room for a punch on the left.
pub const LEFT: Unit = 5_669;
pub const RIGHT: Unit = 4_252;
pub const TOP: Unit = 4_819;
pub const BOTTOM: Unit = 5_102;
/// What is left for text on an upright page.
pub const WITHIN: Unit = SHORT - LEFT - RIGHT;

/// Something on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A line of text; `y` is where its letters stand.
    Text { x: Unit, y: Unit, face: Face, size: Unit, text: String },
    /// A straight line.
    Rule { from: (Unit, Unit), to: (Unit, Unit), width: Unit },
    /// A black box, by its upper left corner and its size.
    Fill { at: (Unit, Unit), size: (Unit, Unit) },
}
