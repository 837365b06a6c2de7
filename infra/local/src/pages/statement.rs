//! A statement to be imported, of the demo's companies and as of the stand's clock.

use super::Stand;
use crate::demo::{OWN_ACCOUNT, payers};
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chrono::{Duration, NaiveDate};
use oktan_shared::domain::Kopecks;
use oktan_shared::domain::window::Zone;

/// Somebody whom nobody knows.
const STRANGER: Side =
    Side {
        inn: "7709102453", name: "ООО «Неизвестный плательщик»", account: "40702810032892184011"
    };
/// Whose own account the statement is of.
const OWN: Side = Side { inn: "2635037455", name: "НК ОКТАН", account: OWN_ACCOUNT };
/// Whom we pay.
const SUPPLIER: Side =
    Side { inn: "7701756052", name: "АО «Поставщик ГСМ»", account: "40702810070434192541" };

/// One side of a document.
#[derive(Clone, Copy)]
struct Side<'a> {
    inn: &'a str,
    name: &'a str,
    account: &'a str,
}

/// Yesterday's statement: payments that name a contract, one that does not, one of nobody, one of ours, and the first once more.
/// In windows-1251, as a bank writes it.
pub async fn download(State(stand): State<Stand>) -> Response {
    let date = Zone::default().date(stand.clock.now()) - Duration::days(1);
    let (text, kind) = (statement(date), HeaderValue::from_static("application/octet-stream"));
    let bytes = encoding_rs::WINDOWS_1251.encode(&text).0.into_owned();
    let named = HeaderValue::from_static("attachment; filename=\"kl_to_1c.txt\"");
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, named)], bytes).into_response()
}

fn statement(date: NaiveDate) -> String {
    let day = date.format("%d.%m.%Y").to_string();
    let [first, second, third] = payers();
    let side = |(inn, name, _): (&'static str, &'static str, &'static str), account| Side { inn, name, account };
    let contract = |(_, _, number): (&str, &str, &str)| format!("Оплата по договору № {number} за ГСМ");
    let (one, two, three) = (
        side(first, "40702810073662585178"),
        side(second, "40702810128657070499"),
        side(third, "40802810859574890682"),
    );
    let documents = [
        ("901", 25_000_000, one, OWN, contract(first)),
        ("1204", 18_000_050, two, OWN, "Предоплата за топливо".to_owned()),
        ("37", 4_000_000, three, OWN, contract(third)),
        ("611", 4_500_000, STRANGER, OWN, "За дизтопливо".to_owned()),
        ("77", 9_900_000, OWN, SUPPLIER, "Оплата поставки нефтепродуктов".to_owned()),
        ("901", 25_000_000, one, OWN, contract(first)),
    ];
    let sum = |ours: bool| {
        let sides = documents.iter().filter(|(_, _, from, ..)| (from.account == OWN.account) == ours);
        Kopecks::new(sides.map(|(_, kopecks, ..)| kopecks).sum())
    };
    let (came, left) = (sum(false), sum(true));
    let head = format!(
        "1CClientBankExchange\nВерсияФормата=1.03\nКодировка=Windows\nОтправитель=Клиент-Банк\nДатаНачала={day}\n\
         ДатаКонца={day}\nРасчСчет={OWN_ACCOUNT}\nСекцияРасчСчет\nДатаНачала={day}\nДатаКонца={day}\n\
         РасчСчет={OWN_ACCOUNT}\nНачальныйОстаток=0.00\nВсегоПоступило={came}\nВсегоСписано={left}\n\
         КонечныйОстаток={}\nКонецРасчСчет\n",
        came.saturating_sub(left)
    );
    let body: String = documents
        .iter()
        .map(|(number, kopecks, from, to, purpose)| {
            format!(
                "СекцияДокумент=Платежное поручение\nНомер={number}\nДата={day}\nСумма={}\nПлательщикСчет={}\n\
                 ПлательщикИНН={}\nПлательщик1={}\nПолучательСчет={}\nПолучательИНН={}\nПолучатель1={}\n\
                 НазначениеПлатежа={purpose}\nКонецДокумента\n",
                Kopecks::new(*kopecks),
                from.account,
                from.inn,
                from.name,
                to.account,
                to.inn,
                to.name
            )
        })
        .collect();
    format!("{head}{body}КонецФайла\n").replace('\n', "\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use oktan_shared::domain::bank::Statement;

    #[test]
    fn the_statement_is_one() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default();
        let text = statement(date);
        let bytes = encoding_rs::WINDOWS_1251.encode(&text).0.into_owned();
        let read = Statement::read(&bytes).map(|statement| statement.documents.len());
        assert_eq!(read, Ok(5));
    }
}
