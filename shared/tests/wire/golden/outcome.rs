//! Samples of every outcome.

use parlor_shared::{Outcome, Role, RoomListing, Rooms, Roster, RosterPerson};

use super::samples;
use crate::samples::{ada, attic, page};

samples!(Outcome {
    "done" Outcome::Done => Outcome::Done;
    "written" Outcome::Written { .. } => Outcome::Written { offset: 40, number: Some(12) };
    "page" Outcome::Page(_) => Outcome::Page(page());
    "room" Outcome::Room(_) => Outcome::Room(listing());
    "rooms" Outcome::Rooms(_) => Outcome::Rooms(Rooms { rooms: vec![listing()], more: false });
    "roster" Outcome::Roster(_) => Outcome::Roster(Roster {
        room: attic(),
        online: 1,
        members: 1,
        people: vec![RosterPerson {
            person: ada(),
            name: "Ada".to_owned(),
            role: Role::Owner,
            online: true,
        }],
        more: false,
    });
});

fn listing() -> RoomListing {
    RoomListing { room: attic(), name: "Attic".to_owned() }
}
