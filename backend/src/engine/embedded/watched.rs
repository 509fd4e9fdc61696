//! The store's file by its name: whether it is still the one that was opened, and all of it. A file that
//! was removed can be written on as if nothing were; what it confirms would be gone with the process.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use parking_lot::Mutex;

use super::{error::StoreError, fault::Fault};

/// A file under a name.
#[derive(Debug)]
pub(super) struct Watched {
    place: PathBuf,
    /// How it was when it was last known to be well. Held only to look at or change it.
    known: Mutex<Option<Seen>>,
}

/// What its name leads to.
#[derive(Clone, Copy, Debug)]
struct Seen {
    device: u64,
    inode: u64,
    length: u64,
}

impl Watched {
    /// A file that was not opened yet.
    pub(super) fn new(place: PathBuf) -> Self {
        Self { place, known: Mutex::default() }
    }

    /// Notes the file as it was opened.
    ///
    /// # Errors
    /// When its name leads nowhere.
    pub(super) fn opened(&self) -> io::Result<()> {
        *self.known.lock() = Some(Seen::at(&self.place)?);
        Ok(())
    }

    /// Notes the file as it was written, longer or shorter.
    ///
    /// # Errors
    /// [`StoreError::Replaced`] when it is another one.
    pub(super) fn written(&self) -> Result<(), StoreError> {
        *self.known.lock() = Some(self.same()?);
        Ok(())
    }

    /// That it is the same file, and no shorter than it was written.
    ///
    /// # Errors
    /// [`StoreError::Replaced`].
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let known = self.known.lock().map_or(0, |known| known.length);
        if self.same()?.length >= known { Ok(()) } else { Err(StoreError::Replaced) }
    }

    fn same(&self) -> Result<Seen, StoreError> {
        let known = *self.known.lock();
        let now = Seen::at(&self.place).ok();
        now.filter(|now| known.is_none_or(|known| known.is(now))).ok_or(StoreError::Replaced)
    }

    /// That there is something to open: where a store was, none is begun.
    ///
    /// # Errors
    /// [`Fault::Gone`].
    pub(super) fn is_there(&self) -> Result<(), Fault> {
        match Seen::at(&self.place) {
            Ok(Seen { length: 1.., .. }) => Ok(()),
            Ok(_) => Err(Fault::Gone("it is empty".to_owned())),
            Err(error) => Err(Fault::Gone(error.to_string())),
        }
    }
}

impl Seen {
    fn is(&self, other: &Self) -> bool {
        (self.device, self.inode) == (other.device, other.inode)
    }

    fn at(place: &Path) -> io::Result<Self> {
        let found = fs::metadata(place)?;
        Ok(Self { device: found.dev(), inode: found.ino(), length: found.len() })
    }
}
