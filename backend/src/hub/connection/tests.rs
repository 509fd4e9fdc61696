//! The places of commands without a reply, as a client sees them.

use std::{sync::Arc, thread};

use parlor_shared::{CommandId, ConnectionId, Outcome, Person, PersonId, limits::IN_FLIGHT};

use super::Connection;
use crate::{
    engine::SessionToken,
    hub::{Step, Total},
};

/// Commands answered; enough for the two threads to meet at every point.
const COMMANDS: usize = 20_000;

fn connect() -> Arc<Connection> {
    let person = Person { id: PersonId::new("ada").unwrap(), name: "Ada".to_owned() };
    let link = ConnectionId::new("link").unwrap();
    Arc::new(Connection::new(link, person, SessionToken([0; 32]), Total::new(1 << 20)))
}

#[test]
fn whoever_has_a_reply_may_ask_the_next_thing_at_once() {
    let ada = connect();
    let (places, taken) = std::sync::mpsc::channel();
    for _ in 0..IN_FLIGHT {
        places.send(ada.begin_command().unwrap()).unwrap();
    }
    let server = Arc::clone(&ada);
    let serving = thread::spawn(move || {
        for place in taken {
            server.reply(place, CommandId(uuid::Uuid::nil()), Ok(Outcome::Done));
        }
    });
    let mut read = 0;
    while read < COMMANDS {
        if matches!(ada.outbox.step(), Step::Send(_)) {
            read += 1;
            places.send(ada.begin_command().expect("its place is not free")).unwrap();
        }
    }
    drop(places);
    serving.join().unwrap();
}
