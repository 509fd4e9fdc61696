//! `unfollow`: stop listening; also when nothing was followed.

use parlor_shared::{LogId, Outcome};

use super::Asked;

/// Ends what `follow` began.
pub(super) fn apply(log: &LogId, asked: &Asked<'_>) -> Outcome {
    asked.app.hub.stop_following(log, asked.connection);
    Outcome::Done
}
