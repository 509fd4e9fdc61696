//! One file for each variant of what goes over the wire, read and written exactly.

mod action;
mod body;
mod event;
mod outcome;
mod problem;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    fs,
    path::PathBuf,
};

use serde::{Serialize, de::DeserializeOwned};

/// A sample for each pattern, and the pattern's file. The match has no `_`: a new variant does not
/// compile until it has a line, and with it a file.
macro_rules! samples {
    ($kind:ty { $( $file:literal $pattern:pat => $sample:expr; )* }) => {
        pub(crate) fn samples() -> Vec<(&'static str, $kind)> {
            let file = |value: &$kind| match value { $( $pattern => $file, )* };
            [$( $sample ),*].into_iter().map(|sample| (file(&sample), sample)).collect()
        }
    };
}
use samples;

pub(crate) use event::samples as event_samples;

/// The names of each problem's parameters, as a table would list them.
pub(crate) fn problem_params() -> BTreeMap<&'static str, String> {
    let params = |problem| {
        let wire = serde_json::to_value(problem).unwrap();
        let params = wire.get("params").and_then(|params| params.as_object().cloned());
        params.unwrap_or_default().keys().cloned().collect::<Vec<_>>().join(", ")
    };
    problem::samples().into_iter().map(|(name, problem)| (name, params(problem))).collect()
}

fn folder(kind: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(kind)
}

/// Reads and writes each sample's file; with `PARLOR_WRITE_GOLDEN` set, makes the missing ones.
fn check<T>(kind: &str, samples: Vec<(&'static str, T)>)
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    let names: BTreeSet<String> = samples.iter().map(|(name, _)| format!("{name}.json")).collect();
    assert_eq!(names.len(), samples.len(), "two samples of {kind} share a file");
    for (name, sample) in samples {
        let path = folder(kind).join(format!("{name}.json"));
        let written = serde_json::to_string_pretty(&sample).unwrap() + "\n";
        if std::env::var_os("PARLOR_WRITE_GOLDEN").is_some() && !path.exists() {
            fs::create_dir_all(folder(kind)).unwrap();
            fs::write(&path, &written).unwrap();
        }
        let golden = fs::read_to_string(&path)
            .unwrap_or_else(|e| panic!("{}: {e}; PARLOR_WRITE_GOLDEN=1 makes it", path.display()));
        assert_eq!(golden, written, "{kind}/{name} is written otherwise");
        let read: T = serde_json::from_str(&golden).unwrap();
        assert_eq!(read, sample, "{kind}/{name} is read otherwise");
    }
    let there: BTreeSet<String> = fs::read_dir(folder(kind))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, names, "the files of {kind} and its variants differ");
}

#[test]
fn every_command_has_its_golden_file() {
    check("command", action::commands());
}

#[test]
fn every_event_has_its_golden_file() {
    check("event", event::samples());
}

#[test]
fn every_outcome_has_its_golden_file() {
    check("outcome", outcome::samples());
}

#[test]
fn every_kind_of_record_has_its_golden_file() {
    check("record", body::records());
}

#[test]
fn every_problem_has_its_golden_file() {
    check("problem", problem::samples());
}

#[test]
fn no_folder_of_golden_files_is_forgotten() {
    let there: BTreeSet<String> = fs::read_dir(folder(""))
        .unwrap()
        .map(|folder| folder.unwrap().file_name().into_string().unwrap())
        .collect();
    let known = ["command", "event", "outcome", "problem", "record"].map(str::to_owned);
    assert_eq!(there, BTreeSet::from(known));
}

#[test]
fn the_list_of_command_names_is_the_commands() {
    let named: BTreeSet<&str> = parlor_shared::Action::NAMES.iter().copied().collect();
    let samples = action::samples();
    let written: Vec<String> = samples
        .iter()
        .map(|(_, action)| serde_json::to_value(action).unwrap()["type"].as_str().unwrap().into())
        .collect();
    assert_eq!(named, written.iter().map(String::as_str).collect());
}
