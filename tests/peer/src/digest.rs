//! Digests of bodies: `Digest` (RFC 3230) and `Content-Digest` (RFC 9530), by the `sha2` crate.

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha512};

/// SHA-256 in base64.
#[must_use]
pub fn sha256(body: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(body))
}

/// SHA-512 in base64.
#[must_use]
pub fn sha512(body: &[u8]) -> String {
    STANDARD.encode(Sha512::digest(body))
}

/// The value of a `Digest` header: `SHA-256=…`.
#[must_use]
pub fn header(body: &[u8]) -> String {
    format!("SHA-256={}", sha256(body))
}

/// The value of a `Content-Digest` header: `sha-256=:…:`.
#[must_use]
pub fn content_header(body: &[u8]) -> String {
    format!("sha-256=:{}:", sha256(body))
}

/// Checks a `Digest` header; at least one algorithm has to be known, and none may be wrong.
///
/// # Errors
/// What is wrong.
pub fn check(header: &str, body: &[u8]) -> Result<()> {
    check_entries(header, body, |value| value.trim().to_owned())
}

/// Checks a `Content-Digest` header by the same rules.
///
/// # Errors
/// What is wrong.
pub fn check_content(header: &str, body: &[u8]) -> Result<()> {
    check_entries(header, body, |value| value.trim().trim_matches(':').to_owned())
}

fn check_entries(header: &str, body: &[u8], bare: impl Fn(&str) -> String) -> Result<()> {
    let mut known = false;
    for entry in header.split(',') {
        let (name, value) = entry.split_once('=').context("a digest without algorithm")?;
        let right = match name.trim().to_ascii_lowercase().as_str() {
            "sha-256" => sha256(body),
            "sha-512" => sha512(body),
            _ => continue,
        };
        known = true;
        if bare(value) != right {
            bail!("{name} is not that of the body");
        }
    }
    if !known {
        bail!("no digest of a known kind");
    }
    Ok(())
}
