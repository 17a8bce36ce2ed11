//! The only HTML from outside that reaches a page.

use ammonia::{Builder, UrlRelative};
use askama::filters::HtmlSafe;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::LazyLock;

/// What other federation software keeps: the subset of Mastodon.
const TAGS: [&str; 17] = [
    "p",
    "br",
    "span",
    "a",
    "del",
    "s",
    "pre",
    "blockquote",
    "code",
    "b",
    "strong",
    "u",
    "i",
    "em",
    "ul",
    "ol",
    "li",
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .tags(HashSet::from(TAGS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener"))
        .strip_comments(true);
    builder
});

/// HTML that may stand in a page as it is: only the tags of the subset, links with `rel`, no other
/// attribute. It can be built in no other way than through the cleaner.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CleanHtml(String);

impl CleanHtml {
    /// Cleans HTML from anywhere. Headings become bold paragraphs; scripts and styles go with what
    /// they hold, other unknown tags go and their text stays.
    #[must_use]
    pub fn new(html: &str) -> Self {
        Self(CLEANER.clean(&headings_as_paragraphs(html)).to_string())
    }

    /// The HTML.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Display for CleanHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for CleanHtml {}

/// Headings have no place in the subset; without this their text would stick to the next paragraph.
fn headings_as_paragraphs(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let bytes = rest.as_bytes();
        let closing = bytes.get(1) == Some(&b'/');
        let name = if closing { 2 } else { 1 };
        let heading = bytes.get(name).is_some_and(|b| b.eq_ignore_ascii_case(&b'h'))
            && bytes.get(name + 1).is_some_and(|b| (b'1'..=b'6').contains(b))
            && bytes.get(name + 2).is_some_and(|b| *b == b'>' || b.is_ascii_whitespace());
        match rest.find('>') {
            Some(end) if heading => {
                out.push_str(if closing { "</strong></p>" } else { "<p><strong>" });
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clean(html: &str) -> String {
        CleanHtml::new(html).to_string()
    }

    #[test]
    fn the_subset_stays_as_it_is() {
        let html = "<p>Un <strong>forum</strong>,<br>des <em>métiers</em> &amp; du <del>café</del>.</p>\
                    <ul><li>a</li></ul><pre><code>x &lt; y</code></pre><blockquote><p>q</p></blockquote>";
        assert_eq!(clean(html), html);
    }

    #[test]
    fn links_are_marked_and_limited_to_harmless_schemes() {
        assert_eq!(
            clean(r#"<a href="https://mef.example/" class="x" target="_blank">ici</a>"#),
            r#"<a href="https://mef.example/" rel="nofollow noopener">ici</a>"#
        );
        for bad in ["javascript:alert(1)", "data:text/html,x", "/relative", "vbscript:x", "java\nscript:x"] {
            assert!(!clean(&format!(r#"<a href="{bad}">x</a>"#)).contains("href"), "{bad}");
        }
    }

    #[test]
    fn nothing_that_runs_or_loads_is_left() {
        let polyglots = [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg><style><img src=x onerror=alert(1)></style></svg>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<p style=\"background:url(x)\" onclick=alert(1)>t</p>",
            "<iframe src=https://evil.example></iframe>",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<h1 <script>x</script>",
        ];
        for html in polyglots {
            let out = clean(html);
            for bad in ["<script", "<img", "<svg", "<iframe", "style", "onclick=alert(1)>", "<style"] {
                assert!(!out.contains(bad), "{html} -> {out}");
            }
        }
    }

    #[test]
    fn headings_become_bold_paragraphs() {
        assert_eq!(clean("<h2 id=a>Titre</h2>texte"), "<p><strong>Titre</strong></p>texte");
        assert_eq!(clean("a <hr> b < c"), "a  b &lt; c");
    }

    #[test]
    fn cleaning_twice_changes_nothing() {
        let once = clean("<div><p>a & b<p>c <u>d</u></div><li>e");
        assert_eq!(clean(&once), once);
    }
}
