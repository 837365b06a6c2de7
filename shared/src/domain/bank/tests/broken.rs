//! What is no statement, or is not whole.

use super::*;

/// Line and code of why it is refused.
fn why(text: &str) -> (usize, &'static str) {
    let refused = read(text).unwrap_err();
    (refused.line, refused.why.code)
}

fn good() -> String {
    statement(&[incoming(1, 100), outgoing(2, 50)], 100, 50)
}

#[test]
fn each_thing_that_is_wrong_is_named_with_its_line() {
    let cases: [(&str, &str, (usize, &str)); 31] = [
        ("1CClient", "2CClient", (1, "statement_unknown")),
        ("ВерсияФормата=1.03", "ВерсияФормата=2.00", (2, "statement_version")),
        ("ВерсияФормата=1.03\n", "", (1, "statement_key_missing")),
        ("КонецФайла\n", "", (38, "statement_truncated")),
        ("КонецДокумента\nКонецФайла", "КонецФайла", (38, "statement_truncated")),
        ("КонецРасчСчет\n", "", (14, "statement_truncated")),
        ("КонецФайла", "КонецФайла\nРасчСчет=1", (40, "statement_continues")),
        ("Отправитель=Банк", "Отправитель", (4, "statement_line")),
        ("Отправитель=Банк", "Отправитель=Ба\0нк", (4, "statement_not_text")),
        ("\nРасчСчет=40702810586834497869\nСекция", "\nРасчСчет=4070281058683449786\nСекция", (5, "statement_account")),
        ("\nРасчСчет=40702810586834497869\nСекция", "\nРасчСчет=\nСекция", (5, "statement_key_missing")),
        (
            "\nРасчСчет=40702810586834497869\nСекция",
            "\nРасчСчет=40702810586834497860\nСекция",
            (9, "statement_account_foreign"),
        ),
        ("РасчСчет=40702810586834497869\nНач", "РасчСчет=40702810586834497860\nНач", (9, "statement_account_foreign")),
        ("РасчСчет=40702810586834497869", "РасчСчет=40702840586834497869", (5, "statement_currency")),
        (
            "ПолучательСчет=40702810586834497869",
            "ПолучательСчет=40702810586834497860",
            (15, "statement_account_foreign"),
        ),
        ("ВсегоПоступило=1.00", "ВсегоПоступило=1.01", (13, "statement_total")),
        ("ВсегоПоступило=1.00\nВсегоСписано=0.50\nКонечныйОстаток=0.50", "ВсегоПоступило=1.01", (6, "statement_total")),
        ("ВсегоСписано=0.50\nКонечныйОстаток=0.50", "ВсегоСписано=0.49", (6, "statement_total")),
        ("КонечныйОстаток=0.50", "КонечныйОстаток=0.51", (13, "statement_total")),
        ("КонечныйОстаток=0.50", "КонечныйОстаток=нет", (13, "amount_malformed")),
        ("Сумма=1.00", "Сумма=1,00", (18, "amount_malformed")),
        ("Сумма=1.00", "Сумма=1-00", (18, "amount_malformed")),
        ("Сумма=1.00", "Сумма=-1.00", (18, "amount_malformed")),
        ("Сумма=1.00", "Сумма=1.000", (18, "amount_too_precise")),
        ("Сумма=1.00", "Сумма=0.00", (18, "amount_not_positive")),
        ("Сумма=1.00", "Сумма=99999999999.00", (18, "amount_too_large")),
        ("Сумма=1.00\n", "", (15, "statement_key_missing")),
        ("Сумма=1.00", "Сумма=1.00\nСумма=1.00", (19, "statement_key_repeated")),
        ("Номер=1\n", "Номер=\n", (15, "statement_key_missing")),
        ("Дата=20.11.2026\nСумма=1.00", "Дата=31.11.2026\nСумма=1.00", (17, "date_malformed")),
        ("Дата=20.11.2026\nСумма=1.00", "Дата=2026-11-20\nСумма=1.00", (17, "date_malformed")),
    ];
    assert!(read(&good()).is_ok());
    for (from, to, expected) in cases {
        let text = good().replacen(from, to, 1);
        assert_ne!(text, good(), "{from}");
        assert_eq!(why(&text), expected, "{to}");
    }
}

