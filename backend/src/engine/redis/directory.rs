//! Accounts, sessions, names and rooms in Redis. What lapses has a time to live there.

use std::{collections::HashMap, sync::Arc, time::SystemTime};

use async_trait::async_trait;
use parlor_shared::{PersonId, RoomId, RoomListing, Rooms, limits::ROOMS_PAGE};

use super::{
    keys::Keys,
    primaries::Primaries,
    scripts::{CREATE_ACCOUNT, CREATE_ROOM, END_SESSION, FIND_ROOMS, RENAME, USE_SESSION},
};
use crate::engine::{
    Account, Directory, EngineError, NAME_HELD_MS, NameOf, NameOutcome, RenameOutcome, RoomOutcome,
    SESSION_MS, SessionToken,
};

/// How long a name is held from the last use of its owner's session.
const NAME_MS: u64 = SESSION_MS + NAME_HELD_MS;
/// How often a session's use is noted, at most.
const NOTED_EVERY_MS: u64 = 60 * 60 * 1000;

/// The store of what is not a log.
#[derive(Debug)]
pub(super) struct RedisDirectory {
    primaries: Arc<Primaries>,
    keys: Arc<Keys>,
}

/// A session with its account, as kept.
struct Held {
    account: Account,
    skeleton: String,
    used: u64,
}

impl RedisDirectory {
    pub(super) fn new(primaries: Arc<Primaries>, keys: Arc<Keys>) -> Self {
        Self { primaries, keys }
    }

    async fn hash(&self, key: &str) -> Result<HashMap<String, String>, EngineError> {
        let mut command = redis::cmd("HGETALL");
        command.arg(key);
        self.primaries.command(key, &command).await
    }

    async fn held(&self, token: SessionToken) -> Result<Option<Held>, EngineError> {
        let session = self.hash(&self.keys.session(token)).await?;
        let Some(person) = session.get("person") else { return Ok(None) };
        let person = PersonId::new(person).map_err(|_| EngineError::Corrupt(person.clone()))?;
        let used = session.get("used").and_then(|used| used.parse().ok()).unwrap_or_default();
        let named = self.named(&person).await?;
        Ok(named.map(|(name, skeleton)| Held { account: Account { person, name }, skeleton, used }))
    }

    /// An account's name and its skeleton.
    async fn named(&self, person: &PersonId) -> Result<Option<(String, String)>, EngineError> {
        let mut account = self.hash(&self.keys.account(person)).await?;
        Ok(account.remove("name").zip(account.remove("skeleton")))
    }

    /// Renames an account that goes by the name of `held`; `None` when it does no more.
    async fn rename_from(
        &self,
        held: Held,
        token: SessionToken,
        name: &str,
        skeleton: &str,
    ) -> Result<Option<RenameOutcome>, EngineError> {
        let person = held.account.person;
        let session = self.keys.session(token);
        let mut script = RENAME.key(&session);
        script.key(self.keys.account(&person)).key(self.keys.name(&held.skeleton));
        script.key(self.keys.name(skeleton)).arg(person.as_str()).arg(name).arg(skeleton);
        script.arg(&held.skeleton).arg(now()).arg(SESSION_MS).arg(NAME_MS);
        let said: String = self.primaries.script(&session, &script).await?;
        match said.as_str() {
            "renamed" => {
                let account = Account { person, name: name.to_owned() };
                Ok(Some(RenameOutcome::Renamed(account)))
            }
            "taken" => Ok(Some(RenameOutcome::Taken)),
            "ended" => Ok(Some(RenameOutcome::NoSession)),
            "moved" => Ok(None),
            other => Err(EngineError::Corrupt(format!("a renaming was answered {other:?}"))),
        }
    }

    async fn note_use(&self, token: SessionToken, held: &Held) -> Result<(), EngineError> {
        let session = self.keys.session(token);
        let mut script = USE_SESSION.key(&session);
        script.key(self.keys.account(&held.account.person)).key(self.keys.name(&held.skeleton));
        script.arg(now()).arg(SESSION_MS).arg(NAME_MS).arg(&held.skeleton);
        self.primaries.script::<u8>(&session, &script).await.map(drop)
    }
}

#[async_trait]
impl Directory for RedisDirectory {
    async fn create_account(
        &self,
        account: &Account,
        skeleton: &str,
        token: SessionToken,
    ) -> Result<NameOutcome, EngineError> {
        let name = self.keys.name(skeleton);
        let mut script = CREATE_ACCOUNT.key(&name);
        script.key(self.keys.account(&account.person)).key(self.keys.session(token));
        script.arg(account.person.as_str()).arg(&account.name).arg(skeleton).arg(now());
        script.arg(SESSION_MS).arg(NAME_MS);
        let stands = self.primaries.script(&name, &script).await?;
        Ok(if stands { NameOutcome::Created } else { NameOutcome::Taken })
    }

