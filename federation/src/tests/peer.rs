//! Another server, on a port of this machine: it answers what it is told to, and notes what it sees.

use crate::signature::{PrivateKey, Scheme, sign};
use chrono::{DateTime, Utc};
use maillage_app::inbound::RemoteActor;
use reqwest::redirect::Policy;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// An answer.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
    wait: Duration,
}

impl Reply {
    /// A status with nothing more.
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: String::new(), wait: Duration::ZERO }
    }

    /// An ActivityPub document.
    pub fn document(value: &Value) -> Self {
        Self::body("application/activity+json", &value.to_string())
    }

    /// A body of some type.
    pub fn body(media_type: &str, body: &str) -> Self {
        let mut reply = Self::status(200).header("content-type", media_type);
        reply.body = body.to_owned();
        reply
    }

    /// A redirect.
    pub fn redirect(to: &str) -> Self {
        Self::status(302).header("location", to)
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same after a while.
    pub fn after(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }
}

/// A request that was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub headers: HashMap<String, String>,
    pub body: Value,
}

impl Seen {
    /// The scheme in which it was signed.
    pub fn scheme(&self) -> Option<Scheme> {
        self.headers.get("signature")?;
        Some(if self.headers.contains_key("signature-input") { Scheme::Rfc9421 } else { Scheme::Cavage })
    }

    pub fn kind(&self) -> &str {
        self.body["type"].as_str().unwrap_or_default()
    }
}

type Judge = Box<dyn Fn(&Seen, usize) -> Reply + Send + Sync>;

#[derive(Default)]
struct State {
    documents: HashMap<String, Reply>,
    wanted: HashMap<String, Scheme>,
    judge: Option<Arc<Judge>>,
    seen: Vec<Seen>,
}

/// The server.
pub struct Peer {
    pub base: String,
    pub key: PrivateKey,
    state: Arc<Mutex<State>>,
    http: reqwest::Client,
}

impl Peer {
    /// Starts one that knows alice and bob and takes everything.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        let http = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        let peer = Self { base, key: PrivateKey::generate().unwrap(), state, http };
        for name in ["alice", "bob"] {
            peer.put(&format!("/{name}"), &peer.actor(name));
        }
        peer
    }

    /// The host, with its port.
    pub fn host(&self) -> String {
        self.base.replace("http://", "")
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The document of an actor.
    pub fn actor(&self, name: &str) -> Value {
        let id = self.url(&format!("/{name}"));
        json!({
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
            "id": id,
            "type": "Service",
            "preferredUsername": name,
            "name": format!("{name} (essais)"),
            "inbox": format!("{id}/inbox"),
            "outbox": format!("{id}/outbox"),
            "followers": format!("{id}/followers"),
            "endpoints": { "sharedInbox": self.url("/inbox") },
            "publicKey": {
                "id": format!("{id}#main-key"),
                "owner": id,
                "publicKeyPem": self.key.public_key_pem().unwrap(),
            },
        })
    }

    /// What is stored of an actor.
    pub fn remote(&self, name: &str) -> RemoteActor {
        remote(&self.actor(name))
    }

    /// Serves a document.
    pub fn put(&self, path: &str, document: &Value) {
        self.serve(path, Reply::document(document));
    }

    /// Answers something at a path.
    pub fn serve(&self, path: &str, reply: Reply) {
        self.state.lock().unwrap().documents.insert(path.to_owned(), reply);
    }

    /// Serves what stands at a path only to who signs in this scheme; others are answered 401.
    pub fn wants(&self, path: &str, scheme: Scheme) {
        self.state.lock().unwrap().wanted.insert(path.to_owned(), scheme);
    }

    /// What POSTs are answered: by what it was, and how many had been seen before.
    pub fn judges(&self, judge: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) {
        self.state.lock().unwrap().judge = Some(Arc::new(Box::new(judge)));
    }

    /// Everything that was asked.
    pub fn seen(&self) -> Vec<Seen> {
        self.state.lock().unwrap().seen.clone()
    }

    /// What was sent to its inboxes.
    pub fn received(&self) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| seen.method == "POST").collect()
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.seen().iter().filter(|seen| seen.method == "GET" && seen.path == path).count()
    }

    /// Sends an activity, signed by its actor at this moment; status and headers of the answer.
    pub async fn post(&self, inbox: &str, activity: &Value, at: DateTime<Utc>) -> reqwest::Response {
        let url = Url::parse(inbox).unwrap();
        let body = activity.to_string().into_bytes();
        let key_id = format!("{}#main-key", activity["actor"].as_str().unwrap_or(&self.url("/alice")));
        let headers = sign(Scheme::Cavage, "POST", &url, at, Some(&body), &key_id, &self.key).unwrap();
        let mut request = self.http.post(url).header("content-type", "application/activity+json");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        request.body(body).send().await.unwrap()
    }

    /// GETs an address, signed by an actor where one is named.
    pub async fn get(
        &self,
        url: &str,
        accept: &str,
        signer: Option<(&str, DateTime<Utc>)>,
    ) -> reqwest::Response {
        self.request("GET", url, accept, signer).await
    }

    /// The same by another method.
    pub async fn request(
        &self,
        method: &str,
        url: &str,
        accept: &str,
        signer: Option<(&str, DateTime<Utc>)>,
    ) -> reqwest::Response {
        let url = Url::parse(url).unwrap();
        let verb = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(verb, url.clone()).header("accept", accept);
        if let Some((actor, at)) = signer {
            let key_id = format!("{}#main-key", self.url(&format!("/{actor}")));
            for (name, value) in sign(Scheme::Cavage, method, &url, at, None, &key_id, &self.key).unwrap() {
                request = request.header(name, value);
            }
        }
        request.send().await.unwrap()
    }
}

/// What is stored of the actor that a document describes.
pub fn remote(document: &Value) -> RemoteActor {
    let document = crate::net::JsonDocument {
        value: document.clone(),
        raw: document.to_string().into_bytes().into(),
        final_url: Url::parse(document["id"].as_str().unwrap()).unwrap(),
    };
    crate::objects::remote_actor::read(&document, None).unwrap()
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let Some(seen) = read(&mut stream).await else { return };
    let reply = {
        let mut state = state.lock().unwrap();
        let before = state.seen.iter().filter(|one| one.method == "POST").count();
        let reply = match (seen.method.as_str(), &state.judge) {
            ("POST", Some(judge)) => judge(&seen, before),
            ("POST", None) => Reply::status(202),
            _ if state.wanted.get(&seen.path).is_some_and(|wanted| seen.scheme() != Some(*wanted)) => {
                Reply::status(401)
            }
            _ => state.documents.get(&seen.path).cloned().unwrap_or_else(|| Reply::status(404)),
        };
        state.seen.push(seen);
        reply
    };
    tokio::time::sleep(reply.wait).await;
    let mut text = format!(
        "HTTP/1.1 {} X\r\ncontent-length: {}\r\nconnection: close\r\n",
        reply.status,
        reply.body.len()
    );
    for (name, value) in &reply.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.push_str(&reply.body);
    let _ = stream.write_all(text.as_bytes()).await;
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&buffer[..read]),
            _ => return None,
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut lines = text.lines();
    let mut first = lines.next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let length: usize = headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut body = bytes[head + 4..].to_vec();
    while body.len() < length {
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => body.extend_from_slice(&buffer[..read]),
            _ => return None,
        }
    }
    Some(Seen { method, path, headers, body: serde_json::from_slice(&body).unwrap_or(Value::Null) })
}
