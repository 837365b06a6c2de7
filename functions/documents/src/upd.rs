//! УПД: what was supplied in a month, a line for each product and VAT rate (Government's decree 1137, the Tax Service's letter
//! ММВ-20-3/96@).

use crate::figures::{day, money, price, quantity, unit};
use crate::page::{Align, Column, Format, LEFT, Pages, Sheet, Unit};
use crate::parties::{BODY, Parties, SMALL, STRONG, TITLE, half, signatures, signatures_height, signer};
use oktan_shared::domain::papers::{SupplyLine, totals, written};
use oktan_shared::domain::{Catalogue, Kopecks};
use oktan_shared::table::{ClosedMonth, Upd};

const COLUMNS: [Column; 10] = [
    Column { title: "№", share: 35, align: Align::Right },
    Column { title: "Наименование товара", share: 205, align: Align::Left },
    Column { title: "Код", share: 45, align: Align::Middle },
    Column { title: "Ед.", share: 40, align: Align::Middle },
    Column { title: "Количество", share: 105, align: Align::Right },
    Column { title: "Цена без НДС", share: 100, align: Align::Right },
    Column { title: "Стоимость без НДС", share: 135, align: Align::Right },
    Column { title: "Ставка НДС", share: 75, align: Align::Right },
    Column { title: "Сумма НДС", share: 120, align: Align::Right },
    Column { title: "Стоимость с НДС", share: 140, align: Align::Right },
];
const SIZE: Unit = 800;
/// How wide the names of the head's fields are.
const NAME: Unit = 11_000;

/// The document's name, as the file has it too.
pub fn title(upd: Upd) -> String {
    format!("Универсальный передаточный документ № {} от {}", upd.number, written(upd.date))
}

/// What kind of УПД it is.
pub const STATUS: &str = "Статус: 1 — счёт-фактура и передаточный документ (акт)";
/// What is said below its table.
pub const NOTE: &str = "Без акциза. Страна происхождения — Россия. Цена единицы — средняя за месяц; операции по картам — в реестре к документу.";

/// Who hands over and who takes: what each signs, who it is, and by whom.
pub fn sides(parties: Parties<'_>) -> [(&str, &str, &str); 2] {
    let [director, _] = parties.signers();
    [
        ("Товар передал, услуги сдал", parties.seller_name(), director),
        ("Товар получил, услуги принял", parties.buyer.name.as_str(), ""),
    ]
}

/// When it was shipped, and when the month was closed.
pub fn shipped(month: &ClosedMonth, upd: Upd) -> String {
    let closed = day(month.zone.date(month.closed_at));
    format!("Дата отгрузки (11): {}. Месяц закрыт {closed}.", day(upd.date))
}

/// Lays it out.
pub fn upd(month: &ClosedMonth, upd: Upd, parties: Parties<'_>, catalogue: &Catalogue) -> Pages {
    let mut sheet = Sheet::new(Format::LyingCopy);
    head(&mut sheet, month, upd, parties);
    let rows = Rows::of(month, catalogue);
    let ([director, accountant], sides) = (parties.signers(), sides(parties));
    // Nobody signs a page on which there is no sum.
    let below = 900 + 3 * BODY.leading + signatures_height(&sheet, sides);
    sheet.table_with_sums(&COLUMNS, SIZE, &rows.cells, below, |at| rows.sums.contains(&at));
    sheet.gap(500);
    sheet.text(SMALL, NOTE);
    sheet.gap(400);
    let signed = |post: &str, name: &str| format!("{post} ________________ {}", signer(name));
    let (y, width) = (sheet.y(), half(&sheet));
    sheet.text_at(BODY, &signed("Руководитель организации", director), LEFT, width);
    sheet.back_to(y);
    let right = LEFT + sheet.within() - width;
    sheet.text_at(BODY, &signed("Главный бухгалтер", accountant), right, width);
    signatures(&mut sheet, sides);
    sheet.text(SMALL, &shipped(month, upd));
    sheet.pages()
}

