//! Where a client comes from, as far as limits are concerned.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

use crate::config::Config;

/// Where a proxy says who asked; each proxy adds the address it saw at the end.
const FORWARDED: &str = "x-forwarded-for";

/// An IPv4 address, or the /64 network of an IPv6 one, since a household or host has a whole /64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Source(IpAddr);

impl Source {
    /// Who asks, given the address that the connection comes from. Behind a proxy that is the
    /// proxy's, and the client's is the last one it forwarded.
    #[must_use]
    pub(crate) fn of(config: &Config, headers: &HeaderMap, address: SocketAddr) -> Self {
        let forwarded = || {
            let last = headers.get_all(FORWARDED).into_iter().next_back()?.to_str().ok()?;
            last.rsplit(',').next()?.trim().parse().ok()
        };
        let claimed = if config.behind_proxy { forwarded() } else { None };
        Self::from(claimed.unwrap_or(address.ip()))
    }
}

impl From<IpAddr> for Source {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) & (u128::MAX << 64);
                IpAddr::V6(Ipv6Addr::from(network))
            }
            address @ IpAddr::V4(_) => address,
        })
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Config, FORWARDED, Source};

    fn source(address: &str) -> Source {
        Source::from(address.parse::<std::net::IpAddr>().unwrap())
    }

    #[test]
    fn only_behind_a_proxy_is_the_last_forwarded_address_believed() {
        let forwarded = HeaderValue::from_static("6.6.6.6, 10.0.0.7");
        let headers: HeaderMap = [(FORWARDED.parse().unwrap(), forwarded)].into_iter().collect();
        let address = "127.0.0.1:9".parse().unwrap();
        let open = Config::default();
        let behind = Config { behind_proxy: true, ..Config::default() };
        assert_eq!(Source::of(&open, &headers, address), source("127.0.0.1"));
        assert_eq!(Source::of(&behind, &headers, address), source("10.0.0.7"));
        assert_eq!(Source::of(&behind, &HeaderMap::new(), address), source("127.0.0.1"));
    }

    #[test]
    fn one_source_is_one_address_or_one_network() {
        assert_eq!(source("2001:db8::1"), source("2001:db8::ffff:2"));
        assert_ne!(source("2001:db8::1"), source("2001:db8:0:1::1"));
        assert_eq!(source("::ffff:10.0.0.1"), source("10.0.0.1"));
        assert_ne!(source("10.0.0.1"), source("10.0.0.2"));
    }
}
