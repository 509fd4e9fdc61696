//! How frames of one client travel: over the page's socket, or over polls, each measured as it goes.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use parlor_model::{Errand, Polling, Way};
use parlor_page::{
    browser::{
        clock,
        exchange::{Answer, Exchange},
        location,
        timer::Alarm,
    },
    socket::{self, Socket},
};
use parlor_shared::{Command, CommandId, Event, decode_event, encode};

use crate::{
    tally::{Purpose, Tally},
    transport::Transport,
};

/// What comes from the far end.
#[derive(Debug)]
pub(crate) enum Heard {
    Event(Event),
    /// With this close code; nothing is heard after it.
    Closed(u16),
}

/// One client's link. Dropping it closes it.
#[derive(Debug)]
pub(crate) enum Carrier {
    Socket(Socket, Rc<RefCell<Tally>>),
    Polls(Rc<Polls>),
}

impl Carrier {
    /// Opens it. `hear` is never called before this returns.
    pub(crate) fn open(
        transport: Transport,
        tally: &Rc<RefCell<Tally>>,
        hear: impl Fn(Heard) + 'static,
    ) -> Self {
        match transport.way() {
            None => Self::Socket(open_socket(Rc::clone(tally), hear), Rc::clone(tally)),
            Some(way) => Self::Polls(Polls::open(way, Rc::clone(tally), Box::new(hear))),
        }
    }

    /// Sends a command.
    pub(crate) fn send(&self, command: &Command) {
        match self {
            Self::Socket(socket, tally) => send_frame(socket, tally, encode(command)),
            Self::Polls(polls) => polls.act(|link| link.transmit(command, encode(command))),
        }
    }

    /// Answers a ping; every poll does by being asked.
    pub(crate) fn pong(&self) {
        match self {
            Self::Socket(socket, tally) => {
                send_frame(socket, tally, r#"{"type":"pong"}"#.to_owned())
            }
            Self::Polls(_) => {}
        }
    }
}

fn send_frame(socket: &Socket, tally: &RefCell<Tally>, frame: String) {
    tally.borrow_mut().sends_frame(&frame, clock::mono());
    socket.send(frame);
}

fn open_socket(tally: Rc<RefCell<Tally>>, hear: impl Fn(Heard) + 'static) -> Socket {
    tally.borrow_mut().begins(Purpose::Hear, "", clock::mono());
    let url = location::socket().unwrap_or_default();
    Socket::open(&url, move |heard| match heard {
        socket::Heard::Opened => tally.borrow_mut().upgraded(),
        socket::Heard::Frames(frames) => {
            for frame in frames {
                tally.borrow_mut().takes_frame(&frame, clock::mono());
                if let Ok(event) = decode_event(&frame) {
                    hear(Heard::Event(event));
                }
            }
        }
        socket::Heard::Closed(code) => {
            tally.borrow_mut().ends(Purpose::Hear, clock::mono());
            hear(Heard::Closed(code));
        }
    })
}

/// A link over polls, driven by the browser.
pub(crate) struct Polls {
    link: RefCell<Polling>,
    tally: Rc<RefCell<Tally>>,
    hear: Box<dyn Fn(Heard)>,
    poll: RefCell<Option<Exchange>>,
    commands: RefCell<Vec<(CommandId, Exchange)>>,
    rest: Alarm,
}

impl std::fmt::Debug for Polls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Polls")
    }
}

impl Polls {
    fn open(way: Way, tally: Rc<RefCell<Tally>>, hear: Box<dyn Fn(Heard)>) -> Rc<Self> {
        let (link, errands) = Polling::open(way);
        let polls = Rc::new(Self {
            link: RefCell::new(link),
            tally,
            hear,
            poll: RefCell::default(),
            commands: RefCell::default(),
            rest: Alarm::default(),
        });
        polls.run(errands);
        polls
    }

    fn act(self: &Rc<Self>, step: impl FnOnce(&mut Polling) -> Vec<Errand>) {
        let errands = step(&mut self.link.borrow_mut());
        self.run(errands);
    }

    fn run(self: &Rc<Self>, errands: Vec<Errand>) {
        let weak = Rc::downgrade(self);
        for errand in errands {
            match errand {
                Errand::Command(id, body) => self.post(weak.clone(), id, body),
                Errand::Poll(number, body) => self.ask(weak.clone(), number, body),
                Errand::Rest(millis) => {
                    let weak = weak.clone();
                    self.rest
                        .set(millis as f64, move || after(&weak, |it| it.act(Polling::rested)));
                }
                Errand::Event(event) => {
                    if event == Event::Ping {
                        self.tally.borrow_mut().was_for_nothing();
                    }
                    (self.hear)(Heard::Event(event));
                }
                Errand::Close(code) => (self.hear)(Heard::Closed(code)),
            }
        }
    }

    fn post(&self, weak: Weak<Self>, id: CommandId, body: String) {
        self.tally.borrow_mut().begins(Purpose::Say, &body, clock::mono());
        let exchange = Exchange::begin("/api/v1/commands", body, move |answer| {
            after(&weak, |it| {
                it.commands.borrow_mut().retain(|(other, _)| *other != id);
                let body = it.took(Purpose::Say, answer);
                it.act(|link| link.replied(id, body.as_deref()));
            });
        });
        self.commands.borrow_mut().push((id, exchange));
    }

    fn ask(&self, weak: Weak<Self>, number: u64, body: String) {
        if self.poll.take().is_some() {
            // It is given up for this one.
            self.tally.borrow_mut().ends(Purpose::Hear, clock::mono());
        }
        self.tally.borrow_mut().begins(Purpose::Hear, &body, clock::mono());
        let exchange = Exchange::begin("/api/v1/poll", body, move |answer| {
            after(&weak, |it| {
                it.poll.take();
                let body = it.took(Purpose::Hear, answer);
                it.act(|link| link.polled(number, body.as_deref()));
            });
        });
        self.poll.replace(Some(exchange));
    }

    /// Counts an answer.
    fn took(&self, purpose: Purpose, answer: Option<Answer>) -> Option<String> {
        let mut tally = self.tally.borrow_mut();
        tally.ends(purpose, clock::mono());
        let answer = answer?;
        tally.answered(&answer.body, answer.head_bytes);
        Some(answer.body)
    }
}

/// Goes on with a link, if it is still there.
fn after(weak: &Weak<Polls>, act: impl FnOnce(&Rc<Polls>)) {
    if let Some(polls) = weak.upgrade() {
        act(&polls);
    }
}
