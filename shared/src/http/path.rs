//! What stands in the address: its path and its query, parsed into the house's types.

use super::body::explain;
use super::problem::Problem;
use axum::extract::FromRequestParts;
use axum::extract::rejection::PathRejection;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

/// Path parameters. A value that cannot be (a wrong check digit) is 422; an id of the wrong shape names nothing, 404.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match axum::extract::Path::<T>::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(value)) => Ok(Self(value)),
            Err(PathRejection::FailedToDeserializePathParams(error)) => {
                let text = error.body_text();
                let own = text.split("card_number_").nth(1);
                match own.and_then(|rest| rest.split_once(": ")) {
                    Some((code, message)) => {
                        let code = format!("card_number_{code}");
                        let message = message.split('`').next().unwrap_or(message);
                        Err(Problem::fields(vec![super::FieldProblem {
                            field: "number".to_owned(),
                            code,
                            message: message.trim_end_matches(['"', '.']).to_owned(),
                        }]))
                    }
                    None => Err(Problem::not_found()),
                }
            }
            Err(_) => Err(Problem::not_found()),
        }
    }
}

/// Query parameters; an unknown one is refused like an unknown field.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = url::form_urlencoded::parse(query.as_bytes());
        serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs)).map(Self).map_err(|error| {
            let path = error.path().to_string();
            Problem::fields(vec![explain(&path, &error.inner().to_string())])
        })
    }
}
