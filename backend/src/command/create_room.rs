//! `create_room`: make an open room and join it as its owner.

use parlor_shared::{Body, LogId, Outcome, Problem, RecordKey, Role, RoomListing, RoomSettings};

use super::{Asked, membership};
use crate::{
    engine::{self, Change, Expect, NameOf, RoomOutcome, Target, Write},
    ids,
    names::Name,
};

/// Lists the room, writes its settings, and makes the maker its owner. The room's id comes from
/// the command, so a repeat goes on where it stopped.
///
/// # Errors
/// The name, too many rooms in a day, or the store's faults.
pub(super) async fn apply(name: &str, asked: &Asked<'_>) -> Result<Outcome, Problem> {
    let Asked { id, connection, app } = asked;
    let person = connection.named();
    let name = Name::new(name)?;
    let room = ids::room(&person.id, *id)?;
    let listing = RoomListing { room, name: name.shown.clone() };
    let directory = &*app.engine.directory;
    if directory.room(&listing.room).await?.is_none() {
        app.may_make_room(&person.id)?;
    }
    match directory.create_room(&listing, &name.skeleton).await? {
        RoomOutcome::Created => {}
        RoomOutcome::Taken => return Err(name.taken(NameOf::Room, directory).await?),
    }
    write_settings(&listing, asked).await?;
    let joining = ids::derived_command("owner", &id.to_string());
    membership::join(app, &person, &listing, Role::Owner, joining).await?;
    Ok(Outcome::Room(listing))
}

async fn write_settings(listing: &RoomListing, asked: &Asked<'_>) -> Result<(), Problem> {
    let creator = asked.connection.person.clone();
    let settings =
        RoomSettings { name: listing.name.clone(), creator: Some(creator.clone()), keep: None };
    let write = Write {
        log: LogId::Room(listing.room.clone()),
        author: creator,
        command: asked.id,
        needs: None,
        change: Change {
            target: Target::Key(RecordKey::room(), Expect::Absent),
            body: Body::Room(settings),
            grant: None,
        },
        keep: asked.app.config.keep,
    };
    match asked.app.write(write).await? {
        engine::Outcome::Written(_)
        | engine::Outcome::Repeat { .. }
        | engine::Outcome::Conflict { .. } => Ok(()),
        engine::Outcome::Forbidden => Err(Problem::Internal),
    }
}
