//! `history`: messages before a number.

use parlor_shared::{LogId, Number, Outcome, Problem, RoomId, limits::PAGE_RECORDS};

use super::{Asked, roles};
use crate::engine::PageRequest;

/// Reads one page of older messages.
///
/// # Errors
/// A limit outside 1 to 100, not a member, or the store's faults.
pub(super) async fn apply(
    room: RoomId,
    before: Number,
    limit: u32,
    asked: &Asked<'_>,
) -> Result<Outcome, Problem> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if !(1..=PAGE_RECORDS).contains(&limit) {
        return Err(Problem::BadParameters);
    }
    roles::member_role(asked.app, &room, &asked.connection.person).await?;
    let request = PageRequest { before, limit };
    Ok(Outcome::Page(asked.app.engine.broker.page(&LogId::Room(room), request).await?))
}
