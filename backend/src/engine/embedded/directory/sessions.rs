//! Sessions: how long they live, and what is written of their use.

use parlor_shared::{Millis, PersonId};
use redb::ReadableTable;

use super::accounts;
use crate::engine::{
    Account, NAME_HELD_MS, NameOutcome, RenameOutcome, SESSION_MS, SessionToken,
    embedded::{error::StoreError, store::Reading, tables::SESSIONS, writer::Batch},
};

/// A use is written down only when the one written is at least this old: not every request of a
/// page should cost a sync.
const NOTED_EVERY_MS: Millis = 60 * 60 * 1000;

/// A living session.
pub(super) struct Session {
    pub(super) account: Account,
    last_use: Millis,
}

impl Session {
    pub(super) fn use_is_to_be_noted(&self, now: Millis) -> bool {
        now.saturating_sub(self.last_use) >= NOTED_EVERY_MS
    }
}

/// The session of a token, if it lives.
pub(super) fn find(
    reading: &Reading,
    token: SessionToken,
    now: Millis,
) -> Result<Option<Session>, StoreError> {
    let Some(row) = reading.txn.open_table(SESSIONS)?.get(&token.0)? else { return Ok(None) };
    let (person, last_use) = row.value();
    if ended(last_use, now) {
        return Ok(None);
    }
    let account = accounts::get(reading, &PersonId::new(person)?)?;
    Ok(account.map(|account| Session { account, last_use }))
}

/// Begins a session.
pub(super) fn begin(
    batch: &mut Batch<'_>,
    person: &str,
    token: SessionToken,
) -> Result<(), StoreError> {
    let now = batch.now();
    batch.tables.sessions.insert(&token.0, (person, now))?;
    batch.tables.person_sessions.insert((person, &token.0), ())?;
    Ok(())
}

/// Writes down that a session was used now.
pub(super) fn note_use(batch: &mut Batch<'_>, token: SessionToken) -> Result<(), StoreError> {
    let now = batch.now();
    let Some((person, _)) = owner(batch, token)? else { return Ok(()) };
    begin(batch, &person, token)?;
    accounts::hold_name(&mut batch.tables, &person, accounts::held_until(now))
}

/// Gives the account of a session another name. It is a use of the session, too.
pub(super) fn rename(
    batch: &mut Batch<'_>,
    token: SessionToken,
    name: &str,
    skeleton: &str,
) -> Result<RenameOutcome, StoreError> {
    let now = batch.now();
    let living = owner(batch, token)?.filter(|(_, last_use)| !ended(*last_use, now));
    let Some((person, _)) = living else { return Ok(RenameOutcome::NoSession) };
    Ok(match accounts::rename(batch, &person, name, skeleton)? {
        NameOutcome::Created => {
            begin(batch, &person, token)?;
            let account = Account { person: PersonId::new(&person)?, name: name.to_owned() };
            RenameOutcome::Renamed(account)
        }
        NameOutcome::Taken => RenameOutcome::Taken,
    })
}

/// Ends a session; with the last one, the name's 30 days begin.
pub(super) fn end(batch: &mut Batch<'_>, token: SessionToken) -> Result<(), StoreError> {
    let now = batch.now();
    let Some((person, _)) = owner(batch, token)? else { return Ok(()) };
    batch.tables.sessions.remove(&token.0)?;
    batch.tables.person_sessions.remove((person.as_str(), &token.0))?;
    let others = last_use_of_any(batch, &person)?.filter(|last_use| !ended(*last_use, now));
    let until = others.map_or(now + NAME_HELD_MS, accounts::held_until);
    accounts::hold_name(&mut batch.tables, &person, until)
}

/// Removes every session that has ended.
pub(in crate::engine::embedded) fn sweep(batch: &mut Batch<'_>) -> Result<(), StoreError> {
    let now = batch.now();
    let mut gone = Vec::new();
    for row in batch.tables.sessions.iter()? {
        let (token, session) = row?;
        let (person, last_use) = session.value();
        if ended(last_use, now) {
            gone.push((person.to_owned(), *token.value()));
        }
    }
    for (person, token) in gone {
        batch.tables.sessions.remove(&token)?;
        batch.tables.person_sessions.remove((person.as_str(), &token))?;
    }
    Ok(())
}

/// Whether a session last used at `last_use` has ended.
fn ended(last_use: Millis, now: Millis) -> bool {
    now.saturating_sub(last_use) >= SESSION_MS
}

fn owner(batch: &Batch<'_>, token: SessionToken) -> Result<Option<(String, Millis)>, StoreError> {
    let row = batch.tables.sessions.get(&token.0)?;
    Ok(row.map(|row| {
        let (person, last_use) = row.value();
        (person.to_owned(), last_use)
    }))
}

/// The latest use of any session of a person.
fn last_use_of_any(batch: &Batch<'_>, person: &str) -> Result<Option<Millis>, StoreError> {
    let mut latest = None;
    let all = (person, &[0; 32])..=(person, &[u8::MAX; 32]);
    for row in batch.tables.person_sessions.range(all)? {
        let (key, _) = row?;
        let session = batch.tables.sessions.get(key.value().1)?;
        latest = latest.max(session.map(|row| row.value().1));
    }
    Ok(latest)
}
