//! The open room's id and name, as values that are followed.

use std::sync::Arc;

use parlor_shared::RoomId;

use crate::{
    live::{Reading, derived},
    store::ChatStore,
};

/// The room that is open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CurrentRoom {
    /// Which; `None` while none is.
    pub(crate) id: Reading<Option<RoomId>>,
    /// Its name; empty until it is known.
    pub(crate) name: Reading<Arc<str>>,
}

/// The open room. It changes only when another one is opened or the room is renamed.
pub(crate) fn current_room(store: ChatStore) -> CurrentRoom {
    let id = store.current();
    let name = derived(move || {
        // A room opened by its address is known only once the list has it.
        store.rooms().track();
        let room = id.get().and_then(|id| store.room(&id));
        room.map_or_else(|| Arc::from(""), |room| Arc::clone(&room.get().name))
    });
    CurrentRoom { id, name }
}
