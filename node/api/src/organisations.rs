//! Organisations: the bodies that take part, with or without a node of their own.

use crate::answer::{Page, Part, created};
use crate::body::Posted;
use crate::caller::Signed;
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use actix_web::{HttpResponse, get, post, put, web};
use maillage_app::organisation::OrganisationForm;
use maillage_store::rows::OrganisationRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An organisation.
#[derive(Debug, Serialize, ToSchema)]
pub struct Organisation {
    /// Its id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Web site.
    pub url: Option<String>,
    /// Code of its territory, such as `departement:58`.
    pub territory: Option<String>,
    /// When it was added.
    pub created_at: Moment,
}

/// What is said of an organisation: one to be added, or all of one as it is from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOrganisation {
    /// Name, at most 200 characters.
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// Web site.
    #[serde(default)]
    url: String,
    /// Territory: a place code or the number of a département.
    #[serde(default)]
    territory: String,
}

/// Organisations, for accounts of the node.
#[utoipa::path(
    tag = "people",
    summary = "Organisations",
    params(Paging),
    responses((status = 200, description = "Every organisation, by name", body = Page<Organisation>)),
    security(("bearer" = [])),
)]
#[get("/organisations")]
pub async fn list_organisations(
    signed: Signed,
    asked: Parameters,
) -> Result<web::Json<Page<Organisation>>, Problem> {
    let part = Part::of(asked)?;
    let rows = signed.read(|reads| reads.organisations()).await?;
    Ok(web::Json(Page::part(rows.into_iter().map(Organisation::of).collect(), &part)))
}

/// Adds an organisation.
#[utoipa::path(
    tag = "people",
    summary = "Add an organisation",
    request_body = NewOrganisation,
    responses((status = 201, description = "The organisation", body = Organisation)),
    security(("bearer" = [])),
)]
#[post("/organisations")]
pub async fn create_organisation(posted: Posted<NewOrganisation>) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    let row = signed.app().add_organisation(&signed.caller, form.into()).await?;
    Ok(created("/organisations", &Organisation::of(row)))
}

/// Changes an organisation: everything of it is said anew, and what is left out is emptied. Items
/// published from now on carry the new name.
#[utoipa::path(
    tag = "people",
    summary = "Change an organisation",
    params(("id" = String, Path, description = "Id of the organisation")),
    request_body = NewOrganisation,
    responses((status = 200, description = "The organisation as it is now", body = Organisation)),
    security(("bearer" = [])),
)]
#[put("/organisations/{id}")]
pub async fn change_organisation(
    posted: Posted<NewOrganisation>,
    id: web::Path<String>,
) -> Result<web::Json<Organisation>, Problem> {
    let Posted { signed, form } = posted;
    let row = signed.app().change_organisation(&signed.caller, &id, form.into()).await?;
    Ok(web::Json(Organisation::of(row)))
}

impl From<NewOrganisation> for OrganisationForm {
    fn from(said: NewOrganisation) -> Self {
        Self { name: said.name, url: said.url, territory: said.territory }
    }
}

impl Organisation {
    fn of(row: OrganisationRow) -> Self {
        Self {
            id: row.uid,
            name: row.name,
            url: row.url,
            territory: row.territory,
            created_at: Moment(row.created_at),
        }
    }
}
