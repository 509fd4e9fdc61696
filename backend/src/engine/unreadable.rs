//! How a record that cannot be read is described.

/// What is wrong with the JSON, and where. The error's own words would quote it, and with it what
/// somebody said.
pub(super) fn unreadable(error: &serde_json::Error) -> String {
    let (kind, line, column) = (error.classify(), error.line(), error.column());
    format!("not the JSON expected ({kind:?} at line {line} column {column})")
}

#[cfg(test)]
mod tests {
    use super::unreadable;

    #[test]
    fn what_was_said_is_never_quoted() {
        let error = serde_json::from_str::<u64>("\"s3cret\"").unwrap_err();
        assert!(error.to_string().contains("s3cret"), "or this test says nothing");
        assert_eq!(unreadable(&error), "not the JSON expected (Data at line 1 column 8)");
    }
}
