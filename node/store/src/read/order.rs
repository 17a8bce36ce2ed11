//! The orders of lists, and places in them.

/// A place in a list: the sort value and key of the last entry seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Sort value of the last entry.
    pub sort: i64,
    /// Its key.
    pub id: i64,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListOrder {
    /// Latest publication first.
    #[default]
    Newest,
    /// Next start first, from this moment (milliseconds) on.
    Upcoming {
        /// What has ended before is left out.
        from: i64,
    },
    /// What takes place between two moments (milliseconds), in its order.
    Within {
        /// What has ended before is left out.
        from: i64,
        /// What begins then or later is left out.
        to: i64,
    },
    /// By title.
    Title,
    /// Next end first, from this moment (milliseconds) on.
    Deadline {
        /// What has ended before is left out.
        from: i64,
    },
}