#[test]
fn what_is_no_text_at_all_is_refused() {
    for (bytes, code) in [
        (&b""[..], "statement_empty"),
        (b"\n \r\n", "statement_empty"),
        (b"PK\x03\x04", "statement_not_text"),
        (b"\xff\xfe1\0C\0", "statement_encoding"),
        (b"\xef\xbb\xbf1CClientBankExchange\n\xff=", "statement_encoding"),
        (b"1CClientBankExchange\n\xff\xff=", "statement_encoding"),
    ] {
        assert_eq!(Statement::read(bytes).unwrap_err().why.code, code, "{bytes:?}");
    }
}

#[test]
fn a_repeated_section_is_refused_and_one_a_day_is_not() {
    let section = "СекцияРасчСчет\nДатаНачала=20.11.2026\nРасчСчет=40702810586834497869\nКонецРасчСчет\n";
    let again = good().replace("КонецРасчСчет\n", &format!("КонецРасчСчет\n{section}"));
    assert_eq!(why(&again), (15, "statement_section_repeated"));
    let without =
        again.replace("ДатаНачала=20.11.2026\nДатаКонца=20.11.2026\n", "").replace("ДатаНачала=20.11.2026\n", "");
    assert_eq!(why(&without).1, "statement_section_repeated", "no days are all days");
    let other =
        again.replace("СекцияРасчСчет\nДатаНачала=20.11.2026\nРасч", "СекцияРасчСчет\nДатаНачала=21.11.2026\nРасч");
    assert!(read(&other).is_ok(), "its total is not said, so there is nothing to hold it against");
    let reversed = good().replace("ДатаКонца=20.11.2026", "ДатаКонца=01.01.2026");
    assert!(read(&reversed).is_ok());
}

#[test]
fn an_endless_line_is_refused_before_it_is_all_there() {
    let mut reader = Reader::default();
    let mut each = |_| unreachable!();
    reader.push(b"1CClientBankExchange\n", &mut each).unwrap();
    let mut taken = 0;
    let refused = loop {
        match reader.push(&[b'x'; 1000], &mut each) {
            Ok(()) => taken += 1000,
            Err(refused) => break refused,
        }
    };
    assert_eq!((refused.line, refused.why.code), (2, "statement_line_too_long"));
    assert!(taken <= LINE_MAX);
    // A purpose that goes on and on over lines.
    let on = format!("НазначениеПлатежа=Оплата\n{}", "и ещё немного\n".repeat(400));
    assert_eq!(why(&good().replacen("НазначениеПлатежа=Оплата ", &on, 1)).1, "statement_line_too_long");
}

#[test]
fn more_documents_than_are_taken_at_once_are_refused() {
    let count = i64::from(DOCUMENTS_MAX);
    let documents: Vec<String> = (0..DOCUMENTS_MAX).map(|n| incoming(n, 1)).collect();
    assert_eq!(read(&statement(&documents, count, 0)).unwrap().documents.len(), documents.len());
    let more = [documents, vec![incoming(DOCUMENTS_MAX, 1)]].concat();
    assert_eq!(why(&statement(&more, count + 1, 0)).1, "statement_too_many");
}

#[test]
fn wherever_a_statement_is_cut_it_is_refused() {
    let text = good();
    let whole = text.trim_end().len();
    for at in (0..whole).filter(|at| text.is_char_boundary(*at)) {
        assert!(read(&text[..at]).is_err(), "cut at {at}");
    }
    assert!(read(&text[..whole]).is_ok());
}
