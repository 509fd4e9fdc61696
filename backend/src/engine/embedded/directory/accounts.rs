//! Accounts and the names they hold.

use parlor_shared::{Millis, PersonId};
use redb::ReadableTable;

use super::sessions;
use crate::engine::{
    Account, NAME_HELD_MS, NameOutcome, SESSION_MS, SessionToken,
    embedded::{
        error::StoreError,
        store::Reading,
        tables::{ACCOUNTS, NAMES, Tables},
        writer::Batch,
    },
};

/// Makes an account with its first session, unless the name is somebody else's.
pub(super) fn create(
    batch: &mut Batch<'_>,
    account: &Account,
    skeleton: &str,
    token: SessionToken,
) -> Result<NameOutcome, StoreError> {
    let person = account.person.as_str();
    let outcome = take_name(batch, person, &account.name, skeleton)?;
    if outcome == NameOutcome::Created {
        sessions::begin(batch, person, token)?;
    }
    Ok(outcome)
}

/// Gives an account another name, unless it is somebody else's. The former one is free at once.
pub(super) fn rename(
    batch: &mut Batch<'_>,
    person: &str,
    name: &str,
    skeleton: &str,
) -> Result<NameOutcome, StoreError> {
    let former = batch.tables.accounts.get(person)?.map(|row| row.value().1.to_owned());
    let outcome = take_name(batch, person, name, skeleton)?;
    if let Some(former) = former.filter(|former| former != skeleton)
        && outcome == NameOutcome::Created
    {
        batch.tables.names.remove(former.as_str())?;
    }
    Ok(outcome)
}

/// Writes an account under a name, unless the name is somebody else's.
fn take_name(
    batch: &mut Batch<'_>,
    person: &str,
    name: &str,
    skeleton: &str,
) -> Result<NameOutcome, StoreError> {
    let now = batch.now();
    let held = batch.tables.names.get(skeleton)?.map(|row| {
        let (holder, until) = row.value();
        (holder.to_owned(), until)
    });
    if let Some((holder, until)) = held
        && holder != person
    {
        if until > now {
            return Ok(NameOutcome::Taken);
        }
        // All sessions of the former holder have ended: nobody can be that account again.
        batch.tables.accounts.remove(holder.as_str())?;
    }
    batch.tables.accounts.insert(person, (name, skeleton))?;
    batch.tables.names.insert(skeleton, (person, held_until(now)))?;
    Ok(NameOutcome::Created)
}

/// An account, as it is named now.
pub(super) fn get(reading: &Reading, person: &PersonId) -> Result<Option<Account>, StoreError> {
    let row = reading.txn.open_table(ACCOUNTS)?.get(person.as_str())?;
    Ok(row.map(|row| Account { person: person.clone(), name: row.value().0.to_owned() }))
}

/// Whether nobody holds a name of this skeleton.
pub(super) fn name_is_free(
    reading: &Reading,
    skeleton: &str,
    now: Millis,
) -> Result<bool, StoreError> {
    let held = reading.txn.open_table(NAMES)?.get(skeleton)?;
    Ok(held.is_none_or(|row| row.value().1 <= now))
}

/// Until when a session used at `time` holds its owner's name.
pub(super) fn held_until(time: Millis) -> Millis {
    time + SESSION_MS + NAME_HELD_MS
}

/// Sets until when a person's name is theirs.
pub(super) fn hold_name(
    tables: &mut Tables<'_>,
    person: &str,
    until: Millis,
) -> Result<(), StoreError> {
    let skeleton = tables.accounts.get(person)?.map(|row| row.value().1.to_owned());
    if let Some(skeleton) = skeleton {
        tables.names.insert(skeleton.as_str(), (person, until))?;
    }
    Ok(())
}
