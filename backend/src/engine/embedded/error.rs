//! What can go wrong with the file, and what the node hears of it.

use crate::engine::{EngineError, unreadable::unreadable};

/// A failed read or write of the store.
#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    /// The store is closed until it can be reopened.
    #[error("the store is being reopened")]
    Closed,
    /// redb or the storage below it failed; the store must be reopened.
    #[error(transparent)]
    Storage(#[from] Box<redb::Error>),
    /// What was read makes no sense.
    #[error("{0}")]
    Corrupt(String),
}

macro_rules! storage_errors {
    ($($error:ident),*) => {
        $( impl From<redb::$error> for StoreError {
            fn from(error: redb::$error) -> Self {
                Self::Storage(Box::new(error.into()))
            }
        } )*
    };
}

storage_errors!(StorageError, TableError, TransactionError, CommitError);

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(unreadable(&error))
    }
}

impl From<parlor_shared::IdError> for StoreError {
    fn from(error: parlor_shared::IdError) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Closed | StoreError::Storage(_) => Self::Away(error.to_string()),
            StoreError::Corrupt(what) => Self::Corrupt(what),
        }
    }
}
