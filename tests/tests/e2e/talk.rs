//! Two people talk; what one does to a message, the other sees.

use parlor_shared::{Action, Body, Problem, RecordKey};
use parlor_tests::EngineKind;

use crate::{
    cast::{Stage, lobby, refusal},
    on_every_way,
};

on_every_way!(
    a_message_reaches_the_other_and_its_author,
    an_edit_and_a_deletion_reach_everybody,
    messages_of_many_come_in_one_order_for_all,
    a_sent_text_arrives_exactly_as_it_was,
);

async fn a_message_reaches_the_other_and_its_author(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let number = ada.says("hi").await;
    ada.sees("hi").await;
    bob.sees("hi").await;
    // It may have come live, or as what changed since the last poll.
    let record = bob.mirror.records.get(&RecordKey::message(number)).unwrap();
    let Body::Message(message) = &record.body else { panic!("{record:?}") };
    assert_eq!(
        (record.number, &message.author, message.name.as_str()),
        (Some(number), &ada.id(), "Ada")
    );
    assert_eq!(ada.mirror.messages(), bob.mirror.messages());
}

async fn an_edit_and_a_deletion_reach_everybody(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let (first, second) = (ada.says("one").await, ada.says("two").await);
    let edit = |number, text: &str| Action::Edit { room: lobby(), number, text: text.to_owned() };
    let delete = |number| Action::Delete { room: lobby(), number };

    // Others may neither edit nor delete it; the author may.
    assert_eq!(refusal(bob.raw.ask(edit(first, "mine")).await.unwrap()), Problem::NotAllowed);
    assert_eq!(refusal(bob.raw.ask(delete(second)).await.unwrap()), Problem::NotAllowed);
    ada.raw.done(edit(first, "uno")).await.unwrap();
    ada.raw.done(delete(second)).await.unwrap();
    ada.says("end").await;
    ada.sees("end").await;
    bob.sees("end").await;

    let late = stage.guest("Eve").await;
    let texts = |mirror: &parlor_tests::Mirror| mirror.texts();
    assert_eq!(texts(&bob.mirror), ["uno", "end"]);
    assert_eq!(bob.mirror.messages().get(&second).unwrap().1, None);
    assert_eq!(bob.mirror.messages(), ada.mirror.messages());
    assert_eq!(bob.mirror.messages(), late.mirror.messages());
    let missing = Problem::NoSuchMessage { number: 99 };
    assert_eq!(refusal(ada.raw.ask(edit(99, "x")).await.unwrap()), missing);
}

async fn messages_of_many_come_in_one_order_for_all(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let mut guests = Vec::new();
    for name in ["Ada", "Bob", "Cem"] {
        guests.push(stage.guest(name).await);
    }
    for turn in 0..15 {
        for guest in &mut guests {
            let text = format!("{} {turn}", guest.session.person.name);
            guest.raw.say(crate::cast::send(&lobby(), text)).await.unwrap();
        }
    }
    for guest in &mut guests {
        guest.mirror.until(&mut guest.raw, |mirror| mirror.texts().len() == 45).await.unwrap();
    }
    let orders: Vec<_> = guests.iter().map(|guest| guest.mirror.messages()).collect();
    assert!(orders.iter().all(|order| Some(order) == orders.first()));
    for name in ["Ada", "Bob", "Cem"] {
        let texts = guests.first().unwrap().mirror.texts();
        let own: Vec<_> = texts.into_iter().filter(|text| text.starts_with(name)).collect();
        let said: Vec<_> = (0..15).map(|turn| format!("{name} {turn}")).collect();
        assert_eq!(own, said, "an author's order");
    }
}

async fn a_sent_text_arrives_exactly_as_it_was(kind: EngineKind) {
    let stage = Stage::new(kind).await;
    let (mut ada, mut bob) = (stage.guest("Ada").await, stage.guest("Bob").await);
    let longest = "🦊".repeat(parlor_shared::limits::TEXT_SCALARS);
    for text in
        ["  <b>\"quoted\" \\ back\n\tline</b> ", "שלום \u{202E}x", "\0null", longest.as_str()]
    {
        ada.says(text).await;
        bob.sees(text).await;
    }
}
