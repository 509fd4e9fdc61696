//! Writers and readers that note what they saw, and the comparison with what is there.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use anyhow::{Context, Result, ensure};
use parlor_shared::{
    Action, Body, Command, CommandId, Event, Number, Outcome, Record, RoomId, encode,
};
use parlor_tests::{Raw, Session, eventually, fresh_command};
use tokio::task::JoinHandle;

use crate::cast::{lobby, lobby_log, page, send};

const WRITERS: usize = 4;
const READERS: usize = 2;

/// What anybody saw confirmed, by a reply or by an entry: the number of each command.
type Seen = Arc<Mutex<HashMap<CommandId, Number>>>;

pub(crate) struct Load {
    url: String,
    people: Vec<Session>,
    seen: Seen,
    /// Sent and never decided: to be asked again, with the same id.
    undecided: Vec<(usize, Command)>,
    /// What was found after the last restart.
    there: BTreeMap<Number, CommandId>,
}

pub(crate) struct Running {
    writers: Vec<JoinHandle<Option<Command>>>,
    readers: Vec<JoinHandle<()>>,
}

impl Load {
    pub(crate) async fn new(url: &str) -> Result<Self> {
        let mut people = Vec::new();
        for number in 0..WRITERS + READERS {
            people.push(Session::begin(url, &format!("Person {number} x")).await?);
        }
        let (undecided, there) = (Vec::new(), BTreeMap::new());
        Ok(Self { url: url.to_owned(), people, seen: Seen::default(), undecided, there })
    }

    /// Lets everybody write and read until `confirmed` more messages are.
    pub(crate) async fn start(&mut self, confirmed: usize) -> Result<Running> {
        let enough = self.seen.lock().unwrap().len() + confirmed;
        let (mut writers, mut readers) = (Vec::new(), Vec::new());
        for (number, person) in self.people.iter().enumerate() {
            let (mut raw, _) = Raw::enter(&self.url, person).await?;
            let seen = Arc::clone(&self.seen);
            if number < WRITERS {
                let person = person.person.name.clone();
                writers.push(tokio::spawn(async move { writes(raw, &person, &seen).await }));
            } else {
                raw.follow(&lobby_log(), None).await?;
                readers.push(tokio::spawn(reads(raw, seen)));
            }
        }
        eventually("enough is confirmed", async || {
            (self.seen.lock().unwrap().len() >= enough).then_some(())
        })
        .await?;
        Ok(Running { writers, readers })
    }

    /// Asks again what is undecided, reads everything back, and compares.
    pub(crate) async fn check(&mut self) -> Result<()> {
        for (writer, command) in std::mem::take(&mut self.undecided) {
            let person = self.people.get(writer).context("no such writer")?;
            let (mut raw, _) = Raw::enter(&self.url, person).await?;
            let reply = raw.ask_as(command.id, command.action).await?;
            let Ok(Outcome::Written { number: Some(number), .. }) = reply else {
                anyhow::bail!("{reply:?}")
            };
            self.seen.lock().unwrap().insert(command.id, number);
        }
        let there = self.read_back().await?;
        for (number, command) in &self.there {
            ensure!(there.get(number) == Some(command), "message {number} changed or is gone");
        }
        let by_command: HashMap<_, _> = there.iter().map(|(number, id)| (*id, *number)).collect();
        ensure!(by_command.len() == there.len(), "a command was written twice");
        for (command, number) in self.seen.lock().unwrap().iter() {
            let found = by_command.get(command);
            ensure!(found == Some(number), "seen as {number}, found as {found:?}");
        }
        let numbers: Vec<_> = there.keys().copied().collect();
        ensure!(numbers == (1..=there.len() as u64).collect::<Vec<_>>(), "a hole in the numbers");
        self.there = there;
        Ok(())
    }

    /// All messages from the newest down to the first.
    async fn read_back(&self) -> Result<BTreeMap<Number, CommandId>> {
        let person = self.people.last().context("nobody")?;
        let (mut raw, welcome) = Raw::enter(&self.url, person).await?;
        let lobby_summary = welcome.rooms.first().context("no lobby")?;
        let (mut there, mut before) = (BTreeMap::new(), lobby_summary.last_number + 1);
        loop {
            let history = Action::History { room: lobby(), before, limit: 100 };
            let page = page(raw.done(history).await?);
            there.extend(page.records.iter().filter_map(numbered));
            match there.keys().next() {
                Some(lowest) if page.more => before = *lowest,
                _ => return Ok(there),
            }
        }
    }

    /// How many were confirmed, and how many are there.
    pub(crate) fn totals(&self) -> (usize, usize) {
        (self.seen.lock().unwrap().len(), self.there.len())
    }
}

impl Running {
    /// Waits until everybody has noticed that the server is gone.
    pub(crate) async fn ends(self, load: &mut Load) {
        for (number, writer) in self.writers.into_iter().enumerate() {
            load.undecided.extend(writer.await.unwrap().map(|command| (number, command)));
        }
        for reader in self.readers {
            reader.await.unwrap();
        }
    }
}

fn numbered(record: &Record) -> Option<(Number, CommandId)> {
    match &record.body {
        Body::Message(message) => Some((record.number?, message.command)),
        Body::Member(_)
        | Body::Room(_)
        | Body::Membership(_)
        | Body::Read(_)
        | Body::Unknown { .. } => None,
    }
}

/// Writes one message after another until the server is gone; gives the one left undecided.
async fn writes(mut raw: Raw, person: &str, seen: &Seen) -> Option<Command> {
    for number in 0_u64.. {
        let action = send(&RoomId::lobby(), format!("{person}: {number}"));
        let command = Command { id: fresh_command(), action };
        if raw.send_text(&encode(&command)).await.is_err() {
            return Some(command);
        }
        match raw.reply(command.id).await {
            Ok(Ok(Outcome::Written { number: Some(number), .. })) => {
                let before = seen.lock().unwrap().insert(command.id, number);
                assert!(before.is_none_or(|before| before == number), "two numbers for one");
            }
            Ok(Ok(other)) => panic!("{other:?}"),
            Ok(Err(problem)) => {
                assert_ne!(problem.retry(), parlor_shared::Retry::Final, "{problem:?}");
                return Some(command);
            }
            Err(_) => return Some(command),
        }
    }
    None
}

/// Notes every entry until the server is gone.
async fn reads(mut raw: Raw, seen: Seen) {
    let mut last = 0;
    while let Ok(event) = raw.next().await {
        if let Event::Entry(entry) = event {
            assert!(entry.offset > last, "out of order");
            last = entry.offset;
            if let Some((number, command)) = numbered(&entry.record) {
                let before = seen.lock().unwrap().insert(command, number);
                assert!(before.is_none_or(|before| before == number), "two numbers for one");
            }
        }
    }
}
