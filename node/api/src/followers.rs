//! Followers of our services: who they are, approving and refusing them.

use crate::answer::{Page, cut, done};
use crate::caller::{Signed, for_those_in_charge};
use crate::cursor::{self, Kind};
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::words;
use actix_web::{HttpResponse, get, post, web};
use maillage_store::read::FollowerView;
use serde::Serialize;
use utoipa::ToSchema;

/// An actor that follows one of our services.
#[derive(Debug, Serialize, ToSchema)]
pub struct Follower {
    /// Its id.
    pub id: String,
    /// Where it stands; network-only services approve each one.
    #[schema(value_type = words::Follow)]
    pub state: String,
    /// Id of the actor.
    pub uri: String,
    /// Its address.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// Host of its server.
    pub host: String,
    /// Its page.
    pub url: Option<String>,
    /// Since when.
    pub since: Moment,
}

/// Followers of a service, for those who moderate it.
#[utoipa::path(
    tag = "federation",
    summary = "Followers of a service",
    params(("slug" = String, Path, description = "Short name of the service"), Paging),
    responses((status = 200, description = "Latest first", body = Page<Follower>)),
    security(("bearer" = [])),
)]
#[get("/services/{slug}/followers")]
pub async fn list_followers(
    signed: Signed,
    slug: web::Path<String>,
    mut asked: Parameters,
) -> Result<web::Json<Page<Follower>>, Problem> {
    let limit = asked.limit()?;
    let after = asked.one("cursor")?.map(|text| cursor::read(Kind::Key, &text)).transpose()?;
    asked.finish()?;
    let service = signed.read(move |reads| reads.service(&slug)).await?;
    let rows =
        signed.read(move |reads| reads.followers_after(service.id, after.map(|(_, id)| id), limit + 1)).await;
    let mut rows = for_those_in_charge(rows)?;
    let next = cut(&mut rows, limit, |last| cursor::write(Kind::Key, 0, last.follower.id));
    Ok(web::Json(Page { items: rows.into_iter().map(Follower::of).collect(), next }))
}

/// Accepts a follower that waits.
#[utoipa::path(
    tag = "federation",
    summary = "Accept a follower",
    params(("id" = String, Path, description = "Id of the follower")),
    responses((status = 200, description = "The follower, accepted", body = Follower)),
    security(("bearer" = [])),
)]
#[post("/followers/{id}/accept")]
pub async fn accept_follower(signed: Signed, id: web::Path<String>) -> Result<web::Json<Follower>, Problem> {
    read(&signed, &id).await?;
    signed.app().accept_follower(&signed.caller, &id).await?;
    Ok(web::Json(read(&signed, &id).await?))
}

/// Refuses a follower, or removes one that had been accepted: it is told, and gets nothing more.
#[utoipa::path(
    tag = "federation",
    summary = "Refuse or remove a follower",
    params(("id" = String, Path, description = "Id of the follower")),
    responses((status = 204, description = "It is no follower any more")),
    security(("bearer" = [])),
)]
#[post("/followers/{id}/reject")]
pub async fn reject_follower(signed: Signed, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    read(&signed, &id).await?;
    signed.app().reject_follower(&signed.caller, &id).await?;
    Ok(done())
}

async fn read(signed: &Signed, id: &str) -> Result<Follower, Problem> {
    let id = id.to_owned();
    signed.read(move |reads| reads.follower(&id).map(Follower::of)).await
}

impl Follower {
    fn of(view: FollowerView) -> Self {
        let FollowerView { follower, actor } = view;
        Self {
            id: follower.uid,
            state: follower.state,
            handle: format!("@{}@{}", actor.username, actor.host),
            uri: actor.uri,
            name: actor.name,
            host: actor.host,
            url: actor.url,
            since: Moment(follower.created_at),
        }
    }
}
