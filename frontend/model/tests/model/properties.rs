//! Every order of arrival ends in one state; nothing that comes in can break the client.

use std::collections::BTreeSet;

use parlor_model::{Input, LinkId, Row, RowKey};
use parlor_shared::{Body, Event, Outcome, Page, Record, Reset};
use proptest::prelude::*;

use super::bench::{Bench, at, command, entry, message, page, summary};

/// The true history: 12 messages, some of them changed later; the record written at each offset.
fn history() -> Vec<Record> {
    let mut log: Vec<Record> = Vec::new();
    for number in 1..=12_u64 {
        let author = if number % 3 == 0 { "ada" } else { "bob" };
        let rev = log.len() as u64 + 1;
        log.push(message(number, rev, author, command(number as u8)));
        if number % 4 == 0 {
            let mut changed = message(number / 2, rev + 1, "bob", command((number / 2) as u8));
            if let Body::Message(body) = &mut changed.body {
                body.author = log
                    .iter()
                    .find_map(|r| match &r.body {
                        Body::Message(m) if r.number == changed.number => Some(m.author.clone()),
                        _ => None,
                    })
                    .unwrap();
                body.edited = true;
                body.text = (number != 8).then(|| format!("changed at {number}"));
            }
            log.push(changed);
        }
    }
    log
}

/// The records changed after `from`, up to `to`, each in its state at `to`, in order of `rev`.
fn changes(log: &[Record], from: usize, to: usize) -> Vec<Record> {
    let to = to.min(log.len());
    let newest =
        |record: &Record| !log[..to].iter().any(|r| r.key == record.key && r.rev > record.rev);
    log[from.min(to)..to].iter().filter(|record| newest(record)).cloned().collect()
}

fn numbers(bench: &Bench) -> Vec<(Option<u64>, Option<String>)> {
    bench.messages().into_iter().map(|(_, row)| (row.number, row.text)).collect()
}

fn unique(bench: &Bench) -> bool {
    let rows = bench.rows();
    rows.iter().map(|(key, _)| *key).collect::<BTreeSet<RowKey>>().len() == rows.len()
}

/// One thing that may come in, by place in the history.
#[derive(Clone, Debug)]
enum Arrival {
    Entry(usize),
    Changes(usize),
    Cut,
    Answer(usize),
    Say,
}

fn arrivals() -> impl Strategy<Value = Vec<Arrival>> {
    let one = prop_oneof![
        4 => (0_usize..20).prop_map(Arrival::Entry),
        1 => (0_usize..20).prop_map(Arrival::Changes),
        1 => Just(Arrival::Cut),
        3 => (1_usize..6).prop_map(Arrival::Answer),
        1 => Just(Arrival::Say),
    ];
    prop::collection::vec(one, 0..60)
}

/// Small and sensible, or as large as the wire allows.
fn number() -> impl Strategy<Value = u64> {
    prop_oneof![0_u64..9, 0..1_u64 << 53]
}

/// A server that has the whole history and answers the follow that is open, if one is.
fn answer(bench: &mut Bench, log: &[Record], count: usize) -> bool {
    let lobby = parlor_shared::LogId::Room(super::bench::lobby());
    let asked = bench.sent.iter().any(|command| {
        matches!(&command.action, parlor_shared::Action::Follow { log, .. } if *log == lobby)
    });
    if !asked {
        return false;
    }
    let (id, after) = bench.follow_of(&lobby);
    let from = after.as_ref().map_or(0, |position| position.offset) as usize;
    let to = (from + count).min(log.len());
    let reset = after.is_none().then_some(Reset::Start);
    let records = changes(log, from, to);
    let part = page(at("a", to as u64), records, 12);
    bench.ok(id, Outcome::Page(Page { reset, more: to < log.len(), ..part }));
    true
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_order_and_repetition_of_arrival_ends_in_the_same_rows(order in arrivals()) {
        let log = history();
        let mut bench = Bench::new();
        bench.welcomed(vec![summary(12, 0)]);
        for arrival in order {
            match arrival {
                Arrival::Entry(place) => {
                    let record = log[place % log.len()].clone();
                    bench.event(&entry("a", record));
                }
                Arrival::Changes(to) => {
                    let held = bench.client.chat().room(&super::bench::lobby());
                    if held.is_some_and(parlor_model::Room::live) {
                        let to = to.min(log.len());
                        bench.event(&Event::Changes(page(at("a", to as u64), changes(&log, 0, to), 12)));
                    }
                }
                Arrival::Cut => {
                    bench.cut();
                    bench.sent.clear();
                    bench.welcomed(vec![summary(12, 0)]);
                }
                Arrival::Answer(count) => {
                    answer(&mut bench, &log, count);
                }
                Arrival::Say => bench.says("pencil"),
            }
            prop_assert!(unique(&bench));
        }
        while answer(&mut bench, &log, 100) {}
        bench.cut();
        bench.sent.clear();
        bench.welcomed(vec![summary(12, 0)]);
        while answer(&mut bench, &log, 100) {}
        let mut whole = Bench::new();
        whole.welcomed(vec![summary(12, 0)]);
        while answer(&mut whole, &log, 100) {}
        let inked: Vec<_> = numbers(&bench).into_iter().filter(|(n, _)| n.is_some()).collect();
        prop_assert_eq!(inked, numbers(&whole));
        prop_assert!(unique(&bench));
    }

    #[test]
    fn no_frame_breaks_the_client(text in "\\PC{0,200}", kind in 0_usize..6) {
        let mut bench = Bench::live(3, 1);
        bench.says("pencil");
        let kinds = ["entry", "changes", "ok", "error", "welcome", "presence"];
        bench.input(Input::Frame(bench.link, text.clone()));
        let quoted = serde_json::to_string(&text).unwrap();
        bench.input(Input::Frame(bench.link, format!("{{\"type\":\"{}\",\"log\":{quoted}}}", kinds[kind])));
        bench.input(Input::Frame(LinkId(99), text));
        prop_assert_eq!(bench.shows().len(), 5);
    }

    #[test]
    fn no_entry_or_page_however_wrong_breaks_the_client(
        offsets in prop::collection::vec((number(), number(), number(), any::<bool>()), 1..20),
    ) {
        let mut bench = Bench::live(3, 1);
        for (offset, number, first_kept, whole) in offsets {
            let record = message(number, offset, "ada", command(offset as u8));
            let record = Record { time: number, ..record };
            if whole {
                let reset = Some(Reset::Forked);
                let wrong = page(at("b", offset), vec![record], number);
                bench.event(&Event::Changes(Page { first_kept, reset, ..wrong }));
            } else {
                bench.event(&entry("a", record));
            }
            bench.wait(100);
            prop_assert!(unique(&bench));
            let _: Vec<(RowKey, Row)> = bench.rows();
        }
    }
}
