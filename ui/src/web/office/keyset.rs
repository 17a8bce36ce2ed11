//! Pages of lists that go on after the last entry seen. The way back is kept in the address: the
//! cursors of the pages before, so that a list that grows meanwhile is never read twice or skipped.

use crate::i18n::Translator;
use crate::views::Paging;
use maillage_store::read::Cursor;

/// Pages that can be gone back; further on the oldest is forgotten.
const REMEMBERED: usize = 40;

/// The cursors that led to a page, first page first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Trail(Vec<Cursor>);

impl Trail {
    /// From its text in an address, `SORT-ID.SORT-ID…`; what is no cursor is left out.
    pub fn read(text: &str) -> Self {
        let cursor = |part: &str| {
            let (sort, id) = part.rsplit_once('-')?;
            Some(Cursor { sort: sort.parse().ok()?, id: id.parse().ok()? })
        };
        Self(text.split('.').filter_map(cursor).take(REMEMBERED).collect())
    }

    /// What the page goes on after.
    pub fn after(&self) -> Option<Cursor> {
        self.0.last().copied()
    }

    /// Text for an address; empty for the first page.
    pub fn text(&self) -> String {
        self.0.iter().map(|cursor| format!("{}-{}", cursor.sort, cursor.id)).collect::<Vec<_>>().join(".")
    }

    /// The trail to the page behind this one.
    pub fn then(&self, cursor: Cursor) -> Self {
        let mut cursors = self.0.clone();
        if cursors.len() == REMEMBERED {
            cursors.remove(0);
        }
        cursors.push(cursor);
        Self(cursors)
    }

    fn before(&self) -> Self {
        Self(self.0.iter().take(self.0.len().saturating_sub(1)).copied().collect())
    }

    /// Links to the pages around this one. `next` is the last entry of this page where there are
    /// more; `address` makes the address of the page behind a trail.
    pub fn paging(&self, t: Translator, next: Option<Cursor>, address: impl Fn(&Self) -> String) -> Paging {
        Paging {
            t,
            page: self.0.len() as u64 + 1,
            pages: None,
            previous: (!self.0.is_empty()).then(|| address(&self.before())),
            next: next.map(|cursor| address(&self.then(cursor))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trail_leads_forth_and_back() {
        let first = Trail::default();
        let second = first.then(Cursor { sort: 1_772_542_800_000, id: 7 });
        let third = second.then(Cursor { sort: -1, id: 3 });
        assert_eq!(third.text(), "1772542800000-7.-1-3");
        assert_eq!(Trail::read(&third.text()), third);
        let paging = third.paging(Translator::default(), None, |trail| format!("?after={}", trail.text()));
        assert_eq!(paging.page, 3);
        assert_eq!(paging.previous.as_deref(), Some("?after=1772542800000-7"));
        assert_eq!(Trail::read("x-y.5.--.12-4"), Trail::default().then(Cursor { sort: 12, id: 4 }));
    }
}
