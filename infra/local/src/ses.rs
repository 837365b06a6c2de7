//! SES inside the process: the two calls that send a letter, in the wire format the SDK speaks (the AWS
//! query protocol, API version 2010-12-01), and nothing else. What it takes, the [`Mailbox`] keeps.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::Failure;
use crate::mailbox::{Mail, Mailbox};
use crate::mime;

/// SES takes letters of up to 10 MB; in a form, base64 grows by a third and `%`-escapes by a little.
const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;
/// SES: "50 recipients in the To:, CC: and BCC: fields".
const RECIPIENTS_MAX: usize = 50;
/// Where the SDK looks for the id that stands in its logs.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
/// How long a stop waits for requests under way.
const STOP_WAIT: Duration = Duration::from_secs(3);
const NAMESPACE: &str = "http://ses.amazonaws.com/doc/2010-12-01/";

/// Tells what time it is, by the stack's clock.
pub type Now = Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>;

/// The running endpoint.
pub struct Ses {
    endpoint: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Ses {
    /// Serves on a free port of 127.0.0.1.
    pub async fn start(mailbox: Mailbox, now: Now) -> Result<Self, Failure> {
        let listener =
            TcpListener::bind(("127.0.0.1", 0)).await.map_err(|cause| Failure::new("a port for the mail", cause))?;
        let address = listener.local_addr().map_err(|cause| Failure::new("the address of the mail", cause))?;
        let (stop, on_stop) = oneshot::channel::<()>();
        let router = router(mailbox, now);
        let served = tokio::spawn(async move {
            let stop = async move {
                let _ = on_stop.await;
            };
            if let Err(cause) = axum::serve(listener, router).with_graceful_shutdown(stop).await {
                tracing::error!(%cause, "the mail's server ended");
            }
        });
        Ok(Self { endpoint: format!("http://{address}"), stop, served })
    }

    /// Where the SDK finds it: `http://127.0.0.1:<port>`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Stops after the requests under way.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let _ = tokio::time::timeout(STOP_WAIT, self.served).await;
    }
}

fn router(mailbox: Mailbox, now: Now) -> Router {
    Router::new().route("/", post(call)).layer(DefaultBodyLimit::max(BODY_BYTES_MAX)).with_state((mailbox, now))
}

type Form = HashMap<String, String>;

async fn call(State((mailbox, now)): State<(Mailbox, Now)>, body: String) -> Response {
    let form: Form = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let action = form.get("Action").map(String::as_str).unwrap_or_default();
    let at = now().to_rfc3339_opts(SecondsFormat::Secs, true);
    let mail = match action {
        "SendEmail" => composed(&form, at),
        "SendRawEmail" => raw(&form, at),
        _ => Err(Refusal("InvalidAction", "only SendEmail and SendRawEmail are here".to_owned())),
    };
    let kept = match mail {
        Ok(mail) => tokio::task::spawn_blocking(move || mailbox.keep(mail)).await,
        Err(refusal) => return refusal.into_response(),
    };
    match kept {
        Ok(Ok(())) => taken(action),
        failed => {
            tracing::error!(?failed, "a letter could not be kept");
            xml(StatusCode::SERVICE_UNAVAILABLE, error("Receiver", "ServiceUnavailable", "not kept"))
        }
    }
}

/// `SendEmail`: the letter comes in parts.
fn composed(form: &Form, at: String) -> Result<Mail, Refusal> {
    sender(required(form, "Source")?)?;
    let to = ["ToAddresses", "CcAddresses", "BccAddresses"]
        .iter()
        .flat_map(|kind| members(form, &format!("Destination.{kind}.member.")))
        .collect();
    let part = |name: &str| form.get(name).cloned().unwrap_or_default();
    let text = part("Message.Body.Text.Data");
    let html = part("Message.Body.Html.Data");
    if text.is_empty() && html.is_empty() {
        return Err(invalid("Message.Body must have Text or Html"));
    }
    let subject = required(form, "Message.Subject.Data")?;
    if subject.contains(['\r', '\n']) {
        return Err(invalid("Control characters are not allowed in the subject"));
    }
    let reply_to = members(form, "ReplyToAddresses.member.").collect::<Vec<_>>().join(", ");
    let none = String::new;
    let (list_unsubscribe, list_unsubscribe_post) = (none(), none());
    let (to, subject) = (recipients(to)?, subject.to_owned());
    Ok(Mail { at, to, subject, text, html, reply_to, list_unsubscribe, list_unsubscribe_post })
}

