//! Following a service: trust levels and the states of a follow.

use crate::message::Message;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// What happens to what a followed service sends, when no rule says otherwise.
/// Ordered: each level shows at least what the one below shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrustLevel {
    /// Held for moderation.
    Hold,
    /// Published at once.
    Publish,
    /// Published at once and announced to our own followers.
    Announce,
}

impl TrustLevel {
    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Publish => "publish",
            Self::Announce => "announce",
        }
    }
}

/// A name that is none of the trust levels.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("niveau de confiance inconnu : « {0} » (hold, publish ou announce) / unknown trust level")]
pub struct UnknownTrust(pub String);

impl FromStr for TrustLevel {
    type Err = UnknownTrust;

    fn from_str(name: &str) -> Result<Self, UnknownTrust> {
        match name {
            "hold" => Ok(Self::Hold),
            "publish" => Ok(Self::Publish),
            "announce" => Ok(Self::Announce),
            other => Err(UnknownTrust(other.to_owned())),
        }
    }
}

/// The state of a Follow, ours of others or others' of us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowState {
    /// Asked, not answered.
    Pending,
    /// Accepted.
    Accepted,
    /// Refused by the followed side.
    Rejected,
}

impl FollowState {
    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }

    /// The state of a stored name; `pending` when unknown.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "accepted" => Self::Accepted,
            "rejected" => Self::Rejected,
            _ => Self::Pending,
        }
    }
}

/// A service's address `@service@host`, as users type it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Handle {
    /// The part before the host.
    pub name: String,
    /// Host, with a port where the network is private.
    pub host: String,
}

/// Text that is not an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct BadHandle(pub String);

impl BadHandle {
    /// What to write.
    #[must_use]
    pub fn message(&self) -> Message {
        Message::new(
            format!("« {} » n'est pas l'adresse d'un service : écrivez @service@hote.fr.", self.0),
            format!("“{}” is no address of a service: write @service@host.fr.", self.0),
        )
    }
}

impl FromStr for Handle {
    type Err = BadHandle;

    fn from_str(text: &str) -> Result<Self, BadHandle> {
        let bad = || BadHandle(text.to_owned());
        let trimmed = text.trim();
        let trimmed = trimmed.strip_prefix("acct:").unwrap_or(trimmed);
        let (name, host) = trimmed.strip_prefix('@').unwrap_or(trimmed).split_once('@').ok_or_else(bad)?;
        let name_fits = !name.is_empty()
            && name.len() <= 64
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        // The URL parser canonicalises the host: case, IDN, odd numbers.
        let url = url::Url::parse(&format!("https://{host}/")).map_err(|_| bad())?;
        let plain = url.username().is_empty()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        let canonical = url.host_str().ok_or_else(bad)?.trim_end_matches('.').to_owned();
        if !name_fits || !plain || host.contains(['/', '@', '%', '\\', ' ']) || canonical.is_empty() {
            return Err(bad());
        }
        let host = match url.port() {
            Some(port) => format!("{canonical}:{port}"),
            None => canonical,
        };
        Ok(Self { name: name.to_owned(), host })
    }
}

impl std::fmt::Display for Handle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "@{}@{}", self.name, self.host)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_canonical_or_refused() {
        let handle = |text: &str| text.parse::<Handle>().map(|h| h.to_string());
        assert_eq!(handle(" @agenda@MEF58.Example ").as_deref(), Ok("@agenda@mef58.example"));
        assert_eq!(handle("acct:agenda@nièvre.example").as_deref(), Ok("@agenda@xn--nivre-5ra.example"));
        assert_eq!(handle("agenda@localhost:8001").as_deref(), Ok("@agenda@localhost:8001"));
        assert_eq!(handle("@agenda@mef.example.").as_deref(), Ok("@agenda@mef.example"));
        for bad in ["agenda", "@a@b@c", "@a@b/c", "@@b", "@a@", "@a@b%00.fr", "@a b@c.fr"] {
            assert!(handle(bad).is_err(), "{bad}");
        }
    }
}
