//! What a commit was about: each worker is woken by its own work alone, and what is kept in memory
//! stands until it may have changed.

use tokio::sync::watch;

/// What changes are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// What pages for everybody show.
    Contents,
    /// Events that are to be told.
    Events,
    /// Deliveries.
    Deliveries,
    /// Fetches of objects that were named.
    Fetches,
    /// What we follow, whose outboxes may be to be read back.
    Follows,
    /// Who others are, and whether they are listened to.
    Actors,
    /// Mails on their way.
    Mails,
}

const SUBJECTS: [Subject; 7] = [
    Subject::Contents,
    Subject::Events,
    Subject::Deliveries,
    Subject::Fetches,
    Subject::Follows,
    Subject::Actors,
    Subject::Mails,
];

impl Subject {
    /// The subjects of a table, those that somebody waits for: a bit for each.
    pub(super) fn of(table: &str) -> u8 {
        match table {
            "items" | "item_ages" | "entries" | "services" | "sites" | "placements" | "site_blocks"
            | "site_pages" | "nodes" | "organisations" | "places" | "themes" => Self::Contents.bit(),
            "events" => Self::Events.bit(),
            "deliveries" => Self::Deliveries.bit(),
            "fetches" => Self::Fetches.bit(),
            "mails" => Self::Mails.bit(),
            "follows" => Self::Follows.bit(),
            // Pages say by whom an item has come.
            "actors" => Self::Actors.bit() | Self::Contents.bit(),
            "peers" | "subscriptions" => Self::Actors.bit(),
            _ => 0,
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The counts of commits, by subject.
#[derive(Default)]
pub(super) struct Changes {
    counts: [watch::Sender<u64>; SUBJECTS.len()],
}

impl Changes {
    pub fn of(&self, subject: Subject) -> &watch::Sender<u64> {
        &self.counts[subject as usize]
    }

    /// Counts a commit that was about these subjects.
    pub fn announce(&self, touched: u8) {
        for subject in SUBJECTS {
            if touched & subject.bit() != 0 {
                self.of(subject).send_modify(|count| *count += 1);
            }
        }
    }
}
