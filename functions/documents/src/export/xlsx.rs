//! A workbook: typed cells, a head that stays in sight, sums. Lines go to a file of the system's as they are written.

use super::row::{HEAD, Row};
use crate::figures::Quantities;
use crate::sheets::{A4, Looks, number};
use oktan_shared::domain::Kopecks;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

const WIDTHS: [u16; 17] = [18, 14, 22, 22, 8, 18, 6, 12, 11, 12, 16, 8, 18, 16, 14, 60, 16];

/// A workbook while it is written.
pub struct Book {
    book: Workbook,
    looks: Looks,
    row: u32,
    quantities: Quantities,
    discount: Kopecks,
    amount: Kopecks,
}

impl Book {
    /// An empty one with its head.
    ///
    /// # Errors
    /// When the library cannot write.
    pub fn new() -> Result<Self, XlsxError> {
        let mut book = Workbook::new();
        let looks = Looks::new();
        let sheet = book.add_worksheet_with_constant_memory()?;
        sheet.set_name("История операций")?;
        for (column, (name, width)) in (0..).zip(HEAD.into_iter().zip(WIDTHS)) {
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, name, &looks.head)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        Ok(Self {
            book,
            looks,
            row: 1,
            quantities: Quantities::default(),
            discount: Kopecks::ZERO,
            amount: Kopecks::ZERO,
        })
    }

    /// One more line.
    ///
    /// # Errors
    /// When the library cannot write.
    pub fn row(&mut self, row: &Row) -> Result<(), XlsxError> {
        let (at, looks) = (self.row, &self.looks);
        let sheet = self.book.worksheet_from_index(0)?;
        sheet.write_datetime_with_format(at, 0, row.at, &looks.moment)?;
        sheet.write_string(at, 1, row.kind)?;
        text(sheet, at, 2, row.card.as_ref().map(|card| card.as_str()).unwrap_or_default())?;
        text(sheet, at, 3, &row.label)?;
        text(sheet, at, 4, &row.station)?;
        text(sheet, at, 5, &row.product)?;
        text(sheet, at, 6, row.unit)?;
        if let Some(quantity) = row.quantity {
            sheet.write_number_with_format(at, 7, number(quantity), &looks.quantity)?;
            self.quantities.add(row.unit, quantity);
        }
        if let Some(price) = row.price {
            sheet.write_number_with_format(at, 8, number(price), &looks.money)?;
        }
        sheet.write_number_with_format(at, 9, number(row.discount), &looks.money)?;
        sheet.write_number_with_format(at, 10, number(row.amount), &looks.money)?;
        if let Some(percent) = row.vat_percent {
            sheet.write_number(at, 11, percent)?;
        }
        if let Some(authorized) = row.authorized_at {
            sheet.write_datetime_with_format(at, 12, authorized, &looks.moment)?;
        }
        text(sheet, at, 13, &row.document_number)?;
        if let Some(date) = row.document_date {
            sheet.write_datetime_with_format(at, 14, date, &looks.day)?;
        }
        text(sheet, at, 15, &row.remark)?;
        if let Some(moved) = row.moved {
            sheet.write_number_with_format(at, 16, number(moved), &looks.money)?;
        }
        self.discount = self.discount.saturating_add(row.discount);
        self.amount = self.amount.saturating_add(row.amount);
        self.row = at.saturating_add(1);
        Ok(())
    }

    /// The whole file, its sums below the lines: the money, and quantities of each unit, which of several units have rows of
    /// their own.
    ///
    /// # Errors
    /// When the library cannot write.
    pub fn end(mut self) -> Result<Vec<u8>, XlsxError> {
        let (mut at, looks) = (self.row, &self.looks);
        let sheet = self.book.worksheet_from_index(0)?;
        sheet.write_string_with_format(at, 0, "Всего", &looks.bold)?;
        sheet.write_number_with_format(at, 9, number(self.discount), &looks.money_bold)?;
        sheet.write_number_with_format(at, 10, number(self.amount), &looks.money_bold)?;
        for (unit, quantity) in self.quantities.each() {
            if !self.quantities.is_of_one_unit() {
                at = at.saturating_add(1);
                sheet.write_string_with_format(at, 0, "Всего", &looks.bold)?;
            }
            sheet.write_string_with_format(at, 6, unit, &looks.bold)?;
            sheet.write_number_with_format(at, 7, number(quantity), &looks.quantity_bold)?;
        }
        self.book.save_to_buffer()
    }
}

/// A cell of text: data, whatever it begins with.
fn text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if !text.is_empty() {
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}
