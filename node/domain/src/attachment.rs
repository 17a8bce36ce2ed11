//! Attachments: pictures with what they show, files with what they are called.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A file that an item carries.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attachment {
    /// Where it is (an absolute http or https URL).
    pub url: String,
    /// What a picture shows, for who does not see it; what a file is called. May be empty as long as the
    /// item is a draft.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Who made it, and by which right it is shown; empty where nothing is said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub credit: String,
    /// Media type (RFC 6838), in lower case; empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub media_type: String,
    /// Bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    /// Pixels, of a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<i64>,
    /// Pixels, of a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<i64>,
}

impl Attachment {
    /// The longest address, in characters.
    pub const LONGEST_URL: usize = 2_000;
    /// The longest name, in characters: Mastodon cuts a description at 1,500.
    pub const LONGEST_NAME: usize = 1_500;
    /// The longest credit, in characters.
    pub const LONGEST_CREDIT: usize = 300;

    /// Reads its JSON form. None for what is none: without an address, or beyond the limits above.
    #[must_use]
    pub fn read(value: &Value) -> Option<Self> {
        let mut read: Self = serde_json::from_value(value.clone()).ok()?;
        for text in [&mut read.url, &mut read.name, &mut read.credit, &mut read.media_type] {
            *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        read.media_type.make_ascii_lowercase();
        let short =
            |text: &str, most: usize| text.chars().count() <= most && !text.chars().any(char::is_control);
        let positive = |number: Option<i64>| number.is_none_or(|number| number >= 0);
        let fits = crate::reference::is_address(&read.url)
            && short(&read.url, Self::LONGEST_URL)
            && short(&read.name, Self::LONGEST_NAME)
            && short(&read.credit, Self::LONGEST_CREDIT)
            && (read.media_type.is_empty() || is_media_type(&read.media_type))
            && [read.size, read.width, read.height].into_iter().all(positive);
        fits.then_some(read)
    }

    /// Its JSON form.
    #[must_use]
    pub fn value(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Whether it is a picture, as far as its media type says.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.media_type.starts_with("image/")
    }

    /// What it is called: its name, or the last part of its address.
    #[must_use]
    pub fn label(&self) -> &str {
        let last = || self.url.rsplit('/').next().filter(|last| !last.is_empty()).unwrap_or(&self.url);
        if self.name.is_empty() { last() } else { &self.name }
    }
}

fn is_media_type(text: &str) -> bool {
    let token = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    text.len() <= 127 && text.split_once('/').is_some_and(|(kind, sub)| token(kind) && token(sub))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn attachments_are_read_from_their_own_form_alone() {
        let url = "https://mef.example/fichiers/1/affiche.png";
        let read = Attachment::read(&json!({
            "url": url, "name": " L'accueil\n du public ", "media_type": "Image/PNG", "width": 640, "new": 1
        }));
        let read = read.expect("an attachment");
        assert_eq!((read.name.as_str(), read.media_type.as_str()), ("L'accueil du public", "image/png"));
        assert!(read.is_picture());
        assert_eq!(Attachment::read(&read.value()), Some(read.clone()));
        assert_eq!(Attachment { name: String::new(), ..read }.label(), "affiche.png");
        for wrong in [
            json!(null),
            json!("https://mef.example/x.png"),
            json!({ "name": "x" }),
            json!({ "url": "javascript:alert(1)" }),
            json!({ "url": "/fichiers/1/x.png" }),
            json!({ "url": url, "media_type": "text/html; charset=x" }),
            json!({ "url": url, "size": -1 }),
            json!({ "url": url, "name": "x".repeat(1_501) }),
            json!({ "url": format!("{url}{}", "x".repeat(2_000)) }),
        ] {
            assert_eq!(Attachment::read(&wrong), None, "{wrong}");
        }
    }
}
