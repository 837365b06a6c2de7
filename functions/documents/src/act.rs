//! Акт приёма-передачи карт: what OKTAN gave and the company took, and how its owner gets into the cabinet.

use crate::page::{Align, Column, Face, Format, LEFT, Pages, Sheet, Style, Unit, WITHIN};
use crate::requisites;
use chrono::NaiveDate;
use oktan_shared::auth::Secret;
use oktan_shared::domain::CardNumber;
use oktan_shared::domain::card::CardStatus;
use oktan_shared::domain::papers::written;
use oktan_shared::table::Company;

/// What the act says.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The day on which it is made.
    pub today: NaiveDate,
    /// Who takes.
    pub company: &'a Company,
    /// What is handed over.
    pub cards: &'a [HandedCard],
    /// How its owner gets in.
    pub access: Option<Access<'a>>,
    /// Whom to call, day and night.
    pub duty_phone: &'a str,
}

/// A card that is handed over.
#[derive(Debug)]
pub struct HandedCard {
    pub number: CardNumber,
    pub label: String,
    pub valid_until: NaiveDate,
    pub status: CardStatus,
}

/// How an owner gets into the cabinet.
#[derive(Debug)]
pub struct Access<'a> {
    pub address: String,
    pub login: &'a str,
    /// Where it is handed over on paper, and not by mail.
    pub one_time_password: Option<&'a Secret>,
}

const BODY: Style = Style::new(Face::Regular, 1_000);
const STRONG: Style = Style::new(Face::Bold, 1_000);
const TITLE: Style = Style::new(Face::Bold, 1_300).to(Align::Middle);
const UNDER_TITLE: Style = BODY.to(Align::Middle);
const SMALL: Style = Style::new(Face::Regular, 800);
/// Letters that are typed off the paper.
const TYPED: Style = Style::new(Face::Bold, 1_200);
const HEAD: Style = Style::new(Face::Bold, 1_050);
/// Room for what is never parted: a heading with what follows it, the signatures.
const ACCESS_HEIGHT: Unit = 15_500;
const SIGNATURES_HEIGHT: Unit = 24_000;

const COLUMNS: [Column; 5] = [
    Column { title: "№", share: 60, align: Align::Right },
    Column { title: "Номер карты", share: 290, align: Align::Left },
    Column { title: "Машина или водитель", share: 280, align: Align::Left },
    Column { title: "Действует до", share: 150, align: Align::Left },
    Column { title: "При передаче", share: 220, align: Align::Left },
];

/// The act's title, as the file has it too.
pub fn title(facts: &Facts<'_>) -> String {
    let what = if facts.cards.is_empty() {
        "Акт передачи доступа"
    } else {
        "Акт приёма-передачи карт"
    };
    format!("{what} по договору № {}", facts.company.contract_number)
}

/// Lays the act out.
pub fn act(facts: &Facts<'_>) -> Pages {
    let mut sheet = Sheet::new(Format::Upright);
    head(&mut sheet, facts);
    if !facts.cards.is_empty() {
        cards(&mut sheet, facts.cards);
    }
    if let Some(access) = &facts.access {
        self::access(&mut sheet, access, facts.duty_phone);
    }
    signatures(&mut sheet, facts);
    sheet.pages()
}

fn head(sheet: &mut Sheet, facts: &Facts<'_>) {
    let company = facts.company;
    let heading = if facts.cards.is_empty() {
        "Акт передачи доступа в личный кабинет"
    } else {
        "Акт приёма-передачи топливных карт"
    };
    sheet.text(TITLE, heading);
    let contract = format!("к договору № {} от {}", company.contract_number, numeric(company.contract_date));
    sheet.text(UNDER_TITLE, &contract);
    sheet.gap(1_200);
    let top = sheet.y();
    sheet.text(BODY, requisites::PLACE);
    sheet.back_to(top);
    sheet.text(BODY.to(Align::Right), &written(facts.today));
    sheet.gap(1_000);
    let kpp = company.kpp.as_ref().map(|kpp| format!(", КПП {kpp}")).unwrap_or_default();
    let what = if facts.cards.is_empty() {
        "передал, а Клиент принял доступ в личный кабинет."
    } else {
        "передал, а Клиент принял топливные карты и доступ в личный кабинет."
    };
    let parties = format!(
        "{} (далее — ОКТАН) и {}, ИНН {}{kpp} (далее — Клиент), составили этот акт о том, что ОКТАН {what}",
        requisites::NAME,
        company.name,
        company.inn,
    );
    sheet.text(BODY, &parties);
    sheet.gap(1_000);
}

