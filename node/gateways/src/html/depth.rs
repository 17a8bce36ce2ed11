//! Tells HTML that would cost the tree builder more than it is worth.

use std::collections::HashMap;

use super::tag::{Piece, walk};

/// Elements that HTML closes by itself, or that hold nothing: they do not nest.
const FLAT: [&str; 24] = [
    "p", "li", "dt", "dd", "option", "br", "hr", "img", "input", "meta", "link", "area", "base", "col",
    "embed", "source", "track", "wbr", "param", "td", "th", "tr", "thead", "tbody",
];

/// Deepest nesting of elements given to the tree builder, which walks up the open ones at each tag.
const MAX_NESTING: usize = 200;

/// Open elements, summed up over all tags, that any text may have; one more for each byte is allowed.
/// Formatting left open (`<b>`) is built again inside each paragraph after it, so that a short text could
/// become a tree of many times its length.
const FREE_WORK: usize = 20_000;

/// True for elements that may hold themselves: those whose missing end tags add up to depth.
pub(crate) fn nests(name: &str) -> bool {
    !FLAT.contains(&name.to_ascii_lowercase().as_str())
}

/// True if HTML nests deeper than text does, or leaves so much open that it would grow when it is read.
///
/// An end tag closes an element of its own name only: a stray one hides nothing. Made for HTML written by
/// `rewrite`, where the tree builder sees the same tags as this.
pub(super) fn too_deep(html: &str) -> bool {
    let mut open: HashMap<String, usize> = HashMap::new();
    let (mut depth, mut deepest, mut work) = (0usize, 0usize, 0usize);
    walk(html, |piece| {
        let Piece::Tag(tag) = piece else { return };
        if !nests(&tag.name) {
            work += depth;
            return;
        }
        if !tag.closing {
            *open.entry(tag.name.clone()).or_default() += 1;
            depth += 1;
        } else if let Some(count) = open.get_mut(&tag.name).filter(|count| **count > 0) {
            *count -= 1;
            depth -= 1;
        }
        deepest = deepest.max(depth);
        work += depth;
    });
    deepest > MAX_NESTING || work > FREE_WORK + html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stray_end_tags_hide_no_depth() {
        assert!(too_deep(&"<ul></x>".repeat(1_000)));
        assert!(!too_deep(&"<ul><li>a</li></ul>".repeat(10_000)));
    }

    #[test]
    fn formatting_left_open_counts_at_each_paragraph() {
        let open: String = (0..100).map(|i| format!("<b class={i}>")).collect();
        assert!(too_deep(&format!("<p>{open}</p>{}", "<p>x</p>".repeat(10_000))));
        assert!(!too_deep(&format!("<p>{open}</p>{}", "<p>Un paragraphe.</p>".repeat(50))));
    }
}
