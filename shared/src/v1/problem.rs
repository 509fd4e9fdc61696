//! Everything a person can be refused for, with a number, typed parameters, and what to do next.

use serde::{
    Deserialize, Serialize, Serializer,
    ser::{SerializeMap as _, SerializeStruct as _},
};
use serde_json::Value;

use super::{Number, id::RoomId};
use crate::reading::{Read, field};

/// Whether asking again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    /// It was not done: send the same id later.
    Retry,
    /// It may have been done: send the same id again to learn.
    Unknown,
    /// It was not done and will not be: the same again gets the same.
    Final,
}

macro_rules! problems {
    ($( $(#[$doc:meta])* $code:literal $retry:ident $name:literal $variant:ident $({ $( $(#[$fdoc:meta])* $field:ident : $kind:ty ),* $(,)? })? ;)*) => {
        /// A refusal. On the wire: `{"code", "name", "retry", "params"}`.
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
        #[serde(from = "Wire")]
        pub enum Problem {
            $( $(#[$doc])* $variant $({ $( $(#[$fdoc])* $field: $kind ),* })?, )*
            /// A refusal of a newer server; `code` and `retry` still say what to do.
            Unknown {
                /// Its number.
                code: u16,
                /// Whether to ask again.
                retry: Retry,
            },
        }

        impl Problem {
            /// The number, for people who report it and programs that sort it.
            #[must_use]
            pub fn code(&self) -> u16 {
                match self { $( Self::$variant { .. } => $code, )* Self::Unknown { code, .. } => *code }
            }

            /// Whether asking again can help.
            #[must_use]
            pub fn retry(&self) -> Retry {
                match self { $( Self::$variant { .. } => Retry::$retry, )* Self::Unknown { retry, .. } => *retry }
            }

            /// The name on the wire.
            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $( Self::$variant { .. } => $name, )* Self::Unknown { .. } => "unknown" }
            }

            /// Every number, name and retry of this version, in order; for documents and tests.
            pub const TABLE: &'static [(u16, &'static str, Retry)] =
                &[ $( ($code, $name, Retry::$retry), )* ];

            fn has_params(&self) -> bool {
                match self {
                    $( Self::$variant { .. } => !{ const NAMES: &[&str] = &[$($( stringify!($field) ),*)?]; NAMES }.is_empty(), )*
                    Self::Unknown { .. } => false,
                }
            }

            fn known(name: &str, params: &Value) -> Option<Self> {
                match name {
                    $( $name => Some(Self::$variant $({ $( $field: field(params, stringify!($field))? ),* })?), )*
                    _ => None,
                }
            }
        }

        impl Serialize for Params<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut params = serializer.serialize_map(None)?;
                match self.0 {
                    $( Problem::$variant $({ $( $field ),* })? => { $($( params.serialize_entry(stringify!($field), $field)?; )*)? } )*
                    Problem::Unknown { .. } => {}
                }
                params.end()
            }
        }
    };
}

problems! {
    /// The frame is no JSON object with a `type` and, but for `pong`, an `id`.
    1001 Final "malformed" Malformed;
    /// The `type` is none of this server's.
    1002 Final "unknown_command" UnknownCommand;
    /// The command's fields are missing or of the wrong type.
    1003 Final "bad_parameters" BadParameters;
    /// The frame nests deeper than `max`.
    1004 Final "too_deep" TooDeep { /** The deepest nesting allowed. */ max: u32 };
    /// More than `max` commands of this connection are in flight: wait for replies.
    1005 Retry "too_many_in_flight" TooManyInFlight { /** How many may be in flight. */ max: u32 };
    /// More than `max` logs are followed on this connection.
    1006 Final "too_many_follows" TooManyFollows { /** How many may be followed. */ max: u32 };
    /// The person, or the address, has as many connections and requests as it may: wait for answers.
    1007 Retry "too_many_connections" TooManyConnections;

    /// There is no such room.
    1101 Final "no_such_room" NoSuchRoom { /** Which. */ room: RoomId };
    /// The person is not a member of the room, or the log is another person's.
    1102 Final "not_a_member" NotAMember;
    /// The person's role does not allow it.
    1103 Final "not_allowed" NotAllowed;
    /// The room has as many members as it may.
    1104 Final "room_full" RoomFull { /** How many members a room may have. */ max: u32 };
    /// The lobby cannot be left.
    1105 Final "lobby_stays" LobbyStays;
    /// The message is not kept any more, or never was.
    1106 Final "no_such_message" NoSuchMessage { /** Which. */ number: Number };

    /// There is nothing but white space.
    1201 Final "text_empty" TextEmpty;
    /// The text has more Unicode scalars or bytes than allowed.
    1202 Final "text_too_long" TextTooLong { /** Scalars allowed. */ max: u32, /** Bytes allowed. */ max_bytes: u32 };
    /// The name is empty, too long, or has control, bidi or invisible characters.
    1203 Final "name_not_allowed" NameNotAllowed { /** Scalars allowed. */ max: u32 };
    /// Somebody, or some room, has this name or one that looks like it.
    1204 Final "name_taken" NameTaken { /** A name that is free. */ suggestion: String };

    /// Too much in too short a time; the same id works after the wait.
    1301 Retry "too_fast" TooFast { /** When to try again, in milliseconds. */ wait_ms: u64 };

    /// The store does not answer now; nothing was done.
    1401 Retry "store_away" StoreAway;
    /// The store did not answer in time; it may have been done.
    1402 Unknown "store_timeout" StoreTimeout;
    /// Others changed the same thing at the same moment, several times over.
    1403 Retry "busy" Busy;
    /// The server is stopping; nothing was done.
    1404 Retry "stopping" Stopping;
    /// A fault of the server, which it has logged; it may have been done.
    1405 Unknown "internal" Internal;

    /// No session, or one that has ended: sign in.
    1501 Final "no_session" NoSession;
    /// The request came from a page of another origin.
    1502 Final "foreign_origin" ForeignOrigin;
}

/// A problem as it stands on the wire.
#[derive(Deserialize)]
struct Wire {
    code: u16,
    name: String,
    retry: Retry,
    #[serde(default)]
    params: Value,
}

/// What is told of a problem beside its name.
struct Params<'a>(&'a Problem);

// Not through a `Value`: what writes any number brings tables of 2 KB to the page.
impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told = self.has_params();
        let mut wire = serializer.serialize_struct("Problem", 3 + usize::from(told))?;
        wire.serialize_field("code", &self.code())?;
        wire.serialize_field("name", self.name())?;
        wire.serialize_field("retry", &self.retry())?;
        if told {
            wire.serialize_field("params", &Params(self))?;
        }
        wire.end()
    }
}

impl From<Wire> for Problem {
    fn from(wire: Wire) -> Self {
        Self::known(&wire.name, &wire.params)
            .unwrap_or(Self::Unknown { code: wire.code, retry: wire.retry })
    }
}

impl Read for Problem {
    fn read(value: &Value) -> Option<Self> {
        let (code, name) = (field(value, "code")?, field::<String>(value, "name")?);
        let retry = match value.get("retry")?.as_str()? {
            "retry" => Retry::Retry,
            "unknown" => Retry::Unknown,
            "final" => Retry::Final,
            _ => return None,
        };
        let params = value.get("params").unwrap_or(&Value::Null);
        Some(Self::known(&name, params).unwrap_or(Self::Unknown { code, retry }))
    }
}
