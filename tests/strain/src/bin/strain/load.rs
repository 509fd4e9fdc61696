//! The words of `load`, and its report.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};
use parlor_strain::load::{Figures, Scenario, Target, Wish};

use crate::{engine::Engine, way::WayWord};

/// What is to be played, at which server.
#[derive(Args)]
pub(crate) struct Load {
    /// Scenarios; all, if none is named
    #[arg(value_enum)]
    scenarios: Vec<Scenario>,
    /// A server that runs, like http://127.0.0.1:3000; otherwise one is started for each run
    #[arg(long)]
    url: Option<String>,
    /// Its process, for processor time and memory
    #[arg(long, requires = "url")]
    pid: Option<u32>,
    /// The program to start otherwise
    #[arg(long, env = "PARLOR_BIN", required_unless_present = "url")]
    server: Option<PathBuf>,
    /// What a started server keeps its logs in
    #[arg(long, value_enum, default_value = "embedded")]
    engine: Engine,
    /// How clients reach the server; polls go through this program, so latencies are not the server's
    #[arg(long, value_enum, default_value = "socket")]
    way: WayWord,
    /// Runs of each, a bare server's and the server's in turn
    #[arg(long, default_value_t = 1)]
    pairs: u32,
    /// Leave the bare server out
    #[arg(long)]
    no_limit: bool,
    #[command(flatten)]
    amounts: Amounts,
}

/// How much, where it is not to be as usual.
#[derive(Args, Clone)]
pub(crate) struct Amounts {
    /// Clients
    #[arg(long)]
    pub(crate) clients: Option<usize>,
    /// Messages each second, of all together
    #[arg(long)]
    pub(crate) rate: Option<u32>,
    /// Seconds of talk
    #[arg(long)]
    pub(crate) seconds: Option<u32>,
    /// Bytes of a message's text
    #[arg(long)]
    pub(crate) text_bytes: Option<usize>,
    /// Clients that talk, in each room
    #[arg(long)]
    pub(crate) authors: Option<usize>,
    /// Hide this message from the first client's ledger: the report must count it as lost
    #[arg(long, hide = true)]
    pub(crate) plant_loss: Option<u32>,
}

impl Amounts {
    /// What is usual for a scenario, but for what was asked for.
    pub(crate) fn of(&self, scenario: Scenario) -> Wish {
        let usual = scenario.usual();
        Wish {
            clients: self.clients.unwrap_or(usual.clients),
            rate: self.rate.unwrap_or(usual.rate),
            seconds: self.seconds.unwrap_or(usual.seconds),
            text_bytes: self.text_bytes.unwrap_or(usual.text_bytes),
            authors: self.authors.unwrap_or(usual.authors),
            planted_loss: self.plant_loss,
        }
    }
}

impl Load {
    /// Plays everything asked for, and reports.
    pub(crate) async fn perform(&self) -> Result<()> {
        let (mut sound, own) = (true, std::env::current_exe()?);
        for scenario in scenarios(&self.scenarios) {
            let wish = self.amounts.of(scenario);
            let name = scenario.to_possible_value().context("a scenario without a name")?;
            let (mut ratios, mut times) = (Vec::new(), Vec::new());
            for _ in 0..self.pairs {
                let limit =
                    if self.no_limit { None } else { Some(scenario.limit(&wish, &own).await?) };
                let figures = self.play(scenario, &wish).await?;
                sound &= figures.is_sound();
                if let Some(limit) = &limit {
                    println!("{:10} limit   {limit}", name.get_name());
                    ratios.extend(ratio(&figures, limit, Figures::processor_per_million));
                    times.extend(ratio(&figures, limit, |f| Some(f.took.as_secs_f64())));
                }
                println!("{:10} parlor  {figures}", name.get_name());
            }
            let (ratios, times) = (spread(&mut ratios), spread(&mut times));
            let (name, load) = (name.get_name(), machine_load());
            println!("{name:10} CPU × limit {ratios}; time × limit {times}; machine load {load}");
        }
        ensure!(sound, "something was lost, repeated or out of order");
        Ok(())
    }

    async fn play(&self, scenario: Scenario, wish: &Wish) -> Result<Figures> {
        let target = match (&self.url, &self.server) {
            (Some(url), _) => Target::running(url, self.pid),
            (None, Some(server)) => Target::start(server, self.engine.into()).await?,
            (None, None) => anyhow::bail!("--url or --server"),
        };
        let target = match self.way.without_socket() {
            Some(way) => target.over(way).await?,
            None => target,
        };
        scenario.play(&target, wish).await
    }
}

/// Those named, or all.
pub(crate) fn scenarios(named: &[Scenario]) -> Vec<Scenario> {
    if named.is_empty() { Scenario::value_variants().to_vec() } else { named.to_vec() }
}

/// One figure of both, as a ratio.
pub(crate) fn ratio(
    one: &Figures,
    other: &Figures,
    figure: impl Fn(&Figures) -> Option<f64>,
) -> Option<f64> {
    let (one, other) = figure(one).zip(figure(other))?;
    (other > 0.0).then(|| one / other)
}

/// The median, and the range where there are several.
pub(crate) fn spread(values: &mut [f64]) -> String {
    values.sort_by(f64::total_cmp);
    match (values.first(), values.get(values.len() / 2), values.last()) {
        (Some(least), Some(median), Some(most)) if values.len() > 1 => {
            format!("{median:.2} ({least:.2} to {most:.2})")
        }
        (_, Some(only), _) => format!("{only:.2}"),
        _ => "none".to_owned(),
    }
}

/// What else the machine does: the system's averages over 1, 5 and 15 minutes.
pub(crate) fn machine_load() -> String {
    let averages = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    averages.split(' ').take(3).collect::<Vec<_>>().join(" ")
}
