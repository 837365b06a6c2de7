//! Languages of what the public reads.

use crate::domain::news::Language;
use serde::{Deserialize, Serialize};

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LanguageName {
    /// Russian.
    #[default]
    Ru,
    /// English.
    En,
}

impl LanguageName {
    /// Its two letters.
    pub fn as_str(self) -> &'static str {
        Language::from(self).as_str()
    }
}

impl From<LanguageName> for Language {
    fn from(name: LanguageName) -> Self {
        match name {
            LanguageName::Ru => Self::Ru,
            LanguageName::En => Self::En,
        }
    }
}

impl From<Language> for LanguageName {
    fn from(language: Language) -> Self {
        match language {
            Language::Ru => Self::Ru,
            Language::En => Self::En,
        }
    }
}
