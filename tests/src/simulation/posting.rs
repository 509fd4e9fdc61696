//! Requests on their way: to a node, and back with an answer; and all that becomes of them instead.

use parlor_model::{Asking, Input, LinkId, Standing};
use parlor_shared::Problem;

use super::{
    agenda::Happening,
    networks::Network,
    requests::{Reply, Request, RequestId, What},
    world::World,
};

/// A command without an answer for so long has none, in milliseconds.
const PATIENCE_MS: u64 = 15_000;

/// What becomes of something on its way.
enum Fate {
    Arrives,
    /// The client is told.
    Breaks,
    /// Nobody is.
    Vanishes,
}

impl World {
    fn fate(&mut self) -> Fate {
        if !self.stormy() {
            return Fate::Arrives;
        }
        match self.dice.between(0, 99) {
            0..3 => Fate::Breaks,
            3..6 => Fate::Vanishes,
            _ => Fate::Arrives,
        }
    }

    /// A client posts a command or a poll.
    pub(super) fn post(&mut self, at: usize, link: LinkId, asking: Asking, body: String) {
        if let Asking::Poll(_) = asking {
            self.abandon(at);
        }
        self.devices[at].polls = Some(link);
        let request = self.send(at, What::Post(link, asking), body);
        if let Asking::Poll(_) = asking {
            self.devices[at].poll = Some(request);
        }
    }

    /// A client asks what the server says of the session.
    pub(super) fn ask_session(&mut self, at: usize, link: LinkId) {
        self.send(at, What::Session(link), String::new());
    }

    fn send(&mut self, device: usize, what: What, body: String) -> RequestId {
        let (load, arrives) = (self.devices[device].load, self.now + self.delay());
        let (wanted, carries) = (true, true);
        let request = Request { device, load, what, arrives, node: None, wanted, carries };
        let id = self.requests.add(request);
        let trips = std::mem::take(&mut self.devices[device].trips);
        if trips || self.devices[device].network == Network::Away {
            self.breaks(id);
            return id;
        }
        match self.fate() {
            Fate::Arrives => self.agenda.set(arrives, Happening::Requested(id, body)),
            Fate::Breaks => self.breaks(id),
            Fate::Vanishes => self.vanishes(id),
        }
        id
    }

    /// The client learns that there is no answer.
    fn breaks(&mut self, id: RequestId) {
        let at = self.now + self.delay();
        if let Some(request) = self.requests.get_mut(id) {
            request.carries = false;
            self.agenda.set(at, Happening::Broken(id));
        }
    }

    /// The client learns nothing, until it has waited for too long.
    fn vanishes(&mut self, id: RequestId) {
        let Some(request) = self.requests.get_mut(id) else { return };
        request.carries = false;
        if let What::Post(_, Asking::Command(_)) = request.what {
            self.agenda.set(self.now + PATIENCE_MS, Happening::Broken(id));
        }
    }

    /// The client lets go of the poll under way; mostly its node learns it.
    pub(super) fn abandon(&mut self, at: usize) {
        let Some(id) = self.devices[at].poll.take() else { return };
        let left = self.now + self.delay();
        let Some(request) = self.requests.get_mut(id) else { return };
        request.wanted = false;
        let left = left.max(request.arrives + 1);
        if !self.stormy() || self.dice.percent(80) {
            self.agenda.set(left, Happening::GivenUp(id));
        }
    }

    /// What waits for its answer breaks; half open, nobody is told.
    pub(super) fn cut_request(&mut self, id: RequestId, told: bool) {
        self.tally.cuts += 1;
        let left = self.now + self.delay();
        if !told {
            return self.vanishes(id);
        }
        self.breaks(id);
        if let Some(request) = self.requests.get_mut(id) {
            self.agenda.set(left.max(request.arrives + 1), Happening::GivenUp(id));
        }
    }

    /// A node learns that nobody waits for this answer.
    pub(super) fn given_up(&mut self, id: RequestId) {
        let node = self.requests.get_mut(id).and_then(|request| request.node.take());
        if let Some(node) = node {
            self.at_node(node, |node, now, _| node.given_up(id, now));
        }
    }

