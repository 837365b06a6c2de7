//! The tour: ten steps, each with what to click and what to expect.

use super::layout::{Language, escape};
use crate::demo::Demo;

/// What to click: a form that signs in, or links.
enum Click<'a> {
    SignIn(&'a str, &'a str),
    Links(&'a [(&'a str, String)]),
}

struct Step<'a> {
    title: &'a str,
    click: Click<'a>,
    expect: &'a str,
}

/// The steps, for the demo's own card and people.
pub fn steps(demo: Option<&Demo>, language: Language) -> String {
    let t = |russian, english| language.pick(russian, english);
    let heading = t("Десять шагов", "Ten steps");
    let parts = demo.and_then(|demo| {
        Some((demo.cards().first()?, demo.stations().first()?, demo.people().first()?, demo.admin()?))
    });
    let Some((card, station, owner, staff)) = parts else {
        let none = t(
            "Пример не создан: запустите стенд с SEED=demo и пустым DATA_DIR.",
            "There is no demo: start the stand with SEED=demo and an empty DATA_DIR.",
        );
        return format!("<section class=\"card\"><h2>{heading}</h2><p>{none}</p></section>");
    };
    let pump = |quantity: &str| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs([
            ("card", card.number.as_str()),
            ("station", &station.code),
            ("product", "DT"),
            ("quantity", quantity),
        ]);
        format!("/_local/pump?{}", query.finish())
    };
    let (at_pump, cabinet, rules) = (t("Колонка", "Pump"), t("Карта", "Card"), t("Правила карты", "Rules"));
    let (overview, history) = (t("Обзор", "Overview"), t("История", "History"));
    let (card_page, rules_page) = (format!("/cards/{}", card.number), format!("/cards/{}/rules", card.number));
    let forty = [(at_pump, pump("40"))];
    let steps = [
        Step {
            title: t("Войдите владельцем компании", "Sign in as the company's owner"),
            click: Click::SignIn(&owner.login, "/overview"),
            expect: t(
                "На обзоре настоящий отказ за сегодня: карте не дали 40 л, потому что от дневных 105 л осталось 31,5.",
                "The overview has a real refusal of today: 40 l were refused, for 31.5 of the day's 105 l are left.",
            ),
        },
        Step {
            title: t("Попросите на колонке те же 40 л дизеля", "Ask for the same 40 l of diesel at the pump"),
            click: Click::Links(&forty),
            expect: t(
                "Отказ словами для чека: «Дневной лимит: осталось 31,50 л, обновится в 00:00». Денег компании в нём нет.",
                "A refusal in words for the receipt: the day's limit, 31.50 l left, when it resets. Nothing of the company's money.",
            ),
        },
        Step {
            title: t(
                "Отметьте «Можно меньше», попросите снова и отмените",
                "Tick “less will do”, ask again, then reverse",
            ),
            click: Click::Links(&[(at_pump, pump("40")), (cabinet, card_page.clone())]),
            expect: t(
                "Одобрено частично: 31,500 л отложены и видны на странице карты. После отмены они снова свободны.",
                "Approved in part: 31.500 l are held and show on the card's page. Reversed, they are free again.",
            ),
        },
        Step {
            title: t("Поднимите дневной лимит карты до 150 л", "Raise the card's day limit to 150 l"),
            click: Click::Links(&[(rules, rules_page)]),
            expect: t(
                "Сохранение ничего не забывает: уже использованные сегодня 73,5 л остаются в счёте.",
                "Saving forgets nothing: today's 73.5 l still count.",
            ),
        },
        Step {
            title: t("Снова 40 л: отпустите 38,6", "40 l again: dispense 38.6"),
            click: Click::Links(&forty),
            expect: t(
                "Теперь одобрено. В чеке сумма за 38,600 л, остаток 1,400 л вернулся в лимит и на счёт той же записью.",
                "Approved now. The receipt is for 38.600 l; the remaining 1.400 l went back in the same write.",
            ),
        },
        Step {
            title: t("Посмотрите на баланс и историю", "Look at the balance and the history"),
            click: Click::Links(&[(overview, "/overview".to_owned()), (history, "/history".to_owned())]),
            expect: t(
                "Не позже пяти секунд, без перезагрузки: «Доступно» уменьшилось на сумму чека, заправка первой строкой.",
                "Within five seconds, without reloading: “available” is less by the receipt's sum, the fill is the first line.",
            ),
        },
        Step {
            title: t(
                "Заблокируйте карту, попросите 10 л и разблокируйте",
                "Block the card, ask for 10 l, then unblock",
            ),
            click: Click::Links(&[(cabinet, card_page), (at_pump, pump("10"))]),
            expect: t(
                "Отказ «Карта заблокирована»: после ответа на блокировку не проходит ничего. После разблокировки 10 л дают.",
                "Refused, “card blocked”: nothing passes after the block was answered. Unblocked, the 10 l pass.",
            ),
        },
        Step {
            title: t(
                "Станьте администратором и приостановите компанию",
                "Become the administrator and suspend the company",
            ),
            click: Click::SignIn(&staff.login, &staff.home),
            expect: t(
                "Колонка отказывает по любой карте: «обратитесь в свою компанию». Возобновите компанию, и всё идёт дальше.",
                "The pump refuses every card and sends the driver to the company. Resume it and all goes on.",
            ),
        },
        Step {
            title: t("Импортируйте реестр, в котором есть ошибки", "Import a register with bad lines"),
            click: Click::Links(&[
                (t("Скачать реестр", "Get the register"), "/_local/register.csv".to_owned()),
                (t("Импорт", "Import"), "/staff/companies/import".to_owned()),
            ]),
            expect: t(
                "Четыре компании создаются, четыре строки названы: ИНН, почта, повтор, формула. Ещё раз — и ничего не удвоится.",
                "Four companies are created, four lines are named: an INN, an address, a repeat, a formula. Again, and nothing doubles.",
            ),
        },
        Step {
            title: t("Переведите часы на сутки вперёд", "Move the clock ahead by a day"),
            click: Click::Links(&[(t("Часы", "Clock"), "#clock".to_owned()), (at_pump, pump("120"))]),
            expect: t(
                "Дневной лимит начался заново: проходят и 120 л. Сессия кончилась, потому что прошли сутки: войдите ещё раз.",
                "The day's limit began anew: even 120 l pass. The session is over, for a day went by: sign in again.",
            ),
        },
    ];
    let steps: String = steps.iter().map(|step| written(step, language)).collect();
    let about = t("Карта примера:", "The card of the tour:");
    format!(
        "<section class=\"tour\"><h2>{heading}</h2><p class=\"quiet\">{about} <b>{}</b> · {}</p><ol>{steps}</ol></section>",
        escape(&card.number),
        escape(&card.label),
    )
}

fn written(step: &Step<'_>, language: Language) -> String {
    let click = match &step.click {
        Click::SignIn(login, next) => format!(
            "<form method=\"post\" action=\"/_local/sign-in/{}\" target=\"cabinet\">\
             <input type=\"hidden\" name=\"next\" value=\"{}\"><button>{}</button></form>",
            escape(login),
            escape(next),
            language.pick("Войти", "Sign in"),
        ),
        Click::Links(links) => links
            .iter()
            .map(|(name, to)| {
                let target = match to {
                    to if to.starts_with('#') || to.starts_with("/_local/register") => "",
                    to if to.starts_with("/_local/pump") => " target=\"pump\"",
                    _ => " target=\"cabinet\"",
                };
                format!("<a class=\"button\" href=\"{}\"{target}>{}</a>", escape(to), escape(name))
            })
            .collect(),
    };
    format!(
        "<li class=\"card\"><h3>{}</h3><p>{}</p><div class=\"row\">{click}</div></li>",
        escape(step.title),
        escape(step.expect)
    )
}
