//! What is asked for, and what is told of the answers.

use parlor_shared::{
    AnswerId, Body, ClientFrame, CommandId, ConnectionId, Entry, Epoch, LogId, Message, PersonId,
    PollRequest, Record, RecordKey, Reset, RoomId, decode_client_frame,
};

use super::{
    Action, CloseCode, Command, Errand, Event, Outcome, Page, PollAnswer, Polling, Position,
    Problem, Way, encode, read,
};

fn lobby() -> LogId {
    LogId::Room(RoomId::lobby())
}

fn at(offset: u64) -> Position {
    Position { epoch: Epoch::new("e").unwrap(), offset }
}

fn page(offset: u64, reset: Option<Reset>, more: bool) -> Page {
    let (log, position, records) = (lobby(), at(offset), Vec::new());
    Page { log, reset, records, position, more, first_kept: 1, last_number: 0 }
}

fn entry(offset: u64) -> Event {
    let author = PersonId::new("ada").unwrap();
    let command = CommandId::from_random([1; 16]);
    let body = Body::Message(Message {
        author: author.clone(),
        name: "Ada".to_owned(),
        command,
        text: Some("hello".to_owned()),
        edited: false,
    });
    let key = RecordKey::new("message:1");
    let record = Record { key, rev: offset, number: Some(1), time: 1, body };
    Event::Entry(Entry {
        log: lobby(),
        epoch: Epoch::new("e").unwrap(),
        offset,
        time: 1,
        author,
        command,
        record,
    })
}

fn answer(number: u64, events: Vec<Event>) -> String {
    let connection = ConnectionId::new("c1").unwrap();
    encode(&PollAnswer { answer: AnswerId { connection, number }, events, refused: Vec::new() })
}

fn polls(errands: &[Errand]) -> Vec<(u64, PollRequest)> {
    let polls = errands.iter().filter_map(|errand| match errand {
        Errand::Poll(number, body) => Some((*number, serde_json::from_str(body).unwrap())),
        Errand::Command(..) | Errand::Rest(_) | Errand::Event(_) | Errand::Close(_) => None,
    });
    polls.collect()
}

fn events(errands: &[Errand]) -> Vec<Event> {
    let events = errands.iter().filter_map(|errand| match errand {
        Errand::Event(event) => Some(event.clone()),
        Errand::Command(..) | Errand::Poll(..) | Errand::Rest(_) | Errand::Close(_) => None,
    });
    events.collect()
}

/// A link that has greeted, and its poll under way.
fn greeted(way: Way) -> (Polling, u64) {
    let (mut link, first) = Polling::open(way);
    let (number, poll) = polls(&first).remove(0);
    assert_eq!(poll, PollRequest::default());
    let next = link.polled(number, Some(&answer(1, vec![Event::Unknown])));
    let under_way = polls(&next).first().map_or(number, |(number, _)| *number);
    (link, under_way)
}

fn command(id: u8, action: Action) -> (CommandId, String) {
    let id = CommandId::from_random([id; 16]);
    (id, encode(&Command { id, action }))
}

fn transmit(link: &mut Polling, frame: String) -> Vec<Errand> {
    let ClientFrame::Command(command) = decode_client_frame(&frame).unwrap() else {
        panic!("no command")
    };
    link.transmit(&command, frame)
}

/// Follows the lobby, which stands at offset 5.
fn follow(link: &mut Polling) -> Vec<Errand> {
    let (id, frame) = command(1, Action::Follow { log: lobby(), after: None });
    assert_eq!(transmit(link, frame.clone()), [Errand::Command(id, frame)]);
    let reply = Event::Ok { id, result: Outcome::Page(page(5, Some(Reset::Start), false)) };
    link.replied(id, Some(&encode(&reply)))
}

