//! A register of operations as a table.

use super::{Table, written};
use crate::figures::Quantities;
use crate::parties::Parties;
use crate::register::{Operation, Register, amount, discount, parts, product_name, product_unit, quantities, title};
use oktan_shared::App;
use oktan_shared::http::Problem;
use oktan_shared::table::ClosedMonth;
use rust_xlsxwriter::XlsxError;

const WIDTHS: [u16; 14] = [22, 18, 18, 24, 8, 20, 6, 14, 11, 13, 8, 16, 16, 18];
const HEAD: [&str; 14] = [
    "Карта",
    "Название карты",
    "Дата и время",
    "Операция",
    "АЗС",
    "Товар",
    "Ед.",
    "Количество",
    "Цена",
    "Скидка",
    "НДС, %",
    "Сумма с НДС",
    "Итого по карте, количество",
    "Итого по карте, с НДС",
];
/// What a card's operations come to stands in columns of its own, so that a column's cells add up to its total.
const OF_CARD: (u16, u16) = (12, 13);

/// The table of a register: all operations by card, each card's with what they come to.
///
/// # Errors
/// 503 when the library refuses what it was given.
pub fn register(app: &App, month: &ClosedMonth, parties: Parties<'_>, register: &Register) -> Result<Vec<u8>, Problem> {
    written(|book| {
        let mut table = Table::new(book, "Реестр", &WIDTHS)?;
        table.title(&title(month))?;
        for line in parts(month, parties) {
            table.line(&line)?;
        }
        table.head(&HEAD)?;
        for (card, label, operations) in register.cards() {
            for one in operations {
                operation(&mut table, app, one, label)?;
            }
            let mut names = |table: &mut Table<'_>| {
                table.bold(0, card.as_str())?;
                label_cell(table, label)?;
                table.bold(3, "Итого по карте")
            };
            names(&mut table)?;
            table.money(OF_CARD.1, amount(operations), true)?;
            measured(&mut table, OF_CARD.0, &quantities(app, operations), &mut names)?;
        }
        table.bold(0, "Всего")?;
        table.money(9, discount(&register.operations), true)?;
        table.money(11, amount(&register.operations), true)?;
        let all = quantities(app, &register.operations);
        measured(&mut table, 7, &all, &mut |table| table.bold(0, "Всего"))
    })
}

fn label_cell(table: &mut Table<'_>, label: &str) -> Result<(), XlsxError> {
    if label.is_empty() { Ok(()) } else { table.text(1, label) }
}

fn operation(table: &mut Table<'_>, app: &App, operation: &Operation, label: &str) -> Result<(), XlsxError> {
    table.text(0, operation.card.as_str())?;
    label_cell(table, label)?;
    table.sheet.write_datetime_with_format(table.row, 2, operation.at, &table.looks.moment)?;
    table.text(3, operation.kind.words())?;
    table.text(4, operation.station.as_str())?;
    table.text(5, &product_name(app, operation.product))?;
    table.text(6, product_unit(app, operation.product))?;
    table.quantity(7, operation.quantity, false)?;
    table.money(8, operation.price, false)?;
    table.money(9, operation.discount, false)?;
    table.sheet.write_number(table.row, 10, f64::from(operation.vat_percent))?;
    table.money(11, operation.amount, false)?;
    table.row += 1;
    Ok(())
}

/// Quantities of one unit in this row; of several each in a row of its own, which is named as this one is.
fn measured(
    table: &mut Table<'_>,
    column: u16,
    all: &Quantities,
    named: &mut impl FnMut(&mut Table<'_>) -> Result<(), XlsxError>,
) -> Result<(), XlsxError> {
    for (unit, quantity) in all.each() {
        if !all.is_of_one_unit() {
            table.row += 1;
            named(table)?;
        }
        table.bold(6, unit)?;
        table.quantity(column, quantity, true)?;
    }
    table.row += 1;
    Ok(())
}
