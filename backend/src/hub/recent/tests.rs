//! What is answered from memory is what the store would have said.

use parlor_shared::{
    Body, CommandId, Entry, Epoch, LogId, Message, Offset, Page, PersonId, Position, RecordKey,
    Reset, RoomId, put,
};

use super::{Channel, Found, Recent};
use crate::engine::{Change, Expect, Outcome, Target, Write, log::MemoryLog};

/// A store of one log, and an owner that hears what happens.
struct Scene {
    store: MemoryLog,
    channel: Channel,
    recent: Recent,
    now: u64,
}

fn log() -> LogId {
    LogId::Room(RoomId::lobby())
}

fn position(offset: Offset) -> Position {
    Position { epoch: Epoch::new("e").unwrap(), offset }
}

impl Scene {
    fn new() -> Self {
        let store = MemoryLog::new(log(), Epoch::new("e").unwrap());
        let top = store.top();
        Self {
            channel: Channel::new(top.position.clone()),
            recent: Recent::new(top),
            store,
            now: 0,
        }
    }

    /// One change that the owner hears of, except where it is `deaf`.
    fn writes(&mut self, target: Target, text: Option<&str>, deaf: bool) -> Entry {
        self.now += 1;
        let author = PersonId::new("ada").unwrap();
        let mut random = [0; 16];
        getrandom::fill(&mut random).unwrap();
        let command = CommandId::from_random(random);
        let text = text.map(str::to_owned);
        let message = Message {
            author: author.clone(),
            name: "Ada".to_owned(),
            command,
            text,
            edited: false,
        };
        let change = Change { target, body: Body::Message(message), grant: None };
        let write = Write { log: log(), author, command, needs: None, change, keep: 10 };
        let Outcome::Written(entry) = self.store.write(write, self.now) else { panic!() };
        if !deaf {
            let delivered = self.channel.accept(entry.clone(), self.now);
            assert_eq!(delivered.len(), 1);
        }
        entry
    }

    fn says(&mut self, text: &str) -> Entry {
        self.writes(Target::NewMessage, Some(text), false)
    }

    fn finds(&mut self, after: Option<&Position>) -> Found {
        let asked = self.recent.moment();
        self.recent.page(&log(), after, &self.channel, asked, self.now)
    }

    fn page(&mut self, after: Option<&Position>) -> Page {
        match self.finds(after) {
            Found::Page(page) => page.page().clone(),
            other @ (Found::Ahead | Found::NeedsTop | Found::NeedsChanges) => {
                panic!("{after:?}: {other:?}")
            }
        }
    }

    fn reads_top(&mut self) {
        self.recent.note_top(self.store.top());
    }

    fn reads(&mut self, after: Option<Position>) {
        let page = self.store.changes(after.as_ref());
        self.recent.note_page(after, page, self.channel.position(), self.now);
    }
}

#[test]
fn entries_and_counts_answer_every_position_as_the_store_does() {
    let mut scene = Scene::new();
    for round in 0..30_u64 {
        let number = scene.says(&format!("text {round}")).record.number.unwrap();
        // Changed, deleted, changed again: each record once, in its newest state.
        for (back, text) in [(2, Some("edited")), (5, None)] {
            if number > back {
                let target = Target::Key(RecordKey::message(number - back), Expect::Anything);
                scene.writes(target, text, false);
            }
        }
        scene.reads_top();
        for offset in 0..=scene.channel.position().offset {
            let held = position(offset);
            assert_eq!(scene.page(Some(&held)), scene.store.changes(Some(&held)), "{offset}");
        }
        assert_eq!(
            scene.recent.top(&scene.channel, scene.recent.moment()),
            Some(scene.store.top())
        );
    }
}

#[test]
fn more_than_a_page_comes_in_pages() {
    let mut scene = Scene::new();
    for n in 0..15 {
        // Escaped, each character takes six bytes, which the entries do not count.
        scene.says(&"\u{1}".repeat(8_000 + n));
    }
    scene.reads_top();
    let (mut after, mut mine, mut pages) = (position(0), std::collections::BTreeMap::new(), 0);
    loop {
        let page = scene.page(Some(&after));
        assert_eq!(page, scene.store.changes(Some(&after)));
        after = page.position.clone();
        for record in page.records {
            put(&mut mine, record);
        }
        pages += 1;
        if !page.more {
            break;
        }
    }
    assert_eq!((pages, mine.len()), (2, 10));
    assert_eq!(after, *scene.channel.position());
}

