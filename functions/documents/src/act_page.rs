//! Акт сверки and the account report on paper.

use crate::figures::{day, money};
use crate::page::{Align, Column, Face, Format, Pages, Sheet, Style, Unit};
use crate::parties::{BODY, Parties, SMALL, STRONG, TITLE, signatures, signatures_height};
use chrono::NaiveDate;
use oktan_shared::domain::Kopecks;
use oktan_shared::domain::papers::{Reconciliation, Subject, in_words};
use oktan_shared::papers::Statement;

const COLUMNS: [Column; 4] = [
    Column { title: "Дата", share: 130, align: Align::Left },
    Column { title: "Документ", share: 470, align: Align::Left },
    Column { title: "Дебет", share: 200, align: Align::Right },
    Column { title: "Кредит", share: 200, align: Align::Right },
];
const SIZE: Unit = 850;
const MIDDLE: Style = BODY.to(Align::Middle);

/// The act's name, as the file has it too.
pub fn title((from, to): (NaiveDate, NaiveDate)) -> String {
    format!("Акт сверки взаимных расчётов за период с {} по {}", day(from), day(to))
}

/// What a line is about.
pub fn words(subject: &Subject) -> String {
    match subject {
        Subject::Supply { month, number: Some(number) } => {
            format!("Реализация, УПД № {number} за {}", month.in_russian())
        }
        Subject::Supply { month, number: None } => format!("Реализация за {}", month.in_russian()),
        Subject::Days { from, to } => format!("Отпуск по картам с {} по {}", day(*from), day(*to)),
        Subject::Payment { number, date } => format!("Оплата, документ № {number} от {}", day(*date)),
        Subject::Adjustment { number, date } => reversed(number, *date),
    }
}

/// A payment that was taken back, by its document.
pub fn reversed(number: &str, date: NaiveDate) -> String {
    format!("Сторно оплаты, документ № {number} от {}", day(date))
}

/// What an act says below its table.
pub const NOTE: &str = "Оплата и её сторно стоят на день, когда деньги зачислены на счёт в личном кабинете или списаны с него; рядом — \
    номер и дата самого платёжного документа.";

/// Between whom it is.
pub fn between(parties: Parties<'_>) -> String {
    format!("между {} и {}, {}", parties.seller_name(), parties.buyer.name, parties.contract())
}

/// What both say above its table.
pub fn intro(parties: Parties<'_>) -> String {
    let seller = match parties.seller {
        Some(_) => format!("{}, ИНН/КПП {}", parties.seller_name(), parties.seller_inn()),
        None => parties.seller_name().to_owned(),
    };
    format!(
        "Мы, нижеподписавшиеся, {seller}, с одной стороны, и {}, ИНН/КПП {}, с другой стороны, составили этот акт о том, что \
         состояние взаимных расчётов по данным учёта {} следующее:",
        parties.buyer.name,
        parties.buyer_inn(),
        parties.seller_name(),
    )
}

/// Who signs it on each side.
pub fn sides(parties: Parties<'_>) -> [(&str, &str, &str); 2] {
    let [director, _] = parties.signers();
    [("От продавца", parties.seller_name(), director), ("От покупателя", parties.buyer.name.as_str(), "")]
}

