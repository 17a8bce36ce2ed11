//! The inboxes: guard, verification, then the activity is carried out.

use super::answer::{failed, nowhere, plain, refused, uid};
use crate::Face;
use crate::activities::{self, ReceiveError};
use crate::guard::{InboundRequest, MAX_BODY_BYTES, Refusal, SignedActivity, read_body, verify};
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::outbound::host_of;
use maillage_domain::viewer::Viewer;

/// POST to the shared inbox.
pub async fn shared(request: HttpRequest, payload: web::Payload, face: web::Data<Face>) -> HttpResponse {
    match verified(&request, payload, &face).await {
        Ok(activity) => carry_out(activity, &face).await,
        Err(refusal) => refused(&refusal),
    }
}

/// POST to one actor's inbox. There is one, where the actor has a face outside; what it takes is the
/// same, since an activity says itself what it is about.
pub async fn own(
    request: HttpRequest,
    path: web::Path<String>,
    payload: web::Payload,
    face: web::Data<Face>,
) -> HttpResponse {
    let Some(uid) = uid(&path) else { return nowhere() };
    let actor = face.app().reads(Viewer::Anonymous).run(move |reads| reads.local_actor_by_uid(&uid)).await;
    match actor {
        Ok(_) => shared(request, payload, face).await,
        Err(error) => failed(&error.into()),
    }
}

/// The activity, proven to be its actor's.
async fn verified(
    request: &HttpRequest,
    payload: web::Payload,
    face: &Face,
) -> Result<SignedActivity, Refusal> {
    let body = read_body(request, payload, MAX_BODY_BYTES).await?;
    let inbound = InboundRequest::from_actix(request, body);
    let federation = face.federation();
    let guarded = federation.guard().check(inbound, face.app().now())?;
    verify(guarded, federation).await
}

/// Carries it out. One that was accepted before changes nothing: each use case notes the activity in
/// the transaction that carries it out.
async fn carry_out(activity: SignedActivity, face: &Face) -> HttpResponse {
    let (id, kind) = (activity.id().to_string(), activity.kind().to_owned());
    let host = host_of(activity.actor().as_str());
    let context = face.context();
    let is_sign_of_life = is_sign_of_life(face, &host, &id).await;
    match activities::receive(activity, &context).await {
        Ok(()) => {
            if is_sign_of_life {
                face.federation().heard_of(&host).await;
            }
            plain(202, "accepted", None)
        }
        Err(error) => {
            let status = error.status();
            tracing::info!(%id, kind, status, %error, "an activity was not carried out");
            plain(status, reason(&error), error.retry_after())
        }
    }
}

/// Whether an activity is to be noted as one: it is not where its host was heard of a moment ago, and
/// where somebody else may have sent the same bytes again.
async fn is_sign_of_life(face: &Face, host: &str, id: &str) -> bool {
    let federation = face.federation();
    federation.memory().may_note_alive(host, federation.millis())
        && matches!(face.app().was_received(id).await, Ok(false))
}

fn reason(error: &ReceiveError) -> &'static str {
    match (error, error.status()) {
        (ReceiveError::Malformed(_), _) => "malformed",
        (ReceiveError::Forbidden(_), _) => "no authority over the object",
        (ReceiveError::Fetch(_), _) => "something it needs could not be fetched",
        (ReceiveError::App(_), 429) => "too many",
        (ReceiveError::App(_), _) => "not carried out",
    }
}
