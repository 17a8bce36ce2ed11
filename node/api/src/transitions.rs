//! Steps of the editorial workflow: submit, publish, decline, withdraw.

use crate::body::MayPost;
use crate::item::Item;
use crate::problem::Problem;
use actix_web::{post, web};
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

/// Publishes what waits. Nobody publishes an item of their own, unless the service allows it.
#[utoipa::path(
    tag = "items",
    summary = "Publish an item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    request_body(content = Option<Reason>, description = "May be left out"),
    responses((status = 200, description = "The item, published", body = Item)),
    security(("bearer" = [])),
)]
#[post("/items/{id}/publish")]
pub async fn publish_item(
    posted: MayPost<Reason>,
    id: web::Path<String>,
) -> Result<web::Json<Item>, Problem> {
    step(posted, &id, Transition::Publish).await
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
    let asked = id.to_owned();
    // What is hidden from the caller is not there for it, rather than refused to it.
    signed.read(move |reads| reads.entry(&asked).map(drop)).await?;
    signed.app().transition(&signed.caller, id, transition, &form.reason).await?;
    Ok(web::Json(Item::read(signed.visitor(), id).await?))
}
