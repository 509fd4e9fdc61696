//! Which way a client takes to its server, and how it changes.

use parlor_model::{Asking, Input, Link, LinkId, Standing, Way};
use parlor_shared::{
    Action, AnswerId, ClientFrame, Command, CommandId, ConnectionId, Event, LogId, Outcome, Page,
    PollAnswer, PollRequest, Problem, decode_client_frame, encode,
};

use super::bench::{Bench, at, entry, lobby, others, page, person, summary};

impl Bench {
    fn way(&self) -> Way {
        self.client.link().way
    }

    fn is_connected(&self) -> bool {
        self.client.link().link == Link::Connected
    }

    /// The server says of the last attempt that was asked about how the person stands.
    fn session(&mut self, standing: Standing) {
        let link = self.questions.pop().expect("the session is asked for");
        self.input(Input::Session(link, standing));
    }

    /// The last poll, and how it was asked.
    fn poll(&self) -> (LinkId, Asking, PollRequest) {
        let poll = self.posts.iter().rev().find(|(_, asking, _)| matches!(asking, Asking::Poll(_)));
        let (link, asking, body) = poll.expect("a poll is under way");
        (*link, *asking, serde_json::from_str(body).unwrap())
    }

    fn answers(&mut self, events: Vec<Event>) {
        let (link, asking, poll) = self.poll();
        let number = poll.answer.map_or(0, |answer| answer.number) + 1;
        let answer = AnswerId { connection: ConnectionId::new("c").unwrap(), number };
        let body = encode(&PollAnswer { answer, events, refused: Vec::new() });
        self.input(Input::Answered(link, asking, Some(body)));
    }

    /// How many polls there have been.
    fn polls(&self) -> usize {
        self.posts.iter().filter(|(_, asking, _)| matches!(asking, Asking::Poll(_))).count()
    }

    /// All that is followed stands at the top.
    fn follows_are_answered(&mut self) {
        for (link, asking, body) in self.posts.clone() {
            if let (Some((id, log)), Asking::Command(_)) = (follow(&body), asking) {
                let page = Page { log, ..page(at("a", 1), Vec::new(), 1) };
                let reply = encode(&Event::Ok { id, result: Outcome::Page(page) });
                self.input(Input::Answered(link, asking, Some(reply)));
            }
        }
    }

    /// The poll under way gets no answer.
    fn poll_fails(&mut self) {
        let (link, asking, _) = self.poll();
        self.input(Input::Answered(link, asking, None));
    }

    fn greets(&mut self) {
        let welcome = self.welcome(vec![summary(1, 1)]);
        self.answers(vec![welcome]);
        assert!(self.is_connected());
    }

    /// A client whose sockets the network refuses, and which polls.
    fn polling() -> Self {
        let mut bench = Self::new();
        bench.input(Input::Connect);
        for _ in 0..2 {
            bench.cut();
            bench.session(Standing::Known);
        }
        bench.greets();
        bench
    }
}

#[test]
fn a_socket_that_cannot_be_opened_is_tried_twice_and_then_long_polls_go_on() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    bench.cut();
    bench.session(Standing::Known);
    assert_eq!((bench.connects, bench.way()), (2, Way::Socket));
    bench.cut();
    bench.session(Standing::Known);
    assert_eq!((bench.connects, bench.way()), (2, Way::Long));
    bench.greets();
    bench.answers(Vec::new());
    assert_eq!(bench.poll().2.wait_ms, 25_000);
}

#[test]
fn what_the_server_says_counts_also_when_the_next_attempt_has_begun() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    for attempts in 2..=3 {
        bench.cut();
        bench.wait(1_000);
        assert_eq!((bench.connects, bench.way()), (attempts, Way::Socket));
        bench.session(Standing::Known);
    }
    assert_eq!((bench.connects, bench.way()), (3, Way::Long));
    bench.greets();
    assert!(bench.is_connected());
}

#[test]
fn what_the_server_said_of_one_way_counts_for_no_other() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    for _ in 0..3 {
        bench.cut();
        bench.wait(1_000);
    }
    bench.session(Standing::Known);
    bench.session(Standing::Known);
    assert_eq!(bench.way(), Way::Long);
    bench.session(Standing::Known);
    bench.poll_fails();
    bench.session(Standing::Known);
    assert_eq!(bench.way(), Way::Long, "one failure is none");
}

