//! Reads a letter in MIME as far as one needs to show it: RFC 5322 headers with folding, RFC 2047 words,
//! RFC 2045 transfer encodings, RFC 2046 multiparts. Anything odd is shown as it came; nothing fails.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Multiparts within multiparts that are followed.
const DEPTH_MAX: usize = 5;

/// The parts of a letter that a mailbox shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// The `From` header, decoded.
    pub from: String,
    /// The addresses of `To`, `Cc` and `Bcc`.
    pub to: Vec<String>,
    /// The `Subject`, decoded.
    pub subject: String,
    /// The first `text/plain` part.
    pub text: String,
    /// The first `text/html` part.
    pub html: String,
    /// The `List-Unsubscribe` header.
    pub list_unsubscribe: String,
    /// The `List-Unsubscribe-Post` header.
    pub list_unsubscribe_post: String,
}

/// Reads a whole letter.
pub fn parse(bytes: &[u8]) -> Letter {
    let (headers, body) = split(bytes);
    let mut letter = Letter {
        from: decode_words(&headers.get("from")),
        subject: decode_words(&headers.get("subject")),
        list_unsubscribe: headers.get("list-unsubscribe"),
        list_unsubscribe_post: headers.get("list-unsubscribe-post"),
        ..Letter::default()
    };
    for name in ["to", "cc", "bcc"] {
        let line = decode_words(&headers.get(name));
        let found = line.split(',').map(str::trim).filter(|address| !address.is_empty());
        letter.to.extend(found.map(str::to_owned));
    }
    read_part(&headers, body, &mut letter, 0);
    letter
}

fn read_part(headers: &Headers, body: &[u8], letter: &mut Letter, depth: usize) {
    let kind = headers.get("content-type");
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("multipart/") && depth < DEPTH_MAX {
        if let Some(boundary) = parameter(&kind, "boundary") {
            for part in parts(body, &boundary) {
                let (headers, body) = split(part);
                read_part(&headers, body, letter, depth + 1);
            }
        }
    } else if lower.starts_with("text/html") {
        first(&mut letter.html, headers, body);
    } else if lower.is_empty() || lower.starts_with("text/plain") {
        first(&mut letter.text, headers, body);
    }
}

fn first(place: &mut String, headers: &Headers, body: &[u8]) {
    if place.is_empty() {
        let encoding = headers.get("content-transfer-encoding").to_ascii_lowercase();
        let bytes = match encoding.trim() {
            "base64" => from_base64(body),
            "quoted-printable" => from_quoted(body, false),
            _ => body.to_vec(),
        };
        *place = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
    }
}

/// Headers in order, names in lower case, values unfolded.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> String {
        let found = self.0.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    }
}

fn split(bytes: &[u8]) -> (Headers, &[u8]) {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        let line = String::from_utf8_lossy(line);
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim_start());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    (Headers(headers), rest)
}

/// `name=value` or `name="value"` of a structured header.
fn parameter(header: &str, name: &str) -> Option<String> {
    header.split(';').skip(1).find_map(|pair| {
        let (found, value) = pair.split_once('=')?;
        let is_it = found.trim().eq_ignore_ascii_case(name);
        is_it.then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<&'a [u8]> {
    let mark = format!("--{boundary}").into_bytes();
    let mut found = Vec::new();
    let mut start = None;
    let mut at = 0;
    while at < body.len() {
        let end = body[at..].iter().position(|byte| *byte == b'\n').map_or(body.len(), |n| at + n + 1);
        let line = body[at..end].trim_ascii_end();
        if let Some(tail) = line.strip_prefix(mark.as_slice()).filter(|tail| matches!(*tail, b"" | b"--")) {
            if let Some(start) = start {
                // The line break before a boundary belongs to the boundary.
                let part: &[u8] = &body[start..at];
                let part = part.strip_suffix(b"\n").unwrap_or(part);
                found.push(part.strip_suffix(b"\r").unwrap_or(part));
            }
            start = (tail != b"--").then_some(end);
        }
        at = end;
    }
    found
}

fn from_base64(body: &[u8]) -> Vec<u8> {
    let packed: Vec<u8> = body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    STANDARD.decode(&packed).unwrap_or(packed)
}

/// Quoted-printable; in a header's word (`Q`) an underscore is a space.
fn from_quoted(body: &[u8], in_word: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while at < body.len() {
        let rest = &body[at..];
        match rest {
            [b'=', b'\r', b'\n', ..] => at += 3,
            [b'=', b'\n', ..] => at += 2,
            [b'=', high, low, ..] if hex(*high).is_some() && hex(*low).is_some() => {
                out.push(hex(*high).unwrap_or_default() << 4 | hex(*low).unwrap_or_default());
                at += 3;
            }
            [b'_', ..] if in_word => {
                out.push(b' ');
                at += 1;
            }
            [byte, ..] => {
                out.push(*byte);
                at += 1;
            }
            [] => break,
        }
    }
    out
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Replaces every `=?charset?B|Q?text?=`; the space between two of them is not text. A letter outside the
/// alphabet of one word may be cut between two, so bytes are joined before they are read as UTF-8.
fn decode_words(line: &str) -> String {
    let mut out: Vec<u8> = Vec::new();
    let mut rest = line;
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        let Some((bytes, after)) = word(from) else {
            out.extend_from_slice(before.as_bytes());
            out.extend_from_slice(b"=?");
            rest = &from[2..];
            after_word = false;
            continue;
        };
        if !(after_word && before.trim().is_empty()) {
            out.extend_from_slice(before.as_bytes());
        }
        out.extend(bytes);
        rest = after;
        after_word = true;
    }
    out.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

fn word(from: &str) -> Option<(Vec<u8>, &str)> {
    let (_charset, rest) = from.strip_prefix("=?")?.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (text, after) = rest.split_once("?=")?;
    let bytes = match encoding {
        "B" | "b" => STANDARD.decode(text).ok()?,
        "Q" | "q" => from_quoted(text.as_bytes(), true),
        _ => return None,
    };
    Some((bytes, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_in_two_languages_and_two_parts_is_read() {
        let letter = parse(
            "From: =?UTF-8?B?0J7QmtCi0JDQnQ==?= <no-reply@example.com>\r\n\
             To: ivanov@example.com,\r\n =?utf-8?Q?=D0=AF_?= <ya@example.com>\r\n\
             Subject: =?UTF-8?Q?=D0=92=D1=81?=\r\n =?UTF-8?Q?=D1=91_=D1=82=D1=83=D1=82?=\r\n\
             Content-Type: multipart/alternative; boundary=\"b1\"\r\n\r\n\
             preamble\r\n--b1\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
             0J/RgNC4\r\n0LLQtdGC\r\n--b1\r\n\
             Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
             <a href=3D\"/x\">=D0=AF</a> lo=\r\nng\r\n--b1--\r\n"
                .as_bytes(),
        );
        assert_eq!(letter.from, "ОКТАН <no-reply@example.com>");
        assert_eq!(letter.to, ["ivanov@example.com", "Я  <ya@example.com>"]);
        assert_eq!(letter.subject, "Всё тут");
        assert_eq!(letter.text, "Привет");
        assert_eq!(letter.html, "<a href=\"/x\">Я</a> long");
    }

    #[test]
    fn rubbish_is_shown_as_it_came() {
        assert_eq!(parse(b"").text, "");
        assert_eq!(parse(b"Subject: =?x?Z?a?= =? b\n\ntext").subject, "=?x?Z?a?= =? b");
        assert_eq!(parse(b"Content-Transfer-Encoding: base64\n\n!!").text, "!!");
        assert_eq!(parse(b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nopen").text, "");
    }
}
