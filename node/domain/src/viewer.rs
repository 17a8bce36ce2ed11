//! Who is looking: the value every read of the store is scoped by.

use crate::service::Visibility;
use std::collections::BTreeSet;

/// The reader of a page, an object or a feed. What it may see is decided in the store's queries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Anybody: published items of public services only.
    Anonymous,
    /// A signed-in account.
    Account(AccountScope),
    /// A partner node or actor that signed its request, by the URI of its actor: public services
    /// and the network-only services that approved it.
    Partner {
        /// URI of the actor that signed.
        actor: String,
    },
    /// The node itself (workers, command line): everything.
    System,
}

/// What an account may see beyond the public: its own items and the services it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountScope {
    /// Key of the account.
    pub account: i64,
    /// Services of which it is a member, in whatever role.
    pub services: BTreeSet<i64>,
    /// Those of which it is a moderator or a manager: it sees all of their entries.
    pub moderated: BTreeSet<i64>,
    /// A node administrator sees every service.
    pub administrator: bool,
}

impl Viewer {
    /// Whether published items of a service are visible to this viewer, its membership and
    /// approvals apart (`member` says whether it has one).
    #[must_use]
    pub fn sees(&self, visibility: Visibility, member: bool) -> bool {
        match (self, visibility) {
            (Self::System, _) | (_, Visibility::Public) => true,
            (Self::Anonymous, _) => false,
            (Self::Account(scope), _) => scope.administrator || member,
            (Self::Partner { .. }, Visibility::Network) => member,
            (Self::Partner { .. }, Visibility::Private) => false,
        }
    }
}
