//! Letters, and SES that carries them.

mod letter;

pub use letter::{Bought, Letter};

use crate::config::Config;
use crate::domain::text::Email;
use crate::https::https;
use crate::lazy::{Lazy, lazily};
use crate::unsubscribe::Unsubscribe;
use aws_sdk_ses::Client;
use aws_sdk_ses::config::timeout::TimeoutConfig;
use aws_sdk_ses::config::{BehaviorVersion, Credentials, Intercept, Region, retry::RetryConfig};
use aws_sdk_ses::operation::send_email::SendEmailError;
use aws_sdk_ses::operation::send_raw_email::SendRawEmailError;
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::{Body, Content, Destination, Message, RawMessage};
use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::url::URL;
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
        match &letter.unsubscribe {
            Some(unsubscribe) => self.send_with_headers(to, letter, unsubscribe).await,
            None => self.send_plain(to, letter).await,
        }
    }

    async fn send_plain(&self, to: &Email, letter: &Letter) -> Result<(), MailError> {
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
            let final_word =
                |e: &SendEmailError| e.is_message_rejected() || e.is_mail_from_domain_not_verified_exception();
            let is_final = error.as_service_error().is_some_and(final_word);
            not_taken(is_final, format!("{}", aws_sdk_ses::error::DisplayErrorContext(&error)))
        })
    }

    /// The letter as MIME, for SES takes headers no other way: how to unsubscribe, by a mail program's own button too (RFC
    /// 2369, RFC 8058).
    async fn send_with_headers(&self, to: &Email, letter: &Letter, unsubscribe: &Unsubscribe) -> Result<(), MailError> {
        let message = MessageBuilder::new()
            .from(self.from.to_string())
            .to(to.as_str())
            .subject(letter.subject.as_str())
            .header("List-Unsubscribe", URL::new(unsubscribe.one_click.as_str()))
            .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"))
            .text_body(letter.text.as_str())
            .html_body(letter.html.as_str())
            .write_to_vec()
            .map_err(|e| MailError::Refused(e.to_string()))?;
        let message = RawMessage::builder().data(Blob::new(message)).build();
        let message = message.map_err(|e| MailError::Refused(e.to_string()))?;
        let call = self.client.send_raw_email().source(&*self.from).destinations(to.as_str());
        call.raw_message(message).send().await.map(|_| ()).map_err(|error| {
            let final_word =
                |e: &SendRawEmailError| e.is_message_rejected() || e.is_mail_from_domain_not_verified_exception();
            let is_final = error.as_service_error().is_some_and(final_word);
            not_taken(is_final, format!("{}", aws_sdk_ses::error::DisplayErrorContext(&error)))
        })
    }
}

fn not_taken(is_final: bool, why: String) -> MailError {
    if is_final { MailError::Refused(why) } else { MailError::Later(why) }
}
