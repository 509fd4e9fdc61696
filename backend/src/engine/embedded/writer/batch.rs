//! What one commit holds.

use std::path::Path;

use parlor_shared::{Entry, Epoch, Millis};
use redb::WriteTransaction;

use crate::engine::embedded::{Clock, error::StoreError, tables::Tables};

/// An open transaction of several writes.
pub(in crate::engine::embedded) struct Batch<'txn> {
    /// All tables.
    pub(in crate::engine::embedded) tables: Tables<'txn>,
    /// The present epoch.
    pub(in crate::engine::embedded) epoch: Epoch,
    /// What is to be announced once it is committed, in order.
    pub(in crate::engine::embedded) entries: Vec<Entry>,
    /// The file.
    pub(super) place: &'txn Path,
    clock: Clock,
}

impl<'txn> Batch<'txn> {
    pub(super) fn open(
        txn: &'txn WriteTransaction,
        epoch: Epoch,
        clock: Clock,
        place: &'txn Path,
    ) -> Result<Self, StoreError> {
        Ok(Self { tables: Tables::open(txn)?, epoch, entries: Vec::new(), clock, place })
    }

    /// The store's clock.
    pub(in crate::engine::embedded) fn now(&self) -> Millis {
        (self.clock)()
    }
}
