//! Rows as attribute maps, and the values in them.

use super::error::StoreError;
use crate::domain::{Kopecks, Millilitres};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::HashMap;

pub(super) type Item = HashMap<String, AttributeValue>;

/// A value that fits in one attribute.
pub(super) trait Attr: Sized {
    fn to_attr(&self) -> AttributeValue;
    fn from_attr(value: &AttributeValue) -> Option<Self>;
}

macro_rules! text_attr {
    ($($type:ty),+ $(,)?) => {$(
        impl Attr for $type {
            fn to_attr(&self) -> AttributeValue {
                AttributeValue::S(self.to_string())
            }
            fn from_attr(value: &AttributeValue) -> Option<Self> {
                value.as_s().ok()?.parse().ok()
            }
        }
    )+};
}

macro_rules! number_attr {
    ($($type:ty),+) => {$(
        impl Attr for $type {
            fn to_attr(&self) -> AttributeValue {
                AttributeValue::N(self.to_string())
            }
            fn from_attr(value: &AttributeValue) -> Option<Self> {
                value.as_n().ok()?.parse().ok()
            }
        }
    )+};
}

text_attr!(
    String,
    NaiveDate,
    crate::domain::CardNumber,
    crate::domain::CompanyId,
    crate::domain::Inn,
    crate::domain::SessionId,
    crate::domain::bank::BankIdentity,
    crate::domain::papers::PaperNumber,
    crate::domain::StationCode,
    crate::domain::TerminalId,
    crate::domain::UserId,
    crate::domain::article::ArticleId,
    crate::domain::ids::ApprovalId,
    crate::domain::ids::DisputeId,
    crate::domain::ids::TemplateId,
    crate::domain::ids::JobId,
    crate::domain::ids::TicketId,
    crate::domain::ids::UnmatchedId,
    crate::domain::window::Zone,
    crate::domain::text::CompanyName,
    crate::domain::text::ContractNumber,
    crate::domain::text::DocumentNumber,
    crate::domain::text::Email,
    crate::domain::text::Group,
    crate::domain::text::Kpp,
    crate::domain::text::Label,
    crate::domain::text::Login,
    crate::domain::text::Note,
    crate::domain::text::PersonName,
    crate::domain::text::Phone,
    crate::domain::text::Hours,
    crate::domain::text::Markdown,
    crate::domain::text::MessageText,
    crate::domain::text::Place,
    crate::domain::text::Purpose,
    crate::domain::text::Reason,
    crate::domain::text::Subject,
    crate::domain::text::TemplateName,
    crate::domain::text::Title,
);
number_attr!(i16, i64, u8, u16, u32, u64, usize);

/// Any value, as another row has it.
impl Attr for AttributeValue {
    fn to_attr(&self) -> AttributeValue {
        self.clone()
    }
    fn from_attr(value: &AttributeValue) -> Option<Self> {
        Some(value.clone())
    }
}

impl Attr for bool {
    fn to_attr(&self) -> AttributeValue {
        AttributeValue::Bool(*self)
    }
    fn from_attr(value: &AttributeValue) -> Option<Self> {
        value.as_bool().ok().copied()
    }
}

impl Attr for Kopecks {
    fn to_attr(&self) -> AttributeValue {
        self.get().to_attr()
    }
    fn from_attr(value: &AttributeValue) -> Option<Self> {
        i64::from_attr(value).map(Self::new)
    }
}

impl Attr for Millilitres {
    fn to_attr(&self) -> AttributeValue {
        self.get().to_attr()
    }
    fn from_attr(value: &AttributeValue) -> Option<Self> {
        i64::from_attr(value).map(Self::new)
    }
}

/// Milliseconds since the epoch.
impl Attr for DateTime<Utc> {
    fn to_attr(&self) -> AttributeValue {
        self.timestamp_millis().to_attr()
    }
    fn from_attr(value: &AttributeValue) -> Option<Self> {
        i64::from_attr(value).and_then(DateTime::from_timestamp_millis)
    }
}

impl Attr for Vec<u8> {
    fn to_attr(&self) -> AttributeValue {
        AttributeValue::B(Blob::new(self.clone()))
    }
    fn from_attr(value: &AttributeValue) -> Option<Self> {
        value.as_b().ok().map(|blob| blob.as_ref().to_vec())
    }
}

/// A value kept as JSON text.
pub(super) struct Json<T>(pub T);

impl<T: serde::Serialize + serde::de::DeserializeOwned> Attr for Json<T> {
    fn to_attr(&self) -> AttributeValue {
        // Every stored type is a plain struct or enum with string keys, which serde_json always writes.
        AttributeValue::S(serde_json::to_string(&self.0).unwrap_or_default())
    }
    fn from_attr(value: &AttributeValue) -> Option<Self> {
        serde_json::from_str(value.as_s().ok()?).ok().map(Self)
    }
}

/// A row being put together.
#[derive(Default)]
pub(super) struct Build(Item);

impl Build {
    pub fn with(mut self, name: &str, value: impl Attr) -> Self {
        self.0.insert(name.to_owned(), value.to_attr());
        self
    }

    pub fn maybe<T: Attr>(mut self, name: &str, value: Option<T>) -> Self {
        if let Some(value) = value {
            self.0.insert(name.to_owned(), value.to_attr());
        }
        self
    }

    pub fn item(self) -> Item {
        self.0
    }
}

/// Reads an attribute that must be there.
pub(super) fn get<T: Attr>(item: &Item, name: &'static str) -> Result<T, StoreError> {
    item.get(name).and_then(T::from_attr).ok_or(StoreError::Corrupt(name))
}

/// Reads an attribute that may be absent.
pub(super) fn find<T: Attr>(item: &Item, name: &'static str) -> Result<Option<T>, StoreError> {
    item.get(name).map(|value| T::from_attr(value).ok_or(StoreError::Corrupt(name))).transpose()
}
