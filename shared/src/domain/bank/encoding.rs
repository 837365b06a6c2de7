//! The encodings of a statement.

/// How a statement's text is written. The format names «Windows» and «DOS»; a file that was saved anew is often UTF-8, and its
/// line `Кодировка` then says what it was. So the bytes decide, by the first key that is no ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a BOM.
    Utf8,
    /// `Windows`: windows-1251.
    Windows,
    /// `DOS`: code page 866.
    Dos,
}

impl Encoding {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Self; 3] = [Self::Utf8, Self::Windows, Self::Dos];

    /// The text of `bytes`; `None` where they are none. What a code page has no letter for becomes a control character.
    pub fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
            Self::Windows => Some(bytes.iter().map(|byte| windows(*byte)).collect()),
            Self::Dos => Some(bytes.iter().map(|byte| dos(*byte)).collect()),
        }
    }
}

/// 0x80 to 0xBF of windows-1251; the letters from `А` follow.
const WINDOWS: [char; 64] = [
    'Ђ', 'Ѓ', '‚', 'ѓ', '„', '…', '†', '‡', '€', '‰', 'Љ', '‹', 'Њ', 'Ќ', 'Ћ', 'Џ', //
    'ђ', '‘', '’', '“', '”', '•', '–', '—', '\u{98}', '™', 'љ', '›', 'њ', 'ќ', 'ћ', 'џ', //
    '\u{a0}', 'Ў', 'ў', 'Ј', '¤', 'Ґ', '¦', '§', 'Ё', '©', 'Є', '«', '¬', '\u{ad}', '®', 'Ї', //
    '°', '±', 'І', 'і', 'ґ', 'µ', '¶', '·', 'ё', '№', 'є', '»', 'ј', 'Ѕ', 'ѕ', 'ї',
];

/// 0xB0 to 0xDF of code page 866, between `п` and `р`: what frames are drawn with.
const FRAMES: [char; 48] = [
    '░', '▒', '▓', '│', '┤', '╡', '╢', '╖', '╕', '╣', '║', '╗', '╝', '╜', '╛', '┐', //
    '└', '┴', '┬', '├', '─', '┼', '╞', '╟', '╚', '╔', '╩', '╦', '╠', '═', '╬', '╧', //
    '╨', '╤', '╥', '╙', '╘', '╒', '╓', '╫', '╪', '┘', '┌', '█', '▄', '▌', '▐', '▀',
];

/// 0xF0 to 0xFF of code page 866.
const LAST: [char; 16] = ['Ё', 'ё', 'Є', 'є', 'Ї', 'ї', 'Ў', 'ў', '°', '∙', '·', '√', '№', '¤', '■', '\u{a0}'];

fn windows(byte: u8) -> char {
    match byte {
        0..=0x7f => char::from(byte),
        0x80..=0xbf => WINDOWS[usize::from(byte - 0x80)],
        0xc0.. => letter(byte - 0xc0),
    }
}

fn dos(byte: u8) -> char {
    match byte {
        0..=0x7f => char::from(byte),
        0x80..=0xaf => letter(byte - 0x80),
        0xb0..=0xdf => FRAMES[usize::from(byte - 0xb0)],
        0xe0..=0xef => letter(byte - 0xe0 + 0x30),
        0xf0.. => LAST[usize::from(byte - 0xf0)],
    }
}

/// The `nth` letter from `А`, capitals first.
fn letter(nth: u8) -> char {
    char::from_u32(0x410 + u32::from(nth)).unwrap_or(char::REPLACEMENT_CHARACTER)
}
