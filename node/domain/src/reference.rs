//! References: another item, by its permanent id, with the name that it had.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

/// Another item. As long as it is only typed, it may have a name alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Permanent id of the item (an absolute http or https URL), or empty where it is not known yet.
    #[serde(default)]
    pub uri: String,
    /// Its title when the reference was made.
    #[serde(default)]
    pub name: String,
}

impl Reference {
    /// The longest address, in characters.
    pub const LONGEST_URI: usize = 2_000;
    /// The longest name, in characters.
    pub const LONGEST_NAME: usize = 300;

    /// Reads `{uri, name}`, an address, or a title. None for what is neither, and for nothing.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let read = match value {
            Value::String(text) if is_address(text.trim()) => {
                Self { uri: text.trim().to_owned(), name: String::new() }
            }
            Value::String(text) => Self { uri: String::new(), name: one_line(text) },
            Value::Object(_) => {
                let read: Self = serde_json::from_value(value.clone()).ok()?;
                Self { uri: read.uri.trim().to_owned(), name: one_line(&read.name) }
            }
            _ => return None,
        };
        let fits = (read.uri.is_empty() || is_address(&read.uri))
            && read.uri.chars().count() <= Self::LONGEST_URI
            && read.name.chars().count() <= Self::LONGEST_NAME
            && !read.name.chars().any(char::is_control);
        (fits && !(read.uri.is_empty() && read.name.is_empty())).then_some(read)
    }

    /// Its JSON form: `{uri, name}`.
    #[must_use]
    pub fn value(&self) -> Value {
        json!({ "uri": self.uri, "name": self.name })
    }

    /// What it is called: its name, or its address where it has none.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.uri } else { &self.name }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is an absolute web address.
#[must_use]
pub fn is_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_from_addresses_titles_and_their_own_form() {
        let read = |value: Value| Reference::read(&value).map(|one| (one.uri, one.name));
        let (uri, name) = ("https://mef.example/o/1".to_owned(), "Mission locale".to_owned());
        assert_eq!(read(json!("https://mef.example/o/1")), Some((uri.clone(), String::new())));
        assert_eq!(read(json!(" Mission \n locale ")), Some((String::new(), name.clone())));
        assert_eq!(read(json!({ "uri": uri, "name": name })), Some((uri, name)));
        for wrong in [
            json!(null),
            json!(" "),
            json!(7),
            json!({}),
            json!({ "uri": "javascript:alert(1)", "name": "x" }),
            json!({ "uri": "https://mef.example/", "title": "x" }),
            json!({ "name": "x".repeat(301) }),
            json!(format!("https://mef.example/{}", "x".repeat(2_000))),
        ] {
            assert_eq!(read(wrong.clone()), None, "{wrong}");
        }
    }
}
