//! What is answered over plain HTTP: sessions, health, the page.

mod health;
mod metrics;
mod origin;
mod page;
mod rename;
mod session;
mod token;

pub(crate) use health::{is_alive, is_ready};
pub(crate) use metrics::{metrics_for_this_machine, metrics_router};
pub(crate) use origin::is_own_origin;
pub(crate) use page::{content_policy, page};
pub(crate) use rename::rename;
pub(crate) use session::{create_session, end_session, read_session};
pub(crate) use token::offered_token;
