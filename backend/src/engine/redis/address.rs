//! Reads the URL of a store: one server, the first nodes of a cluster, or sentinels and the name of what
//! they watch.

mod sentinels;

use redis::{ConnectionInfo, IntoConnectionInfo, ProtocolVersion};

use crate::engine::EngineError;

/// Where the store is.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// The servers named, at least one; the first one's settings (user, TLS) are everyone's. With
    /// sentinels, only its settings count: they say where the server is.
    pub(super) seeds: Vec<ConnectionInfo>,
    /// The sentinels, with settings of their own.
    pub(super) sentinels: Vec<ConnectionInfo>,
    /// What the sentinels call the primary.
    pub(super) name: String,
    /// How the servers share the keys.
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
    /// One server has them all; which one, sentinels say.
    Sentinel,
}

/// Reads `redis[s]://[user:password@]host[:port][/db]`, `redis[s]+cluster://[…@]h1[:p1],h2[:p2]` or
/// `redis[s]+sentinel://[…@]h1[:p1],h2[:p2]/name[/db][?sentinel_user=…&sentinel_password=…]`.
pub(super) fn parse(url: &str) -> Result<Address, EngineError> {
    let shown = without_password(url);
    let refuse = |why: &str| EngineError::Away(format!("{shown} cannot be used: {why}"));
    let (scheme, rest) = url.split_once("://").ok_or_else(|| refuse("it has no scheme"))?;
    let (scheme, topology) = match scheme {
        "redis" | "rediss" => (scheme, Topology::Standalone),
        "redis+cluster" => ("redis", Topology::Cluster),
        "rediss+cluster" => ("rediss", Topology::Cluster),
        "redis+sentinel" => ("redis", Topology::Sentinel),
        "rediss+sentinel" => ("rediss", Topology::Sentinel),
        _ => {
            let known = "expected redis://, rediss://, redis+sentinel:// or redis+cluster://";
            return Err(refuse(known));
        }
    };
    let seeds = match topology {
        Topology::Standalone => vec![rest.to_owned()],
        Topology::Cluster => each_host(rest),
        Topology::Sentinel => {
            return sentinels::parse(scheme, rest, shown.clone()).map_err(|why| refuse(&why));
        }
    };
    let info = |rest: String| info(&format!("{scheme}://{rest}")).map_err(|why| refuse(&why));
    let seeds = seeds.into_iter().map(info).collect::<Result<_, _>>()?;
    Ok(Address { seeds, sentinels: Vec::new(), name: String::new(), topology, shown })
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

/// The URL with `***` for what stands before the host, and without what stands after a `?`.
fn without_password(url: &str) -> String {
    let url = url.split_once('?').map_or(url, |(url, _)| url);
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
    fn sentinels_have_a_login_of_their_own_and_the_store_has_another() {
        let url = "redis+sentinel://ann:s3cret@one,two:7/main/2?sentinel_password=hush%21";
        let address = parse(url).unwrap();
        assert_eq!(address.shown, "redis+sentinel://***@one,two:7/main/2");
        assert_eq!((address.topology, address.name.as_str()), (Topology::Sentinel, "main"));
        let sentinels: Vec<_> = address.sentinels.iter().map(|s| s.addr().to_string()).collect();
        assert_eq!(sentinels, ["one:26379", "two:7"]);
        for sentinel in &address.sentinels {
            let settings = sentinel.redis_settings();
            assert_eq!((settings.username(), settings.password()), (None, Some("hush!")));
        }
        let store = address.seeds[0].redis_settings();
        assert_eq!(
            (store.username(), store.password(), store.db()),
            (Some("ann"), Some("s3cret"), 2)
        );
        for bad in ["redis+sentinel://one,two", "redis+sentinel://one/main?sentinel_pasword=hush"] {
            let error = parse(bad).unwrap_err().to_string();
            assert!(!error.contains("hush"), "{error}");
        }
    }
}
