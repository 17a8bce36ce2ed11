//! A node for one test: a real store, real use cases, people in every role, and requests to the real
//! scope of the API.

use super::elsewhere::Elsewhere;
use super::geography::load_places;
use crate::{BASE, Face, configure};
use actix_web::http::header::HeaderMap;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{App as Server, test, web};
use chrono::{DateTime, Utc};
use maillage_app::App;
use maillage_app::address::Addresses;
use maillage_app::caller::Caller;
use maillage_app::clock::Clock;
use maillage_app::service::ServiceForm;
use maillage_app::setup::{AccountForm, NodeForm};
use maillage_domain::registry::Registry;
use maillage_domain::role::Role;
use maillage_domain::service::{Charter, Visibility};
use maillage_store::testing::{TestDatabase, media_of};
use maillage_store::{Limits, Store};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Who makes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// Without a token.
    Anybody,
    /// A contributor of `agenda` alone.
    Stranger,
    /// A contributor of `actualites` and `interne`.
    Contributor,
    /// A moderator of `actualites` and `interne`.
    Moderator,
    /// The manager of `actualites` and `interne`.
    Manager,
    /// The administrator of the node, who has no role in any service.
    Administrator,
}

impl Who {
    /// Everybody, the least trusted first.
    pub const ALL: [Self; 6] = [
        Self::Anybody,
        Self::Stranger,
        Self::Contributor,
        Self::Moderator,
        Self::Manager,
        Self::Administrator,
    ];

    /// The address of the account.
    pub fn email(self) -> String {
        format!("{self:?}@mef58.example").to_lowercase()
    }
}

/// A clock that ticks a second each time it is read, so that no two moments are the same.
pub struct Ticking(AtomicI64);

impl Clock for Ticking {
    fn now(&self) -> DateTime<Utc> {
        let millis = self.0.fetch_add(1_000, Ordering::Relaxed);
        DateTime::from_timestamp_millis(millis).expect("a moment")
    }
}

/// A node of the Nièvre with three services (`actualites` and `agenda` public, `interne` private) and
/// an account in every role.
pub struct World {
    face: Face,
    tokens: HashMap<Who, String>,
    /// The rest of the network.
    pub elsewhere: Arc<Elsewhere>,
}

/// An answer.
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as JSON; null where it is none.
    pub body: Value,
}

impl World {
    /// Makes the node in a database.
    pub async fn new(db: &TestDatabase) -> Self {
        let store = Store::open(&db.location(), &Limits::default()).expect("the store opens");
        load_places(&store.2).await;
        let registry = Arc::new(Registry::embedded().expect("registry"));
        let addresses = Addresses::new("https://mef58.example").expect("addresses");
        let clock = Arc::new(Ticking(AtomicI64::new(millis("2026-03-02T08:00:00Z"))));
        let app = App::new(store, clock, registry, addresses, media_of(&db.location()));
        let elsewhere = Arc::new(Elsewhere::default());
        app.set_sends_mail(true);
        let face = Face::new(app, elsewhere.clone(), elsewhere.clone());
        let mut world = Self { face, tokens: HashMap::new(), elsewhere };
        world.people().await;
        world
    }

    async fn people(&mut self) {
        let app = self.app().clone();
        let person = |who: Who| AccountForm {
            email: who.email(),
            display_name: format!("{who:?}"),
            password: "quelques mots suffisent".to_owned(),
        };
        let node = NodeForm { name: "Maison de l'Emploi".to_owned(), territory: "58".to_owned() };
        app.initialise(node, person(Who::Administrator)).await.expect("the node is made");
        for (kind, slug, visibility) in [
            ("news", "actualites", Visibility::Public),
            ("agenda", "agenda", Visibility::Public),
            ("news", "interne", Visibility::Private),
        ] {
            let form = ServiceForm {
                title: format!("Service {slug}"),
                visibility: Some(visibility),
                charter: Charter { licence: "etalab-2.0".to_owned(), ..Charter::default() },
                self_validation: false,
            };
            app.add_service(&Caller::Node, kind, slug, form).await.expect("a service");
        }
        let roles = [
            (Who::Stranger, Role::Contributor, &["agenda"][..]),
            (Who::Contributor, Role::Contributor, &["actualites", "interne"]),
            (Who::Moderator, Role::Moderator, &["actualites", "interne"]),
            (Who::Manager, Role::ServiceManager, &["actualites", "interne"]),
        ];
        for (who, role, services) in roles {
            app.add_account(&Caller::Node, person(who), None, false).await.expect("an account");
            for service in services {
                app.set_role(&Caller::Node, service, &who.email(), Some(role)).await.expect("a role");
            }
        }
        for who in Who::ALL.into_iter().skip(1) {
            let token =
                app.make_token(&Caller::Node, Some(&who.email()), "tests").await.expect("a token").token;
            self.tokens.insert(who, token);
        }
    }

