//! Opaque, permanent ids. They are compared and shown, never taken apart.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::limits;

/// A text that is no id: empty, longer than 64, or with something else than `A–Z a–z 0–9 _ -`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id is 1 to 64 of A-Z a-z 0-9 _ -")]
pub struct IdError;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks `text` and makes it an id.
            ///
            /// # Errors
            /// [`IdError`] when it is empty, longer than 64, or has another character than
            /// `A–Z a–z 0–9 _ -`.
            pub fn new(text: &str) -> Result<Self, IdError> {
                limits::is_id(text).then(|| Self(text.into())).ok_or(IdError)
            }

            /// The id as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    };
}

text_id!(
    /// A person, for as long as the store lives; names change, this does not.
    PersonId
);
text_id!(
    /// A room, for as long as the store lives.
    RoomId
);
text_id!(
    /// One link of one client to one node.
    ConnectionId
);
text_id!(
    /// One opening of the store: embedded, each start; Redis, the primary's `run_id`.
    Epoch
);

impl RoomId {
    /// The room that always exists.
    #[must_use]
    pub fn lobby() -> Self {
        Self("lobby".into())
    }
}

/// The id of one command, minted by the client: any UUID. The server reads no time from it.
///
/// A repeated command carries the same id, and gets the original answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandId(pub uuid::Uuid);

impl CommandId {
    /// An id from 16 random bytes (a version 4 UUID); the caller brings the randomness.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }
}

impl fmt::Display for CommandId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
