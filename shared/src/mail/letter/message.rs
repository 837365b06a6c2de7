//! To the administration, in Russian: what somebody wrote.

use super::Letter;
use crate::domain::news::Language;
use crate::table::{AnswerBy, Message};

impl Letter {
    /// A message of the public, as it was written. An answer goes to whoever wants one by mail.
    pub fn message(message: &Message, when: &str) -> Self {
        let (how, reply_to) = match &message.answer_by {
            AnswerBy::Email(email) => (format!("Ответить письмом: {email}"), Some(email.clone())),
            AnswerBy::Phone(phone) => (format!("Ответить звонком: {phone}"), None),
        };
        let head = format!("Сообщение с сайта, {when}.");
        let name = format!("Пишет: {}", message.name);
        let lines = message.body.as_str().lines().filter(|line| !line.trim().is_empty());
        let paragraphs: Vec<&str> = [head.as_str(), &name, &how].into_iter().chain(lines).collect();
        Self {
            reply_to, ..Self::write(Language::Ru, &format!("Сообщение с сайта: {}", message.name), &paragraphs)
        }
    }
}
