//! French typography: which spaces do not break.

const NARROW: char = '\u{202f}';
const NO_BREAK: char = '\u{a0}';

/// Text with the spaces of French typesetting: a narrow no-break space before `;`, `!` and `?`, a
/// no-break space before `:` and inside « ». Only spaces that stand there already are replaced, so
/// that addresses and times stay as they are.
#[must_use]
pub fn french(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after_opening = out.ends_with('«');
        out.push(match (c, chars.peek()) {
            (' ', _) if after_opening => NO_BREAK,
            (' ', Some(';' | '!' | '?')) => NARROW,
            (' ', Some(':' | '»' | '%' | '€')) => NO_BREAK,
            _ => c,
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::french;

    #[test]
    fn spaces_before_double_marks_do_not_break() {
        assert_eq!(
            french("Publier ? Oui : « tout » !"),
            "Publier\u{202f}? Oui\u{a0}: «\u{a0}tout\u{a0}»\u{202f}!"
        );
        assert_eq!(french("10 % de 5 €"), "10\u{a0}% de 5\u{a0}€");
    }

    #[test]
    fn nothing_is_added_where_no_space_stands() {
        for text in ["https://mef.example/?a=1;b", "14:30", "", "é"] {
            assert_eq!(french(text), text);
        }
    }
}
