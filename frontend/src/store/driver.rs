//! Drives the model: feeds it what happens, carries out what it asks, publishes once per batch.

mod bell;
mod carry;
mod life;
mod place;
mod posts;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use parlor_model::{
    Changes, Client, Heard, Input, Intent, KeptRoom, Link, LinkId, OrderedSet, Setup,
};
use parlor_shared::{Person, RoomId};

use super::{mirror::Mirror, records::Records, rooms_kept::RoomsKept};
use crate::{
    browser::{clock, random, requests::Abort, storage::Storage, task, timer::Alarm, worker},
    socket::{self, Socket},
};
pub(super) use carry::Making;
use life::Life;

/// A newer build of the page is asked for at most this often, in milliseconds.
const LOOK_MS: f64 = 60_000.0;

/// The driver; cloning shares it.
#[derive(Clone)]
pub(super) struct Driver(pub(super) Rc<Parts>);

/// What it drives with.
pub(super) struct Parts {
    pub(super) mirror: Mirror,
    pub(super) records: Rc<Records>,
    pub(super) rooms_kept: RoomsKept,
    client: RefCell<Option<Client>>,
    socket: RefCell<Option<Socket>>,
    /// Ends the poll under way.
    poll: RefCell<Option<Abort>>,
    alarm: Alarm,
    /// What changed since the last publishing; none while none is due.
    due: RefCell<Option<Changes>>,
    /// What is to be read aloud when [`speech`](Self::speech) rings.
    heard: RefCell<Vec<Heard>>,
    speech: Alarm,
    /// What nobody saw yet, when [`bell`](Self::bell) rings.
    unseen: RefCell<Vec<Heard>>,
    bell: Alarm,
    /// Rooms that were told of.
    rung: RefCell<OrderedSet<RoomId>>,
    /// Rooms being made, and who waits for them.
    made: RefCell<Vec<Making>>,
    /// Rooms one is leaving by one's own wish: no word is needed when it is done.
    leaving: RefCell<Vec<RoomId>>,
    life: RefCell<Option<Life>>,
    /// Whether the person was told that nothing is kept.
    warned: Cell<bool>,
    /// How often somebody ceased to be here.
    stops: Cell<u32>,
    /// When a newer build of the page was asked for, in milliseconds since the page began.
    looked: Cell<f64>,
}

impl Parts {
    /// Somebody waits for a room to be made.
    pub(super) fn making(&self, making: Making) {
        self.made.borrow_mut().push(making);
    }
}

impl Driver {
    pub(super) fn new(mirror: Mirror, storage: Storage) -> Self {
        Self(Rc::new(Parts {
            mirror,
            records: Records::open(storage),
            rooms_kept: RoomsKept::default(),
            client: RefCell::default(),
            socket: RefCell::default(),
            poll: RefCell::default(),
            alarm: Alarm::default(),
            due: RefCell::default(),
            heard: RefCell::default(),
            speech: Alarm::default(),
            unseen: RefCell::default(),
            bell: Alarm::default(),
            rung: RefCell::default(),
            made: RefCell::default(),
            leaving: RefCell::default(),
            life: RefCell::default(),
            warned: Cell::default(),
            stops: Cell::default(),
            looked: Cell::default(),
        }))
    }

    /// Begins to be this person's, with the rooms that were kept: connects, and takes over what
    /// they left unsent.
    pub(super) fn start(&self, person: &Person, rooms: Vec<KeptRoom>) {
        self.0.records.belong_to(person);
        let (person, random) = (person.clone(), Box::new(random::number));
        let (way, pin) = (self.0.records.way(), self.0.records.pinned_way());
        let setup = Setup { person, rooms, outbox: Vec::new(), way, pin, random };
        self.0.client.replace(Some(Client::new(setup)));
        self.0.life.replace(Some(Life::begin(self)));
        self.feed(Input::Connect);
    }

    /// Ceases to be anybody's. What is kept stays.
    pub(super) fn stop(&self) {
        self.0.stops.set(self.0.stops.get() + 1);
        self.0.alarm.clear();
        self.0.speech.clear();
        self.0.bell.clear();
        self.0.rooms_kept.stop();
        drop(self.0.life.take());
        drop(self.0.socket.take());
        drop(self.0.poll.take());
        drop(self.0.client.take());
        drop(self.0.made.take());
        drop(self.0.due.take());
        self.0.mirror.clear();
        self.title();
    }

    /// Tells the model what the person wants.
    pub(super) fn intend(&self, intent: Intent) {
        self.feed(Input::Intent(intent));
    }

    /// Tells the model what happened, and carries out what it asks.
    pub(super) fn feed(&self, input: Input) {
        let effects = match self.0.client.borrow_mut().as_mut() {
            Some(client) => client.handle(input, clock::now()),
            None => return,
        };
        for effect in effects {
            self.carry_out(effect);
        }
    }

    /// Asks the model.
    pub(super) fn ask<T>(&self, question: impl FnOnce(&Client) -> T) -> Option<T> {
        self.0.client.borrow().as_ref().map(question)
    }

    /// Opens the socket for a link of the model.
    fn connect(&self, link: LinkId) {
        // The old one is let go of first: there is one connection per page.
        drop(self.0.socket.take());
        let Some(url) = crate::browser::location::socket() else { return };
        let driver = Rc::downgrade(&self.0);
        let socket = Socket::open(&url, move |heard| {
            if let Some(parts) = driver.upgrade() {
                Driver(parts).hear(link, heard);
            }
        });
        self.0.socket.replace(Some(socket));
    }

    fn hear(&self, link: LinkId, heard: socket::Heard) {
        match heard {
            socket::Heard::Opened => self.feed(Input::Opened(link)),
            socket::Heard::Frames(frames) => {
                for frame in frames {
                    self.feed(Input::Frame(link, frame));
                }
            }
            socket::Heard::Closed(code) => self.feed(Input::Closed(link, code)),
        }
    }

    /// After a time away the server may be another one, with a newer page.
    fn look_for_update(&self) {
        let now = clock::mono();
        let connected = self.ask(|client| client.link().link == Link::Connected) == Some(true);
        if connected && now - self.0.looked.get() > LOOK_MS {
            self.0.looked.set(now);
            worker::look();
        }
    }

    /// Notes what changed, and publishes it once what happens now is done: by microtask, since
    /// animation frames stop in hidden tabs and the title must not.
    pub(super) fn changed(&self, changes: Changes) {
        let mut due = self.0.due.borrow_mut();
        if let Some(due) = due.as_mut() {
            return due.merge(changes);
        }
        *due = Some(changes);
        drop(due);
        let driver = self.clone();
        task::begin(async move { driver.publish() });
    }

    fn publish(&self) {
        let Some(changes) = self.0.due.take() else { return };
        let parts = &self.0;
        // The page may be gone by now, and its values with it.
        if parts.mirror.gone() {
            return;
        }
        if let Some(client) = parts.client.borrow().as_ref() {
            parts.mirror.publish(client, &parts.records, &changes);
            if changes.person {
                self.is_named(client.chat().person());
            }
            if changes.found {
                parts.mirror.draw_search(client, &parts.records);
            }
        }
        self.title();
        if changes.link {
            self.keep_way();
            self.look_for_update();
        }
        self.keep_soon(&changes);
        self.ring_soon(&changes);
        self.tell(changes);
        self.find_place();
        self.leave_when_out();
    }
}
