//! What the codec does with good frames, bad frames and nonsense.

use parlor_shared::{
    Action, ClientFrame, Event, Problem, decode_client_frame, decode_event, encode,
    limits::JSON_DEPTH,
};
use proptest::prelude::*;

use crate::{samples::command_id, strategies};

const ID: &str = "0192f0c1-2b3c-4d5e-8f60-718293a4b5c6";

fn refusal(text: &str) -> (bool, Problem) {
    let error = decode_client_frame(text).unwrap_err();
    assert!(error.id.is_none_or(|id| id == command_id()), "an id out of thin air: {text}");
    (error.id.is_some(), error.problem)
}

proptest! {
    #[test]
    fn a_command_comes_back_as_it_went(command in strategies::command()) {
        prop_assert_eq!(decode_client_frame(&encode(&command)), Ok(ClientFrame::Command(command)));
    }

    #[test]
    fn no_text_makes_the_codec_panic(text in any::<String>()) {
        let _ = decode_client_frame(&text);
        let _ = decode_event(&text);
    }

    #[test]
    fn no_bytes_make_the_codec_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = decode_client_frame(&text);
        let _ = decode_event(&text);
    }

    #[test]
    fn no_json_makes_the_codec_panic(value in strategies::json()) {
        let _ = decode_client_frame(&value.to_string());
        let _ = decode_event(&value.to_string());
    }

    #[test]
    fn a_command_cut_or_changed_anywhere_never_panics(
        command in strategies::command(), at in any::<prop::sample::Index>(), other in any::<char>(),
    ) {
        let mut chars: Vec<char> = encode(&command).chars().collect();
        let at = at.index(chars.len());
        let _ = decode_client_frame(&chars[..at].iter().collect::<String>());
        chars[at] = other;
        let _ = decode_client_frame(&chars.iter().collect::<String>());
    }

    #[test]
    fn brackets_in_strings_do_not_count_as_nesting(text in "[\\[\\]{}\"\\\\a]{0,200}") {
        let action = Action::Send { room: crate::samples::attic(), text };
        let command = parlor_shared::Command { id: command_id(), action };
        prop_assert!(decode_client_frame(&encode(&command)).is_ok());
    }
}

#[test]
fn pong_needs_no_id() {
    assert_eq!(decode_client_frame(r#"{"type":"pong"}"#), Ok(ClientFrame::Pong));
}

#[test]
fn unknown_fields_of_a_command_are_ignored() {
    let text = format!(r#"{{"type":"ping","id":"{ID}","colour":"red"}}"#);
    let Ok(ClientFrame::Command(command)) = decode_client_frame(&text) else { panic!("{text}") };
    assert_eq!(command.action, Action::Ping);
}

#[test]
fn what_is_no_command_at_all_is_malformed() {
    for text in ["", "hello", "[]", "{}", "7", r#"{"type":"ping"}"#, r#"{"type":3,"id":"x"}"#] {
        assert_eq!(refusal(text), (false, Problem::Malformed), "{text}");
    }
    for id in [r#""""#, r#""not-a-uuid""#, "17", "null"] {
        let text = format!(r#"{{"type":"ping","id":{id}}}"#);
        assert_eq!(refusal(&text), (false, Problem::Malformed), "{text}");
    }
}

#[test]
fn a_type_from_elsewhere_is_an_unknown_command_with_its_id() {
    let text = format!(r#"{{"type":"dance","id":"{ID}"}}"#);
    assert_eq!(refusal(&text), (true, Problem::UnknownCommand));
}

#[test]
fn wrong_fields_are_bad_parameters_with_their_id() {
    let wrong = [
        r#""type":"send""#,
        r#""type":"send","room":"attic","text":7"#,
        r#""type":"send","room":"no such id!","text":"hi""#,
        r#""type":"history","room":"attic","before":-1,"limit":50"#,
        r#""type":"history","room":"attic","before":1.5,"limit":50"#,
        r#""type":"history","room":"attic","before":9007199254740992,"limit":50"#,
        r#""type":"follow","log":"attic""#,
        r#""type":"follow","log":"room:attic","after":{"epoch":"e","offset":18446744073709551615}"#,
    ];
    for fields in wrong {
        let text = format!(r#"{{{fields},"id":"{ID}"}}"#);
        assert_eq!(refusal(&text), (true, Problem::BadParameters), "{text}");
    }
}

#[test]
fn nesting_is_allowed_up_to_the_limit_and_not_beyond() {
    let nested = |depth: usize| {
        let (open, close) = ("[".repeat(depth - 1), "]".repeat(depth - 1));
        format!(r#"{{"type":"ping","id":"{ID}","extra":{open}{close}}}"#)
    };
    assert!(decode_client_frame(&nested(JSON_DEPTH)).is_ok());
    let too_deep = Problem::TooDeep { max: JSON_DEPTH as u32 };
    assert_eq!(refusal(&nested(JSON_DEPTH + 1)), (false, too_deep.clone()));
    assert_eq!(refusal(&"[".repeat(60_000)), (false, too_deep));
}

#[test]
fn an_event_of_a_newer_server_is_unknown_and_not_an_error() {
    let text = r#"{"type":"fireworks","colour":["red"],"deep":{"a":{"b":1}}}"#;
    assert_eq!(decode_event(text).unwrap(), Event::Unknown);
}

#[test]
fn a_problem_of_a_newer_server_still_says_what_to_do() {
    let text = format!(
        r#"{{"type":"error","id":"{ID}","code":1777,"name":"new","retry":"unknown","params":{{"a":1}}}}"#
    );
    let Event::Error { problem, .. } = decode_event(&text).unwrap() else { panic!("{text}") };
    assert_eq!((problem.code(), problem.retry()), (1777, parlor_shared::Retry::Unknown));
}
