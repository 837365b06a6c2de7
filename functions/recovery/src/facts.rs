//! Facts as the wire has them.

use oktan_shared::domain::facts::Said;
use oktan_shared::domain::text::FactText;
use serde::Deserialize;

/// What somebody says is on file; at least two, one of them the contract's number or a telephone.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactsAsk {
    /// The company's INN.
    inn: Option<FactText>,
    /// The contract's number.
    contract_number: Option<FactText>,
    /// One's own full name, or that of the company's contact.
    full_name: Option<FactText>,
    /// One's own telephone, or that of the company's contact.
    phone: Option<FactText>,
}

impl From<FactsAsk> for Said {
    fn from(ask: FactsAsk) -> Self {
        Self { inn: ask.inn, contract_number: ask.contract_number, full_name: ask.full_name, phone: ask.phone }
    }
}
