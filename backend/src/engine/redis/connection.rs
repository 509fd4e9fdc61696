//! The connection for commands to one primary. All callers share it.

use std::sync::Arc;

use redis::{
    Client, Cmd, FromRedisValue, Pipeline, PushInfo, RedisError, RedisResult, ScriptInvocation,
    aio::MultiplexedConnection,
};
use tokio::{sync::watch, time::Instant};

use super::{
    CALL,
    error::wants_reconnect,
    upkeep::{Tenant, Upkeep},
};

/// What is asked of a primary.
#[derive(Clone, Copy)]
pub(super) enum Request<'a> {
    /// A script, by its hash; sent whole where the server does not know it.
    Script(&'a ScriptInvocation<'a>),
    /// A command.
    Command(&'a Cmd),
    /// Several commands, one right behind the other.
    Line(&'a Pipeline),
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum CallError {
    /// There is no link, for this reason; nothing was sent.
    Down(String),
    /// No answer within 5 s.
    TooLate,
    /// The server or the link refused.
    Failed(RedisError),
}

/// A connection that comes back by itself.
#[derive(Debug)]
pub(super) struct Connection {
    shared: Arc<Shared>,
    upkeep: Upkeep,
}

impl Connection {
    /// Begins to connect; does not wait for it.
    pub(super) fn begin(client: Client) -> Self {
        let down = Link::Down("the first connection is not made yet".to_owned());
        let shared = Arc::new(Shared { link: watch::Sender::new(down) });
        Self { upkeep: Upkeep::begin(client, Arc::clone(&shared)), shared }
    }

    /// Asks, at once or not at all: a primary known to be away is not waited for.
    pub(super) async fn call<T: FromRedisValue>(
        &self,
        request: Request<'_>,
    ) -> Result<T, CallError> {
        let mut connection = match &*self.shared.link.borrow() {
            Link::Up(connection) => connection.clone(),
            Link::Down(reason) => return Err(CallError::Down(reason.clone())),
        };
        // A script may take two round trips; the limit is for both.
        let answer = tokio::time::timeout(CALL, async {
            match request {
                Request::Script(script) => script.invoke_async(&mut connection).await,
                Request::Command(command) => command.query_async(&mut connection).await,
                Request::Line(line) => line.query_async(&mut connection).await,
            }
        });
        match answer.await {
            Err(_) => Err(CallError::TooLate),
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                if wants_reconnect(&error) {
                    self.upkeep.renew();
                }
                Err(CallError::Failed(error))
            }
        }
    }

    /// Whether the link is up, as far as is known.
    pub(super) fn is_up(&self) -> bool {
        matches!(&*self.shared.link.borrow(), Link::Up(_))
    }

    /// Waits until the link is up.
    ///
    /// # Errors
    /// The last reason why it is not, at `deadline`.
    pub(super) async fn wait_until_up(&self, deadline: Instant) -> Result<(), String> {
        let mut link = self.shared.link.subscribe();
        let up = link.wait_for(|link| matches!(link, Link::Up(_)));
        let waited = tokio::time::timeout_at(deadline, up).await.map(|_| ());
        waited.map_err(|_| match &*self.shared.link.borrow() {
            Link::Up(_) => "it came up too late".to_owned(),
            Link::Down(reason) => reason.clone(),
        })
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        // The link's own task holds the tenant, which holds the link: this unties them.
        self.shared.down("the engine is closed");
    }
}

struct Shared {
    link: watch::Sender<Link>,
}

/// Whether the primary can be asked, or why it cannot.
enum Link {
    Up(MultiplexedConnection),
    Down(String),
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match &*self.link.borrow() {
            Link::Up(_) => "Up",
            Link::Down(_) => "Down",
        })
    }
}

impl Tenant for Shared {
    const USE: &str = "commands";

    async fn up(&self, connection: MultiplexedConnection) -> RedisResult<()> {
        self.link.send_replace(Link::Up(connection));
        Ok(())
    }

    fn down(&self, reason: &str) {
        self.link.send_replace(Link::Down(reason.to_owned()));
    }

    fn heard(&self, _: PushInfo) {}
}
