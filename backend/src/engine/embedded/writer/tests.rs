//! The writing thread over a file that something happens to.

use std::{fs, sync::Arc};

use redb::Builder;

use super::{
    super::{system_clock, watched::Watched},
    Follows, Store, Writer,
};
use crate::engine::{Announcement, Delivery, EngineError};

struct Deaf;

impl Delivery for Deaf {
    fn deliver(&self, _: Announcement) {}
}

#[test]
fn a_file_that_is_replaced_during_a_commit_confirms_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (file, aside) = (dir.path().join("file"), dir.path().join("aside"));
    let name = file.clone();
    let opener = move || Builder::new().create(&name);
    let watched = Watched::new(file.clone());
    let store = Store::open(Box::new(opener), file.clone(), Some(watched)).unwrap();
    let follows = Arc::new(Follows::new(Arc::new(Deaf)));
    let writer = Writer::start(Arc::new(store), follows, system_clock()).unwrap();
    assert_eq!(writer.submit(|_| Ok(())).blocking_recv().unwrap(), Ok(()));
    let moved = writer.submit(move |_| {
        fs::rename(&file, aside).unwrap();
        Ok(())
    });
    assert_eq!(moved.blocking_recv().unwrap(), Err(EngineError::Timeout), "it may be lost");
}
