//! What a record says of somebody's place in a room, whoever asks.

use super::{Body, Record};
use crate::v1::{Member, Membership, PersonId};

impl Record {
    /// The place it gives somebody in its room, or that they had there.
    #[must_use]
    pub fn member(&self) -> Option<&Member> {
        match &self.body {
            Body::Member(member) => Some(member),
            Body::Message(_)
            | Body::Room(_)
            | Body::Membership(_)
            | Body::Read(_)
            | Body::Unknown { .. } => None,
        }
    }

    /// Whom it shows to be no member any more: nothing later of the room is theirs to hear.
    #[must_use]
    pub fn removes(&self) -> Option<&PersonId> {
        self.member().filter(|member| member.role.is_none()).map(|member| &member.person)
    }

    /// The room that its person is in, by their own log.
    #[must_use]
    pub fn joined(&self) -> Option<&Membership> {
        match &self.body {
            Body::Membership(membership) => Some(membership).filter(|membership| membership.joined),
            Body::Message(_)
            | Body::Member(_)
            | Body::Room(_)
            | Body::Read(_)
            | Body::Unknown { .. } => None,
        }
    }
}