#[test]
fn what_the_server_said_of_an_ended_session_counts_for_no_other() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    for _ in 0..2 {
        bench.cut();
        bench.wait(1_000);
    }
    bench.session(Standing::Nobody);
    assert_eq!(bench.client.link().link, Link::Out { code: 4500 });
    bench.input(Input::Connect);
    bench.session(Standing::Nobody);
    assert_eq!(bench.client.link().link, Link::Connecting);
}

#[test]
fn a_socket_without_a_welcome_is_passed_by_before_the_banner_comes() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    bench.wait(2_000);
    bench.session(Standing::Known);
    bench.greets();
    assert_eq!((bench.connects, bench.disconnects, bench.way()), (1, 0, Way::Long));
}

#[test]
fn a_socket_that_was_only_slow_is_taken_after_all() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    bench.wait(2_000);
    bench.session(Standing::Known);
    bench.greets();
    let welcome = bench.welcome(vec![summary(1, 1)]);
    bench.event(&welcome);
    assert!(bench.is_connected());
    assert_eq!((bench.connects, bench.abandoned, bench.way()), (1, 1, Way::Socket));
}

#[test]
fn whom_the_server_does_not_know_is_told_so_and_not_that_the_network_is_bad() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    bench.cut();
    bench.session(Standing::Nobody);
    assert_eq!(bench.client.link().link, Link::Out { code: 4500 });
    bench.wait(600_000);
    assert_eq!(bench.connects, 1);
}

#[test]
fn a_server_that_is_away_changes_no_way() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    for _ in 0..10 {
        bench.cut();
        bench.session(Standing::Unreached);
        bench.wait(30_000);
    }
    assert_eq!(bench.way(), Way::Socket);
    assert!(bench.posts.is_empty());
}

#[test]
fn a_socket_that_the_server_closed_in_its_own_words_is_not_blamed() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    bench.input(Input::Closed(bench.link, 4004));
    assert!(bench.questions.is_empty());
    let mut bench = Bench::live(1, 1);
    bench.wait(20_000);
    bench.cut();
    assert!(bench.questions.is_empty(), "it had stood");
}

#[test]
fn a_socket_is_tried_again_ever_more_rarely_beside_the_polls() {
    let mut bench = Bench::polling();
    let before = bench.connects;
    let mut trials = Vec::new();
    while bench.now.mono_ms < 3_600_000 {
        bench.wait(1_000);
        bench.answers(Vec::new());
        if bench.connects > before + trials.len() {
            trials.push(bench.now.mono_ms);
            bench.cut();
        }
        assert!(bench.is_connected(), "the polls go on meanwhile");
    }
    assert!(trials[0] <= 33_000, "{trials:?}");
    assert!((8..=16).contains(&trials.len()), "{trials:?}");
    bench.input(Input::Online);
    bench.wait(1);
    assert_eq!(bench.connects, before + trials.len() + 1, "another network, another chance");
}

#[test]
fn the_way_back_loses_and_repeats_nothing() {
    let mut bench = Bench::polling();
    bench.says("hello");
    let follows = bench.posts.iter().filter_map(|(_, _, body)| follow(body));
    let follows: Vec<_> = follows.map(|(_, log)| log).collect();
    assert_eq!(follows, [LogId::Person(person("ada").id), LogId::Room(lobby())]);
    bench.wait(30_000);
    let welcome = bench.welcome(vec![summary(1, 1)]);
    bench.event(&welcome);
    assert_eq!((bench.way(), bench.abandoned), (Way::Socket, 1));
    assert_eq!(bench.stored.len(), 1);
    bench.caught_up(page(at("a", 1), Vec::new(), 1));
    let said: Vec<_> = bench.sends().into_iter().map(|(id, _)| id).collect();
    assert_eq!(said, bench.stored.keys().copied().collect::<Vec<_>>());
}

