//! A document that brought money, as its section says.

use super::fields::Fields;
use super::{AccountNumber, Document, Refused};
use crate::domain::text::{CompanyName, DocumentNumber, fitted};
use crate::domain::{Inn, Kopecks};
use chrono::NaiveDate;

/// The purpose and, numbered, its parts.
pub const PURPOSE: &str = "НазначениеПлатежа";

/// What a document is read for.
pub const KEYS: [&str; 17] = [
    "Номер",
    "Дата",
    "Сумма",
    "ПлательщикСчет",
    "ПлательщикРасчСчет",
    "Плательщик",
    "ПлательщикИНН",
    "Плательщик1",
    "ПолучательСчет",
    "ПолучательРасчСчет",
    "НазначениеПлатежа",
    "НазначениеПлатежа1",
    "НазначениеПлатежа2",
    "НазначениеПлатежа3",
    "НазначениеПлатежа4",
    "НазначениеПлатежа5",
    "НазначениеПлатежа6",
];

/// What the section says of who paid and what for.
pub fn incoming(
    fields: &Fields,
    own: AccountNumber,
    number: DocumentNumber,
    date: NaiveDate,
    amount: Kopecks,
) -> Result<Document, Refused> {
    const PARTS: [&str; 6] = [
        "НазначениеПлатежа1",
        "НазначениеПлатежа2",
        "НазначениеПлатежа3",
        "НазначениеПлатежа4",
        "НазначениеПлатежа5",
        "НазначениеПлатежа6",
    ];
    let payer = fields.text(&["Плательщик"]).unwrap_or_default();
    // «ИНН 2622542570 ООО "Колос"», as it is printed on paper.
    let printed = payer.strip_prefix("ИНН").map(str::trim_start).and_then(|rest| rest.split_once(' '));
    let inns = [fields.text(&["ПлательщикИНН"]), printed.map(|(inn, _)| inn)];
    let name = fields.text(&["Плательщик1"]).unwrap_or_else(|| printed.map_or(payer, |(_, name)| name));
    let name = match fitted(name, 200) {
        name if name.is_empty() => "—".to_owned(),
        name => name,
    };
    let purpose = match fields.text(&[PURPOSE]) {
        Some(whole) => whole.to_owned(),
        None => PARTS.iter().filter_map(|part| fields.text(&[part])).collect::<Vec<_>>().join(" "),
    };
    let account = fields.text(&["ПлательщикСчет", "ПлательщикРасчСчет"]).unwrap_or_default();
    Ok(Document {
        line: fields.line,
        own,
        number,
        date,
        amount,
        payer_account: account.chars().filter(|c| !c.is_whitespace()).take(34).collect(),
        payer_inn: inns.into_iter().flatten().find_map(|inn| Inn::parse(inn).ok()),
        payer_name: CompanyName::parse(&name)
            .map_err(|why| Refused { line: fields.line, key: "Плательщик1", why })?,
        purpose,
    })
}
