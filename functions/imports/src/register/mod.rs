//! A register of companies: a file of text, its records, and what each of them says.

mod row;
mod text;

pub use row::{COLUMNS, Refused, Row};
pub use text::{Record, decode, records};

use oktan_shared::http::FieldProblem;
use std::collections::HashMap;

/// Lines of one register; more are several registers.
pub const ROWS_MAX: usize = 2_000;
/// A column that is not read: the file of failed rows has it.
pub const REASON: &str = "reason";

/// What a register says, line by line in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// The rows that say all that is needed, each company and each login once.
    pub rows: Vec<Row>,
    /// The rows that do not, and why.
    pub refused: Vec<Refused>,
}

/// Reads a register: UTF-8 with or without a BOM, or windows-1251; cells parted by `;` or `,`.
///
/// # Errors
/// What is wrong with the file as a whole, never an empty list: `register_empty`, `register_not_text`,
/// `register_header_missing`, `register_no_rows`, `register_too_long`; `column_missing`, `column_unknown`,
/// `column_repeated` by the column's name.
pub fn read(bytes: &[u8]) -> Result<Register, Vec<FieldProblem>> {
    let text = decode(bytes).map_err(|invalid| vec![problem("", invalid.code, &invalid.message)])?;
    let mut records = records(&text).into_iter();
    let header = records.next().ok_or_else(|| vec![problem("", "register_empty", "the file is empty")])?;
    let columns = row::columns(&header)?;
    let mut register = Register { rows: Vec::new(), refused: Vec::new() };
    let (mut inns, mut logins) = (HashMap::new(), HashMap::new());
    for (count, record) in records.enumerate() {
        if count == ROWS_MAX {
            let message = format!("a register has at most {ROWS_MAX} rows: split the file");
            return Err(vec![problem("", "register_too_long", &message)]);
        }
        match row::read(&record, &columns) {
            Err(refused) => register.refused.push(refused),
            Ok(row) => {
                let said = |column: &str, code: &str, before: Option<&usize>| {
                    before.map(|line| problem(column, code, &format!("line {line} has this {column} already")))
                };
                let errors = [
                    said("inn", "inn_taken", inns.get(&row.inn)),
                    said("owner_login", "login_taken", logins.get(&row.login)),
                ];
                let errors: Vec<_> = errors.into_iter().flatten().collect();
                if errors.is_empty() {
                    inns.insert(row.inn.clone(), row.line);
                    logins.insert(row.login.clone(), row.line);
                    register.rows.push(row);
                } else {
                    register.refused.push(Refused { line: row.line, last_line: row.last_line, errors });
                }
            }
        }
    }
    if register.rows.is_empty() && register.refused.is_empty() {
        return Err(vec![problem("", "register_no_rows", "the file has a header and no rows")]);
    }
    Ok(register)
}

fn problem(column: &str, code: &str, message: &str) -> FieldProblem {
    FieldProblem { field: column.to_owned(), code: code.to_owned(), message: message.to_owned() }
}
