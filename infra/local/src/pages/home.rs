//! The first page: who to be, what time it is, and the tour.

use axum::extract::State;
use axum::response::Response;

use super::Stand;
use super::clock::written;
use super::layout::{Language, escape, page};
use super::tour;
use crate::demo::Person;

/// How far the buttons move the clock: in Russian, in English, seconds.
const LEAPS: [(&str, &str, i64); 4] = [
    ("+ 30 минут", "+ 30 minutes", 1_800),
    ("+ час", "+ an hour", 3_600),
    ("+ сутки", "+ a day", 86_400),
    ("+ 31 день", "+ 31 days", 2_678_400),
];

/// `GET /_local`.
pub async fn show(State(stand): State<Stand>, language: Language) -> Response {
    let t = |russian, english| language.pick(russian, english);
    let main = format!(
        "<div class=\"hero\"><h1>{}</h1><p class=\"lead\">{}</p></div>\
         <div class=\"columns\"><section class=\"card\"><h2>{}</h2>{}</section>{}</div>{}",
        t("Кабинет, колонка и почта на одном столе", "The cabinet, the pump and the mail on one desk"),
        t(
            "Это настоящая система на вашем компьютере: те же функции, те же правила, своя база. Ничего не уходит наружу.",
            "This is the real system on your computer: the same functions, the same rules, a database of its own. Nothing leaves it.",
        ),
        t("Войти одним щелчком", "Sign in with a click"),
        people(&stand.people(), language),
        clock(&stand, language) + &files(&stand, language),
        tour::steps(stand.demo.as_ref(), language),
    );
    page(language, "/_local", t("Начало", "Start"), &main)
}

fn people(people: &[Person], language: Language) -> String {
    let t = |russian, english| language.pick(russian, english);
    if people.is_empty() {
        let none = t(
            "Никого нет: задайте STAFF_LOGIN и STAFF_PASSWORD и запустите стенд снова.",
            "Nobody is here: set STAFF_LOGIN and STAFF_PASSWORD and start the stand again.",
        );
        return format!("<p>{none}</p>");
    }
    let rows: String = people
        .iter()
        .map(|person| {
            format!(
                "<li><form method=\"post\" action=\"/_local/sign-in/{login}\" target=\"cabinet\">\
                 <button class=\"person\"><b>{about}</b><span class=\"quiet\">{login} · <code>{password}</code></span></button></form></li>",
                login = escape(&person.login),
                about = escape(t(&person.about_ru, &person.about_en)),
                password = escape(&person.password),
            )
        })
        .collect();
    format!("<ul class=\"people\">{rows}</ul>")
}

/// Files of the demo's companies, to be imported at the staff desk.
fn files(stand: &Stand, language: Language) -> String {
    if stand.demo.is_none() {
        return String::new();
    }
    let t = |russian, english| language.pick(russian, english);
    format!(
        "<section class=\"card\" id=\"files\"><h2>{}</h2><p class=\"quiet\">{}</p><p class=\"row\">\
         <a class=\"button\" href=\"/_local/kl_to_1c.txt\" download>{}</a>\
         <a class=\"button\" href=\"/_local/register.csv\" download>{}</a></p></section>",
        t("Файлы на пробу", "Files to try"),
        t(
            "Администратор или бухгалтер ОКТАНа загружает их на страницах «Платежи» и «Компании».",
            "OKTAN's administrator or accountant takes them in on the pages “Payments” and “Companies”.",
        ),
        t("Выписка банка", "Bank statement"),
        t("Реестр компаний", "Register of companies"),
    )
}

fn clock(stand: &Stand, language: Language) -> String {
    let t = |russian, english| language.pick(russian, english);
    let leaps: String = LEAPS
        .iter()
        .map(|(russian, english, seconds)| {
            format!("<button name=\"advance_s\" value=\"{seconds}\">{}</button>", t(russian, english))
        })
        .collect();
    let now = written(stand.clock.now());
    let ahead = match stand.clock.ahead_s() {
        0 => t("Идут вместе с компьютером.", "In step with the computer.").to_owned(),
        ahead_s => {
            let (days, hours, minutes) = (ahead_s / 86_400, ahead_s / 3_600 % 24, ahead_s / 60 % 60);
            match language {
                Language::Russian => format!("Впереди компьютера на {days} сут {hours} ч {minutes} мин."),
                Language::English => format!("Ahead of the computer by {days} d {hours} h {minutes} min."),
            }
        }
    };
    let about = t(
        "Только вперёд: так за минуту виден конец дня или месяца. Сессии при этом кончаются, как им положено.",
        "Ahead only: a day's or a month's turn in a minute. Sessions end as they should.",
    );
    format!(
        "<section class=\"card\" id=\"clock\"><h2>{}</h2>\
         <p class=\"figure\"><time datetime=\"{now}\" data-clock>{now}</time></p><p class=\"quiet\">{ahead} {about}</p>\
         <form method=\"post\" action=\"/_local/clock/advance\" class=\"row\">{leaps}</form></section>",
        t("Часы", "Clock"),
    )
}
