//! What the newer version has and this one has not: a record `poll`, an event `cheer`, and who
//! writes and sends them.

/// In which copied file, behind which text, what is added. A new file stands behind no text.
pub(crate) const ADDITIONS: [(&str, &str, &str); 9] = [
    ("shared/src/v1/poll.rs", "", POLL),
    ("shared/src/v1.rs", "mod person_records;\n", "mod poll;\n"),
    (
        "shared/src/v1.rs",
        "pub use person_records::{Membership, ReadPosition};\n",
        "pub use poll::Poll;\n",
    ),
    (
        "shared/src/v1/record.rs",
        "    Read(ReadPosition),\n",
        "    /// Room log: a question and its votes.\n    Poll(super::Poll),\n",
    ),
    (
        "shared/src/v1/record.rs",
        "            \"read\" => Self::Read(Read::read(value)?),\n",
        "            \"poll\" => Self::Poll(Read::read(value)?),\n",
    ),
    (
        "shared/src/v1/record.rs",
        "            Self::Read(state) => tagged(serializer, \"read\", state),\n",
        "            Self::Poll(state) => tagged(serializer, \"poll\", state),\n",
    ),
    ("shared/src/v1/event.rs", "        delay_ms: u64,\n    },\n", CHEER),
    ("shared/src/reading/events.rs", "            \"ping\" => Self::Ping,\n", READ_CHEER),
    (
        "backend/src/hub/followers.rs",
        "        self.to(&event, |other| other.connection.person != connection.person);\n",
        "        let person = connection.named();
        self.event(&Event::Cheer { room: room.clone(), person });\n",
    ),
];

const POLL: &str = "//! A question to the room.

use serde::{Deserialize, Serialize};

use crate::shared::reading::reads;

/// A question and the votes for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Poll {
    /// What is asked.
    pub question: String,
    /// How many say yes.
    pub votes: u32,
}

reads! { Poll { question, votes } }
";

const CHEER: &str = "    /// Whoever writes is cheered by everybody who follows.
    Cheer {
        /// Where.
        room: RoomId,
        /// Who.
        person: Person,
    },
";

const READ_CHEER: &str = "            \"cheer\" => {
                Self::Cheer { room: field(value, \"room\")?, person: field(value, \"person\")? }
            }
";

/// The text with the new kinds handled wherever code decides by kind: as the unknown ones are.
pub(crate) fn handled(text: &str) -> String {
    text.replace("Body::Unknown { .. }", "Body::Poll(_) | Body::Unknown { .. }")
        .replace(
            "Body::Unknown { value, .. } =>",
            "Body::Poll(_) => 0,\nBody::Unknown { value, .. } =>",
        )
        .replace("Event::Unknown", "Event::Cheer { .. } | Event::Unknown")
}
