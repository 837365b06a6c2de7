//! What stands between an event of the gateway and a request.
//!
//! `lambda_http` puts a URL together from an event's `Host`, `X-Forwarded-Proto`, path and query, and panics where they make
//! none. An HTTP API gives `rawPath` with its percent-encoding undone (seen in its answers; its documentation is silent) and
//! `rawQueryString` as it came, so a space or a Cyrillic letter in an address would be enough. Therefore the address is kept
//! from `lambda_http` and put into the request here, with what an address cannot hold encoded again. Dots stay as they are:
//! a URL parser would make `/v1/cards/../session` another address than the one that the gateway routed.
//!
//! What cannot be told apart any more: a `%41` that is left after the gateway's decoding was `%2541`. No address has one.

use axum::http::{Request, Uri, header};
use lambda_http::request::LambdaRequest;
use lambda_http::{LambdaEvent, RequestExt};
use std::fmt::Write as _;

/// Takes the address out of an event and keeps it where [`addressed`] finds it.
pub(super) fn unaddressed(mut event: LambdaEvent<LambdaRequest>) -> LambdaEvent<LambdaRequest> {
    #[allow(irrefutable_let_patterns)] // other gateways are other features of lambda_http
    if let LambdaRequest::ApiGatewayV2(ask) = &mut event.payload {
        let path = ask.raw_path.as_deref().unwrap_or_default();
        let query = ask.raw_query_string.take().unwrap_or_default();
        // One that is too long names nothing.
        let address = Some(address(path, &query)).filter(|address| address.parse::<Uri>().is_ok());
        ask.raw_path = Some(address.unwrap_or_else(|| "/".to_owned()));
        ask.request_context.stage = None;
        ask.request_context.domain_name = None;
        ask.headers.remove(header::HOST);
    }
    event
}

/// The request with the address that its event had.
pub(super) fn addressed<B>(mut request: Request<B>) -> Request<B> {
    *request.uri_mut() = request.raw_http_path().parse().unwrap_or_default();
    request
}

/// An address that a request can hold.
fn address(path: &str, query: &str) -> String {
    let mut address = String::with_capacity(path.len() + query.len() + 2);
    if !path.starts_with('/') {
        address.push('/');
    }
    for (at, byte) in path.bytes().enumerate() {
        let is_escape = || path.as_bytes().get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        push(&mut address, byte, if byte == b'%' { is_escape() } else { is_of_path(byte) });
    }
    if !query.is_empty() {
        address.push('?');
        query.bytes().for_each(|byte| push(&mut address, byte, is_of_path(byte) || matches!(byte, b'?' | b'%')));
    }
    address
}

fn push(address: &mut String, byte: u8, stays: bool) {
    if stays {
        address.push(char::from(byte));
    } else {
        let _ = write!(address, "%{byte:02X}");
    }
}

/// RFC 3986: `pchar` and the slash.
fn is_of_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Problem;
    use axum::Router;
    use axum::extract::OriginalUri;
    use axum::routing::get;
    use lambda_http::{Adapter, Context};
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use tower::{Service as _, ServiceBuilder};

    fn event(path: &str, query: &str, headers: &Value) -> LambdaEvent<LambdaRequest> {
        let payload = json!({
            "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": query, "headers": headers,
            "requestContext": {
                "stage": "$default", "domainName": "a b", "timeEpoch": 0,
                "http": { "method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1" },
            },
            "isBase64Encoded": false,
        });
        LambdaEvent::new(serde_json::from_value(payload).unwrap(), Context::default())
    }

    /// The status and the body of a small function.
    fn answer(event: LambdaEvent<LambdaRequest>) -> (u64, String) {
        let echo = async |OriginalUri(uri): OriginalUri| uri.to_string();
        let router = Router::new()
            .route("/v1/cards/{number}", get(async |crate::http::Path(number): crate::http::Path<String>| number))
            .route("/v1/echo", get(echo))
            .fallback(|| async { Problem::not_found() });
        let mut service = ServiceBuilder::new()
            .map_request(unaddressed)
            .layer_fn(Adapter::from)
            .map_request(addressed)
            .service(router);
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let answer = runtime.block_on(service.call(event)).unwrap();
        let answer = serde_json::to_value(answer).unwrap();
        (answer["statusCode"].as_u64().unwrap(), answer["body"].as_str().unwrap_or_default().to_owned())
    }

    #[test]
    fn a_decoded_path_is_read_as_it_was_sent() {
        let card = |path: &str| answer(event(path, "", &json!({})));
        assert_eq!(card("/v1/cards/5"), (200, "5".to_owned()));
        assert_eq!(card("/v1/cards/А 1?#"), (200, "А 1?#".to_owned()));
        assert_eq!(card("/v1/cards/100%"), (200, "100%".to_owned()));
        assert_eq!(card("/v1/cards/%D0%90"), (200, "А".to_owned()), "as cargo lambda watch gives it");
        assert_eq!(card("/v1/cards/a\nb\\c"), (200, "a\nb\\c".to_owned()));
        for absent in
            ["", "v1", "//", "/v1/cards/", "/v1/cards/5/..", "/v1/cards/../echo", "/v1/ cards/5", "/v1/cards/a/b"]
        {
            assert_eq!(card(absent).0, 404, "{absent}");
        }
        assert_eq!(card(&format!("/v1/cards/{}", "я".repeat(60_000))).0, 404, "too long for an address");
    }

    #[test]
    fn a_query_stays_as_it_came() {
        let query = |query: &str| answer(event("/v1/echo", query, &json!({}))).1;
        assert_eq!(query(""), "/v1/echo");
        assert_eq!(query("a=1+2%2B%20&a=&b"), "/v1/echo?a=1+2%2B%20&a=&b");
        assert_eq!(query("a=б c#%"), "/v1/echo?a=%D0%B1%20c%23%");
    }

    #[test]
    fn what_the_caller_says_of_itself_makes_no_address() {
        for (name, value) in
            [("host", "a b:x"), ("host", ""), ("x-forwarded-proto", "x,https"), ("x-forwarded-proto", "")]
        {
            assert_eq!(answer(event("/v1/cards/5", "", &json!({ name: value }))).0, 200, "{name}: {value}");
        }
    }

    proptest! {
        #[test]
        fn no_address_is_too_much(path in any::<String>(), query in any::<String>()) {
            let address = address(&path, &query);
            prop_assert!(address.parse::<Uri>().is_ok(), "{}", address);
        }
    }
}
