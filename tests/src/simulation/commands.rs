//! What a node does with commands, and with the store's answers to them.

use parlor::engine::{Outcome as Stored, PageRequest};
use parlor_shared::{
    Action, Command, DedupeWindow, Event, LogId, Outcome, Person, Problem, RoomListing, Welcome,
    limits::{Limits, PING_MS, check_text},
};

use super::{
    connection::ConnectionKey,
    dice::Dice,
    node::{Node, Purpose, Wish},
    standing::Standing,
    store::{Answer, Ask, said},
};

/// The window that the welcome names, in milliseconds: shorter than the store's, so that clients
/// come to be in doubt.
const DEDUPE_MS: u64 = 40_000;
/// The store's clock at the beginning, in milliseconds.
pub(super) const EPOCH_MS: u64 = 1_700_000_000_000;

impl Node {
    pub(super) fn welcome(&mut self, key: ConnectionKey, answer: Answer, now: u64) {
        let Some(connection) = self.connections.get(&key) else {
            return;
        };
        let Answer::Rooms(rooms) = answer else {
            self.wishes.push(Wish::Close(key, 4004));
            return;
        };
        let welcome = Welcome {
            connection: self.id_of(key),
            person: connection.person.clone(),
            server: "simulated".to_owned(),
            time: EPOCH_MS + now,
            limits: Limits::default(),
            ping_ms: PING_MS,
            dedupe: DedupeWindow { ms: DEDUPE_MS, commands: 1_000 },
            rooms,
        };
        self.wishes.push(Wish::Send(key, Event::Welcome(Box::new(welcome))));
    }

    /// Begins a command whose turn it is.
    pub(super) fn begin(
        &mut self,
        key: ConnectionKey,
        command: Command,
        now: u64,
        dice: &mut Dice,
    ) {
        let Some(person) = self.connections.get(&key).map(|known| known.person.clone()) else {
            return;
        };
        let id = command.id;
        let ask = match &command.action {
            Action::Follow { log, .. } => {
                let owner = self.owners.entry(log.clone()).or_default();
                if owner.runs() {
                    return self.read_for(key, command);
                }
                owner.waits(key, command);
                return self.turn(now);
            }
            Action::History { room, before, limit } => {
                let limit = usize::try_from(*limit).unwrap_or(100);
                Ask::History(person.id, room.clone(), PageRequest { before: *before, limit })
            }
            Action::Send { room, text } => {
                let mood = mood(self.moody, dice);
                if let Some(problem) = check_text(text).err().or(mood) {
                    return self.refuse(key, &command, problem, now, dice);
                }
                Ask::Write(Box::new(said(room, &person, id, text.clone(), self.keep)))
            }
            Action::Edit { room, number, text } => {
                let (room, number, text) = (room.clone(), *number, Some(text.clone()));
                Ask::Change { room, number, person, command: id, text }
            }
            Action::Delete { room, number } => {
                let (room, number) = (room.clone(), *number);
                Ask::Change { room, number, person, command: id, text: None }
            }
            Action::Read { room, position, number } => {
                let (room, position, number) = (room.clone(), position.clone(), *number);
                Ask::Read { person, room, position, number, command: id }
            }
            Action::Ping | Action::Typing { .. } | Action::Unfollow { .. } => {
                return self.reply(key, &command, Outcome::Done, now, dice);
            }
            Action::Join { .. } | Action::Leave { .. } => {
                let Some(standing) = wanted(&command, person) else {
                    return;
                };
                Ask::Role(Box::new(standing))
            }
            Action::CreateRoom { .. } | Action::FindRooms { .. } | Action::Roster { .. } => {
                return self.refuse(key, &command, Problem::NotAllowed, now, dice);
            }
        };
        self.wishes.push(Wish::Ask(Purpose::Command(key, Box::new(command)), ask));
    }

    /// Reads the changes that a follow asks for.
    pub(super) fn read_for(&mut self, key: ConnectionKey, command: Command) {
        let person = self.connections.get(&key).map(|known| known.person.id.clone());
        if let (Action::Follow { log, after }, Some(person)) = (&command.action, person) {
            let ask = Ask::Follow(person, log.clone(), after.clone());
            self.wishes.push(Wish::Ask(Purpose::Command(key, Box::new(command)), ask));
        }
    }

