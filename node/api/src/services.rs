//! Services: streams of items of one type, with their charter.

use crate::answer::{Page, Part, created};
use crate::body::Posted;
use crate::caller::Visitor;
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::words;
use actix_web::{HttpResponse, get, patch, post, web};
use maillage_app::address::Addresses;
use maillage_app::service::ServiceForm;
use maillage_domain::role::Role;
use maillage_domain::service::{Charter, Visibility};
use maillage_store::StoreError;
use maillage_store::read::Reads;
use maillage_store::rows::{OrganisationRow, ServiceRow};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// A service.
#[derive(Debug, Serialize, ToSchema)]
pub struct Service {
    /// Permanent short name.
    pub slug: String,
    /// Slug of its service type.
    pub r#type: String,
    /// Title.
    pub title: String,
    /// Who sees what it publishes.
    #[schema(value_type = words::Visibility)]
    pub visibility: String,
    /// What it is for.
    pub purpose: String,
    /// Who moderates, in words.
    pub moderators: String,
    /// Within how many days an item is answered.
    pub delay_days: Option<i64>,
    /// Licence of what is published.
    pub licence: String,
    /// Whether somebody may validate an item of their own.
    pub self_validation: bool,
    /// The body that publishes.
    pub organisation: String,
    /// Its address in the fediverse, `@slug@host`; none for a private service.
    pub handle: Option<String>,
    /// Id of its actor; none for a private service.
    pub actor: Option<String>,
    /// Its page.
    pub url: String,
    /// The caller's own role in it.
    #[schema(value_type = Option<words::Role>)]
    pub role: Option<Role>,
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// A service to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewService {
    /// Slug of a service type.
    r#type: String,
    /// Short name: 2 to 48 lower-case letters, digits or hyphens. It does not change.
    #[schema(pattern = "^[a-z0-9][a-z0-9-]{0,46}[a-z0-9]$")]
    slug: String,
    /// Title, at most 140 characters.
    #[schema(min_length = 1, max_length = 140)]
    title: String,
    /// Who sees what it publishes; the type's own when nothing is said. It does not change.
    #[schema(value_type = Option<words::Visibility>)]
    visibility: Option<Visibility>,
    /// What it is for.
    #[serde(default)]
    purpose: String,
    /// Who moderates, in words.
    #[serde(default)]
    moderators: String,
    /// Within how many days an item is answered.
    delay_days: Option<u16>,
    /// SPDX identifier or URL of the licence.
    #[serde(default)]
    licence: String,
    /// Whether somebody may validate an item of their own.
    #[serde(default)]
    self_validation: bool,
}

/// What changes of a service; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceChange {
    /// Title, at most 140 characters.
    #[schema(min_length = 1, max_length = 140)]
    title: Option<String>,
    /// Cannot change: may be repeated as it is.
    #[schema(value_type = Option<words::Visibility>)]
    visibility: Option<Visibility>,
    /// What it is for.
    purpose: Option<String>,
    /// Who moderates, in words.
    moderators: Option<String>,
    /// Within how many days an item is answered; null takes the promise back.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<u16>)]
    delay_days: Option<Option<u16>>,
    /// SPDX identifier or URL of the licence.
    licence: Option<String>,
    /// Whether somebody may validate an item of their own.
    self_validation: Option<bool>,
}

/// A key that is there, be it null.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// The services that the caller sees.
#[utoipa::path(
    tag = "services",
    summary = "Services",
    params(Paging),
    responses((status = 200, description = "Every service that the caller sees, by title", body = Page<Service>)),
    security((), ("bearer" = [])),
)]
#[get("/services")]
pub async fn list_services(visitor: Visitor, asked: Parameters) -> Result<web::Json<Page<Service>>, Problem> {
    let part = Part::of(asked)?;
    let (addresses, account) = (visitor.app().addresses().clone(), visitor.account());
    let services = visitor
        .read(move |reads| {
            let bodies = reads.organisations()?;
            let rows = reads.services()?;
            rows.into_iter().map(|row| Service::of(reads, row, &bodies, &addresses, account)).collect()
        })
        .await?;
    Ok(web::Json(Page::part(services, &part)))
}

/// One service.
#[utoipa::path(
    tag = "services",
    summary = "A service",
    params(("slug" = String, Path, description = "Short name of the service")),
    responses((status = 200, description = "The service", body = Service)),
    security((), ("bearer" = [])),
)]
#[get("/services/{slug}")]
pub async fn get_service(visitor: Visitor, slug: web::Path<String>) -> Result<web::Json<Service>, Problem> {
    Ok(web::Json(Service::read(&visitor, slug.into_inner()).await?))
}

