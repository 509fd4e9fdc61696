//! `follow`: page by page to the top, then live.

use parlor_shared::{LogId, Outcome, Position, Problem};

use super::{Answer, Asked, roles};
use crate::metrics::Source;

/// Reads what changed. A page that is not the last is the answer; the last is handed to the hub,
/// which answers and registers in one step. The membership is checked after the page was read: a
/// removal before it is seen here, a later one by the hub.
///
/// # Errors
/// Not a member, too many followed logs, or the store's faults.
pub(super) async fn apply(
    log: LogId,
    after: Option<Position>,
    asked: &Asked<'_>,
) -> Result<Answer, Problem> {
    let Asked { connection, app, .. } = asked;
    connection.check_room_for(&log)?;
    match &log {
        LogId::Person(person) if *person != connection.person => {
            return Err(Problem::NotAMember);
        }
        LogId::Person(_) => {}
        // First, so that a stranger costs no reading and no actor.
        LogId::Room(room) => {
            roles::member_role(app, room, &connection.person).await?;
        }
    }
    app.hub.listen(&log).await?;
    let page = app.engine.broker.changes(&log, after.as_ref()).await?;
    if let LogId::Room(room) = &log {
        roles::member_role(app, room, &connection.person).await?;
    }
    app.metrics.hub.answered(&page, after.as_ref(), Source::Store);
    if page.more {
        // Followed before: what comes meanwhile is on the pages to come.
        app.hub.unfollow(&log, &connection.id);
        return Ok(Answer::Outcome(Outcome::Page(page)));
    }
    Ok(Answer::LastPage(page))
}
