//! `docs/protocol.md` is true: every example decodes, every table is the code's.

use std::fs;

use parlor_shared::{
    Action, Body, ClientFrame, CloseCode, Event, INTEGER_MAX, PollAnswer, PollRequest, Problem,
    Record, Retry, SUBPROTOCOL, TOKEN_SUBPROTOCOL_PREFIX, decode_client_frame, decode_event,
    encode, limits as l, read,
};
use serde_json::Value;

fn document() -> String {
    fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/protocol.md")).unwrap()
}

/// The blocks opened with three back-ticks and `json …`: what follows `json`, and the text.
fn examples() -> Vec<(String, String)> {
    let text = document();
    let blocks = text.split("```json").skip(1).map(|rest| {
        let (info, rest) = rest.split_once('\n').unwrap();
        (info.trim().to_owned(), rest.split_once("\n```").unwrap().0.to_owned())
    });
    blocks.collect()
}

/// The cells of the table under a heading, without its head.
fn table(heading: &str) -> Vec<Vec<String>> {
    let text = document();
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    let cell = |cell: &str| cell.trim().replace('`', "");
    rows.map(|row| row.trim_matches('|').split('|').map(cell).collect()).collect()
}

/// The example, read as what it says it is and written again.
fn rewritten(kind: &str, example: &str) -> Result<String, String> {
    let said = |e: serde_json::Error| e.to_string();
    match kind {
        "command" => match decode_client_frame(example).map_err(|e| e.to_string())? {
            ClientFrame::Command(command) => Ok(encode(&command)),
            ClientFrame::Pong => Ok(r#"{"type":"pong"}"#.to_owned()),
        },
        "event" => {
            let event = decode_event(example).map_err(said)?;
            let known = (event != Event::Unknown).then(|| encode(&event));
            known.ok_or("an unknown event".to_owned())
        }
        "record" => match serde_json::from_str::<Record>(example).map_err(said)? {
            Record { body: Body::Unknown { .. }, .. } => Err("an unknown kind".to_owned()),
            record => Ok(encode(&record)),
        },
        "problem" => serde_json::from_str::<Problem>(example).map(|p| encode(&p)).map_err(said),
        "poll" => serde_json::from_str::<PollRequest>(example).map(|p| encode(&p)).map_err(said),
        "poll_answer" => read::<PollAnswer>(example).map(|a| encode(&a)).ok_or("none".to_owned()),
        other => Err(format!("no such kind of example: {other}")),
    }
}

#[test]
fn every_example_is_what_it_says_it_is() {
    for (kind, example) in examples() {
        let again = rewritten(&kind, &example).unwrap_or_else(|e| panic!("{kind}: {e}\n{example}"));
        let [said, read] = [&example, &again].map(|text| {
            let value: Value = serde_json::from_str(text).unwrap();
            value
        });
        assert_eq!(read, said, "this {kind} of the document has fields that nobody reads");
    }
}

#[test]
fn every_command_event_and_kind_of_record_has_an_example() {
    let all = examples();
    let has = |kind: &str, needle: &str| {
        let found = all.iter().any(|(is, text)| is == kind && text.contains(needle));
        assert!(found, "no {kind} example has {needle}");
    };
    for name in Action::NAMES {
        has("command", &format!(r#""type": "{name}""#));
    }
    for (name, _) in crate::golden::event_samples() {
        if name != "unknown" {
            has("event", &format!(r#""type": "{name}""#));
        }
    }
    for kind in ["message", "member", "room", "membership", "read"] {
        has("record", &format!(r#""kind": "{kind}""#));
    }
}

#[test]
fn the_table_of_errors_is_the_code_s() {
    let retry = |retry: Retry| match retry {
        Retry::Retry => "retry",
        Retry::Unknown => "unknown",
        Retry::Final => "final",
    };
    let said: Vec<_> = table("Errors")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone(), row[2].clone(), row[3].clone()))
        .collect();
    let params = crate::golden::problem_params();
    let known: Vec<_> = Problem::TABLE
        .iter()
        .map(|(code, name, again)| {
            (code.to_string(), (*name).to_owned(), retry(*again).to_owned(), params[*name].clone())
        })
        .collect();
    assert_eq!(said, known);
}

#[test]
fn the_table_of_close_codes_is_the_code_s() {
    let said: Vec<_> = table("Close codes").into_iter().map(|row| row[..3].to_vec()).collect();
    let again = |code: &CloseCode| CloseCode::invites_return(code.code());
    let known: Vec<_> = CloseCode::ALL
        .iter()
        .map(|code| {
            let again = if again(code) { "yes" } else { "no" };
            vec![code.code().to_string(), code.reason().to_owned(), again.to_owned()]
        })
        .collect();
    assert_eq!(said, known);
}

#[test]
fn the_table_of_limits_is_the_code_s() {
    let known: Vec<(&str, u64)> = vec![
        ("text: scalars", l::TEXT_SCALARS as u64),
        ("text: bytes", l::TEXT_BYTES as u64),
        ("name: scalars", l::NAME_SCALARS as u64),
        ("frame from a client: bytes", l::FRAME_BYTES as u64),
        ("frame from a client: JSON nesting", l::JSON_DEPTH as u64),
        ("page: records", l::PAGE_RECORDS as u64),
        ("page: bytes of records", l::PAGE_BYTES as u64),
        ("changed records before too_many", l::CATCH_UP_RECORDS as u64),
        ("messages after a reset", l::NEWEST_MESSAGES as u64),
        ("followed logs of a connection", l::FOLLOWS as u64),
        ("connections of a person", l::CONNECTIONS_PER_PERSON as u64),
        ("connections of an address", l::CONNECTIONS_PER_ADDRESS as u64),
        ("commands without a reply", l::IN_FLIGHT as u64),
        ("messages of a person in 10 s", u64::from(l::SENDS)),
        ("new sessions of an address in an hour", u64::from(l::SESSIONS_PER_HOUR)),
        ("other names a person asks for in an hour", u64::from(l::RENAMES_PER_HOUR)),
        ("requests without a socket of one person in 10 s", u64::from(l::REQUESTS)),
        ("longest wait of a poll, ms", l::POLL_WAIT_MS),
        ("new rooms of a person in a day", u64::from(l::ROOMS_PER_DAY)),
        ("members of a room", l::MEMBERS as u64),
        ("repeats known: milliseconds", l::DEDUPE_MS),
        ("repeats known: commands of a person in a log", l::DEDUPE_COMMANDS as u64),
        ("messages kept by default", u64::from(l::KEEP_DEFAULT)),
        ("messages kept where set", u64::from(l::KEEP_MAX)),
        ("people of a roster page", l::ROSTER_PAGE as u64),
        ("rooms of a list page", l::ROOMS_PAGE as u64),
    ];
    let said = table("Limits");
    let said: Vec<(&str, u64)> =
        said.iter().map(|row| (row[0].as_str(), row[1].parse().unwrap())).collect();
    assert_eq!(said, known);
}

#[test]
fn what_the_prose_says_in_numbers_is_the_code_s() {
    let text = document();
    let said = [
        INTEGER_MAX.to_string(),
        SUBPROTOCOL.to_owned(),
        TOKEN_SUBPROTOCOL_PREFIX.to_owned(),
        format!("every {} s", l::PING_MS / 1_000),
        format!("within {} s with", l::PONG_MS / 1_000),
        format!(
            "at most once in {} s; it shows for {} s",
            l::TYPING_EVERY_MS / 1_000,
            l::TYPING_SHOWS_MS / 1_000
        ),
        format!("{} hours", l::DEDUPE_MS / 3_600_000),
    ];
    for said in said {
        assert!(text.contains(&said), "the document does not say {said:?}");
    }
    assert_eq!(l::SEND_WINDOW_MS, 10_000, "the limits table says 10 s");
}
