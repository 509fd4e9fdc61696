//! How the rules of catch-up see a log, wherever it is kept.

use std::ops::ControlFlow;

use parlor_shared::{Number, Offset, Record};

/// What a record's JSON takes at most besides its key and its body: the header's field names and
/// three numbers of up to 16 digits.
pub const RECORD_OVERHEAD: usize = 96;

/// A record with its size on the wire, in bytes, or a little more.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRecord {
    /// The record.
    pub record: Record,
    /// Its JSON takes at most this many bytes.
    pub bytes: usize,
}

/// One log at one moment: all reads of one view see the same state.
pub trait LogView {
    /// Why the store could not be read.
    type Error;

    /// How many records have a `rev` above `offset`, counted up to `at_most`.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn count_changed(&self, offset: Offset, at_most: usize) -> Result<usize, Self::Error>;

    /// Visits the records with a `rev` above `offset`, in order of `rev`, until told to break.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn visit_changed(
        &self,
        offset: Offset,
        visit: &mut dyn FnMut(StoredRecord) -> ControlFlow<()>,
    ) -> Result<(), Self::Error>;

    /// One message.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn message(&self, number: Number) -> Result<Option<StoredRecord>, Self::Error>;

    /// Every record that is neither a message nor a member, in any order.
    ///
    /// # Errors
    /// When the store cannot be read.
    fn others(&self) -> Result<Vec<StoredRecord>, Self::Error>;
}
