//! What is answered over plain HTTP: sessions, health, the page, and the protocol without a socket.

mod command;
mod health;
mod messages;
mod metrics;
mod origin;
mod page;
mod poll;
mod rename;
mod session;
mod token;

pub(crate) use command::command;
pub(crate) use health::{is_alive, is_ready};
pub(crate) use messages::messages;
pub(crate) use metrics::{metrics_for_this_machine, metrics_router};
pub(crate) use origin::is_own_origin;
pub(crate) use page::{content_policy, page};
pub(crate) use poll::poll;
pub(crate) use rename::rename;
pub(crate) use session::{create_session, end_session, read_session};
pub(crate) use token::offered_token;
