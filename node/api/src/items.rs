//! Items: lists, one, entering and correcting them.

use crate::answer::{Page, created};
use crate::body::Posted;
use crate::caller::Visitor;
use crate::item::Item;
use crate::item_list::{self, Narrowing, Paging, Standing};
use crate::parameters::Parameters;
use crate::problem::Problem;
use actix_web::{HttpResponse, get, post, put, web};
use maillage_app::entry::ItemForm;
use maillage_domain::field::Fields;
use maillage_store::read::EntryQuery;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

/// An item to be entered.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewItem {
    /// Values by field name, each in the JSON form of its kind (see `GET /service-types`); rich text
    /// as HTML, which is cleaned. A title is enough for a draft.
    #[schema(value_type = Object)]
    fields: Fields,
    /// ISO 639-1; `fr` when nothing is said.
    language: Option<String>,
    /// SPDX identifier or URL; the service's when nothing is said.
    licence: Option<String>,
}

/// An item as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SavedItem {
    /// Every value by field name: what is left out is emptied.
    #[schema(value_type = Object)]
    fields: Fields,
    /// ISO 639-1; as it was when nothing is said.
    language: Option<String>,
    /// SPDX identifier or URL; as it was when nothing is said.
    licence: Option<String>,
    /// `revision.seen` of the item that was edited: refused (409) when somebody else has saved since.
    seen: Option<i64>,
}

/// The services that a list is of.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct OfServices {
    /// A service's slug; every service that the caller sees when nothing is said.
    service: Option<Vec<String>>,
}

/// Items of one service: published ones for everybody who sees the service, others for who works on
/// them.
#[utoipa::path(
    tag = "items",
    summary = "Items of a service",
    params(("slug" = String, Path, description = "Short name of the service"), Standing, Narrowing, Paging),
    responses((status = 200, description = "Latest publication first", body = Page<Item>)),
    security((), ("bearer" = [])),
)]
#[get("/services/{slug}/items")]
pub async fn list_service_items(
    visitor: Visitor,
    slug: web::Path<String>,
    asked: Parameters,
) -> Result<web::Json<Page<Item>>, Problem> {
    list(&visitor, vec![slug.into_inner()], asked).await
}

/// Items of every service that the caller sees.
#[utoipa::path(
    tag = "items",
    summary = "Items",
    params(OfServices, Standing, Narrowing, Paging),
    responses((status = 200, description = "Latest publication first", body = Page<Item>)),
    security((), ("bearer" = [])),
)]
#[get("/items")]
pub async fn list_items(visitor: Visitor, mut asked: Parameters) -> Result<web::Json<Page<Item>>, Problem> {
    let services = asked.many("service");
    list(&visitor, services, asked).await
}

async fn list(
    visitor: &Visitor,
    services: Vec<String>,
    mut asked: Parameters,
) -> Result<web::Json<Page<Item>>, Problem> {
    let mut query = EntryQuery { chosen: item_list::narrowing(&mut asked)?, ..EntryQuery::default() };
    query.words = item_list::words(&mut asked)?;
    item_list::standing(&mut asked, &mut query)?;
    item_list::paging(&mut asked, &mut query)?;
    asked.finish()?;
    if !services.is_empty() {
        let keys = visitor.read(move |reads| {
            services.iter().map(|slug| reads.service(slug).map(|service| service.id)).collect()
        });
        query.services = Some(keys.await?);
    }
    Ok(web::Json(item_list::page(visitor, query).await?))
}

/// One item. Who works on it is told its latest revision and what was decided.
#[utoipa::path(
    tag = "items",
    summary = "An item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    responses((status = 200, description = "The item", body = Item)),
    security((), ("bearer" = [])),
)]
#[get("/items/{id}")]
pub async fn get_item(visitor: Visitor, id: web::Path<String>) -> Result<web::Json<Item>, Problem> {
    Ok(web::Json(Item::read(&visitor, &id).await?))
}

/// Enters an item in a service, as a draft.
#[utoipa::path(
    tag = "items",
    summary = "Enter an item",
    params(("slug" = String, Path, description = "Short name of the service")),
    request_body = NewItem,
    responses((status = 201, description = "The draft; `Location` says where it is", body = Item)),
    security(("bearer" = [])),
)]
#[post("/services/{slug}/items")]
pub async fn create_item(posted: Posted<NewItem>, slug: web::Path<String>) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    signed.sees_service(&slug).await?;
    let form = ItemForm { fields: form.fields, language: form.language, licence: form.licence };
    let entry = signed.app().create_item(&signed.caller, &slug, form).await?;
    let item = Item::read(signed.visitor(), &entry.uid).await?;
    Ok(created(&format!("/items/{}", entry.uid), &item))
}

/// Saves an item. What is published stays as it is: a change of it is a new revision, which waits
/// for a moderator once it is submitted.
#[utoipa::path(
    tag = "items",
    summary = "Save an item",
    params(("id" = String, Path, description = "Id of the item in this API")),
    request_body = SavedItem,
    responses((status = 200, description = "The item, with the revision that was written", body = Item)),
    security(("bearer" = [])),
)]
#[put("/items/{id}")]
pub async fn save_item(posted: Posted<SavedItem>, id: web::Path<String>) -> Result<web::Json<Item>, Problem> {
    let Posted { signed, form } = posted;
    let asked = id.clone();
    let detail = signed.read(move |reads| reads.entry(&asked)).await?;
    let latest = detail.revisions.into_iter().next();
    let (language, licence) = latest.map(|row| (row.language, row.licence)).unzip();
    let saved = ItemForm {
        fields: form.fields,
        language: form.language.or(language),
        licence: form.licence.or(licence),
    };
    signed.app().save_item(&signed.caller, &id, saved, form.seen).await?;
    Ok(web::Json(Item::read(signed.visitor(), &id).await?))
}
