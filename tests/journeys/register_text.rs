//! The register's text: every encoding, separator and line end, and whatever else somebody may send.

use crate::register::{HEADER, row};
use oktan_imports::register::{Record, decode, read, records};
use oktan_tests::numbers;
use std::collections::BTreeSet;

/// Inputs of each test over many.
const MANY: u32 = 100_000;

/// Numbers that look random and are the same every time (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).expect("31 bits") % end
    }
}

#[test]
fn a_register_says_the_same_in_every_encoding_with_every_separator_and_line_end() {
    let rows = [
        row(1, 3),
        row(2, 0),
        format!("{};;\"А;Б, \"\"В\"\"\";3/26;2026-01-15;Н;88652184225;a@b.example;c-3;1", numbers::inn(3)),
    ];
    let text = format!("{HEADER}\n{}", rows.join("\n"));
    let plain = read(text.as_bytes()).unwrap();
    assert_eq!((plain.rows.len(), plain.refused.len()), (3, 0));
    assert_eq!((plain.rows[2].name.as_str(), plain.rows[2].line), ("А;Б, \"В\"", 4));
    // With commas every cell that has one is in quotes.
    let comma = text.replace("А;Б", "А\u{1}Б").replace(';', ",").replace('\u{1}', ";");
    let mut seen = 0;
    for text in [&text, &comma] {
        for end in ["\n", "\r\n"] {
            for (tail, blank) in [("", ""), (end, ""), (end, end)] {
                let text = format!("{}{tail}", text.replace('\n', &format!("{blank}{end}")));
                let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
                for file in [text.as_bytes().to_vec(), marked, encoding_rs::WINDOWS_1251.encode(&text).0.into_owned()] {
                    let mut register = read(&file).unwrap();
                    seen += 1;
                    for row in &mut register.rows {
                        // Empty lines count, and are otherwise nothing.
                        let step = if blank.is_empty() { 1 } else { 2 };
                        assert_eq!((row.line - 1) % step, 0);
                        row.line = (row.line - 1) / step + 1;
                        row.last_line = (row.last_line - 1) / step + 1;
                    }
                    assert_eq!(register, plain, "{text:?}");
                }
            }
        }
    }
    assert_eq!(seen, 36);
}

#[test]
fn columns_stand_in_any_order_and_the_reason_is_not_read() {
    let text = format!(
        "Cards; NAME;inn;kpp;contract_number;contract_date;contact_full_name;phone;email;owner_login;reason\n\
         2;Нива;{};;1/26;2026-01-15;Н;88652184225;a@b.example;c-1;Исправлено; да\n\
         2;Нива;{};;1/26;2026-01-15;Н;88652184225;a@b.example;c-2;=1+1\n;;;;;;;;;;\n  \n",
        numbers::inn(1),
        numbers::inn(2),
    );
    let register = read(text.as_bytes()).unwrap();
    assert_eq!(register.rows.iter().map(|row| (row.line, row.cards)).collect::<Vec<_>>(), [(3, 2)]);
    assert_eq!(register.refused.iter().map(|row| row.line).collect::<Vec<_>>(), [2], "a cell too many");
}

#[test]
fn a_quote_that_is_never_closed_is_told_with_all_that_it_swallowed() {
    let text = format!("{HEADER}\n{}\n{}\n{}\n", row(1, 1), row(2, 1).replace("\"\";", "\";"), row(3, 1));
    let broken = text.replacen("\"ООО \"\"Нива-2\"\"\"", "\"ООО Нива-2", 1);
    let register = read(broken.as_bytes()).unwrap();
    assert_eq!(register.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2]);
    let refused = &register.refused[0];
    assert_eq!((register.refused.len(), refused.line, refused.last_line), (1, 3, 4));
    let error = &refused.errors[0];
    assert_eq!((error.field.as_str(), error.code.as_str()), ("name", "text_control_character"));
}

/// A cell as a spreadsheet writes it.
fn written(cell: &str, separator: char) -> String {
    if cell.contains([separator, '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A cell of nothing, a few letters or what has to be quoted.
fn cell(dice: &mut Dice) -> String {
    const PIECES: [&str; 12] = ["", "a", "Я", "ё 1", ";", ",", "\"", "\n", "\r\n", "=", " ", "\"\""];
    (0..dice.below(4)).map(|_| PIECES[dice.below(PIECES.len())]).collect()
}

#[test]
fn what_a_spreadsheet_writes_is_read_cell_by_cell_and_line_by_line() {
    let mut dice = Dice(7);
    for _ in 0..MANY {
        let separator = [';', ','][dice.below(2)];
        let end = ["\n", "\r\n"][dice.below(2)];
        let (mut text, mut line) = (format!("inn{separator}name{end}"), 2);
        let mut wanted = vec![Record { line: 1, last_line: 1, cells: vec!["inn".to_owned(), "name".to_owned()] }];
        for last in [false, false, true] {
            let blanks = dice.below(3);
            text.push_str(&end.repeat(blanks));
            line += blanks;
            let cells: Vec<String> = (0..=dice.below(3)).map(|_| cell(&mut dice)).collect();
            let row: Vec<String> = cells.iter().map(|cell| written(cell, separator)).collect();
            let row = row.join(&separator.to_string());
            let last_line = line + row.matches('\n').count();
            let cells: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
            if cells.iter().any(|cell| !cell.is_empty()) {
                wanted.push(Record { line, last_line, cells });
            }
            text.push_str(&row);
            if !last || dice.below(2) == 0 {
                text.push_str(end);
            }
            line = last_line + 1;
        }
        assert_eq!(records(&text), wanted, "{text:?}");
    }
}

#[test]
fn whatever_is_sent_is_read_or_refused_and_its_lines_are_in_order() {
    const ROW: &[u8] = b"2622542570;;a;1;2026-01-15;b;88652184225;a@b.ru;abc;1\n";
    const BYTES: &[u8] = b"\"\";,\n\r\r\n ab=\xd0\xdf\xff";
    let mut dice = Dice(11);
    let (mut read_at_all, mut refused) = (0, 0);
    for _ in 0..MANY {
        let mut file = if dice.below(4) > 0 { format!("{HEADER}\n").into_bytes() } else { Vec::new() };
        for _ in 0..dice.below(4) {
            match dice.below(8) {
                0 => file.extend((0..dice.below(40)).map(|_| u8::try_from(dice.below(256)).unwrap())),
                1 | 2 => file.extend_from_slice(ROW),
                _ => file.extend((0..dice.below(40)).map(|_| BYTES[dice.below(BYTES.len())])),
            }
        }
        let Ok(register) = read(&file).inspect_err(|errors| assert!(!errors.is_empty())) else {
            refused += 1;
            continue;
        };
        read_at_all += 1;
        assert!(register.refused.iter().all(|row| !row.errors.is_empty()));
        let text = decode(&file).expect("read before");
        let last = text.replace("\r\n", "\n").matches(['\n', '\r']).count() + 1;
        let records = records(&text);
        assert!(records.windows(2).all(|pair| pair[0].last_line < pair[1].line), "{text:?}");
        assert!(records.iter().all(|r| (1..=last).contains(&r.line) && r.last_line <= last), "{text:?}");
        let named = register.rows.iter().map(|row| row.line).chain(register.refused.iter().map(|row| row.line));
        let every: BTreeSet<usize> = records.iter().skip(1).map(|record| record.line).collect();
        assert_eq!(named.collect::<BTreeSet<_>>(), every, "{text:?}");
    }
    assert!(read_at_all > 10_000 && refused > 10_000, "{read_at_all} {refused}");
}
