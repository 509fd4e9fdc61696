//! Which arrangement of tables a file has: an older program must not write into a newer one's file.

use redb::{Database, ReadableDatabase, TableDefinition, TableError, WriteTransaction};

use super::{error::StoreError, fault::Fault, tables::Tables};

/// The arrangement of [`Tables`]. One more with each change that a program before it would misread.
const LAYOUT: u64 = 1;
/// What the file says of itself.
const ABOUT: TableDefinition<'_, &str, u64> = TableDefinition::new("about");
const KEY: &str = "layout";

/// Refuses a file with a layout that this program does not know. A file that says nothing is new, or
/// from before files said it, which is the first layout.
pub(super) fn check(database: &Database) -> Result<(), Fault> {
    let found = read(database)?.unwrap_or(LAYOUT);
    if found > LAYOUT {
        return Err(Fault::Newer { found, known: LAYOUT });
    }
    Ok(())
}

/// Makes the tables that are not there, and lets the file say its layout.
pub(super) fn prepare(database: &Database) -> Result<(), StoreError> {
    let txn = database.begin_write()?;
    drop(Tables::open(&txn)?);
    note(&txn)?;
    txn.commit()?;
    Ok(())
}

fn read(database: &Database) -> Result<Option<u64>, StoreError> {
    let about = match database.begin_read()?.open_table(ABOUT) {
        Err(TableError::TableDoesNotExist(_)) => return Ok(None),
        about => about?,
    };
    Ok(about.get(KEY)?.map(|found| found.value()))
}

fn note(txn: &WriteTransaction) -> Result<(), StoreError> {
    txn.open_table(ABOUT)?.insert(KEY, LAYOUT)?;
    Ok(())
}
