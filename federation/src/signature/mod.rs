//! HTTP signatures: RSA keys, digests, draft-cavage and RFC 9421, made and checked on aws-lc-rs.

mod cavage;
mod digest;
mod keys;
mod pem;
mod rfc9421;
mod structured;
#[cfg(test)]
mod tests;

pub use cavage::{AlgorithmLabel, CavageSignature, sign_cavage, sign_cavage_labelled};
pub use digest::{content_digest_header, digest_header, verify_content_digest, verify_digest};
pub use keys::{PrivateKey, PublicKey};
pub use rfc9421::{Rfc9421Signature, sign_rfc9421};

use chrono::{DateTime, Utc};
use url::Url;

/// The two ways of signing HTTP messages found in the fediverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// draft-cavage-http-signatures-12: one `Signature` header with named parameters.
    Cavage,
    /// RFC 9421: `Signature-Input` and `Signature`, both structured fields.
    Rfc9421,
}

impl Scheme {
    /// The short name under which the scheme is remembered for a peer: `cavage` or `rfc9421`.
    pub fn as_str(self) -> &'static str {
        match self {
            Scheme::Cavage => "cavage",
            Scheme::Rfc9421 => "rfc9421",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Scheme::Cavage => Scheme::Rfc9421,
            Scheme::Rfc9421 => Scheme::Cavage,
        }
    }
}

/// Why a key, a digest or a signature could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The key is not PEM, not RSA, or not of an accepted size.
    #[error("unusable key: {0}")]
    Key(String),
    /// The signature header breaks its grammar or names a parameter twice.
    #[error("malformed signature header: {0}")]
    Malformed(String),
    /// An algorithm that is not RSASSA-PKCS1-v1_5 with SHA-256.
    #[error("unsupported algorithm: {0}")]
    Algorithm(String),
    /// Something that has to be signed is not, or what is said to be signed is absent.
    #[error("the signature does not cover what it must: {0}")]
    Coverage(String),
    /// The digest is missing, unreadable, of unknown algorithms only, or not that of the body.
    #[error("digest: {0}")]
    Digest(String),
    /// The cryptographic library failed.
    #[error("signing failed")]
    Crypto,
}

/// The parts of a request that a signature can cover.
///
/// Header names are compared without regard to case. `scheme` is the one the outside sees (`https`
/// behind a proxy), since RFC 9421 signs the whole target URI.
#[derive(Clone, Copy, Debug)]
pub struct SignedParts<'a> {
    /// The method as sent, in upper case.
    pub method: &'a str,
    /// `https`, or `http` on a test network.
    pub scheme: &'a str,
    /// The request target in origin form, with its query.
    pub path_and_query: &'a str,
    /// Names and values in the order received, duplicates included.
    pub headers: &'a [(String, String)],
}

impl SignedParts<'_> {
    /// The value of a header as both schemes sign it: trimmed, several lines joined by `", "`.
    pub fn field(&self, name: &str) -> Option<String> {
        let mut values =
            self.headers.iter().filter(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.trim());
        let first = values.next()?.to_owned();
        Some(values.fold(first, |joined, value| joined + ", " + value))
    }
}

/// The headers that sign one outgoing request in the given scheme; a body makes it a POST's.
///
/// They hold everything but `Host`, which the HTTP client derives from the same URL.
///
/// # Errors
/// [`SignatureError::Crypto`] when the key cannot sign.
pub fn sign(
    scheme: Scheme,
    method: &str,
    url: &Url,
    date: DateTime<Utc>,
    body: Option<&[u8]>,
    key_id: &str,
    key: &PrivateKey,
) -> Result<Vec<(String, String)>, SignatureError> {
    match scheme {
        Scheme::Cavage => sign_cavage(method, url, date, body, key_id, key),
        Scheme::Rfc9421 => sign_rfc9421(method, url, date, body, key_id, key),
    }
}

/// The `Host` of a URL: its host and, unless it is the scheme's default, its port.
pub fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// The request target of a URL in origin form: its path and query.
pub fn request_target(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

/// A date as HTTP writes it (RFC 9110 section 5.6.7), such as `Tue, 03 Mar 2026 13:00:00 GMT`.
pub fn http_date(date: DateTime<Utc>) -> String {
    date.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
