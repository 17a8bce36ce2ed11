//! The checks that need no I/O: headers, host, type, time, digest, JSON and the outer fields.

use super::activity::{Envelope, address};
use super::request::too_large;
use super::{InboundRequest, MAX_BODY_BYTES, Refusal, parse_strict, time};
use crate::signature::{
    CavageSignature, Rfc9421Signature, Scheme, SignatureError, authority, verify_content_digest,
    verify_digest,
};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde_json::Value;
use url::Url;

/// The checks of one node, which knows its own address.
#[derive(Clone, Debug)]
pub struct Guard {
    origin: Url,
    authority: String,
    allow_http: bool,
}

impl Guard {
    /// A guard for the node at this public address. `allow_private_networks` is the setting for
    /// test networks: activities may then have `http` addresses too.
    pub fn new(origin: Url, allow_private_networks: bool) -> Self {
        let authority = authority(&origin).to_ascii_lowercase();
        Self { origin, authority, allow_http: allow_private_networks }
    }

    /// Checks a POST to an inbox; see the module's table for the answers.
    ///
    /// # Errors
    /// The first rule that it breaks. The order goes from cheap to dear; JSON is read last.
    pub fn check(&self, request: InboundRequest, now: DateTime<Utc>) -> Result<Guarded, Refusal> {
        if request.body.len() > MAX_BODY_BYTES {
            return Err(too_large(MAX_BODY_BYTES));
        }
        if request.method != "POST" {
            return Err(Refusal::malformed("method", "an inbox takes POST only"));
        }
        self.check_host(&request)?;
        check_content_type(&request)?;
        let proof = self.proof(&request, true, now)?;
        check_digests(&request)?;
        let body = parse_strict(&request.body)
            .map_err(|fault| Refusal::malformed(fault.code(), fault.to_string()))?;
        let envelope = Envelope::read(&body, self.allow_http)?;
        if proof.key.origin() != envelope.actor.origin() {
            return Err(Refusal::identity("foreign-key", "the key is not on the origin of the actor"));
        }
        Ok(Guarded { envelope, body, raw: request.body, proof })
    }

    /// Checks a signed GET, as servers in secure mode send it: the same rules without body and digest.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check_get(&self, request: &InboundRequest, now: DateTime<Utc>) -> Result<GuardedFetch, Refusal> {
        if request.method != "GET" && request.method != "HEAD" {
            return Err(Refusal::malformed("method", "only reading is signed without a digest"));
        }
        self.check_host(request)?;
        Ok(GuardedFetch { proof: self.proof(request, false, now)? })
    }

    fn check_host(&self, request: &InboundRequest) -> Result<(), Refusal> {
        let host = request
            .at_most_one("host")?
            .ok_or_else(|| Refusal::malformed("no-host", "no Host header"))?
            .to_ascii_lowercase();
        let default = if self.origin.scheme() == "https" { ":443" } else { ":80" };
        if host.strip_suffix(default).unwrap_or(&host) != self.authority {
            return Err(Refusal::new(421, "host", format!("{host} is not this node")));
        }
        Ok(())
    }

    /// Reads the signature of either scheme and checks all of it that needs no key.
    fn proof(
        &self,
        request: &InboundRequest,
        with_digest: bool,
        now: DateTime<Utc>,
    ) -> Result<Proof, Refusal> {
        // A library that prefers a signature in Authorization would check that one instead.
        if !request.values("authorization").is_empty() {
            return Err(Refusal::identity("authorization", "an Authorization header"));
        }
        let signature = request
            .at_most_one("signature")?
            .ok_or_else(|| Refusal::identity("no-signature", "no Signature header"))?;
        match request.at_most_one("signature-input")? {
            Some(input) => self.rfc9421(request, input, signature, with_digest, now),
            None => self.cavage(request, signature, with_digest, now),
        }
    }

    fn cavage(
        &self,
        request: &InboundRequest,
        header: &str,
        with_digest: bool,
        now: DateTime<Utc>,
    ) -> Result<Proof, Refusal> {
        let signature = CavageSignature::parse(header)?;
        let required: &[&str] = if with_digest {
            require_digest(request, "digest")?;
            &["(request-target)", "host", "digest"]
        } else {
            &["(request-target)", "host"]
        };
        require(required, |name| signature.covers(name))?;
        let date = request.at_most_one("date")?;
        if date.is_none() && signature.created().is_none() {
            return Err(Refusal::identity("no-date", "neither Date nor (created)"));
        }
        let dated = signature.covers("date");
        if !dated && signature.created().is_none() {
            return Err(Refusal::identity("coverage", "neither date nor (created) is signed"));
        }
        if let Some(date) = date.filter(|_| dated) {
            time::within_window(time::http_date(date)?, now)?;
        }
        if let Some(created) = signature.created() {
            time::within_window(created, now)?;
        }
        time::not_expired(signature.expires(), now)?;
        let message = signature.signing_string(&request.parts(self.origin.scheme()))?;
        let key = self.key_address(&signature.key_id)?;
        let (key_id, signature) = (signature.key_id, signature.signature);
        Ok(Proof { scheme: Scheme::Cavage, key_id, key, message, signature })
    }

    fn rfc9421(
        &self,
        request: &InboundRequest,
        input: &str,
        header: &str,
        with_digest: bool,
        now: DateTime<Utc>,
    ) -> Result<Proof, Refusal> {
        let signature = Rfc9421Signature::parse(input, header)?;
        let required: &[&str] = if with_digest {
            require_digest(request, "content-digest")?;
            &["@method", "@target-uri", "content-digest"]
        } else {
            &["@method", "@target-uri"]
        };
        require(required, |name| signature.covers(name))?;
        if let Some(date) = request.at_most_one("date")?.filter(|_| signature.covers("date")) {
            time::within_window(time::http_date(date)?, now)?;
        }
        time::within_window(signature.created, now)?;
        time::not_expired(signature.expires, now)?;
        let message = signature.signing_string(&request.parts(self.origin.scheme()))?;
        let key = self.key_address(&signature.key_id)?;
        let (key_id, signature) = (signature.key_id, signature.signature);
        Ok(Proof { scheme: Scheme::Rfc9421, key_id, key, message, signature })
    }

    /// A key is named by an address that can be fetched; `acct:` and the like prove nothing.
    fn key_address(&self, key_id: &str) -> Result<Url, Refusal> {
        address(key_id, self.allow_http)
            .ok_or_else(|| Refusal::identity("key-id", "the key id is not an https URL"))
    }
}