/// Which log a post follows.
fn follow(body: &str) -> Option<(CommandId, LogId)> {
    match decode_client_frame(body) {
        Ok(ClientFrame::Command(Command { id, action: Action::Follow { log, .. } })) => {
            Some((id, log))
        }
        Ok(ClientFrame::Command(_) | ClientFrame::Pong) | Err(_) => None,
    }
}

#[test]
fn where_waiting_answers_are_cut_short_polls_go_on() {
    let mut bench = Bench::polling();
    for way in [Way::Long, Way::Short] {
        bench.answers(Vec::new());
        bench.wait(9_000);
        bench.poll_fails();
        bench.session(Standing::Known);
        assert_eq!(bench.way(), way);
        bench.greets();
    }
    bench.follows_are_answered();
    let polls = bench.polls();
    bench.answers(Vec::new());
    bench.wait(2_000);
    assert_eq!((bench.polls(), bench.poll().2.wait_ms), (polls + 1, 0));
}

#[test]
fn a_proxys_own_answer_is_no_sign_of_life() {
    let mut bench = Bench::polling();
    bench.answers(Vec::new());
    bench.poll_fails();
    bench.session(Standing::Known);
    bench.greets();
    for wait in [25_000, 25_000, 15_000] {
        bench.answers(Vec::new());
        bench.wait(wait);
    }
    let (link, asking, _) = bench.poll();
    bench.input(Input::Answered(link, asking, Some("<html>".to_owned())));
    bench.session(Standing::Known);
    assert_eq!(bench.way(), Way::Short, "the second answer that did not come");
}

#[test]
fn where_polls_that_wait_are_swallowed_short_ones_go_on() {
    let mut bench = Bench::polling();
    bench.answers(Vec::new());
    for _ in 0..2 {
        assert_eq!(bench.way(), Way::Long);
        bench.wait(33_000);
        bench.greets();
        bench.answers(Vec::new());
    }
    bench.session(Standing::Known);
    assert_eq!(bench.way(), Way::Short);
}

#[test]
fn a_short_poll_that_the_network_swallows_is_noticed_as_a_silent_socket_is() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    bench.input(Input::Pin(Some(Way::Short)));
    bench.greets();
    bench.wait(33_000);
    bench.answers(Vec::new());
    assert!(bench.is_connected());
    bench.wait(33_000 + 6_000);
    assert!(!bench.is_connected());
}

#[test]
fn another_network_gets_a_chance_to_let_polls_wait() {
    let mut bench = Bench::polling();
    for _ in 0..2 {
        bench.answers(Vec::new());
        bench.poll_fails();
        bench.session(Standing::Known);
        bench.greets();
    }
    assert_eq!(bench.way(), Way::Short);
    bench.input(Input::Online);
    assert_eq!(bench.way(), Way::Long);
    bench.greets();
}

#[test]
fn another_network_ends_the_trial_of_the_old_one_and_begins_its_own() {
    let mut bench = Bench::polling();
    let before = bench.connects;
    while bench.connects == before {
        bench.answers(Vec::new());
        bench.wait(1_000);
    }
    bench.input(Input::Online);
    bench.wait(1);
    assert_eq!((bench.connects, bench.disconnects), (before + 2, 1));
    let welcome = bench.welcome(vec![summary(1, 1)]);
    bench.event(&welcome);
    assert_eq!(bench.way(), Way::Socket);
}

#[test]
fn a_poll_that_was_overtaken_is_no_sign_of_life() {
    let mut bench = Bench::polling();
    bench.answers(Vec::new());
    let (link, overtaken, _) = bench.poll();
    bench.input(Input::Woke);
    assert_ne!(bench.poll().1, overtaken, "somebody asks whether the server is there");
    bench.input(Input::Answered(link, overtaken, None));
    bench.wait(6_000);
    assert!(!bench.is_connected());
}

#[test]
fn a_crowded_server_is_waited_for_and_the_way_not_blamed() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    for _ in 0..2 {
        bench.cut();
        bench.session(Standing::Known);
    }
    for _ in 0..30 {
        let (link, asking, _) = bench.poll();
        let crowded = encode(&Problem::TooManyConnections);
        bench.input(Input::Answered(link, asking, Some(crowded)));
        bench.wait(2_000);
    }
    assert!(bench.questions.is_empty());
    assert_eq!(bench.way(), Way::Long);
    bench.greets();
}

