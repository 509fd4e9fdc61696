//! One thing that was looked at.

use std::fmt;

/// What was found, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// It is as it should be.
    Ok(String),
    /// It works; somebody should know what it means.
    Note(String),
    /// It will hurt; the line says what to change.
    Problem(String),
}

impl Finding {
    /// Whether it will hurt.
    #[must_use]
    pub const fn is_problem(&self) -> bool {
        matches!(self, Self::Problem(_))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ok(text) => write!(f, "ok       {text}"),
            Self::Note(text) => write!(f, "note     {text}"),
            Self::Problem(text) => write!(f, "problem  {text}"),
        }
    }
}

pub(super) fn ok(text: impl Into<String>) -> Finding {
    Finding::Ok(text.into())
}

pub(super) fn note(text: impl Into<String>) -> Finding {
    Finding::Note(text.into())
}

pub(super) fn problem(text: impl Into<String>) -> Finding {
    Finding::Problem(text.into())
}
