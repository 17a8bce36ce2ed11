//! A running server with its actors and what it was told to answer.

use crate::actor::{Actor, ActorData};
use crate::server;
use crate::{Key, PublicKey, Received, Reply, Scheme, Seen, Style};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often a waiting test looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// What the server's thread and the tests share.
pub(crate) struct State {
    pub base: String,
    pub http: reqwest::Client,
    pub actors: Mutex<BTreeMap<String, Arc<ActorData>>>,
    pub objects: Mutex<BTreeMap<String, Value>>,
    pub replies: Mutex<BTreeMap<String, Reply>>,
    pub inbox_replies: Mutex<VecDeque<Reply>>,
    pub demanded: Mutex<Option<Scheme>>,
    pub received: Mutex<Vec<Received>>,
    pub seen: Mutex<Vec<Seen>>,
    /// Keys by id with their owners, where they are remembered.
    pub keys: Mutex<Option<HashMap<String, (PublicKey, String)>>>,
    counter: AtomicU64,
}

/// The value behind a lock, also after a panic elsewhere: each change is one assignment.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// A number that was not given before.
    pub fn next(&self) -> u64 {
        self.counter.fetch_add(1, Ordering::Relaxed)
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.base.strip_prefix("http://").unwrap_or(&self.base)
    }
}

/// A client that keeps no connection: a server that was stopped leaves nothing behind.
pub(crate) fn http() -> Result<reqwest::Client> {
    let builder = reqwest::Client::builder().pool_max_idle_per_host(0).timeout(Duration::from_secs(20));
    builder.redirect(reqwest::redirect::Policy::none()).build().context("an HTTP client")
}

/// A running server on loopback; it stops when dropped.
pub struct Peer {
    state: Arc<State>,
    server: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl Peer {
    /// Starts a server on a free port.
    ///
    /// # Errors
    /// When there is none, or no thread.
    pub fn start() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("a port for the peer")?;
        let base = format!("http://localhost:{}", listener.local_addr()?.port());
        let state = Arc::new(State {
            base,
            http: http()?,
            actors: Mutex::default(),
            objects: Mutex::default(),
            replies: Mutex::default(),
            inbox_replies: Mutex::default(),
            demanded: Mutex::default(),
            received: Mutex::default(),
            seen: Mutex::default(),
            keys: Mutex::default(),
            counter: AtomicU64::new(1),
        });
        let (server, thread) = server::start(listener, state.clone())?;
        Ok(Self { state, server, thread: Some(thread) })
    }

    /// A new actor of this server.
    ///
    /// # Errors
    /// When no key can be made.
    pub fn actor(&self, name: &str, style: Style) -> Result<Actor> {
        let data = Arc::new(ActorData { name: name.to_owned(), style, key: Mutex::new(Key::generate()?) });
        held(&self.state.actors).insert(name.to_owned(), data.clone());
        Actor::new(self.state.clone(), data)
    }

    /// `http://localhost:PORT`.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.state.base
    }

    /// `localhost:PORT`.
    #[must_use]
    pub fn host(&self) -> &str {
        self.state.host()
    }

    /// Prescribes the answer to every request of a path, whatever its method.
    pub fn serve(&self, path: &str, reply: Reply) {
        held(&self.state.replies).insert(path.to_owned(), reply);
    }

    /// Ends what [`Peer::serve`] prescribed.
    pub fn serve_usual(&self, path: &str) {
        held(&self.state.replies).remove(path);
    }

    /// Prescribes the answers to the next requests of any inbox, one for each; then the usual one.
    pub fn answer_inbox(&self, replies: impl IntoIterator<Item = Reply>) {
        held(&self.state.inbox_replies).extend(replies);
    }

    /// Answers 401 to activities signed by any other scheme, as servers do that know only one.
    pub fn demand(&self, scheme: Option<Scheme>) {
        *held(&self.state.demanded) = scheme;
    }

    /// From now on fetches each key once, as servers in use do.
    pub fn remember_keys(&self) {
        held(&self.state.keys).get_or_insert_default();
    }

    /// Everything that came to an inbox, in its order.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        held(&self.state.received).clone()
    }

    /// How many activities of a type were taken.
    #[must_use]
    pub fn taken(&self, kind: &str) -> usize {
        held(&self.state.received).iter().filter(|one| one.kind() == kind && one.is_taken()).count()
    }

    /// Every other request, in its order.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        held(&self.state.seen).clone()
    }

    /// Waits until `found` makes something of what came in.
    ///
    /// # Errors
    /// What came in instead, when the time is over.
    pub async fn wait<T>(
        &self,
        what: &str,
        within: Duration,
        found: impl Fn(&[Received]) -> Option<T>,
    ) -> Result<T> {
        let end = Instant::now() + within;
        loop {
            if let Some(value) = found(&held(&self.state.received)) {
                return Ok(value);
            }
            if Instant::now() > end {
                bail!("{what} did not come within {within:?}; there is {}", self.summary());
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// Waits for an activity of this type about this object that was taken.
    ///
    /// # Errors
    /// As [`Peer::wait`].
    pub async fn wait_for(&self, kind: &str, object: &str, within: Duration) -> Result<Received> {
        let wanted = |one: &&Received| one.kind() == kind && one.object_id() == object && one.is_taken();
        self.wait(&format!("{kind} of {object}"), within, |all| all.iter().find(wanted).cloned()).await
    }

    fn summary(&self) -> String {
        let all = held(&self.state.received);
        if all.is_empty() {
            return "nothing at all".to_owned();
        }
        let one = |received: &Received| {
            let proof =
                received.proof.as_ref().map_or_else(Clone::clone, |proof| format!("by {}", proof.actor));
            format!("{} of {} ({}, {proof})", received.kind(), received.object_id(), received.status)
        };
        all.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // The order to stop is on its way as soon as it is asked for; the thread ends by it.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
