//! RFC 9421 HTTP message signatures, in the profile the fediverse uses: one, rsa-v1_5-sha256.

use super::structured::{BareItem, Member, Parameters, dictionary, serialise, serialise_parameters};
use super::{PrivateKey, SignatureError, SignedParts, content_digest_header, http_date, request_target};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use url::Url;

/// The registered name of RSASSA-PKCS1-v1_5 with SHA-256 (RFC 9421 section 3.3.2).
const ALGORITHM: &str = "rsa-v1_5-sha256";
/// The label under which our own signatures stand in the two dictionaries.
const LABEL: &str = "sig1";

/// Signs `@method`, `@target-uri` and, with a body, `content-digest`, with a `created` time.
///
/// The headers returned are `Date`, `Content-Digest` where there is a body, `Signature-Input` and
/// `Signature`. `alg` is left out, since it follows from the key.
///
/// # Errors
/// [`SignatureError::Crypto`], or [`SignatureError::Malformed`] for a key id that is not ASCII.
pub fn sign_rfc9421(
    method: &str,
    url: &Url,
    date: DateTime<Utc>,
    body: Option<&[u8]>,
    key_id: &str,
    key: &PrivateKey,
) -> Result<Vec<(String, String)>, SignatureError> {
    if !key_id.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Err(SignatureError::Malformed("a key id has to be ASCII".into()));
    }
    let mut headers = vec![("Date".to_owned(), http_date(date))];
    let mut components = vec!["@method".to_owned(), "@target-uri".to_owned()];
    if let Some(body) = body {
        headers.push(("Content-Digest".to_owned(), content_digest_header(body)));
        components.push("content-digest".to_owned());
    }
    let input = SignatureInput {
        components,
        parameters: vec![
            ("created".to_owned(), BareItem::Integer(date.timestamp())),
            ("keyid".to_owned(), BareItem::String(key_id.to_owned())),
        ],
    };
    // The target URI is put together from the parts, as the receiver will do it.
    let mut signed = headers.clone();
    signed.push(("Host".to_owned(), super::authority(url)));
    let parts =
        SignedParts { method, scheme: url.scheme(), path_and_query: &request_target(url), headers: &signed };
    let signature = key.sign(input.base(&parts)?.as_bytes())?;
    headers.push(("Signature-Input".to_owned(), format!("{LABEL}={}", input.serialise())));
    headers.push(("Signature".to_owned(), format!("{LABEL}=:{}:", STANDARD.encode(signature))));
    Ok(headers)
}

/// The covered components and the parameters of one signature.
#[derive(Clone, Debug)]
struct SignatureInput {
    components: Vec<String>,
    parameters: Parameters,
}

impl SignatureInput {
    /// The value of `@signature-params`, which is also the member's value in `Signature-Input`.
    fn serialise(&self) -> String {
        let names: Vec<String> =
            self.components.iter().map(|name| serialise(&BareItem::String(name.clone()))).collect();
        format!("({}){}", names.join(" "), serialise_parameters(&self.parameters))
    }

    /// The signature base of section 2.5.
    fn base(&self, parts: &SignedParts<'_>) -> Result<String, SignatureError> {
        let mut base = String::new();
        for name in &self.components {
            let value = component(name, parts)
                .ok_or_else(|| SignatureError::Coverage(format!("{name} is absent or unknown")))?;
            base.push_str(&format!("\"{name}\": {value}\n"));
        }
        base.push_str(&format!("\"@signature-params\": {}", self.serialise()));
        Ok(base)
    }

    fn parameter(&self, name: &str) -> Option<&BareItem> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

/// The value of a component: a header field, or one derived from the request (section 2.2).
fn component(name: &str, parts: &SignedParts<'_>) -> Option<String> {
    let (path, query) = match parts.path_and_query.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (parts.path_and_query, "?".to_owned()),
    };
    let authority = || {
        let host = parts.field("host")?.to_ascii_lowercase();
        let default = if parts.scheme == "https" { ":443" } else { ":80" };
        Some(host.strip_suffix(default).unwrap_or(&host).to_owned())
    };
    match name {
        "@method" => Some(parts.method.to_owned()),
        "@target-uri" => Some(format!("{}://{}{}", parts.scheme, authority()?, parts.path_and_query)),
        "@authority" => authority(),
        "@scheme" => Some(parts.scheme.to_owned()),
        "@request-target" => Some(parts.path_and_query.to_owned()),
        "@path" => Some(path.to_owned()),
        "@query" => Some(query),
        _ if name.starts_with('@') => None,
        _ => parts.field(name),
    }
}