    /// The use cases.
    pub fn app(&self) -> &App {
        &self.face.app
    }

    /// The token of somebody.
    pub fn token(&self, who: Who) -> &str {
        &self.tokens[&who]
    }

    /// Answers a request made by hand.
    pub async fn answer(&self, request: test::TestRequest) -> Answer {
        let server = Server::new().app_data(web::Data::new(self.face.clone())).configure(configure);
        let server = test::init_service(server).await;
        let answer = test::call_service(&server, request.to_request()).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = test::read_body(answer).await;
        Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    /// A request of somebody, its path going on from `/api/v1`.
    pub fn request(&self, who: Who, method: Method, path: &str) -> test::TestRequest {
        let request = test::TestRequest::with_uri(&format!("{BASE}{path}")).method(method);
        match self.tokens.get(&who) {
            Some(token) => request.insert_header((header::AUTHORIZATION, format!("Bearer {token}"))),
            None => request,
        }
    }

    /// Sends JSON.
    pub async fn send(&self, who: Who, method: Method, path: &str, body: Value) -> Answer {
        self.answer(self.request(who, method, path).set_json(body)).await
    }

    /// GET.
    pub async fn get(&self, who: Who, path: &str) -> Answer {
        self.answer(self.request(who, Method::GET, path)).await
    }

    /// POST of JSON.
    pub async fn post(&self, who: Who, path: &str, body: Value) -> Answer {
        self.send(who, Method::POST, path, body).await
    }

    /// A draft of news by the contributor; its id.
    pub async fn draft(&self, service: &str, title: &str, themes: &[&str], places: &[&str]) -> String {
        let path = format!("/services/{service}/items");
        let made = self.post(Who::Contributor, &path, json!({ "fields": news(title, themes, places) })).await;
        made.is(201).body["id"].as_str().expect("an id").to_owned()
    }

    /// A submitted item of news; its id.
    pub async fn submitted(&self, service: &str, title: &str, themes: &[&str], places: &[&str]) -> String {
        let id = self.draft(service, title, themes, places).await;
        self.post(Who::Contributor, &format!("/items/{id}/submit"), json!({})).await.is(200);
        id
    }

    /// A published item of news; its id.
    pub async fn published(&self, service: &str, title: &str, themes: &[&str], places: &[&str]) -> String {
        let id = self.submitted(service, title, themes, places).await;
        self.post(Who::Moderator, &format!("/items/{id}/publish"), json!({})).await.is(200);
        id
    }
}

impl Answer {
    /// This answer, which has to have a status.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        if status >= 400 {
            assert_eq!(self.body["status"], status);
            assert_eq!(self.header("content-type"), "application/problem+json");
            for language in ["fr", "en"] {
                assert!(self.body["message"][language].as_str().is_some_and(|said| !said.is_empty()));
            }
        }
        self
    }

    /// The code of a problem.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// Field and code of each thing that is wrong.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        let problems = self.body["problems"].as_array().map(Vec::as_slice).unwrap_or_default();
        problems
            .iter()
            .map(|one| (one["field"].as_str().unwrap_or_default(), one["code"].as_str().unwrap_or_default()))
            .collect()
    }

    /// A value of each thing of a page.
    pub fn listed(&self, key: &str) -> Vec<&str> {
        let items = self.body["items"].as_array().expect("a page");
        items.iter().map(|item| item[key].as_str().unwrap_or_default()).collect()
    }

    /// A header, empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// The fields of an item of news that can be submitted.
pub fn news(title: &str, themes: &[&str], places: &[&str]) -> Value {
    json!({
        "titre": title,
        "chapo": format!("Résumé de « {title} »."),
        "texte": "<p>Le texte.</p>",
        "thematiques": themes,
        "territoires": places,
    })
}

/// Milliseconds since the epoch of a moment in RFC 3339.
pub fn millis(moment: &str) -> i64 {
    DateTime::parse_from_rfc3339(moment).expect("a moment").timestamp_millis()
}
