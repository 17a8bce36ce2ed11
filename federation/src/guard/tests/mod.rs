//! Tests of the guard: requests put together here, without the signing code of the crate.

mod cases;
mod cases_json;
mod cases_rfc9421;
mod cases_signature;
mod documents;
mod keys;
mod server;

use super::*;
use crate::signature::{PrivateKey, Scheme};
use async_trait::async_trait;
use aws_lc_rs::digest::{SHA256, SHA512, digest};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use chrono::{DateTime, Duration, TimeZone, Utc};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};
use url::Url;

pub const ALICE: &str = "https://peer.example/users/alice";
pub const BOB: &str = "https://peer.example/users/bob";
pub const MALLORY: &str = "https://evil.example/users/mallory";

/// The moment at which all requests here arrive.
pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 3, 13, 0, 0).unwrap()
}

pub fn http_date(date: DateTime<Utc>) -> String {
    date.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// One key pair for each name, made once for the whole run.
pub fn key(owner: &str) -> PrivateKey {
    static KEYS: OnceLock<Mutex<HashMap<String, PrivateKey>>> = OnceLock::new();
    let mut keys = KEYS.get_or_init(Mutex::default).lock().unwrap();
    keys.entry(owner.to_owned()).or_insert_with(|| PrivateKey::generate().unwrap()).clone()
}

pub fn sha256(body: &[u8]) -> String {
    STANDARD.encode(digest(&SHA256, body))
}

pub fn sha512(body: &[u8]) -> String {
    STANDARD.encode(digest(&SHA512, body))
}

pub fn create_by(actor: &str) -> Value {
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{actor}/activities/1"),
        "type": "Create",
        "actor": actor,
        "object": { "id": format!("{actor}/notes/1"), "type": "Note", "content": "Bonjour" },
    })
}

/// A request before it is signed. What a case does not touch is as an honest peer sends it.
#[derive(Clone)]
pub struct Draft {
    pub target: String,
    pub host: String,
    pub date: Option<String>,
    pub digest: Option<String>,
    pub content_type: String,
    pub more: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub covered: String,
    pub parameters: Vec<(String, String)>,
    pub key_id: String,
    pub signer: String,
}

impl Draft {
    pub fn new() -> Self {
        let body = create_by(ALICE).to_string().into_bytes();
        let mut draft = Self {
            target: "/users/service/inbox".into(),
            host: "node.example".into(),
            date: Some(http_date(now())),
            digest: None,
            content_type: "application/activity+json".into(),
            more: Vec::new(),
            body: Vec::new(),
            covered: "(request-target) host date digest".into(),
            parameters: vec![("algorithm".into(), "\"rsa-sha256\"".into())],
            key_id: format!("{ALICE}#main-key"),
            signer: ALICE.into(),
        };
        draft.set_body(body);
        draft
    }

    pub fn set_body(&mut self, body: Vec<u8>) {
        self.digest = Some(format!("SHA-256={}", sha256(&body)));
        self.body = body;
    }

    pub fn set_json(&mut self, body: &Value) {
        self.set_body(body.to_string().into_bytes());
    }

    /// Changes one field of the usual activity.
    pub fn set_field(&mut self, name: &str, value: Value) {
        let mut body = create_by(ALICE);
        body[name] = value;
        self.set_json(&body);
    }

    pub fn set_time(&mut self, seconds_ahead: i64) {
        self.date = Some(http_date(now() + Duration::seconds(seconds_ahead)));
    }

    pub fn parameter(&mut self, name: &str, value: impl ToString) {
        self.parameters.retain(|(given, _)| given != name);
        self.parameters.push((name.into(), value.to_string()));
    }

    fn headers(&self) -> Vec<(String, String)> {
        let mut headers = vec![
            ("host".to_owned(), self.host.clone()),
            ("content-type".to_owned(), self.content_type.clone()),
        ];
        headers.extend(self.date.iter().map(|date| ("date".to_owned(), date.clone())));
        headers.extend(self.digest.iter().map(|digest| ("digest".to_owned(), digest.clone())));
        headers.extend(self.more.iter().cloned());
        headers
    }

    /// The line of the signing text for one covered name.
    fn line(&self, name: &str, headers: &[(String, String)]) -> String {
        let name = name.to_lowercase();
        let parameter = |wanted: &str| {
            let found = self.parameters.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.trim_matches('"').to_owned()).unwrap_or_default()
        };
        let value = match name.as_str() {
            "(request-target)" => format!("post {}", self.target),
            "(created)" => parameter("created"),
            "(expires)" => parameter("expires"),
            _ => {
                let values: Vec<&str> =
                    headers.iter().filter(|(n, _)| *n == name).map(|(_, v)| v.as_str()).collect();
                values.join(", ")
            }
        };
        format!("{name}: {value}")
    }

    /// The request with its draft-cavage signature.
    pub fn signed(&self) -> InboundRequest {
        let mut headers = self.headers();
        let lines: Vec<String> = self.covered.split(' ').map(|name| self.line(name, &headers)).collect();
        let signature = key(&self.signer).sign(lines.join("\n").as_bytes()).unwrap();
        let mut value = format!("keyId=\"{}\"", self.key_id);
        for (name, text) in &self.parameters {
            value.push_str(&format!(",{name}={text}"));
        }
        value.push_str(&format!(",headers=\"{}\"", self.covered));
        value.push_str(&format!(",signature=\"{}\"", STANDARD.encode(signature)));
        headers.push(("signature".to_owned(), value));
        InboundRequest {
            method: "POST".into(),
            path_and_query: self.target.clone(),
            headers,
            body: self.body.clone().into(),
        }
    }
}

