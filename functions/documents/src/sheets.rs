//! Tables for a spreadsheet: typed cells, a frozen head, sums. Rows go to a file as they are written, so memory stays small.

use crate::register::{Operation, product_name};
use oktan_shared::App;
use oktan_shared::domain::papers::{Reconciliation, SupplyLine, totals};
use oktan_shared::domain::{Kopecks, Millilitres};
use oktan_shared::http::Problem;
use oktan_shared::table::ClosedMonth;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// The number that a spreadsheet knows the paper by.
const A4: u8 = 9;

/// How cells of each kind look.
pub struct Looks {
    pub bold: Format,
    pub head: Format,
    pub money: Format,
    pub money_bold: Format,
    pub quantity: Format,
    pub price: Format,
    pub moment: Format,
    pub day: Format,
}

impl Looks {
    pub fn new() -> Self {
        let money = Format::new().set_num_format("#,##0.00");
        Self {
            bold: Format::new().set_bold(),
            head: Format::new().set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            money_bold: money.clone().set_bold(),
            money,
            quantity: Format::new().set_num_format("#,##0.000"),
            price: Format::new().set_num_format("#,##0.00#########"),
            moment: Format::new().set_num_format("dd.mm.yyyy hh:mm"),
            day: Format::new().set_num_format("dd.mm.yyyy"),
        }
    }
}

/// A table while it is written, row by row.
struct Table<'a> {
    sheet: &'a mut Worksheet,
    looks: Looks,
    row: u32,
}

impl<'a> Table<'a> {
    fn new(book: &'a mut Workbook, name: &str, widths: &[u16]) -> Result<Self, XlsxError> {
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        // Printed, it is as wide as the paper.
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        for (column, width) in (0..).zip(widths) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(Self { sheet, looks: Looks::new(), row: 0 })
    }

    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, text, &self.looks.bold)?;
        self.row += 1;
        Ok(())
    }

    /// The columns' names; they and what stands above them stay in sight, and come again on each printed page.
    fn head(&mut self, names: &[&str]) -> Result<(), XlsxError> {
        for (column, name) in (0..).zip(names) {
            self.sheet.write_string_with_format(self.row, column, *name, &self.looks.head)?;
        }
        self.row += 1;
        self.sheet.set_freeze_panes(self.row, 0)?;
        self.sheet.set_repeat_rows(0, self.row - 1)?;
        Ok(())
    }

    fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string(self.row, column, text).map(|_| ())
    }

    fn money(&mut self, column: u16, amount: Kopecks, bold: bool) -> Result<(), XlsxError> {
        let look = if bold { &self.looks.money_bold } else { &self.looks.money };
        self.sheet.write_number_with_format(self.row, column, number(amount), look).map(|_| ())
    }

    fn quantity(&mut self, column: u16, quantity: Millilitres) -> Result<(), XlsxError> {
        let look = &self.looks.quantity;
        self.sheet.write_number_with_format(self.row, column, number(quantity), look).map(|_| ())
    }
}

/// A decimal as a cell has it: the nearest number, which a spreadsheet shows with the decimals it was written with.
pub fn number(decimal: impl std::fmt::Display) -> f64 {
    decimal.to_string().parse().unwrap_or_default()
}

/// The table of an УПД.
///
/// # Errors
/// 503 when the library refuses what it was given.
pub fn upd(app: &App, month: &ClosedMonth, title: &str) -> Result<Vec<u8>, Problem> {
    written(|book| {
        let mut table = Table::new(book, "УПД", &[36, 8, 14, 16, 18, 10, 16, 18])?;
        table.title(title)?;
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
        table.text(0, "Всего")?;
        table.money(4, amount.saturating_sub(vat), true)?;
        table.money(6, vat, true)?;
        table.money(7, amount, true)
    })
}

fn supply(table: &mut Table<'_>, app: &App, line: &SupplyLine, prefix: &str) -> Result<(), XlsxError> {
    let unit = app.catalogue().by_ix(line.product).map_or("", |product| crate::figures::unit(product.unit).1);
    table.text(0, &format!("{prefix}{}", product_name(app, line.product)))?;
    table.text(1, unit)?;
    table.quantity(2, line.quantity)?;
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

/// The table of a register: all operations by card.
///
/// # Errors
/// 503 when the library refuses what it was given.
pub fn register(app: &App, title: &str, operations: &[Operation]) -> Result<Vec<u8>, Problem> {
    written(|book| {
        let mut table = Table::new(book, "Реестр", &[22, 18, 22, 10, 20, 14, 12, 14, 8, 16])?;
        table.title(title)?;
        table.head(&[
            "Карта",
            "Дата и время",
            "Операция",
            "АЗС",
            "Товар",
            "Количество",
            "Цена",
            "Скидка",
            "НДС, %",
            "Сумма с НДС",
        ])?;
        for operation in operations {
            table.text(0, operation.card.as_str())?;
            table.sheet.write_datetime_with_format(table.row, 1, operation.at, &table.looks.moment)?;
            table.text(2, operation.kind.words())?;
            table.text(3, operation.station.as_str())?;
            table.text(4, &product_name(app, operation.product))?;
            table.quantity(5, operation.quantity)?;
            table.money(6, operation.price, false)?;
            table.money(7, operation.discount, false)?;
            table.sheet.write_number(table.row, 8, f64::from(operation.vat_percent))?;
            table.money(9, operation.amount, false)?;
            table.row += 1;
        }
        let total = operations.iter().fold(Kopecks::ZERO, |sum, operation| sum.saturating_add(operation.amount));
        table.text(0, "Всего")?;
        table.money(9, total, true)
    })
}

/// The table of an act: `words` says what each line is about.
///
/// # Errors
/// 503 when the library refuses what it was given.
pub fn reconciliation(title: &str, act: &Reconciliation, words: &[String]) -> Result<Vec<u8>, Problem> {
    written(|book| {
        let mut table = Table::new(book, "Акт сверки", &[14, 60, 18, 18, 18])?;
        table.title(title)?;
        table.head(&["Дата", "Документ", "Дебет", "Кредит", "Сальдо (долг со знаком минус)"])?;
        table.text(1, "Сальдо начальное")?;
        table.money(4, act.opening, true)?;
        table.row += 1;
        for (line, words) in act.lines.iter().zip(words) {
            table.sheet.write_datetime_with_format(table.row, 0, line.date, &table.looks.day)?;
            table.text(1, words)?;
            for (column, side) in [(2, line.debit), (3, line.credit)] {
                if side != Kopecks::ZERO {
                    table.money(column, side, false)?;
                }
            }
            table.money(4, line.balance, false)?;
            table.row += 1;
        }
        table.text(1, "Обороты и сальдо конечное")?;
        table.money(2, act.debit, true)?;
        table.money(3, act.credit, true)?;
        table.money(4, act.closing, true)
    })
}

fn written(fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Result<Vec<u8>, Problem> {
    let mut book = Workbook::new();
    let saved = fill(&mut book).and_then(|()| book.save_to_buffer());
    saved.map_err(|error| {
        tracing::error!(?error, "a table was not written");
        Problem::unavailable()
    })
}
