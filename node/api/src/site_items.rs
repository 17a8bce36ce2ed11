//! What a site shows: items of one placement or of all, and the facets beside them.

use crate::answer::Page;
use crate::caller::Visitor;
use crate::item::Item;
use crate::item_list::{self, Narrowing, Paging};
use crate::parameters::Parameters;
use crate::placements;
use crate::problem::{Problem, Sentence};
use actix_web::{get, web};
use maillage_domain::message::Message;
use maillage_domain::site::Order;
use maillage_store::StoreError;
use maillage_store::read::{EntryQuery, FacetCount, ListOrder, Placed, PlacementView};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Counts beside a list. Each facet is counted without its own choice.
#[derive(Debug, Serialize, ToSchema)]
pub struct Facets {
    /// Themes, most frequent first.
    pub themes: Vec<Facet>,
    /// Places and areas where items are held, most frequent first.
    pub places: Vec<Facet>,
    /// Whether the list is so long that only its first part was counted.
    pub capped: bool,
}

/// One value of a facet.
#[derive(Debug, Serialize, ToSchema)]
pub struct Facet {
    /// Theme slug or place code.
    pub code: String,
    /// What it is called.
    pub label: Sentence,
    /// How many items have it, or something below it.
    pub count: i64,
}

/// The part of a site that is looked at.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct Part {
    /// Id of a placement; all of the site when nothing is said.
    placement: Option<String>,
}

/// Published items that a site shows: of one placement in its order, of all latest first.
#[utoipa::path(
    tag = "sites",
    summary = "Items of a site",
    params(("slug" = String, Path, description = "Short name of the site"), Part, Narrowing, Paging),
    responses((status = 200, description = "What the site shows of what the caller may see", body = Page<Item>)),
    security((), ("bearer" = [])),
)]
#[get("/sites/{slug}/items")]
pub async fn list_site_items(
    visitor: Visitor,
    slug: web::Path<String>,
    mut asked: Parameters,
) -> Result<web::Json<Page<Item>>, Problem> {
    let mut query = shown(&visitor, slug.into_inner(), &mut asked).await?;
    item_list::paging(&mut asked, &mut query)?;
    asked.finish()?;
    Ok(web::Json(item_list::page(&visitor, query).await?))
}

/// Counts of themes and areas among what a site shows.
#[utoipa::path(
    tag = "sites",
    summary = "Facets of a site",
    params(("slug" = String, Path, description = "Short name of the site"), Part, Narrowing),
    responses((status = 200, description = "Counts, most frequent first", body = Facets)),
    security((), ("bearer" = [])),
)]
#[get("/sites/{slug}/facets")]
pub async fn site_facets(
    visitor: Visitor,
    slug: web::Path<String>,
    mut asked: Parameters,
) -> Result<web::Json<Facets>, Problem> {
    let query = shown(&visitor, slug.into_inner(), &mut asked).await?;
    asked.finish()?;
    let counted = visitor.read(move |reads| reads.facets(&query)).await?;
    Ok(web::Json(Facets {
        themes: counted.themes.into_iter().map(Facet::of).collect(),
        places: counted.places.into_iter().map(Facet::of).collect(),
        capped: counted.capped,
    }))
}

/// The list that a site, or one of its placements, shows.
async fn shown(visitor: &Visitor, slug: String, asked: &mut Parameters) -> Result<EntryQuery, Problem> {
    let (wanted, chosen) = (asked.one("placement")?, item_list::narrowing(asked)?);
    let words = item_list::words(asked)?;
    let now = visitor.app().now().timestamp_millis();
    visitor
        .read(move |reads| {
            let all = reads.site(&slug)?.placements;
            let mut query = match wanted {
                Some(id) => {
                    let one = all.iter().find(|view| view.placement.uid == id);
                    of_placement(one.ok_or(StoreError::NotFound)?, now)?
                }
                None => EntryQuery {
                    placed: Some(all.iter().map(placed).collect::<Result<_, _>>()?),
                    ..EntryQuery::default()
                },
            };
            query.chosen = chosen;
            query.words = words;
            Ok(query)
        })
        .await
}

fn placed(view: &PlacementView) -> Result<Placed, StoreError> {
    Ok(Placed { service: view.service.id, filter: placements::filter(&view.placement)? })
}

fn of_placement(view: &PlacementView, now: i64) -> Result<EntryQuery, StoreError> {
    let order = match placements::order(&view.placement)? {
        Order::Newest => ListOrder::Newest,
        Order::Upcoming => ListOrder::Upcoming { from: now },
        Order::Title => ListOrder::Title,
        Order::Deadline => ListOrder::Deadline { from: now },
    };
    Ok(EntryQuery { placed: Some(vec![placed(view)?]), order, ..EntryQuery::default() })
}

impl Facet {
    fn of(count: FacetCount) -> Self {
        Self {
            code: count.code,
            label: Message::new(count.label_fr, count.label_en).into(),
            count: count.count,
        }
    }
}
