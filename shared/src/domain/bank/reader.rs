//! The reader of a statement: byte by byte in one pass, with no more in mind than a line, a section and the accounts' sums.

use super::document::{KEYS, incoming};
use super::fields::{Fields, account, amount, date};
use super::turnover::{self, Books, Turnover};
use super::{AccountNumber, Document, Encoding, Refused};
use crate::domain::Invalid;
use crate::domain::text::DocumentNumber;
use chrono::NaiveDate;
use std::collections::BTreeMap;

/// Bytes of one line.
pub const LINE_MAX: usize = 4_096;
/// Documents of one statement, whichever way the money went.
pub const DOCUMENTS_MAX: u32 = 10_000;
/// Own accounts of one statement.
const ACCOUNTS_MAX: usize = 100;
/// Sections of own accounts: one a day for years.
const SECTIONS_MAX: u32 = 5_000;
/// The versions of the format that are read.
const VERSIONS: [&str; 3] = ["1.01", "1.02", "1.03"];

const FIRST_LINE: &str = "1CClientBankExchange";
const LAST_LINE: &str = "КонецФайла";
const ACCOUNT: &str = "СекцияРасчСчет";
const ACCOUNT_END: &str = "КонецРасчСчет";
const DOCUMENT: &str = "СекцияДокумент";
const DOCUMENT_END: &str = "КонецДокумента";

/// What the lines outside of sections are read for.
const HEADER: [&str; 4] = ["ВерсияФормата", "ДатаНачала", "ДатаКонца", "Кодировка"];
/// Reads a statement as it comes, in pieces of any size.
#[derive(Debug)]
pub struct Reader {
    /// The line that has not ended yet.
    pending: Vec<u8>,
    /// Lines that have.
    lines: usize,
    encoding: Option<Encoding>,
    at: At,
    header: Fields,
    /// Own accounts, and whether the header names them.
    own: BTreeMap<AccountNumber, Books>,
    named: bool,
    /// A section has begun: what the header says is said.
    begun: bool,
    documents: u32,
    sections: u32,
}

#[derive(Debug)]
enum At {
    Start,
    Outside,
    Account(Fields),
    Document(Fields),
    End,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            pending: Vec::new(),
            lines: 0,
            encoding: None,
            at: At::Start,
            header: Fields::new(1, &HEADER),
            own: BTreeMap::new(),
            named: false,
            begun: false,
            documents: 0,
            sections: 0,
        }
    }
}

