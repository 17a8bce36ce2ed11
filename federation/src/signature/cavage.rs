//! draft-cavage-http-signatures-12: signing requests and reading the `Signature` header.

use super::{PrivateKey, SignatureError, SignedParts, authority, digest_header, http_date, request_target};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use http_signature_normalization::verify::ParsedHeader;
use std::collections::{BTreeMap, HashSet};
use std::time::Duration;
use url::Url;

/// Parameters of a header, or names of a signed set, beyond which nobody honest goes.
const MAX_ENTRIES: usize = 32;
/// The last second of the year 9999, beyond which no timestamp is read.
const MAX_TIMESTAMP: i64 = 253_402_300_799;

/// The name a signature gives to its algorithm. Both mean RSASSA-PKCS1-v1_5 with SHA-256 here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlgorithmLabel {
    /// `rsa-sha256`: deprecated by the draft, and what most servers send.
    RsaSha256,
    /// `hs2019`: the algorithm follows from the key.
    Hs2019,
}

impl AlgorithmLabel {
    /// The label as it stands in the header.
    pub fn as_str(self) -> &'static str {
        match self {
            AlgorithmLabel::RsaSha256 => "rsa-sha256",
            AlgorithmLabel::Hs2019 => "hs2019",
        }
    }
}

/// Signs `(request-target) host date`, and `digest` when there is a body, labelled `rsa-sha256`.
///
/// The headers returned are `Date`, `Digest` where there is a body, and `Signature`; `Host` is the
/// URL's authority, which the HTTP client sends by itself.
///
/// # Errors
/// [`SignatureError::Crypto`], or [`SignatureError::Malformed`] for a key id that holds a quote.
pub fn sign_cavage(
    method: &str,
    url: &Url,
    date: DateTime<Utc>,
    body: Option<&[u8]>,
    key_id: &str,
    key: &PrivateKey,
) -> Result<Vec<(String, String)>, SignatureError> {
    sign_cavage_labelled(AlgorithmLabel::RsaSha256, method, url, date, body, key_id, key)
}

/// As [`sign_cavage`], with a choice of the algorithm's label.
///
/// # Errors
/// As [`sign_cavage`].
pub fn sign_cavage_labelled(
    label: AlgorithmLabel,
    method: &str,
    url: &Url,
    date: DateTime<Utc>,
    body: Option<&[u8]>,
    key_id: &str,
    key: &PrivateKey,
) -> Result<Vec<(String, String)>, SignatureError> {
    if key_id.contains(['"', '\\']) {
        return Err(SignatureError::Malformed("a key id cannot hold a quote".into()));
    }
    let mut headers = vec![("Host".to_owned(), authority(url)), ("Date".to_owned(), http_date(date))];
    let mut names = vec!["(request-target)", "host", "date"];
    if let Some(body) = body {
        headers.push(("Digest".to_owned(), digest_header(body)));
        names.push("digest");
    }
    let parts =
        SignedParts { method, scheme: url.scheme(), path_and_query: &request_target(url), headers: &headers };
    let covered: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let text = signing_string(&parts, &covered, None, None)?;
    let signature = STANDARD.encode(key.sign(text.as_bytes())?);
    let value = format!(
        r#"keyId="{key_id}",algorithm="{}",headers="{}",signature="{signature}""#,
        label.as_str(),
        names.join(" ")
    );
    headers.remove(0);
    headers.push(("Signature".to_owned(), value));
    Ok(headers)
}

