//! What a node does with requests: polls that wait for something to tell, and commands.

use parlor_shared::{
    Action, AnswerId, ClientFrame, Command, CommandId, ConnectionId, Event, Person, PollRequest,
    Problem, decode_client_frame,
};

use super::{
    connection::{Connection, ConnectionKey},
    dice::Dice,
    node::{Node, Purpose, Wish},
    requests::{Reply, RequestId},
    stand_in::{Place, StandIn},
    store::Ask,
};

impl Node {
    /// A command came as a request.
    pub(super) fn commanded(
        &mut self,
        request: RequestId,
        person: Person,
        body: &str,
        now: u64,
        dice: &mut Dice,
    ) {
        let Ok(ClientFrame::Command(command)) = decode_client_frame(body) else {
            return self.wishes.push(Wish::Respond(request, Reply::Problem(Problem::Malformed)));
        };
        let number = self.stands_in(person, Place::Command(request));
        self.command(ConnectionKey::StandIn(number), command, now, dice);
    }

    /// A poll came.
    pub(super) fn polled(
        &mut self,
        request: RequestId,
        person: Person,
        poll: PollRequest,
        now: u64,
        dice: &mut Dice,
    ) {
        let resumed = poll.answer.as_ref().and_then(|last| self.resumes(last));
        let (greets, rooms) = (poll.answer.is_none(), Ask::Rooms(person.id.clone()));
        let place = Place::Greets(request, Box::new(poll));
        let number = match resumed.and_then(|number| self.stand_ins.get_mut(&number)) {
            Some(stand_in) => {
                stand_in.place = place;
                resumed.unwrap_or_default()
            }
            None => self.stands_in(person, place),
        };
        if greets {
            let key = ConnectionKey::StandIn(number);
            return self.wishes.push(Wish::Ask(Purpose::Welcome(key), rooms));
        }
        self.follows(number, now, dice);
    }

    fn stands_in(&mut self, person: Person, place: Place) -> u64 {
        self.minted += 1;
        let key = ConnectionKey::StandIn(self.minted);
        self.connections.insert(key, Connection::of(person));
        self.stand_ins.insert(self.minted, StandIn::new(self.id_of(key), place));
        self.minted
    }

    /// How clients know a connection.
    pub(super) fn id_of(&self, key: ConnectionKey) -> ConnectionId {
        let id = match key {
            ConnectionKey::Socket(socket) => format!("s{}", socket.0),
            ConnectionKey::StandIn(number) => {
                format!("c{}_{}_{number}", self.id.index, self.id.life)
            }
        };
        ConnectionId::new(&id).expect("an id")
    }

    /// The one that gave this answer, if it has given none since.
    fn resumes(&mut self, last: &AnswerId) -> Option<u64> {
        let parked = |stand_in: &StandIn| matches!(stand_in.place, Place::Parked(_));
        let mut stand_ins = self.stand_ins.iter();
        let (number, answers) = stand_ins
            .find(|(_, stand_in)| stand_in.id == last.connection && parked(stand_in))
            .map(|(number, stand_in)| (*number, stand_in.answers))?;
        if answers == last.number {
            return Some(number);
        }
        self.forgets(number);
        None
    }

    fn forgets(&mut self, number: u64) {
        self.stand_ins.remove(&number);
        self.closed(ConnectionKey::StandIn(number));
    }

    /// Follows what the poll names and nothing else; what is followed already goes on.
    fn follows(&mut self, number: u64, now: u64, dice: &mut Dice) {
        let key = ConnectionKey::StandIn(number);
        let Some(stand_in) = self.stand_ins.get_mut(&number) else { return };
        let Place::Greets(request, poll) = &stand_in.place else { return };
        let (request, poll) = (*request, poll.clone());
        stand_in.place = Place::Polls(request, now + poll.wait_ms);
        let mut commands = Vec::new();
        for (log, after) in poll.after.clone() {
            if self.owners.get(&log).is_some_and(|owner| owner.is_followed_by(key)) {
                continue;
            }
            self.minted += 1;
            let id = CommandId::from_random(((1 << 110) + u128::from(self.minted)).to_be_bytes());
            stand_in.asks(id, log.clone(), after.clone());
            commands.push(Command { id, action: Action::Follow { log, after } });
        }
        for (_, owner) in self.owners.iter_mut().filter(|(log, _)| !poll.after.contains_key(log)) {
            owner.leaves(key);
        }
        for command in commands {
            self.command(key, command, now, dice);
        }
    }

