//! Tables whose head is there again on every page.

use super::layout::placed;
use super::{Align, Face, LEFT, Mark, Sheet, Style, Unit};

/// Between a cell's line and its text.
const PAD: Unit = 400;
const LINE: Unit = 50;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// What stands above it.
    pub title: &'static str,
    /// Its part of the width, in thousandths.
    pub share: Unit,
    /// To which side its cells stand.
    pub align: Align,
}

impl Sheet {
    /// A table over the whole width. A row is never torn.
    pub fn table(&mut self, columns: &[Column], size: Unit, rows: &[Vec<String>]) {
        self.table_with_sums(columns, size, rows, 0, |_| false);
    }

    /// The same, and which of the rows are sums, in bold. Its last row stands where there is room for so much below it.
    pub fn table_with_sums(
        &mut self,
        columns: &[Column],
        size: Unit,
        rows: &[Vec<String>],
        below: Unit,
        is_sum: impl Fn(usize) -> bool,
    ) {
        let head = Style::new(Face::Bold, size);
        let within = self.within();
        let titles: Vec<String> = columns.iter().map(|column| column.title.to_owned()).collect();
        let cells = |style: Style, row: &[String]| -> Vec<Vec<String>> {
            let lines =
                columns.iter().zip(row).map(|(column, cell)| style.lines(cell, width(column, within) - 2 * PAD));
            lines.collect()
        };
        let head_cells = cells(head, &titles);
        let mut first = true;
        for (at, row) in rows.iter().enumerate() {
            let body = if is_sum(at) { head } else { Style::new(Face::Regular, size) };
            let row_cells = cells(body, row);
            let wanted = height(&row_cells, body)
                + if first { height(&head_cells, head) } else { 0 }
                + if at + 1 == rows.len() { below } else { 0 };
            if self.keep(wanted) || first {
                self.row(columns, head, &head_cells, true);
                first = false;
            }
            self.row(columns, body, &row_cells, false);
        }
    }

    fn row(&mut self, columns: &[Column], style: Style, cells: &[Vec<String>], is_head: bool) {
        let (top, height, within) = (self.y(), height(cells, style), self.within());
        if is_head {
            self.rule(LEFT, within, LINE);
        }
        let mut x = LEFT;
        for (column, lines) in columns.iter().zip(cells) {
            self.upright(x, top, height);
            let mut y = top + PAD;
            for line in lines {
                y += style.leading;
                self.put(placed(
                    style.to(column.align),
                    line.clone(),
                    x + PAD,
                    width(column, within) - 2 * PAD,
                    y - style.leading / 4,
                ));
            }
            x += width(column, within);
        }
        self.upright(LEFT + within, top, height);
        self.gap(height);
        self.rule(LEFT, within, LINE);
    }

    fn upright(&mut self, x: Unit, top: Unit, height: Unit) {
        self.put(Mark::Rule { from: (x, top), to: (x, top + height), width: LINE });
    }
}

fn width(column: &Column, within: Unit) -> Unit {
    within * column.share / 1_000
}

fn height(cells: &[Vec<String>], style: Style) -> Unit {
    let lines = cells.iter().map(Vec::len).max().unwrap_or(1);
    Unit::try_from(lines).unwrap_or(1) * style.leading + 2 * PAD
}
