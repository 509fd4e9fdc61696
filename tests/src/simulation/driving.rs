//! Does what a client wants done, in the order given: as a page's driver does it.

use parlor_model::{Effect, Input, Intent, Way};
use parlor_shared::Event;

use super::{agenda::Happening, world::World};

impl World {
    /// Gives a client its input and does what it asks.
    pub(super) fn input(&mut self, at: usize, input: Input, told: &[Event]) {
        let again = matches!(&input, Input::Intent(Intent::Retry(_)));
        let chosen = matches!(&input, Input::Pin(_));
        let before = self.devices[at].client.link().way;
        let device = &mut self.devices[at];
        let now = device.now(self.now);
        let effects = device.client.handle(input, now);
        for effect in effects {
            self.carry_out(at, effect, again);
        }
        let after = self.devices[at].client.link().way;
        if before != after && !chosen {
            self.tally.changes_of_way += 1;
            self.tally.adoptions += u64::from(after == Way::Socket);
        }
        for event in told {
            self.devices[at].witness(event);
        }
    }

    fn carry_out(&mut self, at: usize, effect: Effect, again: bool) {
        match effect {
            Effect::Connect(link) => self.connect(at, link),
            Effect::Transmit(frame) => self.transmit(at, frame),
            Effect::Disconnect { .. } => self.let_go(at),
            Effect::Post(link, asking, body) => self.post(at, link, asking, body),
            Effect::Abandon => {
                self.devices[at].polls = None;
                self.abandon(at);
            }
            Effect::AskSession(link) => self.ask_session(at, link),
            Effect::WakeAt(due) => {
                self.devices[at].wake_at = Some(due.max(self.now));
                self.agenda.set(due.max(self.now), Happening::Alarm(at));
            }
            Effect::Save(record) => self.devices[at].save(record, again),
            Effect::Forget(id) => drop(self.devices[at].storage.remove(&id)),
            Effect::Changed(changes) => {
                for notice in &changes.notices {
                    self.devices[at].testimony.notice(notice);
                }
            }
        }
    }
}
