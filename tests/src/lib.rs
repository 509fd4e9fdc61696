//! What end-to-end tests stand on: real servers on ports of their own.

mod disk;
mod engines;
mod redis_cluster;
mod redis_engines;
mod redis_server;

pub use disk::{Disk, DiskBackend, Syncs};
pub use engines::{DiskFactory, EmbeddedFactory, EngineFactory};
pub use redis_cluster::RedisCluster;
pub use redis_engines::{RedisClusterFactory, RedisFactory};
pub use redis_server::{Fsync, RedisServer};
