//! Reads the URL of a store: one server, or the first nodes of a cluster.

use redis::{ConnectionInfo, IntoConnectionInfo, ProtocolVersion};

use crate::engine::EngineError;

/// Where the store is.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// The servers named, at least one; the first one's settings (user, TLS) are everyone's.
    pub(super) seeds: Vec<ConnectionInfo>,
    /// Whether they are nodes of a cluster.
    pub(super) topology: Topology,
    /// The URL as it may be shown.
    pub(super) shown: String,
}

/// How the servers named share the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Topology {
    /// One server has them all.
    Standalone,
    /// A cluster: each primary has some slots.
    Cluster,
}

/// Reads `redis[s]://[user:password@]host[:port][/db]` or `redis[s]+cluster://[…@]h1[:p1],h2[:p2]`.
pub(super) fn parse(url: &str) -> Result<Address, EngineError> {
    let shown = without_password(url);
    let refuse = |why: &str| EngineError::Away(format!("{shown} cannot be used: {why}"));
    let (scheme, rest) = url.split_once("://").ok_or_else(|| refuse("it has no scheme"))?;
    let (scheme, topology) = match scheme {
        "redis" | "rediss" => (scheme, Topology::Standalone),
        "redis+cluster" => ("redis", Topology::Cluster),
        "rediss+cluster" => ("rediss", Topology::Cluster),
        "redis+sentinel" | "rediss+sentinel" => {
            return Err(refuse("Sentinel (redis+sentinel://) is not supported yet"));
        }
        _ => return Err(refuse("expected redis://, rediss:// or redis+cluster://")),
    };
    let seeds = match topology {
        Topology::Standalone => vec![rest.to_owned()],
        Topology::Cluster => each_host(rest),
    };
    let info = |rest: String| info(&format!("{scheme}://{rest}")).map_err(|why| refuse(&why));
    let seeds = seeds.into_iter().map(info).collect::<Result<_, _>>()?;
    Ok(Address { seeds, topology, shown })
}

/// One server's settings. RESP3, since announcements come as pushes.
fn info(url: &str) -> Result<ConnectionInfo, String> {
    // The crate's message may quote the URL, password and all: only its category is passed on.
    let info = url.into_connection_info().map_err(|error| error.category().to_owned())?;
    let redis = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
    Ok(info.set_redis_settings(redis))
}

/// `user:password@h1,h2` as `user:password@h1` and `user:password@h2`.
fn each_host(rest: &str) -> Vec<String> {
    let (login, hosts) = rest.rsplit_once('@').map_or(("", rest), |(login, hosts)| (login, hosts));
    let at = if login.is_empty() { "" } else { "@" };
    let hosts = hosts.trim_end_matches('/').split(',');
    hosts.map(|host| format!("{login}{at}{host}")).collect()
}

/// The URL with `***` for what stands before the host.
fn without_password(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, hosts))) => format!("{scheme}://***@{hosts}"),
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Topology, parse};

    #[test]
    fn a_password_is_never_shown() {
        let address = parse("rediss+cluster://ann:s3cret@one:7000,two:7001").unwrap();
        assert_eq!(address.shown, "rediss+cluster://***@one:7000,two:7001");
        assert_eq!((address.seeds.len(), address.topology), (2, Topology::Cluster));
        assert!(
            address.seeds.iter().all(|seed| seed.redis_settings().password() == Some("s3cret"))
        );
        for bad in ["redis://:s3cret@host:port", "http://:s3cret@host"] {
            let error = parse(bad).unwrap_err().to_string();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn sentinel_is_refused_by_name() {
        let error = parse("redis+sentinel://one,two/main").unwrap_err().to_string();
        assert!(error.contains("Sentinel"), "{error}");
    }
}
