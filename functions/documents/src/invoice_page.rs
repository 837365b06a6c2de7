//! Счёт: whom to pay, how much, in figures and words, and a code that a bank's app reads.

use crate::figures::{day, money};
use crate::page::{Align, Column, Face, Format, LEFT, Mark, Pages, Sheet, Style, Unit};
use crate::parties::{BODY, Parties, STRONG, TITLE, signer};
use oktan_shared::domain::papers::{in_words, payment_code, written};
use oktan_shared::table::Invoice;
use qrcode::{Color, EcLevel, QrCode};

const COLUMNS: [Column; 3] = [
    Column { title: "№", share: 60, align: Align::Right },
    Column { title: "Назначение", share: 700, align: Align::Left },
    Column { title: "Сумма, руб.", share: 240, align: Align::Right },
];
/// The code's side, and the room that is kept for it.
const CODE: Unit = 11_500;

/// The invoice's name, as the file has it too.
pub fn title(invoice: &Invoice) -> String {
    format!("Счёт на оплату № {} от {}", invoice.number, written(invoice.of.date))
}

/// What the payer's bank is told: the number is what the payment is known by.
pub fn purpose(invoice: &Invoice) -> String {
    let buyer = &invoice.of.buyer;
    format!(
        "Оплата по счёту № {} от {} за ГСМ по договору № {} от {}",
        invoice.number,
        day(invoice.of.date),
        buyer.contract_number,
        day(buyer.contract_date),
    )
}

/// The text of the payment's code; none where there are no requisites to pay to.
pub fn code(invoice: &Invoice, parties: Parties<'_>) -> Option<String> {
    parties.seller.map(|seller| payment_code(seller, &invoice.of.buyer.inn, invoice.of.amount, &purpose(invoice)))
}

/// Lays it out.
pub fn invoice(invoice: &Invoice, parties: Parties<'_>) -> Pages {
    let mut sheet = Sheet::new(Format::UprightCopy);
    if let Some(seller) = parties.seller {
        let rows = [
            ("Банк получателя", seller.bank.to_string()),
            ("БИК", seller.bic.to_string()),
            ("Корр. счёт", seller.correspondent.to_string()),
            ("Получатель", seller.name.to_string()),
            ("ИНН / КПП", parties.seller_inn()),
            ("Счёт получателя", seller.account.to_string()),
        ];
        let columns = [
            Column { title: "Платёжные реквизиты", share: 300, align: Align::Left },
            Column { title: "", share: 700, align: Align::Left },
        ];
        let rows: Vec<_> = rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect();
        sheet.gap(900);
        sheet.table(&columns, 900, &rows);
        sheet.gap(1_200);
    }
    sheet.text(TITLE, &title(invoice));
    sheet.rule(LEFT, sheet.within(), 120);
    sheet.gap(700);
    let [seller, buyer] = parties.in_one_line();
    for (name, value) in [("Поставщик:", seller), ("Покупатель:", buyer), ("Основание:", parties.contract())]
    {
        sheet.pair((name, BODY), (&value, STRONG), (LEFT, 8_500));
    }
    sheet.gap(800);
    let what = format!("Оплата нефтепродуктов и услуг АЗС по топливным картам, {}", parties.contract());
    let amount = money(invoice.of.amount);
    let sum = |name: &str, amount: &str| vec![String::new(), name.to_owned(), amount.to_owned()];
    let rows = [vec!["1".to_owned(), what, amount.clone()], sum("Итого к оплате", &amount)];
    sheet.table_with_sums(&COLUMNS, 900, &rows, 0, |at| at > 0);
    sheet.gap(500);
    sheet.text(BODY, &format!("Всего к оплате {amount} руб."));
    sheet.text(STRONG, &in_words(invoice.of.amount));
    sheet.text(
        Style::new(Face::Regular, 800),
        "НДС исчисляется при отпуске топлива по ставке, действующей на его дату, и указывается в УПД за месяц. В назначении платежа \
         укажите номер счёта: по нему платёж узнают.",
    );
    sheet.gap(900);
    sheet.keep(CODE + 3_000);
    let top = sheet.y();
    let beside = match code(invoice, parties).and_then(|text| squares(&text, (LEFT, top))) {
        Some(squares) => {
            squares.into_iter().for_each(|square| sheet.put(square));
            sheet.back_to(top + CODE);
            sheet.text_at(Style::new(Face::Regular, 700), "Код для оплаты в приложении банка", LEFT, CODE + 2_000);
            CODE + 3_000
        }
        None => 0,
    };
    let bottom = sheet.y();
    sheet.back_to(top + 1_500);
    let signed = |post: &str, name: &str| format!("{post} ______________ {}", signer(name));
    let (director, accountant) =
        parties.seller.map(|seller| (seller.director.as_str(), seller.accountant.as_str())).unwrap_or_default();
    let width = sheet.within() - beside;
    sheet.text_at(BODY, &signed("Руководитель", director), LEFT + beside, width);
    sheet.gap(1_500);
    sheet.text_at(BODY, &signed("Главный бухгалтер", accountant), LEFT + beside, width);
    sheet.back_to(bottom.max(sheet.y()));
    sheet.pages()
}

/// A code as black squares, a row's neighbours in one.
fn squares(text: &str, (x, y): (Unit, Unit)) -> Option<Vec<Mark>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let module = CODE / Unit::try_from(width).ok()?;
    let colors = code.to_colors();
    let mut marks = Vec::new();
    for (row, colors) in (0..).zip(colors.chunks(width)) {
        let mut column: Unit = 0;
        for run in colors.chunk_by(|a, b| a == b) {
            let length = Unit::try_from(run.len()).ok()?;
            if run.first() == Some(&Color::Dark) {
                marks.push(Mark::Fill { at: (x + column * module, y + row * module), size: (length * module, module) });
            }
            column += length;
        }
    }
    Some(marks)
}
