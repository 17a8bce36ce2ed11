//! A node under test: its use cases on a database of its own, its people, and what they do.

use super::remote::Remote;
use crate::App;
use crate::AppError;
use crate::address::Addresses;
use crate::caller::Caller;
use crate::clock::Clock;
use crate::entry::ItemForm;
use crate::inbound::RemoteActor;
use crate::ports::Discovery;
use crate::service::ServiceForm;
use crate::setup::{AccountForm, NodeForm};
use crate::subscription::SubscriptionForm;
use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use maillage_domain::geography;
use maillage_domain::place::{Place, fold_place_name};
use maillage_domain::registry::Registry;
use maillage_domain::role::Role;
use maillage_domain::service::{Charter, Visibility};
use maillage_domain::subscription::{Handle, TrustLevel};
use maillage_domain::workflow::Transition;
use maillage_store::rows::{EntryRow, FollowRow, ItemRow, PlaceRow, SubscriptionRow};
use maillage_store::testing::{TestDatabase, media_of};
use maillage_store::{Limits, Store};
use serde_json::json;
use std::sync::{Arc, Mutex, OnceLock};

/// The password of everybody.
pub const PASSWORD: &str = "quatre mots de passe";
pub const ADMINISTRATOR: &str = "administration@mef58.example";

/// A clock that stands still until it is set.
#[derive(Clone)]
pub struct SetClock(Arc<Mutex<DateTime<Utc>>>);

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().expect("clock")
    }
}

impl SetClock {
    pub fn advance(&self, by: Duration) {
        *self.0.lock().expect("clock") += by;
    }
}

pub struct TestNode {
    pub app: App,
    pub clock: SetClock,
}

/// Finds the one actor it was given.
pub struct Known(pub RemoteActor);

#[async_trait]
impl Discovery for Known {
    async fn discover(&self, _handle: &Handle) -> Result<RemoteActor, AppError> {
        Ok(self.0.clone())
    }
}

/// Three départements of the real geography, with all above them.
fn places() -> &'static (Vec<PlaceRow>, Vec<(String, String)>) {
    /// Places, and postal codes with the place of each.
    type Geography = (Vec<PlaceRow>, Vec<(String, String)>);
    static PLACES: OnceLock<Geography> = OnceLock::new();
    PLACES.get_or_init(|| {
        let kept = ["departement:58", "departement:21", "departement:89"];
        let inside = |place: &Place| {
            let code = place.code.as_str();
            code.starts_with("pays:")
                || code.starts_with("region:")
                || code.starts_with("departement:")
                || place.parents.iter().any(|parent| kept.contains(&parent.as_str()))
        };
        let all: Vec<Place> = geography::load().map(|place| place.expect("place")).filter(inside).collect();
        let codes = all
            .iter()
            .flat_map(|place| place.postal_codes.iter().map(|code| (code.clone(), place.code.to_string())))
            .collect();
        let row = |place: Place| PlaceRow {
            id: 0,
            code: place.code.to_string(),
            kind: place.kind.as_str().to_owned(),
            folded: fold_place_name(&place.name),
            ancestors: place.parents.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            latitude: place.coordinates.map(|at| at.lat),
            longitude: place.coordinates.map(|at| at.lon),
            population: place.population.map(i64::from),
            successor: place.successor.map(|code| code.to_string()),
            name: place.name,
        };
        (all.into_iter().map(row).collect(), codes)
    })
}

/// The use cases on a database, without anything in it.
pub fn bare(db: &TestDatabase) -> TestNode {
    let start = DateTime::parse_from_rfc3339("2026-03-03T09:00:00Z").expect("time").with_timezone(&Utc);
    let clock = SetClock(Arc::new(Mutex::new(start)));
    let app = again(db, &clock);
    TestNode { app, clock }
}

/// One more process on the same database.
pub fn again(db: &TestDatabase, clock: &SetClock) -> App {
    let registry = Arc::new(Registry::embedded().expect("registry"));
    let addresses = Addresses::new("https://mef58.example").expect("addresses");
    let store = Store::open(&db.location(), &Limits::default()).expect("store");
    App::new(store, Arc::new(clock.clone()), registry, addresses, media_of(&db.location()))
}

