//! Tables for a spreadsheet: who and what is above, typed cells under a frozen head, sums, who signs below. Rows go to a file as
//! they are written, so memory stays small.

mod act;
mod register;
mod upd;

pub use act::reconciliation;
pub use register::register;
pub use upd::upd;

use crate::parties::signer;
use oktan_shared::domain::{Kopecks, Millilitres};
use oktan_shared::http::Problem;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// The number that a spreadsheet knows the paper by.
pub const A4: u8 = 9;
/// How high a line of text is, in points.
const LINE: u16 = 15;

/// How cells of each kind look.
pub struct Looks {
    pub bold: Format,
    pub head: Format,
    pub money: Format,
    pub money_bold: Format,
    pub quantity: Format,
    pub quantity_bold: Format,
    pub price: Format,
    pub moment: Format,
    pub day: Format,
    wrapped: Format,
    wrapped_bold: Format,
}

impl Looks {
    pub fn new() -> Self {
        let money = Format::new().set_num_format("#,##0.00");
        let quantity = Format::new().set_num_format("#,##0.000");
        let wrapped = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        Self {
            bold: Format::new().set_bold(),
            head: Format::new().set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            money_bold: money.clone().set_bold(),
            money,
            quantity_bold: quantity.clone().set_bold(),
            quantity,
            price: Format::new().set_num_format("#,##0.00#########"),
            moment: Format::new().set_num_format("dd.mm.yyyy hh:mm").set_align(FormatAlign::Left),
            day: Format::new().set_num_format("dd.mm.yyyy").set_align(FormatAlign::Left),
            wrapped_bold: wrapped.clone().set_bold(),
            wrapped,
        }
    }
}

/// Neighbouring columns, from the first to the last.
type Columns = (u16, u16);

/// A table while it is written, row by row.
struct Table<'a> {
    sheet: &'a mut Worksheet,
    looks: Looks,
    widths: &'static [u16],
    row: u32,
    /// Lines of the highest text of the row.
    lines: u16,
}

impl<'a> Table<'a> {
    fn new(book: &'a mut Workbook, name: &str, widths: &'static [u16]) -> Result<Self, XlsxError> {
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        // Printed, it is as wide as the paper.
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        for (column, width) in (0..).zip(widths) {
            sheet.set_column_width(column, *width)?;
        }
        Ok(Self { sheet, looks: Looks::new(), widths, row: 0, lines: 1 })
    }

    /// All columns.
    fn all(&self) -> Columns {
        (0, u16::try_from(self.widths.len()).unwrap_or(1).saturating_sub(1))
    }

    fn title(&mut self, text: &str) -> Result<(), XlsxError> {
        self.over(self.all(), text, true)?;
        self.end_row()
    }

    /// A paragraph over all columns.
    fn line(&mut self, text: &str) -> Result<(), XlsxError> {
        self.over(self.all(), text, false)?;
        self.end_row()
    }

    /// A text over columns of this row, broken into as many lines as it needs.
    fn over(&mut self, (from, to): Columns, text: &str, bold: bool) -> Result<(), XlsxError> {
        let look = if bold { &self.looks.wrapped_bold } else { &self.looks.wrapped };
        if from == to {
            self.sheet.write_string_with_format(self.row, from, text, look)?;
        } else {
            self.sheet.merge_range(self.row, from, self.row, to, text, look)?;
        }
        let columns = self.widths.iter().take(usize::from(to) + 1).skip(usize::from(from));
        let room: u16 = columns.sum::<u16>().max(1);
        let letters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
        self.lines = self.lines.max(letters.div_ceil(room));
        Ok(())
    }

    /// Goes on to the next row; this one is as high as its texts need.
    fn end_row(&mut self) -> Result<(), XlsxError> {
        if self.lines > 1 {
            self.sheet.set_row_height(self.row, self.lines.saturating_mul(LINE))?;
        }
        (self.row, self.lines) = (self.row + 1, 1);
        Ok(())
    }

    /// The columns' names after an empty row; they and what stands above them stay in sight, and they come again on each printed
    /// page.
    fn head(&mut self, names: &[&str]) -> Result<(), XlsxError> {
        self.row += 1;
        for (column, name) in (0..).zip(names) {
            self.sheet.write_string_with_format(self.row, column, *name, &self.looks.head)?;
        }
        self.sheet.set_repeat_rows(self.row, self.row)?;
        self.row += 1;
        self.sheet.set_freeze_panes(self.row, 0)?;
        Ok(())
    }

    fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string(self.row, column, text).map(|_| ())
    }

    fn bold(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, column, text, &self.looks.bold).map(|_| ())
    }

    fn money(&mut self, column: u16, amount: Kopecks, bold: bool) -> Result<(), XlsxError> {
        let look = if bold { &self.looks.money_bold } else { &self.looks.money };
        self.sheet.write_number_with_format(self.row, column, number(amount), look).map(|_| ())
    }

    fn quantity(&mut self, column: u16, quantity: Millilitres, bold: bool) -> Result<(), XlsxError> {
        let look = if bold { &self.looks.quantity_bold } else { &self.looks.quantity };
        self.sheet.write_number_with_format(self.row, column, number(quantity), look).map(|_| ())
    }

    /// Who signs, each side in its columns: a heading, whose it is, lines for post, signature and name.
    fn signatures(&mut self, columns: [Columns; 2], sides: [(&str, &str, &str); 2]) -> Result<(), XlsxError> {
        self.row += 1;
        let rows = sides.map(|(what, who, name)| {
            let name = if name.is_empty() { "____________".to_owned() } else { signer(name) };
            let signed = format!("Должность __________ Подпись __________ / {name} /");
            [(what.to_owned(), true), (who.to_owned(), false), (signed, false), (STAMP.to_owned(), false)]
        });
        let [left, right] = rows;
        for (at, row) in left.into_iter().zip(right).enumerate() {
            // Room to sign in.
            self.row += u32::from(at > 1);
            for (columns, (text, bold)) in columns.into_iter().zip([row.0, row.1]) {
                self.over(columns, &text, bold)?;
            }
            self.end_row()?;
        }
        Ok(())
    }
}

const STAMP: &str = "М.П.   «___» ____________ 20___ г.";

/// A decimal as a cell has it: the nearest number, which a spreadsheet shows with the decimals it was written with.
pub fn number(decimal: impl std::fmt::Display) -> f64 {
    decimal.to_string().parse().unwrap_or_default()
}

fn written(fill: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>) -> Result<Vec<u8>, Problem> {
    let mut book = Workbook::new();
    let saved = fill(&mut book).and_then(|()| book.save_to_buffer());
    saved.map_err(|error| {
        tracing::error!(?error, "a table was not written");
        Problem::unavailable()
    })
}
