//! Collects the inside of an element that holds text or HTML, however the feed wrote it.

use super::element::local_name;
use crate::html;

/// HTML elements that have no end tag.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "wbr", "source", "col", "embed"];

/// The inside of one element, as decoded text and as markup at once: which of them was meant is known
/// only at its end.
#[derive(Debug)]
pub(super) struct Holder {
    name: String,
    /// Elements of the same name open inside this one.
    same: usize,
    /// True once an element was met inside.
    pub has_elements: bool,
    /// Text with references decoded: `&lt;b&gt;` gives `<b>`.
    decoded: String,
    /// Markup with references left standing: `&lt;b&gt;` stays text.
    markup: String,
}

impl Holder {
    /// Starts inside an element of this qualified name.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            same: 0,
            has_elements: false,
            decoded: String::new(),
            markup: String::new(),
        }
    }

    /// Qualified name of the element.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Takes text whose references are decoded.
    pub(super) fn text(&mut self, text: &str) {
        self.decoded.push_str(text);
        self.markup.push_str(&html::escape(text));
    }

    /// Takes the start of an element inside.
    pub(super) fn start(&mut self, name: &str, attributes: &[(String, String)]) {
        self.has_elements = true;
        self.same += usize::from(name == self.name);
        self.markup.push('<');
        self.markup.push_str(local_name(name));
        for (key, value) in attributes.iter().filter(|(key, _)| !key.starts_with("xmlns")) {
            self.markup.push_str(&format!(" {key}=\"{}\"", html::escape(value)));
        }
        self.markup.push('>');
    }

    /// Takes the end of an element inside; true if it ends the holder itself.
    pub(super) fn end(&mut self, name: &str) -> bool {
        if name == self.name {
            if self.same == 0 {
                return true;
            }
            self.same -= 1;
        }
        let local = local_name(name);
        if !VOID.contains(&local.to_ascii_lowercase().as_str()) {
            self.markup.push_str(&format!("</{local}>"));
        }
        false
    }

    /// What was collected: markup if elements stood inside or if `as_markup`, else the decoded text.
    pub(super) fn finish(self, as_markup: bool) -> String {
        if as_markup || self.has_elements { self.markup } else { self.decoded }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_markup() {
        let mut escaped = Holder::new("description");
        escaped.text("<b>gras</b> & fin");
        assert!(escaped.end("description"));
        assert_eq!(escaped.finish(false), "<b>gras</b> & fin");

        let mut raw = Holder::new("description");
        raw.text("R&D ");
        raw.start("b", &[("title".into(), "a\"b".into())]);
        raw.text("gras");
        assert!(!raw.end("b"));
        raw.start("br", &[]);
        assert!(!raw.end("br"));
        assert_eq!(raw.finish(false), "R&amp;D <b title=\"a&quot;b\">gras</b><br>");
    }

    #[test]
    fn an_element_of_the_same_name_inside_does_not_end_it() {
        let mut holder = Holder::new("summary");
        holder.start("summary", &[]);
        assert!(!holder.end("summary"));
        assert!(holder.end("summary"));
    }
}