    async fn rename(
        &self,
        token: SessionToken,
        name: &str,
        skeleton: &str,
    ) -> Result<RenameOutcome, EngineError> {
        // Again only where another renaming of the same person came in between.
        loop {
            let Some(held) = self.held(token).await? else { return Ok(RenameOutcome::NoSession) };
            if let Some(outcome) = self.rename_from(held, token, name, skeleton).await? {
                return Ok(outcome);
            }
        }
    }

    async fn name_is_free(&self, of: NameOf, skeleton: &str) -> Result<bool, EngineError> {
        let (key, command) = match of {
            NameOf::Person => {
                let key = self.keys.name(skeleton);
                let mut command = redis::cmd("EXISTS");
                command.arg(&key);
                (key, command)
            }
            NameOf::Room => {
                let key = self.keys.rooms_names();
                let mut command = redis::cmd("HEXISTS");
                command.arg(&key).arg(skeleton);
                (key, command)
            }
        };
        self.primaries.command(&key, &command).await.map(|taken: bool| !taken)
    }

    async fn account(&self, person: &PersonId) -> Result<Option<Account>, EngineError> {
        let named = self.named(person).await?;
        Ok(named.map(|(name, _)| Account { person: person.clone(), name }))
    }

    async fn session(&self, token: SessionToken) -> Result<Option<Account>, EngineError> {
        let Some(held) = self.held(token).await? else { return Ok(None) };
        if now().saturating_sub(held.used) > NOTED_EVERY_MS {
            // A session is good also while the store takes no writes.
            if let Err(error) = self.note_use(token, &held).await {
                tracing::debug!(%error, "a session's use was not noted");
            }
        }
        Ok(Some(held.account))
    }

    async fn end_session(&self, token: SessionToken) -> Result<(), EngineError> {
        let Some(held) = self.held(token).await? else { return Ok(()) };
        let session = self.keys.session(token);
        let mut script = END_SESSION.key(&session);
        script.key(self.keys.account(&held.account.person)).key(self.keys.name(&held.skeleton));
        script.arg(NAME_HELD_MS).arg(&held.skeleton);
        self.primaries.script::<u8>(&session, &script).await.map(drop)
    }

    async fn create_room(
        &self,
        listing: &RoomListing,
        skeleton: &str,
    ) -> Result<RoomOutcome, EngineError> {
        let names = self.keys.rooms_names();
        let mut script = CREATE_ROOM.key(&names);
        script.key(self.keys.rooms()).key(self.keys.rooms_lower()).key(self.keys.rooms_order());
        script.arg(listing.room.as_str()).arg(&listing.name).arg(skeleton);
        script.arg(listing.name.to_lowercase());
        let stands = self.primaries.script(&names, &script).await?;
        Ok(if stands { RoomOutcome::Created } else { RoomOutcome::Taken })
    }

    async fn room(&self, room: &RoomId) -> Result<Option<RoomListing>, EngineError> {
        let rooms = self.keys.rooms();
        let mut command = redis::cmd("HGET");
        command.arg(&rooms).arg(room.as_str());
        let name: Option<String> = self.primaries.command(&rooms, &command).await?;
        Ok(name.map(|name| RoomListing { room: room.clone(), name }))
    }

    async fn find_rooms(&self, query: &str, after: Option<&RoomId>) -> Result<Rooms, EngineError> {
        let order = self.keys.rooms_order();
        let mut script = FIND_ROOMS.key(&order);
        script.key(self.keys.rooms()).key(self.keys.rooms_lower());
        // One more than a page, to know whether there are more.
        script.arg(query.to_lowercase()).arg(after.map_or("", RoomId::as_str)).arg(ROOMS_PAGE + 1);
        let found: Vec<(String, String)> = self.primaries.script(&order, &script).await?;
        let more = found.len() > ROOMS_PAGE;
        let listings = found.into_iter().take(ROOMS_PAGE).map(|(id, name)| {
            let room = RoomId::new(&id).map_err(|_| EngineError::Corrupt(id))?;
            Ok(RoomListing { room, name })
        });
        Ok(Rooms { rooms: listings.collect::<Result<_, EngineError>>()?, more })
    }
}

/// This node's clock, in ms; only to note a session's use at most hourly. What lapses is the store's.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}
