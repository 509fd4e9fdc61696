//! The connection machine.

use parlor_model::{Input, Link};
use parlor_shared::{Action, Event};

use super::bench::{Bench, summary};

#[test]
fn a_link_that_never_got_a_welcome_is_tried_again_ever_more_rarely() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    for _ in 0..20 {
        bench.cut();
        assert!(matches!(bench.client.link().link, Link::Waiting { .. }));
        bench.wait(30_000);
    }
    assert_eq!(bench.client.link().link, Link::Connecting);
    assert!(bench.connects >= 21);
    assert!(bench.connects < 60, "20 closed links and their timeouts: {}", bench.connects);
}

#[test]
fn a_socket_that_stays_silent_before_its_welcome_is_given_up() {
    let mut bench = Bench::new();
    bench.input(Input::Connect);
    bench.wait(11_000);
    assert!(bench.disconnects >= 1);
    assert!(bench.connects >= 2 || matches!(bench.client.link().link, Link::Waiting { .. }));
}

#[test]
fn a_close_code_that_forbids_return_ends_it_until_the_person_asks() {
    let mut bench = Bench::live(1, 1);
    bench.input(Input::Closed(bench.link, 4500));
    assert_eq!(bench.client.link().link, Link::Out { code: 4500 });
    bench.wait(600_000);
    assert_eq!(bench.connects, 1);
    bench.input(Input::Connect);
    assert_eq!(bench.connects, 2);
}

#[test]
fn a_restart_is_waited_for_as_long_as_the_server_said() {
    let mut bench = Bench::live(1, 1);
    bench.event(&Event::Restarting { delay_ms: 700 });
    bench.input(Input::Closed(bench.link, 4000));
    let until_ms = bench.now.mono_ms + 700;
    assert_eq!(bench.client.link().link, Link::Waiting { until_ms });
    bench.wait(700);
    assert_eq!(bench.connects, 2);
}

#[test]
fn a_ping_is_answered_at_once() {
    let mut bench = Bench::live(1, 1);
    bench.event(&Event::Ping);
    assert_eq!(bench.pongs, 1);
}

#[test]
fn a_silent_link_is_probed_and_replaced_after_a_second() {
    let mut bench = Bench::live(1, 1);
    bench.sent.clear();
    bench.wait(33_000);
    assert!(matches!(bench.sent[..], [ref one] if one.action == Action::Ping));
    bench.wait(1_000);
    assert_eq!((bench.disconnects, bench.connects), (1, 2));
    assert_eq!(bench.client.link().link, Link::Connecting);
}

#[test]
fn a_page_that_wakes_keeps_a_link_that_answers() {
    let mut bench = Bench::live(1, 1);
    bench.input(Input::Woke);
    let ping = bench.sent.pop().unwrap();
    assert_eq!(ping.action, Action::Ping);
    bench.ok(ping.id, parlor_shared::Outcome::Done);
    bench.wait(5_000);
    assert_eq!((bench.disconnects, bench.connects), (0, 1));
}

#[test]
fn a_network_that_is_back_ends_the_wait() {
    let mut bench = Bench::live(1, 1);
    bench.cut();
    bench.input(Input::Online);
    assert_eq!(bench.connects, 2);
}

#[test]
fn frames_of_a_replaced_socket_are_ignored() {
    let mut bench = Bench::live(1, 1);
    let old = bench.link;
    bench.cut();
    bench.input(Input::Connect);
    bench.input(Input::Closed(old, 4500));
    assert_eq!(bench.client.link().link, Link::Connecting);
    bench.welcomed(vec![summary(1, 1)]);
    assert_eq!(bench.client.link().link, Link::Connected);
}