/// Makes a service; the caller becomes its manager.
#[utoipa::path(
    tag = "services",
    summary = "Make a service",
    request_body = NewService,
    responses((status = 201, description = "The service; `Location` says where it is", body = Service)),
    security(("bearer" = [])),
)]
#[post("/services")]
pub async fn create_service(posted: Posted<NewService>) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    let charter = Charter {
        purpose: form.purpose,
        moderators: form.moderators,
        delay_days: form.delay_days,
        licence: form.licence,
    };
    let settings = ServiceForm {
        title: form.title,
        visibility: form.visibility,
        charter,
        self_validation: form.self_validation,
    };
    let row = signed.app().add_service(&signed.caller, &form.r#type, &form.slug, settings).await?;
    let (addresses, account) = (signed.app().addresses().clone(), signed.visitor().account());
    let made = row.clone();
    // The caller's token was read before it became the manager: what it has just made is told from
    // the row itself.
    let service = signed
        .read(move |reads| {
            let bodies = reads.organisations()?;
            Service::of(reads, made, &bodies, &addresses, account)
        })
        .await?;
    Ok(created(&format!("/services/{}", row.slug), &service))
}

/// Changes a service's title, charter and validation.
#[utoipa::path(
    tag = "services",
    summary = "Change a service",
    params(("slug" = String, Path, description = "Short name of the service")),
    request_body = ServiceChange,
    responses((status = 200, description = "The service as it is now", body = Service)),
    security(("bearer" = [])),
)]
#[patch("/services/{slug}")]
pub async fn change_service(
    posted: Posted<ServiceChange>,
    slug: web::Path<String>,
) -> Result<web::Json<Service>, Problem> {
    let Posted { signed, form } = posted;
    let slug = slug.into_inner();
    let asked = slug.clone();
    let now = signed.read(move |reads| reads.service(&asked)).await?;
    let promised = now.delay_days.and_then(|days| u16::try_from(days).ok());
    let charter = Charter {
        purpose: form.purpose.unwrap_or(now.purpose),
        moderators: form.moderators.unwrap_or(now.moderators),
        delay_days: form.delay_days.unwrap_or(promised),
        licence: form.licence.unwrap_or(now.licence),
    };
    let settings = ServiceForm {
        title: form.title.unwrap_or(now.title),
        visibility: form.visibility,
        charter,
        self_validation: form.self_validation.unwrap_or(now.self_validation),
    };
    signed.app().change_service(&signed.caller, &slug, settings).await?;
    Ok(web::Json(Service::read(signed.visitor(), slug).await?))
}

impl Service {
    async fn read(visitor: &Visitor, slug: String) -> Result<Self, Problem> {
        let (addresses, account) = (visitor.app().addresses().clone(), visitor.account());
        visitor
            .read(move |reads| {
                let row = reads.service(&slug)?;
                let bodies = reads.organisations()?;
                Self::of(reads, row, &bodies, &addresses, account)
            })
            .await
    }

    fn of(
        reads: &mut Reads<'_>,
        row: ServiceRow,
        bodies: &[OrganisationRow],
        addresses: &Addresses,
        account: Option<i64>,
    ) -> Result<Self, StoreError> {
        let has_a_face = row.visibility != Visibility::Private.as_str();
        let actor = if has_a_face { Some(reads.actor_by_id(row.actor_id)?) } else { None };
        let body = bodies.iter().find(|body| body.id == row.organisation_id);
        Ok(Self {
            role: account.map(|account| reads.role(account, row.id)).transpose()?.flatten(),
            url: addresses.service_page(&row.slug),
            handle: actor.as_ref().map(|actor| format!("@{}@{}", actor.username, actor.host)),
            actor: actor.map(|actor| actor.uri),
            organisation: body.map(|body| body.name.clone()).unwrap_or_default(),
            slug: row.slug,
            r#type: row.type_slug,
            title: row.title,
            visibility: row.visibility,
            purpose: row.purpose,
            moderators: row.moderators,
            delay_days: row.delay_days,
            licence: row.licence,
            self_validation: row.self_validation,
            created_at: Moment(row.created_at),
            updated_at: Moment(row.updated_at),
        })
    }
}
