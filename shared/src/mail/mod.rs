//! Letters, and SES that carries them.

mod letter;

pub use letter::Letter;

use crate::config::Config;
use crate::domain::text::Email;
use crate::https::https;
use crate::lazy::{Lazy, lazily};
use aws_sdk_ses::Client;
use aws_sdk_ses::config::timeout::TimeoutConfig;
use aws_sdk_ses::config::{BehaviorVersion, Credentials, Intercept, Region, retry::RetryConfig};
use aws_sdk_ses::types::{Body, Content, Destination, Message};
use std::sync::Arc;
use std::time::Duration;

/// One attempt. Mail is tried again by its row, so the SDK does not try again by itself: it could send twice.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(10);

/// A letter that SES did not take.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It will never take it: the address or the message is refused.
    #[error("refused for good: {0}")]
    Refused(String),
    /// It may take it later.
    #[error("not taken now: {0}")]
    Later(String),
}

/// Where mail goes out.
#[derive(Clone)]
pub struct Ses {
    client: Lazy<Client>,
    from: Arc<str>,
}

impl Ses {
    /// A client for the configured service; made and connected when first used.
    pub fn new(config: &Config) -> Self {
        let mut sdk = aws_sdk_ses::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(config.region.clone()))
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT_TIMEOUT).build());
        if let Some(endpoint) = &config.ses_endpoint {
            sdk = sdk.endpoint_url(endpoint);
        }
        sdk = if config.static_credentials {
            sdk.credentials_provider(Credentials::new("local", "local", None, None, "static"))
        } else {
            sdk.credentials_provider(aws_config::environment::credentials::EnvironmentVariableCredentialsProvider::new())
        };
        Self {
            client: lazily(|| Client::from_conf(sdk.http_client(https()).build())),
            from: config.mail_from.as_str().into(),
        }
    }

    /// The same service, whose calls `observer` sees before they leave.
    pub(crate) fn observed(&self, observer: impl Intercept + 'static) -> Self {
        let config = self.client.config().to_builder().interceptor(observer);
        Self { client: lazily(|| Client::from_conf(config.build())), ..self.clone() }
    }

    /// Sends one letter to one address.
    ///
    /// # Errors
    /// Whether it may be tried again.
    pub async fn send(&self, to: &Email, letter: &Letter) -> Result<(), MailError> {
        let utf8 = |text: &str| Content::builder().charset("UTF-8").data(text).build();
        let malformed = |e: aws_sdk_ses::error::BuildError| MailError::Refused(e.to_string());
        let message = Message::builder()
            .subject(utf8(&letter.subject).map_err(malformed)?)
            .body(
                Body::builder()
                    .text(utf8(&letter.text).map_err(malformed)?)
                    .html(utf8(&letter.html).map_err(malformed)?)
                    .build(),
            )
            .build();
        let call = self.client.send_email().source(&*self.from).message(message);
        let reply_to = letter.reply_to.as_ref().map(|address| vec![address.to_string()]);
        let call = call.set_reply_to_addresses(reply_to);
        let answer = call.destination(Destination::builder().to_addresses(to.as_str()).build()).send().await;
        answer.map(|_| ()).map_err(|error| {
            let text = format!("{}", aws_sdk_ses::error::DisplayErrorContext(&error));
            match error.as_service_error() {
                Some(e) if e.is_message_rejected() || e.is_mail_from_domain_not_verified_exception() => {
                    MailError::Refused(text)
                }
                _ => MailError::Later(text),
            }
        })
    }
}
