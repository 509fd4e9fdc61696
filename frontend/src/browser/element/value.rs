//! What attributes and texts are written from.

use std::sync::Arc;

/// Something that can be written. `None` is no attribute and no text; `true` is an attribute without
/// a value.
pub trait Value {
    /// As it is written.
    fn written(self) -> Option<String>;
}

impl Value for String {
    fn written(self) -> Option<String> {
        Some(self)
    }
}

impl Value for &str {
    fn written(self) -> Option<String> {
        Some(self.to_owned())
    }
}

impl Value for Arc<str> {
    fn written(self) -> Option<String> {
        Some(self.as_ref().to_owned())
    }
}

impl Value for bool {
    fn written(self) -> Option<String> {
        self.then(String::new)
    }
}

impl Value for u64 {
    fn written(self) -> Option<String> {
        Some(self.to_string())
    }
}

impl<V: Value> Value for Option<V> {
    fn written(self) -> Option<String> {
        self.and_then(Value::written)
    }
}
