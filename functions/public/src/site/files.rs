//! What the pages load beside themselves: a stylesheet, a small script, the font (Golos Text, SIL OFL 1.1). They travel in
//! the function, so that a page and its looks are of one version.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const CSS: &str = include_str!("../../assets/site.css");
const SCRIPT: &str = include_str!("../../assets/site.js");
const CSS_HASH: u64 = hash(CSS.as_bytes());
const SCRIPT_HASH: u64 = hash(SCRIPT.as_bytes());

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_EACH_TIME: &str = "no-cache";

/// The parts of the font, by name; the name carries the font's version.
const FONTS: [(&str, &[u8]); 3] = [
    ("golos-text-5.3.0-cyrillic.woff2", include_bytes!("../../assets/golos-text-5.3.0-cyrillic.woff2")),
    ("golos-text-5.3.0-latin.woff2", include_bytes!("../../assets/golos-text-5.3.0-latin.woff2")),
    ("golos-text-5.3.0-latin-ext.woff2", include_bytes!("../../assets/golos-text-5.3.0-latin-ext.woff2")),
];

/// The parts of the font that every page needs: letters in Russian, digits.
pub const FONTS_FIRST: [&str; 2] = ["/site/golos-text-5.3.0-cyrillic.woff2", "/site/golos-text-5.3.0-latin.woff2"];

/// The stylesheet's address.
pub fn css() -> String {
    format!("/site/site-{CSS_HASH:016x}.css")
}

/// The script's address.
pub fn script() -> String {
    format!("/site/site-{SCRIPT_HASH:016x}.js")
}

/// The file of this name. A page that a browser kept may ask for an older stylesheet or script: it gets today's, and asks
/// again next time.
pub fn answer(name: &str) -> Option<Response> {
    let told = |kind: &'static str, keep: &'static str, body: &'static [u8]| {
        (StatusCode::OK, [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], body).into_response()
    };
    let keep = |current: String| if current.ends_with(name) { FOR_EVER } else { ASK_EACH_TIME };
    match name.strip_prefix("site-").and_then(|rest| rest.split_once('.')) {
        Some((_, "css")) => Some(told("text/css; charset=utf-8", keep(css()), CSS.as_bytes())),
        Some((_, "js")) => Some(told("text/javascript; charset=utf-8", keep(script()), SCRIPT.as_bytes())),
        _ => FONTS.iter().find(|(font, _)| *font == name).map(|(_, bytes)| told("font/woff2", FOR_EVER, bytes)),
    }
}

/// FNV-1a: tells versions apart, nothing more.
const fn hash(bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    hash
}
