//! A node for one test: a real store, real use cases, a clock that is set, and the real addresses.

use crate::activities::{self, ReceiveError};
use crate::context::Federation;
use crate::guard::{Guard, Refusal, SignedActivity};
use crate::net::tests::{Names, closed};
use crate::worker::{self, Workers};
use crate::{Face, FederationSettings, routes};
use actix_web::dev::ServerHandle;
use actix_web::{App as Server, HttpServer, web};
use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use maillage_app::App;
use maillage_app::address::Addresses;
use maillage_app::caller::Caller;
use maillage_app::clock::Clock;
use maillage_app::entry::ItemForm;
use maillage_app::service::ServiceForm;
use maillage_app::setup::{AccountForm, NodeForm};
use maillage_domain::field::Fields;
use maillage_domain::registry::Registry;
use maillage_domain::service::{Charter, Visibility};
use maillage_domain::workflow::Transition;
use maillage_store::read::{EntryQuery, EntryView, FollowerView, Reads};
use maillage_store::rows::{EntryRow, PlaceRow, ServiceRow};
use maillage_store::testing::{TestDatabase, media_of};
use maillage_store::{Limits, Store, StoreError};
use serde_json::Value;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// When every test begins: Tuesday 3 March 2026, 14 h in Paris.
pub const BEGINNING: i64 = 1_772_542_800_000;

/// A clock that goes only when it is told to.
#[derive(Debug)]
pub struct SetClock(AtomicI64);

impl SetClock {
    /// Moves on by so many seconds.
    pub fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

type Block = Box<dyn Fn(String) -> BoxFuture<'static, ()> + Send + Sync>;

/// A node.
pub struct World {
    pub face: Face,
    pub clock: Arc<SetClock>,
    block: Block,
    server: Option<ServerHandle>,
}

impl World {
    /// A node that nobody can reach and that reaches nobody: no name resolves.
    pub async fn offline(db: &TestDatabase) -> Self {
        let made = Made::new(db, "https://mef58.example").await;
        let base = made.app.addresses().base().clone();
        let client = closed(Names::default(), &base);
        let federation = Federation::assembled(made.app.clone(), client, Guard::new(base, true));
        let settings = FederationSettings { allow_private_networks: true };
        let face = Face::around(federation, settings).await.unwrap();
        Self { face, clock: made.clock, block: made.block, server: None }
    }

    /// A node of a test network, which answers on a port of this machine.
    pub async fn online(db: &TestDatabase) -> Self {
        Self::listening(db, FederationSettings { allow_private_networks: true }).await
    }

    /// The same with other settings.
    pub async fn listening(db: &TestDatabase, settings: FederationSettings) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let base = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let made = Made::new(db, &base).await;
        let face = Face::new(made.app, settings).await.unwrap();
        let data = web::Data::new(face.clone());
        let server =
            HttpServer::new(move || Server::new().app_data(data.clone()).configure(routes::configure))
                .workers(1)
                .disable_signals()
                .shutdown_timeout(1)
                .listen(listener)
                .unwrap()
                .run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { face, clock: made.clock, block: made.block, server: Some(handle) }
    }

    /// The use cases.
    pub fn app(&self) -> &App {
        self.face.app()
    }

    /// An address of the node.
    pub fn url(&self, path: &str) -> String {
        self.app().addresses().url(path)
    }

    /// Starts its workers.
    pub fn work(&self) -> Workers {
        worker::start(self.face.clone(), false)
    }

    /// Blocks a host.
    pub async fn block(&self, host: &str) {
        (self.block)(host.to_owned()).await;
    }

    /// Adds a service.
    pub async fn service(&self, kind: &str, slug: &str, visibility: Visibility) -> ServiceRow {
        let charter = Charter {
            purpose: "Ce qui se passe & ce qui vient".to_owned(),
            moderators: "L'équipe de la maison".to_owned(),
            delay_days: Some(3),
            licence: "etalab-2.0".to_owned(),
        };
        let form = ServiceForm {
            title: format!("Service {slug}"),
            visibility: Some(visibility),
            charter,
            self_validation: false,
        };
        self.app().add_service(&Caller::Node, kind, slug, form).await.unwrap()
    }

    /// The id of a service's actor.
    pub async fn actor_of(&self, slug: &str) -> String {
        let slug = slug.to_owned();
        self.read(move |reads| {
            let service = reads.service(&slug)?;
            Ok(reads.actor_by_id(service.actor_id)?.uri)
        })
        .await
    }

    /// Publishes an item.
    pub async fn publish(&self, service: &str, fields: Value) -> EntryRow {
        let fields: Fields = serde_json::from_value(fields).unwrap();
        let form = ItemForm { fields, language: None, licence: None };
        let draft = self.app().create_item(&Caller::Node, service, form).await.unwrap();
        self.step(&draft.uid, Transition::Submit).await;
        self.step(&draft.uid, Transition::Publish).await
    }

    /// Publishes another content of an item.
    pub async fn correct(&self, entry: &EntryRow, fields: Value) {
        let form =
            ItemForm { fields: serde_json::from_value(fields).unwrap(), language: None, licence: None };
        self.app().save_item(&Caller::Node, &entry.uid, form, None).await.unwrap();
        self.step(&entry.uid, Transition::Submit).await;
        self.step(&entry.uid, Transition::Publish).await;
    }

