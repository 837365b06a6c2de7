//! The statement's text: every encoding, line end and size of pieces, a large file, and whatever else somebody may send.

use crate::statement::{OWN, SAMPLE, document, statement};
use oktan_shared::domain::bank::{DOCUMENTS_MAX, Document, Encoding, Reader, Statement};
use std::time::Instant;

/// Inputs that are a small statement, changed in a few places.
const SMALL: u32 = 860_000;
/// Inputs of random bytes, with and without the first lines of a statement.
const RANDOM: u32 = 140_000;
/// Inputs that are the whole sample, changed.
const WHOLE: u32 = 2_000;
/// Threads that share them.
const THREADS: u32 = 2;

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

    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).expect("a byte")
    }
}

#[test]
fn the_encodings_are_those_of_the_world() {
    for byte in 0..=255u8 {
        for (ours, theirs) in [(Encoding::Windows, encoding_rs::WINDOWS_1251), (Encoding::Dos, encoding_rs::IBM866)] {
            let bytes = [byte];
            let (text, _, _) = theirs.decode(&bytes);
            assert_eq!(ours.decode(&bytes).as_deref(), Some(&*text), "{ours:?} {byte:#x}");
        }
    }
}

#[test]
fn a_statement_says_the_same_in_every_encoding_with_every_line_end() {
    let plain = Statement::read(SAMPLE).expect("the sample");
    assert_eq!((plain.documents.len(), plain.accounts.len()), (8, 1));
    let (text, _, _) = encoding_rs::WINDOWS_1251.decode(SAMPLE);
    let dos: Vec<(char, u8)> =
        (0x80..=0xffu8).map(|b| (Encoding::Dos.decode(&[b]).unwrap().chars().next().unwrap(), b)).collect();
    let to_dos = |text: &str| -> Vec<u8> {
        let byte = |c: char| dos.iter().find(|(letter, _)| *letter == c).map_or_else(|| c as u8, |(_, byte)| *byte);
        text.chars().map(byte).collect()
    };
    for text in [text.to_string(), text.replace("\r\n", "\n"), format!("{text}\r\n\r\n"), text.trim_end().to_owned()] {
        for declared in ["Windows", "DOS", "UTF-8"] {
            let text = text.replace("Кодировка=Windows", &format!("Кодировка={declared}"));
            let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
            let in_1251 = encoding_rs::WINDOWS_1251.encode(&text).0.into_owned();
            for file in [text.as_bytes().to_vec(), marked, in_1251, to_dos(&text), [to_dos(&text), vec![0x1a]].concat()]
            {
                assert_eq!(Statement::read(&file).as_ref(), Ok(&plain));
            }
        }
    }
}

#[test]
fn a_large_statement_is_read_in_a_time_that_grows_with_its_size() {
    let purpose = "Оплата по договору № 110/26-Т от 26.10.2026 за ГСМ. В т.ч. НДС (22%) 18032.79. ".repeat(2);
    let file = |count: u32| {
        let documents: Vec<String> = (0..count).map(|n| document("2622542570", n, 100, &purpose)).collect();
        encoding_rs::WINDOWS_1251.encode(&statement(&documents)).0.into_owned()
    };
    let took = |file: &[u8]| {
        let begun = Instant::now();
        assert!(Statement::read(file).is_ok());
        begun.elapsed()
    };
    let (small, large) = (file(DOCUMENTS_MAX / 10), file(DOCUMENTS_MAX));
    let (one, ten) = (took(&small).min(took(&small)), took(&large).min(took(&large)));
    println!("{} bytes in {} ms, {} bytes in {} ms", small.len(), one.as_millis(), large.len(), ten.as_millis());
    assert!(ten < one * 20, "{one:?} and {ten:?}");
}