/// `SendRawEmail`: the letter comes as MIME; `Destinations` replace its own recipients.
fn raw(form: &Form, at: String) -> Result<Mail, Refusal> {
    let bytes =
        STANDARD.decode(required(form, "RawMessage.Data")?).map_err(|_| invalid("RawMessage.Data is not base64"))?;
    let letter = mime::parse(&bytes);
    sender(form.get("Source").map_or(letter.from.as_str(), String::as_str))?;
    let mut to: Vec<String> = members(form, "Destinations.member.").collect();
    if to.is_empty() {
        to = letter.to;
    }
    Ok(Mail {
        at,
        to: recipients(to)?,
        subject: letter.subject,
        text: letter.text,
        html: letter.html,
        reply_to: String::new(),
        list_unsubscribe: letter.list_unsubscribe,
        list_unsubscribe_post: letter.list_unsubscribe_post,
    })
}

fn required<'a>(form: &'a Form, name: &str) -> Result<&'a str, Refusal> {
    form.get(name)
        .map(String::as_str)
        .filter(|value| !value.is_empty())
        .ok_or_else(|| invalid(&format!("{name} is missing")))
}

/// `prefix1`, `prefix2`, … as the query protocol writes a list.
fn members<'a>(form: &'a Form, prefix: &str) -> impl Iterator<Item = String> + use<'a> {
    let prefix = prefix.to_owned();
    (1..=RECIPIENTS_MAX + 1).map_while(move |n| form.get(&format!("{prefix}{n}")).cloned())
}

fn sender(address: &str) -> Result<(), Refusal> {
    if is_address(address) { Ok(()) } else { Err(invalid("the sender is not an address")) }
}

fn recipients(to: Vec<String>) -> Result<String, Refusal> {
    if to.is_empty() || to.len() > RECIPIENTS_MAX {
        return Err(invalid("a letter has 1 to 50 recipients"));
    }
    match to.iter().find(|address| !is_address(address)) {
        Some(_) => Err(invalid("Illegal address")),
        None => Ok(to.join(", ")),
    }
}

/// `name@host` or `Name <name@host>`, on one line. The host must look like one; SES checks no more.
fn is_address(written: &str) -> bool {
    let bare = match written.rsplit_once('<') {
        Some((_, rest)) => rest.strip_suffix('>').unwrap_or_default(),
        None => written,
    };
    let Some((local, host)) = bare.rsplit_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_control() || c.is_whitespace() || "<>,;".contains(c))
    };
    plain(local) && plain(host) && !written.contains(|c: char| c.is_control())
}

struct Refusal(&'static str, String);

fn invalid(message: &str) -> Refusal {
    Refusal("InvalidParameterValue", message.to_owned())
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        xml(StatusCode::BAD_REQUEST, error("Sender", self.0, &self.1))
    }
}

fn taken(action: &str) -> Response {
    let (message_id, request_id) = (Uuid::new_v4(), Uuid::new_v4());
    xml(
        StatusCode::OK,
        format!(
            "<{action}Response xmlns=\"{NAMESPACE}\"><{action}Result><MessageId>{message_id}</MessageId>\
             </{action}Result><ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata>\
             </{action}Response>"
        ),
    )
}

/// Every text in here is a constant of this file or a parameter's name, so nothing needs escaping.
fn error(kind: &str, code: &str, message: &str) -> String {
    let request_id = Uuid::new_v4();
    format!(
        "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>{kind}</Type><Code>{code}</Code>\
         <Message>{message}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
    )
}

