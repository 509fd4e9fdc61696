//! Reads the URL of sentinels and what they watch.

use redis::{ConnectionInfo, IntoConnectionInfo};

use super::{Address, Topology, each_host, info};

/// Where sentinels listen unless told otherwise.
const PORT: u16 = 26_379;

/// Reads what follows `redis[s]+sentinel://`: `[user:password@]h1[:p1],h2[:p2]/name[/db]`, and after a
/// `?` the sentinels' own `sentinel_user` and `sentinel_password`.
///
/// # Errors
/// What is wrong with it, without any password.
pub(super) fn parse(scheme: &str, rest: &str, shown: String) -> Result<Address, String> {
    let (rest, login) = rest.split_once('?').unwrap_or((rest, ""));
    let login = read_login(login)?;
    let (servers, path) = rest.split_once('/').unwrap_or((rest, ""));
    let (name, db) = path.split_once('/').unwrap_or((path, ""));
    if name.is_empty() {
        return Err("what the sentinels call the primary must follow: …/name".to_owned());
    }
    let hosts = servers.rsplit_once('@').map_or(servers, |(_, hosts)| hosts);
    let sentinels = hosts.split(',').map(|host| sentinel(scheme, &login, host));
    let sentinels = sentinels.collect::<Result<_, _>>()?;
    let first = each_host(servers).into_iter().next().unwrap_or_default();
    let seeds = vec![info(&format!("{scheme}://{first}/{db}"))?];
    Ok(Address { seeds, sentinels, name: name.to_owned(), topology: Topology::Sentinel, shown })
}

/// `sentinel_user=u&sentinel_password=p` as `u:p@`, still encoded.
fn read_login(text: &str) -> Result<String, String> {
    let (mut user, mut password) = ("", "");
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sentinel_user", value)) => user = value,
            Some(("sentinel_password", value)) => password = value,
            Some(_) | None => {
                let known = "after the ? only sentinel_user=… and sentinel_password=… are known";
                return Err(known.to_owned());
            }
        }
    }
    if user.is_empty() && password.is_empty() {
        return Ok(String::new());
    }
    Ok(format!("{user}:{password}@"))
}

fn sentinel(scheme: &str, login: &str, host: &str) -> Result<ConnectionInfo, String> {
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.parse::<u16>().is_ok());
    let port = if has_port { String::new() } else { format!(":{PORT}") };
    let url = format!("{scheme}://{login}{host}{port}");
    url.into_connection_info().map_err(|error| error.category().to_owned())
}
