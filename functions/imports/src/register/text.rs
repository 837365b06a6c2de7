//! From bytes to records: the encoding, the separator, quotes, and the line on which each record starts.

use encoding_rs::WINDOWS_1251;
use oktan_shared::domain::Invalid;
use std::borrow::Cow;

/// One record of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The line of the file on which it starts; the first is 1.
    pub line: usize,
    /// The line on which it ends: another one where a quoted cell has line breaks.
    pub last_line: usize,
    /// Its cells, quotes undone, without the blanks around them.
    pub cells: Vec<String>,
}

/// The text of a file: UTF-8, with or without a BOM, and windows-1251 where it is no UTF-8.
///
/// # Errors
/// `register_empty`, `register_not_text`.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Invalid> {
    let not_text = || Invalid::new("register_not_text", "the file is no text in UTF-8 or windows-1251");
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf");
    let text = match (std::str::from_utf8(marked.unwrap_or(bytes)), marked) {
        (Ok(text), _) => Cow::Borrowed(text),
        (Err(_), Some(_)) => return Err(not_text()),
        (Err(_), None) => WINDOWS_1251.decode_without_bom_handling(bytes).0,
    };
    // Whatever bytes are decoded as windows-1251, what is no text has zeros and the like.
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\r' | '\n')) {
        return Err(not_text());
    }
    if text.trim().is_empty() {
        return Err(Invalid::new("register_empty", "the file is empty"));
    }
    Ok(text)
}

/// The records of a text, without those all of whose cells are blank. The separator is `;` if the first line has one.
pub fn records(text: &str) -> Vec<Record> {
    let first = text.trim_start().split(['\r', '\n']).next().unwrap_or_default();
    let separator = if first.contains(';') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let bytes = text.as_bytes();
    let (mut records, mut record) = (Vec::new(), csv::StringRecord::new());
    let (mut line, mut counted) = (1, 0);
    loop {
        let from = offset(&reader);
        // The text is UTF-8 and every count of cells is taken: nothing is left that the reader refuses.
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            return records;
        }
        // What ended the record before, and empty lines.
        let start = from + breaks_at_start(bytes.get(from..).unwrap_or_default());
        line += line_breaks(bytes.get(counted..start).unwrap_or_default());
        counted = start;
        let whole = bytes.get(start..offset(&reader)).unwrap_or_default();
        let last_line = line + line_breaks(whole.trim_ascii_end());
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            records.push(Record { line, last_line, cells });
        }
    }
}

fn offset(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
}

fn breaks_at_start(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// How many lines end within: with LF, with CRLF, or with CR alone.
fn line_breaks(bytes: &[u8]) -> usize {
    let ends = |at: usize| match bytes.get(at) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (0..bytes.len()).filter(|at| ends(*at)).count()
}
