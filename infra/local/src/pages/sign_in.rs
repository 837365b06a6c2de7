//! Sign-in by a click: the real sign-in with the printed password, its cookie passed on.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::Stand;
use super::layout::{Language, trouble};
use crate::caller::Caller;

/// Where to go then.
#[derive(Deserialize)]
pub struct Where {
    next: Option<String>,
}

/// `POST /_local/sign-in/{login}`, with `next` = a page of the site to go to.
pub async fn by_a_click(
    State(stand): State<Stand>,
    language: Language,
    Path(login): Path<String>,
    Form(place): Form<Where>,
) -> Response {
    let t = |russian, english| language.pick(russian, english);
    let failed = t("Войти не получилось", "Could not sign in");
    let Some(person) = stand.people().into_iter().find(|person| person.login == login) else {
        let why = t("Такого человека на стенде нет.", "There is no such person on this stand.");
        return trouble(language, StatusCode::NOT_FOUND, failed, why);
    };
    let answer = match Caller::stranger(stand.api).sign_in(&person.login, &person.password).await {
        Ok(answer) if answer.status.is_success() => answer,
        Ok(answer) => {
            let why = t(
                "Пароль этого человека изменили или попыток было слишком много. Войдите своим паролем на странице входа.",
                "The password was changed, or there were too many attempts. Sign in with your own on the sign-in page.",
            );
            return trouble(language, StatusCode::CONFLICT, failed, &format!("{why} ({})", answer.problem()));
        }
        Err(failure) => return trouble(language, StatusCode::BAD_GATEWAY, failed, &failure.to_string()),
    };
    let next = place.next.filter(|next| is_of_this_site(next)).unwrap_or(person.home);
    let mut headers = HeaderMap::new();
    for cookie in answer.headers.get_all(header::SET_COOKIE) {
        headers.append(header::SET_COOKIE, cookie.clone());
    }
    (headers, Redirect::to(&next)).into_response()
}

/// A path that no browser reads as another host: browsers take `//` and `/\` for one, and drop tabs and line breaks.
fn is_of_this_site(next: &str) -> bool {
    let mut bytes = next.bytes();
    bytes.next() == Some(b'/')
        && !matches!(bytes.next(), Some(b'/' | b'\\'))
        && next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_leads_nowhere_else() {
        for inside in ["/", "/overview", "/cards/123?x=1#y"] {
            assert!(is_of_this_site(inside), "{inside}");
        }
        for outside in
            ["", "//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "evil", "/a\r\nb"]
        {
            assert!(!is_of_this_site(outside), "{outside}");
        }
    }
}
