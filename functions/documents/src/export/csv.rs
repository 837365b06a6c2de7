//! CSV that a Russian spreadsheet opens as it is: `;`, a byte order mark, decimal commas, days before months.

use super::row::{HEAD, Row};
use crate::download::FILE_MAX;
use csv::{Terminator, Writer, WriterBuilder};
use flate2::Compression;
use flate2::write::GzEncoder;
use oktan_shared::domain::CardNumber;
use std::io::{self, Write};

/// Where bytes go: pressed as they come, or as they are.
enum Bytes {
    Plain(Vec<u8>),
    Pressed(Box<GzEncoder<Vec<u8>>>),
}

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Plain(all) => all.write(bytes),
            Self::Pressed(all) => all.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file while it is written.
pub struct File {
    writer: Writer<Bytes>,
}

impl File {
    /// An empty one with its head, to be sent as it is or pressed by gzip.
    ///
    /// # Errors
    /// Never: it is written to memory.
    pub fn new(pressed: bool) -> csv::Result<Self> {
        let room = Vec::with_capacity(FILE_MAX / 4);
        let mut bytes = match pressed {
            true => Bytes::Pressed(Box::new(GzEncoder::new(room, Compression::default()))),
            false => Bytes::Plain(room),
        };
        bytes.write_all("\u{feff}".as_bytes())?;
        let mut writer = WriterBuilder::new().delimiter(b';').terminator(Terminator::CRLF).from_writer(bytes);
        writer.write_record(HEAD)?;
        Ok(Self { writer })
    }

    /// One more line.
    ///
    /// # Errors
    /// Never: it is written to memory.
    pub fn row(&mut self, row: &Row) -> csv::Result<()> {
        let day_and_time = "%d.%m.%Y %H:%M:%S";
        let number = |document: &str| if document.is_empty() { String::new() } else { format!("№ {document}") };
        self.writer.write_record([
            row.at.format(day_and_time).to_string(),
            row.kind.to_owned(),
            row.card.as_ref().map(in_fours).unwrap_or_default(),
            text(&row.label),
            text(&row.station),
            text(&row.product),
            row.unit.to_owned(),
            row.quantity.map(decimal).unwrap_or_default(),
            row.price.map(decimal).unwrap_or_default(),
            decimal(row.discount),
            decimal(row.amount),
            row.vat_percent.map(|percent| percent.to_string()).unwrap_or_default(),
            row.authorized_at.map(|at| at.format(day_and_time).to_string()).unwrap_or_default(),
            number(&row.document_number),
            row.document_date.map(crate::figures::day).unwrap_or_default(),
            text(&row.remark),
            row.moved.map(decimal).unwrap_or_default(),
        ])
    }

    /// Bytes so far, but for the last few kilobytes.
    pub fn len(&self) -> usize {
        match self.writer.get_ref() {
            Bytes::Plain(all) => all.len(),
            Bytes::Pressed(all) => all.get_ref().len(),
        }
    }

    /// The whole file.
    ///
    /// # Errors
    /// Never: it is written to memory.
    pub fn end(self) -> io::Result<Vec<u8>> {
        match self.writer.into_inner().map_err(|error| error.into_error())? {
            Bytes::Plain(all) => Ok(all),
            Bytes::Pressed(all) => all.finish(),
        }
    }
}

/// A text that no spreadsheet takes for a formula.
fn text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

/// A card's number in groups: a spreadsheet keeps fifteen digits of a number, and all of a text.
fn in_fours(card: &CardNumber) -> String {
    card.as_str().chars().enumerate().fold(String::new(), |mut text, (at, digit)| {
        if at > 0 && at.is_multiple_of(4) {
            text.push(' ');
        }
        text.push(digit);
        text
    })
}

fn decimal(number: impl std::fmt::Display) -> String {
    number.to_string().replace('.', ",")
}
