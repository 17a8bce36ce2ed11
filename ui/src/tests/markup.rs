//! A strict reader of the HTML that our templates write: elements, attributes, nesting.

/// One opening tag.
#[derive(Debug, Clone)]
pub struct Tag {
    /// Element name.
    pub name: String,
    /// Attributes in order, values decoded no further.
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// An attribute's value; empty for one without.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

const VOID: [&str; 7] = ["area", "br", "hr", "img", "input", "link", "meta"];
/// Elements that may not stand inside a paragraph.
const BLOCKS: [&str; 16] = [
    "p",
    "div",
    "ul",
    "ol",
    "dl",
    "h1",
    "h2",
    "h3",
    "form",
    "section",
    "article",
    "nav",
    "details",
    "fieldset",
    "pre",
    "blockquote",
];

/// Every opening tag of a page.
///
/// # Panics
/// Where the page is not well-formed: unbalanced or forbidden nesting, an attribute twice, a stray `<`.
pub fn read(page: &str, html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut rest = html.strip_prefix("<!DOCTYPE html>").unwrap_or_else(|| panic!("{page}: no doctype"));
    while let Some(at) = rest.find('<') {
        assert!(!rest[..at].contains('>'), "{page}: stray > in {:?}", &rest[..at]);
        let end = end_of_tag(&rest[at..]).unwrap_or_else(|| panic!("{page}: a tag does not end"));
        let inside = &rest[at + 1..at + end];
        rest = &rest[at + end + 1..];
        if let Some(name) = inside.strip_prefix('/') {
            let last = open.pop();
            assert_eq!(last.as_deref(), Some(name), "{page}: closed in the wrong order, inside {open:?}");
            continue;
        }
        let tag = opening(page, inside, &open);
        let closes_itself = inside.ends_with('/') || VOID.contains(&tag.name.as_str());
        if tag.name == "script" {
            let body = rest.find("</script>").unwrap_or_else(|| panic!("{page}: script does not end"));
            rest = &rest[body..];
        }
        if !closes_itself {
            open.push(tag.name.clone());
        }
        tags.push(tag);
    }
    assert!(open.is_empty(), "{page}: still open {open:?}");
    tags
}

fn end_of_tag(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

fn opening(page: &str, inside: &str, open: &[String]) -> Tag {
    let inside = inside.trim_end_matches('/');
    let name_end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let name = &inside[..name_end];
    assert!(
        name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
        "{page}: odd element {name:?}"
    );
    if BLOCKS.contains(&name) {
        for outer in ["p", "h1", "h2", "h3", "button", "summary", "label"] {
            assert!(!open.iter().any(|o| o == outer), "{page}: <{name}> inside <{outer}>");
        }
    }
    if matches!(name, "a" | "button") {
        assert!(
            !open.iter().any(|o| matches!(o.as_str(), "a" | "button")),
            "{page}: <{name}> inside a link or button"
        );
    }
    assert!(name != "form" || !open.iter().any(|o| o == "form"), "{page}: a form inside a form");
    assert!(
        name != "li" || open.last().is_some_and(|o| o == "ul" || o == "ol"),
        "{page}: <li> inside {open:?}"
    );
    Tag { name: name.to_owned(), attributes: attributes(page, &inside[name_end..]) }
}

fn attributes(page: &str, mut text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    loop {
        text = text.trim_start();
        if text.is_empty() {
            return found;
        }
        let end = text.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(text.len());
        let name = text[..end].to_owned();
        assert!(!name.contains(['"', '\'', '<']), "{page}: odd attribute {name:?}");
        assert!(found.iter().all(|(n, _)| *n != name), "{page}: attribute {name} twice");
        text = &text[end..];
        let value = match text.strip_prefix("=\"") {
            Some(quoted) => {
                let close = quoted.find('"').unwrap_or_else(|| panic!("{page}: open value of {name}"));
                text = &quoted[close + 1..];
                assert!(
                    text.is_empty() || text.starts_with(char::is_whitespace),
                    "{page}: no space after {name}"
                );
                quoted[..close].to_owned()
            }
            None => {
                assert!(!text.starts_with('='), "{page}: unquoted value of {name}");
                String::new()
            }
        };
        found.push((name, value));
    }
}
