//! The client: inputs in, effects out.

mod carrying;
mod frames;
mod intents;
mod pump;
mod requests;
mod wire;

use parlor_shared::{CommandId, Person};

use crate::{
    Changes, Chat, Effect, Input, KeptRoom, LinkView, Now, OutboxRecord, Polling, Way, in_order,
    link::{Machine, Step},
    outbox::Keep,
};
use requests::Requests;
use wire::Wire;

/// What a client begins with.
pub struct Setup {
    /// Who is signed in; the welcome may know a newer name.
    pub person: Person,
    /// What storage kept of the rooms.
    pub rooms: Vec<KeptRoom>,
    /// What storage kept of the outbox.
    pub outbox: Vec<OutboxRecord>,
    /// The way that worked last.
    pub way: Way,
    /// The way that the person chose, if they did.
    pub pin: Option<Way>,
    /// Randomness for ids and jitter; ids need it to be cryptographic.
    pub random: Box<dyn FnMut() -> u64 + Send>,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").field("person", &self.person).finish_non_exhaustive()
    }
}

/// One client.
pub struct Client {
    chat: Chat,
    machine: Machine,
    /// What makes requests a link, where no socket is one.
    polling: Option<Polling>,
    /// When a rest between short polls ends.
    rested_ms: Option<u64>,
    wire: Wire,
    requests: Requests,
    random: Box<dyn FnMut() -> u64 + Send>,
    effects: Vec<Effect>,
    changes: Changes,
    wake_ms: Option<u64>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("chat", &self.chat).finish_non_exhaustive()
    }
}

impl Client {
    /// A client that has not begun; give it [`Input::Connect`].
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        let mut chat = Chat::new(setup.person);
        chat.restore(setup.rooms);
        chat.adopt(in_order(setup.outbox, |record| record.said_ms));
        Self {
            chat,
            machine: Machine::new(setup.way, setup.pin),
            polling: None,
            rested_ms: None,
            wire: Wire::default(),
            requests: Requests::default(),
            random: setup.random,
            effects: Vec::new(),
            changes: Changes::default(),
            wake_ms: None,
        }
    }

    /// What the client knows.
    #[must_use]
    pub fn chat(&self) -> &Chat {
        &self.chat
    }

    /// How the link stands.
    #[must_use]
    pub fn link(&self) -> LinkView {
        self.machine.view()
    }

    /// Takes one input and says what must be done, in order.
    pub fn handle(&mut self, input: Input, now: Now) -> Vec<Effect> {
        match input {
            Input::Connect => self.turn(now, Machine::connect),
            Input::Woke => self.turn(now, Machine::woke),
            Input::Online => self.turn(now, Machine::online),
            Input::Pin(pin) => self.turn(now, |machine, now| machine.pin(pin, now)),
            Input::Opened(_) => {}
            Input::Frame(link, text) => self.frame_of(link, &text, now),
            Input::Closed(link, code) => self.closed(link, code, now),
            Input::Answered(link, asking, body) => {
                self.answered(link, asking, body.as_deref(), now);
            }
            Input::Session(link, standing) => self.stands(link, standing, now),
            Input::Timer => self.timer(now),
            Input::Intent(intent) => self.intent(intent, now),
        }
        self.pump(now);
        self.finish(now)
    }

    /// Has the machine take a turn.
    fn turn(&mut self, now: Now, turn: impl FnOnce(&mut Machine, u64) -> Vec<Step>) {
        let steps = turn(&mut self.machine, now.mono_ms);
        self.step(steps, now);
    }

    fn timer(&mut self, now: Now) {
        self.wake_ms = None;
        let random = (self.random)();
        let steps = self.machine.timer(now.mono_ms, random);
        self.step(steps, now);
        self.rest_until(now);
        for room in self.chat.rooms.values_mut() {
            if room.people.expire(now.mono_ms) {
                self.changes.typing.insert(room.id().clone());
            }
        }
    }

    fn mint(&mut self) -> CommandId {
        let (high, low) = ((self.random)(), (self.random)());
        let bits = (u128::from(high) << 64) | u128::from(low);
        CommandId::from_random(bits.to_be_bytes())
    }

    /// Hands over what has gathered: storage first, so that nothing is sent before it is kept.
    fn finish(&mut self, now: Now) -> Vec<Effect> {
        let mut effects: Vec<Effect> = Vec::new();
        for keep in self.chat.outbox.journal.drain(..) {
            effects.push(match keep {
                Keep::Save(record) => Effect::Save(record),
                Keep::Forget(id) => Effect::Forget(id),
            });
        }
        effects.append(&mut self.effects);
        // An alarm that rings early is harmless; one frame must not cost one timer.
        if let Some(due) = self.due_ms(now.mono_ms)
            && self.wake_ms.is_none_or(|set| due < set)
        {
            self.wake_ms = Some(due);
            effects.push(Effect::WakeAt(due));
        }
        let changes = std::mem::take(&mut self.changes);
        if !changes.is_empty() {
            effects.push(Effect::Changed(changes));
        }
        effects
    }
}
