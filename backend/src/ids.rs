//! New ids and tokens, random or derived.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use parlor_shared::{CommandId, ConnectionId, PersonId, Problem, RoomId};
use sha2::{Digest, Sha256};

/// A new person's id.
///
/// # Errors
/// [`Problem::Internal`] when the system has no randomness.
pub(crate) fn person() -> Result<PersonId, Problem> {
    PersonId::new(&format!("p{}", text(&random::<16>()?))).map_err(|_| Problem::Internal)
}

/// A new connection's id.
///
/// # Errors
/// [`Problem::Internal`] when the system has no randomness.
pub(crate) fn connection() -> Result<ConnectionId, Problem> {
    ConnectionId::new(&format!("c{}", text(&random::<9>()?))).map_err(|_| Problem::Internal)
}

/// The id of the room that `command` of `person` makes: the same for every repeat.
///
/// # Errors
/// Never in practice: the derived text is an id.
pub(crate) fn room(person: &PersonId, command: CommandId) -> Result<RoomId, Problem> {
    let digest = digest(&["room", person.as_str(), &command.to_string()]);
    RoomId::new(&format!("r{}", text(&digest))).map_err(|_| Problem::Internal)
}

/// The id of a change the server makes for a person by itself: the same for every repeat.
#[must_use]
pub(crate) fn derived_command(what: &str, of: &str) -> CommandId {
    CommandId(uuid::Builder::from_custom_bytes(digest(&[what, of])).into_uuid())
}

/// The id of a change the server makes by itself, and never again.
///
/// # Errors
/// [`Problem::Internal`] when the system has no randomness.
pub(crate) fn command() -> Result<CommandId, Problem> {
    Ok(CommandId::from_random(random()?))
}

/// A new session's token, for the client alone.
///
/// # Errors
/// [`Problem::Internal`] when the system has no randomness.
pub(crate) fn token() -> Result<String, Problem> {
    Ok(text(&random::<32>()?))
}

/// A random number below `bound` (at least 1), for spreading things in time; not for secrets.
#[must_use]
pub(crate) fn below(bound: u64) -> u64 {
    random::<8>().map_or(0, |bytes| u64::from_le_bytes(bytes) % bound.max(1))
}

fn random<const N: usize>() -> Result<[u8; N], Problem> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| {
        tracing::error!(%error, "the system gives no randomness");
        Problem::Internal
    })?;
    Ok(bytes)
}

/// The first half of a hash over the parts, each ended by a byte that is in none of them.
fn digest(parts: &[&str]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let mut half = [0; 16];
    for (to, from) in half.iter_mut().zip(hash.finalize()) {
        *to = from;
    }
    half
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