    /// A request reaches whoever answers: mostly the node that answered before.
    pub(super) fn requested(&mut self, id: RequestId, body: &str) {
        let stays = self.dice.percent(85);
        let other = self.dice.place(self.nodes.len());
        let mood = self.mood();
        let Some(request) = self.requests.get_mut(id) else { return };
        let device = request.device;
        let home = &mut self.devices[device].home;
        if !stays || !self.nodes[*home].up {
            *home = other;
        }
        let (node, store) = (&self.nodes[*home], self.store.up);
        let (node_id, what) = (node.id, request.what);
        if !node.up {
            return self.breaks(id);
        }
        request.node = Some(node_id);
        let problem = if store { mood } else { Some(Problem::StoreAway) };
        if let Some(problem) = problem {
            return self.respond(id, Reply::Problem(problem));
        }
        let person = self.devices[device].person.clone();
        match what {
            What::Session(_) => self.respond(id, Reply::Known),
            What::Post(_, Asking::Command(_)) => self.at_node(node_id, |node, now, dice| {
                node.commanded(id, person, body, now, dice);
            }),
            What::Post(_, Asking::Poll(_)) => {
                let poll = serde_json::from_str(body).expect("a client polls rightly");
                self.minds_long_waits(id, device);
                self.at_node(node_id, |node, now, dice| node.polled(id, person, poll, now, dice));
            }
        }
    }

    /// A refusal before anything is looked at, now and then.
    fn mood(&mut self) -> Option<Problem> {
        if !self.stormy() || !self.dice.percent(2) {
            return None;
        }
        Some(match self.dice.between(0, 3) {
            0 => Problem::TooFast { wait_ms: 700 },
            1 => Problem::TooManyConnections,
            2 => Problem::StoreTimeout,
            _ => Problem::Internal,
        })
    }

    /// A node answers.
    pub(super) fn respond(&mut self, id: RequestId, reply: Reply) {
        let Some(request) = self.requests.get_mut(id) else { return };
        let device = request.device;
        request.node = None;
        if !request.wanted {
            self.requests.remove(id);
            return;
        }
        if !request.carries {
            return;
        }
        let at = self.now + self.delay();
        match self.fate() {
            Fate::Arrives => self.agenda.set(at, Happening::Responded(id, Box::new(reply))),
            Fate::Breaks => self.breaks(id),
            Fate::Vanishes => {
                self.vanishes(id);
                // Whoever waits for something looks at the page again.
                let looks = self.now + self.dice.between(100, 8_000);
                self.agenda.set(looks, Happening::Woke(device));
            }
        }
    }

    /// An answer reaches its client.
    pub(super) fn responded(&mut self, id: RequestId, reply: Reply) {
        if self.requests.get_mut(id).is_some_and(|request| request.carries) {
            self.ended(id, Some(reply));
        }
    }

    /// A client learns that there is no answer, or reads somebody else's.
    pub(super) fn broken(&mut self, id: RequestId) {
        let reply = self.dice.percent(20).then_some(Reply::Foreign);
        self.ended(id, reply);
    }

    fn ended(&mut self, id: RequestId, reply: Option<Reply>) {
        let Some(Request { device: at, load, what, wanted, .. }) = self.requests.remove(id) else {
            return;
        };
        if !wanted || self.devices[at].load != load {
            return;
        }
        match what {
            What::Session(link) => {
                let known = matches!(reply, Some(Reply::Known));
                let standing = if known { Standing::Known } else { Standing::Unreached };
                self.input(at, Input::Session(link, standing), &[]);
            }
            What::Post(link, asking) => self.answered(at, link, asking, reply),
        }
    }

    fn answered(&mut self, at: usize, link: LinkId, asking: Asking, mut reply: Option<Reply>) {
        if let Asking::Poll(_) = asking {
            self.devices[at].poll = None;
            self.tally.answers += u64::from(matches!(reply, Some(Reply::Told(_))));
        }
        for event in reply.iter_mut().flat_map(Reply::events_mut) {
            self.planted.event(&self.devices[at].client, event);
        }
        let body = reply.as_ref().map(Reply::body);
        // Of a link that has ended, the client takes nothing.
        let counts = self.devices[at].polls == Some(link);
        let events = reply.as_mut().filter(|_| counts).map_or(&mut [][..], Reply::events_mut);
        self.input(at, Input::Answered(link, asking, body), events);
    }
}
