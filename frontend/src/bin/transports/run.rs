//! One run: three clients in one room, lines said in turn, until the time is over or something ends it.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use parlor_page::browser::{clock, random, timer::Alarm};
use parlor_shared::{Action, CommandId, LogId, Problem};

use crate::{
    follower::{ABNORMAL, Follower, Standing, Told, command},
    room::Room,
    speech::{Line, Speech},
    transport::Transport,
    trouble::Trouble,
};

/// How long the clients may take to open before it begins without those that have not, in milliseconds.
const OPENING_MS: f64 = 4_000.0;
/// How long the last messages may take, in milliseconds.
const LAST_MS: f64 = 4_000.0;
/// How often it is looked whether they are there, in milliseconds.
const LOOK_MS: f64 = 100.0;

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// Its time was over.
    Over,
    /// The person stopped it.
    Stopped,
    /// The page was put out of sight.
    Hidden,
    /// Nothing works any more.
    Trouble(Trouble),
}

/// What a run tells the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum News {
    /// This is said now.
    Said(Line),
    /// The line of this number was heard somewhere.
    Heard(u64),
    /// A line was refused; the run goes on.
    Refused(Trouble),
    /// It has ended.
    Ended(End),
}

/// A run. Dropping it closes all links.
pub(crate) struct Run {
    pub(crate) room: Room,
    pub(crate) followers: RefCell<Vec<Rc<Follower>>>,
    pub(crate) begun: f64,
    lasts: f64,
    speech: RefCell<Speech>,
    /// The words of a line.
    words: Box<dyn Fn(Line) -> String>,
    sent: RefCell<Vec<(CommandId, u64)>>,
    next: Alarm,
    end: Alarm,
    has_begun: Cell<bool>,
    ended: Cell<bool>,
    tell: Box<dyn Fn(News)>,
}

impl std::fmt::Debug for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Run")
    }
}

impl Run {
    /// Begins: opens the clients, and says the first line once they hear. `lasts` is in milliseconds.
    pub(crate) fn begin(
        room: Room,
        lasts: f64,
        words: Box<dyn Fn(Line) -> String>,
        tell: Box<dyn Fn(News)>,
    ) -> Rc<Self> {
        let log = LogId::Room(room.id.clone());
        let run = Rc::new(Self {
            room,
            followers: RefCell::default(),
            begun: clock::mono(),
            lasts,
            speech: RefCell::default(),
            words,
            sent: RefCell::default(),
            next: Alarm::default(),
            end: Alarm::default(),
            has_begun: Cell::new(false),
            ended: Cell::new(false),
            tell,
        });
        let open = |transport| {
            let weak = Rc::downgrade(&run);
            let tell = move |told| with(&weak, |run| run.hear(transport, told));
            Follower::open(transport, log.clone(), Box::new(tell))
        };
        run.followers.replace(Transport::ALL.into_iter().map(open).collect());
        let (late, over) = (Rc::downgrade(&run), Rc::downgrade(&run));
        run.next.set(OPENING_MS, move || with(&late, Self::begin_without_the_late));
        run.end.set(lasts, move || with(&over, Self::wait_for_the_last));
        run
    }

    /// Ends it, whatever is under way.
    pub(crate) fn finish(&self, end: End) {
        if self.ended.replace(true) {
            return;
        }
        self.next.clear();
        self.end.clear();
        self.followers.borrow().iter().for_each(|follower| follower.close());
        (self.tell)(News::Ended(end));
    }

    /// How much of it is over, from 0 to 1.
    pub(crate) fn progress(&self, now: f64) -> f64 {
        ((now - self.begun) / self.lasts).clamp(0.0, 1.0)
    }

