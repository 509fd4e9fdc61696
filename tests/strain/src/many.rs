//! Many people from one program: open files, source addresses, sessions.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Context, Result};
use futures_util::{StreamExt, TryStreamExt, stream};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use parlor_tests::Session;

/// People who come from one address: as many as one address may begin sessions in an hour.
const AN_ADDRESS: usize = 20;
/// Sign-ins at once.
const AT_ONCE: usize = 32;

/// Lets this process, and those it starts, hold as many files and sockets as the system allows;
/// says how many that is.
///
/// # Errors
/// When the system refuses.
pub fn raise_limits() -> Result<u64> {
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE)?;
    setrlimit(Resource::RLIMIT_NOFILE, most, most)?;
    Ok(most)
}

/// The address that the person of this number comes from, where the server is on this machine: any
/// in 127.0.0.0/8 is its own.
#[must_use]
pub fn address(url: &str, number: usize) -> Option<IpAddr> {
    let place = number / AN_ADDRESS;
    let part = |value: usize| u8::try_from(value).unwrap_or(u8::MAX);
    let own = Ipv4Addr::new(
        127,
        part(1 + place / 62_500),
        part(place / 250 % 250),
        part(1 + place % 250),
    );
    url.contains("//127.0.0.1").then_some(IpAddr::V4(own))
}

/// Signs in people of these numbers, who are named after `group`.
///
/// # Errors
/// When the server cannot be reached or refuses one of them.
pub async fn sign_in(url: &str, group: &str, count: usize) -> Result<Vec<Session>> {
    let begun = (0..count.div_ceil(AN_ADDRESS)).map(|place| async move {
        let first = place * AN_ADDRESS;
        let http = reqwest::Client::builder().local_address(address(url, first)).build()?;
        let mut sessions = Vec::new();
        for number in first..count.min(first + AN_ADDRESS) {
            let session = Session::begin_over(&http, url, &format!("{group} {number}")).await;
            sessions.push(session.with_context(|| format!("person {number}"))?);
        }
        anyhow::Ok(sessions)
    });
    let sessions: Vec<Vec<Session>> = stream::iter(begun).buffered(AT_ONCE).try_collect().await?;
    Ok(sessions.into_iter().flatten().collect())
}
