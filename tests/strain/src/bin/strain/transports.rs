//! The words of `transports`, and its tables.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use parlor_strain::transports::{self, Conversation, Cost};

use crate::load::machine_load;

/// Who talks, and for how long.
#[derive(Args)]
pub(crate) struct Transports {
    /// People in the room
    #[arg(long, default_value_t = 20)]
    people: usize,
    /// Seconds of talk, a message in each
    #[arg(long, default_value_t = 60)]
    talk: u32,
    /// Seconds of quiet after it
    #[arg(long, default_value_t = 100)]
    quiet: u32,
    /// The program to start
    #[arg(long, env = "PARLOR_BIN")]
    server: PathBuf,
}

impl Transports {
    pub(crate) async fn perform(&self) -> Result<()> {
        let Self { people, talk: talk_s, quiet: quiet_s, .. } = *self;
        let conversation = Conversation { people, talk_s, quiet_s };
        let costs = transports::run(&self.server, conversation).await?;
        let [delivered, quiet] = Cost::HEADS;
        println!("{delivered}");
        costs.iter().for_each(|cost| println!("{}", cost.delivered()));
        println!("\n{quiet}");
        costs.iter().for_each(|cost| println!("{}", cost.quiet()));
        println!("\nmachine load {}", machine_load());
        Ok(())
    }
}
