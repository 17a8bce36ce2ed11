//! A node for tests of handlers: a real store with the real geography, people in every role, and the
//! pages over it.

use super::browser::{Browser, Server};
use crate::web::{Face, Settings};
use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use maillage_app::address::Addresses;
use maillage_app::caller::Caller;
use maillage_app::clock::Clock;
use maillage_app::inbound::RemoteActor;
use maillage_app::ports::{Discovery, Fetched, Fetcher};
use maillage_app::service::ServiceForm;
use maillage_app::setup::{AccountForm, NodeForm};
use maillage_app::{App, AppError};
use maillage_domain::message::Message;
use maillage_domain::registry::Registry;
use maillage_domain::role::Role;
use maillage_domain::service::{Charter, Visibility};
use maillage_domain::subscription::Handle;
use maillage_store::testing::{Content, TestDatabase, media_of};
use maillage_store::{Limits, Location, Store};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::sync::OnceCell;
use url::Url;

/// The password of everybody.
pub const PASSWORD: &str = "un assez long mot de passe";
/// Who administers the node, without a role in any service.
pub const ADMINISTRATOR: &str = "administration@mef58.example";
/// An account without any role.
pub const OUTSIDER: &str = "accueil@mef58.example";
/// A contributor of the agenda.
pub const AUTHOR: &str = "redaction@mef58.example";
/// Another contributor of the agenda.
pub const COLLEAGUE: &str = "information@mef58.example";
/// A moderator of the agenda.
pub const MODERATOR: &str = "relecture@mef58.example";
/// The manager of the agenda and of the news.
pub const MANAGER: &str = "direction@mef58.example";

/// A clock that tests set forward.
#[derive(Debug, Clone, Default)]
pub struct Hands(Arc<AtomicI64>);

impl Clock for Hands {
    fn now(&self) -> DateTime<Utc> {
        Utc::now() + Duration::milliseconds(self.0.load(Ordering::SeqCst))
    }
}

/// What other servers hold: documents by their address, actors by their handle. Everywhere else
/// nobody answers.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    documents: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
    actors: Arc<Mutex<BTreeMap<String, RemoteActor>>>,
}

fn nobody() -> AppError {
    AppError::Remote(Message::new("Personne ne répond à cette adresse.", "Nobody answers at this address."))
}

#[async_trait]
impl Discovery for Elsewhere {
    async fn discover(&self, handle: &Handle) -> Result<RemoteActor, AppError> {
        let actors = self.actors.lock().map_err(|_| nobody())?;
        actors.get(&handle.to_string()).cloned().ok_or_else(nobody)
    }
}

#[async_trait]
impl Fetcher for Elsewhere {
    async fn fetch(&self, url: &Url) -> Result<Fetched, AppError> {
        let documents = self.documents.lock().map_err(|_| nobody())?;
        let body = documents.get(url.as_str()).cloned().ok_or_else(nobody)?;
        Ok(Fetched { body, content_type: None, url: url.clone() })
    }
}

/// A node with its pages.
pub struct Node {
    /// Its use cases.
    pub app: App,
    /// Its clock.
    pub hands: Hands,
    server: Server,
    elsewhere: Elsewhere,
    /// Goes with the node.
    database: Option<TestDatabase>,
}

impl Node {
    /// A node with an agenda and news, and people in every role.
    pub async fn new() -> Self {
        static TEMPLATE: OnceCell<Content> = OnceCell::const_new();
        Self::holding(TEMPLATE.get_or_init(template).await).await
    }

    /// A node whose database is this.
    pub async fn holding(content: &Content) -> Self {
        let database = TestDatabase::holding(content);
        let mut node = Self::on(&database.location()).await;
        node.database = Some(database);
        node
    }

    /// A second process on the same database.
    pub async fn beside(&self) -> Self {
        Self::on(&self.database.as_ref().expect("a database of its own").location()).await
    }

    /// What this node's database holds. The node ends.
    pub async fn content(self) -> Content {
        self.app.close().await;
        let Self { database, app, server, elsewhere, hands } = self;
        drop((app, server, elsewhere, hands));
        database.expect("a database of its own").into_content()
    }

    /// A node on a database that is empty, with the same people and services.
    pub async fn on_empty(database: &TestDatabase) -> Self {
        let node = Self::on(&database.location()).await;
        people(&node.app).await;
        node
    }