    /// How much is left, in whole seconds.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    pub(crate) fn seconds_left(&self, now: f64) -> u64 {
        ((self.begun + self.lasts - now) / 1_000.0).ceil().clamp(0.0, 1e6) as u64
    }

    fn follower(&self, transport: Transport) -> Option<Rc<Follower>> {
        self.followers.borrow().iter().find(|it| it.transport == transport).cloned()
    }

    fn hears(&self, transport: Transport) -> bool {
        self.follower(transport).is_some_and(|it| it.standing() == Standing::Live)
    }

    fn hear(self: &Rc<Self>, transport: Transport, told: Told) {
        match told {
            Told::Live => self.begin_if_all_are_there(),
            Told::Message(id) => {
                if let (Some(number), Some(follower)) = (self.number(id), self.follower(transport))
                {
                    follower.hears(number);
                    (self.tell)(News::Heard(number));
                }
            }
            Told::Refused(id, problem) => self.refused(id, &problem),
            Told::Ended(code) => self.lost(code),
        }
    }

    /// The number of the line that this command says.
    fn number(&self, id: CommandId) -> Option<u64> {
        self.sent.borrow().iter().find(|it| it.0 == id).map(|it| it.1)
    }

    fn refused(&self, id: Option<CommandId>, problem: &Problem) {
        if let Some(number) = id.and_then(|id| self.number(id)) {
            for follower in self.followers.borrow().iter() {
                follower.tally.borrow_mut().expects_no_more(number);
            }
        }
        let trouble = Trouble::from(problem);
        match trouble {
            Trouble::TooFast { .. } | Trouble::StoreAway | Trouble::Other(_) | Trouble::Crowded => {
                (self.tell)(News::Refused(trouble));
            }
            Trouble::NoSession
            | Trouble::Unreached
            | Trouble::Restarting
            | Trouble::RoomFull
            | Trouble::NameTaken
            | Trouble::OutOfRoom
            | Trouble::Foreign => self.finish(End::Trouble(trouble)),
        }
    }

    /// A link ended. The others go on: that one way does not get through is worth seeing.
    fn lost(self: &Rc<Self>, code: u16) {
        let followers = self.followers.borrow().clone();
        let ends = followers.iter().map(|it| match it.standing() {
            Standing::Ended(code) => Some(Trouble::of_close(code)),
            Standing::Opening | Standing::Live | Standing::Over => None,
        });
        let ends: Vec<_> = ends.flatten().collect();
        let trouble = Trouble::of_close(code);
        if trouble == Trouble::NoSession {
            self.finish(End::Trouble(trouble));
        } else if ends.len() == followers.len() {
            // Who heard that the server restarts knows more than who got no answer.
            let said = ends.into_iter().find(|it| *it != Trouble::Unreached);
            self.finish(End::Trouble(said.unwrap_or(trouble)));
        } else {
            self.begin_if_all_are_there();
        }
    }

    fn begin_if_all_are_there(self: &Rc<Self>) {
        let opening = |it: &Rc<Follower>| it.standing() == Standing::Opening;
        if !self.has_begun.get() && !self.followers.borrow().iter().any(opening) {
            self.speak();
        }
    }

    /// Some networks answer a WebSocket with silence.
    fn begin_without_the_late(self: &Rc<Self>) {
        let followers = self.followers.borrow().clone();
        let opening = |it: &&Rc<Follower>| it.standing() == Standing::Opening;
        followers.iter().filter(opening).for_each(|late| late.give_up());
        self.lost(ABNORMAL);
    }

    fn speak(self: &Rc<Self>) {
        self.has_begun.set(true);
        let line = self.speech.borrow_mut().next(|transport| self.hears(transport));
        if let Some(line) = line {
            self.say(line);
        }
        let chance = f64::from(random::number() as u32) / f64::from(u32::MAX);
        let wait = self.speech.borrow().wait(chance);
        let weak = Rc::downgrade(self);
        self.next.set(wait, move || with(&weak, Self::speak));
    }

    fn say(&self, line: Line) {
        let Some(speaker) = self.follower(line.by) else { return };
        let action = Action::Send { room: self.room.id.clone(), text: (self.words)(line) };
        let command = command(action);
        self.sent.borrow_mut().push((command.id, line.number));
        let now = clock::mono();
        for follower in self.followers.borrow().iter().filter(|it| it.standing() == Standing::Live)
        {
            follower.tally.borrow_mut().expects(line.number, now);
        }
        speaker.send(&command);
        (self.tell)(News::Said(line));
    }

    /// Says nothing more, and ends once all is heard, or soon.
    fn wait_for_the_last(self: &Rc<Self>) {
        self.next.clear();
        let live = |it: &&Rc<Follower>| it.standing() == Standing::Live;
        let waits = self.followers.borrow().iter().filter(live).any(|it| it.tally.borrow().waits());
        if !waits || clock::mono() > self.begun + self.lasts + LAST_MS {
            return self.finish(End::Over);
        }
        let weak = Rc::downgrade(self);
        self.end.set(LOOK_MS, move || with(&weak, Self::wait_for_the_last));
    }
}

fn with(run: &Weak<Run>, act: impl FnOnce(&Rc<Run>)) {
    if let Some(run) = run.upgrade() {
        act(&run);
    }
}
