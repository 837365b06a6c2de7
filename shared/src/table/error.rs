//! What can go wrong with the store.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// A store operation that did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The row moved while it was being changed, again and again.
    #[error("the row kept moving")]
    Busy,
    /// The condition of item `index` of a write failed.
    #[error("condition {index} of the write failed")]
    Refused {
        /// Which item of the write.
        index: usize,
    },
    /// The store did not answer, or refused the call for a passing reason. A write may have happened.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// A row that this code cannot read.
    #[error("a row cannot be read: {0}")]
    Corrupt(&'static str),
    /// The call itself was wrong.
    #[error("the store refused the call: {0}")]
    Rejected(String),
}

/// A failed call that is not about its condition.
pub(super) fn failed<E>(error: SdkError<E>) -> StoreError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let code = error.code().unwrap_or_default().to_owned();
    let text = format!("{}", aws_sdk_dynamodb::error::DisplayErrorContext(&error));
    match (&error, code.as_str()) {
        (SdkError::ServiceError(_), "ValidationException" | "ResourceNotFoundException" | "AccessDeniedException") => {
            StoreError::Rejected(text)
        }
        _ => StoreError::Unavailable(text),
    }
}

/// Reads a transaction's refusal: the first failed condition, a conflict with another write, or a failure.
pub(super) fn transaction_failed(error: SdkError<TransactWriteItemsError>) -> TransactionOutcome {
    if let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error.as_service_error() {
        let reasons = cancelled.cancellation_reasons();
        let failed: Vec<(usize, Option<super::item::Item>)> = reasons
            .iter()
            .enumerate()
            .filter(|(_, reason)| reason.code() == Some("ConditionalCheckFailed"))
            .map(|(index, reason)| (index, reason.item().cloned()))
            .collect();
        if !failed.is_empty() {
            return TransactionOutcome::Refused(failed);
        }
        let passing = |code: &str| {
            matches!(
                code,
                "TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded" | "RequestLimitExceeded"
            )
        };
        if reasons.iter().filter_map(|r| r.code()).any(passing) {
            return TransactionOutcome::Conflict;
        }
    }
    if let Some(TransactWriteItemsError::TransactionInProgressException(_)) = error.as_service_error() {
        return TransactionOutcome::Conflict;
    }
    TransactionOutcome::Failed(failed(error))
}

/// How a transaction ended when it did not commit.
#[derive(Debug)]
pub(super) enum TransactionOutcome {
    /// Conditions that failed: the item's place in the transaction, and the row as it stood.
    Refused(Vec<(usize, Option<super::item::Item>)>),
    /// Another write was in the way; the same call may be made again.
    Conflict,
    /// Anything else.
    Failed(StoreError),
}

impl TransactionOutcome {
    /// The outcome where nothing is known but that the write was refused.
    pub fn into_error(self) -> StoreError {
        match self {
            Self::Refused(refused) => StoreError::Refused { index: refused.first().map_or(0, |(index, _)| *index) },
            Self::Conflict => StoreError::Busy,
            Self::Failed(error) => error,
        }
    }
}
