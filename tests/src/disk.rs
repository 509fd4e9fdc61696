//! A disk in memory that loses what was not synced, and can be full: storage below redb.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use redb::StorageBackend;

/// What `sync_data` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syncs {
    /// What was written before is durable.
    Honoured,
    /// Nothing, though it says it did: a disk that lies, or a store that forgot to sync.
    Ignored,
}

/// The bytes a disk sets or leaves as one; larger writes can be torn between them.
const SECTOR: usize = 512;

/// A disk. Clones are the same disk.
#[derive(Clone, Debug)]
pub struct Disk(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    syncs: Syncs,
    /// What a loss of power leaves for certain.
    durable: Vec<u8>,
    /// What was written since the last sync, in order.
    unsynced: Vec<Change>,
    /// What is read: both together.
    seen: Vec<u8>,
    /// Counts the losses of power; whoever opened the disk before one can use it no more.
    life: u64,
    powered: bool,
    /// The power goes when so many more changes and syncs were done.
    until_cut: Option<u64>,
    /// The disk grows no longer than this.
    capacity: u64,
}

#[derive(Debug)]
enum Change {
    Length(usize),
    Bytes(usize, Vec<u8>),
}

impl Disk {
    /// An empty disk, as large as needed.
    #[must_use]
    pub fn new(syncs: Syncs) -> Self {
        Self(Arc::new(Mutex::new(State {
            syncs,
            durable: Vec::new(),
            unsynced: Vec::new(),
            seen: Vec::new(),
            life: 0,
            powered: true,
            until_cut: None,
            capacity: u64::MAX,
        })))
    }

    /// The disk as a store opens it.
    ///
    /// # Errors
    /// Without power.
    pub fn backend(&self) -> io::Result<DiskBackend> {
        let state = self.state();
        state.powered.then(|| DiskBackend { disk: self.clone(), life: state.life }).ok_or_else(dead)
    }

    /// The power goes after so many more changes and syncs.
    pub fn cut_power_after(&self, operations: u64) {
        self.state().until_cut = Some(operations);
    }

    /// The power goes now.
    pub fn cut_power(&self) {
        self.state().powered = false;
    }

    /// Whether there is power.
    #[must_use]
    pub fn is_powered(&self) -> bool {
        self.state().powered
    }

    /// The power comes back. Of what was not synced each sector is there or not, as `seed` has it.
    pub fn restore_power(&self, seed: u64) {
        let mut state = self.state();
        let mut dice = Dice(seed);
        for change in std::mem::take(&mut state.unsynced) {
            if dice.throw() {
                change.apply_torn(&mut state.durable, &mut dice);
            }
        }
        state.seen = state.durable.clone();
        state.life += 1;
        state.powered = true;
        state.until_cut = None;
    }

    /// Sets what syncs do from now on.
    pub fn set_syncs(&self, syncs: Syncs) {
        self.state().syncs = syncs;
    }

    /// The disk takes no more than it holds now.
    pub fn fill(&self) {
        let mut state = self.state();
        state.capacity = state.seen.len() as u64;
    }

    /// The disk takes as much as is needed again.
    pub fn free(&self) {
        self.state().capacity = u64::MAX;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One opening of a [`Disk`].
#[derive(Debug)]
pub struct DiskBackend {
    disk: Disk,
    life: u64,
}

impl DiskBackend {
    /// The disk's state, if there has been power since the opening.
    fn live(&self) -> io::Result<MutexGuard<'_, State>> {
        let state = self.disk.state();
        if state.powered && state.life == self.life { Ok(state) } else { Err(dead()) }
    }

    /// The same, counting one change or sync towards the end of power.
    fn counted(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.live()?;
        match &mut state.until_cut {
            Some(0) => {
                state.powered = false;
                return Err(dead());
            }
            Some(left) => *left -= 1,
            None => {}
        }
        Ok(state)
    }
}

impl StorageBackend for DiskBackend {
    fn len(&self) -> io::Result<u64> {
        Ok(self.live()?.seen.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let state = self.live()?;
        let from = usize::try_from(offset).map_err(io::Error::other)?;
        let bytes = state.seen.get(from..from + out.len());
        out.copy_from_slice(bytes.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.counted()?;
        if len > state.capacity {
            return Err(io::ErrorKind::StorageFull.into());
        }
        state.change(Change::Length(usize::try_from(len).map_err(io::Error::other)?));
        Ok(())
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.counted()?;
        if state.syncs == Syncs::Honoured {
            for change in std::mem::take(&mut state.unsynced) {
                change.apply(&mut state.durable);
            }
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        let mut state = self.counted()?;
        let from = usize::try_from(offset).map_err(io::Error::other)?;
        state.change(Change::Bytes(from, data.to_vec()));
        Ok(())
    }
}

impl State {
    fn change(&mut self, change: Change) {
        change.apply(&mut self.seen);
        self.unsynced.push(change);
    }
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Length(length) => bytes.resize(*length, 0),
            Self::Bytes(from, data) => put(bytes, *from, data),
        }
    }

    /// Applies some of the sectors.
    fn apply_torn(&self, bytes: &mut Vec<u8>, dice: &mut Dice) {
        match self {
            Self::Length(_) => self.apply(bytes),
            Self::Bytes(from, data) => {
                for (n, sector) in data.chunks(SECTOR).enumerate() {
                    if dice.throw() {
                        put(bytes, from + n * SECTOR, sector);
                    }
                }
            }
        }
    }
}

/// Writes `data` at `from`, with zeros before it where the disk ended earlier.
fn put(bytes: &mut Vec<u8>, from: usize, data: &[u8]) {
    bytes.resize(bytes.len().max(from + data.len()), 0);
    for (to, byte) in bytes.iter_mut().skip(from).zip(data) {
        *to = *byte;
    }
}

fn dead() -> io::Error {
    io::Error::other("there is no power")
}

/// Throws of a coin that a seed decides (splitmix64).
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> bool {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) & 1 == 1
    }
}