/// Keys by id, as a store would hold them; what is asked for is noted.
#[derive(Default)]
pub struct Keys {
    pub held: HashMap<String, Result<ResolvedKey, KeyError>>,
    pub fresh: HashMap<String, Result<ResolvedKey, KeyError>>,
    pub asked: Mutex<Vec<(String, bool)>>,
}

impl Keys {
    /// Each of the three actors with its own key, under all the names used for it.
    pub fn usual() -> Self {
        let mut keys = Self::default();
        for owner in [ALICE, BOB, MALLORY] {
            for suffix in ["#main-key", "/main-key"] {
                keys.held.insert(format!("{owner}{suffix}"), Ok(resolved(owner, owner)));
            }
        }
        keys
    }

    pub fn asked(&self) -> Vec<bool> {
        self.asked.lock().unwrap().iter().map(|(_, refresh)| *refresh).collect()
    }
}

pub fn resolved(owner: &str, of: &str) -> ResolvedKey {
    ResolvedKey { owner: Url::parse(owner).unwrap(), public_key: key(of).public_key().unwrap() }
}

#[async_trait]
impl KeyResolver for Keys {
    async fn resolve(&self, key_id: &str, refresh: bool) -> Result<ResolvedKey, KeyError> {
        self.asked.lock().unwrap().push((key_id.to_owned(), refresh));
        let source = if refresh && self.fresh.contains_key(key_id) { &self.fresh } else { &self.held };
        source.get(key_id).cloned().unwrap_or_else(|| Err(KeyError::WrongDocument("no such key".into())))
    }
}

pub fn guard() -> Guard {
    Guard::new(Url::parse("https://node.example/").unwrap(), false)
}

/// The whole way in: checks, then the signature.
pub async fn receive(request: InboundRequest, keys: &Keys) -> Result<SignedActivity, Refusal> {
    verify(guard().check(request, now())?, keys).await
}

pub type Edit = fn(&mut Draft);
pub type Tamper = fn(&mut InboundRequest);
/// What the case is, the status and the code expected (200 and none to be let in), what is changed
/// before signing and after.
pub type Case = (&'static str, u16, &'static str, Edit, Tamper);

/// Runs every case and reports all that went wrong together.
pub async fn run(cases: &[Case]) {
    let keys = Keys::usual();
    let mut wrong = Vec::new();
    for (name, status, code, edit, tamper) in cases {
        let mut draft = Draft::new();
        edit(&mut draft);
        let mut request = draft.signed();
        tamper(&mut request);
        let answer = match receive(request, &keys).await {
            Ok(_) => (200, ""),
            Err(refusal) => (refusal.status, refusal.code),
        };
        if answer != (*status, *code) {
            wrong.push(format!("{name}: {answer:?} instead of {:?}", (status, code)));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

pub fn as_is(_: &mut InboundRequest) {}
pub fn usual(_: &mut Draft) {}

pub fn add(request: &mut InboundRequest, name: &str, value: &str) {
    request.headers.push((name.into(), value.into()));
}

pub fn remove(request: &mut InboundRequest, name: &str) {
    request.headers.retain(|(given, _)| given != name);
}

pub fn replace(request: &mut InboundRequest, name: &str, edit: impl Fn(&str) -> String) {
    for (given, value) in &mut request.headers {
        if given == name {
            *value = edit(value);
        }
    }
}

pub fn created_at(draft: &mut Draft, seconds_ahead: i64) {
    draft.date = None;
    draft.covered = "(request-target) host (created) digest".into();
    draft.parameters = vec![
        ("algorithm".into(), "\"hs2019\"".into()),
        ("created".into(), (now().timestamp() + seconds_ahead).to_string()),
    ];
}

pub fn created_only(draft: &mut Draft) {
    created_at(draft, 0);
}

pub fn created_quoted(draft: &mut Draft) {
    created_only(draft);
    draft.date = Some(http_date(now()));
    draft.parameter("created", format!("\"{}\"", now().timestamp()));
}

pub fn expires(draft: &mut Draft, seconds_ahead: i64) {
    draft.covered.push_str(" (expires)");
    draft.parameter("expires", now().timestamp() + seconds_ahead);
}

pub fn forged() -> Vec<u8> {
    let mut body = create_by(ALICE);
    body["object"]["content"] = "forged".into();
    body.to_string().into_bytes()
}
