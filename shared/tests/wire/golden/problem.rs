//! Samples of every problem.

use parlor_shared::{Problem, Retry};

use super::samples;
use crate::samples::attic;

samples!(Problem {
    "malformed" Problem::Malformed => Problem::Malformed;
    "unknown_command" Problem::UnknownCommand => Problem::UnknownCommand;
    "bad_parameters" Problem::BadParameters => Problem::BadParameters;
    "too_deep" Problem::TooDeep { .. } => Problem::TooDeep { max: 16 };
    "too_many_in_flight" Problem::TooManyInFlight { .. } => Problem::TooManyInFlight { max: 16 };
    "too_many_follows" Problem::TooManyFollows { .. } => Problem::TooManyFollows { max: 500 };
    "too_many_connections" Problem::TooManyConnections => Problem::TooManyConnections;
    "no_such_room" Problem::NoSuchRoom { .. } => Problem::NoSuchRoom { room: attic() };
    "not_a_member" Problem::NotAMember => Problem::NotAMember;
    "not_allowed" Problem::NotAllowed => Problem::NotAllowed;
    "room_full" Problem::RoomFull { .. } => Problem::RoomFull { max: 10_000 };
    "lobby_stays" Problem::LobbyStays => Problem::LobbyStays;
    "no_such_message" Problem::NoSuchMessage { .. } => Problem::NoSuchMessage { number: 12 };
    "text_empty" Problem::TextEmpty => Problem::TextEmpty;
    "text_too_long" Problem::TextTooLong { .. } => Problem::TextTooLong { max: 4_000, max_bytes: 16_384 };
    "name_not_allowed" Problem::NameNotAllowed { .. } => Problem::NameNotAllowed { max: 40 };
    "name_taken" Problem::NameTaken { .. } => Problem::NameTaken { suggestion: "Ada 2".to_owned() };
    "too_fast" Problem::TooFast { .. } => Problem::TooFast { wait_ms: 1_500 };
    "store_away" Problem::StoreAway => Problem::StoreAway;
    "store_timeout" Problem::StoreTimeout => Problem::StoreTimeout;
    "busy" Problem::Busy => Problem::Busy;
    "stopping" Problem::Stopping => Problem::Stopping;
    "internal" Problem::Internal => Problem::Internal;
    "no_session" Problem::NoSession => Problem::NoSession;
    "foreign_origin" Problem::ForeignOrigin => Problem::ForeignOrigin;
    "unknown" Problem::Unknown { .. } => Problem::Unknown { code: 1_999, retry: Retry::Retry };
});
