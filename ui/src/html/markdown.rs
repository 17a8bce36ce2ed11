//! Markdown as people type it in a plain text area, to clean HTML.

use super::CleanHtml;
use comrak::{Options, markdown_to_html};

/// Clean HTML of a text written in Markdown: a new line is a new line, `__x__` underlines (so that
/// every tag of the subset can be written), addresses become links, HTML is shown as text.
#[must_use]
pub fn from_markdown(text: &str) -> CleanHtml {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.underline = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    let html = markdown_to_html(text, &options);
    // One line for each block is how comrak writes; between blocks those line ends say nothing.
    let cleaned = CleanHtml::new(&html);
    CleanHtml::new(cleaned.as_str().trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        from_markdown(text).to_string()
    }

    #[test]
    fn the_marks_people_use() {
        assert_eq!(
            html("**Gras** et *penché*\nsuite"),
            "<p><strong>Gras</strong> et <em>penché</em><br>\nsuite</p>"
        );
        assert_eq!(html("- un\n- deux"), "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>");
        assert_eq!(
            html("[le site](https://mef.example/)"),
            r#"<p><a href="https://mef.example/" rel="nofollow noopener">le site</a></p>"#
        );
        assert_eq!(html("# Titre"), "<p><strong>Titre</strong></p>");
    }

    #[test]
    fn html_is_text() {
        assert_eq!(html("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
        assert!(!html("[x](javascript:alert(1))").contains("javascript"));
        assert!(!html("![x](https://evil.example/pixel.png)").contains("<img"));
    }
}