impl Reader {
    /// Reads on; `each` is given what came to an own account. It counts for nothing unless [`Reader::finish`] says so.
    ///
    /// # Errors
    /// What is wrong, as [`super::Statement::read`] says.
    pub fn push(&mut self, mut bytes: &[u8], each: &mut impl FnMut(Document)) -> Result<(), Refused> {
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            let (line, rest) = bytes.split_at(end);
            self.hold(line)?;
            self.line(each)?;
            bytes = rest.get(1..).unwrap_or_default();
        }
        self.hold(bytes)
    }

    /// The end of the file: the own accounts, whose totals are right.
    ///
    /// # Errors
    /// What is wrong, as [`super::Statement::read`] says.
    pub fn finish(mut self, each: &mut impl FnMut(Document)) -> Result<Vec<(AccountNumber, Turnover)>, Refused> {
        if !self.pending.is_empty() {
            self.line(each)?;
        }
        let refused = |code, message| Err(Refused::new(self.lines.max(1), "", code, message));
        match self.at {
            At::Start => return refused("statement_empty", "the file is empty"),
            At::End => {}
            At::Outside | At::Account(_) | At::Document(_) => {
                return refused("statement_truncated", "the file ends before its last line, КонецФайла");
            }
        }
        if self.own.is_empty() {
            return refused("statement_account", "the file names no account of its own");
        }
        for books in self.own.values() {
            books.check()?;
        }
        Ok(self.own.into_iter().map(|(account, books)| (account, books.turnover)).collect())
    }

    fn hold(&mut self, part: &[u8]) -> Result<(), Refused> {
        if self.pending.len() + part.len() > LINE_MAX {
            let message = format!("a line has at most {LINE_MAX} bytes");
            return Err(Refused::new(self.lines + 1, "", "statement_line_too_long", &message));
        }
        self.pending.extend_from_slice(part);
        Ok(())
    }

    fn line(&mut self, each: &mut impl FnMut(Document)) -> Result<(), Refused> {
        self.lines += 1;
        let bytes = std::mem::take(&mut self.pending);
        let mut line = bytes.as_slice();
        if self.lines == 1
            && let Some(marked) = line.strip_prefix(b"\xef\xbb\xbf")
        {
            (self.encoding, line) = (Some(Encoding::Utf8), marked);
        }
        let text = self.decode(line)?;
        // At the end of a file of DOS there may be its mark.
        let text = text.trim_end_matches('\u{1a}').trim();
        if text.chars().any(|c| c.is_control() && c != '\t') {
            return Err(Refused::new(self.lines, "", "statement_not_text", "this line is no text"));
        }
        if text.is_empty() { Ok(()) } else { self.take(text, each) }
    }

    /// The line's text. Which encoding it is shows by the first line that has more than ASCII: its key is one that is known.
    fn decode(&mut self, line: &[u8]) -> Result<String, Refused> {
        let number = self.lines;
        let unknown =
            || Refused::new(number, "", "statement_encoding", "the file is not in windows-1251, DOS (866) or UTF-8");
        if let Some(encoding) = self.encoding {
            return encoding.decode(line).ok_or_else(unknown);
        }
        if line.is_ascii() {
            return Encoding::Utf8.decode(line).ok_or_else(unknown);
        }
        let found = Encoding::ALL.into_iter().find_map(|encoding| {
            let text = encoding.decode(line)?;
            let key = text.split('=').next().unwrap_or_default().trim();
            is_known(key).then_some((encoding, text))
        });
        let (encoding, text) = found.ok_or_else(unknown)?;
        self.encoding = Some(encoding);
        Ok(text)
    }

    fn take(&mut self, text: &str, each: &mut impl FnMut(Document)) -> Result<(), Refused> {
        let line = self.lines;
        let key = text.split('=').next().unwrap_or_default().trim_end();
        let is_section = matches!(key, ACCOUNT | ACCOUNT_END | DOCUMENT | DOCUMENT_END | LAST_LINE);
        self.at = match (std::mem::replace(&mut self.at, At::End), key) {
            (At::Start, _) if text == FIRST_LINE => At::Outside,
            (At::Start, _) => {
                let message = "the first line is not 1CClientBankExchange";
                return Err(Refused::new(line, "", "statement_unknown", message));
            }
            (At::End, _) => {
                let message = "something follows the last line, КонецФайла";
                return Err(Refused::new(line, "", "statement_continues", message));
            }
            (At::Outside, ACCOUNT) => {
                self.begin(line)?;
                At::Account(Fields::new(line, &turnover::KEYS))
            }
            (At::Outside, DOCUMENT) => {
                self.begin(line)?;
                At::Document(Fields::new(line, &KEYS))
            }
            (At::Outside, LAST_LINE) => {
                self.version()?;
                At::End
            }
            (At::Account(fields), ACCOUNT_END) => {
                self.account(&fields)?;
                At::Outside
            }
            (At::Document(fields), DOCUMENT_END) => {
                self.document(&fields, each)?;
                At::Outside
            }
            (At::Outside, "РасчСчет") => {
                self.own_account(text)?;
                At::Outside
            }
            (At::Outside, _) if !is_section => {
                self.header.take(line, text)?;
                At::Outside
            }
            (At::Account(mut fields), _) if !is_section => {
                fields.take(line, text)?;
                At::Account(fields)
            }
            (At::Document(mut fields), _) if !is_section => {
                fields.take(line, text)?;
                At::Document(fields)
            }
            _ => return Err(Refused::new(line, "", "statement_truncated", "the section before has no end")),
        };
        Ok(())
    }

    fn begin(&mut self, line: usize) -> Result<(), Refused> {
        if !self.begun {
            self.version()?;
            (self.begun, self.named) = (true, !self.own.is_empty());
        }
        if self.documents >= DOCUMENTS_MAX || self.sections >= SECTIONS_MAX {
            let message = format!("a statement has at most {DOCUMENTS_MAX} documents: take it in parts");
            return Err(Refused::new(line, "", "statement_too_many", &message));
        }
        Ok(())
    }

    fn version(&self) -> Result<(), Refused> {
        self.header.must("ВерсияФормата", |version| {
            let unknown = || Invalid::new("statement_version", "the format is read in versions 1.01 to 1.03");
            VERSIONS.contains(&version).then_some(()).ok_or_else(unknown)
        })
    }

    fn own_account(&mut self, text: &str) -> Result<(), Refused> {
        let line = self.lines;
        if self.begun {
            return Err(Refused::new(
                line,
                "РасчСчет",
                "statement_line",
                "an own account is named before the sections",
            ));
        }
        let mut said = Fields::new(line, &["РасчСчет"]);
        said.take(line, text)?;
        let number = said.must("РасчСчет", account)?;
        self.open(number, line).map(drop)
    }

    fn open(&mut self, number: AccountNumber, line: usize) -> Result<&mut Books, Refused> {
        if self.own.len() >= ACCOUNTS_MAX && !self.own.contains_key(&number) {
            let message = format!("a statement has at most {ACCOUNTS_MAX} accounts: take it in parts");
            return Err(Refused::new(line, "РасчСчет", "statement_too_many", &message));
        }
        Ok(self.own.entry(number).or_default())
    }

    fn account(&mut self, fields: &Fields) -> Result<(), Refused> {
        self.sections += 1;
        let number = fields.must("РасчСчет", account)?;
        if self.named && !self.own.contains_key(&number) {
            let message = "the header does not name this account";
            return Err(Refused::new(fields.line_of("РасчСчет"), "РасчСчет", "statement_account_foreign", message));
        }
        let span: Option<(NaiveDate, NaiveDate)> =
            self.header.read("ДатаНачала", date)?.zip(self.header.read("ДатаКонца", date)?);
        self.open(number, fields.line)?.section(fields, span)
    }

    fn document(&mut self, fields: &Fields, each: &mut impl FnMut(Document)) -> Result<(), Refused> {
        self.documents += 1;
        let amount = fields.must("Сумма", amount)?;
        let date = fields.must("Дата", date)?;
        let number = fields.must("Номер", DocumentNumber::parse)?;
        let side = |keys: [&'static str; 2]| {
            let said = keys.map(|key| fields.text(&[key]).and_then(|text| AccountNumber::parse(text).ok()));
            said.into_iter().flatten().find(|account| self.own.contains_key(account))
        };
        let to = side(["ПолучательСчет", "ПолучательРасчСчет"]);
        let from = side(["ПлательщикСчет", "ПлательщикРасчСчет"]);
        if to.is_none() && from.is_none() {
            let message = "neither side of this document is an own account of the file";
            return Err(Refused::new(fields.line, "", "statement_account_foreign", message));
        }
        self.add(to.as_ref(), fields.line, |turnover| turnover.came(amount))?;
        self.add(from.as_ref(), fields.line, |turnover| turnover.left(amount))?;
        if let (Some(own), None) = (to, from) {
            each(incoming(fields, own, number, date, amount)?);
        }
        Ok(())
    }

    fn add(
        &mut self,
        account: Option<&AccountNumber>,
        line: usize,
        with: impl Fn(&Turnover) -> Option<Turnover>,
    ) -> Result<(), Refused> {
        let Some(books) = account.and_then(|account| self.own.get_mut(account)) else { return Ok(()) };
        let too_large = || Refused::new(line, "Сумма", "amount_too_large", "the account's total is past any amount");
        books.turnover = with(&books.turnover).ok_or_else(too_large)?;
        Ok(())
    }
}

/// Whether a key shows in which encoding a file is.
fn is_known(key: &str) -> bool {
    HEADER.contains(&key) || matches!(key, "Отправитель" | "Получатель" | "РасчСчет" | ACCOUNT | DOCUMENT | LAST_LINE)
}
