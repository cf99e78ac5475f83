//! What a text says, worked out once for all workbooks.
//!
//! Why: the forms of a district repeat their labels and titles thousands of times. What is kept depends on the text and the
//! catalogue alone, so it does not matter which workbook met it first. Bounded: beyond a number of texts, and for long ones,
//! it is worked out each time.

use crate::quantity::Text;
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Threads wait for each other only where they meet the same part of the texts.
const SHARDS: usize = 16;
/// Texts kept in a shard.
const MOST: usize = 2_000;
/// Bytes of a text that is worth keeping; longer ones are sentences.
const LONGEST: usize = 96;

/// Texts met before and what was made of each.
#[derive(Debug)]
pub(super) struct Memo<V> {
    shards: [Mutex<HashMap<Text, Arc<V>, RandomState>>; SHARDS],
}

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self { shards: Default::default() }
    }
}

impl<V> Clone for Memo<V> {
    /// What is known need not be copied.
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<V> Memo<V> {
    /// What `make` gives for the text, or has given before.
    pub(super) fn get(&self, text: &str, make: impl FnOnce() -> V) -> Arc<V> {
        // Any spread will do.
        let number = text.len().wrapping_add(text.bytes().next_back().map_or(0, usize::from)) % SHARDS;
        let Some(shard) = self.shards.get(number).filter(|_| text.len() <= LONGEST) else {
            return Arc::new(make());
        };
        // A poisoned shard still holds whole values.
        if let Some(value) = shard.lock().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Arc::clone(value);
        }
        let value = Arc::new(make());
        let mut known = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST {
            known.insert(text.into(), Arc::clone(&value));
        }
        value
    }
}
