//! The register of a month's operations by card: what the УПД is made up of.

use crate::figures::{Quantities, measured, money, unit};
use crate::page::{Align, Column, Format, LEFT, Pages, Sheet, Unit};
use crate::parties::{BODY, Parties, TITLE};
use chrono::NaiveDateTime;
use oktan_shared::App;
use oktan_shared::domain::authorization::{Authorization, State};
use oktan_shared::domain::papers::{PurchaseKey, What, written};
use oktan_shared::domain::text::Label;
use oktan_shared::domain::{CardNumber, Kopecks, Millilitres, ProductIx, StationCode};
use oktan_shared::http::Problem;
use oktan_shared::table::{ClosedMonth, Entry};
use std::collections::{HashMap, HashSet};

/// Operations that are printed one by one; of a longer register the pages have the cards, and the table all operations.
pub const PRINTED_MAX: usize = 5_000;

/// What an operation is to the УПД.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Supplied in the month.
    Purchase,
    /// Less supplied in the month.
    Return,
    /// A correction: it was supplied in an earlier month.
    EarlierReturn,
}

impl Kind {
    /// As the register has it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Purchase => "Покупка",
            Self::Return => "Возврат",
            Self::EarlierReturn => "Возврат прошлых месяцев",
        }
    }
}

/// An operation of the register: `amount` = `quantity` × `price`, rounded, − `discount`. What came back is below zero; its last
/// part takes the rounding of the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// The card.
    pub card: CardNumber,
    /// When it was posted, in the company's zone.
    pub at: NaiveDateTime,
    /// What it is.
    pub kind: Kind,
    /// At which station.
    pub station: StationCode,
    /// Which product.
    pub product: ProductIx,
    /// How much.
    pub quantity: Millilitres,
    /// At the pump, per unit.
    pub price: Kopecks,
    /// What was taken off.
    pub discount: Kopecks,
    /// What it came to, VAT in it.
    pub amount: Kopecks,
    /// The rate, percent.
    pub vat_percent: u8,
}

/// A month's operations by card, then by time.
#[derive(Debug)]
pub struct Register {
    /// The operations.
    pub operations: Vec<Operation>,
    /// What their cards are called now.
    labels: HashMap<CardNumber, Label>,
}

impl Register {
    /// Each card, what it is called, and its operations, of which there is one at least.
    pub fn cards(&self) -> impl Iterator<Item = (&CardNumber, &str, &[Operation])> {
        self.operations.chunk_by(|a, b| a.card == b.card).filter_map(|operations| {
            let card = &operations.first()?.card;
            Some((card, self.labels.get(card).map(Label::as_str).unwrap_or_default(), operations))
        })
    }
}

/// The register of a closed month. Its operations are read anew and must come to what was written down.
///
/// # Errors
/// 503 when they do not, or the store does not answer.
pub async fn read(app: &App, month: &ClosedMonth) -> Result<Register, Problem> {
    let (mut found, mut returned, mut after) = (Vec::new(), HashSet::new(), None);
    loop {
        let (entries, next) = app.table.ledger(month.company, (month.from, month.until), true, after.as_ref()).await?;
        found.extend(entries.iter().filter_map(|entry| operation(entry, month, &mut returned)));
        after = next;
        if after.is_none() {
            break;
        }
    }
    if amount(&found) != month.figures.total().0 || u64::try_from(found.len()).ok() != Some(month.figures.operations) {
        tracing::error!(company = %month.company, month = %month.month, "a closed month's entries are not its figures");
        return Err(Problem::unavailable());
    }
    found.sort_by(|a, b| (&a.card, a.at).cmp(&(&b.card, b.at)));
    let cards: Vec<_> =
        found.chunk_by(|a, b| a.card == b.card).filter_map(|of| Some(of.first()?.card.clone())).collect();
    let labels = app.table.labels(month.company, &cards).await?;
    Ok(Register { operations: found, labels: cards.into_iter().zip(labels).collect() })
}

/// `returned` collects the month's purchases of which something came back.
fn operation(entry: &Entry, month: &ClosedMonth, returned: &mut HashSet<PurchaseKey>) -> Option<Operation> {
    let movement = entry.movement()?;
    let (kind, goods) = match &movement.what {
        What::Purchase { key, goods, returned: true } => {
            returned.insert(key.clone());
            (Kind::Purchase, *goods)
        }
        What::Purchase { goods, .. } => (Kind::Purchase, *goods),
        What::Refund { of, goods } if returned.contains(of) => (Kind::Return, *goods),
        What::Refund { goods, .. } => (Kind::EarlierReturn, *goods),
        What::Payment | What::Adjustment | What::Transfer => return None,
    };
    let (card, hold, discount) = match entry {
        Entry::Purchase(Authorization { card, hold, state: State::Captured(capture), .. }) => {
            (card, hold, capture.discount)
        }
        Entry::Refund(refund) => (&refund.card, &refund.hold, refund.discount.negated()),
        _ => return None,
    };
    let quantity = match kind {
        Kind::Purchase => goods.quantity,
        Kind::Return | Kind::EarlierReturn => Millilitres::ZERO.saturating_sub(goods.quantity),
    };
    Some(Operation {
        card: card.clone(),
        at: month.zone.local(entry.at()),
        kind,
        station: hold.station.clone(),
        product: goods.product,
        quantity,
        price: hold.price,
        discount,
        amount: movement.amount.negated(),
        vat_percent: goods.vat_percent,
    })
}

