//! History to be printed.

use super::Asked;
use super::row::Row;
use crate::figures::{Quantities, day, measured, money};
use crate::page::{About, Align, Column, Format, LEFT, Sheet, Unit, print as printed};
use crate::parties::{BODY, TITLE};
use crate::requisites;
use oktan_shared::domain::Kopecks;
use oktan_shared::wire::EntryType;

const TITLE_TEXT: &str = "История операций";
const COLUMNS: [Column; 10] = [
    Column { title: "Дата и время", share: 105, align: Align::Left },
    Column { title: "Операция", share: 85, align: Align::Left },
    Column { title: "Карта", share: 145, align: Align::Left },
    Column { title: "АЗС", share: 50, align: Align::Left },
    Column { title: "Товар", share: 95, align: Align::Left },
    Column { title: "Количество", share: 85, align: Align::Right },
    Column { title: "Цена", share: 65, align: Align::Right },
    Column { title: "Скидка", share: 75, align: Align::Right },
    Column { title: "Сумма", share: 110, align: Align::Right },
    Column { title: "Примечание", share: 185, align: Align::Left },
];
const SIZE: Unit = 750;

/// The lines as a PDF; `None` if the library refuses them.
pub fn print(asked: &Asked<'_>, rows: &[Row]) -> Option<Vec<u8>> {
    let mut sheet = Sheet::new(Format::LyingCopy);
    let width = sheet.within() - 7_500;
    sheet.text_at(TITLE, TITLE_TEXT, LEFT, width);
    let Asked { app, company, account, .. } = asked;
    let now = account.zone.local(app.clock.now());
    sheet.text(BODY, &format!("{}, ИНН {}", company.name, company.inn));
    sheet.text(BODY, &format!("Отобрано: {}", chosen(asked)));
    sheet.text(BODY, &format!("Составлено {}", now.format("%d.%m.%Y %H:%M")));
    sheet.gap(600);
    let mut cells: Vec<_> = rows.iter().map(line).collect();
    cells.push(sum(rows));
    sheet.table_with_sums(&COLUMNS, SIZE, &cells, 0, |at| at == rows.len());
    let about = About { title: TITLE_TEXT.to_owned(), author: requisites::NAME.to_owned(), at: app.clock.now() };
    printed(&sheet.pages(), &about)
}

/// The filter in words.
fn chosen(asked: &Asked<'_>) -> String {
    let filter = asked.filter;
    let span = match (filter.from, filter.to) {
        (Some(from), Some(to)) => format!("с {} по {}", day(from.get()), day(to.get())),
        (Some(from), None) => format!("с {}", day(from.get())),
        (None, Some(to)) => format!("по {}", day(to.get())),
        (None, None) => "за всё время".to_owned(),
    };
    let mut words = vec![span];
    words.extend(filter.r#type.map(|kind| kinds(kind).to_owned()));
    words.extend(filter.card.as_ref().map(|card| format!("карта {card}")));
    words.extend(filter.product.as_ref().map(|product| format!("товар {product}")));
    words.extend(filter.station.as_ref().map(|station| format!("АЗС {station}")));
    words.extend(filter.q.as_ref().map(|q| q.trim()).filter(|q| !q.is_empty()).map(|q| format!("поиск «{q}»")));
    words.join(", ")
}

const fn kinds(of: EntryType) -> &'static str {
    match of {
        EntryType::Purchase => "покупки",
        EntryType::Refund => "возвраты",
        EntryType::Payment => "платежи",
        EntryType::Transfer => "переводы",
        EntryType::Adjustment => "корректировки",
        EntryType::Decline => "отказы",
    }
}

fn line(row: &Row) -> Vec<String> {
    let card = match (&row.card, row.label.as_str()) {
        (Some(card), "") => card.to_string(),
        (Some(card), label) => format!("{card} {label}"),
        (None, _) => String::new(),
    };
    let document = match (row.document_number.as_str(), row.document_date) {
        ("", _) => String::new(),
        (number, Some(date)) => format!("№ {number} от {}", day(date)),
        (number, None) => format!("№ {number}"),
    };
    let remark = [document.as_str(), row.remark.as_str()].into_iter().filter(|words| !words.is_empty());
    vec![
        row.at.format("%d.%m.%Y %H:%M").to_string(),
        row.kind.to_owned(),
        card,
        row.station.clone(),
        row.product.clone(),
        row.quantity.map(|all| measured(all, row.unit)).unwrap_or_default(),
        row.price.map(money).unwrap_or_default(),
        if row.discount == Kopecks::ZERO { String::new() } else { money(row.discount) },
        money(row.amount),
        remark.collect::<Vec<_>>().join("; "),
    ]
}

fn sum(rows: &[Row]) -> Vec<String> {
    let add = |part: fn(&Row) -> Kopecks| rows.iter().fold(Kopecks::ZERO, |sum, row| sum.saturating_add(part(row)));
    let mut quantities = Quantities::default();
    rows.iter().filter_map(|row| Some((row.unit, row.quantity?))).for_each(|(unit, all)| quantities.add(unit, all));
    let mut cells = vec![String::new(); COLUMNS.len()];
    let filled = [
        (0, "Всего".to_owned()),
        (1, format!("строк: {}", rows.len())),
        (5, quantities.words()),
        (7, money(add(|row| row.discount))),
        (8, money(add(|row| row.amount))),
    ];
    for (at, text) in filled {
        if let Some(cell) = cells.get_mut(at) {
            *cell = text;
        }
    }
    cells
}
