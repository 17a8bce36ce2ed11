//! Structured data for search engines, inside a page.

use askama::filters::HtmlSafe;
use serde_json::Value;
use std::fmt;

/// A schema.org document for `<script type="application/ld+json">`: JSON in which nothing can end
/// the element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonLd(String);

impl JsonLd {
    /// The document, written for a page.
    #[must_use]
    pub fn new(document: &Value) -> Self {
        let escaped =
            document.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
        Self(escaped)
    }
}

impl fmt::Display for JsonLd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for JsonLd {}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_ends_the_element() {
        let document = json!({"name": "</script><script>alert(1)</script> <!-- & "});
        let written = JsonLd::new(&document).to_string();
        assert!(!written.contains('<') && !written.contains('>') && !written.contains('&'));
        assert_eq!(serde_json::from_str::<Value>(&written).expect("JSON"), document);
    }
}
