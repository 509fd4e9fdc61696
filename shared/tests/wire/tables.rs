//! The tables of codes: whole, in order, unambiguous.

use std::collections::BTreeSet;

use parlor_shared::{CloseCode, Problem};

#[test]
fn problems_have_numbers_in_order_and_names_of_their_own() {
    assert!(Problem::TABLE.is_sorted_by(|a, b| a.0 < b.0));
    let names: BTreeSet<_> = Problem::TABLE.iter().map(|(_, name, _)| name).collect();
    assert_eq!(names.len(), Problem::TABLE.len());
}

#[test]
fn close_codes_are_found_by_number_and_have_reasons_of_their_own() {
    assert!(CloseCode::ALL.is_sorted_by(|a, b| a.code() < b.code()));
    let reasons: BTreeSet<_> = CloseCode::ALL.iter().map(|code| code.reason()).collect();
    assert_eq!(reasons.len(), CloseCode::ALL.len());
    for code in CloseCode::ALL {
        assert_eq!(CloseCode::from_code(code.code()), Some(*code));
        // A close reason fits a close frame: 125 bytes less the number.
        assert!(code.reason().len() <= 123);
    }
    assert_eq!(CloseCode::from_code(4999), None);
}

#[test]
fn the_range_of_a_close_code_says_whether_to_come_back() {
    for code in CloseCode::ALL {
        assert_eq!(CloseCode::invites_return(code.code()), code.code() < 4500, "{code:?}");
    }
    assert!(CloseCode::invites_return(1006) && CloseCode::invites_return(4499));
    assert!(!CloseCode::invites_return(4500) && !CloseCode::invites_return(4999));
}