/// The one signature of a request that carries `Signature-Input`, read strictly.
#[derive(Clone, Debug)]
pub struct Rfc9421Signature {
    /// The `keyid` parameter, not yet known to be a URL.
    pub key_id: String,
    /// The bytes of the signature.
    pub signature: Vec<u8>,
    /// `created`, in seconds since 1970.
    pub created: i64,
    /// `expires`, in seconds since 1970.
    pub expires: Option<i64>,
    input: SignatureInput,
}

impl Rfc9421Signature {
    /// Reads the two headers. There must be one signature, under one label, with `keyid` and
    /// `created`; `alg` absent or `rsa-v1_5-sha256`; components without parameters, each once.
    ///
    /// # Errors
    /// [`SignatureError::Malformed`], [`SignatureError::Algorithm`] or [`SignatureError::Coverage`].
    pub fn parse(signature_input: &str, signature: &str) -> Result<Self, SignatureError> {
        let malformed = |why: &str| SignatureError::Malformed(why.to_owned());
        let (label, member) = only(dictionary(signature_input))
            .ok_or_else(|| malformed("Signature-Input is not a dictionary of one signature"))?;
        let (signed_label, bytes) = only(dictionary(signature))
            .ok_or_else(|| malformed("Signature is not a dictionary of one signature"))?;
        let (Member::List(items, parameters), Member::Item(BareItem::Bytes(signature))) = (member, bytes)
        else {
            return Err(malformed("not a list of components and a byte sequence"));
        };
        if label != signed_label {
            return Err(malformed("the two headers name different signatures"));
        }
        let input = SignatureInput { components: components(items)?, parameters };
        match input.parameter("alg") {
            None => {}
            Some(BareItem::String(name)) if name == ALGORITHM => {}
            Some(other) => return Err(SignatureError::Algorithm(serialise(other))),
        }
        let time = |name: &str| match input.parameter(name) {
            None => Ok(None),
            Some(BareItem::Integer(seconds)) if *seconds >= 0 => Ok(Some(*seconds)),
            Some(_) => Err(malformed("a timestamp that is no number")),
        };
        let created =
            time("created")?.ok_or_else(|| SignatureError::Coverage("no created parameter".into()))?;
        let expires = time("expires")?;
        let Some(BareItem::String(key_id)) = input.parameter("keyid") else {
            return Err(malformed("no keyid"));
        };
        Ok(Self { key_id: key_id.clone(), signature, created, expires, input })
    }

    /// Whether the signature covers this component (a lower-case field name, or `@…`).
    pub fn covers(&self, name: &str) -> bool {
        self.input.components.iter().any(|component| component == name)
    }

    /// The text that the signature must be of: the signature base.
    ///
    /// # Errors
    /// [`SignatureError::Coverage`] for a component that is absent or not supported.
    pub fn signing_string(&self, parts: &SignedParts<'_>) -> Result<String, SignatureError> {
        self.input.base(parts)
    }
}

/// The single member of a dictionary.
fn only(members: Option<Vec<(String, Member)>>) -> Option<(String, Member)> {
    let mut members = members?;
    if members.len() == 1 { members.pop() } else { None }
}

/// The names of covered components; parameters change their meaning, so none are accepted.
fn components(items: Vec<(BareItem, Parameters)>) -> Result<Vec<String>, SignatureError> {
    let mut names: Vec<String> = Vec::new();
    for (item, parameters) in items {
        let BareItem::String(name) = item else {
            return Err(SignatureError::Malformed("a component that is no string".into()));
        };
        if !parameters.is_empty() || name.is_empty() || name.chars().any(|c| c.is_ascii_uppercase()) {
            return Err(SignatureError::Coverage(format!("unsupported component {name}")));
        }
        if names.contains(&name) {
            return Err(SignatureError::Malformed("a component is covered twice".into()));
        }
        names.push(name);
    }
    Ok(names)
}
