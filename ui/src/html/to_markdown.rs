//! Clean HTML to Markdown, for the plain text area in which it is edited again.

use super::CleanHtml;

/// Markdown from which [`super::from_markdown`] makes the same text again (`b` and `i` come back as
/// `strong` and `em`, `span` is dropped).
#[must_use]
pub fn to_markdown(html: &CleanHtml) -> String {
    let mut writer = Writer::default();
    let mut rest = html.as_str();
    // The cleaner writes `<` only where a tag begins and `>` inside attributes as an entity, so this
    // is all the parsing that is needed.
    while let Some(at) = rest.find('<') {
        writer.text(&rest[..at]);
        let Some(end) = rest[at..].find('>') else { break };
        writer.tag(&rest[at + 1..at + end]);
        rest = &rest[at + end + 1..];
    }
    if !rest.contains('<') {
        writer.text(rest);
    }
    writer.finish()
}

/// What surrounds the current line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Quote,
    Bullets,
    Numbers(u32),
    /// An item's own lines: indented below its mark.
    Item(usize),
}

#[derive(Default)]
struct Writer {
    out: String,
    containers: Vec<Container>,
    links: Vec<String>,
    in_pre: bool,
    in_code: bool,
    /// A blank line is due before the next text.
    block: bool,
    /// Mark of a list item, written in front of its first text.
    mark: Option<String>,
    at_line_start: bool,
}

impl Writer {
    fn tag(&mut self, inside: &str) {
        let closing = inside.starts_with('/');
        let name = inside.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        match name {
            "p" => self.end_block(),
            "br" => self.line_break(),
            "strong" | "b" => self.raw("**"),
            "em" | "i" => self.raw("*"),
            "u" => self.raw("__"),
            "del" | "s" => self.raw("~~"),
            "code" if !self.in_pre => {
                self.raw("`");
                self.in_code = !closing;
            }
            "pre" => self.pre(closing),
            "a" => self.link(closing, inside),
            "blockquote" => self.container(closing, Container::Quote),
            "ul" => self.container(closing, Container::Bullets),
            "ol" => self.container(closing, Container::Numbers(1)),
            "li" => self.item(closing),
            _ => {}
        }
    }

    fn text(&mut self, encoded: &str) {
        let text = decode(encoded);
        if self.in_pre {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.new_line();
                }
                self.raw(line);
            }
            return;
        }
        if self.in_code {
            return self.raw(&text.replace('`', "'"));
        }
        let mut words = text.split_ascii_whitespace().peekable();
        if words.peek().is_none() {
            if !text.is_empty() && !self.block && !self.at_line_start && self.mark.is_none() {
                self.space();
            }
            return;
        }
        if text.starts_with(|c: char| c.is_ascii_whitespace()) && !self.block && !self.at_line_start {
            self.space();
        }
        while let Some(word) = words.next() {
            self.begin();
            let escaped = escape(word, self.at_line_start);
            self.out.push_str(&escaped);
            self.at_line_start = false;
            if words.peek().is_some() || text.ends_with(|c: char| c.is_ascii_whitespace()) {
                self.space();
            }
        }
    }

    fn space(&mut self) {
        if !self.out.ends_with([' ', '\n']) && !self.out.is_empty() {
            self.out.push(' ');
        }
    }

    fn raw(&mut self, text: &str) {
        self.begin();
        self.out.push_str(text);
        self.at_line_start = false;
    }

    /// Writes what is due before text: a blank line, the prefix of the line, the mark of an item.
    fn begin(&mut self) {
        if self.block && !self.out.is_empty() {
            self.trim_line();
            self.out.push('\n');
            self.out.push_str(self.prefix().trim_end());
            self.out.push('\n');
            let prefix = self.prefix();
            self.out.push_str(&prefix);
            self.at_line_start = true;
        } else if self.out.is_empty() {
            let prefix = self.prefix();
            self.out.push_str(&prefix);
            self.at_line_start = true;
        }
        self.block = false;
        if let Some(mark) = self.mark.take() {
            self.out.push_str(&mark);
            self.at_line_start = true;
        }
    }

    /// The prefix of a line; an item whose mark is still due is not indented yet.
    fn prefix(&self) -> String {
        let due = usize::from(self.mark.is_some());
        let open = self.containers.len() - due.min(self.containers.len());
        self.containers[..open]
            .iter()
            .map(|container| match container {
                Container::Quote => "> ".to_owned(),
                Container::Item(width) => " ".repeat(*width),
                Container::Bullets | Container::Numbers(_) => String::new(),
            })
            .collect()
    }

    fn trim_line(&mut self) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        let prefix = self.prefix();
        self.out.push_str(&prefix);
        self.at_line_start = true;
    }

    fn line_break(&mut self) {
        if self.block || self.out.is_empty() {
            return;
        }
        self.trim_line();
        self.new_line();
    }

    fn end_block(&mut self) {
        self.block = true;
    }

    fn pre(&mut self, closing: bool) {
        if closing {
            if self.out.ends_with('\n') {
                self.out.pop();
            }
            self.new_line();
            self.raw("```");
        } else {
            self.end_block();
            self.raw("```");
            self.new_line();
        }
        self.in_pre = !closing;
        self.block = closing;
    }

    fn link(&mut self, closing: bool, inside: &str) {
        if closing {
            let href = self.links.pop().unwrap_or_default();
            let target = href.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20");
            self.raw(&format!("](<{target}>)"));
        } else {
            let href = inside.split("href=\"").nth(1).and_then(|rest| rest.split('"').next());
            self.links.push(decode(href.unwrap_or_default()));
            self.raw("[");
        }
    }

    fn container(&mut self, closing: bool, container: Container) {
        // A list inside an item follows its text without a blank line, which would make it loose.
        if closing {
            self.containers.pop();
            self.block = true;
        } else {
            let nested =
                matches!(self.containers.last(), Some(Container::Item(_))) && container != Container::Quote;
            self.block = !nested;
            self.containers.push(container);
        }
    }

    fn item(&mut self, closing: bool) {
        if closing {
            self.mark = None;
            if matches!(self.containers.last(), Some(Container::Item(_))) {
                self.containers.pop();
            }
            self.block = false;
            return;
        }
        let mark = match self.containers.last_mut() {
            Some(Container::Numbers(next)) => {
                *next += 1;
                format!("{}. ", *next - 1)
            }
            _ => "- ".to_owned(),
        };
        self.start_item_line();
        self.containers.push(Container::Item(mark.len()));
        self.mark = Some(mark);
    }

    fn start_item_line(&mut self) {
        if self.block || self.out.is_empty() {
            return;
        }
        self.trim_line();
        if !self.out.ends_with('\n') {
            self.new_line();
        }
    }

    fn finish(mut self) -> String {
        self.trim_line();
        self.out
    }
}

