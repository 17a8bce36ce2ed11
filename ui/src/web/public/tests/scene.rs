//! A newsroom with a public site, and plain requests whose headers matter.

use crate::tests::node::{AUTHOR, Elsewhere, MODERATOR, Node};
use crate::web::public::cards::href;
use crate::web::{Face, Settings};
use actix_web::body::to_bytes_limited;
use actix_web::http::header::HeaderMap;
use actix_web::test::TestRequest;
use actix_web::web;
use maillage_app::caller::Caller;
use maillage_app::entry::ItemForm;
use maillage_app::service::ServiceForm;
use maillage_app::site::{PlacementForm, SiteForm};
use maillage_domain::role::Role;
use maillage_domain::service::{Charter, Visibility};
use maillage_domain::site::{ListFilter, Order};
use maillage_domain::workflow::Transition;
use serde_json::{Value, json};
use std::sync::Arc;

/// A news item with this title; `more` replaces or adds fields.
pub fn news(title: &str, more: Value) -> Value {
    let mut fields = json!({
        "titre": title, "chapo": format!("Chapô : {title}"), "texte": format!("<p>Texte : {title}</p>"),
        "thematiques": ["emploi"], "territoires": ["commune:58194"],
    });
    if let (Some(fields), Value::Object(more)) = (fields.as_object_mut(), more) {
        fields.extend(more);
    }
    fields
}

/// An item of a service as it was made: the entry's public id, and the page's address.
#[derive(Debug, Clone)]
pub struct Made {
    /// Public id of the entry.
    pub entry: String,
    /// Public id of the item.
    pub item: String,
    /// The item's permanent address.
    pub uri: String,
    /// Path of its page.
    pub page: String,
}

/// The node with people who write and who publish.
pub struct Scene {
    /// The node.
    pub node: Node,
}

/// What was answered to a plain request.
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Answer {
    /// The value of a header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Asks the pages of a node, without a browser.
pub async fn ask(node: &Node, request: TestRequest) -> Answer {
    let (app, elsewhere) = (node.app.clone(), Arc::new(Elsewhere::default()));
    let face = Face::new(app, elsewhere.clone(), elsewhere, Settings::default());
    let app = actix_web::App::new()
        .app_data(web::Data::new(face))
        .wrap(actix_web::middleware::from_fn(crate::web::told))
        .configure(crate::web::configure)
        .default_service(web::to(crate::web::not_found));
    let app = actix_web::test::init_service(app).await;
    let request = request.peer_addr(std::net::SocketAddr::from(([127, 0, 0, 1], 4000)));
    let answer = actix_web::test::call_service(&app, request.to_request()).await;
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let body = to_bytes_limited(answer.into_body(), 8 << 20).await.expect("small").expect("a body");
    Answer { status, headers, body: String::from_utf8_lossy(&body).into_owned() }
}

/// Opens a path in French.
pub async fn get(node: &Node, path: &str) -> Answer {
    ask(node, TestRequest::get().uri(path).insert_header(("Accept-Language", "fr"))).await
}

impl Scene {
    /// The news on the public site "nievre", in a section of their own.
    pub async fn new() -> Self {
        let node = Node::new().await;
        for (email, role) in [(AUTHOR, Role::Contributor), (MODERATOR, Role::Moderator)] {
            node.app.set_role(&Caller::Node, "actualites", email, Some(role)).await.expect("a role");
        }
        let scene = Self { node };
        scene.site("nievre", "Emploi en Nièvre", false).await;
        scene.place("nievre", "actualites", ListFilter::default(), None).await;
        scene
    }

    /// A further news service, seen by these.
    pub async fn service(&self, slug: &str, visibility: Visibility) {
        self.any_service("news", slug, visibility).await;
    }

    /// A public service of a type.
    pub async fn typed_service(&self, kind: &str, slug: &str) {
        self.any_service(kind, slug, Visibility::Public).await;
    }

    async fn any_service(&self, kind: &str, slug: &str, visibility: Visibility) {
        let form = ServiceForm {
            title: format!("Service {slug}"),
            visibility: Some(visibility),
            charter: Charter { licence: "etalab-2.0".to_owned(), ..Charter::default() },
            self_validation: false,
        };
        self.node.app.add_service(&Caller::Node, kind, slug, form).await.expect("a service");
        for (email, role) in [(AUTHOR, Role::Contributor), (MODERATOR, Role::Moderator)] {
            self.node.app.set_role(&Caller::Node, slug, email, Some(role)).await.expect("a role");
        }
    }

    /// A site.
    pub async fn site(&self, slug: &str, title: &str, restricted: bool) {
        let form = SiteForm { title: title.to_owned(), restricted, ..SiteForm::default() };
        self.node.app.add_site(&Caller::Node, slug, form).await.expect("a site");
    }

    /// Shows a service on a site.
    pub async fn place(&self, site: &str, service: &str, filter: ListFilter, order: Option<Order>) {
        let form = PlacementForm { service: service.to_owned(), filter, order, title: String::new() };
        self.node.app.add_placement(&Caller::Node, site, form).await.expect("a section");
    }

    /// A draft.
    pub async fn draft(&self, service: &str, fields: Value) -> Made {
        let author = self.node.caller(AUTHOR).await;
        let fields = serde_json::from_value(fields).expect("fields");
        let form = ItemForm { fields, ..ItemForm::default() };
        let entry = self.node.app.create_item(&author, service, form).await.expect("an item");
        self.made(&entry.uid).await
    }

    async fn made(&self, entry: &str) -> Made {
        let (uid, viewer) = (entry.to_owned(), self.node.caller(AUTHOR).await.viewer());
        let read = self.node.app.reads(viewer).run(move |reads| Ok(reads.entry(&uid)?.view));
        let view = read.await.expect("its author sees it");
        Made {
            entry: entry.to_owned(),
            item: view.item.uid.clone(),
            uri: view.item.uri.clone(),
            page: href(None, &view),
        }
    }

    /// An item that waits for a decision.
    pub async fn submitted(&self, service: &str, fields: Value) -> Made {
        let made = self.draft(service, fields).await;
        self.step(AUTHOR, &made, Transition::Submit).await;
        made
    }

    /// An item that is published.
    pub async fn published(&self, service: &str, fields: Value) -> Made {
        let made = self.submitted(service, fields).await;
        self.step(MODERATOR, &made, Transition::Publish).await;
        self.made(&made.entry).await
    }

    /// A decision of the moderator.
    pub async fn decide(&self, made: &Made, transition: Transition) {
        self.step(MODERATOR, made, transition).await;
    }

    async fn step(&self, who: &str, made: &Made, transition: Transition) {
        let who = self.node.caller(who).await;
        self.node.app.transition(&who, &made.entry, transition, "Hors sujet").await.expect("decided");
    }
}
