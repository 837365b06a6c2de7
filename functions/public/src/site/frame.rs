//! What stands around every page: head, sections, phones, the way into the cabinet.

use super::address::{Language, Page};
use super::files;
use super::icons::icon;
use super::words::Words;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use oktan_shared::App;
use serde_json::Value;

/// Who asks for what.
pub struct Ask<'a> {
    /// The house.
    pub app: &'a App,
    /// In which language.
    pub language: Language,
    /// Its sentences.
    pub words: &'static Words,
    /// The page, unless there is none at the address.
    pub page: Option<&'a Page>,
}

/// What a page says of itself.
#[derive(Default)]
pub struct Head {
    /// Its title, without the company.
    pub title: String,
    /// For search engines and messengers.
    pub description: String,
    /// Schema.org's facts, if any.
    pub facts: Option<Value>,
    /// Whether it uses the script.
    pub has_script: bool,
}

impl Ask<'_> {
    /// The path of another page in the same language.
    pub fn path(&self, page: &Page) -> String {
        page.path(self.language)
    }

    /// The whole address of a path.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.app.config.base_url.as_str().trim_end_matches('/'))
    }

    /// The page around its content.
    pub fn document(&self, head: &Head, content: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.language.code()) {
                head { (self.head(head)) }
                body {
                    a.skip href="#content" { (self.words.skip) }
                    (self.top())
                    main #content tabindex="-1" { (content) }
                    (self.foot())
                }
            }
        }
    }

    fn head(&self, head: &Head) -> Markup {
        let words = self.words;
        let title = if self.page == Some(&Page::Home) {
            head.title.clone()
        } else {
            format!("{} · {}", head.title, words.brand)
        };
        html! {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            title { (title) }
            @if let Some(page) = self.page {
                @let own = self.address(&page.path(self.language));
                meta name="description" content=(head.description);
                link rel="canonical" href=(own);
                @for language in page.languages(self.language) {
                    link rel="alternate" hreflang=(language.code()) href=(self.address(&page.path(language)));
                }
                @if page.elsewhere() == page {
                    link rel="alternate" hreflang="x-default" href=(self.address(&page.path(Language::Russian)));
                }
                meta property="og:type" content=(if page.elsewhere() == page { "website" } else { "article" });
                meta property="og:site_name" content=(words.brand);
                meta property="og:title" content=(head.title);
                meta property="og:description" content=(head.description);
                meta property="og:url" content=(own);
                meta property="og:locale" content=(if self.language == Language::Russian { "ru_RU" } else { "en_GB" });
            } @else {
                meta name="robots" content="noindex";
            }
            meta name="color-scheme" content="light dark";
            meta name="theme-color" content="#0b3b37";
            link rel="icon" href="/favicon.svg" type="image/svg+xml";
            @for font in files::FONTS_FIRST {
                link rel="preload" as="font" type="font/woff2" href=(font) crossorigin;
            }
            link rel="stylesheet" href=(files::css());
            @if head.has_script { script src=(files::script()) defer {} }
            @if let Some(facts) = &head.facts { (data(facts)) }
        }
    }

    fn top(&self) -> Markup {
        let words = self.words;
        html! {
            header.top {
                div.wide {
                    a.logo href=(self.path(&Page::Home)) aria-label=(words.home_label) { (mark()) span { (words.brand) } }
                    nav.sections aria-label=(words.nav_label) { (self.links()) }
                    (self.other_language())
                    a.button.small href="/login" { (words.cabinet) }
                    details.menu {
                        summary { (icon("menu")) span { (words.menu) } }
                        nav aria-label=(words.nav_label) { (self.links()) (self.other_language()) }
                    }
                }
            }
        }
    }

    fn links(&self) -> Markup {
        let words = self.words;
        let sections = [
            (Page::Stations, words.stations),
            (Page::Services, words.services),
            (Page::Become, words.become_client),
            (Page::About, words.about),
            (Page::News, words.news),
            (Page::Promotions, words.promotions),
            (Page::Contacts, words.contacts),
        ];
        html! {
            ul {
                @for (page, name) in sections {
                    li { a href=(self.path(&page)) aria-current=[self.is_within(&page)] { (name) } }
                }
            }
        }
    }

    /// `page` for the section itself, `true` for a page within it.
    fn is_within(&self, section: &Page) -> Option<&'static str> {
        match (self.page?, section) {
            (Page::Station(_), Page::Stations)
            | (Page::NewsItem(_), Page::News)
            | (Page::Promotion(_), Page::Promotions) => Some("true"),
            (page, section) => (page == section).then_some("page"),
        }
    }

    fn other_language(&self) -> Markup {
        let other = if self.language == Language::Russian { Language::English } else { Language::Russian };
        let page = self.page.unwrap_or(&Page::Home).elsewhere();
        html! {
            a.language href=(page.path(other)) hreflang=(other.code()) lang=(other.code())
                aria-label=(self.words.other_language_label) { (self.words.other_language) }
        }
    }

    fn foot(&self) -> Markup {
        let words = self.words;
        html! {
            footer {
                div.wide {
                    div.company {
                        span.logo { (mark()) span { (words.brand) } }
                        p { (words.legal_name) }
                    }
                    nav aria-label=(words.footer_label) { (self.links()) }
                    p.duty {
                        span { (words.duty) ", " (words.duty_note) }
                        (phone(&self.app.config.duty_phone))
                    }
                }
                p.printed { (words.print_from) " " (self.address(&self.page.map(|page| self.path(page)).unwrap_or_default())) }
            }
        }
    }
}

/// The octagon is the number in the company's name; the drop is what it sells.
fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 32 32" aria-hidden="true" focusable="false" {
            path.plate d="M9.4 1h13.2L31 9.4v13.2L22.6 31H9.4L1 22.6V9.4z" {}
            path.drop d="M16 6.5c3.4 4.3 6 7.5 6 11a6 6 0 0 1-12 0c0-3.5 2.6-6.7 6-11z" {}
        }
    }
}

/// A number that calls when pressed. Numbers are written from inside the country, with the trunk 8.
pub fn phone(number: &str) -> Markup {
    html! { a.phone href=(format!("tel:{}", dialled(number))) { (number) } }
}

/// The number as it is dialled from anywhere.
pub fn dialled(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    match digits.strip_prefix('8') {
        Some(rest) => format!("+7{rest}"),
        None => format!("+{digits}"),
    }
}

/// Facts for machines. A block of data is no script to the browser; no text in it can end it.
fn data(facts: &Value) -> Markup {
    let json = facts.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(json)) } }
}