fn decode(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

/// A word in which nothing is taken for a mark.
fn escape(word: &str, at_line_start: bool) -> String {
    let mut out = String::with_capacity(word.len() + 4);
    for (at, c) in word.char_indices() {
        let next = word[at + c.len_utf8()..].chars().next();
        let special = match c {
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '~' | '&' => true,
            '#' | '>' | '=' if at_line_start && at == 0 => true,
            '-' | '+' if at_line_start && at == 0 => next.is_none() || next == Some(c),
            '.' | ')' if at_line_start && at > 0 => {
                word[..at].bytes().all(|b| b.is_ascii_digit()) && next.is_none()
            }
            // Keeps the rest from being taken for an address.
            ':' => next == Some('/'),
            '.' => word[..at].ends_with("www"),
            _ => false,
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::from_markdown;

    fn round(html: &str) -> (String, String) {
        let clean = CleanHtml::new(html);
        let markdown = to_markdown(&clean);
        let again = from_markdown(&markdown).to_string();
        (markdown, again)
    }

    fn squeezed(html: &str) -> String {
        html.replace(">\n<", "><").replace("<br>\n", "<br>").replace("\n</", "</").replace("\n<ul>", "<ul>")
    }

    #[test]
    fn text_comes_back_as_it_was() {
        for html in [
            "<p>Bonjour</p>",
            "<p>Un <strong>forum</strong> des <em>métiers</em> &amp; du <del>café</del>, <u>ici</u>.</p>",
            "<p>a<br>b</p><p>c</p>",
            "<ul><li>un</li><li>deux</li></ul>",
            "<ol><li>un</li><li>deux</li></ol>",
            "<p>avant</p><ul><li>un<ul><li>dessous</li></ul></li><li>deux</li></ul><p>après</p>",
            "<blockquote><p>cité</p><p>encore</p></blockquote><p>fin</p>",
            "<blockquote><ul><li>a</li><li>b</li></ul></blockquote>",
            "<pre><code>x &lt; y\n  z *a*\n</code></pre>",
            "<p>Voir <a href=\"https://mef.example/a_b?c=1&amp;d=(2)\" rel=\"nofollow noopener\">le site</a>.</p>",
            "<p><code>a_b</code> et *étoiles*, _soulignés_, [crochets], ~vagues~, \\ et `</p>",
            "<p># pas un titre</p><p>1. pas une liste</p><p>- ni ici</p><p>&gt; ni là</p><p>2026. Fin</p>",
            "<p>&lt;script&gt; n’est que du texte &amp;copy; ici</p>",
            "<p>http://mef.example/a_b sans lien, www.mef.example non plus</p>",
        ] {
            let (markdown, again) = round(html);
            assert_eq!(squeezed(&again), squeezed(html), "by way of {markdown:?}");
        }
    }

    #[test]
    fn the_markdown_is_what_one_would_type() {
        assert_eq!(
            round("<p>Un <b>forum</b></p><ul><li>a</li><li>b</li></ul>").0,
            "Un **forum**\n\n- a\n- b"
        );
        assert_eq!(round("<p>a</p>\n<p>b</p>").0, "a\n\nb");
        assert_eq!(round("").0, "");
    }

    #[test]
    fn editing_without_change_is_stable() {
        let typed =
            "Bonjour **à tous**\n\n1. un\n2. deux\n   - trois\n\n> cité\n\nFin: https://mef.example/x";
        let first = from_markdown(typed);
        let second = from_markdown(&to_markdown(&first));
        assert_eq!(squeezed(first.as_str()), squeezed(second.as_str()));
    }
}
