//! Every table of the file. A log is named as on the wire; 0 stands for "no number".

use redb::{ReadOnlyTable, Table, TableDefinition, WriteTransaction};

use super::error::StoreError;

/// A record: `rev`, number, time of the first writing, and the body's JSON.
pub(super) type RecordRow = (u64, u64, u64, &'static [u8]);

macro_rules! tables {
    ($( $(#[$doc:meta])* $field:ident $name:ident : $key:ty => $value:ty ),* $(,)?) => {
        $( $(#[$doc])* pub(super) const $name: TableDefinition<'static, $key, $value> =
            TableDefinition::new(stringify!($field)); )*

        /// All tables, open for one batch of writes.
        pub(super) struct Tables<'txn> {
            $( $(#[$doc])* pub(super) $field: Table<'txn, $key, $value>, )*
        }

        impl<'txn> Tables<'txn> {
            /// Opens every table, making those that are not there.
            pub(super) fn open(txn: &'txn WriteTransaction) -> Result<Self, StoreError> {
                Ok(Self { $( $field: txn.open_table($name)?, )* })
            }
        }
    };
}

tables! {
    /// (log, record key) → the record.
    records RECORDS: (&'static str, &'static str) => RecordRow,
    /// (log, `rev`) → the key of the record that has it.
    revs REVS: (&'static str, u64) => &'static str,
    /// Log → its [`crate::engine::log::LogMeta`] as JSON.
    metas METAS: &'static str => &'static [u8],
    /// (log, person) → the role as a number.
    roles ROLES: (&'static str, &'static str) => u8,
    /// (log, author, command) → offset, number, time, and which of the author's commands it was.
    commands COMMANDS: (&'static str, &'static str, u128) => (u64, u64, u64, u64),
    /// (log, author, which of the author's commands) → the command.
    command_order COMMAND_ORDER: (&'static str, &'static str, u64) => u128,
    /// Person → name and skeleton.
    accounts ACCOUNTS: &'static str => (&'static str, &'static str),
    /// Skeleton of a person's name → the person, and until when it is theirs.
    names NAMES: &'static str => (&'static str, u64),
    /// Hash of a session's token → the person, and when it was last used.
    sessions SESSIONS: &'static [u8; 32] => (&'static str, u64),
    /// (person, hash of a session's token): which sessions a person has.
    person_sessions PERSON_SESSIONS: (&'static str, &'static [u8; 32]) => (),
    /// Room → name.
    rooms ROOMS: &'static str => &'static str,
    /// Skeleton of a room's name → the room.
    room_names ROOM_NAMES: &'static str => &'static str,
}

/// The records table, open for reading.
pub(super) type RecordsTable = ReadOnlyTable<(&'static str, &'static str), RecordRow>;
/// The table of `rev`s, open for reading.
pub(super) type RevsTable = ReadOnlyTable<(&'static str, u64), &'static str>;
