//! WebFinger (RFC 7033), host-meta (RFC 6415), NodeInfo 2.1.

use super::answer::{failed, open_json, plain};
use crate::Face;
use crate::objects::record::RECORD_FORM;
use crate::objects::vocabulary::CONTEXT_PATH;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::subscription::Handle;
use maillage_domain::text::is_slug;
use maillage_domain::viewer::Viewer;
use maillage_store::StoreError;
use maillage_store::read::Reads;
use maillage_store::rows::ActorRow;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

/// The longest resource that is looked for, in bytes.
const LONGEST: usize = 2_048;
/// Where a visitor of ours follows somebody elsewhere.
const SUBSCRIBE: &str = "/office/federation/new?address={uri}";

/// What is asked for.
#[derive(Debug, Deserialize)]
pub struct Resource {
    resource: Option<String>,
}

/// What a resource names.
enum Named {
    Account(String),
    Address(Url),
}

/// GET /.well-known/webfinger?resource=acct:service@host, or the id or the page of an actor.
pub async fn webfinger(query: web::Query<Resource>, face: web::Data<Face>) -> HttpResponse {
    let Some(resource) = query.into_inner().resource else { return plain(400, "resource is missing", None) };
    let addresses = face.app().addresses();
    if resource.len() > LONGEST || resource.contains(|c: char| c.is_control()) {
        return plain(400, "not a resource", None);
    }
    let named = if addresses.is_own(&resource) {
        Url::parse(&resource).ok().map(Named::Address)
    } else {
        match resource.parse::<Handle>() {
            Ok(handle) if handle.host == addresses.host() => Some(Named::Account(handle.name)),
            Ok(_) => return plain(404, "not of this node", None),
            Err(_) => None,
        }
    };
    let Some(named) = named else {
        return plain(400, "resource is acct:name@host or the address of an actor", None);
    };
    let found = face.app().reads(Viewer::Anonymous).run(move |reads| match named {
        Named::Account(name) => reads.local_actor(&name),
        Named::Address(url) => by_address(reads, &url),
    });
    match found.await {
        Ok(actor) => open_json(&descriptor(&face, actor), "application/jrd+json; charset=utf-8"),
        Err(error) => failed(&error.into()),
    }
}

/// The actor whose id or page this is, on our own origin.
fn by_address(reads: &mut Reads<'_>, url: &Url) -> Result<ActorRow, StoreError> {
    match url.path().trim_start_matches('/').split_once('/') {
        None if url.path() == "/" => reads.node_actor(),
        Some(("services", slug)) if is_slug(slug) => reads.local_actor(slug),
        Some(("a", uid)) if uid.len() == 36 => reads.local_actor_by_uid(uid),
        _ => Err(StoreError::NotFound),
    }
}

fn descriptor(face: &Face, actor: ActorRow) -> Value {
    let addresses = face.app().addresses();
    let page = actor.url.clone().unwrap_or_else(|| addresses.base().to_string());
    json!({
        "subject": format!("acct:{}@{}", actor.username, addresses.host()),
        "aliases": [actor.uri, page],
        "links": [
            { "rel": "self", "type": "application/activity+json", "href": actor.uri },
            { "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page },
            { "rel": "http://ostatus.org/schema/1.0/subscribe", "template": addresses.url(SUBSCRIBE) },
        ],
    })
}

/// GET /.well-known/host-meta
pub async fn host_meta(face: web::Data<Face>) -> HttpResponse {
    let template = face.app().addresses().url("/.well-known/webfinger?resource={uri}");
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\"><Link rel=\"lrdd\" template=\"{template}\"/></XRD>\n"
    );
    HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "application/xrd+xml; charset=utf-8")).body(body)
}

/// GET /.well-known/nodeinfo
pub async fn nodeinfo_links(face: web::Data<Face>) -> HttpResponse {
    let actor = match face.app().reads(Viewer::Anonymous).run(|reads| reads.node_actor()).await {
        Ok(actor) => actor,
        Err(error) => return failed(&error.into()),
    };
    let links = json!([
        {
            "rel": "http://nodeinfo.diaspora.software/ns/schema/2.1",
            "href": face.app().addresses().url("/nodeinfo/2.1"),
        },
        // FEP-2677: the actor of the application.
        { "rel": "https://www.w3.org/ns/activitystreams#Application", "href": actor.uri },
    ]);
    open_json(&json!({ "links": links }), "application/json; charset=utf-8")
}

/// What NodeInfo tells of the node.
struct Told {
    name: String,
    territory: String,
    services: Vec<Value>,
    items: i64,
}

fn told(reads: &mut Reads<'_>) -> Result<Told, StoreError> {
    let node = reads.node()?.ok_or(StoreError::NotFound)?;
    let mut told = Told { name: node.name, territory: node.territory, services: Vec::new(), items: 0 };
    for service in reads.services()? {
        told.items += reads.count_outbox(service.id)?;
        told.services.push(json!({ "name": service.slug, "type": service.type_slug }));
    }
    Ok(told)
}

/// GET /nodeinfo/2.1
pub async fn nodeinfo(face: web::Data<Face>) -> HttpResponse {
    let told = match face.app().reads(Viewer::Anonymous).run(told).await {
        Ok(told) => told,
        Err(error) => return failed(&AppError::from(error)),
    };
    let document = json!({
        "version": "2.1",
        "software": { "name": "maillage", "version": env!("CARGO_PKG_VERSION") },
        "protocols": ["activitypub"],
        "services": { "inbound": ["atom1.0", "rss2.0"], "outbound": ["atom1.0", "rss2.0"] },
        "openRegistrations": false,
        "usage": { "users": { "total": told.services.len() }, "localPosts": told.items },
        "metadata": {
            "nodeName": told.name,
            "territory": told.territory,
            "services": told.services,
            "maillage": { "context": face.app().addresses().url(CONTEXT_PATH), "record": RECORD_FORM },
        },
    });
    open_json(
        &document,
        "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"; charset=utf-8",
    )
}
