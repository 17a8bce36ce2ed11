//! The theme tree: what there is, terms of the node's own, codes of nomenclatures.

use crate::answer::{Page, Part, created};
use crate::body::Posted;
use crate::caller::Visitor;
use crate::item_list::Paging;
use crate::parameters::Parameters;
use crate::problem::{Problem, Sentence};
use actix_web::{HttpResponse, get, post, put, web};
use maillage_app::theme::ThemeForm;
use maillage_domain::message::Message;
use maillage_domain::theme::Match;
use maillage_store::rows::ThemeRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A term of the theme thesaurus.
#[derive(Serialize, ToSchema)]
pub struct Theme {
    /// Permanent name.
    pub slug: String,
    /// Slug of the broader term.
    pub parent: Option<String>,
    /// What it is called.
    pub label: Sentence,
    /// Whether the node has added it.
    pub own: bool,
    /// Whether it is offered no more; what bears it keeps it.
    pub retired: bool,
    /// Codes of nomenclatures, or their beginnings: `rome:K21`, `formacode:44591`, `naf:8559A`,
    /// `data-inclusion:numerique`.
    pub matches: Vec<String>,
}

/// What is said of a theme: one to be added, or all of one as it is from now on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTheme {
    /// French label, at most 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    fr: String,
    /// English label; the French one when nothing is said.
    #[serde(default)]
    #[schema(max_length = 120)]
    en: String,
    /// Slug of the broader term. A theme that items bear keeps its own.
    #[serde(default)]
    parent: Option<String>,
    /// Codes of nomenclatures.
    #[serde(default)]
    matches: Vec<String>,
    /// Whether it is offered no more.
    #[serde(default)]
    retired: bool,
}

impl From<NewTheme> for ThemeForm {
    fn from(said: NewTheme) -> Self {
        let NewTheme { fr, en, parent, matches, retired } = said;
        Self { parent, fr, en, matches, retired }
    }
}

impl From<ThemeRow> for Theme {
    fn from(row: ThemeRow) -> Self {
        Self {
            slug: row.slug,
            parent: row.parent,
            label: Message::new(row.label_fr, row.label_en).into(),
            own: row.own,
            retired: row.retired_at.is_some(),
            matches: row.matches.split_whitespace().map(str::to_owned).collect(),
        }
    }
}

/// The themes.
#[utoipa::path(
    tag = "reference",
    summary = "Themes",
    params(Paging),
    responses((status = 200, description = "Every theme, by slug", body = Page<Theme>)),
    security((), ("bearer" = [])),
)]
#[get("/themes")]
pub async fn list_themes(visitor: Visitor, asked: Parameters) -> Result<web::Json<Page<Theme>>, Problem> {
    let part = Part::of(asked)?;
    let thesaurus = visitor.read(|reads| reads.thesaurus()).await?;
    let theme = |term: &maillage_domain::theme::Theme| Theme {
        slug: term.slug.clone(),
        parent: term.parent.clone(),
        label: term.label.clone().into(),
        own: term.own,
        retired: term.retired,
        matches: term.matches.iter().map(Match::to_string).collect(),
    };
    Ok(web::Json(Page::part(thesaurus.iter().map(theme).collect(), &part)))
}

/// Adds a theme. Its slug is made of its French label and stays.
#[utoipa::path(
    tag = "reference",
    summary = "Add a theme",
    request_body = NewTheme,
    responses((status = 201, description = "The theme", body = Theme)),
    security(("bearer" = [])),
)]
#[post("/themes")]
pub async fn create_theme(posted: Posted<NewTheme>) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    let row = signed.app().add_theme(&signed.caller, form.into()).await?;
    Ok(created("/themes", &Theme::from(row)))
}

/// Changes a theme: everything of it is said anew, and what is left out is emptied. It goes below another
/// term only while nothing bears it.
#[utoipa::path(
    tag = "reference",
    summary = "Change a theme",
    params(("slug" = String, Path, description = "Slug of the theme")),
    request_body = NewTheme,
    responses((status = 200, description = "The theme as it is now", body = Theme)),
    security(("bearer" = [])),
)]
#[put("/themes/{slug}")]
pub async fn change_theme(
    posted: Posted<NewTheme>,
    slug: web::Path<String>,
) -> Result<web::Json<Theme>, Problem> {
    let Posted { signed, form } = posted;
    let row = signed.app().change_theme(&signed.caller, &slug, form.into()).await?;
    Ok(web::Json(Theme::from(row)))
}
