//! Writes XML: tags and text with the escaping they need.

use quick_xml::escape::escape;

use crate::html;

/// An XML document under construction.
#[derive(Clone, Debug, Default)]
pub(crate) struct XmlText(String);

impl XmlText {
    /// A document with its declaration.
    pub(crate) fn document() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned())
    }

    /// `<name a="b">`.
    pub(crate) fn open<K: AsRef<str>, V: AsRef<str>>(
        &mut self,
        name: &str,
        attributes: &[(K, V)],
    ) -> &mut Self {
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in attributes {
            self.0.push(' ');
            self.0.push_str(key.as_ref());
            self.0.push_str("=\"");
            self.put(value.as_ref());
            self.0.push('"');
        }
        self.0.push('>');
        self
    }

    /// `</name>`.
    pub(crate) fn close(&mut self, name: &str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push_str(">\n");
        self
    }

    /// Character data.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        self.put(text);
        self
    }

    /// `<name>text</name>`.
    pub(crate) fn element(&mut self, name: &str, text: &str) -> &mut Self {
        self.element_with(name, &[], text)
    }

    /// `<name a="b">text</name>`.
    pub(crate) fn element_with(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> &mut Self {
        self.open(name, attributes).text(text).close(name)
    }

    /// Adds a piece that is XML already.
    pub(crate) fn raw(&mut self, xml: &str) -> &mut Self {
        self.0.push_str(xml);
        self
    }

    /// The document.
    pub(crate) fn finish(self) -> String {
        self.0
    }

    fn put(&mut self, text: &str) {
        if text.chars().all(html::is_text) {
            self.0.push_str(&escape(text));
        } else {
            self.0.push_str(&escape(text.chars().filter(|c| html::is_text(*c)).collect::<String>()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping() {
        let mut xml = XmlText::default();
        xml.element_with("a", &[("href", "?x=1&y=\"2\"")], "R&D <b>\u{8}]]>");
        assert_eq!(xml.finish(), "<a href=\"?x=1&amp;y=&quot;2&quot;\">R&amp;D &lt;b&gt;]]&gt;</a>\n");
    }
}
