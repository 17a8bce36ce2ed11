//! Members of a service and their roles.

use crate::answer::{Page, Part, done};
use crate::body::Posted;
use crate::caller::{Signed, for_those_in_charge};
use crate::item_list::Paging;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::words;
use actix_web::{HttpResponse, delete, get, put, web};
use maillage_domain::role::Role;
use maillage_store::read::MemberView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A member of a service.
#[derive(Debug, Serialize, ToSchema)]
pub struct Member {
    /// E-mail address of the account.
    pub email: String,
    /// Name shown to others.
    pub name: String,
    /// Name of its organisation.
    pub organisation: String,
    /// Its role.
    #[schema(value_type = words::Role)]
    pub role: Role,
}

/// The role that a member gets.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Membership {
    /// The role.
    #[schema(value_type = words::Role)]
    role: Role,
}

/// The members of a service, for those who moderate it.
#[utoipa::path(
    tag = "services",
    summary = "Members of a service",
    params(("slug" = String, Path, description = "Short name of the service"), Paging),
    responses((status = 200, description = "Every member, by name", body = Page<Member>)),
    security(("bearer" = [])),
)]
#[get("/services/{slug}/members")]
pub async fn list_members(
    signed: Signed,
    slug: web::Path<String>,
    asked: Parameters,
) -> Result<web::Json<Page<Member>>, Problem> {
    let part = Part::of(asked)?;
    Ok(web::Json(Page::part(members(&signed, slug.into_inner()).await?, &part)))
}

/// Gives an account of the node a role in a service.
#[utoipa::path(
    tag = "services",
    summary = "Give somebody a role",
    params(
        ("slug" = String, Path, description = "Short name of the service"),
        ("email" = String, Path, description = "E-mail address of an account of the node"),
    ),
    request_body = Membership,
    responses((status = 200, description = "The member", body = Member)),
    security(("bearer" = [])),
)]
#[put("/services/{slug}/members/{email}")]
pub async fn put_member(
    posted: Posted<Membership>,
    path: web::Path<(String, String)>,
) -> Result<web::Json<Member>, Problem> {
    let Posted { signed, form } = posted;
    let (slug, email) = path.into_inner();
    signed.sees_service(&slug).await?;
    signed.app().set_role(&signed.caller, &slug, &email, Some(form.role)).await?;
    let folded = email.trim().to_lowercase();
    let now = members(&signed, slug).await?;
    let member = now.into_iter().find(|member| member.email.to_lowercase() == folded);
    Ok(web::Json(member.ok_or_else(Problem::not_found)?))
}

/// Takes an account's role in a service away.
#[utoipa::path(
    tag = "services",
    summary = "Take somebody's role away",
    params(
        ("slug" = String, Path, description = "Short name of the service"),
        ("email" = String, Path, description = "E-mail address of an account of the node"),
    ),
    responses((status = 204, description = "It has no role there")),
    security(("bearer" = [])),
)]
#[delete("/services/{slug}/members/{email}")]
pub async fn delete_member(
    signed: Signed,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (slug, email) = path.into_inner();
    signed.sees_service(&slug).await?;
    signed.app().set_role(&signed.caller, &slug, &email, None).await?;
    Ok(done())
}

async fn members(signed: &Signed, slug: String) -> Result<Vec<Member>, Problem> {
    let service = signed.read(move |reads| reads.service(&slug)).await?;
    let members = for_those_in_charge(signed.read(move |reads| reads.members(service.id)).await)?;
    Ok(members.into_iter().map(Member::of).collect())
}

impl Member {
    fn of(view: MemberView) -> Self {
        Self {
            email: view.account.email,
            name: view.account.display_name,
            organisation: view.organisation,
            role: view.role,
        }
    }
}
