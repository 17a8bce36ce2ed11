//! Steps of the editorial workflow: submit, take back, publish now or later, decline, withdraw.

use crate::body::MayPost;
use crate::caller::Signed;
use crate::item::Item;
use crate::problem::Problem;
use actix_web::{post, web};
use chrono::{DateTime, Utc};
use maillage_app::moderation::Decision;
use maillage_domain::workflow::Transition;
use serde::Deserialize;
use utoipa::ToSchema;

/// Why a step is taken.
#[derive(Deserialize, Default, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The reason: needed to decline, kept when withdrawing.
    #[serde(default)]
    reason: String,
}

/// How something is published.
#[derive(Deserialize, Default, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// A remark, kept with the decision.
    #[serde(default)]
    reason: String,
    /// When it is to be published (RFC 3339); at once when nothing is said.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<DateTime<Utc>>,
    /// Points of the type's checklist that were checked, by number from 0.
    #[serde(default)]
    ticked: Vec<usize>,
}

/// Hands a draft, or a correction, over to the moderators.
#[utoipa::path(
    tag = "items",
    summary = "Submit an item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    request_body(content = Option<Reason>, description = "May be left out"),
    responses((status = 200, description = "The item, waiting", body = Item)),
    security(("bearer" = [])),
)]
#[post("/items/{id}/submit")]
pub async fn submit_item(posted: MayPost<Reason>, id: web::Path<String>) -> Result<web::Json<Item>, Problem> {
    step(posted, &id, Transition::Submit).await
}

/// Publishes what waits, now or at a moment. Nobody publishes an item of their own, unless the service
/// allows it; every point of the type's checklist has to be ticked.
#[utoipa::path(
    tag = "items",
    summary = "Publish an item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    request_body(content = Option<Publication>, description = "May be left out"),
    responses((status = 200, description = "The item, published or to be published", body = Item)),
    security(("bearer" = [])),
)]
#[post("/items/{id}/publish")]
pub async fn publish_item(
    posted: MayPost<Publication>,
    id: web::Path<String>,
) -> Result<web::Json<Item>, Problem> {
    let MayPost { signed, form: Publication { reason, at, ticked } } = posted;
    seen(&signed, &id).await?;
    let decision = Decision { reason, at, ticked, ..Decision::default() };
    signed.app().decide_on(&signed.caller, &id, Transition::Publish, decision).await?;
    Ok(web::Json(Item::read(signed.visitor(), &id).await?))
}

/// Cancels a publication that was set for later: the item waits for a decision again.
#[utoipa::path(
    tag = "items",
    summary = "Cancel a publication",
    params(("id" = String, Path, description = "Id of the item in this API")),
    responses((status = 200, description = "The item, waiting", body = Item)),
    security(("bearer" = [])),
)]
#[post("/items/{id}/unschedule")]
pub async fn unschedule_item(signed: Signed, id: web::Path<String>) -> Result<web::Json<Item>, Problem> {
    seen(&signed, &id).await?;
    signed.app().unschedule(&signed.caller, &id).await?;
    Ok(web::Json(Item::read(signed.visitor(), &id).await?))
}

/// Takes a submission back: what waited is a draft again. For who had a hand in it.
#[utoipa::path(
    tag = "items",
    summary = "Take a submission back",
    params(("id" = String, Path, description = "Id of the item in this API")),
    responses((status = 200, description = "The item, a draft", body = Item)),
    security(("bearer" = [])),
)]
#[post("/items/{id}/take-back")]
pub async fn take_item_back(signed: Signed, id: web::Path<String>) -> Result<web::Json<Item>, Problem> {
    seen(&signed, &id).await?;
    signed.app().take_back(&signed.caller, &id).await?;
    Ok(web::Json(Item::read(signed.visitor(), &id).await?))
}

/// Refuses what waits, with a reason. A refused correction leaves what is published as it is.
#[utoipa::path(
    tag = "items",
    summary = "Decline an item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    request_body(content = Reason, description = "The reason, for the author"),
    responses((status = 200, description = "The item, declined", body = Item)),
    security(("bearer" = [])),
)]
#[post("/items/{id}/decline")]
pub async fn decline_item(
    posted: MayPost<Reason>,
    id: web::Path<String>,
) -> Result<web::Json<Item>, Problem> {
    step(posted, &id, Transition::Decline).await
}

/// Takes a published item back, with every copy of it; of a received item, our own copy alone.
#[utoipa::path(
    tag = "items",
    summary = "Withdraw an item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    request_body(content = Option<Reason>, description = "May be left out"),
    responses((status = 200, description = "The item, withdrawn", body = Item)),
    security(("bearer" = [])),
)]
#[post("/items/{id}/withdraw")]
pub async fn withdraw_item(
    posted: MayPost<Reason>,
    id: web::Path<String>,
) -> Result<web::Json<Item>, Problem> {
    step(posted, &id, Transition::Withdraw).await
}

async fn step(posted: MayPost<Reason>, id: &str, transition: Transition) -> Result<web::Json<Item>, Problem> {
    let MayPost { signed, form } = posted;
    seen(&signed, id).await?;
    signed.app().transition(&signed.caller, id, transition, &form.reason).await?;
    Ok(web::Json(Item::read(signed.visitor(), id).await?))
}

/// What is hidden from the caller is not there for it, rather than refused to it.
pub(crate) async fn seen(signed: &Signed, id: &str) -> Result<(), Problem> {
    let asked = id.to_owned();
    signed.read(move |reads| reads.entry(&asked).map(drop)).await?;
    Ok(())
}
