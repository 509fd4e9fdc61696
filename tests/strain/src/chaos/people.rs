//! Those who talk without pause, and what each of them was told.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::Result;
use parlor_model::{Client, Effect, Intent, Link, MessageState};
use parlor_shared::{Event, RoomId, decode_event};
use parlor_tests::{
    Actor, Opening, Session, Way, Witness, promise::messages, simulation::Dice,
    testimony::Testimony,
};
use tokio::{
    task::JoinHandle,
    time::{Instant, sleep_until},
};

/// One of them. Dropping it closes the page.
#[derive(Debug)]
pub(crate) struct Talker {
    pub(crate) actor: Actor,
    testimony: Arc<Mutex<Testimony>>,
    gaps: Arc<Mutex<Vec<Gap>>>,
}

/// A time without a connection.
#[derive(Clone, Copy, Debug)]
pub struct Gap {
    /// When the client was told to come back, if it was told.
    pub told: Option<Duration>,
    /// How long it was without.
    pub took: Duration,
}

impl Talker {
    /// Opens a page.
    pub(crate) fn open(url: &str, session: &Session) -> Self {
        let testimony = Arc::new(Mutex::new(Testimony::of(session.person.clone())));
        let gaps = Arc::default();
        let witness = Bystander {
            testimony: Arc::clone(&testimony),
            gaps: Arc::clone(&gaps),
            events: Vec::new(),
            told: None,
            without_since: None,
        };
        let opening =
            Opening { witness: Some(Box::new(witness)), from: None, pin: Some(Way::Socket) };
        Self { actor: Actor::open_with(url, session, opening), testimony, gaps }
    }

    pub(crate) fn testimony(&self) -> MutexGuard<'_, Testimony> {
        self.testimony.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The times without a connection so far, but for the first.
    pub(crate) fn gaps(&self) -> Vec<Gap> {
        self.gaps.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the page is connected, live everywhere, and has nothing left to say.
    pub(crate) fn rests(&self, rooms: &[RoomId]) -> bool {
        self.actor.look(|client| {
            let live = |room: &RoomId| client.chat().room(room).is_some_and(|known| known.live());
            // To draw all rows takes a while: last.
            let decided = |room: &RoomId| {
                messages(client, room).iter().all(|row| row.state != MessageState::Pencil)
            };
            client.link().link == Link::Connected
                && rooms.iter().all(live)
                && rooms.iter().all(decided)
        })
    }

    /// Says again what the store had confirmed and then lost; how many that were.
    pub(crate) fn retries_what_was_lost(&self, rooms: &[RoomId]) -> usize {
        let rows = self.actor.look(|client| {
            rooms.iter().flat_map(|room| messages(client, room)).collect::<Vec<_>>()
        });
        let lost = rows.into_iter().filter(|row| row.state == MessageState::Lost);
        lost.map(|row| self.actor.wants(Intent::Retry(row.command))).count()
    }
}

/// Sees what one page is told.
#[derive(Debug)]
struct Bystander {
    testimony: Arc<Mutex<Testimony>>,
    gaps: Arc<Mutex<Vec<Gap>>>,
    /// What has come and was not taken yet.
    events: Vec<Event>,
    told: Option<Duration>,
    without_since: Option<Instant>,
}

impl Bystander {
    /// Notes where a time without a connection begins and ends.
    fn follow_the_link(&mut self, client: &Client) {
        let connected = client.link().link == Link::Connected;
        let waits = matches!(client.link().link, Link::Waiting { .. });
        let opens = client.link().link == Link::Connecting;
        if let (true, Some(since)) = (connected, self.without_since) {
            let gap = Gap { told: self.told.take(), took: since.elapsed() };
            self.gaps.lock().unwrap_or_else(PoisonError::into_inner).push(gap);
            self.without_since = None;
        } else if self.without_since.is_none() && (waits || opens) {
            self.without_since = Some(Instant::now());
        }
    }
}

impl Witness for Bystander {
    fn arrives(&mut self, frame: &str) {
        let Ok(event) = decode_event(frame) else { return };
        if let Event::Restarting { delay_ms } = event {
            self.told = Some(Duration::from_millis(delay_ms));
        }
        self.events.push(event);
    }

    fn acted(&mut self, client: &Client, effects: &[Effect]) {
        self.follow_the_link(client);
        let mut testimony = self.testimony.lock().unwrap_or_else(PoisonError::into_inner);
        for effect in effects {
            match effect {
                Effect::Save(record) => testimony.saved(record, false),
                Effect::Changed(changes) => {
                    changes.notices.iter().for_each(|notice| testimony.notice(notice));
                }
                Effect::Connect(_)
                | Effect::Transmit(_)
                | Effect::Disconnect { .. }
                | Effect::Post(..)
                | Effect::Abandon
                | Effect::AskSession(_)
                | Effect::WakeAt(_)
                | Effect::Forget(_) => {}
            }
        }
        for event in self.events.drain(..) {
            testimony.witness(&event, client);
        }
    }
}

/// Talk that goes on until it is dropped.
#[derive(Debug)]
pub(crate) struct Talk(Vec<JoinHandle<()>>);

impl Talk {
    /// Lets everybody talk in all rooms, each about once in `every_ms`.
    pub(crate) fn begin(
        talkers: &Arc<Vec<Talker>>,
        rooms: &[RoomId],
        seed: u64,
        every_ms: u64,
    ) -> Self {
        let talks = (0..talkers.len()).map(|at| {
            let dice = Dice::new(seed.wrapping_mul(1_000).wrapping_add(at as u64));
            tokio::spawn(talk(Arc::clone(talkers), at, rooms.to_vec(), dice, every_ms))
        });
        Self(talks.collect())
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

async fn talk(
    talkers: Arc<Vec<Talker>>,
    at: usize,
    rooms: Vec<RoomId>,
    mut dice: Dice,
    every_ms: u64,
) {
    for count in 0_u64.. {
        let pause = Duration::from_millis(dice.between(every_ms / 2, every_ms * 3 / 2));
        sleep_until(Instant::now() + pause).await;
        let room = rooms.get(dice.place(rooms.len())).cloned();
        let (Some(room), Some(talker)) = (room, talkers.get(at)) else { return };
        talker.actor.wants(Intent::Send { room, text: format!("{at}: {count}") });
    }
}

/// Makes rooms that everybody joins; the lobby is the first.
pub(crate) async fn rooms(talkers: &[Talker], count: usize) -> Result<Vec<RoomId>> {
    let mut rooms = vec![RoomId::lobby()];
    let Some(founder) = talkers.first() else { return Ok(rooms) };
    for number in 1..count {
        let name = format!("Room {number}");
        let find = |client: &Client| {
            let known = client.chat().rooms();
            known.iter().find(|room| room.name() == name).map(|room| room.id().clone())
        };
        founder.actor.wants(Intent::CreateRoom { name: name.clone() });
        founder.actor.until("the room is there", |client| find(client).is_some()).await?;
        rooms.extend(founder.actor.look(find));
    }
    for talker in talkers {
        for room in rooms.iter().skip(1) {
            talker.actor.wants(Intent::Join(room.clone()));
        }
    }
    for talker in talkers {
        let live = |client: &Client| {
            rooms.iter().all(|room| client.chat().room(room).is_some_and(|known| known.live()))
        };
        talker.actor.until("live everywhere", live).await?;
    }
    Ok(rooms)
}