/// A node with its administrator and a small geography.
pub async fn node(db: &TestDatabase) -> TestNode {
    let node = bare(db);
    let (rows, codes) = places().clone();
    node.app
        .writer()
        .run(move |tx| -> Result<(), AppError> { Ok(tx.replace_places(rows.clone(), codes.clone())?) })
        .await
        .expect("places");
    let form = NodeForm { name: "Maison de l'Emploi de la Nièvre".into(), territory: "58".into() };
    node.app.initialise(form, account(ADMINISTRATOR)).await.expect("node");
    node
}

pub fn account(email: &str) -> AccountForm {
    AccountForm { email: email.into(), display_name: String::new(), password: PASSWORD.into() }
}

pub fn service_form(visibility: Visibility) -> ServiceForm {
    ServiceForm {
        title: "Un service".into(),
        visibility: Some(visibility),
        charter: Charter { licence: "etalab-2.0".into(), ..Charter::default() },
        self_validation: false,
    }
}

/// A form of the type `news` that can be published.
pub fn news(title: &str) -> ItemForm {
    news_about(title, &["emploi"], &["commune:58194"])
}

pub fn news_about(title: &str, themes: &[&str], places: &[&str]) -> ItemForm {
    let fields = json!({
        "titre": title, "chapo": "Ce qu'il faut savoir.", "thematiques": themes, "territoires": places,
    });
    ItemForm { fields: serde_json::from_value(fields).expect("fields"), ..ItemForm::default() }
}

impl TestNode {
    pub fn advance(&self, by: Duration) {
        self.clock.advance(by);
    }

    /// Signs the account of an address in, as its rights stand now.
    pub async fn caller(&self, email: &str) -> Caller {
        self.app.account_caller(email).await.expect("account")
    }

    pub async fn administrator(&self) -> Caller {
        self.caller(ADMINISTRATOR).await
    }

    /// Somebody with this role in a service, made where there is no such account.
    pub async fn person(&self, email: &str, service: &str, role: Role) -> Caller {
        if let Err(error) = self.app.add_account(&Caller::Node, account(email), None, false).await {
            assert!(
                matches!(&error, AppError::Invalid { problems } if problems[0].code == "taken"),
                "{error:?}"
            );
        }
        self.app.set_role(&Caller::Node, service, email, Some(role)).await.expect("role");
        self.caller(email).await
    }

    pub async fn service(&self, slug: &str, visibility: Visibility) {
        let form = service_form(visibility);
        self.app.add_service(&Caller::Node, "news", slug, form).await.expect("service");
    }

    /// A service with somebody who writes and somebody who moderates.
    pub async fn newsroom(&self, slug: &str) -> (Caller, Caller) {
        self.service(slug, Visibility::Public).await;
        let author = self.person("redaction@mef58.example", slug, Role::Contributor).await;
        let moderator = self.person("moderation@mef58.example", slug, Role::Moderator).await;
        (author, moderator)
    }

    /// An item of a service, submitted and published by the command line, which answers to nobody.
    pub async fn published(&self, service: &str, form: ItemForm) -> (EntryRow, ItemRow) {
        let entry = self.app.create_item(&Caller::Node, service, form).await.expect("created");
        self.step(&entry.uid, Transition::Submit).await;
        let entry = self.step(&entry.uid, Transition::Publish).await;
        let item = self.item_of(&entry).await;
        (entry, item)
    }

    /// A step by the command line.
    pub async fn step(&self, entry: &str, transition: Transition) -> EntryRow {
        self.app.transition(&Caller::Node, entry, transition, "parce que").await.expect("step")
    }

    pub async fn item_of(&self, entry: &EntryRow) -> ItemRow {
        let item = entry.item_id;
        self.write(move |tx| Ok(tx.item(item)?)).await
    }

    /// Looks into the database, as a use case does.
    pub async fn write<T: Send + 'static>(
        &self,
        job: impl Fn(&mut maillage_store::Tx<'_>) -> Result<T, AppError> + Send + 'static,
    ) -> T {
        self.app.writer().run(job).await.expect("written")
    }

