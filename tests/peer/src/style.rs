//! The habits of other software: how an actor is described and how it signs.

use crate::Scheme;

/// The form of a key's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyId {
    /// `…/users/name#main-key`, as Mastodon writes it.
    Fragment,
    /// `…/users/name/main-key`, a document of its own, as GoToSocial writes it.
    Path,
}

/// The form of a public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pem {
    /// `BEGIN PUBLIC KEY`.
    Spki,
    /// `BEGIN RSA PUBLIC KEY`.
    Pkcs1,
}

/// The algorithm's name in a draft-cavage signature; the algorithm is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// `rsa-sha256`.
    RsaSha256,
    /// `hs2019`.
    Hs2019,
}

impl Label {
    /// As it stands in the header.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RsaSha256 => "rsa-sha256",
            Self::Hs2019 => "hs2019",
        }
    }
}

/// How an actor is described and signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// ActivityStreams type of the actor.
    pub kind: &'static str,
    /// Form of its key's id.
    pub key_id: KeyId,
    /// Form of its key.
    pub pem: Pem,
    /// Label of its signatures.
    pub label: Label,
    /// Scheme of its signatures.
    pub scheme: Scheme,
    /// Whether the server names a shared inbox.
    pub shared_inbox: bool,
    /// Whether it shows itself to signed fetches alone (its key apart).
    pub secure: bool,
}

impl Style {
    /// As Mastodon: a Person, `#main-key`, `rsa-sha256`.
    #[must_use]
    pub fn mastodon() -> Self {
        Self {
            kind: "Person",
            key_id: KeyId::Fragment,
            pem: Pem::Spki,
            label: Label::RsaSha256,
            scheme: Scheme::Cavage,
            shared_inbox: true,
            secure: false,
        }
    }

    /// As GoToSocial: `/main-key`, `hs2019`, fetches have to be signed.
    #[must_use]
    pub fn gotosocial() -> Self {
        Self {
            key_id: KeyId::Path,
            label: Label::Hs2019,
            shared_inbox: false,
            secure: true,
            ..Self::mastodon()
        }
    }

    /// As small servers and relays are: a Service, a PKCS#1 key, no shared inbox.
    #[must_use]
    pub fn small_service() -> Self {
        Self { kind: "Service", pem: Pem::Pkcs1, shared_inbox: false, ..Self::mastodon() }
    }
}
