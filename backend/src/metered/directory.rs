//! The directory, measured.

use std::sync::Arc;

use async_trait::async_trait;
use parlor_shared::{PersonId, RoomId, RoomListing, Rooms};

use super::timed;
use crate::{
    engine::{
        Account, Directory, EngineError, NameOf, NameOutcome, RenameOutcome, RoomOutcome,
        SessionToken,
    },
    metrics::{Operation, StoreMetrics},
};

/// A directory and its measures.
pub(super) struct Metered {
    inner: Arc<dyn Directory>,
    create_account: Operation,
    rename: Operation,
    name_is_free: Operation,
    account: Operation,
    session: Operation,
    end_session: Operation,
    create_room: Operation,
    room: Operation,
    find_rooms: Operation,
}

impl Metered {
    pub(super) fn new(inner: Arc<dyn Directory>, store: &StoreMetrics) -> Self {
        Self {
            inner,
            create_account: store.operation("directory", "create_account"),
            rename: store.operation("directory", "rename"),
            name_is_free: store.operation("directory", "name_is_free"),
            account: store.operation("directory", "account"),
            session: store.operation("directory", "session"),
            end_session: store.operation("directory", "end_session"),
            create_room: store.operation("directory", "create_room"),
            room: store.operation("directory", "room"),
            find_rooms: store.operation("directory", "find_rooms"),
        }
    }
}

#[async_trait]
impl Directory for Metered {
    async fn create_account(
        &self,
        account: &Account,
        skeleton: &str,
        token: SessionToken,
    ) -> Result<NameOutcome, EngineError> {
        let call = self.inner.create_account(account, skeleton, token);
        timed(&self.create_account, call).await
    }

    async fn rename(
        &self,
        token: SessionToken,
        name: &str,
        skeleton: &str,
    ) -> Result<RenameOutcome, EngineError> {
        timed(&self.rename, self.inner.rename(token, name, skeleton)).await
    }

    async fn name_is_free(&self, of: NameOf, skeleton: &str) -> Result<bool, EngineError> {
        timed(&self.name_is_free, self.inner.name_is_free(of, skeleton)).await
    }

    async fn account(&self, person: &PersonId) -> Result<Option<Account>, EngineError> {
        timed(&self.account, self.inner.account(person)).await
    }

    async fn session(&self, token: SessionToken) -> Result<Option<Account>, EngineError> {
        timed(&self.session, self.inner.session(token)).await
    }

    async fn end_session(&self, token: SessionToken) -> Result<(), EngineError> {
        timed(&self.end_session, self.inner.end_session(token)).await
    }

    async fn create_room(
        &self,
        listing: &RoomListing,
        skeleton: &str,
    ) -> Result<RoomOutcome, EngineError> {
        timed(&self.create_room, self.inner.create_room(listing, skeleton)).await
    }

    async fn room(&self, room: &RoomId) -> Result<Option<RoomListing>, EngineError> {
        timed(&self.room, self.inner.room(room)).await
    }

    async fn find_rooms(&self, query: &str, after: Option<&RoomId>) -> Result<Rooms, EngineError> {
        timed(&self.find_rooms, self.inner.find_rooms(query, after)).await
    }
}
