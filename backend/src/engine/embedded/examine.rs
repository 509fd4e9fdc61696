//! A look at a store that changes nothing, for whoever asks whether it is well.

use std::{
    fs::{File, OpenOptions},
    io,
    path::Path,
};

use redb::{Builder, Database, DatabaseError};

use super::{
    CACHE_BYTES, FILE,
    fault::{Fault, OpenError, unless_damaged},
    layout,
    overlay::Overlay,
};

/// How a store was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// There is none yet.
    Nothing,
    /// A Parlor runs on it, so it was not looked into.
    InUse,
    /// Every page of it is as it was written.
    Whole,
}

/// Looks at the store in `dir`, at all of it; nobody can open it meanwhile. Blocks.
///
/// # Errors
/// When the store could not be opened, as [`super::open`] would say it.
pub fn examine(dir: &Path) -> Result<Found, OpenError> {
    let place = dir.join(FILE);
    look(&place).map_err(|fault| OpenError { place, fault })
}

fn look(place: &Path) -> Result<Found, Fault> {
    // As a server opens it, though nothing is written.
    let file = match OpenOptions::new().read(true).write(true).open(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        file => file?,
    };
    if file.metadata()?.len() == 0 {
        return Ok(Found::Nothing);
    }
    let held = match unless_damaged(|| Builder::new().open_read_only(place)) {
        Ok(Err(DatabaseError::DatabaseAlreadyOpen | DatabaseError::LockProtocolMismatch)) => {
            return Ok(Found::InUse);
        }
        // It was not closed; the next start repairs it, and so does the look, in memory.
        Ok(Err(DatabaseError::RepairAborted)) => None,
        held => Some(held.map_err(Fault::Damaged)??),
    };
    layout::check(&unless_damaged(|| read_all(file)).map_err(Fault::Damaged)??)?;
    drop(held);
    Ok(Found::Whole)
}

/// Opens the store over the file, comparing all of it with its checksums.
fn read_all(file: File) -> Result<Database, DatabaseError> {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_BYTES).set_check_integrity_on_open(true);
    builder.create_with_backend(Overlay::new(file)?)
}
