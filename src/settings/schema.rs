//! The JSON schema of `jixiao.toml`, from the same declaration that reads it.

use super::file::{Method, Policy};
use super::number::Number;
use crate::finding::{Lang, Level};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What can stand in the file.
pub(super) trait Described {
    /// Its schema, with descriptions in a language.
    fn schema(lang: Lang) -> Value;
}

/// A table of known keys; those of two words may be written with `-` too.
pub(super) fn object<const N: usize>(fields: [(&str, Value, &str); N]) -> Value {
    let mut properties = Map::new();
    for (name, mut schema, about) in fields {
        if let Some(fields) = schema.as_object_mut() {
            fields.insert("description".to_owned(), about.into());
        }
        if name.contains('_') {
            properties.insert(name.replace('_', "-"), schema.clone());
        }
        properties.insert(name.to_owned(), schema);
    }
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

macro_rules! described {
    ($($type:ty => $schema:tt;)+) => {
        $(impl Described for $type { fn schema(_: Lang) -> Value { json!($schema) } })+
    };
}

described! {
    String => {"type": "string"};
    bool => {"type": "boolean"};
    u16 => {"type": "integer", "minimum": 0, "maximum": 65_535};
    u32 => {"type": "integer", "minimum": 0};
    u64 => {"type": "integer", "minimum": 0};
    Number => {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[-+]?[0-9]+([.][0-9]+)?$"}]};
    Lang => {"enum": ["zh", "en"]};
    Level => {"enum": ["error", "warning", "info"]};
    Policy => {"enum": ["linear_cap", "linear-cap", "linear_rounded_rate", "linear-rounded-rate", "steps", "deduct"]};
    Method => {"enum": ["weighted", "mean", "whole", "mixed"]};
}

impl<T: Described> Described for Vec<T> {
    fn schema(lang: Lang) -> Value {
        json!({"type": "array", "items": T::schema(lang)})
    }
}

impl<T: Described> Described for BTreeMap<String, T> {
    fn schema(lang: Lang) -> Value {
        json!({"type": "object", "additionalProperties": T::schema(lang)})
    }
}
