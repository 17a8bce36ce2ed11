//! JSON read so that no two readers can understand it differently: each key once, bounded depth.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fmt;

/// The deepest nesting of objects and arrays accepted; the outermost one is the first level.
pub const MAX_JSON_DEPTH: usize = 64;

/// Keys that let a JSON-LD processor find other statements in a document than a JSON reader does.
const FORBIDDEN_KEYS: [&str; 2] = ["@graph", "@included"];

/// What is wrong with a JSON document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// Not JSON, not UTF-8, a number out of range, or text after the value.
    #[error("not a JSON document")]
    Syntax,
    /// An object names a key twice.
    #[error("a key is named twice in one object")]
    DuplicateKey,
    /// More than [`MAX_JSON_DEPTH`] levels.
    #[error("more than 64 levels deep")]
    TooDeep,
    /// `@graph` or `@included` is used.
    #[error("@graph or @included")]
    Graph,
    /// A NUL character in a key or a text, which databases do not hold.
    #[error("a NUL character")]
    Nul,
    /// The outermost value is not an object.
    #[error("not a JSON object")]
    NotObject,
}

impl JsonFault {
    /// The stable short name of the fault.
    pub fn code(self) -> &'static str {
        match self {
            JsonFault::Syntax => "json",
            JsonFault::DuplicateKey => "duplicate-key",
            JsonFault::TooDeep => "too-deep",
            JsonFault::Graph => "graph",
            JsonFault::Nul => "nul",
            JsonFault::NotObject => "not-object",
        }
    }
}

/// Reads a JSON object under the rules of [`JsonFault`].
///
/// # Errors
/// The first fault found.
pub fn parse_strict(bytes: &[u8]) -> Result<Value, JsonFault> {
    let fault = Cell::new(JsonFault::Syntax);
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Strict { depth: 0, fault: &fault }.deserialize(&mut deserializer).map_err(|_| fault.get())?;
    deserializer.end().map_err(|_| JsonFault::Syntax)?;
    if value.is_object() { Ok(value) } else { Err(JsonFault::NotObject) }
}

/// Builds a [`Value`], noting why it stopped: serde's errors carry text only.
#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: usize,
    fault: &'a Cell<JsonFault>,
}

impl Strict<'_> {
    fn stop<E: Error>(self, fault: JsonFault) -> E {
        self.fault.set(fault);
        E::custom(fault)
    }

    fn text<E: Error>(self, text: &str) -> Result<(), E> {
        if text.contains('\0') { Err(self.stop(JsonFault::Nul)) } else { Ok(()) }
    }

    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == MAX_JSON_DEPTH {
            return Err(self.stop(JsonFault::TooDeep));
        }
        Ok(Self { depth: self.depth + 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.text(value)?;
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.text(&value)?;
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut object = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            if FORBIDDEN_KEYS.contains(&key.as_str()) {
                return Err(self.stop(JsonFault::Graph));
            }
            self.text(&key)?;
            if object.contains_key(&key) {
                return Err(self.stop(JsonFault::DuplicateKey));
            }
            object.insert(key, access.next_value_seed(inner)?);
        }
        Ok(Value::Object(object))
    }
}
