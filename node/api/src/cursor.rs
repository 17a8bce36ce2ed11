//! Opaque cursors: where a list goes on, as a short text that only this node reads.

use crate::problem::Problem;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// What kind of list a cursor goes on in; one kind's cursor is refused by another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Latest publication first.
    Newest,
    /// The moderation queue, longest wait first.
    Queue,
    /// Counted from the beginning.
    Counted,
    /// By key alone.
    Key,
}

impl Kind {
    fn letter(self) -> char {
        match self {
            Self::Newest => 'n',
            Self::Queue => 'q',
            Self::Counted => 'o',
            Self::Key => 'k',
        }
    }
}

/// The text of a cursor: the sort value and the key of the last thing shown (a count, or 0, where the
/// kind has no sort value).
#[must_use]
pub fn write(kind: Kind, sort: i64, id: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{}:{sort}:{id}", kind.letter()))
}

/// Sort value and key of a cursor of this kind.
///
/// # Errors
/// 400 for a text that is no cursor, or one of another list.
pub fn read(kind: Kind, text: &str) -> Result<(i64, i64), Problem> {
    parts(kind, text).ok_or_else(|| {
        Problem::malformed(
            "bad_cursor",
            "cursor",
            "Ce curseur n'est pas celui de cette liste : reprenez « next » tel quel, avec les mêmes filtres.",
            "This cursor is not of this list: repeat “next” as it is, with the same filters.",
        )
    })
}

fn parts(kind: Kind, text: &str) -> Option<(i64, i64)> {
    let decoded = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let mut parts = decoded.split(':');
    let letter = parts.next()?;
    let (sort, id) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let whole = parts.next().is_none() && letter.chars().eq([kind.letter()]);
    (whole && id >= 0 && (kind != Kind::Counted || (0..=1_000_000).contains(&sort))).then_some((sort, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_by_its_own_kind_alone() {
        let text = write(Kind::Newest, 1_700_000_000_123, 42);
        assert_eq!(read(Kind::Newest, &text).ok(), Some((1_700_000_000_123, 42)));
        assert!(read(Kind::Queue, &text).is_err() && read(Kind::Key, &text).is_err());
        for bad in
            ["", "n:1:2", "é", "bjox", &URL_SAFE_NO_PAD.encode("n:1:2:3"), &URL_SAFE_NO_PAD.encode("n:1:-2")]
        {
            assert_eq!(read(Kind::Newest, bad).map_err(|problem| problem.status), Err(400), "{bad}");
        }
        assert!(read(Kind::Counted, &write(Kind::Counted, -1, 0)).is_err());
        assert!(read(Kind::Counted, &write(Kind::Counted, i64::MAX, 0)).is_err());
    }
}
