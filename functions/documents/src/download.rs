//! Answers that are files.

use crate::page::{About, Pages, print};
use crate::parties::Parties;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use oktan_shared::App;
use oktan_shared::domain::Invalid;
use oktan_shared::http::Problem;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The largest file that an answer carries.
pub const FILE_MAX: usize = 4 * 1024 * 1024;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Csv,
    Pdf,
    Xlsx,
    Zip,
}

impl Kind {
    const fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Pdf => "application/pdf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Zip => "application/zip",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Zip => "zip",
        }
    }
}

/// A file to be saved under a name of Latin letters, digits and hyphens.
///
/// # Errors
/// 422 `export_too_large`.
pub fn file(kind: Kind, name: &str, bytes: Vec<u8>) -> Result<Response, Problem> {
    if bytes.len() > FILE_MAX {
        let detail = "this file is over 4 MB: take the other format, or the history by days";
        return Err(Problem::field("format", &Invalid::new("export_too_large", detail)));
    }
    Ok(attachment(kind, name, bytes))
}

/// The same of a file that is known to be small enough.
pub fn attachment(kind: Kind, name: &str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{name}.{}\"", kind.ending());
    let headers = [(header::CONTENT_TYPE, kind.media().to_owned()), (header::CONTENT_DISPOSITION, name)];
    (headers, bytes).into_response()
}

/// Pages as a PDF of the seller's.
///
/// # Errors
/// 503 when the library refuses what it was given.
pub fn pdf(app: &App, pages: &Pages, title: String, parties: Parties<'_>) -> Result<Vec<u8>, Problem> {
    let about = About { title, author: parties.seller_name().to_owned(), at: app.clock.now() };
    print(pages, &about).ok_or_else(Problem::unavailable)
}

/// Files in one archive: they are pressed already, so it only holds them.
///
/// # Errors
/// 503 when it could not be written.
pub fn archive(files: Vec<(String, Vec<u8>)>) -> Result<Vec<u8>, Problem> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let refused = |error: &dyn std::error::Error| {
        tracing::error!(%error, "an archive was not written");
        Problem::unavailable()
    };
    for (name, bytes) in files {
        archive.start_file(name, stored).map_err(|error| refused(&error))?;
        archive.write_all(&bytes).map_err(|error| refused(&error))?;
    }
    archive.finish().map(Cursor::into_inner).map_err(|error| refused(&error))
}
