//! The room that always exists: made at start, joined by everybody.

use std::time::Duration;

use parlor_shared::{
    Body, LogId, Person, PersonId, Problem, RecordKey, Role, RoomId, RoomListing, RoomSettings,
};

use crate::{
    app::{App, AppState},
    command::membership,
    engine::{Change, Expect, Outcome, RoomOutcome, Target, Write},
    ids,
    names::Name,
};

/// What it is called.
const NAME: &str = "Lobby";
/// Who makes it: nobody's account.
const MAKER: &str = "parlor";
/// Between two tries while the store is away.
const PAUSE: Duration = Duration::from_secs(1);

/// Makes the lobby as soon as the store answers.
pub(crate) async fn make_in_time(app: AppState) {
    while let Err(problem) = make(&app).await {
        tracing::warn!(problem = problem.name(), "the lobby cannot be made yet");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Makes the lobby, if it does not stand yet; any number of nodes may.
///
/// # Errors
/// The store's faults as problems.
pub(crate) async fn make(app: &App) -> Result<(), Problem> {
    let maker = PersonId::new(MAKER).map_err(|_| Problem::Internal)?;
    let name = Name::new(NAME)?;
    match app.engine.directory.create_room(&listing(), &name.skeleton).await? {
        RoomOutcome::Created => {}
        RoomOutcome::Taken => tracing::warn!("a room has the lobby's name; the lobby is unlisted"),
    }
    let settings = RoomSettings { name: NAME.to_owned(), creator: None, keep: None };
    let write = Write {
        log: LogId::Room(RoomId::lobby()),
        author: maker,
        command: ids::derived_command("lobby", MAKER),
        needs: None,
        change: Change {
            target: Target::Key(RecordKey::room(), Expect::Absent),
            body: Body::Room(settings),
            grant: None,
        },
        keep: app.config.keep,
    };
    match app.write(write).await? {
        // Another node, or this one before, was first.
        Outcome::Written(_) | Outcome::Repeat { .. } | Outcome::Conflict { .. } => Ok(()),
        Outcome::Forbidden => Err(Problem::Internal),
    }
}

/// Takes a new person in. The lobby is made again first: the store may have been wiped under a
/// running node, and finding it there costs little.
///
/// # Errors
/// The store's faults as problems; the same again goes on where it stopped.
pub(crate) async fn welcome(app: &App, person: &Person) -> Result<(), Problem> {
    make(app).await?;
    let command = ids::derived_command("lobby", person.id.as_str());
    membership::join(app, person, &listing(), Role::Member, command).await
}

fn listing() -> RoomListing {
    RoomListing { room: RoomId::lobby(), name: NAME.to_owned() }
}
