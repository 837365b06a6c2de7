//! What an auditor runs over the journal: every chain from its first link to its head, each link's place, its MAC and
//! the link before it; and whether all that an earlier run saw is still there.

mod chain;
mod checkpoint;
mod report;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use report::{Finding, Report, Wrong};

use chrono::{DateTime, Utc};
use oktan_shared::auth::Keys;
use oktan_shared::domain::CompanyId;
use oktan_shared::table::{StoreError, Table};
use std::collections::{BTreeMap, BTreeSet};

/// Whose chain: a company's, or the staff's own.
pub type Scope = Option<CompanyId>;

/// Verifies every chain: the staff's, those of the companies that are listed, and those that `since` knows of.
///
/// # Errors
/// When the store does not answer: then nothing is known.
pub async fn audit(
    table: &Table,
    keys: &Keys,
    since: Option<&Checkpoint>,
    now: DateTime<Utc>,
) -> Result<Report, StoreError> {
    let mut scopes: BTreeSet<Scope> = table.company_ids().await?.into_iter().map(Some).collect();
    scopes.insert(None);
    scopes.extend(since.into_iter().flat_map(Checkpoint::scopes));
    let mut report = Report { at: now, heads: BTreeMap::new(), findings: Vec::new() };
    for scope in scopes {
        let seen = since.and_then(|since| since.head(scope));
        let (head, wrong) = chain::verify(table, keys, scope, seen).await?;
        report.findings.extend(wrong.into_iter().map(|wrong| Finding { scope, wrong }));
        report.heads.insert(scope, head);
    }
    Ok(report)
}