#[test]
fn a_followed_log_is_asked_for_from_where_its_last_event_left_it() {
    let (mut link, _) = greeted(Way::Long);
    let (number, poll) = polls(&follow(&mut link)).remove(0);
    assert_eq!(poll.after[&lobby()], Some(at(5)));
    assert_eq!(poll.wait_ms, 25_000);
    let told = link.polled(number, Some(&answer(2, vec![entry(6)])));
    assert_eq!(events(&told), [entry(6)]);
    let (number, poll) = polls(&told).remove(0);
    assert_eq!((poll.answer.unwrap().number, &poll.after[&lobby()]), (2, &Some(at(6))));
    let told = link.polled(number, Some(&answer(3, vec![Event::Changes(page(9, None, false))])));
    assert_eq!(polls(&told)[0].1.after[&lobby()], Some(at(9)));
}

#[test]
fn what_an_overtaken_poll_says_is_not_told() {
    let (mut link, old) = greeted(Way::Long);
    let (new, _) = polls(&follow(&mut link)).remove(0);
    assert!(link.polled(old, Some(&answer(2, vec![entry(6)]))).is_empty());
    assert_eq!(events(&link.polled(new, Some(&answer(3, vec![entry(6)])))), [entry(6)]);
}

#[test]
fn a_log_that_is_being_followed_anew_is_told_by_its_page_alone() {
    let (mut link, _) = greeted(Way::Long);
    let (number, _) = polls(&follow(&mut link)).remove(0);
    let (id, frame) = command(2, Action::Follow { log: lobby(), after: Some(at(5)) });
    transmit(&mut link, frame);
    let told = link.polled(number, Some(&answer(2, vec![entry(6)])));
    assert!(events(&told).is_empty() && polls(&told).is_empty(), "{told:?}");
    let reply = Event::Ok { id, result: Outcome::Page(page(6, None, false)) };
    let told = link.replied(id, Some(&encode(&reply)));
    assert_eq!(events(&told), [reply]);
    assert_eq!(polls(&told)[0].1.after[&lobby()], Some(at(6)));
}

#[test]
fn a_log_that_begins_afresh_is_followed_anew() {
    let interrupted = Event::Interrupted { log: lobby() };
    for event in [
        Event::Changes(page(9, Some(Reset::TooMany), false)),
        Event::Changes(page(9, None, true)),
        interrupted.clone(),
    ] {
        let (mut link, _) = greeted(Way::Long);
        let (number, _) = polls(&follow(&mut link)).remove(0);
        let told = link.polled(number, Some(&answer(2, vec![event])));
        assert_eq!(events(&told), std::slice::from_ref(&interrupted));
        assert!(polls(&told)[0].1.after.is_empty());
    }
}

#[test]
fn a_refused_log_is_followed_anew_so_that_its_follower_learns_why() {
    let (mut link, _) = greeted(Way::Long);
    let (number, _) = polls(&follow(&mut link)).remove(0);
    let connection = ConnectionId::new("c1").unwrap();
    let refused = vec![(lobby(), Problem::NotAMember)];
    let body = PollAnswer { answer: AnswerId { connection, number: 2 }, events: vec![], refused };
    let told = link.polled(number, Some(&encode(&body)));
    assert!(events(&told).contains(&Event::Interrupted { log: lobby() }));
    assert!(polls(&told)[0].1.after.is_empty());
}

#[test]
fn commands_of_one_room_go_one_by_one_and_four_at_once_in_all() {
    let (mut link, _) = greeted(Way::Long);
    let send =
        |room: &str| Action::Send { room: RoomId::new(room).unwrap(), text: "hi".to_owned() };
    let (one, first) = command(1, send("one"));
    let (two, second) = command(2, send("one"));
    assert_eq!(transmit(&mut link, first.clone()), [Errand::Command(one, first)]);
    assert!(transmit(&mut link, second.clone()).is_empty());
    for room in 3..6 {
        let (id, frame) = command(room, send(&format!("room{room}")));
        assert_eq!(transmit(&mut link, frame.clone()), [Errand::Command(id, frame)]);
    }
    let (sixth, frame) = command(6, send("room6"));
    assert!(transmit(&mut link, frame.clone()).is_empty());
    let done = Event::Ok { id: one, result: Outcome::Done };
    let told = link.replied(one, Some(&encode(&done)));
    assert_eq!(told, [Errand::Event(done), Errand::Command(two, second)]);
    let done = Event::Ok { id: two, result: Outcome::Done };
    assert!(link.replied(two, Some(&encode(&done))).contains(&Errand::Command(sixth, frame)));
}

