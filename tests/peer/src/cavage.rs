//! draft-cavage-http-signatures: the signing string, the header, and its reading.

use crate::{Key, Label, Message, PublicKey};
use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::HashMap;

/// What a signature says of itself and covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// `keyId`.
    pub key_id: String,
    /// `algorithm`, if any.
    pub label: Option<String>,
    /// `headers`, in their order.
    pub covered: Vec<String>,
    /// `created`, in seconds since 1970.
    pub created: Option<i64>,
    /// `expires`, in seconds since 1970.
    pub expires: Option<i64>,
}

impl Parameters {
    /// As Mastodon signs a request: with the digest where there is a body.
    #[must_use]
    pub fn usual(key_id: &str, label: Label, with_digest: bool) -> Self {
        let mut covered = vec!["(request-target)".to_owned(), "host".to_owned(), "date".to_owned()];
        if with_digest {
            covered.push("digest".to_owned());
        }
        let label = Some(label.as_str().to_owned());
        Self { key_id: key_id.to_owned(), label, covered, created: None, expires: None }
    }
}

/// The text that is signed.
///
/// # Errors
/// When something covered is not there.
pub fn signing_string(message: &Message, parameters: &Parameters) -> Result<String> {
    let mut lines = Vec::new();
    for name in &parameters.covered {
        let name = name.to_ascii_lowercase();
        let value = match name.as_str() {
            "(request-target)" => format!("{} {}", message.method.to_ascii_lowercase(), message.target),
            "(created)" => parameters.created.context("created is not given")?.to_string(),
            "(expires)" => parameters.expires.context("expires is not given")?.to_string(),
            header => {
                let values = message.values(header);
                if values.is_empty() {
                    bail!("{header} is covered and not there");
                }
                values.join(", ")
            }
        };
        lines.push(format!("{name}: {value}"));
    }
    Ok(lines.join("\n"))
}

/// The value of a `Signature` header.
///
/// # Errors
/// Those of [`signing_string`] and of the key.
pub fn sign(message: &Message, parameters: &Parameters, key: &Key) -> Result<String> {
    let signature = STANDARD.encode(key.sign(&signing_string(message, parameters)?)?);
    let mut value = format!("keyId=\"{}\"", parameters.key_id);
    if let Some(label) = &parameters.label {
        value.push_str(&format!(",algorithm=\"{label}\""));
    }
    for (name, moment) in [("created", parameters.created), ("expires", parameters.expires)] {
        if let Some(moment) = moment {
            value.push_str(&format!(",{name}={moment}"));
        }
    }
    value.push_str(&format!(",headers=\"{}\",signature=\"{signature}\"", parameters.covered.join(" ")));
    Ok(value)
}

/// Reads a `Signature` header: what it says, and the bytes of the signature.
///
/// # Errors
/// When something that has to be there is missing, or stands twice.
pub fn read(header: &str) -> Result<(Parameters, Vec<u8>)> {
    let mut fields: HashMap<&str, String> = HashMap::new();
    let mut rest = header;
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_matches([',', ' ']);
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').context("an open quote")?,
            None => after.split_at(after.find(',').unwrap_or(after.len())),
        };
        if fields.insert(name, value.to_owned()).is_some() {
            bail!("{name} stands twice");
        }
        rest = after;
    }
    let number = |name: &str| -> Result<Option<i64>> {
        fields.get(name).map(|text| text.parse().with_context(|| format!("{name} is no number"))).transpose()
    };
    let covered = fields.get("headers").map_or("date", String::as_str);
    let parameters = Parameters {
        key_id: fields.get("keyId").context("no keyId")?.clone(),
        label: fields.get("algorithm").cloned(),
        covered: covered.split_whitespace().map(str::to_owned).collect(),
        created: number("created")?,
        expires: number("expires")?,
    };
    let signature = STANDARD.decode(fields.get("signature").context("no signature")?)?;
    Ok((parameters, signature))
}

/// Whether the message carries such a signature by this key.
///
/// # Errors
/// When something covered is not there.
pub fn holds(message: &Message, parameters: &Parameters, signature: &[u8], key: &PublicKey) -> Result<bool> {
    Ok(key.verifies(&signing_string(message, parameters)?, signature))
}
