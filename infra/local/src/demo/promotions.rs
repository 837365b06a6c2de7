//! The promotions of the demo: one that is over, two that are on, one for the tour's company alone, one that is to come.
//! They are published and joined through the HTTP API at their times; the fills of the months know them beforehand.

use chrono::Duration;
use oktan_shared::domain::promotion::{Discount, Joined, Offers, Percent, Terms, TermsId};
use oktan_shared::domain::{Catalogue, CompanyId, Kopecks, Millilitres, ProductCode, PromotionId};
use serde_json::json;

use super::deeds::{Deed, Deeds};
use super::desk::AtDesk;
use super::past::Months;
use super::words::Both;
use crate::Failure;
use crate::caller::{Caller, text};

/// A promotion.
pub struct Sale {
    /// Days ago that it was published, at noon;
    published: i64,
    /// days ago that it began, or days ahead below zero;
    from: i64,
    /// the same of its last day.
    to: i64,
    /// Days ago that the tour's company joined, an hour after noon.
    joined: Option<i64>,
    products: &'static [&'static str],
    stations: &'static [&'static str],
    /// Kopecks per unit, or hundredths of a percent.
    discount: Off,
    /// Litres.
    minimum: i64,
    /// Whether it is for the tour's company alone.
    only: bool,
    title: Both,
    body: Both,
}

enum Off {
    PerUnit(i64),
    Percent(u16),
}

/// In the order in which they are published.
const SALES: [Sale; 5] = [
    Sale {
        published: 96,
        from: 92,
        to: 58,
        joined: Some(94),
        products: &["DT"],
        stations: &[],
        discount: Off::PerUnit(180),
        minimum: 50,
        only: false,
        title: Both { ru: "Дизель для больших баков", en: "Diesel for large tanks" },
        body: Both {
            ru: "Скидка **1,80 ₽ с литра** дизельного топлива на заправки **от 50 литров** на всех наших АЗС.\n\n\
                 Присоединитесь один раз — дальше скидка применяется сама, к каждой подходящей заправке по любой карте компании.",
            en: "**1.80 ₽ off a litre** of diesel for fills **from 50 litres** at all our stations.\n\nJoin once; the discount \
                 then applies by itself to every such fill on any card of the company.",
        },
    },
    Sale {
        published: 33,
        from: 30,
        to: -45,
        joined: Some(31),
        products: &["DT", "DTZ"],
        stations: &[],
        discount: Off::PerUnit(150),
        minimum: 60,
        only: false,
        title: Both { ru: "Зимние рейсы", en: "Winter runs" },
        body: Both {
            ru: "Пока дороги длиннее, а моторы холоднее — **1,50 ₽ с литра** дизеля, летнего и зимнего.\n\n- Заправка **от 60 литров**.\n\
                 - На всех наших АЗС, круглосуточно.\n- Складывать скидки не нужно: если подходит несколько акций, действует самая выгодная.",
            en: "While roads are longer and engines colder: **1.50 ₽ off a litre** of diesel, summer and winter grade.\n\n- A fill \
                 **from 60 litres**.\n- At all our stations, day and night.\n- No need to choose: where several promotions fit, the best one applies.",
        },
    },
    Sale {
        published: 21,
        from: 20,
        to: -40,
        joined: Some(18),
        products: &["AI92", "AI95"],
        stations: &["12", "7"],
        discount: Off::Percent(300),
        minimum: 0,
        only: false,
        title: Both { ru: "Бензин в городе: −3 %", en: "Petrol in town: 3% off" },
        body: Both {
            ru: "**3 %** на АИ-92 и АИ-95 на [АЗС № 12](/stations/12) и [АЗС № 7](/stations/7). Любое количество.\n\nУсловия \
                 заправки — те, что действовали, когда её одобрил терминал.",
            en: "**3% off** AI-92 and AI-95 petrol at [station 12](/en/stations/12) and [station 7](/en/stations/7). Any \
                 quantity.\n\nA fill keeps the terms under which the terminal approved it.",
        },
    },
    Sale {
        published: 6,
        from: 5,
        to: -25,
        joined: None,
        products: &["WASH"],
        stations: &["12"],
        discount: Off::PerUnit(10_000),
        minimum: 0,
        only: true,
        title: Both { ru: "Мойка для вашего парка", en: "Washing for your fleet" },
        body: Both {
            ru: "Только для вашей компании: **100 ₽ с каждой мойки** на [АЗС № 12](/stations/12).",
            en: "For your company alone: **100 ₽ off every wash** at [station 12](/en/stations/12).",
        },
    },
    Sale {
        published: 2,
        from: -7,
        to: -60,
        joined: None,
        products: &["LPG"],
        stations: &[],
        discount: Off::Percent(500),
        minimum: 20,
        only: false,
        title: Both { ru: "Газ выгоднее", en: "Gas for less" },
        body: Both {
            ru: "Через неделю — **5 %** на сжиженный газ, заправка **от 20 литров**. Присоединиться можно уже сейчас.",
            en: "In a week: **5% off** LPG for fills **from 20 litres**. You may join already.",
        },
    },
];

