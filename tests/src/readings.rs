//! A server's metrics as they are told at one moment.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

/// Every sample by its name and labels, as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Readings {
    /// The text they were read from.
    pub text: String,
    samples: BTreeMap<String, f64>,
}

impl Readings {
    /// Asks the server at `url`.
    ///
    /// # Errors
    /// When it tells none.
    pub async fn of(url: &str) -> Result<Self> {
        let answer = reqwest::get(format!("{url}/metrics")).await?;
        ensure!(answer.status().is_success(), "no metrics: {}", answer.status());
        Self::read(answer.text().await?)
    }

    fn read(text: String) -> Result<Self> {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let samples = lines.map(|line| {
            let (name, value) = line.rsplit_once(' ').context("no sample")?;
            Ok((name.to_owned(), value.parse()?))
        });
        let samples = samples.collect::<Result<_>>()?;
        Ok(Self { text, samples })
    }

    /// One sample: `parlor_writes_total{kind="message",result="written"}`. What is not there is 0.
    #[must_use]
    pub fn value(&self, sample: &str) -> f64 {
        self.samples.get(sample).copied().unwrap_or_default()
    }

    /// How often the store was asked to do `operation` on a `room`, a `person`, the `directory` or
    /// `presence`.
    #[must_use]
    pub fn asked(&self, of: &str, operation: &str) -> f64 {
        let name = "parlor_engine_operation_seconds_count";
        self.value(&format!("{name}{{of=\"{of}\",operation=\"{operation}\"}}"))
    }

    /// How often the logs of rooms, or of persons, were read.
    #[must_use]
    pub fn reads_of(&self, of: &str) -> f64 {
        ["changes", "page", "record", "records", "top"]
            .iter()
            .map(|read| self.asked(of, read))
            .sum()
    }

    /// How much a sample rose since `before`.
    #[must_use]
    pub fn rise(&self, before: &Self, sample: &str) -> f64 {
        self.value(sample) - before.value(sample)
    }
}
