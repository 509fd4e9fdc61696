//! What end-to-end tests stand on: real servers on ports of their own, and clients to talk to them.

mod actor;
mod browser;
mod disk;
mod engines;
mod eventually;
mod mirror;
mod node;
mod process;
mod random;
mod raw;
mod redis_cluster;
mod redis_engines;
mod redis_server;
mod scenarios;
mod session;
pub mod simulation;
mod store;
mod visitor;
mod wire;

pub use actor::Actor;
pub use browser::Browser;
pub use disk::{Disk, DiskBackend, Syncs};
pub use engines::{DiskFactory, EmbeddedFactory, EngineFactory};
pub use eventually::{PATIENCE, eventually, wait_ms};
pub use mirror::Mirror;
pub use node::{Node, roomy};
pub use process::NodeProcess;
pub use random::{fresh_command, fresh_number};
pub use raw::{Dial, Raw};
pub use redis_cluster::RedisCluster;
pub use redis_engines::{RedisClusterFactory, RedisFactory};
pub use redis_server::{Fsync, RedisServer};
pub use session::{Session, SignIn};
pub use store::{EngineKind, Store};
pub use visitor::{Device, Visitor};
pub use wire::Wire;