const COLUMNS: [Column; 11] = [
    Column { title: "Дата и время", share: 105, align: Align::Left },
    Column { title: "Карта", share: 140, align: Align::Left },
    Column { title: "Название карты", share: 95, align: Align::Left },
    Column { title: "Операция", share: 90, align: Align::Left },
    Column { title: "АЗС", share: 50, align: Align::Left },
    Column { title: "Товар", share: 100, align: Align::Left },
    Column { title: "Количество", share: 105, align: Align::Right },
    Column { title: "Цена", share: 65, align: Align::Right },
    Column { title: "Скидка", share: 80, align: Align::Right },
    Column { title: "НДС", share: 50, align: Align::Right },
    Column { title: "Сумма с НДС", share: 120, align: Align::Right },
];
const SIZE: Unit = 750;

/// The register's name, as the file has it too.
pub fn title(month: &ClosedMonth) -> String {
    match month.upd {
        Some(upd) => format!("Реестр операций по картам к УПД № {} от {}", upd.number, written(upd.date)),
        None => format!("Реестр операций по картам за {}", month.month.in_russian()),
    }
}

/// Between whom it is, by what contract, of when: a line each.
pub fn parts(month: &ClosedMonth, parties: Parties<'_>) -> [String; 3] {
    let [seller, buyer] = parties.in_one_line();
    [
        format!("Продавец: {seller}"),
        format!("Покупатель: {buyer}, {}", parties.contract()),
        format!("Период: {}", month.month.in_russian()),
    ]
}

/// Lays it out: the operations of each card and what they come to.
pub fn pages(app: &App, month: &ClosedMonth, parties: Parties<'_>, register: &Register) -> Pages {
    let mut sheet = Sheet::new(Format::LyingCopy);
    let width = sheet.within() - 7_500;
    sheet.text_at(TITLE, &title(month), LEFT, width);
    parts(month, parties).iter().for_each(|line| sheet.text(BODY, line));
    sheet.gap(600);
    let one_by_one = register.operations.len() <= PRINTED_MAX;
    if !one_by_one {
        sheet.text(BODY, "Операций много: здесь итоги по картам, сами операции — в таблице (XLSX).");
    }
    let (mut rows, mut sums) = (Vec::new(), Vec::new());
    for (card, label, operations) in register.cards() {
        if one_by_one {
            rows.extend(operations.iter().map(|operation| cells(app, operation, label)));
        }
        sums.push(rows.len());
        rows.push(sum(app, ["Итого", card.as_str(), label], operations));
    }
    sums.push(rows.len());
    rows.push(sum(app, ["Всего", "", ""], &register.operations));
    sheet.table_with_sums(&COLUMNS, SIZE, &rows, 0, |at| sums.binary_search(&at).is_ok());
    sheet.pages()
}

/// A product's name as documents have it.
pub fn product_name(app: &App, product: ProductIx) -> String {
    app.catalogue().by_ix(product).map(|product| product.name.to_string()).unwrap_or_default()
}

/// The short name of a product's unit; blank of an unknown one.
pub fn product_unit(app: &App, product: ProductIx) -> &'static str {
    app.catalogue().by_ix(product).map_or("", |product| unit(product.unit).1)
}

/// What operations came to.
pub fn amount(of: &[Operation]) -> Kopecks {
    of.iter().fold(Kopecks::ZERO, |sum, one| sum.saturating_add(one.amount))
}

/// What was taken off them.
pub fn discount(of: &[Operation]) -> Kopecks {
    of.iter().fold(Kopecks::ZERO, |sum, one| sum.saturating_add(one.discount))
}

/// How much they were of each unit.
pub fn quantities(app: &App, of: &[Operation]) -> Quantities {
    of.iter().fold(Quantities::default(), |mut sum, one| {
        sum.add(product_unit(app, one.product), one.quantity);
        sum
    })
}

fn cells(app: &App, operation: &Operation, label: &str) -> Vec<String> {
    let discount = if operation.discount == Kopecks::ZERO { String::new() } else { money(operation.discount) };
    vec![
        operation.at.format("%d.%m.%Y %H:%M").to_string(),
        operation.card.to_string(),
        label.to_owned(),
        operation.kind.words().to_owned(),
        operation.station.to_string(),
        product_name(app, operation.product),
        measured(operation.quantity, product_unit(app, operation.product)),
        money(operation.price),
        discount,
        format!("{}%", operation.vat_percent),
        money(operation.amount),
    ]
}

/// What operations come to: the money, and each unit by itself.
fn sum(app: &App, [name, card, label]: [&str; 3], of: &[Operation]) -> Vec<String> {
    let discount = discount(of);
    let mut cells = vec![String::new(); COLUMNS.len()];
    let filled = [
        (0, name.to_owned()),
        (1, card.to_owned()),
        (2, label.to_owned()),
        (3, format!("операций: {}", of.len())),
        (6, quantities(app, of).words()),
        (8, if discount == Kopecks::ZERO { String::new() } else { money(discount) }),
        (10, money(amount(of))),
    ];
    for (at, text) in filled {
        if let Some(cell) = cells.get_mut(at) {
            *cell = text;
        }
    }
    cells
}
