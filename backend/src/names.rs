//! Which names look alike, and which free name to offer instead.

use parlor_shared::{Problem, limits};
use unicode_security::confusable_detection::skeleton as uts39;

use crate::engine::{Directory, EngineError, NameOf};

/// Numbers tried behind a taken name before giving up.
const TRIES: u32 = 50;

/// A name that may be used, and what it looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// As it is shown: tidied by [`limits::check_name`].
    pub shown: String,
    /// What no other name may share.
    pub skeleton: String,
}

impl Name {
    /// Checks and tidies `text`.
    ///
    /// # Errors
    /// [`Problem::NameNotAllowed`] as [`limits::check_name`] says.
    pub(crate) fn new(text: &str) -> Result<Self, Problem> {
        let shown = limits::check_name(text)?;
        let skeleton = skeleton(&shown);
        Ok(Self { shown, skeleton })
    }

    /// The refusal of this name, with one that is free.
    ///
    /// # Errors
    /// [`EngineError`] when the store does not answer.
    pub(crate) async fn taken(
        &self,
        of: NameOf,
        directory: &dyn Directory,
    ) -> Result<Problem, EngineError> {
        for number in 2..TRIES {
            let suggestion = self.numbered(number);
            if directory.name_is_free(of, &skeleton(&suggestion)).await? {
                return Ok(Problem::NameTaken { suggestion });
            }
        }
        Ok(Problem::NameTaken { suggestion: self.numbered(TRIES) })
    }

    /// This name with a number behind it, shortened to fit.
    fn numbered(&self, number: u32) -> String {
        let tail = format!(" {number}");
        let room = limits::NAME_SCALARS.saturating_sub(tail.chars().count());
        let head: String = self.shown.chars().take(room).collect();
        format!("{}{tail}", head.trim_end())
    }
}

/// The UTS 39 skeleton, blind to case: lower-cased before (so that "A" meets "a") and after (some
/// prototypes are capital letters). A capital "I" is both an "i" in another case and looks like an
/// "l", so all three count as one.
fn skeleton(name: &str) -> String {
    let lower = name.to_lowercase();
    let once: String = uts39(&lower).collect();
    uts39(&once.to_lowercase()).map(|c| if c == 'i' { 'l' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{Name, skeleton};

    #[test]
    fn names_that_look_alike_share_a_skeleton() {
        // Cyrillic а and с, Greek Α, fullwidth letters, digit for letter, other case.
        for (one, other) in [
            ("Ada", "аdа"),
            ("Ada", "ΑDA"),
            ("ada", "ａｄａ"),
            ("Bill", "BiII"),
            ("Bill", "BILL"),
            ("Bill", "Bi11"),
            ("cat", "сat"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one} and {other}");
        }
    }

    #[test]
    fn different_names_have_different_skeletons() {
        for (one, other) in [("Ada", "Adam"), ("王伟", "王芳"), ("Ada", "Ada 2"), ("Zoë", "Zoe")]
        {
            assert_ne!(skeleton(one), skeleton(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_suggestion_is_itself_allowed() {
        let longest = "x".repeat(40);
        for name in ["Ada", longest.as_str()] {
            let suggestion = Name::new(name).unwrap().numbered(2);
            assert_eq!(Name::new(&suggestion).unwrap().shown, suggestion);
        }
        assert_eq!(Name::new(" Ada  L. ").unwrap().numbered(3), "Ada L. 3");
    }
}
