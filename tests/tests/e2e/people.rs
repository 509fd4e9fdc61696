//! Who is here, who writes, who has read what: as the page's own logic sees it.

use parlor_model::{Client, Intent};
use parlor_shared::{PersonId, RoomId};
use parlor_tests::{Actor, EngineKind, eventually};

use crate::{cast::Stage, on_every_way};

on_every_way!(
    people_are_seen_to_come_and_go,
    somebody_with_two_devices_goes_only_with_the_last,
    typing_shows_to_the_others_only,
    what_was_read_on_one_device_is_read_on_the_other,
    unread_is_counted_while_away,
    an_offline_page_catches_up_under_the_new_line,
    a_page_that_missed_250_shows_100_and_says_that_150_were_not_kept,
    what_was_said_offline_is_sent_once_and_in_order,
);

async fn enter(stage: &Stage, name: &str) -> Actor {
    Actor::enter(stage.node.url(), name).await.unwrap()
}

fn is_online(client: &Client, who: &PersonId) -> bool {
    let lobby = client.chat().room(&RoomId::lobby());
    lobby.is_some_and(|room| room.people().people().any(|p| p.person == *who && p.online))
}

async fn people_are_seen_to_come_and_go(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let ada = enter(&stage, "Ada").await;
    ada.wants(Intent::Roster(RoomId::lobby()));
    let bob = enter(&stage, "Bob").await;
    let id = bob.session().person.id.clone();
    ada.until("Bob is here", |client| is_online(client, &id)).await.unwrap();
    drop(bob);
    ada.until("Bob is gone", |client| !is_online(client, &id)).await.unwrap();
}

async fn somebody_with_two_devices_goes_only_with_the_last(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, laptop) = (enter(&stage, "Ada").await, enter(&stage, "Bob").await);
    ada.wants(Intent::Roster(RoomId::lobby()));
    let phone = Actor::open(stage.node.url(), laptop.session());
    phone.is_connected().await.unwrap();
    let id = phone.session().person.id.clone();
    ada.until("Bob is here", |client| is_online(client, &id)).await.unwrap();
    drop(laptop);
    // Cem goes at the same time and is gone: so would Bob be.
    let cem = enter(&stage, "Cem").await;
    let other = cem.session().person.id.clone();
    ada.until("Cem is here", |client| is_online(client, &other)).await.unwrap();
    drop(cem);
    ada.until("Cem is gone", |client| !is_online(client, &other)).await.unwrap();
    assert!(ada.look(|client| is_online(client, &id)));
    drop(phone);
    ada.until("Bob is gone", |client| !is_online(client, &id)).await.unwrap();
}

async fn typing_shows_to_the_others_only(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (enter(&stage, "Ada").await, enter(&stage, "Bob").await);
    let typing = |client: &Client| -> Vec<String> {
        let lobby = client.chat().room(&RoomId::lobby());
        let people = lobby.into_iter().flat_map(|room| room.people().typing());
        people.map(|person| person.name.clone()).collect()
    };
    for actor in [&ada, &bob] {
        actor
            .until("live", |client| {
                client.chat().room(&RoomId::lobby()).is_some_and(parlor_model::Room::live)
            })
            .await
            .unwrap();
    }
    eventually("Ada is typing", async || {
        // Key after key; over polls, the first may come before Bob's next poll.
        ada.wants(Intent::Typing(RoomId::lobby()));
        (bob.look(typing) == ["Ada"]).then_some(())
    })
    .await
    .unwrap();
    assert!(ada.look(typing).is_empty());
    ada.says("there");
    bob.until("Ada is done", |client| typing(client).is_empty()).await.unwrap();
}

fn unread(client: &Client) -> u64 {
    client.chat().unread()
}

