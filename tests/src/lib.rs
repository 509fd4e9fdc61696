//! What end-to-end tests stand on: real servers on ports of their own.

mod redis_server;

pub use redis_server::{Fsync, RedisServer};
