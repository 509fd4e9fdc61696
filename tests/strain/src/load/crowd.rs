//! The clients of a run: signed in, connected, each with its ledger.

use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use parlor_shared::RoomId;
use parlor_tests::{Actor, Opening, Session, Way};

use super::{
    Target, Wish,
    ledger::{Arrivals, Run},
};
use crate::{address, sign_in};

/// Pages opened at once.
const AT_ONCE: usize = 64;

/// One client.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) actor: Actor,
    pub(super) arrivals: Arrivals,
}

/// Everybody.
#[derive(Debug)]
pub(crate) struct Crowd {
    pub(super) run: Run,
    pub(super) members: Vec<Member>,
}

impl Crowd {
    /// Signs everybody in, and only then opens their pages: each arrival is told to all who are
    /// there, which is not what is measured.
    pub(crate) async fn gather(target: &Target, wish: &Wish) -> Result<Self> {
        let sessions = people(target, wish.clients).await?;
        Self::open(target, wish, &sessions).await
    }

    /// Opens a page for each session, and waits until all are in the lobby and live.
    pub(super) async fn open(target: &Target, wish: &Wish, sessions: &[Session]) -> Result<Self> {
        let run = Run::new()?;
        let opened = sessions.iter().enumerate().map(|(number, session)| {
            let hidden = wish.planted_loss.filter(|_| number == 0);
            open(target, &run, session, number, hidden)
        });
        let members = stream::iter(opened).buffered(AT_ONCE).try_collect().await?;
        Ok(Self { run, members })
    }
}

/// People who have signed in.
pub(super) async fn people(target: &Target, count: usize) -> Result<Vec<Session>> {
    let group = format!("Load {:x}", parlor_tests::fresh_number() >> 40);
    sign_in(target.url(), &group, count).await
}

async fn open(
    target: &Target,
    run: &Run,
    session: &Session,
    number: usize,
    hidden: Option<u32>,
) -> Result<Member> {
    let (ledger, arrivals) = run.ledger(hidden);
    let from = address(target.url(), number);
    let opening = Opening { witness: Some(Box::new(ledger)), from, pin: Some(Way::Socket) };
    let actor = Actor::open_with(target.url(), session, opening);
    is_live_in(&actor, &RoomId::lobby()).await?;
    Ok(Member { actor, arrivals })
}

/// Waits until a page has met the top of a room.
pub(super) async fn is_live_in(actor: &Actor, room: &RoomId) -> Result<()> {
    let live = |client: &parlor_model::Client| {
        client.chat().room(room).is_some_and(parlor_model::Room::live)
    };
    actor.until("live", live).await
}
