//! Links that end the mail of one kind to one person, without signing in: whoever has the letter may.

use crate::app::App;
use crate::domain::UserId;
use crate::domain::notice::NoticeKind;
use url::Url;

/// Where a letter says how to be rid of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsubscribe {
    /// The page for people.
    pub page: Url,
    /// What a mail program posts to (RFC 8058).
    pub one_click: Url,
}

impl Unsubscribe {
    /// The links of a letter of this kind to this person. They work for good.
    pub fn of(app: &App, user: UserId, kind: NoticeKind) -> Self {
        let token = app.keys.seal("unsubscribe", &[], format!("{user} {}", kind.as_str()).as_bytes());
        let at = |path: &str| {
            let mut link = app.config.base_url.clone();
            link.set_path(&format!("{path}/{token}"));
            link
        };
        Self { page: at("/unsubscribe"), one_click: at("/v1/unsubscribe") }
    }

    /// Whose mail of which kind a token ends; `None` for one that we did not make.
    pub fn open(app: &App, token: &str) -> Option<(UserId, NoticeKind)> {
        let text = String::from_utf8(app.keys.unseal("unsubscribe", &[], token)?).ok()?;
        let (user, kind) = text.split_once(' ')?;
        Some((UserId::parse(user).ok()?, NoticeKind::of(kind)?))
    }
}
