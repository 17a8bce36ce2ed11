//! Roles of people in services, and what each may do.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The role of an account in one service. Roles are ordered: each may do what those below may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Enters items and submits them; may belong to a partner organisation without a node.
    Contributor,
    /// Publishes, declines and withdraws.
    Moderator,
    /// Sets the service itself: members, charter, subscriptions, rules, followers.
    ServiceManager,
}

/// Something somebody wants to do in a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Create, edit and submit items.
    Contribute,
    /// Publish, decline, withdraw, edit the items of others.
    Moderate,
    /// Change settings, members, subscriptions, rules and followers.
    Manage,
}

impl Role {
    /// Whether this role allows the action.
    #[must_use]
    pub fn allows(self, action: Action) -> bool {
        self >= match action {
            Action::Contribute => Self::Contributor,
            Action::Moderate => Self::Moderator,
            Action::Manage => Self::ServiceManager,
        }
    }

    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contributor => "contributor",
            Self::Moderator => "moderator",
            Self::ServiceManager => "service_manager",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A name that is none of the roles.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rôle inconnu : « {0} » (contributor, moderator ou service_manager) / unknown role")]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Self, UnknownRole> {
        match name {
            "contributor" => Ok(Self::Contributor),
            "moderator" => Ok(Self::Moderator),
            "service_manager" => Ok(Self::ServiceManager),
            other => Err(UnknownRole(other.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_cumulative() {
        assert!(Role::Contributor.allows(Action::Contribute) && !Role::Contributor.allows(Action::Moderate));
        assert!(Role::Moderator.allows(Action::Contribute) && !Role::Moderator.allows(Action::Manage));
        assert!(Role::ServiceManager.allows(Action::Manage));
    }
}
