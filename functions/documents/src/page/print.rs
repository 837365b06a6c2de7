//! From marks to a PDF: the letters that are used and no others, the same bytes for the same marks.

use super::{Face, Mark, Pages, Unit};
use chrono::{DateTime, Datelike, Timelike, Utc};
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::{DateTime as PdfDate, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, color::rgb};

/// What the file says of itself.
#[derive(Debug, Clone)]
pub struct About {
    /// Its title.
    pub title: String,
    /// Who made it.
    pub author: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Prints pages; `None` if the library refuses what it was given.
#[allow(clippy::cast_precision_loss)] // a place on the page is far below 2^24
pub fn print(pages: &Pages, about: &About) -> Option<Vec<u8>> {
    let (regular, bold) = (font(Face::Regular)?, font(Face::Bold)?);
    let mut document = Document::new();
    document.set_metadata(metadata(about));
    let (width, height) = pages.format.size();
    for marks in &pages.marks {
        let mut page = document.start_page_with(PageSettings::from_wh(points(width), points(height))?);
        let mut surface = page.surface();
        // From here on a place is a whole number: hundredths of a point.
        surface.push_transform(&Transform::from_scale(0.01, 0.01));
        for mark in marks {
            match mark {
                Mark::Text { x, y, face, size, text } => {
                    let font = if *face == Face::Bold { &bold } else { &regular };
                    let at = Point::from_xy(*x as f32, *y as f32);
                    surface.draw_glyphs(at, &glyphs(*face, text), font.clone(), text, *size as f32, false);
                }
                Mark::Rule { from, to, width } => rule(&mut surface, *from, *to, *width),
                Mark::Fill { at, size } => fill(&mut surface, *at, *size),
            }
        }
        surface.pop();
        surface.finish();
        page.finish();
    }
    document.finish().inspect_err(|error| tracing::error!(?error, "a document was not printed")).ok()
}

fn font(face: Face) -> Option<Font> {
    Font::new(face.file().to_vec().into(), 0)
}

#[allow(clippy::float_arithmetic, clippy::cast_precision_loss)] // points on paper, no money
fn points(hundredths: Unit) -> f32 {
    hundredths as f32 / 100.0
}

#[allow(clippy::float_arithmetic, clippy::cast_precision_loss)] // widths of letters
fn glyphs(face: Face, text: &str) -> Vec<KrillaGlyph> {
    let glyph = |(at, character): (usize, char)| {
        let (id, advance) = face.glyph(character);
        let range = at..at + character.len_utf8();
        KrillaGlyph::new(GlyphId::new(id), advance as f32 / 1_000.0, 0.0, 0.0, 0.0, range, None)
    };
    text.char_indices().map(glyph).collect()
}

#[allow(clippy::cast_precision_loss)] // as above
fn rule(surface: &mut Surface<'_>, from: (Unit, Unit), to: (Unit, Unit), width: Unit) {
    let mut path = PathBuilder::new();
    path.move_to(from.0 as f32, from.1 as f32);
    path.line_to(to.0 as f32, to.1 as f32);
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: rgb::Color::new(90, 90, 90).into(),
        width: width as f32,
        ..Stroke::default()
    }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

#[allow(clippy::cast_precision_loss)] // as above
fn fill(surface: &mut Surface<'_>, (x, y): (Unit, Unit), (width, height): (Unit, Unit)) {
    let Some(area) = Rect::from_xywh(x as f32, y as f32, width as f32, height as f32) else { return };
    let mut path = PathBuilder::new();
    path.push_rect(area);
    let Some(path) = path.finish() else { return };
    surface.set_fill(Some(Fill { paint: rgb::Color::black().into(), ..Fill::default() }));
    surface.draw_path(&path);
    surface.set_fill(None);
}

fn metadata(about: &About) -> Metadata {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let at = about.at;
    let made = PdfDate::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(about.title.clone())
        .language("ru".to_owned())
        .authors(vec![about.author.clone()])
        .creation_date(made)
        .document_id(about.title.clone())
}
