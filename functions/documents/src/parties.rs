//! Seller and buyer as documents name them.

use crate::page::{Align, Face, LEFT, Sheet, Style, Unit};
use crate::requisites;
use oktan_shared::domain::papers::{Buyer, Seller};

pub const BODY: Style = Style::new(Face::Regular, 900);
pub const STRONG: Style = Style::new(Face::Bold, 900);
pub const TITLE: Style = Style::new(Face::Bold, 1_300);
pub const SMALL: Style = Style::new(Face::Regular, 700);
/// Between the two sides of a page.
const BETWEEN: Unit = 3_000;
/// From a side's name to the line that it signs on.
const TO_SIGN: Unit = 2_600;

/// Who sells and who buys.
#[derive(Debug, Clone, Copy)]
pub struct Parties<'a> {
    pub seller: Option<&'a Seller>,
    pub buyer: &'a Buyer,
}

impl<'a> Parties<'a> {
    /// The seller's name; OKTAN's own where there are no requisites yet.
    pub fn seller_name(&self) -> &'a str {
        self.seller.map_or(requisites::NAME, |seller| seller.name.as_str())
    }

    /// `ИНН/КПП` of the seller.
    pub fn seller_inn(&self) -> String {
        self.seller.map_or_else(
            || "—".to_owned(),
            |seller| inn(seller.inn.as_str(), seller.kpp.as_ref().map(|kpp| kpp.as_str())),
        )
    }

    /// `ИНН/КПП` of the buyer.
    pub fn buyer_inn(&self) -> String {
        inn(self.buyer.inn.as_str(), self.buyer.kpp.as_ref().map(|kpp| kpp.as_str()))
    }

    /// Who signs for the seller as its head and as its chief accountant; blank while there are no requisites.
    pub fn signers(&self) -> [&'a str; 2] {
        self.seller.map(|seller| [seller.director.as_str(), seller.accountant.as_str()]).unwrap_or_default()
    }

    /// What both have agreed on.
    pub fn contract(&self) -> String {
        let Buyer { contract_number, contract_date, .. } = self.buyer;
        format!("договор № {contract_number} от {}", crate::figures::day(*contract_date))
    }

    /// A line for each: `name, ИНН, КПП, адрес`.
    pub fn in_one_line(&self) -> [String; 2] {
        let of = |name: &str, inn: &str, kpp: Option<&str>| {
            let kpp = kpp.map(|kpp| format!(", КПП {kpp}")).unwrap_or_default();
            format!("{name}, ИНН {inn}{kpp}")
        };
        let seller = match self.seller {
            Some(seller) => format!(
                "{}, {}, тел. {}",
                of(seller.name.as_str(), seller.inn.as_str(), seller.kpp.as_ref().map(|kpp| kpp.as_str())),
                seller.address,
                seller.phone
            ),
            None => requisites::NAME.to_owned(),
        };
        let buyer = self.buyer;
        [seller, of(buyer.name.as_str(), buyer.inn.as_str(), buyer.kpp.as_ref().map(|kpp| kpp.as_str()))]
    }
}

fn inn(inn: &str, kpp: Option<&str>) -> String {
    kpp.map_or_else(|| inn.to_owned(), |kpp| format!("{inn}/{kpp}"))
}

/// A person's name as it stands beside a signature: `Иванов П. С.`
pub fn signer(name: &str) -> String {
    let mut words = name.split_whitespace();
    let family = words.next().unwrap_or_default().to_owned();
    words.filter_map(|word| word.chars().next()).fold(family, |name, initial| format!("{name}\u{a0}{initial}."))
}

/// Half of a page, from side to side.
pub fn half(sheet: &Sheet) -> Unit {
    (sheet.within() - BETWEEN) / 2
}

/// How high the signatures of these are.
pub fn signatures_height(sheet: &Sheet, sides: [(&str, &str, &str); 2]) -> Unit {
    let lines = sides.map(|(_, who, _)| BODY.lines(who, half(sheet)).len()).into_iter().max().unwrap_or(1);
    900 + TO_SIGN + 1_200 + (Unit::try_from(lines).unwrap_or(1) + 2) * BODY.leading
}

/// Who signs, on both sides: a heading, whose it is, and lines for post, signature and name. They are never parted.
pub fn signatures(sheet: &mut Sheet, sides: [(&str, &str, &str); 2]) {
    sheet.keep(signatures_height(sheet, sides));
    sheet.gap(900);
    let top = sheet.y();
    let width = half(sheet);
    let xs = [LEFT, LEFT + width + BETWEEN];
    let mut lowest = top;
    for (x, (what, who, _)) in xs.into_iter().zip(sides) {
        sheet.back_to(top);
        sheet.text_at(STRONG, what, x, width);
        sheet.text_at(BODY, who, x, width);
        lowest = lowest.max(sheet.y());
    }
    let line = lowest + TO_SIGN;
    for (x, (_, _, name)) in xs.into_iter().zip(sides) {
        let part = width / 3;
        for (at, (under, filled)) in (0..).zip([("должность", ""), ("подпись", ""), ("расшифровка", name)])
        {
            let (from, wide) = (x + at * part, part - 700);
            sheet.back_to(line - 1_350);
            if !filled.is_empty() {
                let filled = signer(filled);
                let size = if BODY.face.width(&filled, BODY.size) > wide { 600 } else { BODY.size };
                let style = Style::new(Face::Regular, size).to(Align::Middle);
                sheet.text_at(style, &filled, from, wide.max(style.face.width(&filled, size)));
            }
            sheet.back_to(line);
            sheet.rule(from, wide, 50);
            sheet.text_at(SMALL.to(Align::Middle), under, from, wide);
        }
    }
    sheet.back_to(line + 1_200);
    for x in xs {
        let y = sheet.y();
        sheet.text_at(BODY, "М.П.   «___» ____________ 20___ г.", x, width);
        sheet.back_to(y);
    }
    sheet.gap(BODY.leading);
}
