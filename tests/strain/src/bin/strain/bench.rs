//! `bench`: two builds of the server on the same scenarios in turn, pair by pair, so that what the
//! machine does beside them troubles both alike.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use parlor_strain::load::{Figures, Scenario, Target};

use crate::{
    engine::Engine,
    load::{Amounts, machine_load, ratio, scenarios, spread},
};

/// What is compared.
#[derive(Args)]
pub(crate) struct Bench {
    /// The build that is compared with
    #[arg(long)]
    before: PathBuf,
    /// The build in question
    #[arg(long)]
    after: PathBuf,
    /// Scenarios; all, if none is named
    #[arg(value_enum)]
    scenarios: Vec<Scenario>,
    /// Pairs of runs
    #[arg(long, default_value_t = 5)]
    pairs: u32,
    /// What they keep their logs in
    #[arg(long, value_enum, default_value = "embedded")]
    engine: Engine,
    #[command(flatten)]
    amounts: Amounts,
}

/// One figure of a run.
type Figure = fn(&Figures) -> Option<f64>;

/// What is compared of two runs.
const COMPARED: [(&str, Figure); 4] = [
    ("CPU for a delivery", Figures::processor_per_million),
    ("median latency", |figures| Some(figures.latency_us[0] as f64)),
    ("time in all", |figures| Some(figures.took.as_secs_f64())),
    ("memory for a connection", |figures| figures.bytes_each),
];

impl Bench {
    /// Plays the pairs, and prints the ratios after : before.
    pub(crate) async fn perform(&self) -> Result<()> {
        for scenario in scenarios(&self.scenarios) {
            let name = scenario.to_possible_value().context("a scenario without a name")?;
            let mut ratios = COMPARED.map(|_| Vec::new());
            for pair in 0..self.pairs {
                let [before, after] = self.pair(scenario, pair).await?;
                println!("{:10} before  {before}", name.get_name());
                println!("{:10} after   {after}", name.get_name());
                for ((_, figure), ratios) in COMPARED.iter().zip(&mut ratios) {
                    ratios.extend(ratio(&after, &before, figure));
                }
            }
            for ((what, _), ratios) in COMPARED.iter().zip(&mut ratios) {
                if !ratios.is_empty() {
                    println!("{:10} {what}: × {}", name.get_name(), spread(ratios));
                }
            }
            println!("{:10} machine load {}", name.get_name(), machine_load());
        }
        Ok(())
    }

    /// One run of each. Who is first changes, since the second finds the machine warm.
    async fn pair(&self, scenario: Scenario, pair: u32) -> Result<[Figures; 2]> {
        if pair.is_multiple_of(2) {
            let before = self.play(&self.before, scenario).await?;
            return Ok([before, self.play(&self.after, scenario).await?]);
        }
        let after = self.play(&self.after, scenario).await?;
        Ok([self.play(&self.before, scenario).await?, after])
    }

    async fn play(&self, server: &Path, scenario: Scenario) -> Result<Figures> {
        let target = Target::start(server, self.engine.into()).await?;
        scenario.play(&target, &self.amounts.of(scenario)).await
    }
}
