//! PEM armour (RFC 7468): one labelled base64 block, as actors publish their keys.

use super::SignatureError;
use base64::{Engine as _, engine::general_purpose::STANDARD};

/// A PEM text longer than this is no RSA key (8192 bits take some 1,500 characters, 6,500 private).
const MAX_PEM_LEN: usize = 16 * 1024;

/// The label and the bytes of the first block; text around it is ignored, as RFC 7468 allows.
pub(super) fn decode(text: &str) -> Result<(String, Vec<u8>), SignatureError> {
    let malformed = || SignatureError::Key("not a PEM block".into());
    if text.len() > MAX_PEM_LEN {
        return Err(SignatureError::Key("PEM text too long".into()));
    }
    let (_, rest) = text.split_once("-----BEGIN ").ok_or_else(malformed)?;
    let (label, rest) = rest.split_once("-----").ok_or_else(malformed)?;
    let (body, _) = rest.split_once(&format!("-----END {label}-----")).ok_or_else(malformed)?;
    let compact: String = body.chars().filter(|c| !c.is_whitespace()).collect();
    let der = STANDARD.decode(compact).map_err(|_| malformed())?;
    Ok((label.to_owned(), der))
}

/// The block of these bytes, in lines of 64 characters and with a final line end.
pub(super) fn encode(label: &str, der: &[u8]) -> String {
    let mut text = format!("-----BEGIN {label}-----\n");
    let mut column = 0;
    for character in STANDARD.encode(der).chars() {
        if column == 64 {
            text.push('\n');
            column = 0;
        }
        text.push(character);
        column += 1;
    }
    text.push_str(&format!("\n-----END {label}-----\n"));
    text
}
