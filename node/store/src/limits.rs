//! How many connections a store keeps, and how long a caller waits for one.

use std::time::Duration;

/// Limits of a store. The defaults suit a small server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Read connections; `None` for 4 on SQLite and 8 on PostgreSQL.
    pub readers: Option<u32>,
    /// Write connections on PostgreSQL; `None` for 8. SQLite has one writer.
    pub writers: Option<u32>,
    /// Writes that may wait on SQLite before the next one is refused.
    pub queue: usize,
    /// How long a read or a write waits to be let in before it is refused as busy.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { readers: None, writers: None, queue: 1024, patience: Duration::from_secs(5) }
    }
}
