//! Digests of a body: the older `Digest` header (RFC 3230) and `Content-Digest` (RFC 9530).

use super::SignatureError;
use aws_lc_rs::digest::{Algorithm, SHA256, SHA512, digest};
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// The value of a `Digest` header for a body: `SHA-256=<base64>`.
pub fn digest_header(body: &[u8]) -> String {
    format!("SHA-256={}", STANDARD.encode(digest(&SHA256, body)))
}

/// The value of a `Content-Digest` header for a body: `sha-256=:<base64>:`.
pub fn content_digest_header(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(digest(&SHA256, body)))
}

/// Checks a `Digest` header against the body as received.
///
/// Several algorithms may stand in one header and their names in any letter case. At least one of
/// SHA-256 and SHA-512 must be there, and each of these must match; others are ignored.
///
/// # Errors
/// [`SignatureError::Digest`].
pub fn verify_digest(header: &str, body: &[u8]) -> Result<(), SignatureError> {
    verify(header, body, |value| Some(value))
}

/// Checks a `Content-Digest` header against the body, by the same rules as [`verify_digest`].
///
/// # Errors
/// [`SignatureError::Digest`].
pub fn verify_content_digest(header: &str, body: &[u8]) -> Result<(), SignatureError> {
    verify(header, body, |value| value.strip_prefix(':')?.strip_suffix(':'))
}

/// Walks the entries of a digest header; `unwrap` takes the base64 text out of a value.
fn verify(header: &str, body: &[u8], unwrap: impl Fn(&str) -> Option<&str>) -> Result<(), SignatureError> {
    let mut known = 0;
    for entry in header.split(',').map(str::trim) {
        // The base64 text itself may end in '=', so only the first one separates.
        let (name, value) = entry
            .split_once('=')
            .ok_or_else(|| SignatureError::Digest("an entry without algorithm".into()))?;
        let Some(algorithm) = algorithm(name) else { continue };
        let claimed = unwrap(value)
            .and_then(|text| STANDARD.decode(text).ok())
            .ok_or_else(|| SignatureError::Digest(format!("the {name} value is not base64")))?;
        if digest(algorithm, body).as_ref() != claimed {
            return Err(SignatureError::Digest(format!("the {name} value is not that of the body")));
        }
        known += 1;
    }
    if known == 0 {
        return Err(SignatureError::Digest("neither SHA-256 nor SHA-512".into()));
    }
    Ok(())
}

fn algorithm(name: &str) -> Option<&'static Algorithm> {
    match name.trim().to_ascii_lowercase().as_str() {
        "sha-256" => Some(&SHA256),
        "sha-512" => Some(&SHA512),
        _ => None,
    }
}