/// The head's facts: the seller's on the left, the buyer's on the right.
pub fn facts(month: &ClosedMonth, parties: Parties<'_>) -> [[(&'static str, String); 5]; 2] {
    let left = [
        ("Продавец (2)", parties.seller_name().to_owned()),
        ("Адрес (2а)", parties.seller.map_or_else(|| "—".to_owned(), |seller| seller.address.to_string())),
        ("ИНН/КПП (2б)", parties.seller_inn()),
        ("Грузоотправитель (3)", "он же".to_owned()),
        ("Валюта (7)", "российский рубль, 643".to_owned()),
    ];
    let right = [
        ("Покупатель (6)", parties.buyer.name.to_string()),
        ("ИНН/КПП (6б)", parties.buyer_inn()),
        ("Грузополучатель (4)", "он же".to_owned()),
        ("Основание (10)", parties.contract()),
        ("Период", format!("{}, по операциям реестра", month.month.in_russian())),
    ];
    [left, right]
}

fn head(sheet: &mut Sheet, month: &ClosedMonth, upd: Upd, parties: Parties<'_>) {
    let width = sheet.within() - 7_500;
    sheet.text_at(TITLE, &title(upd), LEFT, width);
    sheet.text(BODY, STATUS);
    sheet.gap(600);
    let top = sheet.y();
    let half = (sheet.within() - 2_000) / 2;
    let [left, right] = facts(month, parties);
    let lowest = [(LEFT, left), (LEFT + half + 2_000, right)].map(|(x, side)| {
        sheet.back_to(top);
        for (name, value) in &side {
            let y = sheet.y();
            sheet.text_at(BODY, name, x, NAME);
            let under_name = sheet.y();
            sheet.back_to(y);
            sheet.text_at(STRONG, value, x + NAME, half - NAME);
            sheet.back_to(under_name.max(sheet.y()));
        }
        sheet.y()
    });
    sheet.back_to(lowest.into_iter().max().unwrap_or(top));
    sheet.gap(800);
}

/// The table's rows, and which of them are sums.
struct Rows {
    cells: Vec<Vec<String>>,
    sums: Vec<usize>,
}

impl Rows {
    fn of(month: &ClosedMonth, catalogue: &Catalogue) -> Self {
        let mut rows = Self { cells: Vec::new(), sums: Vec::new() };
        let figures = &month.figures;
        for line in &figures.supplied {
            rows.line(line, catalogue, "");
        }
        if !figures.corrected.is_empty() {
            rows.sum("Итого отгружено", &figures.supplied);
            for line in &figures.corrected {
                rows.line(line, catalogue, "возврат отгрузки прошлых месяцев: ");
            }
        }
        let all: Vec<SupplyLine> = figures.supplied.iter().chain(&figures.corrected).copied().collect();
        rows.sum("Всего к оплате (9)", &all);
        rows
    }

    fn line(&mut self, line: &SupplyLine, catalogue: &Catalogue, prefix: &str) {
        let product = catalogue.by_ix(line.product);
        let (code, unit) = product.map_or(("", ""), |product| unit(product.unit));
        let name = product.map(|product| product.name.to_string()).unwrap_or_default();
        let at = self.cells.len() - self.sums.len() + 1;
        self.cells.push(vec![
            at.to_string(),
            format!("{prefix}{name}"),
            code.to_owned(),
            unit.to_owned(),
            quantity(line.quantity),
            line.price().map(price).unwrap_or_default(),
            money(line.net()),
            format!("{}%", line.vat_percent),
            money(line.vat),
            money(line.amount),
        ]);
    }

    fn sum(&mut self, name: &str, lines: &[SupplyLine]) {
        let (amount, vat) = totals(lines);
        let blank = String::new;
        self.sums.push(self.cells.len());
        let net: Kopecks = amount.saturating_sub(vat);
        let (net, vat, amount) = (money(net), money(vat), money(amount));
        self.cells.push(vec![
            blank(),
            name.to_owned(),
            blank(),
            blank(),
            blank(),
            blank(),
            net,
            "Х".to_owned(),
            vat,
            amount,
        ]);
    }
}
