//! What OKTAN's staff did at the desk in the months of the demo, through the HTTP API: a lost card and its replacement,
//! payments of unknown payers, news.

use axum::http::Method;
use chrono::{DateTime, Datelike as _, Duration, NaiveDate, SecondsFormat, Utc};
use oktan_shared::domain::people::Actor;
use oktan_shared::domain::{CardNumber, CompanyId, Kopecks, PromotionId};
use serde_json::json;

use super::deeds::{Deed, Deeds};
use super::firms::FIRMS;
use super::past::Months;
use super::promotions::{self, Planned};
use super::words::{NEWS, Piece, When};
use super::{Maker, Person, day};
use crate::Failure;
use crate::caller::{Caller, text};

const UNMATCHED: &str = "/v1/staff/payments/unmatched";

/// Who did it.
pub struct Staff<'a> {
    /// Who posts the payments.
    pub clerk: Actor,
    /// Blocks and replaces cards.
    pub admin: &'a Person,
    /// Who posts the payments, to sign in as.
    pub accountant: &'a Person,
    /// Writes the news.
    pub editor: &'a Person,
}

/// Something done at the desk.
pub enum AtDesk {
    /// A lost card was blocked.
    Block(CardNumber),
    /// It was closed, and the second one took its place.
    Replace(CardNumber, CardNumber),
    /// A payment came from nobody knew whom.
    Stray(Stray),
    /// The one that had come last was found to be a company's.
    Find(CompanyId, Kopecks),
    /// A piece of news was published.
    Publish(&'static Piece),
    /// A promotion was published.
    Offer(Box<Planned>),
    /// The tour's company joined one.
    Join(PromotionId),
}

/// A payment of an unknown payer, as the bank tells it.
pub struct Stray {
    inn: Option<&'static str>,
    name: &'static str,
    amount: String,
    document: &'static str,
    purpose: &'static str,
}

/// A payment of a bookkeeper who forgot the company's INN.
pub fn of_unknown_payer(amount: Kopecks) -> Stray {
    Stray {
        inn: None,
        name: "КОЛОС ТРАНС ООО",
        amount: amount.to_string(),
        document: "614",
        purpose: "Оплата за ГСМ по счёту, сумма с учётом НДС",
    }
}

/// What is of no single company: the news, and the payments that still wait for their payer.
pub fn of(months: Months) -> Deeds {
    let news = NEWS.iter().filter_map(|piece| Some((piece.when.at(months)?, AtDesk::Publish(piece))));
    let for_another = Stray {
        inn: Some("2635197360"),
        name: "ООО \"УК СТАВСТРОЙ\"",
        amount: "45000.00".to_owned(),
        document: "1187",
        purpose: "Оплата топлива за ООО Ставстрой-Логистик по договору ТК-074/25, НДС 22%",
    };
    let unknown = Stray {
        inn: None,
        name: "ИП Гаджиев Руслан Маратович",
        amount: "12600.00".to_owned(),
        document: "77",
        purpose: "За дизельное топливо",
    };
    let strays = [(months.ago(3, 245), AtDesk::Stray(for_another)), (months.ago(1, 190), AtDesk::Stray(unknown))];
    news.chain(strays).map(|(at, done)| (at, Deed::AtDesk(done))).collect()
}

impl When {
    /// At ten in the morning of that day; `None` outside of the demo's months.
    fn at(&self, months: Months) -> Option<DateTime<Utc>> {
        let date = match *self {
            Self::Ago(days) => months.today - Duration::days(days),
            Self::Last(month, day) => {
                let in_year = |year| NaiveDate::from_ymd_opt(year, month, day);
                in_year(months.today.year()).filter(|date| *date < months.today).or(in_year(months.today.year() - 1))?
            }
            Self::On(year, month, day) => NaiveDate::from_ymd_opt(year, month, day)?,
        };
        (months.first < date && date < months.today).then(|| day::morning(date) + Duration::hours(4))
    }
}

impl AtDesk {
    /// Does it, now.
    pub async fn act(self, maker: &Maker<'_>, staff: &Staff<'_>) -> Result<(), Failure> {
        let desk = async |who: &Person| Caller::signed_in(maker.api, &who.login, &who.password).await;
        match self {
            Self::Block(number) => {
                let why = json!({ "reason": "Водитель сообщил по телефону, что карта утеряна" });
                desk(staff.admin).await?.post(&format!("/v1/staff/cards/{number}/block"), &why).await.map(drop)
            }
            Self::Replace(lost, new) => {
                let why = json!({ "number": new, "reason": "Карта утеряна, водителю выдана другая" });
                desk(staff.admin).await?.post(&format!("/v1/staff/cards/{lost}/replace"), &why).await.map(drop)
            }
            Self::Stray(stray) => {
                let date = day::date(maker.clock.now()).to_string();
                let key = format!("{date}-{}", stray.document);
                let body = json!({
                    "payer_inn": stray.inn, "payer_name": stray.name, "amount": stray.amount, "date": date,
                    "document_number": stray.document, "purpose": stray.purpose,
                });
                let clerk = desk(staff.accountant).await?;
                let recorded = clerk.send(Method::POST, UNMATCHED, &[("idempotency-key", &key)], &body).await?;
                recorded.expect("a payment of an unknown payer").map(drop)
            }
            Self::Find(company, amount) => {
                let clerk = desk(staff.accountant).await?;
                let waiting = clerk.get(UNMATCHED).await?;
                if text(&waiting, "/items/0/amount")? != amount.to_string() {
                    return Err(Failure::new("a payment of the demo", "another one waits"));
                }
                let path = format!("{UNMATCHED}/{}/assign", text(&waiting, "/items/0/id")?);
                clerk.post(&path, &json!({ "company_id": company })).await.map(drop)
            }
            Self::Offer(planned) => planned.publish(&desk(staff.editor).await?).await,
            Self::Join(id) => promotions::join(&FIRMS[0].signed_in(maker.api).await?, id).await,
            Self::Publish(piece) => {
                let editor = desk(staff.editor).await?;
                let at = maker.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true);
                let both = [("ru", piece.title.ru, piece.body.ru), ("en", piece.title.en, piece.body.en)];
                for (language, title, body) in both {
                    let news = json!({ "title": title, "body": body, "language": language, "published_at": at });
                    editor.post("/v1/staff/news", &news).await?;
                }
                Ok(())
            }
        }
    }
}
