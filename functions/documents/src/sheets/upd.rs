//! An УПД as a table.

use super::{Columns, Table, number, written};
use crate::parties::{Parties, signer};
use crate::register::{product_name, product_unit};
use crate::upd as page;
use oktan_shared::App;
use oktan_shared::domain::papers::{SupplyLine, totals};
use oktan_shared::http::Problem;
use oktan_shared::table::{ClosedMonth, Upd};
use rust_xlsxwriter::XlsxError;

const WIDTHS: [u16; 8] = [36, 8, 14, 16, 20, 10, 16, 18];
/// Of the head's facts the name and what it is, on the left and on the right.
const FACTS: [[Columns; 2]; 2] = [[(0, 0), (1, 3)], [(4, 4), (5, 7)]];
/// Where each side signs.
const SIDES: [Columns; 2] = [(0, 3), (4, 7)];

/// The table of an УПД between its head and its signatures.
///
/// # Errors
/// 503 when the library refuses what it was given.
pub fn upd(app: &App, month: &ClosedMonth, upd: Upd, parties: Parties<'_>) -> Result<Vec<u8>, Problem> {
    written(|book| {
        let mut table = Table::new(book, "УПД", &WIDTHS)?;
        table.title(&page::title(upd))?;
        table.line(page::STATUS)?;
        let [left, right] = page::facts(month, parties);
        for sides in left.into_iter().zip(right) {
            for ([name_at, at], (name, what)) in FACTS.into_iter().zip([sides.0, sides.1]) {
                table.over(name_at, name, false)?;
                table.over(at, &what, true)?;
            }
            table.end_row()?;
        }
        table.head(&[
            "Товар",
            "Ед.",
            "Количество",
            "Цена без НДС",
            "Стоимость без НДС",
            "НДС, %",
            "Сумма НДС",
            "Стоимость с НДС",
        ])?;
        let figures = &month.figures;
        let lines = figures.supplied.iter().map(|line| (line, ""));
        let lines = lines.chain(figures.corrected.iter().map(|line| (line, "Возврат отгрузки прошлых месяцев: ")));
        for (line, prefix) in lines {
            supply(&mut table, app, line, prefix)?;
        }
        let (amount, vat) = totals(figures.supplied.iter().chain(&figures.corrected));
        table.bold(0, "Всего")?;
        table.money(4, amount.saturating_sub(vat), true)?;
        table.money(6, vat, true)?;
        table.money(7, amount, true)?;
        table.row += 2;
        foot(&mut table, month, upd, parties)
    })
}

fn supply(table: &mut Table<'_>, app: &App, line: &SupplyLine, prefix: &str) -> Result<(), XlsxError> {
    table.text(0, &format!("{prefix}{}", product_name(app, line.product)))?;
    table.text(1, product_unit(app, line.product))?;
    table.quantity(2, line.quantity, false)?;
    if let Some(price) = line.price() {
        table.sheet.write_number_with_format(table.row, 3, number(price), &table.looks.price)?;
    }
    table.money(4, line.net(), false)?;
    table.sheet.write_number(table.row, 5, f64::from(line.vat_percent))?;
    table.money(6, line.vat, false)?;
    table.money(7, line.amount, false)?;
    table.row += 1;
    Ok(())
}

fn foot(table: &mut Table<'_>, month: &ClosedMonth, upd: Upd, parties: Parties<'_>) -> Result<(), XlsxError> {
    table.line(page::NOTE)?;
    table.row += 1;
    let posts = ["Руководитель организации", "Главный бухгалтер"];
    for ((columns, post), name) in SIDES.into_iter().zip(posts).zip(parties.signers()) {
        table.over(columns, &format!("{post} ________________ {}", signer(name)), false)?;
    }
    table.end_row()?;
    table.signatures(SIDES, page::sides(parties))?;
    table.row += 1;
    table.line(&page::shipped(month, upd))
}