fn require(names: &[&str], covered: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    match names.iter().find(|name| !covered(name)) {
        Some(name) => Err(SignatureError::Coverage(format!("{name} is not signed")).into()),
        None => Ok(()),
    }
}

fn check_content_type(request: &InboundRequest) -> Result<(), Refusal> {
    let refused = |detail: &str| Refusal::new(415, "content-type", detail);
    let value = request.at_most_one("content-type")?.ok_or_else(|| refused("no Content-Type header"))?;
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/activity+json" | "application/ld+json" => Ok(()),
        _ => Err(refused(&format!("{value} is not activity+json or ld+json"))),
    }
}

/// The digest that a scheme signs has to be there.
fn require_digest(request: &InboundRequest, name: &str) -> Result<(), Refusal> {
    match request.at_most_one(name)? {
        Some(_) => Ok(()),
        None => Err(Refusal::identity("no-digest", format!("no {name} header"))),
    }
}

/// Checks every digest given: the signed one, and the other kind where it stands beside.
fn check_digests(request: &InboundRequest) -> Result<(), Refusal> {
    if let Some(value) = request.at_most_one("digest")? {
        verify_digest(value, &request.body)?;
    }
    if let Some(value) = request.at_most_one("content-digest")? {
        verify_content_digest(value, &request.body)?;
    }
    Ok(())
}

/// What the signature says, and what it must be the signature of.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    pub scheme: Scheme,
    pub key_id: String,
    pub key: Url,
    pub message: String,
    pub signature: Vec<u8>,
}

/// An activity that passed the checks, and whose signature is still to be verified.
#[derive(Clone, Debug)]
pub struct Guarded {
    pub(super) envelope: Envelope,
    pub(super) body: Value,
    pub(super) raw: Bytes,
    pub(super) proof: Proof,
}

impl Guarded {
    /// The actor that the activity names. Nothing is proven yet: it serves to turn a blocked host
    /// away before anything is fetched.
    pub fn claimed_actor(&self) -> &Url {
        &self.envelope.actor
    }
}

/// A signed GET that passed the checks, and whose signature is still to be verified.
#[derive(Clone, Debug)]
pub struct GuardedFetch {
    pub(super) proof: Proof,
}