    /// Keeps what was sent to stand-ins, and answers the polls that wait no longer. What else there
    /// is to do.
    pub(super) fn settle(&mut self, now: u64, dice: &mut Dice) -> Vec<Wish> {
        let mut others = Vec::new();
        loop {
            let wishes = std::mem::take(&mut self.wishes);
            if wishes.is_empty() {
                break;
            }
            for wish in wishes {
                match wish {
                    Wish::Send(ConnectionKey::StandIn(number), event) => {
                        self.keeps(number, event, now, dice, &mut others);
                    }
                    Wish::Close(ConnectionKey::StandIn(number), _) => {
                        self.is_not_greeted(number, &mut others);
                    }
                    other @ (Wish::Send(ConnectionKey::Socket(_), _)
                    | Wish::Close(ConnectionKey::Socket(_), _)
                    | Wish::Ask(..)
                    | Wish::Respond(..)) => others.push(other),
                }
            }
        }
        self.look(now, &mut others);
        others
    }

    fn keeps(
        &mut self,
        number: u64,
        event: Event,
        now: u64,
        dice: &mut Dice,
        others: &mut Vec<Wish>,
    ) {
        let Some(stand_in) = self.stand_ins.get_mut(&number) else { return };
        if let Place::Command(request) = stand_in.place {
            if matches!(event, Event::Ok { .. } | Event::Error { .. }) {
                others.push(Wish::Respond(request, Reply::Event(event)));
                self.forgets(number);
            }
            return;
        }
        let greeted = matches!(event, Event::Welcome(_));
        stand_in.keeps(event);
        if greeted {
            self.follows(number, now, dice);
        }
    }

    fn is_not_greeted(&mut self, number: u64, others: &mut Vec<Wish>) {
        let place = self.stand_ins.get(&number).map(|stand_in| &stand_in.place);
        if let Some(Place::Greets(request, _)) = place {
            others.push(Wish::Respond(*request, Reply::Problem(Problem::StoreAway)));
            self.forgets(number);
        }
    }

    /// Answers polls, and forgets whose client does not come back.
    fn look(&mut self, now: u64, others: &mut Vec<Wish>) {
        let planted = self.planted;
        let answers = self.stand_ins.values_mut().filter_map(|one| one.answer(planted, now));
        others.extend(answers.map(|(request, reply)| Wish::Respond(request, reply)));
        let gone = self.stand_ins.iter().filter(|(_, one)| one.is_over(now));
        let gone: Vec<u64> = gone.map(|(number, _)| *number).collect();
        for number in gone {
            self.forgets(number);
        }
    }

    /// A client does not wait for its answer any more. What a command began is finished.
    pub(super) fn given_up(&mut self, request: RequestId, now: u64) {
        let of_it = |one: &StandIn| match &one.place {
            Place::Polls(poll, _) | Place::Greets(poll, _) => *poll == request,
            Place::Command(_) | Place::Parked(_) | Place::Ended => false,
        };
        let mut stand_ins = self.stand_ins.iter_mut();
        let Some((number, stand_in)) = stand_ins.find(|(_, one)| of_it(one)) else { return };
        let number = *number;
        if !stand_in.is_left(now) {
            self.forgets(number);
        }
    }

    /// The node stops: whoever waits is told.
    pub(super) fn takes_leave(&mut self, delay_ms: u64) {
        let waiting = self.stand_ins.values_mut().filter(|one| one.is_idle());
        waiting.for_each(|one| one.keeps(Event::Restarting { delay_ms }));
    }
}