#[test]
fn sockets_that_die_silently_again_and_again_give_way_to_polls() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    for _ in 0..2 {
        let welcome = bench.welcome(vec![summary(1, 1)]);
        bench.event(&welcome);
        bench.wait(35_000);
    }
    bench.session(Standing::Known);
    assert_eq!(bench.way(), Way::Long);
    assert_eq!(bench.disconnects, 3, "no half-open one is waited for");
    bench.greets();
}

#[test]
fn a_socket_that_stood_for_a_minute_starts_with_a_clean_slate() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    for pings in [0, 3, 0] {
        let welcome = bench.welcome(vec![summary(1, 1)]);
        bench.event(&welcome);
        for _ in 0..pings {
            bench.wait(25_000);
            bench.event(&Event::Ping);
        }
        bench.wait(35_000);
    }
    assert!(bench.questions.is_empty());
}

#[test]
fn a_pinned_way_is_kept_for_better_or_worse() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    bench.input(Input::Pin(Some(Way::Socket)));
    for _ in 0..10 {
        bench.cut();
        bench.wait(40_000);
    }
    assert!(bench.questions.is_empty() && bench.posts.is_empty());
    let open = bench.disconnects;
    bench.input(Input::Connect);
    bench.input(Input::Pin(Some(Way::Short)));
    assert_eq!((bench.way(), bench.poll().2.wait_ms), (Way::Short, 0));
    assert_eq!(bench.disconnects, open + 1, "the socket is let go of");
    bench.greets();
    let connects = bench.connects;
    for _ in 0..100 {
        bench.wait(10_000);
        bench.answers(Vec::new());
    }
    assert_eq!(bench.connects, connects, "no socket is tried");
    bench.input(Input::Pin(None));
    assert_eq!((bench.way(), bench.connects), (Way::Socket, connects + 1));
}

#[test]
fn what_worked_last_is_taken_at_once_and_a_socket_tried_beside_it() {
    let mut bench = Bench::by(Way::Long, Vec::new(), Vec::new());
    bench.input(Input::Connect);
    bench.wait(0);
    bench.greets();
    assert_eq!((bench.connects, bench.way()), (1, Way::Long));
    let welcome = bench.welcome(vec![summary(1, 1)]);
    bench.event(&welcome);
    assert_eq!(bench.way(), Way::Socket);
}

#[test]
fn a_session_that_ends_while_polls_go_on_ends_them() {
    let mut bench = Bench::polling();
    let (link, asking, _) = bench.poll();
    let refusal = encode(&Problem::NoSession);
    bench.input(Input::Answered(link, asking, Some(refusal)));
    assert_eq!(bench.client.link().link, Link::Out { code: 4500 });
    let before = (bench.connects, bench.posts.len());
    bench.wait(600_000);
    assert_eq!((bench.connects, bench.posts.len()), before);
}

#[test]
fn what_a_poll_told_of_a_log_while_it_was_followed_anew_is_asked_for_again() {
    let mut bench = Bench::polling();
    bench.follows_are_answered();
    bench.posts.clear();
    bench.input(Input::Woke);
    bench.answers(vec![entry("a", others(3))]);
    let (link, asking, body) =
        bench.posts.iter().rfind(|(_, _, body)| follow(body).is_some()).cloned().unwrap();
    let (id, log) = follow(&body).unwrap();
    let before = bench.poll().2.answer.unwrap();
    bench.answers(vec![entry("a", others(4))]);
    let page = Page { log: log.clone(), ..page(at("a", 3), vec![others(2), others(3)], 3) };
    let reply = encode(&Event::Ok { id, result: Outcome::Page(page) });
    bench.input(Input::Answered(link, asking, Some(reply)));

    let poll = bench.poll().2;

    assert_eq!(poll.after[&log], Some(at("a", 3)));
    let told = AnswerId { number: before.number + 1, ..before };
    assert_ne!(poll.answer, Some(told), "entry 4 would never be told");
}
