//! RFC 9421 message signatures with one RSA signature, as Mastodon makes and demands them.

use crate::{Key, Message, PublicKey};
use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What a signature covers and says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its label.
    pub label: String,
    /// Covered components, in their order.
    pub components: Vec<String>,
    /// Parameters as they stand in the header, `;created=…;keyid="…"`.
    pub parameters: String,
}

impl Input {
    /// What Mastodon covers, made at this moment (seconds since 1970).
    #[must_use]
    pub fn usual(key_id: &str, created: i64, with_digest: bool) -> Self {
        let mut components = vec!["@method".to_owned(), "@target-uri".to_owned()];
        if with_digest {
            components.push("content-digest".to_owned());
        }
        let parameters = format!(";created={created};keyid=\"{key_id}\"");
        Self { label: "sig1".to_owned(), components, parameters }
    }

    /// The value of one parameter, without quotes.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .split(';')
            .filter_map(|one| one.split_once('='))
            .find(|(given, _)| given.trim() == name)
            .map(|(_, value)| value.trim_matches('"'))
    }

    fn inner(&self) -> String {
        let names: Vec<String> = self.components.iter().map(|name| format!("\"{name}\"")).collect();
        format!("({}){}", names.join(" "), self.parameters)
    }
}

/// The signature base (section 2.5). `scheme` is that of the server's address.
///
/// # Errors
/// When a component is not known or not there.
pub fn base(message: &Message, scheme: &str, input: &Input) -> Result<String> {
    let host = message.value("host").context("no host")?.to_ascii_lowercase();
    let (path, query) = message.target.split_once('?').unwrap_or((&message.target, ""));
    let mut lines = Vec::new();
    for name in &input.components {
        let value = match name.as_str() {
            "@method" => message.method.clone(),
            "@target-uri" => format!("{scheme}://{host}{}", message.target),
            "@authority" => host.clone(),
            "@scheme" => scheme.to_owned(),
            "@request-target" => message.target.clone(),
            "@path" => path.to_owned(),
            "@query" => format!("?{query}"),
            derived if derived.starts_with('@') => bail!("{derived} is not known"),
            header => {
                let values = message.values(header);
                if values.is_empty() {
                    bail!("{header} is covered and not there");
                }
                values.join(", ")
            }
        };
        lines.push(format!("\"{name}\": {value}"));
    }
    lines.push(format!("\"@signature-params\": {}", input.inner()));
    Ok(lines.join("\n"))
}

/// The values of `Signature-Input` and `Signature`.
///
/// # Errors
/// Those of [`base`] and of the key.
pub fn sign(message: &Message, scheme: &str, input: &Input, key: &Key) -> Result<(String, String)> {
    let signature = STANDARD.encode(key.sign(&base(message, scheme, input)?)?);
    Ok((format!("{}={}", input.label, input.inner()), format!("{}=:{signature}:", input.label)))
}

/// Reads the two headers of exactly one signature.
///
/// # Errors
/// When they are of another form, or hold several.
pub fn read(input: &str, signature: &str) -> Result<(Input, Vec<u8>)> {
    let (label, value) = input.split_once('=').context("no label")?;
    let (names, parameters) =
        value.strip_prefix('(').and_then(|inner| inner.split_once(')')).context("no inner list")?;
    if parameters.contains("=(") {
        bail!("several signatures");
    }
    let components = names
        .split_whitespace()
        .map(|name| name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).map(str::to_owned))
        .collect::<Option<Vec<_>>>()
        .context("a component with parameters")?;
    let bytes = signature
        .strip_prefix(label)
        .and_then(|rest| rest.strip_prefix("=:"))
        .and_then(|rest| rest.strip_suffix(':'))
        .context("the signature has another label")?;
    let input = Input { label: label.to_owned(), components, parameters: parameters.to_owned() };
    Ok((input, STANDARD.decode(bytes)?))
}

/// Whether the message carries such a signature by this key.
///
/// # Errors
/// Those of [`base`].
pub fn holds(
    message: &Message,
    scheme: &str,
    input: &Input,
    signature: &[u8],
    key: &PublicKey,
) -> Result<bool> {
    Ok(key.verifies(&base(message, scheme, input)?, signature))
}
