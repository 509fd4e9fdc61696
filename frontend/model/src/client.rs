//! The client: inputs in, effects out.

mod frames;
mod intents;
mod pump;
mod requests;
mod wire;

use parlor_shared::{CommandId, Person};

use crate::{
    Changes, Chat, Effect, Input, KeptRoom, LinkView, Now, OutboxRecord, in_order,
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
            machine: Machine::new(),
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
            Input::Connect => {
                let steps = self.machine.connect(now.mono_ms);
                self.step(steps);
            }
            Input::Woke | Input::Online => {
                let steps = self.machine.woke(now.mono_ms);
                self.step(steps);
            }
            Input::Opened(_) => {}
            Input::Frame(link, text) if link == self.machine.id() => self.frame(&text, now),
            Input::Closed(link, code) if link == self.machine.id() => self.closed(code, now),
            Input::Frame(..) | Input::Closed(..) => {}
            Input::Timer => self.timer(now),
            Input::Intent(intent) => self.intent(intent, now),
        }
        self.pump(now);
        self.finish(now)
    }

    fn closed(&mut self, code: u16, now: Now) {
        let random = (self.random)();
        self.machine.closed(code, now.mono_ms, random);
        self.cut();
    }

    fn timer(&mut self, now: Now) {
        self.wake_ms = None;
        let random = (self.random)();
        let steps = self.machine.timer(now.mono_ms, random);
        self.step(steps);
        for room in self.chat.rooms.values_mut() {
            if room.people.expire(now.mono_ms) {
                self.changes.typing.insert(room.id().clone());
            }
        }
    }

    /// Does what the connection machine asks.
    fn step(&mut self, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Connect(link) => {
                    self.cut();
                    self.effects.push(Effect::Connect(link));
                }
                Step::Disconnect(code) => {
                    self.cut();
                    self.effects.push(Effect::Disconnect { code });
                }
                Step::Probe => self.probe(),
            }
        }
    }

    /// The link is gone.
    fn cut(&mut self) {
        self.wire.clear();
        self.requests.cut();
        let changes = self.chat.cut();
        self.changes.merge(changes);
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
