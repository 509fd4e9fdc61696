//! The words of `soak`.

use std::{path::PathBuf, time::Duration};

use anyhow::Result;
use clap::Args;
use parlor_strain::soak::{self, Wish};

use crate::{engine::Engine, load::machine_load};

/// How long, and with whom.
#[derive(Args)]
pub(crate) struct Soak {
    /// Minutes
    #[arg(long, default_value_t = 30.0)]
    minutes: f64,
    /// People who come and go
    #[arg(long, default_value_t = 24)]
    people: usize,
    /// Rooms they come to
    #[arg(long, default_value_t = 4)]
    rooms: usize,
    /// The engine
    #[arg(long, value_enum, default_value = "embedded")]
    engine: Engine,
    /// The program to start
    #[arg(long, env = "PARLOR_BIN")]
    server: PathBuf,
}

impl Soak {
    pub(crate) async fn perform(&self) -> Result<()> {
        let wish = Wish {
            server: self.server.clone(),
            engine: self.engine.into(),
            lasts: Duration::try_from_secs_f64(self.minutes * 60.0)?,
            people: self.people,
            rooms: self.rooms,
        };
        soak::run(&wish).await?;
        println!(
            "everything levels off, and nobody left anything; machine load {}",
            machine_load()
        );
        Ok(())
    }
}
