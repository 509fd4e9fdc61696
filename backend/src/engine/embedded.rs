//! The embedded engine: all of a server's store in one redb file under its data directory.
//!
//! One thread writes, many transactions at a time in one synced commit; reads run beside it on
//! redb's snapshots. It serves one node: announcements and presence stay in the process.

mod broker;
mod directory;
mod error;
mod examine;
mod fault;
mod follows;
mod layout;
mod overlay;
mod presence;
mod store;
mod tables;
mod view;
mod watched;
mod write;
mod writer;

use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use error::StoreError;
pub use examine::{Found, examine};
use fault::unless_damaged;
pub use fault::{Fault, OpenError};
use follows::Follows;
use parlor_shared::Millis;
use presence::Leases;
use redb::{Builder, DatabaseError, StorageBackend, StorageError};
use store::{Reading, Store};
use watched::Watched;
use writer::{Batch, Writer};

use super::{Delivery, Engine, EngineError};

/// The store's file in the data directory.
const FILE: &str = "parlor.redb";
/// Bytes of the file that redb keeps in memory.
const CACHE_BYTES: usize = 64 * 1024 * 1024;

/// The store's clock, in ms since 1970-01-01 UTC.
pub type Clock = Arc<dyn Fn() -> Millis + Send + Sync>;

/// Opens the store in `dir`, which is made if it is not there. Blocks: for the disk, and up to
/// 15 s for another process that has the store open to close it.
///
/// # Errors
/// When the directory or its file cannot be used. Nothing of them was changed.
pub fn open(dir: &Path, delivery: Arc<dyn Delivery>) -> Result<Engine, OpenError> {
    std::fs::create_dir_all(dir)
        .map_err(|error| OpenError { place: dir.to_owned(), fault: error.into() })?;
    let file = dir.join(FILE);
    let place = file.clone();
    let opener = move || Builder::new().set_cache_size(CACHE_BYTES).create(&file);
    let watched = Watched::new(place.clone());
    start(Store::open(Box::new(opener), place, Some(watched))?, system_clock(), delivery)
}

/// Opens a store on any storage, by any clock. `backend` is called again for each reopening after
/// a failure, and must lead to the same bytes.
///
/// # Errors
/// As for [`open`].
pub fn open_with<B: StorageBackend>(
    backend: impl Fn() -> io::Result<B> + Send + Sync + 'static,
    clock: Clock,
    delivery: Arc<dyn Delivery>,
) -> Result<Engine, OpenError> {
    let opener = move || {
        let backend = backend().map_err(|e| DatabaseError::Storage(StorageError::Io(e)))?;
        Builder::new().set_cache_size(CACHE_BYTES).create_with_backend(backend)
    };
    start(Store::open(Box::new(opener), PathBuf::from(FILE), None)?, clock, delivery)
}

/// The clock of the machine.
#[must_use]
pub fn system_clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(since.as_millis()).unwrap_or(Millis::MAX)
    })
}

fn start(store: Store, clock: Clock, delivery: Arc<dyn Delivery>) -> Result<Engine, OpenError> {
    let store = Arc::new(store);
    let follows = Arc::new(Follows::new(delivery));
    let writer = Writer::start(store.clone(), follows.clone(), clock.clone())
        .map_err(|error| OpenError { place: store.place().to_owned(), fault: error.into() })?;
    writer.sweep();
    let embedded = Arc::new(Embedded { writer, store, follows, clock, leases: Leases::default() });
    Ok(Engine { broker: embedded.clone(), presence: embedded.clone(), directory: embedded })
}

/// The three contracts over one file.
struct Embedded {
    /// Closed first: what waits to be written is written before the store closes.
    writer: Writer,
    store: Arc<Store>,
    follows: Arc<Follows>,
    clock: Clock,
    leases: Leases,
}

impl Embedded {
    /// Reads at one moment of the store. On a thread that may block: a page that is not in the
    /// cache comes from the disk, and that must not hold up the connections of a runtime's thread.
    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Reading) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, EngineError> {
        let store = Arc::clone(&self.store);
        let result = tokio::task::spawn_blocking(move || {
            unless_damaged(|| store.read(read))
                .unwrap_or_else(|what| Err(StoreError::Damaged(what)))
        });
        let result =
            result.await.map_err(|_| EngineError::Away("a read was cut short".to_owned()))?;
        if let Err(StoreError::Storage(_)) = &result {
            // redb answers nothing more after a failure; the writer finds out and reopens.
            self.writer.probe();
        }
        result.map_err(|error| error.about(self.store.place()))
    }

    /// Writes; the answer comes once it is synced.
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Batch<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, EngineError> {
        self.writer.submit(work).await.map_err(|_| EngineError::Timeout)?
    }
}