fn xml(status: StatusCode, body: String) -> Response {
    let request_id = Uuid::new_v4().to_string();
    let headers = [(header::CONTENT_TYPE, "text/xml".to_owned()), (REQUEST_ID, request_id)];
    (status, headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_ses::config::{BehaviorVersion, Credentials, Region};
    use aws_sdk_ses::error::ProvideErrorMetadata;
    use aws_sdk_ses::primitives::Blob;
    use aws_sdk_ses::types::{Body, Content, Destination, Message, RawMessage};

    type Outcome = Result<(), Box<dyn std::error::Error>>;

    async fn running() -> Result<(Ses, Mailbox, aws_sdk_ses::Client), Box<dyn std::error::Error>> {
        let mailbox = Mailbox::open(None)?;
        let ses = Ses::start(mailbox.clone(), Arc::new(|| DateTime::UNIX_EPOCH)).await?;
        let config = aws_sdk_ses::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(Credentials::new("local", "local", None, None, "test"))
            .endpoint_url(ses.endpoint());
        let client = aws_sdk_ses::Client::from_conf(config.build());
        Ok((ses, mailbox, client))
    }

    fn content(text: &str) -> Result<Content, aws_sdk_ses::error::BuildError> {
        Content::builder().data(text).charset("UTF-8").build()
    }

    #[tokio::test]
    async fn the_sdks_letter_is_kept_as_it_was_sent() -> Outcome {
        let (ses, mailbox, client) = running().await?;
        let (text, html) = ("Ссылка: http://x/a?b=1&c=2\n+ ещё %", "<b>Ссылка</b> &amp;");
        let body = Body::builder().text(content(text)?).html(content(html)?).build();
        let message = Message::builder().subject(content("Доступ & пароль")?).body(body).build();
        let to = Destination::builder().to_addresses("ivanov@example.com").build();
        let call = client.send_email().source("ОКТАН <no-reply@example.com>").destination(to).message(message);
        assert!(!call.send().await?.message_id().is_empty());
        let kept = Mail {
            at: "1970-01-01T00:00:00Z".to_owned(),
            to: "ivanov@example.com".to_owned(),
            subject: "Доступ & пароль".to_owned(),
            text: text.to_owned(),
            html: html.to_owned(),
            reply_to: String::new(),
            list_unsubscribe: String::new(),
            list_unsubscribe_post: String::new(),
        };
        assert_eq!(mailbox.all(), [kept]);
        ses.stop().await;
        Ok(())
    }

    #[tokio::test]
    async fn a_raw_letter_is_read_and_its_destinations_win() -> Outcome {
        let (ses, mailbox, client) = running().await?;
        let raw = "From: a@example.com\r\nTo: b@example.com\r\nSubject: =?UTF-8?B?0J/RgNC40LLQtdGC?=\r\n\r\nТекст";
        let message = RawMessage::builder().data(Blob::new(raw)).build()?;
        client.send_raw_email().raw_message(message.clone()).send().await?;
        client.send_raw_email().raw_message(message).destinations("c@example.com").send().await?;
        let kept: Vec<_> = mailbox.all().into_iter().map(|mail| (mail.to, mail.subject, mail.text)).collect();
        let letter = |to: &str| (to.to_owned(), "Привет".to_owned(), "Текст".to_owned());
        assert_eq!(kept, [letter("b@example.com"), letter("c@example.com")]);
        ses.stop().await;
        Ok(())
    }

    #[tokio::test]
    async fn an_address_with_a_line_break_and_another_call_are_refused() -> Outcome {
        let (ses, mailbox, client) = running().await?;
        let body = Body::builder().text(content("text")?).build();
        let message = Message::builder().subject(content("subject")?).body(body).build();
        for to in ["a@example.com\r\nBcc: b@example.com", "nobody", "a@b, c@d"] {
            let to = Destination::builder().to_addresses(to).build();
            let call = client.send_email().source("no-reply@example.com").destination(to).message(message.clone());
            let refused = call.send().await.err();
            assert_eq!(refused.as_ref().and_then(|refused| refused.code()), Some("InvalidParameterValue"));
        }
        let refused = client.list_identities().send().await.err();
        assert_eq!(refused.as_ref().and_then(|refused| refused.code()), Some("InvalidAction"));
        assert!(mailbox.all().is_empty());
        ses.stop().await;
        Ok(())
    }
}