async fn what_was_read_on_one_device_is_read_on_the_other(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, laptop) = (enter(&stage, "Ada").await, enter(&stage, "Bob").await);
    let phone = Actor::open(stage.node.url(), laptop.session());
    phone.is_connected().await.unwrap();
    for number in 1..=4 {
        ada.says(&format!("message {number}"));
    }
    phone.sees("message 4").await.unwrap();
    laptop.sees("message 4").await.unwrap();
    assert_eq!(phone.look(unread), 4);
    laptop.has_seen(3);
    phone.until("three are read", |client| unread(client) == 1).await.unwrap();
    // A third device learns it from the welcome.
    let third = Actor::open(stage.node.url(), laptop.session());
    third.is_connected().await.unwrap();
    assert_eq!(third.look(unread), 1);
}

async fn unread_is_counted_while_away(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (enter(&stage, "Ada").await, enter(&stage, "Bob").await);
    ada.says("one");
    bob.sees("one").await.unwrap();
    bob.has_seen(1);
    let session = bob.session().clone();
    let read = async || {
        let (_, welcome) = stage.welcomed(&session).await;
        let lobby = welcome.rooms.into_iter().next().unwrap();
        (lobby.read == 1).then_some(())
    };
    eventually("the server knows what Bob read", read).await.unwrap();
    drop(bob);
    for number in 2..=6 {
        ada.says(&format!("message {number}"));
    }
    ada.sees("message 6").await.unwrap();
    let (_, welcome) = stage.welcomed(&session).await;
    let lobby = welcome.rooms.first().unwrap();
    assert_eq!((lobby.last_number, lobby.read), (6, 1));
}

async fn an_offline_page_catches_up_under_the_new_line(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (enter(&stage, "Ada").await, enter(&stage, "Bob").await);
    ada.says("hello");
    bob.sees("hello").await.unwrap();
    bob.has_seen(1);
    bob.goes_offline();
    for number in 1..=30 {
        ada.says(&format!("message {number}"));
    }
    ada.sees("message 30").await.unwrap();
    assert_eq!(bob.texts(), ["hello"]);
    bob.comes_back();
    bob.sees("message 30").await.unwrap();
    let missed = (1..=30).map(|number| format!("message {number}"));
    let all: Vec<_> = std::iter::once("hello".to_owned()).chain(missed).collect();
    assert_eq!(bob.texts(), all);
    assert_eq!(bob.not_kept(), 0);
}

async fn a_page_that_missed_250_shows_100_and_says_that_150_were_not_kept(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, bob) = (stage.guest("Ada").await, enter(&stage, "Bob").await);
    ada.says("hello").await;
    bob.sees("hello").await.unwrap();
    bob.goes_offline();
    bob.is_cut().await.unwrap();
    for number in 1..=250 {
        ada.says(&format!("message {number}")).await;
    }
    bob.comes_back();
    bob.sees("message 250").await.unwrap();
    assert_eq!(bob.not_kept(), 150);
    let kept: Vec<_> = (151..=250).map(|number| format!("message {number}")).collect();
    let shown: Vec<_> = bob.texts().into_iter().filter(|text| text != "hello").collect();
    assert_eq!(shown, kept);
}

async fn what_was_said_offline_is_sent_once_and_in_order(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (ada, bob) = (enter(&stage, "Ada").await, enter(&stage, "Bob").await);
    for round in 0..3 {
        bob.says(&format!("{round} online"));
        bob.goes_offline();
        bob.says(&format!("{round} offline"));
        bob.says(&format!("{round} offline too"));
        bob.comes_back();
    }
    ada.sees("2 offline too").await.unwrap();
    let said: Vec<_> = (0..3)
        .flat_map(|round| {
            ["online", "offline", "offline too"].map(|text| format!("{round} {text}"))
        })
        .collect();
    assert_eq!(ada.texts(), said);
    bob.sees("2 offline too").await.unwrap();
    assert_eq!(bob.texts(), said);
    assert_eq!(bob.look(|client| client.chat().unsent()), 0);
}
