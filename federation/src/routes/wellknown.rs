//! WebFinger (RFC 7033), host-meta (RFC 6415), NodeInfo 2.1.

use super::{failed, plain};
use crate::Face;
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::subscription::Handle;
use maillage_domain::viewer::Viewer;
use maillage_store::rows::ActorRow;
use serde::Deserialize;
use serde_json::{Value, json};

/// What is asked for.
#[derive(Debug, Deserialize)]
pub struct Resource {
    resource: Option<String>,
}

/// GET /.well-known/webfinger?resource=acct:service@host, or the id of an actor.
pub async fn webfinger(query: web::Query<Resource>, face: web::Data<Face>) -> HttpResponse {
    let Some(resource) = query.into_inner().resource else { return plain(400, "resource is missing", None) };
    let addresses = face.app().addresses();
    let actor = if addresses.is_own(&resource) {
        actor_by_uri(&face, resource).await
    } else {
        match resource.parse::<Handle>() {
            Ok(handle) if handle.host == addresses.host() => actor_by_name(&face, handle.name).await,
            Ok(_) => return plain(404, "not of this node", None),
            Err(_) => return plain(400, "resource is acct:name@host or the id of an actor", None),
        }
    };
    let actor = match actor {
        Ok(actor) => actor,
        Err(error) => return failed(&error),
    };
    let template = addresses.url("/authorize_interaction?uri={uri}");
    let mut links = vec![
        json!({ "rel": "self", "type": "application/activity+json", "href": actor.uri }),
        json!({ "rel": "http://ostatus.org/schema/1.0/subscribe", "template": template }),
    ];
    if let Some(page) = &actor.url {
        links.push(
            json!({ "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": page }),
        );
    }
    let subject = format!("acct:{}@{}", actor.username, addresses.host());
    let mut aliases = vec![actor.uri.clone()];
    aliases.extend(actor.url);
    let document = json!({ "subject": subject, "aliases": aliases, "links": links });
    open_json(&document, "application/jrd+json; charset=utf-8")
}

async fn actor_by_name(face: &Face, name: String) -> Result<ActorRow, AppError> {
    Ok(face.app().reads(Viewer::Anonymous).run(move |reads| reads.local_actor(&name)).await?)
}

async fn actor_by_uri(face: &Face, uri: String) -> Result<ActorRow, AppError> {
    let found = face.app().reads(Viewer::Anonymous).run(move |reads| {
        let actor = reads.actor(&uri)?;
        reads.local_actor_by_uid(&actor.uid)
    });
    Ok(found.await?)
}

fn open_json(document: &Value, media_type: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media_type))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .body(document.to_string())
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
    let actor = face.app().reads(Viewer::Anonymous).run(|reads| reads.node_actor()).await;
    let mut links = vec![json!({
        "rel": "http://nodeinfo.diaspora.software/ns/schema/2.1",
        "href": face.app().addresses().url("/nodeinfo/2.1"),
    })];
    if let Ok(actor) = actor {
        // FEP-2677: the actor of the application.
        links.push(json!({ "rel": "https://www.w3.org/ns/activitystreams#Application", "href": actor.uri }));
    }
    open_json(&json!({ "links": links }), "application/json; charset=utf-8")
}

/// GET /nodeinfo/2.1
pub async fn nodeinfo(face: web::Data<Face>) -> HttpResponse {
    let found = face.app().reads(Viewer::Anonymous).run(|reads| {
        let name = reads.node()?.map(|node| node.name).unwrap_or_default();
        let services = reads.services()?;
        let mut items = 0;
        for service in &services {
            items += reads.count_outbox(service.id)?;
        }
        Ok((name, services.len(), items))
    });
    let (name, services, items) = match found.await {
        Ok(found) => found,
        Err(error) => return failed(&error.into()),
    };
    let document = json!({
        "version": "2.1",
        "software": { "name": "maillage", "version": env!("CARGO_PKG_VERSION") },
        "protocols": ["activitypub"],
        "services": { "inbound": ["atom1.0", "rss2.0"], "outbound": ["atom1.0", "rss2.0"] },
        "openRegistrations": false,
        "usage": { "users": { "total": services }, "localPosts": items },
        "metadata": { "nodeName": name },
    });
    open_json(
        &document,
        "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/2.1#\"; charset=utf-8",
    )
}
