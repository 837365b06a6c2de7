//! A function's process as Lambda runs it: started with the settings it is given, asked over a runtime API of the least
//! kind, timed and weighed.

pub mod event;
mod function;
mod package;
mod runtime_api;

pub use function::{Answer, Function, Memory};
pub use package::{GLIBC_MAX, Package, packages};

/// Settings that are complete, whose store refuses every connection.
pub const SETTINGS: &[(&str, &str)] = &[
    ("AWS_REGION", "eu-central-1"),
    ("AWS_ACCESS_KEY_ID", "none"),
    ("AWS_SECRET_ACCESS_KEY", "none"),
    ("CABINET_TABLE", "cabinet"),
    ("OUTBOX_TABLE", "outbox"),
    ("DYNAMODB_ENDPOINT", "https://127.0.0.1:1"),
    ("SES_ENDPOINT", "https://127.0.0.1:1"),
    ("BASE_URL", "https://cabinet.example"),
    ("HOUSE_KEYS", "mac:0123456789abcdef0123456789abcdef,1:0123456789abcdef0123456789abcdef"),
    ("MAIL_FROM", "cabinet@cabinet.example"),
];
