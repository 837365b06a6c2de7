use super::*;
use proptest::prelude::*;

mod broken;
mod matched;

pub const OWN: &str = "40702810586834497869";
pub const OTHER: &str = "40702810073662585178";
pub const PAYER_INN: &str = "2622542570";

/// One document that brings so many kopecks.
pub fn incoming(number: u32, kopecks: i64) -> String {
    let amount = Kopecks::new(kopecks);
    format!(
        "СекцияДокумент=Платежное поручение\nНомер={number}\nДата=20.11.2026\nСумма={amount}\nПлательщикСчет={OTHER}\n\
         ПлательщикИНН={PAYER_INN}\nПлательщик1=ООО \"Колос\"\nПолучательСчет={OWN}\nДатаПоступило=20.11.2026\n\
         ДатаСписано=\nНазначениеПлатежа=Оплата по договору № 110/26-Т\nКонецДокумента\n"
    )
}

/// One that takes them.
pub fn outgoing(number: u32, kopecks: i64) -> String {
    incoming(number, kopecks).replace(OWN, "x").replace(OTHER, OWN).replace('x', OTHER)
}

/// A statement of these documents, whose totals are right.
pub fn statement(documents: &[String], came: i64, left: i64) -> String {
    let (came, left, closing) = (Kopecks::new(came), Kopecks::new(left), Kopecks::new(came - left));
    format!(
        "1CClientBankExchange\nВерсияФормата=1.03\nКодировка=Windows\nОтправитель=Банк\nРасчСчет={OWN}\n\
         СекцияРасчСчет\nДатаНачала=20.11.2026\nДатаКонца=20.11.2026\nРасчСчет={OWN}\nНачальныйОстаток=0\n\
         ВсегоПоступило={came}\nВсегоСписано={left}\nКонечныйОстаток={closing}\nКонецРасчСчет\n{}КонецФайла\n",
        documents.concat()
    )
}

pub fn read(text: &str) -> Result<Statement, Refused> {
    Statement::read(text.as_bytes())
}

#[test]
fn a_statement_says_what_came_and_counts_what_left() {
    let text =
        statement(&[incoming(500, 10_000_037), outgoing(77, 9_900_000), incoming(501, 1)], 10_000_038, 9_900_000);
    let statement = read(&text).unwrap();
    let turnover = Turnover { came: Kopecks::new(10_000_038), incoming: 2, left: Kopecks::new(9_900_000), outgoing: 1 };
    assert_eq!(statement.accounts, [(AccountNumber::parse(OWN).unwrap(), turnover)]);
    assert_eq!(statement.documents.len(), 2);
    let first = &statement.documents[0];
    assert_eq!((first.line, first.number.as_str(), first.amount), (15, "500", Kopecks::new(10_000_037)));
    assert_eq!(first.payer_inn.as_ref().map(Inn::as_str), Some(PAYER_INN));
    assert_eq!(first.payer_name.as_str(), "ООО \"Колос\"");
    assert_eq!(first.purpose, "Оплата по договору № 110/26-Т");
    assert_eq!(first.identity().to_string(), format!("{OWN}#2026-11-20#500#10000037#{OTHER}"));
    assert_eq!(BankIdentity::parse(&first.identity().to_string()), Ok(first.identity()));
}

#[test]
fn several_accounts_each_have_their_own_totals_and_a_transfer_between_them_is_no_credit() {
    const SECOND: &str = "40702810000000000002";
    let section = |own: &str, day: u32, came: &str, left: &str| {
        format!(
            "СекцияРасчСчет\nДатаНачала={day}.11.2026\nРасчСчет={own}\nВсегоПоступило={came}\nВсегоСписано={left}\n\
             КонецРасчСчет\n"
        )
    };
    let between = outgoing(9, 500).replace(OTHER, SECOND);
    // A bank that writes a section a day, and the second account's after the documents.
    let text = format!(
        "1CClientBankExchange\nВерсияФормата=1.01\nРасчСчет={OWN}\nРасчСчет={SECOND}\n{}{}{}{}{between}{}КонецФайла",
        section(OWN, 19, "0", "0"),
        section(OWN, 20, "3.00", "5.00"),
        incoming(1, 300),
        incoming(2, 700).replace(OWN, SECOND),
        section(SECOND, 20, "12", "0.0"),
    );
    let statement = read(&text).unwrap();
    let came: Vec<_> = statement.accounts.iter().map(|(_, turnover)| turnover.came.get()).collect();
    assert_eq!((statement.documents.len(), came), (2, vec![1_200, 300]));
    assert_eq!(statement.documents[1].own.as_str(), SECOND);
}

