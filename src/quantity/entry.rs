//! What a field of a form said.

use serde::{Deserialize, Serialize};

/// What a cell said where a value of type `T` belongs. A blank is not a zero, and "not applicable" is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Entry<T> {
    /// A value.
    Given(T),
    /// Nothing was written.
    Blank,
    /// `—`, `/` and the like: the field does not apply here.
    NotApplicable,
    /// Something was written that is no such value; what it was stands beside the entry.
    Unreadable,
}

impl<T> Entry<T> {
    /// The value, if one was given.
    pub fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Blank | Self::NotApplicable | Self::Unreadable => None,
        }
    }

    /// The same kind of entry with another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Entry<U> {
        match self {
            Self::Given(value) => Entry::Given(f(value)),
            Self::Blank => Entry::Blank,
            Self::NotApplicable => Entry::NotApplicable,
            Self::Unreadable => Entry::Unreadable,
        }
    }
}
