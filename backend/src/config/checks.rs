//! Checks of settings that are more than a number or a path.

const REDIS: [&str; 6] = [
    "redis://",
    "rediss://",
    "redis+sentinel://",
    "rediss+sentinel://",
    "redis+cluster://",
    "rediss+cluster://",
];

/// A Redis address of a kind that is understood.
pub(super) fn redis_url(text: &str) -> Result<String, String> {
    let rest = REDIS.iter().find_map(|scheme| text.strip_prefix(scheme));
    match rest {
        Some(rest) if !rest.is_empty() => Ok(text.to_owned()),
        Some(_) | None => {
            Err(format!("it must begin with one of {} and name a host", REDIS.join(", ")))
        }
    }
}

/// The beginning of a key: 1 to 64 of `A–Z a–z 0–9 _ -`, so that no key's hash tag is upset.
pub(super) fn prefix(text: &str) -> Result<String, String> {
    if parlor_shared::limits::is_id(text) {
        return Ok(text.to_owned());
    }
    Err("it must be 1 to 64 of A-Z a-z 0-9 _ -".to_owned())
}

/// An origin: scheme, host and perhaps a port. A slash at the end is forgiven.
pub(super) fn origin(text: &str) -> Result<String, String> {
    let text = text.strip_suffix('/').unwrap_or(text);
    let host = ["http://", "https://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    let plain = |host: &str| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']);
    if host.is_some_and(plain) {
        return Ok(text.to_ascii_lowercase());
    }
    Err("it must be like https://chat.example.org, without a path".to_owned())
}

/// How often something may happen.
pub(super) fn count() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=1_000_000)
}
