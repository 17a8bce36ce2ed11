//! Domain events: what happened, stored in the transaction that made it happen.

use serde::{Deserialize, Serialize};

/// A change that the outside has to learn of. Keys are those of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DomainEvent {
    /// An own item was published for the first time, or again, with a new id, after a withdrawal.
    ItemPublished {
        /// Key of the item.
        item: i64,
        /// The service in which it was.
        service: i64,
    },
    /// The published content of an own item changed.
    ItemUpdated {
        /// Key of the item.
        item: i64,
        /// Its service.
        service: i64,
    },
    /// An own item was withdrawn or has expired.
    ItemWithdrawn {
        /// Key of the item.
        item: i64,
        /// Its service.
        service: i64,
        /// Its permanent id until then: published again, it is another object.
        uri: String,
    },
    /// A received item is to be announced to the followers of one of our services; also when an
    /// announced item has changed at its origin.
    ItemAnnounced {
        /// Key of the item.
        item: i64,
        /// The announcing service.
        service: i64,
        /// Key of the entry.
        entry: i64,
        /// URI of the Announce.
        announce: String,
    },
    /// An announced item is no longer shown by the announcing service.
    AnnounceUndone {
        /// Key of the item.
        item: i64,
        /// The announcing service.
        service: i64,
        /// URI of the Announce that is taken back: the first one, where the item was announced again.
        announce: String,
        /// Permanent id of the item when it was announced.
        object: String,
    },
    /// We want to follow a remote service.
    FollowRequested {
        /// Key of our follow.
        follow: i64,
    },
    /// We no longer follow a remote service.
    FollowEnded {
        /// URI of the Follow that is taken back.
        follow_uri: String,
        /// Key of the followed actor.
        actor: i64,
    },
    /// A follower of one of our services was accepted.
    FollowerAccepted {
        /// Key of the follower.
        follower: i64,
    },
    /// A follower was refused or removed.
    FollowerRejected {
        /// URI of the follower's Follow.
        follow_uri: String,
        /// Key of the follower's actor.
        actor: i64,
        /// The service it asked for.
        service: i64,
    },
    /// A service's own description changed.
    ServiceUpdated {
        /// Key of the service.
        service: i64,
    },
}

impl DomainEvent {
    /// The name of the variant, as stored.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::ItemPublished { .. } => "item_published",
            Self::ItemUpdated { .. } => "item_updated",
            Self::ItemWithdrawn { .. } => "item_withdrawn",
            Self::ItemAnnounced { .. } => "item_announced",
            Self::AnnounceUndone { .. } => "announce_undone",
            Self::FollowRequested { .. } => "follow_requested",
            Self::FollowEnded { .. } => "follow_ended",
            Self::FollowerAccepted { .. } => "follower_accepted",
            Self::FollowerRejected { .. } => "follower_rejected",
            Self::ServiceUpdated { .. } => "service_updated",
        }
    }
}