fn cards(sheet: &mut Sheet, cards: &[HandedCard]) {
    let row = |(at, card): (usize, &HandedCard)| {
        vec![
            (at + 1).to_string(),
            grouped(card.number.as_str()),
            card.label.clone(),
            numeric(card.valid_until),
            state(card.status).to_owned(),
        ]
    };
    let rows: Vec<Vec<String>> = cards.iter().enumerate().map(row).collect();
    sheet.table(&COLUMNS, 900, &rows);
    sheet.gap(500);
    sheet.keep(2 * BODY.leading);
    sheet.text(STRONG, &format!("Всего карт: {}", cards.len()));
    if cards.iter().any(|card| card.status == CardStatus::BlockedByStaff) {
        let note = "Заблокированные карты ОКТАН включит, когда получит подписанный акт.";
        sheet.text(BODY, note);
    }
    sheet.gap(1_200);
}

fn access(sheet: &mut Sheet, access: &Access<'_>, duty_phone: &str) {
    sheet.keep(ACCESS_HEIGHT);
    sheet.text(HEAD, "Личный кабинет");
    sheet.gap(300);
    let indent = 15_000;
    sheet.pair(("Адрес", BODY), (&access.address, BODY), (LEFT, indent));
    sheet.pair(("Логин", BODY), (access.login, TYPED), (LEFT, indent));
    match access.one_time_password {
        Some(password) => {
            sheet.pair(("Одноразовый пароль", BODY), (password.reveal(), TYPED), (LEFT, indent));
            sheet.gap(300);
            sheet.text(
                BODY,
                "При первом входе кабинет попросит задать свой пароль; одноразовый после этого не действует. Никому \
                 не сообщайте пароль: сотрудники ОКТАН его не спрашивают.",
            );
        }
        None => {
            sheet.pair(("Пароль", BODY), ("задан владельцем или отправлен ему письмом", BODY), (LEFT, indent));
        }
    }
    let lost = format!("Потерянную карту сразу заблокируйте в кабинете или позвоните: {duty_phone}, круглосуточно.");
    sheet.text(BODY, &lost);
    sheet.gap(1_200);
}

fn signatures(sheet: &mut Sheet, facts: &Facts<'_>) {
    sheet.keep(SIGNATURES_HEIGHT);
    sheet.text(BODY, "Акт составлен в двух экземплярах, по одному для каждой стороны.");
    sheet.gap(1_500);
    let top = sheet.y();
    let between = 2_500;
    let width = (WITHIN - between) / 2;
    let contact = facts.company.contact.full_name.as_str();
    let sides = [("Передал", requisites::NAME, ""), ("Принял", facts.company.name.as_str(), contact)];
    let xs = [LEFT, LEFT + width + between];
    let mut lowest = top;
    for (x, (what, who, _)) in xs.into_iter().zip(sides) {
        sheet.back_to(top);
        sheet.text_at(STRONG, what, x, width);
        sheet.text_at(BODY, who, x, width);
        lowest = lowest.max(sheet.y());
    }
    sheet.back_to(lowest);
    for under in ["должность", "подпись", "фамилия, имя, отчество", "дата"] {
        // What is filled in stands on its line; both sides have theirs at one height.
        let filled = |name| if under.starts_with("фамилия") { BODY.lines(name, width) } else { Vec::new() };
        let height = |lines: usize| Unit::try_from(lines).unwrap_or_default() * BODY.leading;
        let deepest = sides.iter().map(|(_, _, name)| height(filled(name).len())).max().unwrap_or_default();
        let line = sheet.y() + deepest.max(1_900) + 150;
        for (x, (_, _, name)) in xs.into_iter().zip(sides) {
            sheet.back_to(line - 150 - height(filled(name).len()));
            filled(name).iter().for_each(|part| sheet.text_at(BODY, part, x, width));
            sheet.back_to(line);
            sheet.rule(x, width, 50);
            sheet.text_at(SMALL, under, x, width);
        }
    }
}

/// What a card can do when it is handed over.
fn state(status: CardStatus) -> &'static str {
    match status {
        CardStatus::Active => "действует",
        CardStatus::Blocked | CardStatus::BlockedByStaff => "заблокирована",
        CardStatus::Expired => "срок истёк",
        CardStatus::Closed => "закрыта",
    }
}

/// A card's number in fours.
fn grouped(number: &str) -> String {
    let digits: Vec<char> = number.chars().collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn numeric(date: NaiveDate) -> String {
    date.format("%d.%m.%Y").to_string()
}
