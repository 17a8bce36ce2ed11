//! An OpenID provider: discovery, keys, a page that asks who one is, codes, ID tokens – and lies.

mod hmac;
mod pages;
mod token;

use crate::peer::held;
use crate::{Key, Message, Reply};
use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::{Context, Result, anyhow};
use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;

/// What the provider calls the node.
pub const CLIENT: &str = "maillage d'essai";
/// What only it and the node know; holds what has to be encoded on the way.
pub const SECRET: &str = "s3cret:+ é&=";

/// What is wrong with the next ID tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// Another nonce.
    Nonce,
    /// No nonce.
    NoNonce,
    /// For another client.
    Audience,
    /// For this client and for another one.
    TwoAudiences,
    /// Issued at the request of another client.
    Party,
    /// Two minutes too old.
    Expired,
    /// Issued two minutes from now.
    Early,
    /// Signed with a key that is not published, under the name of the one that is.
    OtherKey,
    /// Signed with a key that is not published, under a name of its own.
    UnknownKey,
    /// Not signed (`alg` none).
    NoSignature,
    /// Signed with the client's secret (`HS256`).
    SharedSecret,
    /// Changed after it was signed.
    Changed,
    /// Of another provider.
    Issuer,
    /// Belonging to another access token.
    AccessToken,
    /// No ID token at all.
    NoToken,
}

/// How the provider is set up.
#[derive(Clone, Debug)]
pub struct Ways {
    /// What is wrong with ID tokens.
    pub lie: Option<Lie>,
    /// Whether it has made sure of e-mail addresses.
    pub verified: bool,
    /// Whether ID tokens hold the address; it is told at the userinfo endpoint otherwise.
    pub address_in_token: bool,
    /// Whether the secret is taken in the body alone (`client_secret_post`).
    pub secret_in_body: bool,
    /// The issuer that the document names; its own where none.
    pub named: Option<String>,
}

impl Default for Ways {
    fn default() -> Self {
        Self { lie: None, verified: true, address_in_token: true, secret_in_body: false, named: None }
    }
}

/// A code that was given out.
#[derive(Clone, Debug)]
struct Grant {
    email: String,
    nonce: String,
    challenge: String,
}

/// What the server's thread and the tests share.
struct State {
    base: String,
    back: String,
    ways: Mutex<Ways>,
    key: Mutex<(String, Key)>,
    stranger: Key,
    grants: Mutex<BTreeMap<String, Grant>>,
    /// Access tokens with the person of each.
    tokens: Mutex<BTreeMap<String, String>>,
    used: Mutex<BTreeSet<String>>,
    asked: Mutex<Vec<String>>,
    counter: Mutex<u64>,
}

impl State {
    /// A text that was not given out before.
    fn next(&self, what: &str) -> String {
        let mut counter = held(&self.counter);
        *counter += 1;
        format!("{what}-{}", *counter)
    }
}

/// A running provider on loopback; it stops when dropped.
pub struct Provider {
    state: Arc<State>,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Provider {
    /// Starts a provider for the node at this address.
    ///
    /// # Errors
    /// When there is no port, no key or no thread.
    pub fn start(node: &str) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("a port for the provider")?;
        let state = Arc::new(State {
            base: format!("http://localhost:{}", listener.local_addr()?.port()),
            back: format!("{node}/login/openid/back"),
            ways: Mutex::default(),
            key: Mutex::new(("first".to_owned(), Key::generate()?)),
            stranger: Key::generate()?,
            grants: Mutex::default(),
            tokens: Mutex::default(),
            used: Mutex::default(),
            asked: Mutex::default(),
            counter: Mutex::default(),
        });
        let (server, thread) = serve(listener, state.clone())?;
        Ok(Self { state, server, thread: Some(thread) })
    }

    /// Its issuer, `http://localhost:PORT`.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.state.base
    }

    /// Has it go on in another way.
    pub fn set(&self, ways: Ways) {
        *held(&self.state.ways) = ways;
    }

    /// Signs with a new key from now on; the old one is published no more.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn change_key(&self) -> Result<()> {
        *held(&self.state.key) = (self.state.next("key"), Key::generate()?);
        Ok(())
    }

    /// The paths that it was asked for, in their order.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        held(&self.state.asked).clone()
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        // The order to stop is on its way as soon as it is asked for; the thread ends by it.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(listener: TcpListener, state: Arc<State>) -> Result<(ServerHandle, JoinHandle<()>)> {
    let (send, receive) = mpsc::channel();
    let thread = std::thread::Builder::new().name("provider".to_owned()).spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let data = web::Data::from(state);
            let server =
                HttpServer::new(move || App::new().app_data(data.clone()).default_service(web::to(answer)));
            let running = server.workers(1).disable_signals().listen(listener).map(HttpServer::run);
            match running {
                Ok(server) => {
                    let _ = send.send(Ok(server.handle()));
                    let _ = server.await;
                }
                Err(error) => {
                    let _ = send.send(Err(anyhow!(error)));
                }
            }
        });
    })?;
    Ok((receive.recv().context("the provider's server")??, thread))
}

async fn answer(request: HttpRequest, payload: web::Payload, state: web::Data<State>) -> HttpResponse {
    let Ok(message) = crate::server::read(&request, payload).await else {
        return HttpResponse::BadRequest().finish();
    };
    let (path, query) = message.target.split_once('?').unwrap_or((&message.target, ""));
    held(&state.asked).push(path.to_owned());
    let reply = reply(&state, &message, path, query).unwrap_or_else(|error| Reply {
        status: 400,
        ..Reply::body("text/plain; charset=utf-8", format!("{error:#}"))
    });
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    for (name, value) in reply.headers {
        response.append_header((name, value));
    }
    response.body(reply.body)
}

fn reply(state: &State, message: &Message, path: &str, query: &str) -> Result<Reply> {
    match (message.method.as_str(), path) {
        ("GET", "/.well-known/openid-configuration") => Ok(pages::document(state)),
        ("GET", "/keys") => Ok(token::keys(state)),
        ("GET", "/authorize") => pages::ask(state, &fields(query.as_bytes())),
        ("POST", "/authorize") => pages::go_back(state, &fields(&message.body)),
        ("POST", "/token") => Ok(token::redeem(state, message)),
        ("GET", "/userinfo") => Ok(token::person(state, message)),
        _ => Ok(Reply::status(404)),
    }
}

/// The fields of a form or a query.
fn fields(encoded: &[u8]) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(encoded)
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}
