//! A node's ways to its store: one link for each server that it may be led to.

use std::net::SocketAddr;

use anyhow::{Context, Result};

use super::link::Link;

/// All links of one node. Dropping them cuts them.
#[derive(Debug)]
pub(super) struct Ways(Vec<Link>);

impl Ways {
    /// A way to one server.
    pub(super) async fn to(port: u16) -> Result<Self> {
        Ok(Self(vec![Link::open(([127, 0, 0, 1], 0).into(), port).await?]))
    }

    /// Ways to a cluster whose servers do not name their hosts: at a host of the node's own, each
    /// server is at its own port.
    pub(super) async fn to_all(ports: &[u16], node: usize) -> Result<Self> {
        let host = [127, 0, 1, u8::try_from(node + 1)?];
        let mut links = Vec::new();
        for port in ports {
            links.push(Link::open((host, *port).into(), *port).await?);
        }
        Ok(Self(links))
    }

    /// Where the node finds the servers.
    pub(super) fn addresses(&self) -> impl Iterator<Item = SocketAddr> {
        self.0.iter().map(Link::address)
    }

    /// The way to one of the servers.
    pub(super) fn one(&self, server: usize) -> Result<&Link> {
        self.0.get(server).context("no such server")
    }

    pub(super) fn cut(&self, cut: bool) {
        self.0.iter().for_each(|link| link.cut(cut));
    }

    pub(super) fn delay(&self, delay_ms: u64) {
        self.0.iter().for_each(|link| link.delay(delay_ms));
    }

    pub(super) fn throttle(&self, bytes_a_second: u64) {
        self.0.iter().for_each(|link| link.throttle(bytes_a_second));
    }

    pub(super) fn deafen(&self, deaf: bool) {
        self.0.iter().for_each(|link| link.deafen(deaf));
    }

    /// As if nothing had ever been wrong.
    pub(super) fn heal(&self) {
        self.0.iter().for_each(Link::heal);
    }
}
