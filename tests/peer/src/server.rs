//! The HTTP server: actors, their collections and objects, WebFinger, inboxes.

use crate::actor::ActorData;
use crate::peer::{State, held};
use crate::verify::verify;
use crate::{Message, Reply, Seen, inbox};
use actix_web::dev::ServerHandle;
use actix_web::http::StatusCode;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::{Context, Result, anyhow};
use futures_util::StreamExt;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

/// The largest body that is read, in bytes.
const MAX_BODY: usize = 4 * 1024 * 1024;

/// Serves on a thread of its own.
pub fn start(listener: TcpListener, state: Arc<State>) -> Result<(ServerHandle, JoinHandle<()>)> {
    let (send, receive) = mpsc::channel();
    let thread = std::thread::Builder::new().name("peer".to_owned()).spawn(move || {
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
    Ok((receive.recv().context("the peer's server")??, thread))
}

async fn answer(request: HttpRequest, payload: web::Payload, state: web::Data<State>) -> HttpResponse {
    let Ok(message) = read(&request, payload).await else { return HttpResponse::BadRequest().finish() };
    let path = message.target.split('?').next().unwrap_or_default().to_owned();
    let prescribed = held(&state.replies).get(&path).cloned();
    let reply = match prescribed {
        Some(reply) => {
            held(&state.seen).push(Seen { status: reply.status, message });
            reply
        }
        None if message.method == "POST" && path.ends_with("/inbox") => inbox::take(&state, message).await,
        None => {
            let reply = document(&state, &message, &path).await.unwrap_or_else(|error| Reply {
                body: format!("{error:#}").into_bytes(),
                ..Reply::status(500)
            });
            held(&state.seen).push(Seen { status: reply.status, message });
            reply
        }
    };
    actix_web::rt::time::sleep(reply.after).await;
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    for (name, value) in reply.headers {
        response.append_header((name, value));
    }
    response.body(reply.body)
}

/// Reads a request as it came.
pub(crate) async fn read(request: &HttpRequest, mut payload: web::Payload) -> Result<Message> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| anyhow!("{error}"))?;
        if body.len() + chunk.len() > MAX_BODY {
            return Err(anyhow!("too large"));
        }
        body.extend_from_slice(&chunk);
    }
    let text =
        |value: &actix_web::http::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let headers = request.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
    let target = request.uri().path_and_query().map_or("/", |target| target.as_str()).to_owned();
    Ok(Message { method: request.method().to_string(), target, headers, body })
}

fn json(status: u16, media_type: &str, document: &Value) -> Reply {
    Reply { status, ..Reply::body(media_type, document.to_string()) }
}

fn activity_json(document: &Value) -> Reply {
    json(200, "application/activity+json; charset=utf-8", document)
}

async fn document(state: &State, message: &Message, path: &str) -> Result<Reply> {
    if path == "/.well-known/webfinger" {
        return Ok(webfinger(state, &message.target));
    }
    let object = held(&state.objects).get(path).cloned();
    if let Some(object) = object {
        let status = if object["type"] == "Tombstone" { 410 } else { 200 };
        return Ok(json(status, "application/activity+json; charset=utf-8", &object));
    }
    let mut parts = path.strip_prefix("/users/").unwrap_or_default().splitn(2, '/');
    let actor = held(&state.actors).get(parts.next().unwrap_or_default()).cloned();
    let Some(actor) = actor else { return Ok(Reply::status(404)) };
    let part = parts.next();
    if part == Some("main-key") {
        return Ok(activity_json(&actor.stripped(&state.base)?));
    }
    if actor.style.secure
        && let Err(error) = verify(state, message).await
    {
        return Ok(Reply { body: format!("{error:#}").into_bytes(), ..Reply::status(401) });
    }
    Ok(match part {
        None => activity_json(&actor.document(&state.base)?),
        Some("outbox") => activity_json(&outbox(state, &actor, message.target.contains("page="))),
        Some("followers" | "following") => activity_json(&json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": format!("{}{path}", state.base),
            "type": "OrderedCollection",
            "totalItems": 0,
        })),
        Some(_) => Reply::status(404),
    })
}

fn webfinger(state: &State, target: &str) -> Reply {
    let resource = target.split("resource=").nth(1).unwrap_or_default();
    let resource = resource.replace("%3A", ":").replace("%40", "@");
    let name = resource.trim_start_matches("acct:").split('@').next().unwrap_or_default().to_owned();
    let Some(actor) = held(&state.actors).get(&name).cloned() else { return Reply::status(404) };
    let id = actor.id(&state.base);
    let document = json!({
        "subject": format!("acct:{name}@{}", state.host()),
        "aliases": [format!("{}/@{name}", state.base), id],
        "links": [
            { "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": format!("{}/@{name}", state.base) },
            { "rel": "self", "type": "application/activity+json", "href": id },
        ],
    });
    json(200, "application/jrd+json; charset=utf-8", &document)
}

fn outbox(state: &State, actor: &ActorData, paged: bool) -> Value {
    let own = actor.id(&state.base);
    let id = format!("{own}/outbox");
    let objects = held(&state.objects);
    let mine: Vec<&Value> =
        objects.values().filter(|object| object["attributedTo"] == own.as_str()).collect();
    if !paged {
        return json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": id,
            "type": "OrderedCollection",
            "totalItems": mine.len(),
            "first": format!("{id}?page=true"),
        });
    }
    let create = |object: &&Value| {
        json!({
            "id": format!("{}/activity", object["id"].as_str().unwrap_or_default()),
            "type": "Create",
            "actor": own,
            "published": object["published"],
            "to": object["to"],
            "object": object,
        })
    };
    json!({
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": format!("{id}?page=true"),
        "type": "OrderedCollectionPage",
        "partOf": id,
        "orderedItems": mine.iter().rev().map(create).collect::<Vec<_>>(),
    })
}