    async fn on(location: &Location) -> Self {
        let hands = Hands::default();
        let store = Store::open(location, &Limits::default()).expect("the database opens");
        let registry = Arc::new(Registry::embedded().expect("the embedded types"));
        let addresses = Addresses::new("https://mef58.example/").expect("an address");
        let app = App::new(store, Arc::new(hands.clone()), registry, addresses, media_of(location));
        app.set_sends_mail(true);
        let elsewhere = Elsewhere::default();
        let face = Face::new(
            app.clone(),
            Arc::new(elsewhere.clone()),
            Arc::new(elsewhere.clone()),
            Settings::default(),
        );
        let server = Server::start(face).await;
        Self { app, hands, server, elsewhere, database: None }
    }

    /// Sets the clock forward.
    pub fn pass(&self, days: i64) {
        self.hands.0.fetch_add(days * 24 * 3_600 * 1_000, Ordering::SeqCst);
    }

    /// Puts a document where it can be fetched.
    pub fn put(&self, url: &str, body: &[u8]) {
        self.elsewhere.documents.lock().expect("documents").insert(url.to_owned(), body.to_vec());
    }

    /// Has an actor be found by its handle. Answers it.
    pub fn settle(&self, kind: &str, username: &str, host: &str, name: &str) -> RemoteActor {
        let uri = format!("https://{host}/a/{username}");
        let actor = RemoteActor {
            kind: kind.to_owned(),
            username: username.to_owned(),
            host: host.to_owned(),
            name: name.to_owned(),
            summary: String::new(),
            url: Some(format!("https://{host}/services/{username}")),
            inbox: format!("{uri}/inbox"),
            shared_inbox: Some(format!("https://{host}/inbox")),
            outbox: Some(format!("{uri}/outbox")),
            followers: None,
            key_id: format!("{uri}#main-key"),
            public_key: "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n".to_owned(),
            raw: "{}".to_owned(),
            uri,
        };
        let handle = format!("@{username}@{host}");
        self.elsewhere.actors.lock().expect("actors").insert(handle, actor.clone());
        actor
    }

    /// Finds the actors that were settled.
    pub fn elsewhere(&self) -> &Elsewhere {
        &self.elsewhere
    }

    /// A browser in which nobody is signed in.
    pub fn stranger(&self) -> Browser {
        Browser::new(&self.server)
    }

    /// A browser in which this account is signed in.
    pub async fn browser(&self, email: &str) -> Browser {
        let mut browser = self.stranger();
        browser.sign_in(email, PASSWORD).await;
        browser
    }

    /// A browser with the cookies of another, on this node: their sessions are the same where the
    /// databases are.
    pub fn takes_over(&self, other: &Browser) -> Browser {
        other.on(&self.server)
    }

    /// Whom an account stands for.
    pub async fn caller(&self, email: &str) -> Caller {
        self.app.account_caller(email).await.expect("an account")
    }
}

/// A database with the people and services, made once for all tests.
async fn template() -> Content {
    let database = TestDatabase::usual();
    let mut node = Node::on(&database.location()).await;
    people(&node.app).await;
    node.database = Some(database);
    node.content().await
}

async fn people(app: &App) {
    let account = |email: &str, name: &str| AccountForm {
        email: email.to_owned(),
        display_name: name.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let node = NodeForm { name: "MEF de la Nièvre".to_owned(), territory: "58".to_owned() };
    app.initialise(node, account(ADMINISTRATOR, "Administration")).await.expect("a node");
    let node = Caller::Node;
    for (email, name) in [
        (OUTSIDER, "Accueil"),
        (AUTHOR, "Rédaction"),
        (COLLEAGUE, "Information"),
        (MODERATOR, "Relecture"),
        (MANAGER, "Direction"),
    ] {
        app.add_account(&node, account(email, name), None, false).await.expect("an account");
    }
    for (kind, slug, title) in
        [("agenda", "agenda", "Agenda de la Nièvre"), ("news", "actualites", "Actualités")]
    {
        let form = ServiceForm {
            title: title.to_owned(),
            visibility: Some(Visibility::Public),
            charter: Charter { delay_days: Some(2), licence: "etalab-2.0".to_owned(), ..Charter::default() },
            self_validation: false,
        };
        app.add_service(&node, kind, slug, form).await.expect("a service");
        app.set_role(&node, slug, MANAGER, Some(Role::ServiceManager)).await.expect("a role");
    }
    for (email, role) in
        [(AUTHOR, Role::Contributor), (COLLEAGUE, Role::Contributor), (MODERATOR, Role::Moderator)]
    {
        app.set_role(&node, "agenda", email, Some(role)).await.expect("a role");
    }
    let kept = app.account_caller(OUTSIDER).await.expect("the outsider");
    assert!(matches!(kept, Caller::Account(signed_in) if signed_in.scope.services.is_empty()));
}
