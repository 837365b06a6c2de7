//! A bank's statement in the exchange format of 1C («Стандарт обмена с системами „Клиент банка“», 1CClientBankExchange, versions
//! 1.01 to 1.03, <https://v8.1c.ru/edi/edi_stnd/100/101.htm>): read strictly, matched to companies, known by its documents.
//!
//! Of the format, what is used here: the first line is `1CClientBankExchange`; every other line is `Ключ=Значение` or the mark
//! of a section (`СекцияРасчСчет` … `КонецРасчСчет`, `СекцияДокумент=вид` … `КонецДокумента`), the last one `КонецФайла`. A
//! date is `дд.мм.гггг`; an amount is `рубли[.коп]`, a point and at most two digits after it. Keys that are not used here are passed
//! over. A statement is taken whole or refused whole, with the line that is wrong.

mod account;
mod document;
mod encoding;
mod fields;
mod identity;
mod matching;
mod reader;
mod turnover;

pub use account::AccountNumber;
pub use encoding::Encoding;
pub use identity::{BankIdentity, plain_number};
pub use matching::{Known, Verdict, judge, names};
pub use reader::{DOCUMENTS_MAX, LINE_MAX, Reader};
pub use turnover::Turnover;

use super::text::{CompanyName, DocumentNumber};
use super::{Inn, Invalid, Kopecks};
use chrono::NaiveDate;

/// Why a statement is refused, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line of the file, from 1.
    pub line: usize,
    /// Its key, where one is wrong; else empty.
    pub key: &'static str,
    /// What is wrong.
    pub why: Invalid,
}

/// Money that came to one of the statement's own accounts from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The line on which it starts.
    pub line: usize,
    /// The own account that it came to.
    pub own: AccountNumber,
    /// `Номер`.
    pub number: DocumentNumber,
    /// `Дата`, the document's own.
    pub date: NaiveDate,
    /// Above zero.
    pub amount: Kopecks,
    /// `ПлательщикСчет`, else `ПлательщикРасчСчет`; empty where the bank says neither.
    pub payer_account: String,
    /// `ПлательщикИНН`, else the one in `Плательщик`; `None` where neither is an INN.
    pub payer_inn: Option<Inn>,
    /// `Плательщик1`, else `Плательщик`.
    pub payer_name: CompanyName,
    /// `НазначениеПлатежа`, else its parts 1 to 6; whole, in one line.
    pub purpose: String,
}

/// A statement that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// What came to each own account and left it, in the order of their numbers.
    pub accounts: Vec<(AccountNumber, Turnover)>,
    /// What came, in the order of the file. What left, and what went between own accounts, is counted in the turnover only.
    pub documents: Vec<Document>,
}

impl Statement {
    /// Reads a statement.
    ///
    /// # Errors
    /// The first thing that is wrong: `statement_empty`, `statement_unknown`, `statement_encoding`, `statement_not_text`,
    /// `statement_version`, `statement_truncated`, `statement_continues`, `statement_line_too_long`, `statement_line`,
    /// `statement_key_missing`, `statement_key_repeated`, `statement_account`, `statement_account_foreign`, `statement_currency`,
    /// `statement_section_repeated`, `statement_total`, `statement_too_many`, and what an amount or a date may be refused with.
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let mut documents = Vec::new();
        let mut reader = Reader::default();
        reader.push(bytes, &mut |document| documents.push(document))?;
        Ok(Self { accounts: reader.finish(&mut |document| documents.push(document))?, documents })
    }
}

impl Document {
    /// What makes it the same document in any file.
    pub fn identity(&self) -> BankIdentity {
        BankIdentity::of(self)
    }
}

#[cfg(test)]
mod tests;
