//! A line of history as cells.

use crate::act_page::reversed;
use chrono::{NaiveDate, NaiveDateTime};
use oktan_shared::App;
use oktan_shared::domain::account::Account;
use oktan_shared::domain::{CardNumber, Kopecks, Millilitres};
use oktan_shared::http::Problem;
use oktan_shared::table::Position;
use oktan_shared::wire::{EntryType, EntryView, Sought};
use std::collections::{BTreeSet, HashMap};

/// Entries read at once.
const PAGE: usize = 500;

/// What stands above the columns of a table.
pub const HEAD: [&str; 17] = [
    "Дата и время",
    "Операция",
    "Карта",
    "Название карты",
    "АЗС",
    "Товар",
    "Ед.",
    "Количество",
    "Цена, ₽",
    "Скидка, ₽",
    "Сумма, ₽",
    "НДС, %",
    "Одобрено",
    "Документ",
    "Дата документа",
    "Примечание",
    "Перемещено, ₽",
];

/// A line: what a file has of it, in the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// When it was posted, in the company's zone.
    pub at: NaiveDateTime,
    pub kind: &'static str,
    pub card: Option<CardNumber>,
    /// What the card is called now.
    pub label: String,
    pub station: String,
    pub product: String,
    pub unit: &'static str,
    /// What came back is below zero.
    pub quantity: Option<Millilitres>,
    pub price: Option<Kopecks>,
    pub discount: Kopecks,
    /// Signed: plus is into the account.
    pub amount: Kopecks,
    pub vat_percent: Option<u8>,
    /// When the fill was authorized, in the company's zone.
    pub authorized_at: Option<NaiveDateTime>,
    pub document_number: String,
    pub document_date: Option<NaiveDate>,
    pub remark: String,
    /// Of a transfer: how much went from one place to the other.
    pub moved: Option<Kopecks>,
}

/// The lines, page after page.
pub struct Rows<'a> {
    app: &'a App,
    account: &'a Account,
    sought: Sought,
    after: Option<Position>,
    ended: bool,
    labels: HashMap<CardNumber, String>,
}

impl<'a> Rows<'a> {
    /// All of what is sought.
    pub fn new(app: &'a App, account: &'a Account, sought: Sought) -> Self {
        Self { app, account, sought, after: None, ended: false, labels: HashMap::new() }
    }

    /// The next lines, which may be none; `None` after the last.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn next(&mut self) -> Result<Option<Vec<Row>>, Problem> {
        if self.ended {
            return Ok(None);
        }
        let (app, company, zone) = (self.app, self.account.company, self.account.zone);
        let (entries, next) = self.sought.page(app, company, PAGE, self.after.as_ref()).await?;
        self.ended = next.is_none();
        self.after = next;
        let views: Vec<_> = entries.iter().map(|entry| EntryView::of(entry, zone, app)).collect();
        let cards = views.iter().filter_map(|view| view.card_number.as_ref());
        let new: BTreeSet<_> = cards.filter(|card| !self.labels.contains_key(*card)).cloned().collect();
        let new: Vec<_> = new.into_iter().collect();
        let labels = app.table.labels(company, &new).await?;
        self.labels.extend(new.into_iter().zip(labels.iter().map(ToString::to_string)));
        Ok(Some(views.into_iter().map(|view| self.row(view)).collect()))
    }

    fn row(&self, view: EntryView) -> Row {
        let (app, zone) = (self.app, self.account.zone);
        let catalogue = app.catalogue();
        let product = view.product.as_ref().and_then(|code| catalogue.by_code(code));
        let back = matches!(view.r#type, EntryType::Refund);
        let quantity = view.quantity.map(|all| if back { Millilitres::ZERO.saturating_sub(all) } else { all });
        Row {
            at: zone.local(view.at),
            kind: kind(view.r#type),
            label: view.card_number.as_ref().and_then(|card| self.labels.get(card)).cloned().unwrap_or_default(),
            station: view.station_code.as_ref().map(ToString::to_string).unwrap_or_default(),
            product: product.map(|product| product.name.to_string()).unwrap_or_default(),
            unit: product.map_or("", |product| crate::figures::unit(product.unit).1),
            quantity,
            price: view.price,
            discount: view.discount,
            amount: view.amount,
            vat_percent: view.vat_rate,
            authorized_at: view.authorized_at.map(|at| zone.local(at)),
            document_number: view.document_number.as_ref().map(ToString::to_string).unwrap_or_default(),
            document_date: view.document_date,
            remark: remark(&view),
            moved: view.moved,
            card: view.card_number,
        }
    }
}

const fn kind(of: EntryType) -> &'static str {
    match of {
        EntryType::Purchase => "Покупка",
        EntryType::Refund => "Возврат",
        EntryType::Payment => "Платёж",
        EntryType::Transfer => "Перевод",
        EntryType::Adjustment => "Корректировка",
        EntryType::Decline => "Отказ",
    }
}

/// What has no column of its own.
fn remark(view: &EntryView) -> String {
    let mut words = Vec::new();
    if let (true, Some(number), Some(date)) = (is_reversal(view), &view.document_number, view.document_date) {
        words.push(reversed(number.as_str(), date));
    }
    if let (Some(from), Some(to), Some(moved)) = (&view.from, &view.to, view.moved) {
        let place =
            |place: &str| if place == "account" { "счёт".to_owned() } else { format!("карта {place}") };
        words.push(format!("{} → {}: {} ₽", place(from), place(to), crate::figures::money(moved)));
    }
    words.extend(view.comment.as_ref().map(ToString::to_string));
    words.extend(view.reasons.iter().flatten().map(|reason| reason.message.clone()));
    words.extend(view.flags.iter().filter_map(|flag| flag_words(flag)).map(str::to_owned));
    words.extend(view.odometer.map(|kilometres| format!("одометр {kilometres} км")));
    words.join("; ")
}

/// Whether it takes a payment back, or is the payment that was taken back.
fn is_reversal(view: &EntryView) -> bool {
    view.r#type == EntryType::Adjustment || view.flags.iter().any(|flag| flag == "reversed")
}

fn flag_words(flag: &str) -> Option<&'static str> {
    match flag {
        "price_mismatch" => Some("цена на колонке отличалась от прайса"),
        "over_captured" => Some("отпущено больше одобренного"),
        "late" => Some("подтверждено с опозданием"),
        _ => None,
    }
}
