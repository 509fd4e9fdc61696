//! Accounts, sessions, names and rooms on the embedded store.

mod accounts;
mod rooms;
mod sessions;

use async_trait::async_trait;
use parlor_shared::{PersonId, RoomId, RoomListing, Rooms};
pub(super) use sessions::sweep;

use super::Embedded;
use crate::engine::{
    Account, Directory, EngineError, NameOf, NameOutcome, RenameOutcome, RoomOutcome, SessionToken,
};

#[async_trait]
impl Directory for Embedded {
    async fn create_account(
        &self,
        account: &Account,
        skeleton: &str,
        token: SessionToken,
    ) -> Result<NameOutcome, EngineError> {
        let (account, skeleton) = (account.clone(), skeleton.to_owned());
        self.write(move |batch| accounts::create(batch, &account, &skeleton, token)).await
    }

    async fn rename(
        &self,
        token: SessionToken,
        name: &str,
        skeleton: &str,
    ) -> Result<RenameOutcome, EngineError> {
        let (name, skeleton) = (name.to_owned(), skeleton.to_owned());
        self.write(move |batch| sessions::rename(batch, token, &name, &skeleton)).await
    }

    async fn name_is_free(&self, of: NameOf, skeleton: &str) -> Result<bool, EngineError> {
        let (now, skeleton) = ((self.clock)(), skeleton.to_owned());
        self.read(move |reading| match of {
            NameOf::Person => accounts::name_is_free(reading, &skeleton, now),
            NameOf::Room => rooms::name_is_free(reading, &skeleton),
        })
        .await
    }

    async fn account(&self, person: &PersonId) -> Result<Option<Account>, EngineError> {
        let person = person.clone();
        self.read(move |reading| accounts::get(reading, &person)).await
    }

    async fn session(&self, token: SessionToken) -> Result<Option<Account>, EngineError> {
        let now = (self.clock)();
        let found = self.read(move |reading| sessions::find(reading, token, now)).await?;
        let Some(session) = found else { return Ok(None) };
        if session.use_is_to_be_noted(now) {
            // Not waited for: a session is good also while the store takes no writes.
            drop(self.writer.submit(move |batch| sessions::note_use(batch, token)));
        }
        Ok(Some(session.account))
    }

    async fn end_session(&self, token: SessionToken) -> Result<(), EngineError> {
        self.write(move |batch| sessions::end(batch, token)).await
    }

    async fn create_room(
        &self,
        listing: &RoomListing,
        skeleton: &str,
    ) -> Result<RoomOutcome, EngineError> {
        let (listing, skeleton) = (listing.clone(), skeleton.to_owned());
        self.write(move |batch| rooms::create(batch, &listing, &skeleton)).await
    }

    async fn room(&self, room: &RoomId) -> Result<Option<RoomListing>, EngineError> {
        let room = room.clone();
        self.read(move |reading| rooms::get(reading, &room)).await
    }

    async fn find_rooms(&self, query: &str, after: Option<&RoomId>) -> Result<Rooms, EngineError> {
        let (query, after) = (query.to_owned(), after.cloned());
        self.read(move |reading| rooms::find(reading, &query, after.as_ref())).await
    }
}
