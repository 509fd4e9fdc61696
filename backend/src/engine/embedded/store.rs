//! The open file, and its reopening after a failure.

use std::{
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use parking_lot::RwLock;
use parlor_shared::Epoch;
use redb::{Database, DatabaseError, ReadTransaction, ReadableDatabase};
use uuid::Uuid;

use super::{
    error::StoreError,
    fault::{Fault, OpenError, unless_damaged},
    layout,
    watched::Watched,
};

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
    /// The file, for those who must look after it.
    place: PathBuf,
    /// The same, where it is a file.
    watched: Option<Watched>,
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
    pub(super) fn open(
        opener: Opener,
        place: PathBuf,
        watched: Option<Watched>,
    ) -> Result<Self, OpenError> {
        let opened = opened(|| {
            let database = wait_for_lock(&opener)?;
            layout::check(&database)?;
            layout::prepare(&database)?;
            watched.iter().try_for_each(Watched::opened)?;
            Ok(database)
        });
        match opened {
            Ok(opened) => Ok(Self { opener, place, watched, opened: RwLock::new(Some(opened)) }),
            Err(fault) => Err(OpenError { place, fault }),
        }
    }

    /// The file, for those who must look after it.
    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    /// A failure as those are told of it who look after the file.
    pub(super) fn unfit(&self, error: StoreError) -> OpenError {
        OpenError { place: self.place.clone(), fault: error.into() }
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
    pub(super) fn reopen(&self) -> Result<(), OpenError> {
        let mut opened = self.opened.write();
        // The old one first: it holds the lock of the file. One in which a commit panicked may panic
        // once more as it closes.
        let old = opened.take();
        if let Err(what) = unless_damaged(|| drop(old)) {
            tracing::debug!(what, "the store did not close well");
        }
        // Nothing is written, so that a full disk can be read.
        let anew = self::opened(|| {
            self.watched.iter().try_for_each(Watched::is_there)?;
            let database = (self.opener)()?;
            layout::check(&database)?;
            self.watched.iter().try_for_each(Watched::opened)?;
            Ok(database)
        });
        *opened = Some(anew.map_err(|fault| OpenError { place: self.place.clone(), fault })?);
        Ok(())
    }

    /// That the file is still the one that was opened, and all of it.
    ///
    /// # Errors
    /// [`StoreError::Replaced`].
    pub(super) fn check(&self) -> Result<(), StoreError> {
        self.watched.iter().try_for_each(Watched::check)
    }

    /// Notes the file as it was written, if it is the one that was opened.
    ///
    /// # Errors
    /// [`StoreError::Replaced`]: what was written is in a file that nobody will open.
    pub(super) fn written(&self) -> Result<(), StoreError> {
        self.watched.iter().try_for_each(Watched::written)
    }

    pub(super) fn is_open(&self) -> bool {
        self.opened.read().is_some()
    }
}

/// What `open` opens, under a new epoch.
fn opened(open: impl FnOnce() -> Result<Database, Fault>) -> Result<Opened, Fault> {
    let database = unless_damaged(open).map_err(Fault::Damaged)??;
    Ok(Opened { database, epoch: new_epoch()? })
}

/// Opens, waiting for whoever still has the file open.
fn wait_for_lock(opener: &Opener) -> Result<Database, DatabaseError> {
    let begun = Instant::now();
    loop {
        match opener() {
            Err(DatabaseError::DatabaseAlreadyOpen) if begun.elapsed() < LOCK_WAIT => {
                thread::sleep(LOCK_POLL);
            }
            result => return result,
        }
    }
}

/// 128 random bits: no two openings have the same.
fn new_epoch() -> Result<Epoch, Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Fault::Unusable(error.to_string()))?;
    let text = Uuid::from_bytes(bytes).simple().to_string();
    Epoch::new(&text).map_err(|error| Fault::Unusable(error.to_string()))
}
