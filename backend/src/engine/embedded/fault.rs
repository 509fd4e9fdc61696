//! What is wrong with a store that cannot be opened, and what to do about it.

use std::{
    any::Any,
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
};

use redb::DatabaseError;

use super::error::StoreError;

/// A store that could not be opened. It is as it was.
#[derive(Debug, thiserror::Error)]
#[error("{} {fault}", place.display())]
pub struct OpenError {
    /// The file or directory.
    pub place: PathBuf,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a file or directory, and what to do: told after its name.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Another process has it.
    #[error(
        "is in use by another process: stop that one, or choose another --data; a data directory \
         serves one Parlor at a time"
    )]
    InUse,
    /// Something else is there.
    #[error(
        "is not a store of Parlor's: put the backup in its place, or move it away to start anew"
    )]
    Foreign,
    /// Its bytes are not those that were written.
    #[error(
        "is damaged ({0}): put the backup in its place, or move it away to start anew, without what \
         was said"
    )]
    Damaged(String),
    /// A later Parlor arranged the tables in another way.
    #[error(
        "was written by a newer Parlor (layout {found}; this one knows {known}): run the newer one, \
         or put a backup from before in its place"
    )]
    Newer {
        /// The file's layout.
        found: u64,
        /// The newest that this program knows.
        known: u64,
    },
    /// The file itself is of another kind than this program reads.
    #[error(
        "was written by another version of Parlor ({0}): run that one, or put a backup that this \
         version wrote in its place"
    )]
    OtherFormat(String),
    /// No rights.
    #[error(
        "may not be used ({0}): let the server's user read and write the directory and its file"
    )]
    Denied(String),
    /// The file system is mounted for reading.
    #[error("cannot be written ({0}): mount its file system for writing, or choose another --data")]
    ReadOnly(String),
    /// A file is where a directory should be, or the other way round.
    #[error("is in the way ({0}): move it away, or choose another --data")]
    InTheWay(String),
    /// The disk is full.
    #[error("has no room ({0}): make room on its disk")]
    Full(String),
    /// It was moved, removed or cut while it was open.
    #[error(
        "was moved away, replaced or cut short under the server, which now opens what is there"
    )]
    Replaced,
    /// It was open before, and is there no more.
    #[error("is gone ({0}): put it back, or a backup; or stop the server, which else waits for it")]
    Gone(String),
    /// The disk or the system failed.
    #[error("cannot be used ({0}): look at its disk and at the system's log")]
    Unusable(String),
}

impl From<io::Error> for Fault {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the system's; all others say enough")]
    fn from(error: io::Error) -> Self {
        use io::ErrorKind as Kind;
        let text = error.to_string();
        match error.kind() {
            Kind::InvalidData => Self::Foreign,
            Kind::PermissionDenied => Self::Denied(text),
            Kind::ReadOnlyFilesystem => Self::ReadOnly(text),
            Kind::AlreadyExists | Kind::NotADirectory | Kind::IsADirectory => Self::InTheWay(text),
            Kind::StorageFull | Kind::QuotaExceeded => Self::Full(text),
            Kind::UnexpectedEof => Self::Damaged(text),
            _ => Self::Unusable(text),
        }
    }
}

impl From<redb::Error> for Fault {
    #[expect(clippy::wildcard_enum_match_arm, reason = "redb's may grow; all others say enough")]
    fn from(error: redb::Error) -> Self {
        use redb::Error;
        match error {
            Error::DatabaseAlreadyOpen | Error::LockProtocolMismatch => Self::InUse,
            Error::Io(error) => error.into(),
            // redb has no error of its own for this.
            Error::Corrupted(what) if what.contains("file format version") => {
                Self::OtherFormat(what)
            }
            Error::Corrupted(what) => Self::Damaged(what),
            Error::UpgradeRequired(_)
            | Error::TableTypeMismatch { .. }
            | Error::TypeDefinitionChanged { .. }
            | Error::TableIsMultimap(_)
            | Error::TableIsNotMultimap(_) => Self::OtherFormat(error.to_string()),
            other => Self::Unusable(other.to_string()),
        }
    }
}

impl From<DatabaseError> for Fault {
    fn from(error: DatabaseError) -> Self {
        redb::Error::from(error).into()
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Closed => Self::Unusable(error.to_string()),
            StoreError::Replaced => Self::Replaced,
            StoreError::Storage(error) => (*error).into(),
            StoreError::Damaged(what) | StoreError::Corrupt(what) => Self::Damaged(what),
        }
    }
}

/// Does what may meet damaged pages: redb does not check each page that it reads, and panics at one
/// that makes no sense. The panic's words are the error.
pub(super) fn unless_damaged<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    // What `work` had in its hands is not used after a panic: transactions are dropped.
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| words(panic.as_ref()))
}

/// What a panic said.
fn words(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
    said.unwrap_or("a page that makes no sense").to_owned()
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use redb::DatabaseError;

    use super::{Fault, OpenError};

    fn told(fault: impl Into<Fault>) -> String {
        OpenError { place: "/var/lib/parlor/parlor.redb".into(), fault: fault.into() }.to_string()
    }

    #[test]
    fn every_fault_names_the_file_and_says_what_to_do() {
        for (told, what) in [
            (told(DatabaseError::DatabaseAlreadyOpen), "stop that one"),
            (told(DatabaseError::UpgradeRequired(2)), "run that one"),
            (told(Error::from(ErrorKind::ReadOnlyFilesystem)), "mount its file system for writing"),
            (
                told(Error::from(ErrorKind::PermissionDenied)),
                "let the server's user read and write",
            ),
            (told(Error::from(ErrorKind::StorageFull)), "make room"),
            (told(Error::other("the disk is on fire")), "the disk is on fire"),
        ] {
            assert!(told.starts_with("/var/lib/parlor/parlor.redb "), "{told}");
            assert!(told.contains(what), "{told}");
        }
    }
}