/// Lays the act out: both sides' signatures below, the other side's column to be filled in by it.
pub fn act(span: (NaiveDate, NaiveDate), act: &Reconciliation, parties: Parties<'_>) -> Pages {
    let mut sheet = Sheet::new(Format::UprightCopy);
    sheet.text(TITLE.to(Align::Middle), "Акт сверки");
    sheet.text(MIDDLE, &format!("взаимных расчётов за период с {} по {}", day(span.0), day(span.1)));
    sheet.text(MIDDLE, &between(parties));
    sheet.gap(800);
    sheet.text(BODY, &intro(parties));
    sheet.gap(700);
    let (debit, credit) = on_sides(act.opening);
    let mut rows = vec![vec![String::new(), "Сальдо начальное".to_owned(), debit, credit]];
    let amount = |amount: Kopecks| if amount == Kopecks::ZERO { String::new() } else { money(amount) };
    rows.extend(
        act.lines
            .iter()
            .map(|line| vec![day(line.date), words(&line.subject), amount(line.debit), amount(line.credit)]),
    );
    rows.push(vec![String::new(), "Обороты за период".to_owned(), money(act.debit), money(act.credit)]);
    let (debit, credit) = on_sides(act.closing);
    rows.push(vec![String::new(), "Сальдо конечное".to_owned(), debit, credit]);
    let sides = sides(parties);
    let conclusion = conclusion(act.closing, span.1, parties);
    let said = Unit::try_from(STRONG.lines(&conclusion, sheet.within()).len()).unwrap_or(1);
    let noted = Unit::try_from(SMALL.lines(NOTE, sheet.within()).len()).unwrap_or(1);
    // Nobody signs a page on which there is no sum.
    let below = 1_700 + said * STRONG.leading + noted * SMALL.leading + signatures_height(&sheet, sides);
    let count = rows.len();
    sheet.table_with_sums(&COLUMNS, SIZE, &rows, below, |at| at == 0 || at + 2 >= count);
    sheet.gap(700);
    sheet.text(STRONG, &conclusion);
    sheet.gap(400);
    sheet.text(SMALL, NOTE);
    sheet.gap(600);
    signatures(&mut sheet, sides);
    sheet.pages()
}

/// A balance on its side: what the buyer owes is debit.
fn on_sides(balance: Kopecks) -> (String, String) {
    match balance.get() {
        0 => (money(balance), money(balance)),
        ..0 => (money(balance.negated()), String::new()),
        _ => (String::new(), money(balance)),
    }
}

/// What it comes to.
pub fn conclusion(closing: Kopecks, to: NaiveDate, parties: Parties<'_>) -> String {
    let (seller, buyer) = (parties.seller_name(), &parties.buyer.name);
    let (who, whom, amount) = match closing.get() {
        0 => return format!("По состоянию на {} задолженность отсутствует.", day(to)),
        ..0 => (buyer.as_str(), seller, closing.negated()),
        _ => (seller, buyer.as_str(), closing),
    };
    let (figures, said) = (money(amount), in_words(amount));
    format!("По состоянию на {} задолженность {who} в пользу {whom} составляет {figures} руб. ({said}).", day(to))
}

const REPORT: [Column; 2] = [
    Column { title: "Показатель", share: 700, align: Align::Left },
    Column { title: "Сумма, руб.", share: 300, align: Align::Right },
];

/// The report's name, as the file has it too.
pub fn report_title(statement: &Statement) -> String {
    format!("Отчёт по счёту за {}", statement.month.in_russian())
}

/// Lays the account report out.
pub fn report(statement: &Statement, parties: Parties<'_>, today: NaiveDate) -> Pages {
    let mut sheet = Sheet::new(Format::UprightCopy);
    sheet.text(TITLE, &report_title(statement));
    let [seller, buyer] = parties.in_one_line();
    sheet.text(BODY, &format!("Продавец: {seller}"));
    sheet.text(BODY, &format!("Покупатель: {buyer}, {}", parties.contract()));
    sheet.gap(800);
    let turnover = &statement.turnover;
    let row = |name: &str, amount: Kopecks| vec![name.to_owned(), money(amount)];
    let rows = [
        row("Остаток на начало месяца", statement.opening),
        row("Поступило оплат", turnover.payments),
        row("Куплено", turnover.purchases.negated()),
        row("Возвращено покупок", turnover.refunds),
        row("Корректировки", turnover.adjustments),
        row(
            if statement.closed {
                "Остаток на конец месяца"
            } else {
                "Остаток сейчас"
            },
            statement.closing,
        ),
    ];
    sheet.table_with_sums(&REPORT, 950, &rows, 0, |at| at == 0 || at == 5);
    sheet.gap(700);
    let note = match statement.closed {
        false => format!("Месяц не закрыт: показано по состоянию на {}.", day(today)),
        true => "Месяц закрыт: его показатели не меняются.".to_owned(),
    };
    sheet.text(BODY, &note);
    sheet.text(Style::new(Face::Regular, 800), "Остаток со знаком минус — долг покупателя.");
    sheet.pages()
}