/// The text that is signed: one line for each covered name, by http-signature-normalization.
///
/// Only this step is that crate's. Its header parser lets the last of two parameters win and its
/// checks of time ask the system's clock and panic on huge values, so the header it gets here is
/// rebuilt from what was parsed, and the timestamps reach it as ready text.
fn signing_string(
    parts: &SignedParts<'_>,
    covered: &[String],
    created: Option<&str>,
    expires: Option<&str>,
) -> Result<String, SignatureError> {
    let mut fields = BTreeMap::new();
    for name in covered {
        let value = match name.as_str() {
            "(request-target)" => continue,
            "(created)" => created.map(str::to_owned),
            "(expires)" => expires.map(str::to_owned),
            _ => parts.field(name),
        };
        let value = value.ok_or_else(|| SignatureError::Coverage(format!("{name} is absent")))?;
        fields.insert(name.clone(), value);
    }
    let internal = |_| SignatureError::Malformed("headers".into());
    let header = format!(r#"keyId="-",headers="{}",signature="-""#, covered.join(" "));
    let parsed: ParsedHeader = header.parse().map_err(internal)?;
    let unvalidated = parsed
        .into_unvalidated(parts.method, parts.path_and_query, &mut fields, HashSet::new())
        .map_err(|missing| SignatureError::Coverage(missing.to_string()))?;
    // Ten thousand years: time is judged by the guard, against the node's clock.
    let unverified = unvalidated
        .validate(Duration::from_secs(MAX_TIMESTAMP.unsigned_abs()))
        .map_err(|late| SignatureError::Malformed(late.to_string()))?;
    Ok(unverified.signing_string().to_owned())
}

/// A `Signature` header of the draft, read strictly.
#[derive(Clone, Debug)]
pub struct CavageSignature {
    /// The `keyId` parameter, not yet known to be a URL.
    pub key_id: String,
    /// The bytes of the signature.
    pub signature: Vec<u8>,
    covered: Vec<String>,
    created: Option<String>,
    expires: Option<String>,
}

impl CavageSignature {
    /// Reads the value of a `Signature` header.
    ///
    /// `algorithm` may be absent, `rsa-sha256` or `hs2019`. A parameter given twice and a name signed
    /// twice are refused. `(created)` beside the label `rsa-sha256` is accepted, though the draft
    /// (section 2.3) forbids the pair: the label decides nothing here, so nothing is gained by it.
    ///
    /// # Errors
    /// [`SignatureError::Malformed`], [`SignatureError::Algorithm`] or [`SignatureError::Coverage`].
    pub fn parse(header: &str) -> Result<Self, SignatureError> {
        let mut parameters = parameters(header)?;
        let mut required = |name: &str| {
            parameters.remove(name).ok_or_else(|| SignatureError::Malformed(format!("no {name}")))
        };
        let key_id = required("keyId")?;
        let signature = STANDARD
            .decode(required("signature")?)
            .map_err(|_| SignatureError::Malformed("the signature is not base64".into()))?;
        let label = parameters.remove("algorithm").map(|label| label.to_ascii_lowercase());
        if !matches!(label.as_deref(), None | Some("rsa-sha256" | "hs2019")) {
            return Err(SignatureError::Algorithm(label.unwrap_or_default()));
        }
        let covered = covered(parameters.remove("headers").as_deref().unwrap_or("(created)"))?;
        let created = parameters.remove("created");
        let expires = parameters.remove("expires");
        for text in [&created, &expires].into_iter().flatten() {
            timestamp(text)?;
        }
        Ok(Self { key_id, signature, covered, created, expires })
    }

    /// Whether the signed set holds this name (lower case, pseudo-headers in parentheses).
    pub fn covers(&self, name: &str) -> bool {
        self.covered.iter().any(|covered| covered == name)
    }

    /// `(created)` in seconds since 1970, where it is signed.
    pub fn created(&self) -> Option<i64> {
        let text = self.created.as_deref().filter(|_| self.covers("(created)"))?;
        timestamp(text).ok()
    }

    /// `expires` in seconds since 1970, signed or not: it can only shorten a signature's life.
    pub fn expires(&self) -> Option<i64> {
        timestamp(self.expires.as_deref()?).ok()
    }

    /// The text that the signature must be of.
    ///
    /// # Errors
    /// [`SignatureError::Coverage`] when something said to be signed is not in the request.
    pub fn signing_string(&self, parts: &SignedParts<'_>) -> Result<String, SignatureError> {
        signing_string(parts, &self.covered, self.created.as_deref(), self.expires.as_deref())
    }
}

/// Seconds since 1970: a plain integer (the draft allows decimals, which no server sends).
fn timestamp(text: &str) -> Result<i64, SignatureError> {
    text.parse()
        .ok()
        .filter(|seconds| (0..=MAX_TIMESTAMP).contains(seconds))
        .ok_or_else(|| SignatureError::Malformed("a timestamp out of range".into()))
}

/// The names of the signed set, in lower case and each once.
fn covered(list: &str) -> Result<Vec<String>, SignatureError> {
    let mut names: Vec<String> = Vec::new();
    for name in list.split_ascii_whitespace().map(str::to_ascii_lowercase) {
        if names.contains(&name) || names.len() == MAX_ENTRIES {
            return Err(SignatureError::Malformed("a header is signed twice, or too many are".into()));
        }
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_()".contains(&b)) {
            return Err(SignatureError::Malformed("not a header name".into()));
        }
        names.push(name);
    }
    Ok(names)
}

/// The `name=value` parameters, where a value is a quoted string or a bare token or number.
fn parameters(header: &str) -> Result<BTreeMap<String, String>, SignatureError> {
    let malformed = |why: &str| SignatureError::Malformed(why.to_owned());
    let mut found = BTreeMap::new();
    let mut rest = header.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or_else(|| malformed("no '='"))?;
        let (value, after) = value(after.trim_start()).ok_or_else(|| malformed("an open quote"))?;
        let name = name.trim();
        if found.len() == MAX_ENTRIES || found.insert(name.to_owned(), value).is_some() {
            return Err(malformed("a parameter is given twice, or too many are"));
        }
        let after = after.trim_start();
        rest = match after.strip_prefix(',') {
            Some(next) => next.trim_start(),
            None if after.is_empty() => after,
            None => return Err(malformed("no ',' between parameters")),
        };
    }
    Ok(found)
}

/// One value and what follows it; none where a quote stays open.
fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (bare, rest) = text.split_at(text.find(',').unwrap_or(text.len()));
        return Some((bare.trim_end().to_owned(), rest));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, quoted.get(at + 1..)?)),
            '\\' => value.push(characters.next()?.1),
            _ => value.push(character),
        }
    }
    None
}