#[test]
fn a_payer_is_read_from_what_the_bank_says() {
    let said = |from: &str, to: &str| {
        let text = statement(&[incoming(1, 100).replace(from, to)], 100, 0);
        read(&text).unwrap().documents.remove(0)
    };
    let printed = said("ПлательщикИНН=2622542570\nПлательщик1=", "Плательщик=ИНН 2622542570 ");
    assert_eq!((printed.payer_inn.is_some(), printed.payer_name.as_str()), (true, "ООО \"Колос\""));
    assert_eq!(said("ИНН=2622542570", "ИНН=2622542571").payer_inn, None, "a wrong check digit is no INN");
    assert_eq!(said("Плательщик1=ООО \"Колос\"\n", "").payer_name.as_str(), "—");
    let parts = said("НазначениеПлатежа=Оплата ", "НазначениеПлатежа2=по счёту\nНазначениеПлатежа1=Оплата ");
    assert_eq!(parts.purpose, "Оплата по договору № 110/26-Т по счёту");
    let broken = said("НазначениеПлатежа=Оплата ", "НазначениеПлатежа=Оплата\r\n");
    assert_eq!(broken.purpose, "Оплата по договору № 110/26-Т", "a bank that breaks the line");
    let unsaid = said(&format!("ПлательщикСчет={OTHER}\n"), "ПлательщикСчет=\n");
    assert_eq!(unsaid.identity().to_string(), format!("{OWN}#2026-11-20#1#100#{PAYER_INN}"));
}

#[test]
fn a_document_is_the_same_whatever_else_a_bank_says_of_it() {
    let one = read(&statement(&[incoming(500, 100)], 100, 0)).unwrap().documents.remove(0);
    for (from, to) in [
        ("Номер=500", "Номер= 000500"),
        ("ПлательщикИНН=2622542570\n", ""),
        ("Плательщик1=ООО", "Плательщик1=Общество"),
        ("Оплата по", "ОПЛАТА ПО"),
        ("ПлательщикСчет", "ПлательщикРасчСчет"),
    ] {
        let other = read(&statement(&[incoming(500, 100).replace(from, to)], 100, 0)).unwrap().documents.remove(0);
        assert_eq!(other.identity(), one.identity(), "{to}");
    }
    for (from, to) in [("Номер=500", "Номер=501"), ("Дата=20", "Дата=19"), (OTHER, "40702810073662585179")]
    {
        let other = read(&statement(&[incoming(500, 100).replace(from, to)], 100, 0)).unwrap().documents.remove(0);
        assert_ne!(other.identity(), one.identity(), "{to}");
    }
}

proptest! {
    #[test]
    fn the_order_of_documents_and_the_size_of_the_pieces_change_nothing(
        amounts in prop::collection::vec((1i64..1_000_000, any::<bool>()), 0..8),
        turn in 0usize..8,
        piece in 1usize..200,
    ) {
        let sum = |of: bool| amounts.iter().filter(|(_, came)| *came == of).map(|(amount, _)| *amount).sum::<i64>();
        let mut documents: Vec<String> = (0u32..)
            .zip(&amounts)
            .map(|(n, (amount, came))| if *came { incoming(n, *amount) } else { outgoing(n, *amount) })
            .collect();
        let plain = statement(&documents, sum(true), sum(false));
        let whole = read(&plain).unwrap();
        prop_assert_eq!(whole.accounts[0].1.came.get(), sum(true));
        prop_assert_eq!(whole.accounts[0].1.left.get(), sum(false));
        let mut parts = Vec::new();
        let mut reader = Reader::default();
        for bytes in plain.as_bytes().chunks(piece) {
            reader.push(bytes, &mut |document| parts.push(document)).unwrap();
        }
        prop_assert_eq!(&reader.finish(&mut |_| unreachable!()).unwrap(), &whole.accounts);
        prop_assert_eq!(&parts, &whole.documents);
        if !documents.is_empty() {
            let at = turn % documents.len();
            documents.rotate_left(at);
        }
        let turned = read(&statement(&documents, sum(true), sum(false))).unwrap();
        let known = |statement: &Statement| {
            let mut all: Vec<_> = statement.documents.iter().map(Document::identity).collect();
            all.sort();
            all
        };
        prop_assert_eq!(&turned.accounts, &whole.accounts);
        prop_assert_eq!(known(&turned), known(&whole));
    }
}
