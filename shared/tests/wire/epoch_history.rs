//! A position holds exactly when nobody wrote its offsets again.

use parlor_shared::{Epoch, EpochHistory, Offset, Position, limits::EPOCHS_KEPT};
use proptest::prelude::*;

/// One opening of the store: how many of the newest changes it lost, how many it wrote.
type Opening = (usize, usize);

/// A log as a plain list: the epoch of each change. Index 0 is offset 1.
#[derive(Clone, Default)]
struct Reference {
    changes: Vec<Epoch>,
    history: EpochHistory,
    kept: Vec<EpochHistory>,
}

impl Reference {
    fn open(&mut self, epoch: &Epoch, (lost, written): Opening) {
        let stays = self.changes.len().saturating_sub(lost);
        self.changes.truncate(stays);
        self.kept.truncate(stays);
        self.history = self.kept.last().cloned().unwrap_or_default();
        for _ in 0..written {
            self.changes.push(epoch.clone());
            self.history.write(epoch, self.changes.len() as Offset);
            self.kept.push(self.history.clone());
        }
    }

    fn holds(&self, position: &Position) -> bool {
        let at = usize::try_from(position.offset).unwrap();
        at == 0 || self.changes.get(at - 1) == Some(&position.epoch)
    }
}

fn epoch(number: usize) -> Epoch {
    Epoch::new(&format!("e{number}")).unwrap()
}

fn opened(openings: &[Opening]) -> Reference {
    let mut reference = Reference::default();
    for (number, opening) in openings.iter().enumerate() {
        reference.open(&epoch(number), *opening);
    }
    reference
}

proptest! {
    #[test]
    fn a_position_holds_exactly_when_its_change_is_still_the_log_s(
        openings in prop::collection::vec((0_usize..6, 0_usize..6), 1..EPOCHS_KEPT),
        number in 0_usize..EPOCHS_KEPT, offset in 0_u64..60,
    ) {
        let reference = opened(&openings);
        let position = Position { epoch: epoch(number), offset };
        let top = reference.changes.len() as Offset;
        prop_assert_eq!(reference.history.holds(&position, top), reference.holds(&position));
    }

    #[test]
    fn a_history_keeps_sixteen_pairs_and_never_vouches_for_more(
        openings in prop::collection::vec((0_usize..3, 1_usize..4), 17..40),
        number in 0_usize..40, offset in 1_u64..120,
    ) {
        let reference = opened(&openings);
        prop_assert!(reference.history.pairs().len() <= EPOCHS_KEPT);
        let position = Position { epoch: epoch(number), offset };
        let top = reference.changes.len() as Offset;
        prop_assert!(!reference.history.holds(&position, top) || reference.holds(&position));
    }
}

#[test]
fn an_epoch_that_returns_does_not_hide_what_it_first_wrote() {
    let (a, b) = (epoch(1), epoch(2));
    let history = EpochHistory::from_pairs(vec![(a.clone(), 1), (b, 10), (a.clone(), 20)]);
    let holds = |offset| history.holds(&Position { epoch: a.clone(), offset }, 25);
    assert!(holds(5) && holds(9) && holds(20) && holds(25));
    assert!(!holds(10) && !holds(19) && !holds(26));
}

#[test]
fn nothing_yet_holds_in_every_log() {
    let position = Position { epoch: epoch(1), offset: 0 };
    assert!(EpochHistory::default().holds(&position, 0));
    assert!(opened(&[(0, 3)]).history.holds(&position, 3));
}

#[test]
fn whoever_was_away_for_sixty_restarts_still_finds_their_past() {
    let epoch = |number: u64| Epoch::new(&format!("e{number}")).unwrap();
    let mut history = EpochHistory::default();
    (1..=60).for_each(|opening| history.write(&epoch(opening), opening));
    assert!(history.holds(&Position { epoch: epoch(1), offset: 1 }, 60));
}
