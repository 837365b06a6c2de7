//! What OKTAN wrote in the demo: its news, and the pages of its stations.

/// A text in both languages.
pub struct Both {
    pub ru: &'static str,
    pub en: &'static str,
}

/// When a piece of news came out.
pub enum When {
    /// So many days ago.
    Ago(i64),
    /// The last time that it was this month and day.
    Last(u32, u32),
    /// On this day, if the demo goes back to it.
    On(i32, u32, u32),
}

/// A piece of news.
pub struct Piece {
    pub when: When,
    pub title: Both,
    /// In Markdown.
    pub body: Both,
}

/// The news, in no order.
pub const NEWS: [Piece; 5] = [
    Piece {
        when: When::Ago(9),
        title: Both {
            ru: "ПИН-код топливной карты теперь задаёте вы",
            en: "You now set the PIN of a fuel card yourself",
        },
        body: Both {
            ru: "В личном кабинете на странице карты появился раздел **ПИН-код**. Задайте четыре цифры — и с этой минуты АЗС \
отпустит топливо по карте только после них.\n\n- После трёх неверных попыток ПИН-код блокируется. Снять блокировку может тот, кто \
управляет картами, в том же разделе.\n- ПИН-код нигде не показывается, сотрудникам ОКТАНа он тоже не виден. Забыли — задайте \
новый.\n- При замене потерянной карты ПИН-код на новую не переходит.\n\nКартам без ПИН-кода ничего делать не нужно: они работают \
как раньше.",
            en: "A card's page in the cabinet has a new section, **PIN**. Set four digits, and from that minute on a station sells \
on the card only after they were typed.\n\n- After three wrong tries the PIN locks. Whoever manages cards unlocks it in the same \
section.\n- Nobody is ever shown a PIN, OKTAN's staff included. Forgotten? Set another.\n- When a lost card is replaced, its PIN \
does not pass to the new one.\n\nCards without a PIN work as before.",
        },
    },
    Piece {
        when: When::Last(11, 5),
        title: Both {
            ru: "Зимнее дизельное топливо — на пяти АЗС", en: "Winter diesel at five stations"
        },
        body: Both {
            ru: "С сегодняшнего дня зимнее ДТ есть на АЗС [№ 12](/stations/12), [№ 7](/stations/7), [№ 3](/stations/3), \
[№ 21](/stations/21) и [№ 31](/stations/31). На [АЗС № 18](/stations/18) остаётся летнее.\n\nЕсли в правилах карты перечислены \
разрешённые виды топлива, проверьте, есть ли среди них **ДТ зимнее**: для карты это отдельный продукт. Изменить правила можно \
сразу у всех карт группы.",
            en: "From today on winter diesel is sold at stations [12](/en/stations/12), [7](/en/stations/7), [3](/en/stations/3), \
[21](/en/stations/21) and [31](/en/stations/31). [Station 18](/en/stations/18) keeps the summer grade.\n\nIf the rules of a card \
list the fuels that it may buy, see whether **winter diesel** is among them: to a card it is a product of its own. The rules of a \
whole group can be changed at once.",
        },
    },
    Piece {
        when: When::Ago(131),
        title: Both {
            ru: "На АЗС № 21 в Минеральных Водах открылась мойка",
            en: "A car wash has opened at station 21 in Mineralnye Vody",
        },
        body: Both {
            ru: "Портальная мойка принимает легковые автомобили и фургоны высотой до 2,6 м, с 7:00 до 22:00. Платить можно \
топливной картой, если её правила разрешают **мойку**; в истории она видна отдельной строкой.\n\nАдрес и цена — на \
[странице АЗС](/stations/21).",
            en: "It takes cars and vans up to 2.6 m high, from 7:00 to 22:00. Fuel cards pay for it where their rules allow the \
**wash**; in the history it is a line of its own.\n\nAddress and price are on the [station's page](/en/stations/21).",
        },
    },
    Piece {
        when: When::On(2025, 12, 19),
        title: Both { ru: "С 1 января ставка НДС — 22 %", en: "VAT is 22 % from 1 January" },
        body: Both {
            ru: "С 1 января 2026 года ставка НДС на топливо и услуги — **22 %** вместо 20 %.\n\n- Покупка облагается по ставке \
дня, когда топливо отпущено: заправки до полуночи 31 декабря — 20 %, после — 22 %.\n- Возврат делается по ставке своей \
покупки.\n- Договор менять не нужно. Цены на АЗС указаны с НДС.\n\nСтавка каждой операции видна в истории и в документах.",
            en: "From 1 January 2026 the rate of VAT on fuel and services is **22 %** instead of 20 %.\n\n- A purchase has the \
rate of the day on which the fuel flowed: fills before midnight of 31 December 20 %, those after it 22 %.\n- What is returned has \
the rate of its purchase.\n- Contracts stay as they are. Prices at the stations include VAT.\n\nThe history and the documents \
show each operation's rate.",
        },
    },
    Piece {
        when: When::Ago(402),
        title: Both {
            ru: "АЗС № 31 в Светлограде снова принимает автопоезда",
            en: "Station 31 in Svetlograd takes road trains again",
        },
        body: Both {
            ru: "На ул. Бассейной, 41, у выезда на Ипатово, закончен новый подъезд: автопоезду больше не нужно разворачиваться \
на площадке. Скоростная колонка ДТ стоит теперь первой от въезда.\n\nСтанция работает с 6:00 до 23:00. Подробности — на \
[её странице](/stations/31).",
            en: "At 41, Basseynaya street, by the road to Ipatovo, the new driveway is finished: a road train need not turn \
around on the forecourt any more, and the fast diesel pump is the first one from the road.\n\nThe station is open from 6:00 to \
23:00. More on [its page](/en/stations/31).",
        },
    },
];

