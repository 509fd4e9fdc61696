//! The first event: who one is, what the server accepts, and where one's rooms are.

use std::collections::HashMap;

use futures_util::{StreamExt, TryStreamExt, stream};
use parlor_shared::{
    Body, DedupeWindow, LogId, Membership, Problem, ReadPosition, Record, RoomId, RoomSummary,
    Welcome,
    limits::{self, Limits},
};

use super::serve::own_log;
use crate::{
    app::{App, AppState},
    clock,
    engine::EngineError,
    hub::Connection,
    lobby, renames,
};

/// Logs asked for their top at once.
const AT_ONCE: usize = 16;

/// Gathers the welcome.
///
/// # Errors
/// The store's faults as problems.
pub(crate) async fn welcome(app: &AppState, connection: &Connection) -> Result<Welcome, Problem> {
    let log = own_log(connection);
    let mut own = rooms(app, &log).await?;
    if own.iter().all(|summary| summary.room != RoomId::lobby()) {
        // The store went away while this person was being taken in.
        lobby::welcome(app, &connection.named()).await?;
        own = rooms(app, &log).await?;
    }
    renames::make_up_for(app, &connection.named()).await?;
    Ok(Welcome {
        connection: connection.id.clone(),
        person: connection.named(),
        server: env!("CARGO_PKG_VERSION").to_owned(),
        time: clock::wall(),
        limits: Limits::default(),
        ping_ms: app.config.ping.saturating_mul(1_000),
        dedupe: DedupeWindow { ms: limits::DEDUPE_MS, commands: limits::DEDUPE_COMMANDS as u64 },
        rooms: own,
    })
}

async fn rooms(app: &App, log: &LogId) -> Result<Vec<RoomSummary>, EngineError> {
    // A person's log has little else than memberships and read marks: one read for both.
    let records = app.engine.broker.records(log, "").await?;
    let memberships: Vec<Membership> = records.iter().filter_map(Record::joined).cloned().collect();
    let reads: HashMap<RoomId, ReadPosition> =
        records.into_iter().filter_map(read).map(|read| (read.room.clone(), read)).collect();
    let mut rooms: Vec<RoomSummary> = stream::iter(memberships)
        .map(|membership| summary(app, membership, &reads))
        .buffer_unordered(AT_ONCE)
        .try_collect()
        .await?;
    rooms.sort_by(|one, other| one.room.cmp(&other.room));
    Ok(rooms)
}

async fn summary(
    app: &App,
    membership: Membership,
    reads: &HashMap<RoomId, ReadPosition>,
) -> Result<RoomSummary, EngineError> {
    let Membership { room, name, .. } = membership;
    let top = app.hub.top(&LogId::Room(room.clone())).await?;
    let holds = |read: &&ReadPosition| top.epochs.holds(&read.position, top.position.offset);
    let read = reads.get(&room).filter(holds).map_or(0, |read| read.number);
    Ok(RoomSummary {
        room,
        name,
        position: top.position,
        first_kept: top.first_kept,
        last_number: top.last_number,
        read: read.min(top.last_number),
    })
}

fn read(record: Record) -> Option<ReadPosition> {
    match record.body {
        Body::Read(read) => Some(read),
        Body::Message(_)
        | Body::Member(_)
        | Body::Room(_)
        | Body::Membership(_)
        | Body::Unknown { .. } => None,
    }
}
