//! A service: a stream of items of one type, with its visibility and charter.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Who may see what a service publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody, the fediverse included.
    #[default]
    Public,
    /// Approved partner nodes only, by signed fetch and approved follow.
    Network,
    /// Members of the service.
    Private,
}

impl Visibility {
    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Network => "network",
            Self::Private => "private",
        }
    }

    /// The narrower of two visibilities: a copy is never wider than its origin.
    #[must_use]
    pub fn narrowest(self, other: Self) -> Self {
        if self.rank() >= other.rank() { self } else { other }
    }

    /// Whether more people see this one than another.
    #[must_use]
    pub fn wider_than(self, other: Self) -> bool {
        self.rank() < other.rank()
    }

    fn rank(self) -> u8 {
        match self {
            Self::Public => 0,
            Self::Network => 1,
            Self::Private => 2,
        }
    }
}

/// A name that is none of the visibilities.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("visibilité inconnue : « {0} » (public, network ou private) / unknown visibility")]
pub struct UnknownVisibility(pub String);

impl FromStr for Visibility {
    type Err = UnknownVisibility;

    fn from_str(name: &str) -> Result<Self, UnknownVisibility> {
        match name {
            "public" => Ok(Self::Public),
            "network" => Ok(Self::Network),
            "private" => Ok(Self::Private),
            other => Err(UnknownVisibility(other.to_owned())),
        }
    }
}

/// The promise a service makes to its readers and partners.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Charter {
    /// What the service is for.
    pub purpose: String,
    /// Who moderates, in words.
    pub moderators: String,
    /// Within how many days an item is answered; none when nothing is promised.
    pub delay_days: Option<u16>,
    /// Licence of what is published: an SPDX identifier or a URL.
    pub licence: String,
}
