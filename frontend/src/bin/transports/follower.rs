//! One client: it follows the room by one way, and says when it heard what.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use parlor_page::browser::{clock, random};
use parlor_shared::{
    Action, Body, Command, CommandId, Event, LogId, Outcome, Page, Position, Problem, Record,
};

use crate::{
    carrier::{Carrier, Heard},
    tally::Tally,
    transport::Transport,
};

/// The close code of a link that ended without one.
pub(crate) const ABNORMAL: u16 = 1006;

/// What it tells.
#[derive(Debug)]
pub(crate) enum Told {
    /// From now on it hears what is said.
    Live,
    /// It heard the message of this command.
    Message(CommandId),
    /// A command of its own was refused.
    Refused(Option<CommandId>, Problem),
    /// Its link ended, with this close code.
    Ended(u16),
}

/// How it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing of it yet.
    #[default]
    Opening,
    /// It hears.
    Live,
    /// It ended, with this close code.
    Ended(u16),
    /// It was put away.
    Over,
}

/// The client.
pub(crate) struct Follower {
    pub(crate) transport: Transport,
    pub(crate) tally: Rc<RefCell<Tally>>,
    standing: RefCell<Standing>,
    log: LogId,
    position: RefCell<Option<Position>>,
    carrier: RefCell<Option<Carrier>>,
    tell: Box<dyn Fn(Told)>,
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Follower({:?})", self.transport)
    }
}

/// A command with a new id.
pub(crate) fn command(action: Action) -> Command {
    Command { id: CommandId::from_random(random::bytes()), action }
}

impl Follower {
    /// Begins to follow. `tell` is never called before this returns.
    pub(crate) fn open(transport: Transport, log: LogId, tell: Box<dyn Fn(Told)>) -> Rc<Self> {
        let follower = Rc::new(Self {
            transport,
            tally: Rc::default(),
            standing: RefCell::default(),
            log,
            position: RefCell::default(),
            carrier: RefCell::default(),
            tell,
        });
        let weak: Weak<Self> = Rc::downgrade(&follower);
        let carrier = Carrier::open(transport, &follower.tally, move |heard| {
            if let Some(follower) = weak.upgrade() {
                follower.hear(heard);
            }
        });
        follower.carrier.replace(Some(carrier));
        follower
    }

    /// How it stands.
    pub(crate) fn standing(&self) -> Standing {
        *self.standing.borrow()
    }

    /// Sends a command, if the link is still there.
    pub(crate) fn send(&self, command: &Command) {
        if let Some(carrier) = &*self.carrier.borrow() {
            carrier.send(command);
        }
    }

    /// Puts it away. What it counted stays.
    pub(crate) fn close(&self) {
        // The link may be the one that calls.
        let carrier = self.carrier.take();
        drop(carrier);
        self.tally.borrow_mut().closes(clock::mono());
        let mut standing = self.standing.borrow_mut();
        if matches!(*standing, Standing::Opening | Standing::Live) {
            *standing = Standing::Over;
        }
    }

    /// Waits no more for it to open.
    pub(crate) fn give_up(&self) {
        self.end(ABNORMAL);
    }

    fn end(&self, code: u16) {
        // A link over polls may end with a poll still under way.
        self.close();
        self.standing.replace(Standing::Ended(code));
    }

    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Event(event) => self.take(event),
            Heard::Closed(code) => {
                self.end(code);
                (self.tell)(Told::Ended(code));
            }
        }
    }

    fn take(&self, event: Event) {
        match event {
            Event::Welcome(welcome) => {
                // From where the room is now: what was said before is none of this conversation.
                let mut rooms = welcome.rooms.into_iter();
                let here = rooms.find(|it| LogId::Room(it.room.clone()) == self.log);
                self.position.replace(here.map(|room| room.position));
                self.follow();
            }
            Event::Ok { result: Outcome::Page(page), .. } | Event::Changes(page) => self.read(page),
            Event::Entry(entry) if entry.log == self.log => {
                let held = self.position.borrow().as_ref().map_or(0, |position| position.offset);
                if entry.offset > held + 1 {
                    return self.follow();
                }
                let position = Position { epoch: entry.epoch, offset: entry.offset };
                self.position.replace(Some(position));
                self.hear_record(&entry.record);
            }
            Event::Interrupted { .. } => self.follow(),
            Event::Error { id, problem } => (self.tell)(Told::Refused(id, problem)),
            Event::Ping => {
                if let Some(carrier) = &*self.carrier.borrow() {
                    carrier.pong();
                }
            }
            Event::Entry(_)
            | Event::Ok { .. }
            | Event::Typing { .. }
            | Event::Presence { .. }
            | Event::Restarting { .. }
            | Event::Unknown => {}
        }
    }

    fn follow(&self) {
        let after = self.position.borrow().clone();
        self.send(&command(Action::Follow { log: self.log.clone(), after }));
    }

    fn read(&self, page: Page) {
        page.records.iter().for_each(|record| self.hear_record(record));
        self.position.replace(Some(page.position));
        if page.more {
            self.follow();
        } else if self.standing() == Standing::Opening {
            self.standing.replace(Standing::Live);
            (self.tell)(Told::Live);
        }
    }

    fn hear_record(&self, record: &Record) {
        if let Body::Message(message) = &record.body {
            (self.tell)(Told::Message(message.command));
        }
    }

    /// It hears a message of this number now.
    pub(crate) fn hears(&self, number: u64) {
        self.tally.borrow_mut().hears(number, clock::mono());
    }
}

#[cfg(test)]
mod tests {
    use parlor_shared::{LogId, RoomId};
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::{ABNORMAL, Follower, Heard, Standing};
    use crate::transport::Transport;

    type Act = fn(&Follower);

    fn opens(transport: Transport) -> std::rc::Rc<Follower> {
        Follower::open(transport, LogId::Room(RoomId::lobby()), Box::new(|_| {}))
    }

    fn is_under_way(follower: &Follower) -> bool {
        follower.tally.borrow().shown.iter().any(|request| request.to.is_none())
    }

    #[wasm_bindgen_test]
    fn whoever_is_given_up_put_away_or_cut_off_has_nothing_under_way_any_more() {
        let acts: [(Act, Standing); 3] = [
            (Follower::give_up, Standing::Ended(ABNORMAL)),
            (Follower::close, Standing::Over),
            (|it| it.hear(Heard::Closed(4_004)), Standing::Ended(4_004)),
        ];
        for transport in Transport::ALL {
            for (act, standing) in acts {
                let follower = opens(transport);
                assert!(is_under_way(&follower), "{transport:?} asks");
                act(&follower);
                assert!(!is_under_way(&follower), "{transport:?}, {standing:?}");
                assert_eq!(follower.standing(), standing, "{transport:?}");
            }
        }
    }
}
