//! Placements: the services that a site shows, and what of them.

use crate::answer::{created, done};
use crate::body::{Object, Posted};
use crate::caller::Signed;
use crate::problem::Problem;
use crate::words;
use actix_web::{HttpResponse, delete, post, put, web};
use maillage_app::site::PlacementForm;
use maillage_domain::site::{ListFilter, Order};
use maillage_store::StoreError;
use maillage_store::read::PlacementView;
use maillage_store::rows::PlacementRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A service shown on a site.
#[derive(Debug, Serialize, ToSchema)]
pub struct Placement {
    /// Its id.
    pub id: String,
    /// Slug of the service.
    pub service: String,
    /// Title of the section.
    pub title: String,
    /// What is shown of the service.
    #[schema(value_type = words::ListFilter)]
    pub filter: ListFilter,
    /// In which order.
    #[schema(value_type = words::Order)]
    pub order: Order,
    /// Its place on the site, from 1.
    pub position: i64,
}

/// A service to be shown on a site.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPlacement {
    /// Slug of the service.
    service: String,
    /// Title of the section; the service's when empty.
    #[serde(default)]
    title: String,
    /// What is shown of the service; everything when nothing is said.
    #[serde(default)]
    #[schema(value_type = Option<words::ListFilter>)]
    filter: Object<ListFilter>,
    /// In which order; the type's own when nothing is said.
    #[schema(value_type = Option<words::Order>)]
    order: Option<Order>,
}

/// What a placement shows from now on. Its service stays: another one is another placement.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlacementSettings {
    /// Title of the section; the service's when empty.
    #[serde(default)]
    title: String,
    /// What is shown of the service; everything when nothing is said.
    #[serde(default)]
    #[schema(value_type = Option<words::ListFilter>)]
    filter: Object<ListFilter>,
    /// In which order; the present one when nothing is said.
    #[schema(value_type = Option<words::Order>)]
    order: Option<Order>,
}

/// Which way a placement goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlacementMove {
    /// Before the one above it; behind the one below it when false.
    up: bool,
}

/// Shows a service on a site, after what it shows already.
#[utoipa::path(
    tag = "sites",
    summary = "Show a service on a site",
    params(("slug" = String, Path, description = "Short name of the site")),
    request_body = NewPlacement,
    responses((status = 201, description = "The placement", body = Placement)),
    security(("bearer" = [])),
)]
#[post("/sites/{slug}/placements")]
pub async fn create_placement(
    posted: Posted<NewPlacement>,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    let site = slug.clone();
    signed.read(move |reads| reads.site(&site).map(drop)).await?;
    let service = form.service.clone();
    let placed =
        PlacementForm { service: form.service, title: form.title, filter: form.filter.0, order: form.order };
    let row = signed.app().add_placement(&signed.caller, &slug, placed).await?;
    Ok(created(&format!("/sites/{slug}"), &Placement::new(row, service)?))
}

/// Changes what a placement shows and how. Title and filter are said anew; the service stays.
#[utoipa::path(
    tag = "sites",
    summary = "Change a placement",
    params(("id" = String, Path, description = "Id of the placement")),
    request_body = PlacementSettings,
    responses((status = 200, description = "The placement as it is now", body = Placement)),
    security(("bearer" = [])),
)]
#[put("/placements/{id}")]
pub async fn change_placement(
    posted: Posted<PlacementSettings>,
    id: web::Path<String>,
) -> Result<web::Json<Placement>, Problem> {
    let Posted { signed, form } = posted;
    let settings = PlacementForm {
        title: form.title,
        filter: form.filter.0,
        order: form.order,
        ..PlacementForm::default()
    };
    let view = signed.app().change_placement(&signed.caller, &id, settings).await?;
    Ok(web::Json(Placement::of(view)?))
}

/// Moves a placement before the one above it, or behind the one below it. At either end nothing changes.
#[utoipa::path(
    tag = "sites",
    summary = "Move a placement",
    params(("id" = String, Path, description = "Id of the placement")),
    request_body = PlacementMove,
    responses((status = 200, description = "The placement where it is now", body = Placement)),
    security(("bearer" = [])),
)]
#[post("/placements/{id}/move")]
pub async fn move_placement(
    posted: Posted<PlacementMove>,
    id: web::Path<String>,
) -> Result<web::Json<Placement>, Problem> {
    let Posted { signed, form } = posted;
    let view = signed.app().move_placement(&signed.caller, &id, form.up).await?;
    Ok(web::Json(Placement::of(view)?))
}

/// Takes a service off a site.
#[utoipa::path(
    tag = "sites",
    summary = "Take a service off a site",
    params(("id" = String, Path, description = "Id of the placement")),
    responses((status = 204, description = "It is not shown there any more")),
    security(("bearer" = [])),
)]
#[delete("/placements/{id}")]
pub async fn delete_placement(signed: Signed, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    signed.app().delete_placement(&signed.caller, &id).await?;
    Ok(done())
}

impl Placement {
    /// A placement of a site that is shown.
    ///
    /// # Errors
    /// What is stored in no readable form.
    pub fn of(view: PlacementView) -> Result<Self, StoreError> {
        Self::new(view.placement, view.service.slug)
    }

    fn new(row: PlacementRow, service: String) -> Result<Self, StoreError> {
        Ok(Self {
            filter: filter(&row)?,
            order: order(&row)?,
            id: row.uid,
            service,
            title: row.title,
            position: row.position,
        })
    }
}

/// What a placement shows.
///
/// # Errors
/// What is stored in no readable form.
pub fn filter(row: &PlacementRow) -> Result<ListFilter, StoreError> {
    serde_json::from_str(&row.filter).map_err(|_| StoreError::corrupt("placements.filter"))
}

/// The order of a placement.
///
/// # Errors
/// What is stored in no readable form.
pub fn order(row: &PlacementRow) -> Result<Order, StoreError> {
    Order::ALL
        .into_iter()
        .find(|order| order.as_str() == row.sort_order)
        .ok_or_else(|| StoreError::corrupt("placements.sort_order"))
}
