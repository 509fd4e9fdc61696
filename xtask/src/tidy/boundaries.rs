//! Who may know whom: the rings of the page, the layers of the server, one reader of the
//! environment.

use super::{Finding, Source};

/// The environment is read once, into the configuration; tasks and tests have their own.
pub(super) fn environment(source: &Source) -> Vec<Finding> {
    let readers = ["backend/src/config.rs", "backend/src/config/", "xtask/", "tests/"];
    let may = source.is_test() || readers.iter().any(|place| source.is_in(place));
    let words = ["env::var", "env::vars"];
    if may { Vec::new() } else { naming(source, &words, "only the configuration reads it") }
}

/// The page touches the browser at its edge only.
pub(super) fn browser(source: &Source) -> Vec<Finding> {
    let edge = [
        "frontend/src/socket.rs",
        "frontend/src/socket/",
        "frontend/src/browser.rs",
        "frontend/no-streams/",
    ];
    let may = source.is_test()
        || source.is_in("frontend/src/browser/")
        || edge.iter().any(|place| source.is_in(place));
    let words = ["web_sys::", "js_sys::", "gloo_"];
    if may || source.is_in("xtask/") {
        return Vec::new();
    }
    naming(source, &words, "only socket.rs and browser/ touch the browser")
}

/// What each part must not know.
const STRANGERS: [(&str, &[&str]); 4] = [
    ("backend/src/engine/", &["axum::", "crate::hub", "crate::socket", "crate::command"]),
    ("backend/src/hub/channel.rs", &["tokio::", "Instant::now", "SystemTime"]),
    ("frontend/model/src/", &["leptos::", "web_sys::", "tokio::", "Instant::", "SystemTime"]),
    ("shared/src/", &["tokio::", "leptos::", "axum::", "web_sys::"]),
];

/// Dependencies go one way: shared, then engines, then the server; model, then store, then views.
pub(super) fn dependency_direction(source: &Source) -> Vec<Finding> {
    let strangers = STRANGERS.iter().filter(|(place, _)| source.is_in(place));
    strangers
        .flat_map(|(place, words)| naming(source, words, &format!("{place} must not know it")))
        .collect()
}

/// Errors have types; `anyhow` is for programs that only print them.
pub(super) fn error_types(source: &Source) -> Vec<Finding> {
    let may = source.is_test()
        || source.path.ends_with("/main.rs")
        || source.is_in("xtask/")
        || source.is_in("tests/");
    if may { Vec::new() } else { naming(source, &["anyhow::"], "give the error a type") }
}

/// The lines of Rust code, unit tests left out, that hold one of these words.
fn naming(source: &Source, words: &[&str], why: &str) -> Vec<Finding> {
    source.naming(source.code_before_tests(), words, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::source;

    #[test]
    fn a_second_reader_of_the_environment_is_found() {
        let reads = "let port = std::env::var(\"PORT\");";
        assert_eq!(environment(&source("backend/src/hub.rs", reads)).len(), 1);
        assert!(environment(&source("backend/src/config.rs", reads)).is_empty());
    }

    #[test]
    fn a_component_that_touches_the_browser_is_found() {
        let touches = "use web_sys::window;";
        assert_eq!(browser(&source("frontend/src/components/composer.rs", touches)).len(), 1);
        assert!(browser(&source("frontend/src/browser/storage.rs", touches)).is_empty());
    }

    #[test]
    fn an_engine_that_knows_the_server_is_found() {
        let knows = "use crate::hub::Hub;\nuse axum::Router;";
        assert_eq!(dependency_direction(&source("backend/src/engine/log.rs", knows)).len(), 2);
        assert!(dependency_direction(&source("backend/src/app.rs", knows)).is_empty());
    }

    #[test]
    fn words_in_comments_and_unit_tests_do_not_count() {
        let text = "// web_sys:: is elsewhere\n#[cfg(test)]\nmod tests { use js_sys::Date; }";
        assert!(browser(&source("frontend/src/store.rs", text)).is_empty());
    }

    #[test]
    fn an_untyped_error_inside_the_server_is_found() {
        let untyped = "use anyhow::Result;";
        assert_eq!(error_types(&source("backend/src/hub.rs", untyped)).len(), 1);
        assert!(error_types(&source("backend/src/main.rs", untyped)).is_empty());
    }
}