    pub async fn entry(&self, service: &str, uri: &str) -> Option<EntryRow> {
        let (service, uri) = (service.to_owned(), uri.to_owned());
        self.write(move |tx| {
            let service = tx.reads().service(&service)?.id;
            let Some(item) = tx.item_by_uri(&uri)? else { return Ok(None) };
            Ok(tx.entry_of(item.id, service)?)
        })
        .await
    }

    /// The state of an item in a service; `absent` where it has no entry.
    pub async fn state(&self, service: &str, uri: &str) -> String {
        self.entry(service, uri).await.map_or_else(|| "absent".to_owned(), |entry| entry.state)
    }

    pub async fn held_item(&self, uri: &str) -> Option<ItemRow> {
        let uri = uri.to_owned();
        self.write(move |tx| Ok(tx.item_by_uri(&uri)?)).await
    }

    /// Titles that anybody sees.
    pub async fn public_titles(&self) -> Vec<String> {
        let query = maillage_store::read::EntryQuery::default();
        let seen = self.app.reads(maillage_domain::viewer::Viewer::Anonymous);
        let views = seen.run(move |reads| reads.entries(&query)).await.expect("read");
        views.into_iter().map(|view| view.item.title).collect()
    }

    /// Subscribes a service to a remote one, which accepts.
    pub async fn follows(
        &self,
        service: &str,
        remote: &Remote,
        trust: TrustLevel,
        rules: &str,
    ) -> SubscriptionRow {
        let form = SubscriptionForm { trust, rules: serde_json::from_str(rules).expect("rules") };
        let known = Known(remote.actor());
        let handle = remote.handle();
        let row =
            self.app.subscribe(&Caller::Node, &known, service, &handle, form).await.expect("subscribed");
        let follow = self.follow_of(remote).await;
        if follow.state == "pending" {
            let activity = remote.activity("accept");
            self.app.follow_answered(&activity, &remote.uri, &follow.uri, true).await.expect("accepted");
        }
        row
    }

    pub async fn subscribes_locally(&self, service: &str, to: &str, trust: TrustLevel) -> SubscriptionRow {
        let form = SubscriptionForm { trust, rules: Default::default() };
        let handle: Handle = format!("@{to}@mef58.example").parse().expect("handle");
        let nobody = Known(Remote::new("nobody.example", "nobody").actor());
        self.app.subscribe(&Caller::Node, &nobody, service, &handle, form).await.expect("subscribed")
    }

    pub async fn follow_of(&self, remote: &Remote) -> FollowRow {
        let uri = remote.uri.clone();
        self.write(move |tx| {
            let actor = tx.reads().actor(&uri)?;
            tx.reads().follow_of(actor.id)?.ok_or(AppError::NotFound)
        })
        .await
    }

    pub async fn actor_of_service(&self, slug: &str) -> String {
        let slug = slug.to_owned();
        self.write(move |tx| {
            let service = tx.reads().service(&slug)?;
            Ok(tx.reads().actor_by_id(service.actor_id)?.uri)
        })
        .await
    }
}

/// Whether a use case was refused for want of a right.
#[track_caller]
pub fn forbidden<T: std::fmt::Debug>(answer: Result<T, AppError>) {
    assert!(matches!(answer, Err(AppError::Forbidden(_))), "{answer:?}");
}

#[track_caller]
pub fn not_found<T: std::fmt::Debug>(answer: Result<T, AppError>) {
    assert!(matches!(answer, Err(AppError::NotFound)), "{answer:?}");
}

#[track_caller]
pub fn conflict<T: std::fmt::Debug>(answer: Result<T, AppError>) {
    assert!(matches!(answer, Err(AppError::Conflict(_))), "{answer:?}");
}

/// Whether input was refused with this code first.
#[track_caller]
pub fn invalid<T: std::fmt::Debug>(answer: Result<T, AppError>, code: &str) {
    match answer {
        Err(AppError::Invalid { problems }) => assert_eq!(problems[0].code, code),
        other => panic!("{other:?}"),
    }
}