#[test]
fn one_read_answers_everybody_on_the_way_from_where_it_began() {
    let mut scene = Scene::new();
    for n in 0..8 {
        scene.writes(Target::NewMessage, Some(&n.to_string()), true);
    }
    scene.channel = Channel::new(scene.store.top().position);
    scene.reads(Some(position(3)));
    for offset in 3..=8 {
        let held = position(offset);
        assert_eq!(scene.page(Some(&held)), scene.store.changes(Some(&held)), "{offset}");
    }
    assert!(
        matches!(scene.finds(Some(&position(2))), Found::NeedsChanges),
        "nobody read that far back"
    );
    assert!(matches!(scene.finds(None), Found::NeedsChanges));
    scene.reads(None);
    assert_eq!(scene.page(None), scene.store.changes(None));
}

#[test]
fn pages_read_from_the_store_lead_to_the_top_for_everybody() {
    let mut scene = Scene::new();
    for n in 0..9 {
        scene.writes(Target::NewMessage, Some(&"\u{1}".repeat(8_000 + n)), true);
    }
    scene.channel = Channel::new(scene.store.top().position);
    for _ in 0..2 {
        let mut after = position(1);
        loop {
            if matches!(scene.finds(Some(&after)), Found::NeedsChanges) {
                scene.reads(Some(after.clone()));
            }
            let page = scene.page(Some(&after));
            assert_eq!(page, scene.store.changes(Some(&after)));
            after = page.position;
            if !page.more {
                break;
            }
        }
    }
}

#[test]
fn a_fork_is_told_to_all_who_are_on_it_and_to_nobody_else() {
    let mut scene = Scene::new();
    for n in 0..5 {
        scene.says(&n.to_string());
    }
    let lost = |offset| Position { epoch: Epoch::new("lost").unwrap(), offset };
    scene.reads(Some(lost(3)));
    for offset in [3, 4, 99] {
        assert_eq!(scene.page(Some(&lost(offset))).reset, Some(Reset::Forked), "{offset}");
    }
    assert!(matches!(scene.finds(Some(&lost(2))), Found::NeedsChanges));
    assert_eq!(scene.page(Some(&position(2))).reset, None);
}

#[test]
fn what_is_out_of_date_is_told_only_to_those_who_waited_for_it() {
    let mut scene = Scene::new();
    scene.says("one");
    scene.reads_top();
    assert_eq!(scene.page(Some(&position(0))).records.len(), 1);
    let before = scene.recent.moment();
    let held = position(0);
    let finds = |scene: &mut Scene, asked| {
        scene.recent.page(&log(), Some(&held), &scene.channel, asked, scene.now)
    };
    scene.says("two");
    assert!(matches!(finds(&mut scene, before), Found::NeedsTop));
    assert_eq!(scene.recent.top(&scene.channel, before), None);
    scene.reads_top();
    scene.says("three");
    let Found::Page(page) = finds(&mut scene, before) else { panic!("who waited is told") };
    let page = page.page();
    assert_eq!((page.records.len(), page.last_number), (3, 3));
    assert_eq!(scene.recent.top(&scene.channel, before).unwrap().last_number, 3);
    let after = scene.recent.moment();
    assert!(matches!(finds(&mut scene, after), Found::NeedsTop), "who asks now is not");
    assert_eq!(scene.recent.top(&scene.channel, after), None);
}

#[test]
fn nothing_is_told_of_a_state_that_the_channel_has_not_reached() {
    let mut scene = Scene::new();
    scene.says("heard");
    let unheard = scene.writes(Target::NewMessage, Some("on its way"), true);
    scene.reads(Some(position(0)));
    assert!(matches!(scene.finds(Some(&position(0))), Found::Ahead));
    let _ = scene.channel.accept(unheard, scene.now);
    assert_eq!(scene.page(Some(&position(0))).records.len(), 2);
}

#[test]
fn a_page_that_is_not_the_last_waits_for_the_channel_too() {
    let mut scene = Scene::new();
    scene.says("heard");
    let heard = scene.channel.position().clone();
    let unheard: Vec<_> = (0..9)
        .map(|n| scene.writes(Target::NewMessage, Some(&"\u{1}".repeat(8_000 + n)), true))
        .collect();
    scene.reads_top();
    assert!(
        matches!(scene.finds(Some(&heard)), Found::Ahead),
        "what leads to the top is on its way"
    );
    scene.reads(Some(position(0)));
    assert!(matches!(scene.finds(Some(&position(0))), Found::Ahead));
    for entry in unheard {
        let _ = scene.channel.accept(entry, scene.now);
    }
    scene.reads(Some(position(0)));
    let page = scene.page(Some(&position(0)));
    assert!(page.more);
    assert_eq!(page, scene.store.changes(Some(&position(0))));
}
