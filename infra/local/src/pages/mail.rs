//! The mail that left, as its readers would see it; links in it work.

use axum::Json;
use axum::extract::State;
use axum::response::Response;

use super::Stand;
use super::layout::{Language, escape, page};
use crate::mailbox::Mail;

/// Letters on one page; `outbox.json` has them all.
const SHOWN_MAX: usize = 100;

/// `GET /_local/outbox.json`: every letter, newest last.
pub async fn list(State(stand): State<Stand>) -> Json<Vec<Mail>> {
    Json(stand.mailbox.all())
}

/// `GET /_local/outbox`: newest first.
pub async fn show(State(stand): State<Stand>, language: Language) -> Response {
    let t = |russian, english| language.pick(russian, english);
    let mails = stand.mailbox.all();
    let letters: String = mails.iter().rev().take(SHOWN_MAX).map(|mail| letter(mail, language)).collect();
    let letters = if letters.is_empty() {
        let none = t(
            "Писем ещё нет. Смените пароль или заведите компанию с доступом по почте, и письмо появится здесь.",
            "No letters yet. Change a password, or create a company with credentials by mail, and one appears here.",
        );
        format!("<p class=\"empty\">{none}</p>")
    } else {
        letters
    };
    let about = t(
        "Всё, что система отправила бы наружу. Страница обновляется сама.",
        "Everything the system would have sent out. The page refreshes itself.",
    );
    let heading = t("Почта", "Mail");
    let main = format!(
        "<h1>{heading}</h1><p class=\"lead\">{about} <a href=\"/_local/outbox.json\">JSON</a></p>\
         <div class=\"letters\" data-mail=\"{}\">{letters}</div>",
        mails.len()
    );
    page(language, "/_local/outbox", heading, &main)
}

fn letter(mail: &Mail, language: Language) -> String {
    let to = language.pick("кому", "to");
    let text = if mail.text.is_empty() { without_tags(&mail.html) } else { mail.text.clone() };
    let html = if mail.html.is_empty() {
        String::new()
    } else {
        format!("<details><summary>HTML</summary><pre>{}</pre></details>", escape(&mail.html))
    };
    format!(
        "<article class=\"card letter\"><h2>{}</h2><p class=\"quiet\">{to} <b>{}</b> · <time datetime=\"{at}\">{at}</time></p>\
         <div class=\"text\">{}</div>{html}</article>",
        escape(&mail.subject),
        escape(&mail.to),
        linked(&text),
        at = escape(&mail.at),
    )
}

/// The text, escaped, with what begins as an address of the web made a link.
fn linked(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("http://").into_iter().chain(rest.find("https://")).min() {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_whitespace() || "<>\"'".contains(c)).unwrap_or(from.len());
        let url = from[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')']);
        out.push_str(&escape(before));
        let shown = escape(url);
        out.push_str(&format!("<a href=\"{shown}\" target=\"cabinet\">{shown}</a>"));
        rest = &from[url.len()..];
    }
    out.push_str(&escape(rest));
    out
}

/// What a letter in HTML says, roughly.
fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            _ if !in_tag => out.push(c),
            _ => {}
        }
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_work_and_text_stays_text() {
        assert_eq!(
            linked("See <b> http://127.0.0.1:8080/activation/a-b_c?x=1&y=2. Bye"),
            "See &lt;b&gt; <a href=\"http://127.0.0.1:8080/activation/a-b_c?x=1&amp;y=2\" target=\"cabinet\">\
             http://127.0.0.1:8080/activation/a-b_c?x=1&amp;y=2</a>. Bye"
        );
        assert_eq!(linked("javascript:alert(1) http:/x"), "javascript:alert(1) http:/x");
        assert_eq!(
            linked("https://a\"onclick=x"),
            "<a href=\"https://a\" target=\"cabinet\">https://a</a>&quot;onclick=x"
        );
        assert_eq!(without_tags("<p>Привет, <b>мир</b></p>"), "Привет, мир");
    }
}
