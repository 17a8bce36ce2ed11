//! Tests of the client against a scripted server on loopback, which counts who connects.

mod addresses;
mod bodies;
mod redirects;
mod requests;

use super::client::Client;
use super::policy::Rules;
use super::resolver::Lookup;
use super::*;
use async_trait::async_trait;
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What the server does with one request: parts of the answer, with a pause before each.
pub type Script = Vec<(Duration, Vec<u8>)>;

/// A server that answers by path, notes requests and counts connections.
pub struct Server {
    pub address: SocketAddr,
    connections: Arc<AtomicUsize>,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub async fn start(answer: impl Fn(&str) -> Script + Send + Sync + 'static) -> Self {
        Self::start_on([127, 0, 0, 1], answer).await
    }

    pub async fn start_on(address: [u8; 4], answer: impl Fn(&str) -> Script + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((IpAddr::from(address), 0)).await.unwrap();
        let server = Self {
            address: listener.local_addr().unwrap(),
            connections: Arc::default(),
            requests: Arc::default(),
        };
        let (connections, requests) = (server.connections.clone(), server.requests.clone());
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, answer.clone(), requests.clone()));
            }
        });
        server
    }

    pub fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://localhost:{}{path}", self.address.port())).unwrap()
    }

    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The requests, each with its header section, in lower case where it is a header's name.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    answer: Arc<impl Fn(&str) -> Script>,
    requests: Arc<Mutex<Vec<String>>>,
) {
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    while !received.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(read) if read > 0 => received.extend_from_slice(&buffer[..read]),
            _ => return,
        }
    }
    let text = String::from_utf8_lossy(&received).into_owned();
    let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
    requests.lock().unwrap().push(text);
    for (pause, part) in answer(&path) {
        tokio::time::sleep(pause).await;
        if stream.write_all(&part).await.is_err() {
            return;
        }
    }
    let _ = stream.shutdown().await;
}

/// A whole answer at once.
pub fn answer(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Script {
    let mut text = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n", body.len());
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(body);
    vec![(Duration::ZERO, bytes)]
}

pub fn redirect(location: &str) -> Script {
    answer("302 Found", &[("location", location)], b"")
}

/// Names with scripted addresses: the first answer is given once, the last one for ever after.
#[derive(Default)]
pub struct Names(Mutex<HashMap<&'static str, Vec<Vec<SocketAddr>>>>);

impl Names {
    pub fn with(self, name: &'static str, answers: &[&[&str]]) -> Self {
        let socket = |text: &&str| SocketAddr::new(text.parse().unwrap(), 0);
        let answers = answers.iter().map(|one| one.iter().map(socket).collect()).collect();
        self.0.lock().unwrap().insert(name, answers);
        self
    }
}

#[async_trait]
impl Lookup for Names {
    async fn lookup(&self, name: &str) -> io::Result<Vec<SocketAddr>> {
        let mut names = self.0.lock().unwrap();
        let answers = names.get_mut(name).ok_or_else(|| io::Error::other("no such name"))?;
        if answers.len() > 1 { Ok(answers.remove(0)) } else { Ok(answers[0].clone()) }
    }
}

pub fn limits() -> Limits {
    Limits { connect: Duration::from_secs(2), total: Duration::from_secs(2), ..Limits::default() }
}

pub fn node() -> Url {
    Url::parse("https://node.example/").unwrap()
}

/// The client of a test network.
pub fn open() -> Client {
    Client::new(NetPolicy { allow_private_networks: true }, limits(), &node()).unwrap()
}

/// A client that filters addresses but takes any port, so that only the filter can stop it.
pub fn filtering(names: Names) -> Client {
    with_rules(Rules { allowed: is_global_unicast, local_names: false, any_port: true }, names)
}

/// A client for which 127.0.0.1 is the public internet, and all else private.
pub fn pretending(names: Names) -> Client {
    let allowed = |address| address == IpAddr::from([127, 0, 0, 1]);
    with_rules(Rules { allowed, local_names: false, any_port: true }, names)
}

fn with_rules(rules: Rules, names: Names) -> Client {
    Client::build(rules, limits(), &node(), Arc::new(names)).unwrap()
}

/// The client of a node from which nobody can be reached: no name resolves, and no address is dialled.
pub(crate) fn closed(names: Names, node: &Url) -> Client {
    let rules = Rules { allowed: |_| false, local_names: true, any_port: true };
    Client::build(rules, limits(), node, Arc::new(names)).unwrap()
}
