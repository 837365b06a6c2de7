//! The site's pages and where they are: Russian at `/`, English under `/en`.

use super::words::{EN, RU, Words};

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// At `/`.
    Russian,
    /// Under `/en`.
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Russian, Self::English];

    /// Its code, as HTML has it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Russian => "ru",
            Self::English => "en",
        }
    }

    /// Its sentences.
    pub fn words(self) -> &'static Words {
        match self {
            Self::Russian => &RU,
            Self::English => &EN,
        }
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Russian => "",
            Self::English => "/en",
        }
    }
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    Home,
    Stations,
    /// By the station's code, which may be nobody's.
    Station(String),
    Services,
    About,
    Become,
    News,
    /// By the end of its address, which may be nobody's.
    NewsItem(String),
    Promotions,
    /// By the end of its address, which may be nobody's.
    Promotion(String),
    Contacts,
}

impl Page {
    /// The pages that are always there.
    pub const LASTING: [Self; 8] = [
        Self::Home,
        Self::Stations,
        Self::Services,
        Self::About,
        Self::Become,
        Self::News,
        Self::Promotions,
        Self::Contacts,
    ];

    /// Its path in a language.
    pub fn path(&self, language: Language) -> String {
        let rest = match self {
            Self::Home if language == Language::Russian => "/".to_owned(),
            Self::Home => String::new(),
            Self::Stations => "/stations".to_owned(),
            Self::Station(code) => format!("/stations/{code}"),
            Self::Services => "/services".to_owned(),
            Self::About => "/about".to_owned(),
            Self::Become => "/become-a-client".to_owned(),
            Self::News => "/news".to_owned(),
            Self::NewsItem(slug) => format!("/news/{slug}"),
            Self::Promotions => "/promotions".to_owned(),
            Self::Promotion(slug) => format!("/promotions/{slug}"),
            Self::Contacts => "/contacts".to_owned(),
        };
        format!("{}{rest}", language.prefix())
    }

    /// The languages that the page is there in: a piece of news is written in one.
    pub fn languages(&self, own: Language) -> Vec<Language> {
        match self {
            Self::NewsItem(_) => vec![own],
            _ => Language::ALL.to_vec(),
        }
    }

    /// What stands in another language where this page stands: for a piece of news, the news.
    pub fn elsewhere(&self) -> &Self {
        match self {
            Self::NewsItem(_) => &Self::News,
            page => page,
        }
    }

    /// The page at a path.
    pub fn at(path: &str) -> Option<(Language, Self)> {
        let (language, rest) = match path.strip_prefix("/en") {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => (Language::English, rest),
            _ => (Language::Russian, path),
        };
        let parts: Vec<&str> = rest.split('/').skip(1).collect();
        let page = match parts.as_slice() {
            [] if language == Language::English => Self::Home,
            [""] if language == Language::Russian => Self::Home,
            ["stations"] => Self::Stations,
            ["stations", code] if !code.is_empty() => Self::Station((*code).to_owned()),
            ["services"] => Self::Services,
            ["about"] => Self::About,
            ["become-a-client"] => Self::Become,
            ["news"] => Self::News,
            ["news", slug] if !slug.is_empty() => Self::NewsItem((*slug).to_owned()),
            ["promotions"] => Self::Promotions,
            ["promotions", slug] if !slug.is_empty() => Self::Promotion((*slug).to_owned()),
            ["contacts"] => Self::Contacts,
            _ => return None,
        };
        Some((language, page))
    }
}

/// What the site answers instead of the browser app, in CloudFront's words: a path, or with `*` all that begins so.
pub const ENTRANCES: [&str; 13] = [
    "/",
    "/about*",
    "/become-a-client*",
    "/contacts*",
    "/en",
    "/en/*",
    "/news*",
    "/promotions*",
    "/robots.txt",
    "/services*",
    "/site/*",
    "/sitemap.xml",
    "/stations*",
];

/// Every address of the site with its methods, as a gateway's routes have them.
pub const ADDRESSES: [(&str, &[&str]); 25] = [
    ("/", READ),
    ("/about", READ),
    ("/become-a-client", READ),
    ("/contacts", WRITE),
    ("/en", READ),
    ("/en/about", READ),
    ("/en/become-a-client", READ),
    ("/en/contacts", WRITE),
    ("/en/news", READ),
    ("/en/news/{slug}", READ),
    ("/en/promotions", READ),
    ("/en/promotions/{slug}", READ),
    ("/en/services", READ),
    ("/en/stations", READ),
    ("/en/stations/{code}", READ),
    ("/news", READ),
    ("/news/{slug}", READ),
    ("/promotions", READ),
    ("/promotions/{slug}", READ),
    ("/robots.txt", READ),
    ("/services", READ),
    ("/site/{name}", READ),
    ("/sitemap.xml", READ),
    ("/stations", READ),
    ("/stations/{code}", READ),
];
const READ: &[&str] = &["GET", "HEAD"];
const WRITE: &[&str] = &["GET", "HEAD", "POST"];

/// Whether the site answers at a path, be it with a page that says there is none.
pub fn is_ours(path: &str) -> bool {
    ENTRANCES.iter().any(|entrance| match entrance.strip_suffix('*') {
        Some(beginning) => path.starts_with(beginning),
        None => path == *entrance,
    })
}
