//! Categories and audiences as the wire has them.

use oktan_shared::domain::article::{Audience, Category};
use serde::{Deserialize, Serialize};

/// What an article is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ArticleCategory)]
pub enum CategoryName {
    /// How to do something in the cabinet.
    HowTo,
    /// The contract and what follows from it.
    Contract,
    /// What things cost.
    Tariffs,
    /// Forms to fill in.
    Forms,
}

/// For whom an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ArticleAudience)]
pub enum AudienceName {
    /// Companies' people, and so the staff too.
    Clients,
    /// The staff alone.
    Staff,
}

impl From<CategoryName> for Category {
    fn from(name: CategoryName) -> Self {
        match name {
            CategoryName::HowTo => Self::HowTo,
            CategoryName::Contract => Self::Contract,
            CategoryName::Tariffs => Self::Tariffs,
            CategoryName::Forms => Self::Forms,
        }
    }
}

impl From<Category> for CategoryName {
    fn from(category: Category) -> Self {
        match category {
            Category::HowTo => Self::HowTo,
            Category::Contract => Self::Contract,
            Category::Tariffs => Self::Tariffs,
            Category::Forms => Self::Forms,
        }
    }
}

impl From<AudienceName> for Audience {
    fn from(name: AudienceName) -> Self {
        match name {
            AudienceName::Clients => Self::Clients,
            AudienceName::Staff => Self::Staff,
        }
    }
}

impl From<Audience> for AudienceName {
    fn from(audience: Audience) -> Self {
        match audience {
            Audience::Clients => Self::Clients,
            Audience::Staff => Self::Staff,
        }
    }
}
