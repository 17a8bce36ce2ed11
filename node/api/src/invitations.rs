//! Invitations by mail, for administrators and for managers of services.

use crate::answer::{Page, Part, created, done};
use crate::body::Posted;
use crate::caller::{Signed, for_those_in_charge};
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::words;
use actix_web::{HttpResponse, delete, get, post, web};
use maillage_app::invitation::InvitationForm;
use maillage_domain::message::Locale;
use maillage_domain::role::Role;
use maillage_store::StoreError;
use maillage_store::read::InvitationView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An invitation that was neither used nor taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct Invitation {
    /// Its id.
    pub id: String,
    /// E-mail address.
    pub email: String,
    /// Name of the organisation that the account will belong to.
    pub organisation_name: String,
    /// Whether the account will administer the node.
    pub administrator: bool,
    /// The roles it will have.
    pub roles: Vec<InvitedRole>,
    /// Name of who invites; null for the node itself.
    pub invited_by: Option<String>,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it may be used.
    pub expires_at: Moment,
}

/// A role in a service.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitedRole {
    /// Short name of the service.
    pub service: String,
    /// The role.
    #[schema(value_type = words::Role)]
    pub role: Role,
}

/// Whom to invite to what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// E-mail address.
    #[schema(format = "email", min_length = 3)]
    email: String,
    /// Language of the mail: `fr` or `en`.
    #[serde(default)]
    #[schema(value_type = String)]
    language: Locale,
    /// Whether the account will administer the node.
    #[serde(default)]
    administrator: bool,
    /// Id of its organisation; that of who invites when nothing is said.
    organisation: Option<String>,
    /// The roles it will have.
    #[serde(default)]
    roles: Vec<InvitedRole>,
}

/// Invitations: all of them for administrators, those to their services for managers.
#[utoipa::path(
    tag = "people",
    summary = "Invitations",
    params(Paging),
    responses((status = 200, description = "Latest first", body = Page<Invitation>)),
    security(("bearer" = [])),
)]
#[get("/invitations")]
pub async fn list_invitations(
    signed: Signed,
    asked: Parameters,
) -> Result<web::Json<Page<Invitation>>, Problem> {
    let part = Part::of(asked)?;
    let read = signed.read(move |reads| {
        if !reads.manages_any()? {
            return Err(StoreError::NotFound);
        }
        reads.invitations()
    });
    let views = for_those_in_charge(read.await)?;
    Ok(web::Json(Page::part(views.into_iter().map(Invitation::of).collect(), &part)))
}

/// Invites somebody. The link goes by mail alone.
#[utoipa::path(
    tag = "people",
    summary = "Invite somebody",
    request_body = NewInvitation,
    responses((status = 201, description = "The invitation, on its way", body = Invitation)),
    security(("bearer" = [])),
)]
#[post("/invitations")]
pub async fn create_invitation(posted: Posted<NewInvitation>) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    let form = InvitationForm {
        email: form.email,
        locale: form.language,
        administrator: form.administrator,
        organisation: form.organisation,
        roles: form.roles.into_iter().map(|given| (given.service, given.role)).collect(),
    };
    let row = signed.app().invite(&signed.caller, form).await?;
    let view = signed.read(move |reads| reads.invitation(&row.uid)).await?;
    Ok(created("/invitations", &Invitation::of(view)))
}

/// Sends an invitation again, with a new link.
#[utoipa::path(
    tag = "people",
    summary = "Send an invitation again",
    params(("id" = String, Path, description = "Id of the invitation")),
    responses((status = 200, description = "The invitation, on its way", body = Invitation)),
    security(("bearer" = [])),
)]
#[post("/invitations/{id}/send")]
pub async fn send_invitation(
    signed: Signed,
    id: web::Path<String>,
) -> Result<web::Json<Invitation>, Problem> {
    let id = id.into_inner();
    let seen = id.clone();
    signed.read(move |reads| reads.invitation(&seen).map(drop)).await?;
    signed.app().invite_again(&signed.caller, &id).await?;
    Ok(web::Json(Invitation::of(signed.read(move |reads| reads.invitation(&id)).await?)))
}

/// Takes an invitation back.
#[utoipa::path(
    tag = "people",
    summary = "Take an invitation back",
    params(("id" = String, Path, description = "Id of the invitation")),
    responses((status = 204, description = "Its link no longer works")),
    security(("bearer" = [])),
)]
#[delete("/invitations/{id}")]
pub async fn delete_invitation(signed: Signed, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    let seen = id.clone();
    signed.read(move |reads| reads.invitation(&seen).map(drop)).await?;
    signed.app().take_invitation_back(&signed.caller, &id).await?;
    Ok(done())
}

impl Invitation {
    fn of(view: InvitationView) -> Self {
        let row = view.invitation;
        let roles = view.roles.into_iter();
        Self {
            id: row.uid,
            email: row.email,
            organisation_name: view.organisation,
            administrator: row.administrator,
            roles: roles.map(|(service, role)| InvitedRole { service: service.slug, role }).collect(),
            invited_by: view.invited_by,
            created_at: Moment(row.created_at),
            expires_at: Moment(row.expires_at),
        }
    }
}
