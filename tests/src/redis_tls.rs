//! Redis behind TLS, with a certificate of an authority of one's own.
//!
//! The certificates in `tests/tests/redis/tls` are for `localhost` and `127.0.0.1`, valid until 2126, and for
//! nothing but tests; the authority's key is not kept.

use anyhow::Result;

use crate::redis_server::free_port;

const CERTIFICATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/redis/tls");

/// What a server or a sentinel needs to be told so that it talks TLS, to others of its kind too.
#[derive(Clone, Debug)]
pub struct RedisTls {
    /// Where it listens.
    pub port: u16,
}

impl RedisTls {
    /// On a port nobody listens on now.
    ///
    /// # Errors
    /// When no port is free.
    pub fn new() -> Result<Self> {
        Ok(Self { port: free_port()? })
    }

    /// The file of the authority that vouches for the servers, as `SSL_CERT_FILE` takes it.
    #[must_use]
    pub fn authority() -> String {
        format!("{CERTIFICATES}/authority.crt")
    }

    /// The settings, each a name and its value.
    #[must_use]
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        vec![
            ("tls-port", self.port.to_string()),
            ("tls-cert-file", format!("{CERTIFICATES}/server.crt")),
            ("tls-key-file", format!("{CERTIFICATES}/server.key")),
            ("tls-ca-cert-file", Self::authority()),
            ("tls-auth-clients", "no".to_owned()),
            ("tls-replication", "yes".to_owned()),
        ]
    }

    /// The same as words of a command line.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let each = self.settings().into_iter();
        each.flat_map(|(name, value)| [format!("--{name}"), value]).collect()
    }
}
