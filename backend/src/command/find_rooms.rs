//! `find_rooms`: open rooms by name.

use parlor_shared::{Outcome, Problem, RoomId, limits::NAME_SCALARS};

use super::Asked;

/// Reads one page of the list.
///
/// # Errors
/// A query longer than any name, or the store's faults.
pub(super) async fn apply(
    query: &str,
    after: Option<RoomId>,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    if query.chars().count() > NAME_SCALARS {
        return Err(Problem::BadParameters);
    }
    let rooms = asked.app.engine.directory.find_rooms(query.trim(), after.as_ref()).await?;
    Ok(Outcome::Rooms(rooms))
}
