//! Samples of every command.

use parlor_shared::{Action, Command};

use super::samples;
use crate::samples::{ada, attic, attic_log, command_id, position};

samples!(Action {
    "follow" Action::Follow { .. } => Action::Follow { log: attic_log(), after: Some(position(40)) };
    "unfollow" Action::Unfollow { .. } => Action::Unfollow { log: attic_log() };
    "history" Action::History { .. } => Action::History { room: attic(), before: 13, limit: 50 };
    "send" Action::Send { .. } => Action::Send { room: attic(), text: "hi".to_owned() };
    "edit" Action::Edit { .. } => Action::Edit { room: attic(), number: 12, text: "ho".to_owned() };
    "delete" Action::Delete { .. } => Action::Delete { room: attic(), number: 12 };
    "create_room" Action::CreateRoom { .. } => Action::CreateRoom { name: "Attic".to_owned() };
    "find_rooms" Action::FindRooms { .. } => Action::FindRooms { query: "att".to_owned(), after: Some(attic()) };
    "join" Action::Join { .. } => Action::Join { room: attic() };
    "leave" Action::Leave { .. } => Action::Leave { room: attic() };
    "roster" Action::Roster { .. } => Action::Roster { room: attic(), after: Some(ada()) };
    "typing" Action::Typing { .. } => Action::Typing { room: attic() };
    "read" Action::Read { .. } => Action::Read { room: attic(), position: position(40), number: 12 };
    "ping" Action::Ping => Action::Ping;
});

pub(crate) fn commands() -> Vec<(&'static str, Command)> {
    let whole = |(name, action)| (name, Command { id: command_id(), action });
    samples().into_iter().map(whole).collect()
}
