//! What can go wrong with the file, and what the node hears of it.

use std::path::Path;

use super::fault::{Fault, OpenError};
use crate::engine::{EngineError, unreadable::unreadable};

/// A failed read or write of the store.
#[derive(Debug, thiserror::Error)]
pub(super) enum StoreError {
    /// The store is closed until it can be reopened.
    #[error("the store is being reopened")]
    Closed,
    /// The file is no longer the one that was opened.
    #[error("the file was replaced")]
    Replaced,
    /// redb or the storage below it failed; the store must be reopened.
    #[error(transparent)]
    Storage(#[from] Box<redb::Error>),
    /// A page of the file makes no sense to redb. The others can be used on.
    #[error("a page makes no sense: {0}")]
    Damaged(String),
    /// What was read makes no sense.
    #[error("{0}")]
    Corrupt(String),
}

macro_rules! storage_errors {
    ($($error:ident),*) => {
        $( impl From<redb::$error> for StoreError {
            fn from(error: redb::$error) -> Self {
                match error.into() {
                    redb::Error::Corrupted(what) => Self::Damaged(what),
                    error => Self::Storage(Box::new(error)),
                }
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

impl StoreError {
    /// What the node hears of it, about the file at `place`.
    pub(super) fn about(self, place: &Path) -> EngineError {
        match self {
            Self::Closed | Self::Replaced | Self::Storage(_) => EngineError::Away(self.to_string()),
            Self::Damaged(what) => EngineError::Corrupt(damaged(place, what)),
            Self::Corrupt(what) => EngineError::Corrupt(what),
        }
    }
}

/// What is said of a damaged file.
pub(super) fn damaged(place: &Path, what: String) -> String {
    OpenError { place: place.to_owned(), fault: Fault::Damaged(what) }.to_string()
}
