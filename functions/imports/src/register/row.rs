//! From a record to a company: every cell that is not acceptable is named by its column.

use super::text::Record;
use super::{REASON, problem};
use chrono::NaiveDate;
use oktan_shared::domain::text::{CompanyName, ContractNumber, Email, Kpp, Login, PersonName, Phone};
use oktan_shared::domain::{Day, Inn, Invalid};
use oktan_shared::http::FieldProblem;

/// The columns, in any order.
pub const COLUMNS: [&str; 10] = [
    "inn",
    "kpp",
    "name",
    "contract_number",
    "contract_date",
    "contact_full_name",
    "phone",
    "email",
    "owner_login",
    "cards",
];

/// Cards that one row may ask for.
const CARDS_MAX: u32 = 200;
/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// A company to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file on which it starts.
    pub line: usize,
    /// The line on which it ends.
    pub last_line: usize,
    /// Its taxpayer's number.
    pub inn: Inn,
    /// Its registration, of a legal entity.
    pub kpp: Option<Kpp>,
    /// Its name.
    pub name: CompanyName,
    /// The contract's number.
    pub contract_number: ContractNumber,
    /// The contract's date.
    pub contract_date: NaiveDate,
    /// The contact, who is the owner too.
    pub full_name: PersonName,
    /// Their telephone.
    pub phone: Phone,
    /// Their address, to which the credentials go.
    pub email: Email,
    /// The owner's login.
    pub login: Login,
    /// How many cards to issue, 0 to 200.
    pub cards: u32,
}

/// A row that is no company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line of the file on which it starts.
    pub line: usize,
    /// The line on which it ends.
    pub last_line: usize,
    /// Every cell that is not acceptable, by its column; at least one.
    pub errors: Vec<FieldProblem>,
}

/// Where the header has each of [`COLUMNS`], and how many columns it has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns {
    at: [usize; COLUMNS.len()],
    count: usize,
}

/// Reads the header.
pub(super) fn columns(header: &Record) -> Result<Columns, Vec<FieldProblem>> {
    let names: Vec<String> = header.cells.iter().map(|name| name.to_lowercase()).collect();
    if !names.iter().any(|name| COLUMNS.contains(&name.as_str())) {
        let message = format!("the first line must name the columns: {}", COLUMNS.join(";"));
        return Err(vec![problem("", "register_header_missing", &message)]);
    }
    let mut errors = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let shown: String = name.chars().take(40).collect();
        if names.iter().take(at).any(|before| before == name) {
            errors.push(problem(&shown, "column_repeated", "this column is there twice"));
        } else if name != REASON && !COLUMNS.contains(&name.as_str()) {
            errors.push(problem(&shown, "column_unknown", "there is no such column"));
        }
    }
    let mut at = [0; COLUMNS.len()];
    for (place, column) in at.iter_mut().zip(COLUMNS) {
        match names.iter().position(|name| name == column) {
            Some(found) => *place = found,
            None => errors.push(problem(column, "column_missing", "this column is missing")),
        }
    }
    // A file of thousands of columns need not have all of them told.
    errors.truncate(2 * COLUMNS.len());
    if errors.is_empty() { Ok(Columns { at, count: names.len() }) } else { Err(errors) }
}

/// Reads a row.
pub(super) fn read(record: &Record, columns: &Columns) -> Result<Row, Refused> {
    let (line, last_line) = (record.line, record.last_line);
    let refused = |errors| Refused { line, last_line, errors };
    let found = record.cells.len();
    if found != columns.count {
        let message = format!("{found} cells where {} are due; the row ends on line {last_line}", columns.count);
        return Err(refused(vec![problem("", "cells_mismatch", &message)]));
    }
    let mut cells = Cells { record, columns, errors: Vec::new() };
    let inn = cells.take("inn", Inn::parse);
    let kpp = cells.optional("kpp", Kpp::parse);
    let name = cells.text("name", CompanyName::parse);
    let contract_number = cells.text("contract_number", ContractNumber::parse);
    let contract_date = cells.take("contract_date", date);
    let full_name = cells.text("contact_full_name", PersonName::parse);
    let phone = cells.take("phone", Phone::parse);
    let email = cells.text("email", Email::parse);
    let login = cells.text("owner_login", Login::parse);
    let cards = cells.take("cards", cards);
    if matches!((&inn, &kpp), (Some(inn), Some(Some(_))) if !inn.is_legal_entity()) {
        cells.refuse("kpp", &Invalid::new("kpp_of_sole_trader", "a sole trader has no KPP"));
    }
    let errors = cells.errors;
    let row = || {
        Some(Row {
            line,
            last_line,
            inn: inn?,
            kpp: kpp?,
            name: name?,
            contract_number: contract_number?,
            contract_date: contract_date?,
            full_name: full_name?,
            phone: phone?,
            email: email?,
            login: login?,
            cards: cards?,
        })
    };
    if errors.is_empty() { row().ok_or_else(|| refused(Vec::new())) } else { Err(refused(errors)) }
}

/// The cells of a row while they are read.
struct Cells<'a> {
    record: &'a Record,
    columns: &'a Columns,
    errors: Vec<FieldProblem>,
}

impl Cells<'_> {
    fn cell(&self, column: &str) -> String {
        let at = COLUMNS.iter().position(|name| *name == column).and_then(|place| self.columns.at.get(place));
        at.and_then(|at| self.record.cells.get(*at)).cloned().unwrap_or_default()
    }

    fn refuse(&mut self, column: &str, invalid: &Invalid) {
        self.errors.push(problem(column, invalid.code, &invalid.message));
    }

    fn take<T>(&mut self, column: &str, parse: impl Fn(&str) -> Result<T, Invalid>) -> Option<T> {
        let cell = self.cell(column);
        let parsed = match cell.as_str() {
            "" => Err(Invalid::new("required", "this cell is empty")),
            cell => parse(cell),
        };
        parsed.map_err(|invalid| self.refuse(column, &invalid)).ok()
    }

    /// A cell that may be empty.
    fn optional<T>(&mut self, column: &str, parse: impl Fn(&str) -> Result<T, Invalid>) -> Option<Option<T>> {
        if self.cell(column).is_empty() { Some(None) } else { self.take(column, parse).map(Some) }
    }

    /// A cell whose text comes back in spreadsheets: none begins as a formula does.
    fn text<T>(&mut self, column: &str, parse: impl Fn(&str) -> Result<T, Invalid>) -> Option<T> {
        self.take(column, |cell| {
            if cell.starts_with(FORMULA) {
                return Err(Invalid::new("formula_cell", "a text does not begin with =, +, - or @"));
            }
            parse(cell)
        })
    }
}

/// `2026-10-26`, or `26.10.2026` as a spreadsheet saves it.
fn date(cell: &str) -> Result<NaiveDate, Invalid> {
    let turned = match cell.split('.').collect::<Vec<_>>().as_slice() {
        [day, month, year] => format!("{year}-{month}-{day}"),
        _ => cell.to_owned(),
    };
    Day::parse(&turned).map(Day::get)
}

fn cards(cell: &str) -> Result<u32, Invalid> {
    let count = cell.bytes().all(|byte| byte.is_ascii_digit()).then(|| cell.parse().ok()).flatten();
    count
        .filter(|count| *count <= CARDS_MAX)
        .ok_or_else(|| Invalid::new("cards_out_of_range", format!("a whole number of cards, 0 to {CARDS_MAX}")))
}
