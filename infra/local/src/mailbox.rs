//! The letters that left the system, kept as the person they were sent to would keep them: durably, one
//! JSON line each, flushed to disk before the sender is told that they were taken.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::Failure;

/// A letter as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// When it was taken, RFC 3339, by the stack's clock.
    pub at: String,
    /// The recipients, joined with `, ` where there are several.
    pub to: String,
    /// The decoded subject.
    pub subject: String,
    /// The plain text, empty if the letter has none.
    pub text: String,
    /// The HTML, empty if the letter has none.
    pub html: String,
    /// Where an answer goes, where it is not the sender; joined with `, `, empty if nowhere else.
    #[serde(default)]
    pub reply_to: String,
    /// The `List-Unsubscribe` header, empty where there is none.
    #[serde(default)]
    pub list_unsubscribe: String,
    /// The `List-Unsubscribe-Post` header, empty where there is none.
    #[serde(default)]
    pub list_unsubscribe_post: String,
}

/// All letters, oldest first. Cheap to clone; clones share the letters.
#[derive(Clone)]
pub struct Mailbox {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    file: Option<File>,
    mails: Vec<Mail>,
}

impl Mailbox {
    /// Opens the file and reads what is in it, or keeps the letters in memory only.
    ///
    /// A last line that a kill tore apart was never answered for, so it is cut off.
    pub fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let (file, mails) = match path {
            Some(path) => {
                let (file, mails) =
                    read(path).map_err(|cause| Failure::new(format!("opening {}", path.display()), cause))?;
                (Some(file), mails)
            }
            None => (None, Vec::new()),
        };
        Ok(Self { inner: Arc::new(Mutex::new(Inner { file, mails })) })
    }

    /// Every letter, newest last.
    pub fn all(&self) -> Vec<Mail> {
        self.lock().mails.clone()
    }

    /// Keeps a letter; it is on disk when this returns. Blocks on the flush.
    pub fn keep(&self, mail: Mail) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(&mail)?;
        line.push(b'\n');
        let mut inner = self.lock();
        if let Some(file) = inner.file.as_mut() {
            file.write_all(&line)?;
            file.sync_data()?;
        }
        inner.mails.push(mail);
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(path: &Path) -> std::io::Result<(File, Vec<Mail>)> {
    let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    file.set_len(whole as u64)?;
    file.seek(SeekFrom::End(0))?;
    let mails =
        bytes[..whole].split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect();
    Ok((file, mails))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(subject: &str) -> Mail {
        Mail {
            at: "2026-11-22T10:00:00Z".to_owned(),
            to: "a@example.com".to_owned(),
            subject: subject.to_owned(),
            text: "Строка 1\nСтрока 2".to_owned(),
            html: String::new(),
            reply_to: String::new(),
            list_unsubscribe: String::new(),
            list_unsubscribe_post: String::new(),
        }
    }

    #[test]
    fn letters_outlive_the_process_and_a_torn_line_is_cut_off() -> Result<(), Box<dyn std::error::Error>> {
        let path = std::env::temp_dir().join(format!("mailbox-{}.jsonl", uuid::Uuid::new_v4()));
        Mailbox::open(Some(&path))?.keep(mail("первое"))?;
        OpenOptions::new().append(true).open(&path)?.write_all(b"{\"at\":\"2026")?;
        let again = Mailbox::open(Some(&path))?;
        again.keep(mail("второе"))?;
        assert_eq!(again.all(), [mail("первое"), mail("второе")]);
        assert_eq!(Mailbox::open(Some(&path))?.all(), again.all());
        std::fs::remove_file(&path)?;
        Ok(())
    }
}
