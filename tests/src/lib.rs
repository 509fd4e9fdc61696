//! What end-to-end tests stand on: real servers on ports of their own.

mod engines;
mod redis_server;

pub use engines::{EmbeddedFactory, EngineFactory};
pub use redis_server::{Fsync, RedisServer};
