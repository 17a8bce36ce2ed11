//! Sites: what visitors open.

use crate::answer::{Page, Part, created};
use crate::body::Posted;
use crate::caller::Visitor;
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::placements::Placement;
use crate::problem::Problem;
use crate::words;
use actix_web::{HttpResponse, get, patch, post, web};
use maillage_app::site::SiteForm;
use maillage_domain::site::SiteKind;
use maillage_store::rows::SiteRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A site.
#[derive(Debug, Serialize, ToSchema)]
pub struct Site {
    /// Short name.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Kind.
    #[schema(value_type = words::SiteKind)]
    pub kind: SiteKind,
    /// Whether only accounts of the node may open it.
    pub restricted: bool,
    /// Whether of them only its members may.
    pub members_only: bool,
    /// A sentence under the title.
    pub intro: String,
    /// Accent colour, `#rrggbb`.
    pub accent: String,
    /// Its own host name, where it has one.
    pub host: Option<String>,
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
    /// What it shows, in order; where one site is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub placements: Option<Vec<Placement>>,
}

/// A site to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSite {
    /// Short name: 2 to 48 lower-case letters, digits or hyphens.
    #[schema(pattern = "^[a-z0-9][a-z0-9-]{0,46}[a-z0-9]$")]
    slug: String,
    /// Title, at most 140 characters.
    #[schema(min_length = 1, max_length = 140)]
    title: String,
    /// Kind; `consultation` when nothing is said.
    #[serde(default)]
    #[schema(value_type = Option<words::SiteKind>)]
    kind: SiteKind,
    /// Whether only accounts of the node may open it; a workshop always is.
    #[serde(default)]
    restricted: bool,
    /// Whether of them only its members may; a workshop is always for its members.
    #[serde(default)]
    members_only: bool,
    /// A sentence under the title.
    #[serde(default)]
    intro: String,
    /// Accent colour, `#rrggbb`; the node's own when empty.
    #[schema(pattern = "^(#[0-9a-fA-F]{6})?$")]
    #[serde(default)]
    accent: String,
    /// Host name of its own, which only administrators give; null or empty for none.
    #[serde(default)]
    host: Option<String>,
}

/// What changes of a site; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteChange {
    /// Title, at most 140 characters.
    #[schema(min_length = 1, max_length = 140)]
    title: Option<String>,
    /// Kind.
    #[schema(value_type = Option<words::SiteKind>)]
    kind: Option<SiteKind>,
    /// Whether only accounts of the node may open it.
    restricted: Option<bool>,
    /// Whether of them only its members may.
    members_only: Option<bool>,
    /// A sentence under the title.
    intro: Option<String>,
    /// Accent colour, `#rrggbb`; the node's own when empty.
    #[schema(pattern = "^(#[0-9a-fA-F]{6})?$")]
    accent: Option<String>,
    /// Host name of its own, which only administrators give; empty for none.
    host: Option<String>,
}

/// The sites that the caller may open.
#[utoipa::path(
    tag = "sites",
    summary = "Sites",
    params(Paging),
    responses((status = 200, description = "Every site that the caller may open, by title", body = Page<Site>)),
    security((), ("bearer" = [])),
)]
#[get("/sites")]
pub async fn list_sites(visitor: Visitor, asked: Parameters) -> Result<web::Json<Page<Site>>, Problem> {
    let part = Part::of(asked)?;
    let rows = visitor.read(|reads| reads.sites()).await?;
    Ok(web::Json(Page::part(rows.into_iter().map(Site::of).collect(), &part)))
}

/// One site, with what it shows of what the caller may see.
#[utoipa::path(
    tag = "sites",
    summary = "A site",
    params(("slug" = String, Path, description = "Short name of the site")),
    responses((status = 200, description = "The site with its placements", body = Site)),
    security((), ("bearer" = [])),
)]
#[get("/sites/{slug}")]
pub async fn get_site(visitor: Visitor, slug: web::Path<String>) -> Result<web::Json<Site>, Problem> {
    Ok(web::Json(Site::read(&visitor, slug.into_inner()).await?))
}

/// Makes a site.
#[utoipa::path(
    tag = "sites",
    summary = "Make a site",
    request_body = NewSite,
    responses((status = 201, description = "The site; `Location` says where it is", body = Site)),
    security(("bearer" = [])),
)]
#[post("/sites")]
pub async fn create_site(posted: Posted<NewSite>) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    let NewSite { slug, title, kind, restricted, members_only, intro, accent, host } = form;
    let settings = SiteForm { title, kind, restricted, members_only, intro, accent, host };
    signed.app().add_site(&signed.caller, &slug, settings).await?;
    let site = Site::read(signed.visitor(), slug.clone()).await?;
    Ok(created(&format!("/sites/{slug}"), &site))
}

/// Changes a site.
#[utoipa::path(
    tag = "sites",
    summary = "Change a site",
    params(("slug" = String, Path, description = "Short name of the site")),
    request_body = SiteChange,
    responses((status = 200, description = "The site as it is now", body = Site)),
    security(("bearer" = [])),
)]
#[patch("/sites/{slug}")]
pub async fn change_site(
    posted: Posted<SiteChange>,
    slug: web::Path<String>,
) -> Result<web::Json<Site>, Problem> {
    let Posted { signed, form } = posted;
    let slug = slug.into_inner();
    let now = Site::read(signed.visitor(), slug.clone()).await?;
    let settings = SiteForm {
        title: form.title.unwrap_or(now.title),
        kind: form.kind.unwrap_or(now.kind),
        restricted: form.restricted.unwrap_or(now.restricted),
        members_only: form.members_only.unwrap_or(now.members_only),
        intro: form.intro.unwrap_or(now.intro),
        accent: form.accent.unwrap_or(now.accent),
        host: form.host,
    };
    signed.app().change_site(&signed.caller, &slug, settings).await?;
    Ok(web::Json(Site::read(signed.visitor(), slug).await?))
}

impl Site {
    async fn read(visitor: &Visitor, slug: String) -> Result<Self, Problem> {
        visitor
            .read(move |reads| {
                let view = reads.site(&slug)?;
                let placements = view.placements.into_iter().map(Placement::of).collect::<Result<_, _>>()?;
                Ok(Self { placements: Some(placements), ..Self::of(view.site) })
            })
            .await
    }

    fn of(row: SiteRow) -> Self {
        Self {
            kind: SiteKind::from_name(&row.kind),
            slug: row.slug,
            title: row.title,
            restricted: row.restricted,
            members_only: row.members_only,
            intro: row.intro,
            accent: row.accent,
            host: row.host,
            created_at: Moment(row.created_at),
            updated_at: Moment(row.updated_at),
            placements: None,
        }
    }
}