    /// The store answered a command.
    pub(super) fn command_answered(
        &mut self,
        key: ConnectionKey,
        command: &Command,
        answer: Answer,
        now: u64,
        dice: &mut Dice,
    ) {
        match answer {
            Answer::Page(page) => {
                let follows = matches!(command.action, Action::Follow { .. });
                if !follows || page.more {
                    return self.reply(key, command, Outcome::Page(page), now, dice);
                }
                let log: LogId = page.log.clone();
                let person = self.connections.get(&key).map(|known| known.person.id.clone());
                if let (Some(person), Some(owner)) = (person, self.owners.get_mut(&log)) {
                    owner.completes(key, person, command, page, now, &mut self.wishes);
                }
                self.replied(key, command, now, dice);
            }
            Answer::RoleSet(stored) => {
                if let Stored::Written(entry) = stored {
                    self.hears(entry, now);
                }
                self.note_for(key, command);
            }
            Answer::RoleStands => self.note_for(key, command),
            Answer::Stands => self.reply(key, command, written(command, 0, None), now, dice),
            Answer::Done(Stored::Written(entry)) => {
                let (offset, number) = (entry.offset, entry.record.number);
                self.hears(entry, now);
                let done = written(command, offset, number);
                self.reply(key, command, done, now, dice);
            }
            Answer::Done(Stored::Repeat { offset, number }) => {
                let done = written(command, offset, number);
                self.reply(key, command, done, now, dice);
            }
            Answer::Done(Stored::Forbidden) | Answer::NotAMember => {
                self.refuse(key, command, Problem::NotAMember, now, dice);
            }
            Answer::Done(Stored::Conflict { .. }) => {
                self.refuse(key, command, Problem::Busy, now, dice);
            }
            Answer::NoSuchMessage => {
                self.refuse(key, command, Problem::NoSuchMessage { number: 0 }, now, dice);
            }
            Answer::Timeout => self.refuse(key, command, Problem::StoreTimeout, now, dice),
            Answer::Away | Answer::Top(_) | Answer::Rooms(_) => {
                self.refuse(key, command, Problem::StoreAway, now, dice);
            }
        }
    }

    /// The second step of joining or leaving.
    fn note_for(&mut self, key: ConnectionKey, command: &Command) {
        let person = self.connections.get(&key).map(|known| known.person.clone());
        if let Some(standing) = person.and_then(|person| wanted(command, person)) {
            let purpose = Purpose::Command(key, Box::new(command.clone()));
            self.wishes.push(Wish::Ask(purpose, Ask::Note(Box::new(standing))));
        }
    }

    fn reply(
        &mut self,
        to: ConnectionKey,
        command: &Command,
        result: Outcome,
        now: u64,
        dice: &mut Dice,
    ) {
        self.wishes.push(Wish::Send(to, Event::Ok { id: command.id, result }));
        self.replied(to, command, now, dice);
    }

    fn refuse(
        &mut self,
        to: ConnectionKey,
        command: &Command,
        problem: Problem,
        now: u64,
        dice: &mut Dice,
    ) {
        self.wishes.push(Wish::Send(to, Event::Error { id: Some(command.id), problem }));
        self.replied(to, command, now, dice);
    }
}

/// The standing that a command wants.
fn wanted(command: &Command, person: Person) -> Option<Standing> {
    let (room, joins) = match &command.action {
        Action::Join { room } => (room.clone(), true),
        Action::Leave { room } => (room.clone(), false),
        Action::Follow { .. }
        | Action::Unfollow { .. }
        | Action::History { .. }
        | Action::Send { .. }
        | Action::Edit { .. }
        | Action::Delete { .. }
        | Action::Read { .. }
        | Action::CreateRoom { .. }
        | Action::FindRooms { .. }
        | Action::Roster { .. }
        | Action::Typing { .. }
        | Action::Ping => return None,
    };
    Some(Standing { room, person, command: command.id, joins })
}

fn written(command: &Command, offset: u64, number: Option<u64>) -> Outcome {
    match &command.action {
        Action::Read { .. } | Action::Leave { .. } => Outcome::Done,
        Action::Join { room } => {
            let name = room.as_str().to_owned();
            Outcome::Room(RoomListing { room: room.clone(), name })
        }
        Action::Follow { .. }
        | Action::Unfollow { .. }
        | Action::History { .. }
        | Action::Send { .. }
        | Action::Edit { .. }
        | Action::Delete { .. }
        | Action::CreateRoom { .. }
        | Action::FindRooms { .. }
        | Action::Roster { .. }
        | Action::Typing { .. }
        | Action::Ping => Outcome::Written { offset, number },
    }
}

/// A refusal for no reason, now and then.
fn mood(moody: u64, dice: &mut Dice) -> Option<Problem> {
    if !dice.percent(moody) {
        return None;
    }
    Some(match dice.between(0, 3) {
        0 => Problem::TooFast { wait_ms: 700 },
        1 => Problem::Busy,
        2 => Problem::Internal,
        _ => Problem::NotAllowed,
    })
}
