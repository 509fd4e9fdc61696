//! Reading what a server says by hand, in one pass over one tree. What is derived reads each shape
//! from three kinds of source, and a tagged one by way of a fourth: for the page that is a third
//! of all its code. The tests hold both ways to the same answers.

mod events;
mod records;

use serde_json::Value;

use crate::v1::{CommandId, ConnectionId, Epoch, LogId, PersonId, RecordKey, RoomId};

/// Something that can be read from a JSON value.
pub trait Read: Sized {
    /// The thing, or nothing where the value is none.
    fn read(value: &Value) -> Option<Self>;
}

/// Reads a text.
#[must_use]
pub fn read<T: Read>(text: &str) -> Option<T> {
    T::read(&tree(text).ok()?)
}

/// The tree of a text.
pub(crate) fn tree(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text)
}

/// A field that must be there.
pub(crate) fn field<T: Read>(value: &Value, name: &str) -> Option<T> {
    T::read(value.get(name)?)
}

/// A field that may be absent; one that is there must be right.
pub(crate) fn maybe<T: Read>(value: &Value, name: &str) -> Option<Option<T>> {
    match present(value, name) {
        None => Some(None),
        Some(value) => T::read(value).map(Some),
    }
}

/// A field that has a value of its own where it is absent.
pub(crate) fn or_default<T: Read + Default>(value: &Value, name: &str) -> Option<T> {
    value.get(name).map_or_else(|| Some(T::default()), T::read)
}

fn present<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get(name).filter(|value| !value.is_null())
}

/// Plain structs: the fields that must be there, then those that may be absent.
macro_rules! reads {
    ($( $type:ident { $($field:ident),* $(; $($may:ident),*)? } )*) => { $(
        impl $crate::reading::Read for $type {
            fn read(value: &serde_json::Value) -> Option<Self> {
                Some(Self {
                    $( $field: $crate::reading::field(value, stringify!($field))?, )*
                    $( $( $may: $crate::reading::maybe(value, stringify!($may))?, )* )?
                })
            }
        }
    )* };
}
pub(crate) use reads;

/// Ids and other texts with a rule.
macro_rules! texts {
    ($($type:ident by $make:expr;)*) => { $(
        impl Read for $type {
            fn read(value: &Value) -> Option<Self> {
                $make(value.as_str()?)
            }
        }
    )* };
}

texts! {
    PersonId by |text| Self::new(text).ok();
    RoomId by |text| Self::new(text).ok();
    ConnectionId by |text| Self::new(text).ok();
    Epoch by |text| Self::new(text).ok();
    LogId by |text: &str| Self::try_from(text.to_owned()).ok();
    RecordKey by |text| Some(Self::new(text));
    CommandId by |text| uuid(text).map(Self);
    String by |text: &str| Some(text.to_owned());
}

impl Read for bool {
    fn read(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Read for u64 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()
    }
}

impl Read for u32 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl Read for u16 {
    fn read(value: &Value) -> Option<Self> {
        value.as_u64()?.try_into().ok()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Option<Self> {
        let mut all = Self::new();
        for one in value.as_array()? {
            all.push(T::read(one)?);
        }
        Some(all)
    }
}

/// The form that is written: 36 digits and hyphens. The library's reader of all forms would bring
/// the page 2 KB.
fn uuid(text: &str) -> Option<uuid::Uuid> {
    let mut bits = 0_u128;
    for (place, letter) in text.chars().enumerate() {
        match (place, letter) {
            (8 | 13 | 18 | 23, '-') => {}
            (8 | 13 | 18 | 23, _) => return None,
            (_, digit) => bits = bits << 4 | u128::from(digit.to_digit(16)?),
        }
    }
    (text.len() == 36).then(|| uuid::Uuid::from_u128(bits))
}