/// Changes a statement in a few places: bytes, lines, keys, numbers.
fn change(file: &mut Vec<u8>, dice: &mut Dice) {
    const KEYS: [&str; 8] = [
        "Сумма=",
        "СекцияДокумент=",
        "КонецДокумента",
        "РасчСчет=",
        "КонецФайла",
        "Дата=31.02.2026",
        "=",
        "ВсегоПоступило=1",
    ];
    for _ in 0..=dice.below(3) {
        let at = dice.below(file.len().max(1)).min(file.len());
        let to = (at + dice.below(60)).min(file.len());
        match dice.below(8) {
            0 => file.truncate(at),
            1 => drop(file.drain(at..to)),
            2 => {
                let again = file[at..to].to_vec();
                drop(file.splice(at..at, again));
            }
            3 => file.insert(at, b'\n'),
            4 => file.splice(at..at, std::iter::repeat_n(b'9', dice.below(30))).for_each(drop),
            5 => {
                let key = encoding_rs::WINDOWS_1251.encode(KEYS[dice.below(KEYS.len())]).0.into_owned();
                drop(file.splice(at..at, key));
            }
            _ => {
                let byte = dice.byte();
                file[at..to].iter_mut().take(1).for_each(|place| *place = byte);
            }
        }
    }
}

/// Reads it whole and in pieces: the same comes of it, and of what is refused nothing.
fn hold(file: &[u8], dice: &mut Dice) -> bool {
    let whole = Statement::read(file);
    if dice.below(8) == 0 {
        let piece = dice.below(40) + 1;
        let mut documents: Vec<Document> = Vec::new();
        let mut reader = Reader::default();
        let mut pieces = file.chunks(piece);
        let read = pieces.try_for_each(|bytes| reader.push(bytes, &mut |document| documents.push(document)));
        let end = read.and_then(|()| reader.finish(&mut |document| documents.push(document)));
        match (&whole, end) {
            (Ok(statement), Ok(accounts)) => {
                assert_eq!((&accounts, &documents), (&statement.accounts, &statement.documents));
            }
            (Err(one), Err(other)) => assert_eq!(*one, other),
            (one, other) => panic!("{one:?} and {other:?}"),
        }
    }
    whole.is_ok_and(|statement| {
        // Whatever was changed: what is credited is what the totals say.
        let came: i64 = statement.accounts.iter().map(|(_, turnover)| turnover.came.get()).sum();
        let sum: i64 = statement.documents.iter().map(|document| document.amount.get()).sum();
        assert!(sum <= came && statement.documents.iter().all(|document| document.amount.is_positive()));
        true
    })
}

#[test]
fn a_million_broken_statements_are_read_or_refused_and_none_panics() {
    let begun = Instant::now();
    let threads: Vec<_> = (0..THREADS).map(|n| std::thread::spawn(move || fuzz(n))).collect();
    let taken: u32 = threads.into_iter().map(|thread| thread.join().expect("no panic")).sum();
    let inputs = SMALL + RANDOM + WHOLE;
    println!("{inputs} inputs, {taken} of them statements still, in {} s", begun.elapsed().as_secs());
    assert!(inputs >= 1_000_000 && taken > 1_000, "{taken} of {inputs}");
}

fn fuzz(thread: u32) -> u32 {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (u64::from(thread) << 32));
    let short = format!(
        "1CClientBankExchange\nВерсияФормата=1.03\nРасчСчет={OWN}\nСекцияРасчСчет\nРасчСчет={OWN}\nВсегоПоступило=1\n\
         КонецРасчСчет\nСекцияДокумент=П\nНомер=1\nДата=20.11.2026\nСумма=1\nПлательщикСчет=1\nПолучательСчет={OWN}\n\
         КонецДокумента\nКонецФайла"
    );
    let short = encoding_rs::WINDOWS_1251.encode(&short).0.into_owned();
    let mut taken = 0;
    for n in 0..(SMALL + RANDOM + WHOLE) / THREADS {
        let file = match n {
            n if n < WHOLE / THREADS => {
                let mut file = SAMPLE.to_vec();
                change(&mut file, &mut dice);
                file
            }
            n if n < (WHOLE + RANDOM) / THREADS => {
                let start = if dice.below(2) == 0 { &b""[..] } else { &short[..dice.below(short.len())] };
                let length = dice.below(60);
                start.iter().copied().chain((0..length).map(|_| dice.byte())).collect()
            }
            _ => {
                let mut file = short.clone();
                change(&mut file, &mut dice);
                file
            }
        };
        taken += u32::from(hold(&file, &mut dice));
    }
    taken
}