    /// Carries out a step of the workflow.
    pub async fn step(&self, entry: &str, transition: Transition) -> EntryRow {
        self.app().transition(&Caller::Node, entry, transition, "une raison").await.unwrap()
    }

    /// Carries out an activity as if its signature had been verified.
    pub async fn receive(&self, activity: Value) -> Result<(), Unreceived> {
        let signed = SignedActivity::assumed(activity)?;
        activities::receive(signed, &self.face.context()).await?;
        Ok(())
    }

    /// Reads as the administrator.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut Reads<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.app().reads(Caller::Node.viewer()).run(read).await.unwrap()
    }

    /// What a service holds, in whatever state, latest first.
    pub async fn entries(&self, slug: &str) -> Vec<EntryView> {
        let slug = slug.to_owned();
        self.read(move |reads| {
            let service = reads.service(&slug)?;
            let states =
                vec!["submitted", "published", "declined", "withdrawn", "ignored", "draft", "expired"];
            reads.entries(&EntryQuery {
                services: Some(vec![service.id]),
                states,
                limit: 200,
                ..EntryQuery::default()
            })
        })
        .await
    }

    /// The followers of a service, latest first.
    pub async fn followers(&self, slug: &str) -> Vec<FollowerView> {
        let slug = slug.to_owned();
        self.read(move |reads| {
            let service = reads.service(&slug)?.id;
            reads.followers(service)
        })
        .await
    }

    /// Titles of what a service shows, sorted.
    pub async fn shown(&self, slug: &str) -> Vec<String> {
        let mut titles: Vec<String> = self
            .entries(slug)
            .await
            .into_iter()
            .filter(|view| view.entry.state == "published")
            .map(|view| view.item.title)
            .collect();
        titles.sort();
        titles
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            drop(server.stop(false));
        }
    }
}

/// Why an activity was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum Unreceived {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Fault(#[from] ReceiveError),
}

impl Unreceived {
    /// The status that would answer it.
    pub fn status(&self) -> u16 {
        match self {
            Self::Refused(refusal) => refusal.status,
            Self::Fault(error) => error.status(),
        }
    }
}

/// A node without its federation.
struct Made {
    app: App,
    clock: Arc<SetClock>,
    block: Block,
}

impl Made {
    async fn new(db: &TestDatabase, base: &str) -> Self {
        let (reader, system, writer) = Store::open(&db.location(), &Limits::default()).unwrap();
        let places = places();
        let loaded = writer.run::<_, StoreError>(move |tx| tx.replace_places(places.clone(), Vec::new()));
        loaded.await.unwrap();
        let hand = writer.clone();
        let block: Block = Box::new(move |host| {
            let hand = hand.clone();
            Box::pin(async move {
                let change = hand.run::<_, StoreError>(move |tx| {
                    let mut peer = tx.peer_of(&host, BEGINNING)?;
                    peer.blocked = true;
                    tx.save_peer(&peer)
                });
                change.await.unwrap();
            })
        });
        let clock = Arc::new(SetClock(AtomicI64::new(BEGINNING)));
        let registry = Arc::new(Registry::embedded().unwrap());
        let app = App::new(
            (reader, system, writer),
            clock.clone(),
            registry,
            Addresses::new(base).unwrap(),
            media_of(&db.location()),
        );
        let node =
            NodeForm { name: "Maison de l'Emploi de la Nièvre".to_owned(), territory: "58".to_owned() };
        let admin = AccountForm {
            email: "administration@mef58.example".to_owned(),
            display_name: "Administration".to_owned(),
            password: "quelques mots suffisent".to_owned(),
        };
        app.initialise(node, admin).await.unwrap();
        Self { app, clock, block }
    }
}

/// A few places: the country, a region, two départements, communes. One lies on whole degrees.
fn places() -> Vec<PlaceRow> {
    let place = |code: &str, kind: &str, name: &str, above: &str, at: Option<(f64, f64)>| PlaceRow {
        id: 0,
        code: code.to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        folded: maillage_domain::place::fold_place_name(name),
        ancestors: above.to_owned(),
        latitude: at.map(|at| at.0),
        longitude: at.map(|at| at.1),
        population: None,
        successor: None,
    };
    let nievre = "departement:58 region:27 pays:FR";
    vec![
        place("pays:FR", "country", "France", "", None),
        place("region:27", "region", "Bourgogne-Franche-Comté", "pays:FR", None),
        place("departement:58", "department", "Nièvre", "region:27 pays:FR", None),
        place("departement:21", "department", "Côte-d'Or", "region:27 pays:FR", None),
        place("commune:58194", "commune", "Nevers", nievre, Some((47.0, 3.0))),
        place("commune:58086", "commune", "Cosne-Cours-sur-Loire", nievre, Some((47.4108, 2.9256))),
    ]
}

/// Looks until something has come true.
pub async fn until(what: &str, mut probe: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(40);
    while !probe().await {
        assert!(Instant::now() < end, "not in time: {what}");
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
}
