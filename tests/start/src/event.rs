//! What a function is sent.

use serde_json::{Value, json};

/// A request as API Gateway's HTTP API tells it (payload 2.0).
pub fn http(method: &str, path: &str, token: Option<&str>) -> Value {
    let mut headers = json!({ "host": "cabinet.example", "accept": "application/json" });
    if let Some(token) = token {
        headers["authorization"] = json!(format!("Bearer {token}"));
    }
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "domainName": "cabinet.example",
            "domainPrefix": "cabinet",
            "http": { "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "203.0.113.7", "userAgent": "start" },
            "requestId": "one",
            "routeKey": "$default",
            "stage": "$default",
            "time": "01/Jan/2026:00:00:00 +0000",
            "timeEpoch": 1_767_225_600_000_i64,
        },
        "isBase64Encoded": false,
    })
}

/// A first event for the function of this name, up to a dot: an address that no function has, an empty batch, or a tick.
pub fn first(function: &str) -> Value {
    match function.split('.').next().unwrap_or_default() {
        "mailer" | "worker" | "bounces" => json!({ "Records": [] }),
        "scheduler" | "bare" => json!({}),
        _ => http("GET", "/v1/nowhere", None),
    }
}
