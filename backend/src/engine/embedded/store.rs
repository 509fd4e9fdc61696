//! The open file, and its reopening after a failure.

use std::{
    thread,
    time::{Duration, Instant},
};

use parking_lot::RwLock;
use parlor_shared::Epoch;
use redb::{Database, DatabaseError, ReadTransaction, ReadableDatabase, StorageError};
use uuid::Uuid;

use super::{error::StoreError, tables::Tables};
use crate::engine::EngineError;

/// How long opening waits for another process to close the store.
const LOCK_WAIT: Duration = Duration::from_secs(15);
/// How often it looks.
const LOCK_POLL: Duration = Duration::from_millis(50);

/// Opens the same file each time it is called.
pub(super) type Opener = Box<dyn Fn() -> Result<Database, DatabaseError> + Send + Sync>;

/// The store of a server. redb refuses everything after an I/O error, reads too, so the database
/// can be exchanged for a newly opened one.
pub(super) struct Store {
    opener: Opener,
    /// The open database; none while it could not be reopened. Held shared for the length of one
    /// read or one batch of writes, exclusively only to reopen.
    opened: RwLock<Option<Opened>>,
}

/// One opening of the file.
pub(super) struct Opened {
    pub(super) database: Database,
    /// The epoch of this opening.
    pub(super) epoch: Epoch,
}

/// One moment of the store.
pub(super) struct Reading {
    pub(super) txn: ReadTransaction,
    /// The present epoch.
    pub(super) epoch: Epoch,
}

impl Store {
    /// Opens the file for the first time and makes its tables.
    pub(super) fn open(opener: Opener) -> Result<Self, EngineError> {
        let opened = Opened::new(wait_for_lock(&opener)?)?;
        make_tables(&opened.database)?;
        Ok(Self { opener, opened: RwLock::new(Some(opened)) })
    }

    /// Reads at one moment.
    pub(super) fn read<T>(
        &self,
        read: impl FnOnce(&Reading) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.with(|opened| {
            read(&Reading { txn: opened.database.begin_read()?, epoch: opened.epoch.clone() })
        })
    }

    /// Uses the open database.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&Opened) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.opened.read().as_ref().map_or(Err(StoreError::Closed), work)
    }

    /// Closes the file and opens it again, under a new epoch.
    pub(super) fn reopen(&self) -> Result<(), EngineError> {
        let mut opened = self.opened.write();
        // The old one first: it holds the lock of the file.
        *opened = None;
        *opened = Some(Opened::new((self.opener)().map_err(|error| cannot_open(&error))?)?);
        Ok(())
    }

    pub(super) fn is_open(&self) -> bool {
        self.opened.read().is_some()
    }
}

impl Opened {
    fn new(database: Database) -> Result<Self, EngineError> {
        Ok(Self { database, epoch: new_epoch()? })
    }
}

/// Opens, waiting for whoever still has the file open.
fn wait_for_lock(opener: &Opener) -> Result<Database, EngineError> {
    let begun = Instant::now();
    loop {
        match opener() {
            Err(DatabaseError::DatabaseAlreadyOpen) if begun.elapsed() < LOCK_WAIT => {
                thread::sleep(LOCK_POLL);
            }
            result => return result.map_err(|error| cannot_open(&error)),
        }
    }
}

fn make_tables(database: &Database) -> Result<(), StoreError> {
    let txn = database.begin_write()?;
    drop(Tables::open(&txn)?);
    txn.commit()?;
    Ok(())
}

/// 128 random bits: no two openings have the same.
fn new_epoch() -> Result<Epoch, EngineError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| EngineError::Away(error.to_string()))?;
    let text = Uuid::from_bytes(bytes).simple().to_string();
    Epoch::new(&text).map_err(|error| EngineError::Corrupt(error.to_string()))
}

fn cannot_open(error: &DatabaseError) -> EngineError {
    if let DatabaseError::Storage(StorageError::Corrupted(what)) = error {
        return EngineError::Corrupt(what.clone());
    }
    EngineError::Away(format!("cannot open the store: {error}"))
}
