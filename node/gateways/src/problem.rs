//! What is wrong with one row or one entry, told to the person who sent the file.

/// One row or entry that could not be taken, or that was taken with a reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowProblem {
    /// Rank in the file, from 1: the record of a CSV file (header included), the entry of a feed.
    pub position: u64,
    /// Line of the file on which it starts, from 1; 0 where the format has no lines (JSON Feed).
    pub line: u64,
    /// Stable machine name, such as `no_title_no_link`.
    pub code: &'static str,
    /// True if the row was taken in spite of the problem.
    pub kept: bool,
    /// The reason in French.
    pub reason_fr: String,
    /// The reason in English.
    pub reason_en: String,
}

/// Where a problem was met: rank and line, both from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub position: u64,
    pub line: u64,
}

impl RowProblem {
    /// A row that was left out.
    pub(crate) fn skipped(
        place: Place,
        code: &'static str,
        fr: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self {
            position: place.position,
            line: place.line,
            code,
            kept: false,
            reason_fr: fr.into(),
            reason_en: en.into(),
        }
    }

    /// A row that was taken, with something the person should look at.
    pub(crate) fn kept(
        place: Place,
        code: &'static str,
        fr: impl Into<String>,
        en: impl Into<String>,
    ) -> Self {
        Self { kept: true, ..Self::skipped(place, code, fr, en) }
    }
}

impl std::fmt::Display for RowProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ligne {} (n° {}) : {}", self.line, self.position, self.reason_fr)
    }
}
