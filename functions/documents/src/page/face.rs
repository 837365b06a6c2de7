//! The typeface and how wide it runs.

use super::Unit;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Golos Text, whose figures all have one width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    Regular,
    Bold,
}

/// A character's glyph, and how far it goes in thousandths of the size.
pub type Glyph = (u32, Unit);

/// Glyphs by character; what the typeface does not have is its empty box.
struct Glyphs {
    known: HashMap<char, Glyph>,
    missing: Glyph,
}

static REGULAR: LazyLock<Glyphs> = LazyLock::new(|| Glyphs::of(Face::Regular.file()));
static BOLD: LazyLock<Glyphs> = LazyLock::new(|| Glyphs::of(Face::Bold.file()));

impl Face {
    /// The font's file, of a thousand units to the size.
    pub const fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../fonts/GolosText-Regular.ttf"),
            Self::Bold => include_bytes!("../../fonts/GolosText-Bold.ttf"),
        }
    }

    /// A character's glyph.
    pub fn glyph(self, character: char) -> Glyph {
        // A blank that does not part what it stands between looks like any other.
        let character = if character == '\u{a0}' { ' ' } else { character };
        let glyphs: &Glyphs = match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
        };
        glyphs.known.get(&character).copied().unwrap_or(glyphs.missing)
    }

    /// How long a text runs.
    pub fn width(self, text: &str, size: Unit) -> Unit {
        let thousandths: i64 = text.chars().map(|character| i64::from(self.glyph(character).1)).sum();
        Unit::try_from(thousandths * i64::from(size) / 1_000).unwrap_or(Unit::MAX)
    }
}

impl Glyphs {
    fn of(file: &[u8]) -> Self {
        let Ok(font) = FontRef::new(file) else { return Self { known: HashMap::new(), missing: (0, 500) } };
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        #[allow(clippy::cast_possible_truncation)] // whole units of the font
        let advance = |id| metrics.advance_width(id).unwrap_or_default() as Unit;
        let known = font
            .charmap()
            .mappings()
            .filter_map(|(code, id)| Some((char::from_u32(code)?, (id.to_u32(), advance(id)))));
        Self { known: known.collect(), missing: (0, advance(skrifa::GlyphId::NOTDEF)) }
    }
}
