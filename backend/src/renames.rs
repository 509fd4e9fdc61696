//! Another name for a person: taken in the directory in one step, then told to each of their rooms
//! as a member record, so that it converges like everything else. The lobby is told last: while its
//! record has another name than the account, some room may still have to be told.

use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use parlor_shared::{LogId, Person, PersonId, Problem, Record, RecordKey, Retry, RoomId};

use crate::{
    app::{App, AppState},
    command::membership,
    engine::{EngineError, NameOf, RenameOutcome, SessionToken},
    names::Name,
};

/// Rooms told at once.
const AT_ONCE: usize = 16;
/// How often the rooms are told anew because the name changed meanwhile.
const ROUNDS: u32 = 8;
/// How often it is tried while the store is away. After that, the next welcome makes up for it.
const TRIES: u32 = 60;
/// Between two tries.
const PAUSE: Duration = Duration::from_secs(1);

/// Gives the person of a session another name. Whatever they say on this node carries it from here;
/// their rooms hear of it a moment later.
///
/// # Errors
/// [`Problem::NameTaken`], [`Problem::NoSession`], or the store's faults as problems.
pub(crate) async fn rename(
    app: &AppState,
    person: &PersonId,
    token: SessionToken,
    name: &Name,
) -> Result<Person, Problem> {
    let directory = &*app.engine.directory;
    match directory.rename(token, &name.shown, &name.skeleton).await {
        Ok(RenameOutcome::Renamed(account)) => {
            let person = Person { id: account.person, name: account.name };
            app.connections.rename(&person);
            app.tasks.spawn(tell_in_time(AppState::clone(app), person.id.clone()));
            Ok(person)
        }
        Ok(RenameOutcome::Taken) => Err(name.taken(NameOf::Person, directory).await?),
        Ok(RenameOutcome::NoSession) => Err(Problem::NoSession),
        Err(error) => {
            if error == EngineError::Timeout {
                // It may have happened.
                app.tasks.spawn(tell_in_time(AppState::clone(app), person.clone()));
            }
            Err(error.into())
        }
    }
}

/// Tells what a crash or the store's absence kept from being told.
///
/// # Errors
/// The store's faults as problems.
pub(crate) async fn make_up_for(app: &AppState, person: &Person) -> Result<(), Problem> {
    let told = match app.hub.member(&RoomId::lobby(), &person.id).await {
        Some(member) => Some(member.name),
        None => {
            let (lobby, key) = (LogId::Room(RoomId::lobby()), RecordKey::member(&person.id));
            let record = app.engine.broker.record(&lobby, &key).await?;
            record.as_ref().and_then(Record::member).map(|member| member.name.clone())
        }
    };
    if told.is_some_and(|name| name != person.name) {
        app.tasks.spawn(tell_in_time(AppState::clone(app), person.id.clone()));
    }
    Ok(())
}

/// Tells a person's rooms their name as soon as the store answers.
async fn tell_in_time(app: AppState, person: PersonId) {
    for _ in 0..TRIES {
        match tell(&app, &person).await {
            Ok(()) => return,
            Err(problem) => {
                let name = problem.name();
                tracing::warn!(person.id = %person, problem = name, "a new name is not told everywhere yet");
                if problem.retry() == Retry::Final {
                    return;
                }
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Tells a person's rooms the name they go by. Two who change it at once may tell in any order, so
/// each makes sure in the end that what was told is still so.
async fn tell(app: &App, person: &PersonId) -> Result<(), Problem> {
    let directory = &*app.engine.directory;
    for _ in 0..ROUNDS {
        let Some(account) = directory.account(person).await? else { return Ok(()) };
        let named = Person { id: account.person, name: account.name };
        app.connections.rename(&named);
        tell_rooms(app, &named).await?;
        let now = directory.account(person).await?;
        if now.is_none_or(|account| account.name == named.name) {
            return Ok(());
        }
    }
    Err(Problem::Busy)
}

async fn tell_rooms(app: &App, person: &Person) -> Result<(), Problem> {
    let own = LogId::Person(person.id.clone());
    let memberships = app.engine.broker.records(&own, "membership:").await?;
    let rooms = memberships.iter().filter_map(Record::joined).map(|joined| joined.room.clone());
    let rooms: Vec<RoomId> = rooms.filter(|room| *room != RoomId::lobby()).collect();
    stream::iter(rooms)
        .map(async |room| membership::rename(app, person, &room).await)
        .buffer_unordered(AT_ONCE)
        .try_collect::<()>()
        .await?;
    membership::rename(app, person, &RoomId::lobby()).await
}
