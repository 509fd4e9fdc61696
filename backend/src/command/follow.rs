//! `follow`: page by page to the top, then live.

use std::sync::Arc;

use parlor_shared::{LogId, Outcome, Page, Position, Problem};

use super::{Asked, roles};
use crate::{hub::Place, metrics::Source};

/// A log to follow, and what is held of it.
#[derive(Clone, Debug)]
pub(super) struct Follow {
    pub(super) log: LogId,
    pub(super) after: Option<Position>,
}

/// Answers and registers in one step: from what this node knows of the log, or else from the store.
///
/// # Errors
/// With the place of the command: not a member, too many followed logs, or the store's faults.
pub(super) async fn run(
    follow: Follow,
    place: Place,
    asked: &Asked<'_>,
) -> Result<(), (Place, Problem)> {
    let Asked { id, connection, app } = asked;
    if let Err(problem) = may_ask(&follow.log, asked).await {
        return Err((place, problem));
    }
    let after = follow.after.clone();
    let place = match app.hub.catch_up(connection, *id, place, &follow.log, after).await {
        None => return Ok(()),
        Some(place) => place,
    };
    match read(&follow, asked).await {
        Ok(page) if page.more => {
            // Followed before: what comes meanwhile is on the pages to come.
            app.hub.stop_following(&follow.log, connection);
            connection.reply(place, *id, Ok(Outcome::Page(page)));
            Ok(())
        }
        Ok(page) => {
            app.hub.follow(Arc::clone(connection), *id, place, page);
            Ok(())
        }
        Err(problem) => Err((place, problem)),
    }
}

/// Whether the log's owner may be asked, and made if there is none: a stranger to a room that
/// nobody follows here costs no actor.
async fn may_ask(log: &LogId, asked: &Asked<'_>) -> Result<(), Problem> {
    let Asked { connection, app, .. } = asked;
    connection.check_room_for(log)?;
    match log {
        LogId::Person(person) if *person != connection.person => Err(Problem::NotAMember),
        LogId::Person(_) => Ok(()),
        LogId::Room(_) if app.hub.is_followed(log) => Ok(()),
        LogId::Room(room) => roles::member_role(app, room, &connection.person).await.map(drop),
    }
}

/// Reads what changed. The membership is checked before, so that a stranger costs no reading, and
/// after: a removal before the page was read is seen here, a later one by the hub.
async fn read(Follow { log, after }: &Follow, asked: &Asked<'_>) -> Result<Page, Problem> {
    let Asked { connection, app, .. } = asked;
    let check = async || match log {
        LogId::Person(_) => Ok(()),
        LogId::Room(room) => roles::member_role(app, room, &connection.person).await.map(drop),
    };
    check().await?;
    app.hub.listen(log).await?;
    let page = app.engine.broker.changes(log, after.as_ref()).await?;
    check().await?;
    app.metrics.hub.answered(&page, after.as_ref(), Source::Store);
    Ok(page)
}
