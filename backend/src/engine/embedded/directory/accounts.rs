//! Accounts and the names they hold.

use parlor_shared::Millis;
use redb::ReadableTable;

use super::sessions;
use crate::engine::{
    Account, NAME_HELD_MS, NameOutcome, SESSION_MS, SessionToken,
    embedded::{
        error::StoreError,
        store::Reading,
        tables::{NAMES, Tables},
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
    let (now, person) = (batch.now(), account.person.as_str());
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
    batch.tables.accounts.insert(person, (account.name.as_str(), skeleton))?;
    batch.tables.names.insert(skeleton, (person, held_until(now)))?;
    sessions::begin(batch, person, token)?;
    Ok(NameOutcome::Created)
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
