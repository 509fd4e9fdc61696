//! One process at a time; the next one waits for the one before to close.

use std::{
    fs::OpenOptions,
    io,
    path::Path,
    sync::{Arc, mpsc},
};

use parlor::engine::{
    Engine,
    embedded::{OpenError, open, open_with, system_clock},
};
use redb::backends::FileBackend;

use super::Deaf;

/// Opens the store's file, saying each time that it tries.
fn open_telling(file: &Path, tries: mpsc::Sender<()>) -> Result<Engine, OpenError> {
    let file = file.to_owned();
    let backend = move || {
        let _ = tries.send(());
        let file = OpenOptions::new().read(true).write(true).open(&file)?;
        FileBackend::new(file).map_err(io::Error::other)
    };
    open_with(backend, system_clock(), Arc::new(Deaf))
}

#[test]
fn opening_waits_until_the_store_is_closed() {
    let dir = tempfile::tempdir().unwrap();
    let first = open(dir.path(), Arc::new(Deaf)).unwrap();
    let (tell, tries) = mpsc::channel();
    let file = dir.path().join("parlor.redb");
    let second = std::thread::spawn(move || open_telling(&file, tell));
    // Twice tried means once refused.
    tries.recv().unwrap();
    tries.recv().unwrap();
    assert!(!second.is_finished());
    drop(first);
    assert!(second.join().unwrap().is_ok());
}