/// A promotion with the id that it will be given.
#[derive(Clone)]
pub struct Planned {
    sale: &'static Sale,
    terms: Terms,
}

/// All promotions as they will be, for the fills; `tour` is the tour's company.
pub struct Plan {
    /// Those that fills may get.
    pub offers: Offers,
    /// What the tour's company takes part in.
    pub joined: Joined,
    planned: Vec<Planned>,
}

impl Plan {
    /// What will be published and joined in the months.
    pub fn of(months: Months, catalogue: &Catalogue, tour: CompanyId) -> Result<Self, Failure> {
        let bad = |what: &str| Failure::new("a promotion of the demo", format!("{what} does not fit"));
        let (mut offers, mut planned, mut joined) = (Offers::default(), Vec::new(), Joined::default());
        for sale in &SALES {
            // As the API counts: the promotion, then its terms.
            let promotion = PromotionId::new(offers.count()).ok_or_else(|| bad("an id"))?;
            let codes: Vec<ProductCode> = sale
                .products
                .iter()
                .map(|code| code.parse())
                .collect::<Result<_, _>>()
                .map_err(|_| bad("a product"))?;
            let stations = sale.stations.iter().map(|code| code.parse()).collect::<Result<Vec<_>, _>>();
            let mut stations = stations.map_err(|_| bad("a station"))?;
            stations.sort();
            let terms = Terms {
                id: TermsId::new(offers.count()),
                promotion,
                from: months.today - Duration::days(sale.from),
                to: months.today - Duration::days(sale.to),
                products: catalogue.set(&codes).map_err(|_| bad("a product"))?,
                stations,
                companies: sale.only.then_some(tour).into_iter().collect(),
                discount: match sale.discount {
                    Off::PerUnit(kopecks) => Discount::PerUnit(Kopecks::new(kopecks)),
                    Off::Percent(hundredths) => {
                        Discount::Percent(Percent::new(hundredths).ok_or_else(|| bad("a percentage"))?)
                    }
                },
                minimum: Millilitres::new(sale.minimum * 1_000),
            };
            joined.promotions.extend(sale.joined.map(|_| promotion));
            planned.push(Planned { sale, terms });
        }
        // All of them together, those that are over too: each holds on its days only.
        let first = months.ago(SALES[0].published, 0);
        offers = planned.iter().fold(offers, |offers, planned| offers.with(planned.terms.clone(), first));
        Ok(Self { offers, joined, planned })
    }

    /// What the desk and the company did about them.
    pub fn deeds(&self, months: Months) -> Deeds {
        let noon = 360;
        let done = self.planned.iter().flat_map(|planned| {
            let (sale, id) = (planned.sale, planned.terms.promotion);
            let joined = sale.joined.map(|days| (months.ago(days, noon + 60), Deed::AtDesk(AtDesk::Join(id))));
            [(months.ago(sale.published, noon), Deed::AtDesk(AtDesk::Offer(Box::new(planned.clone()))))]
                .into_iter()
                .chain(joined)
        });
        done.collect()
    }
}

impl Planned {
    /// Publishes it.
    pub async fn publish(&self, editor: &Caller) -> Result<(), Failure> {
        let (sale, terms) = (self.sale, &self.terms);
        let discount = match terms.discount {
            Discount::PerUnit(off) => json!({ "per_unit": off }),
            Discount::Percent(percent) => json!({ "percent": percent }),
        };
        let ask = json!({
            "title": sale.title.ru, "body": sale.body.ru, "english": { "title": sale.title.en, "body": sale.body.en },
            "from": terms.from, "to": terms.to, "products": sale.products, "stations": sale.stations,
            "companies": terms.companies, "discount": discount, "minimum_quantity": terms.minimum,
        });
        let made = editor.post("/v1/staff/promotions", &ask).await?;
        if text(&made, "/id")? == terms.promotion.to_string() {
            return Ok(());
        }
        Err(Failure::new("a promotion of the demo", "it was given another id than the fills know"))
    }
}

/// Joins a promotion.
pub async fn join(owner: &Caller, id: PromotionId) -> Result<(), Failure> {
    owner.post(&format!("/v1/promotions/{id}/participation"), &json!({})).await.map(drop)
}