#[test]
fn a_short_way_rests_between_its_polls_and_only_once() {
    let (mut link, number) = greeted(Way::Short);
    let (again, poll) = polls(&follow(&mut link)).remove(0);
    assert_eq!(poll.wait_ms, 0);
    assert!(again > number);
    let told = link.polled(again, Some(&answer(2, Vec::new())));
    assert_eq!(told, [Errand::Event(Event::Ping)], "a rest is under way since the greeting");
    let (next, _) = polls(&link.rested()).remove(0);
    assert!(link.rested().is_empty(), "a poll is under way");
    let told = link.polled(next, Some(&answer(3, Vec::new())));
    assert_eq!(told, [Errand::Event(Event::Ping), Errand::Rest(2_000)]);
}

/// The answer to a poll under way, and to a command.
fn told(body: Option<&str>) -> (Vec<Errand>, Vec<Errand>, CommandId) {
    let (mut link, number) = greeted(Way::Long);
    let polled = link.polled(number, body);
    let (mut link, _) = greeted(Way::Long);
    let (id, frame) = command(1, Action::Ping);
    transmit(&mut link, frame);
    (polled, link.replied(id, body), id)
}

#[test]
fn a_request_that_gets_no_answer_ends_the_link_and_so_does_a_session_that_is_over() {
    let refusal = encode(&Problem::NoSession);
    for (body, code) in [(None, 1006), (Some(refusal.as_str()), CloseCode::NoSession.code())] {
        let (polled, replied, _) = told(body);
        assert_eq!((polled, replied), (vec![Errand::Close(code)], vec![Errand::Close(code)]));
    }
}

#[test]
fn a_command_that_somebody_between_answers_fails_alone() {
    for body in ["<html>".to_owned(), encode(&Problem::Malformed), encode(&Problem::Busy)] {
        let problem = read(&body).unwrap_or(Problem::Internal);
        let (_, replied, id) = told(Some(&body));
        assert_eq!(replied, [Errand::Event(Event::Error { id: Some(id), problem })]);
    }
    assert_eq!(told(Some("<html>")).0, [Errand::Close(1006)]);
}

#[test]
fn a_server_that_names_its_trouble_is_not_the_networks_fault_and_a_crowded_one_is_waited_for() {
    let (polled, ..) = told(Some(&encode(&Problem::Internal)));
    assert_eq!(polled, [Errand::Close(CloseCode::Internal.code())]);
    for (problem, wait_ms) in
        [(Problem::TooManyConnections, 5_000), (Problem::TooFast { wait_ms: 70 }, 70)]
    {
        assert_eq!(told(Some(&encode(&problem))).0, [Errand::Rest(wait_ms)]);
    }
}

#[test]
fn a_link_to_a_stopping_server_ends_when_what_is_under_way_is_answered() {
    let restarting = Event::Restarting { delay_ms: 7 };
    let code = CloseCode::Restarting.code();
    let (mut link, number) = greeted(Way::Long);
    let told = link.polled(number, Some(&answer(2, vec![restarting.clone()])));
    assert_eq!(told, [Errand::Event(restarting.clone()), Errand::Close(code)]);
    let (mut link, number) = greeted(Way::Long);
    let (id, frame) = command(1, Action::Ping);
    transmit(&mut link, frame);
    let told = link.polled(number, Some(&answer(2, vec![restarting.clone()])));
    assert_eq!(told, [Errand::Event(restarting)]);
    assert!(transmit(&mut link, command(2, Action::Ping).1).is_empty());
    let done = Event::Ok { id, result: Outcome::Done };
    assert_eq!(link.replied(id, Some(&encode(&done))), [Errand::Event(done), Errand::Close(code)]);
}
