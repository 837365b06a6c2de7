//! An act of reconciliation as a table.

use super::{Columns, Table, written};
use crate::act_page::{NOTE, between, conclusion, intro, sides, title, words};
use crate::parties::Parties;
use chrono::NaiveDate;
use oktan_shared::domain::Kopecks;
use oktan_shared::domain::papers::Reconciliation;
use oktan_shared::http::Problem;

const WIDTHS: [u16; 5] = [14, 60, 18, 18, 18];
/// Where each side signs.
const SIDES: [Columns; 2] = [(0, 1), (2, 4)];

/// The table of an act between its head and its signatures.
///
/// # Errors
/// 503 when the library refuses what it was given.
pub fn reconciliation(
    span: (NaiveDate, NaiveDate),
    act: &Reconciliation,
    parties: Parties<'_>,
) -> Result<Vec<u8>, Problem> {
    written(|book| {
        let mut table = Table::new(book, "Акт сверки", &WIDTHS)?;
        table.title(&title(span))?;
        table.line(&between(parties))?;
        table.line(&intro(parties))?;
        table.head(&["Дата", "Документ", "Дебет", "Кредит", "Сальдо (долг со знаком минус)"])?;
        table.bold(1, "Сальдо начальное")?;
        table.money(4, act.opening, true)?;
        table.row += 1;
        for line in &act.lines {
            table.sheet.write_datetime_with_format(table.row, 0, line.date, &table.looks.day)?;
            table.text(1, &words(&line.subject))?;
            for (column, side) in [(2, line.debit), (3, line.credit)] {
                if side != Kopecks::ZERO {
                    table.money(column, side, false)?;
                }
            }
            table.money(4, line.balance, false)?;
            table.row += 1;
        }
        table.bold(1, "Обороты и сальдо конечное")?;
        table.money(2, act.debit, true)?;
        table.money(3, act.credit, true)?;
        table.money(4, act.closing, true)?;
        table.row += 2;
        table.over(table.all(), &conclusion(act.closing, span.1, parties), true)?;
        table.end_row()?;
        table.line(NOTE)?;
        table.signatures(SIDES, sides(parties))
    })
}
