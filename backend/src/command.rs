//! What each command does: one file for each, and one exhaustive match.

mod create_room;
mod delete;
mod edit;
mod find_rooms;
mod follow;
mod history;
mod join;
mod leave;
pub(crate) mod membership;
mod messages;
mod read;
mod revision;
mod roles;
mod roster;
mod send;
mod typing;
mod unfollow;

use std::sync::Arc;

use parlor_shared::{Action, Command, LogId, Outcome, Problem};

use crate::{
    app::AppState,
    hub::{Connection, Place},
};

use follow::Follow;

pub(crate) use read::ReadMarks;

/// Who asks, and by which command.
pub(crate) struct Asked<'a> {
    /// The command.
    pub(crate) id: parlor_shared::CommandId,
    /// The link it came by, and through it the person.
    pub(crate) connection: &'a Arc<Connection>,
    /// The node.
    pub(crate) app: &'a AppState,
}

/// Runs a command and sees to its one reply, with which its place is free again. `log` is the one
/// whose order it keeps.
pub(crate) async fn run(
    command: Command,
    log: Option<&LogId>,
    place: Place,
    connection: &Arc<Connection>,
    app: &AppState,
) {
    let asked = Asked { id: command.id, connection, app };
    match apply(command.action, &asked).await {
        Ok(Answer::Outcome(outcome)) => connection.reply(place, asked.id, Ok(outcome)),
        Ok(Answer::Follow(follow)) => {
            if let Err((place, problem)) = follow::run(follow, place, &asked).await {
                note(&problem, connection, log);
                connection.reply(place, asked.id, Err(problem));
            }
        }
        Err(problem) => {
            note(&problem, connection, log);
            connection.reply(place, asked.id, Err(problem));
        }
    }
}

/// Logs a refusal: which connection, which log and which problem, never what was said.
fn note(problem: &Problem, connection: &Connection, log: Option<&LogId>) {
    let (conn, log) = (&connection.id, log.map(tracing::field::display));
    let name = problem.name();
    if *problem == Problem::Internal {
        tracing::error!(conn.id = %conn, log, problem = name, "a command failed");
    } else {
        tracing::debug!(conn.id = %conn, log, problem = name, "a command was refused");
    }
}

/// What a command is answered with.
enum Answer {
    /// What came of it.
    Outcome(Outcome),
    /// What is answered by whoever registers the follower, in one step.
    Follow(Follow),
}

/// What came of it.
async fn apply(action: Action, asked: &Asked<'_>) -> Result<Answer, Problem> {
    let outcome = match action {
        Action::Follow { log, after } => return Ok(Answer::Follow(Follow { log, after })),
        Action::Unfollow { log } => unfollow::apply(&log, asked),
        Action::History { room, before, limit } => {
            history::apply(room, before, limit, asked).await?
        }
        Action::Send { room, text } => send::apply(room, text, asked).await?,
        Action::Edit { room, number, text } => edit::apply(room, number, &text, asked).await?,
        Action::Delete { room, number } => delete::apply(room, number, asked).await?,
        Action::CreateRoom { name } => create_room::apply(&name, asked).await?,
        Action::FindRooms { query, after } => find_rooms::apply(&query, after, asked).await?,
        Action::Join { room } => join::apply(room, asked).await?,
        Action::Leave { room } => leave::apply(room, asked).await?,
        Action::Roster { room, after } => roster::apply(room, after, asked).await?,
        Action::Typing { room } => typing::apply(room, asked).await?,
        Action::Read { room, position, number } => {
            read::apply(room, position, number, asked).await?
        }
        Action::Ping => Outcome::Done,
    };
    Ok(Answer::Outcome(outcome))
}

#[cfg(test)]
mod tests;
