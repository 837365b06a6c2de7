//! What SES tells of letters that came back: addresses that are left in peace from then on.

use oktan_shared::App;
use oktan_shared::domain::text::Email;
use oktan_shared::table::{Returned, StoreError};
use serde::Deserialize;

/// Messages of a topic, as Lambda is given them.
#[derive(Debug, Clone, Deserialize)]
pub struct TopicEvent {
    /// Each message.
    #[serde(rename = "Records")]
    pub records: Vec<TopicRecord>,
}

/// A message of a topic.
#[derive(Debug, Clone, Deserialize)]
pub struct TopicRecord {
    /// What the topic was told.
    #[serde(rename = "Sns")]
    pub sns: TopicMessage,
}

/// What a topic was told.
#[derive(Debug, Clone, Deserialize)]
pub struct TopicMessage {
    /// JSON of SES.
    #[serde(rename = "Message")]
    pub message: String,
}

/// An event of SES (Amazon SES Developer Guide, "Contents of event data that Amazon SES publishes to Amazon SNS").
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Published {
    bounce: Option<Bounce>,
    complaint: Option<Complaint>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    bounced_recipients: Vec<Recipient>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    complaint_feedback_type: Option<String>,
    complained_recipients: Vec<Recipient>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: String,
}

/// Leaves in peace whose mail came back for good, and who complained. A full mailbox is tried again.
///
/// # Errors
/// When the store does not answer; Lambda gives the event again.
pub async fn handle(app: &App, event: &TopicEvent) -> Result<(), StoreError> {
    for record in &event.records {
        let Ok(published) = serde_json::from_str::<Published>(&record.sns.message) else {
            tracing::warn!("SES told something that is not understood");
            continue;
        };
        let gone = published.bounce.filter(|bounce| bounce.bounce_type == "Permanent");
        let gone = gone.into_iter().flat_map(|bounce| bounce.bounced_recipients).map(|one| (one, Returned::Bounced));
        // Who says that a letter was no spam after all does not complain.
        let unwanted = published.complaint.filter(|one| one.complaint_feedback_type.as_deref() != Some("not-spam"));
        let unwanted = unwanted.into_iter().flat_map(|complaint| complaint.complained_recipients);
        for (recipient, why) in gone.chain(unwanted.map(|one| (one, Returned::Complained))) {
            if let Some(email) = address(&recipient.email_address) {
                app.table.quiet_address(&email, why, app.clock.now()).await?;
            }
        }
    }
    Ok(())
}

/// The address of a recipient, which may stand in angle brackets after a name.
fn address(text: &str) -> Option<Email> {
    let bare = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
    Email::parse(bare).ok()
}