/// What the pages of the stations say, in the order of the stations.
pub const PAGES: [Both; 6] = [
    Both {
        ru: "Главная станция сети, на южном обходе Ставрополя: заезд с обеих сторон трассы.\n\n- **Грузовой транспорт:** две \
скоростные колонки ДТ, стоянка на 12 автопоездов, душ.\n- **Кафе** с горячими обедами — круглосуточно.\n- **Мойка** — с 7:00 до \
22:00, фургоны до 2,6 м.",
        en: "The network's main station, on Stavropol's southern bypass, with driveways on both sides of the road.\n\n- \
**Lorries:** two fast diesel pumps, parking for 12 road trains, a shower.\n- **Café** with hot meals around the clock.\n- **Car \
wash** from 7:00 to 22:00, vans up to 2.6 m.",
    },
    Both {
        ru: "На выезде из Михайловска в сторону Ставрополя. Газ отпускают на отдельном острове, очереди за ним не мешают \
остальным. Кафе работает с 6:00 до 23:00, магазин — круглосуточно.",
        en: "On the way from Mikhaylovsk to Stavropol. LPG has an island of its own, so that nobody waits behind it. The café is \
open from 6:00 to 23:00, the shop around the clock.",
    },
    Both {
        ru: "В промышленной части Невинномысска, в двух минутах от федеральной трассы. Единственная станция в городе, где есть и \
метан, и пропан.\n\n**Метан:** рабочее давление 200 бар, колонка на два поста.",
        en: "In the industrial part of Nevinnomyssk, two minutes from the federal highway: the only station in town with both CNG \
and LPG.\n\n**CNG:** 200 bar, two places at the pump.",
    },
    Both {
        ru: "По дороге в аэропорт и на курорты. Здесь есть метан, мойка и кафе.\n\n- Мойка — с 7:00 до 22:00.\n- Для автобусов — \
отдельный въезд и место для стоянки до двух часов.",
        en: "On the way to the airport and the spa towns, with CNG, a car wash and a café.\n\n- The wash is open from 7:00 to \
22:00.\n- Coaches have a driveway of their own and may stay for two hours.",
    },
    Both {
        ru: "На Бештаугорском шоссе, напротив выезда на объездную. Метана и зимнего дизельного топлива здесь нет: за ними — на \
[АЗС № 21](/stations/21), 18 км.",
        en: "On Beshtaugorskoye highway, across from the bypass. There is neither CNG nor winter diesel here: \
[station 21](/en/stations/21) has both, 18 km away.",
    },
    Both {
        ru: "У выезда на Ипатово. Во время уборки урожая станция открыта круглосуточно; заправка в поле топливозаправщиком — по \
договорённости с администрацией.",
        en: "By the road to Ipatovo. In harvest it is open around the clock; a bowser comes to the field by arrangement with the \
administration.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use oktan_shared::domain::text::{Markdown, Title};
    use oktan_shared::markdown::{to_html, to_text};

    #[test]
    fn what_is_written_is_text_that_a_page_shows_as_it_was_meant() {
        for piece in &NEWS {
            assert!(Title::parse(piece.title.ru).is_ok() && Title::parse(piece.title.en).is_ok());
        }
        for text in NEWS.iter().map(|piece| &piece.body).chain(&PAGES).flat_map(|both| [both.ru, both.en]) {
            assert!(Markdown::parse(text).is_ok(), "{text}");
            let shown = to_html(text);
            assert_eq!(shown.matches("<a href=\"/").count(), text.matches("](/").count(), "{shown}");
            assert_eq!(shown.matches("<li>").count(), text.matches("\n- ").count(), "{shown}");
            let plain = to_text(text, 10_000);
            assert!(!["**", "](", "  ", " ,", " ."].iter().any(|left| plain.contains(left)), "{plain}");
        }
    }
}
