//! Commands that are answered at once and leave something for a log's owner.

use parlor_shared::{Event, Role};

use super::{Fixture, connect, next, room};

/// The owner does not run while this test does: nothing is taken from its inbox.
#[tokio::test]
async fn what_a_client_says_again_and_again_waits_for_the_owner_once() {
    let fixture = Fixture::new();
    fixture.set_role("ada", Some(Role::Member)).await;
    fixture.set_role("bob", Some(Role::Member)).await;
    let ada = fixture.follow("ada").await;
    let bob = fixture.follow("bob").await;
    let waiting = || fixture.lossy.mailboxes.waiting(&room());
    for _ in 0..1_000 {
        fixture.hub.typing(&room(), &ada);
    }
    assert_eq!(waiting(), 1);
    assert!(matches!(next(&bob).await, Event::Typing { .. }));
    fixture.hub.typing(&room(), &ada);
    assert_eq!(waiting(), 1, "once it was heard it may be said again");
    for _ in 0..1_000 {
        fixture.hub.stop_following(&room(), &bob);
    }
    assert_eq!(waiting(), 2);
    assert!(!bob.is_following(&room()));
}

#[tokio::test]
async fn who_follows_again_may_type_again_whatever_became_of_the_last_time() {
    let fixture = Fixture::new();
    fixture.set_role("ada", Some(Role::Member)).await;
    let ada = fixture.follow("ada").await;
    assert!(ada.begin_typing(&room()) && !ada.begin_typing(&room()));
    ada.stop_following(&room());
    assert!(ada.start_following(&room()).unwrap() && ada.begin_typing(&room()));
}

#[tokio::test]
async fn who_types_where_nobody_listens_may_type_again() {
    let (fixture, eve) = (Fixture::new(), connect("eve"));
    fixture.hub.typing(&room(), &eve);
    assert!(eve.begin_typing(&room()));
}
