//! The contract of the directory: accounts, sessions, names, rooms — what is not a log.

use async_trait::async_trait;
use parlor_shared::{Millis, PersonId, RoomId, RoomListing, Rooms};
use sha2::{Digest, Sha256};

use super::EngineError;

/// How long a session lives after its last use, in milliseconds (30 days). A store may note a use
/// up to an hour late.
pub const SESSION_MS: Millis = 30 * 24 * 60 * 60 * 1000;
/// How long a name is held after its owner's last session, in milliseconds (30 days).
pub const NAME_HELD_MS: Millis = 30 * 24 * 60 * 60 * 1000;

/// SHA-256 of a session's token; the token itself is never stored.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionToken(pub [u8; 32]);

impl SessionToken {
    /// What is kept of a token.
    #[must_use]
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }
}

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// A person's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// The name they go by.
    pub name: String,
}

/// What came of asking for a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum NameOutcome {
    /// The name is theirs, the account and its session stand.
    Created,
    /// Somebody holds a name of the same skeleton.
    Taken,
}

/// What came of asking for another name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum RenameOutcome {
    /// The account goes by the new name, and the old one is free.
    Renamed(Account),
    /// Somebody else holds a name of the same skeleton.
    Taken,
    /// No such session, or one that has ended.
    NoSession,
}

/// What came of making a room.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub enum RoomOutcome {
    /// The room stands, or stood already with the same id (a repeat).
    Created,
    /// Another room holds a name of the same skeleton.
    Taken,
}

/// Whose names: two persons cannot look alike, nor two rooms, but a person and a room can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameOf {
    /// Persons.
    Person,
    /// Rooms.
    Room,
}

/// Accounts and rooms. Skeletons (UTS 39) are computed by the caller; the store only compares them.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Makes an account with a session, if no living name has the same skeleton. A name lives
    /// while a session of its owner does and 30 days after; a session lives 30 days from its last
    /// use. Atomic.
    ///
    /// # Errors
    /// [`EngineError`]; after a `Timeout` the name may be taken, by this very call.
    async fn create_account(
        &self,
        account: &Account,
        skeleton: &str,
        token: SessionToken,
    ) -> Result<NameOutcome, EngineError>;

    /// Gives the account of a session another name, if nobody else holds one of the same skeleton:
    /// the new skeleton is taken and the old one free in the same step, so that no crash leaves a
    /// name lost or held twice. A repeat is `Renamed` again.
    ///
    /// # Errors
    /// [`EngineError`]; after a `Timeout` the same call again tells.
    async fn rename(
        &self,
        token: SessionToken,
        name: &str,
        skeleton: &str,
    ) -> Result<RenameOutcome, EngineError>;

    /// Whether a name of this skeleton could be taken now. For suggestions only: what decides is
    /// the call that takes it.
    ///
    /// # Errors
    /// [`EngineError`] when the store does not answer.
    async fn name_is_free(&self, of: NameOf, skeleton: &str) -> Result<bool, EngineError>;

    /// A person's account, as it is named now.
    ///
    /// # Errors
    /// [`EngineError`] when the store does not answer.
    async fn account(&self, person: &PersonId) -> Result<Option<Account>, EngineError>;

    /// Whose session this is, and notes that it was used.
    ///
    /// # Errors
    /// [`EngineError`] when the store does not answer.
    async fn session(&self, token: SessionToken) -> Result<Option<Account>, EngineError>;

    /// Ends a session. Ending one that is not there is done already.
    ///
    /// # Errors
    /// [`EngineError`] when the store does not answer.
    async fn end_session(&self, token: SessionToken) -> Result<(), EngineError>;

    /// Lists a room under its name, if no room has a name of the same skeleton. Atomic; a repeat
    /// with the same id and name is `Created` again.
    ///
    /// # Errors
    /// [`EngineError`]; after a `Timeout` the same call again tells.
    async fn create_room(
        &self,
        listing: &RoomListing,
        skeleton: &str,
    ) -> Result<RoomOutcome, EngineError>;

    /// One room.
    ///
    /// # Errors
    /// [`EngineError`] when the store does not answer.
    async fn room(&self, room: &RoomId) -> Result<Option<RoomListing>, EngineError>;

    /// Rooms whose lower-cased name contains lower-cased `query`, after a room, by id, at most 50.
    ///
    /// # Errors
    /// [`EngineError`] when the store does not answer.
    async fn find_rooms(&self, query: &str, after: Option<&RoomId>) -> Result<Rooms, EngineError>;
}
