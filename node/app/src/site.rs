//! Sites and what they show.

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::content::known_filter;
use crate::error::AppError;
use maillage_domain::place::PlaceCode;
use maillage_domain::site::{ListFilter, Order, SiteKind};
use maillage_domain::text::is_slug;
use maillage_store::Tx;
use maillage_store::read::PlacementView;
use maillage_store::rows::{PlacementRow, SiteRow};
use std::collections::BTreeSet;

/// What is set of a site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteForm {
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: SiteKind,
    /// Whether only people of the node may open it; a workshop always is.
    pub restricted: bool,
    /// A sentence under the title.
    pub intro: String,
    /// Accent colour, `#rrggbb`; empty for the default.
    pub accent: String,
}

/// A service shown on a site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlacementForm {
    /// Slug of the service.
    pub service: String,
    /// Title of the section; the service's when empty.
    pub title: String,
    /// What is shown of it.
    pub filter: ListFilter,
    /// In which order; the type's when none is said.
    pub order: Option<Order>,
}

/// The accent of a site whose maker chose none.
pub const DEFAULT_ACCENT: &str = "#1f5f8b";

impl SiteForm {
    fn check(&self) -> Result<(), AppError> {
        if self.title.trim().is_empty() || self.title.chars().count() > 140 {
            return Err(AppError::invalid(
                "title",
                "required",
                "Donnez un titre au site (140 signes au plus).",
                "Give the site a title (at most 140 characters).",
            ));
        }
        let hex = self.accent.strip_prefix('#').unwrap_or_default();
        let colour = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        if !self.accent.is_empty() && !colour {
            return Err(AppError::invalid(
                "accent",
                "not_a_colour",
                "Écrivez une couleur telle que #1f5f8b.",
                "Write a colour such as #1f5f8b.",
            ));
        }
        Ok(())
    }

    fn put(&self, row: &mut SiteRow) {
        row.title = self.title.trim().to_owned();
        row.kind = self.kind.as_str().to_owned();
        row.restricted = self.restricted || self.kind == SiteKind::Workshop;
        row.intro = self.intro.trim().chars().take(1_000).collect();
        row.accent =
            if self.accent.is_empty() { DEFAULT_ACCENT.to_owned() } else { self.accent.to_lowercase() };
    }
}

impl App {
    /// Makes a site.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`].
    pub async fn add_site(&self, caller: &Caller, slug: &str, form: SiteForm) -> Result<SiteRow, AppError> {
        form.check()?;
        // A page of the back office is called so.
        if !is_slug(slug) || slug == "new" {
            return Err(AppError::invalid(
                "slug",
                "not_a_slug",
                "Écrivez un nom court de 2 à 48 lettres minuscules, chiffres ou tirets, par exemple « nevers ».",
                "Write a short name of 2 to 48 lower-case letters, digits or hyphens, such as “nevers”.",
            ));
        }
        let (caller, slug, now) = (caller.clone(), slug.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let millis = now.timestamp_millis();
                let mut row = SiteRow {
                    id: 0,
                    uid: new_uid(now),
                    slug: slug.clone(),
                    title: String::new(),
                    kind: String::new(),
                    restricted: false,
                    intro: String::new(),
                    accent: String::new(),
                    host: None,
                    created_at: millis,
                    updated_at: millis,
                };
                form.put(&mut row);
                row.id = match tx.insert_site(&row) {
                    Err(maillage_store::StoreError::Conflict { .. }) => {
                        return Err(AppError::invalid(
                            "slug",
                            "taken",
                            "Un site porte déjà ce nom court.",
                            "A site already has this short name.",
                        ));
                    }
                    other => other?,
                };
                Ok(row)
            })
            .await
    }

    /// Changes a site.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn change_site(
        &self,
        caller: &Caller,
        slug: &str,
        form: SiteForm,
    ) -> Result<SiteRow, AppError> {
        form.check()?;
        let (caller, slug, now) = (caller.clone(), slug.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let mut row = tx.reads().site(&slug)?.site;
                form.put(&mut row);
                row.updated_at = now.timestamp_millis();
                tx.save_site(&row)?;
                Ok(row)
            })
            .await
    }

    /// Shows a service on a site, after what it shows already. The same section does not stand twice.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Invalid`], with the code
    /// `shown_already` where a section shows the same of the service in the same order.
    pub async fn add_placement(
        &self,
        caller: &Caller,
        site: &str,
        form: PlacementForm,
    ) -> Result<PlacementRow, AppError> {
        let (caller, slug, now, app) = (caller.clone(), site.to_owned(), self.now(), self.clone());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let known = tx.reads().site(&slug)?.site.id;
                // One after the other, or two could each place the same section.
                tx.take_turn(&format!("site:{known}"))?;
                let site = tx.reads().site(&slug)?;
                let service = match tx.reads().service(&form.service) {
                    Err(maillage_store::StoreError::NotFound) => {
                        return Err(AppError::invalid(
                            "service",
                            "unknown_service",
                            format!("Aucun service « {} » sur ce nœud.", form.service),
                            format!("No service “{}” on this node.", form.service),
                        ));
                    }
                    other => other?,
                };
                let filter = todays_filter(tx, &form.filter)?;
                let order = match form.order {
                    Some(order) => order,
                    None => app.type_of(&service.type_slug)?.order,
                };
                shown_once(&site.placements, service.id, &filter, order.as_str())?;
                let title = form.title.trim();
                let mut row = PlacementRow {
                    id: 0,
                    uid: new_uid(now),
                    site_id: site.site.id,
                    service_id: service.id,
                    title: if title.is_empty() { service.title.clone() } else { title.to_owned() },
                    filter: serde_json::to_string(&filter).map_err(AppError::internal)?,
                    sort_order: order.as_str().to_owned(),
                    position: site.placements.iter().map(|p| p.placement.position).max().unwrap_or(0) + 1,
                    created_at: now.timestamp_millis(),
                };
                row.id = tx.insert_placement(&row)?;
                Ok(row)
            })
            .await
    }

    /// Changes what a placement shows and how. Its service stays: another one is another placement.
    ///
    /// # Errors
    /// As [`App::add_placement`].
    pub async fn change_placement(
        &self,
        caller: &Caller,
        uid: &str,
        form: PlacementForm,
    ) -> Result<PlacementView, AppError> {
        let (caller, uid) = (caller.clone(), uid.to_owned());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let known = tx.reads().site_of_placement(&uid)?.site.id;
                tx.take_turn(&format!("site:{known}"))?;
                let mut placements = tx.reads().site_of_placement(&uid)?.placements;
                let at = placements.iter().position(|view| view.placement.uid == uid);
                let view = placements.swap_remove(at.ok_or(AppError::NotFound)?);
                let filter = todays_filter(tx, &form.filter)?;
                let title = form.title.trim();
                let row = PlacementRow {
                    title: if title.is_empty() { view.service.title.clone() } else { title.to_owned() },
                    filter: serde_json::to_string(&filter).map_err(AppError::internal)?,
                    sort_order: match form.order {
                        Some(order) => order.as_str().to_owned(),
                        None => view.placement.sort_order.clone(),
                    },
                    ..view.placement.clone()
                };
                if !shows_same(&view.placement, row.service_id, &filter, &row.sort_order) {
                    shown_once(&placements, row.service_id, &filter, &row.sort_order)?;
                }
                tx.save_placement(&row)?;
                Ok(PlacementView { placement: row, service: view.service })
            })
            .await
    }

    /// Moves a placement before the one above it, or behind the one below it. At either end nothing
    /// changes. Answers it where it is now.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn move_placement(
        &self,
        caller: &Caller,
        uid: &str,
        up: bool,
    ) -> Result<PlacementView, AppError> {
        let (caller, uid) = (caller.clone(), uid.to_owned());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let mut views = tx.reads().site_of_placement(&uid)?.placements;
                let at = views.iter().position(|view| view.placement.uid == uid).ok_or(AppError::NotFound)?;
                let to = if up { at.checked_sub(1) } else { Some(at + 1).filter(|to| *to < views.len()) };
                let Some(to) = to else { return Ok(views.swap_remove(at)) };
                views.swap(at, to);
                for (PlacementView { placement: row, .. }, position) in views.iter_mut().zip(1..) {
                    if row.position != position {
                        row.position = position;
                        tx.save_placement(row)?;
                    }
                }
                Ok(views.swap_remove(to))
            })
            .await
    }

    /// Takes a service off a site.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn delete_placement(&self, caller: &Caller, uid: &str) -> Result<(), AppError> {
        let (caller, uid) = (caller.clone(), uid.to_owned());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                Ok(tx.delete_placement(&uid)?)
            })
            .await
    }
}

/// Refuses a section that shows what another one of the site shows already, whatever its title.
fn shown_once(
    placements: &[PlacementView],
    service: i64,
    filter: &ListFilter,
    order: &str,
) -> Result<(), AppError> {
    let Some(twin) = placements.iter().find(|view| shows_same(&view.placement, service, filter, order))
    else {
        return Ok(());
    };
    let title = &twin.placement.title;
    Err(AppError::invalid(
        "service",
        "shown_already",
        format!(
            "Le site montre déjà cela, dans la rubrique « {title} » : changez cette rubrique, ou choisissez d'autres thèmes ou territoires."
        ),
        format!(
            "The site shows this already, in the section “{title}”: change that section, or choose other themes or territories."
        ),
    ))
}

/// Whether a placement shows this of a service, in this order: the order in which themes and places
/// were named does not matter.
fn shows_same(row: &PlacementRow, service: i64, filter: &ListFilter, order: &str) -> bool {
    let sets = |filter: &ListFilter| {
        let themes: BTreeSet<String> = filter.themes.iter().cloned().collect();
        let places: BTreeSet<PlaceCode> = filter.places.iter().cloned().collect();
        let types: BTreeSet<String> = filter.types.iter().cloned().collect();
        (themes, places, types)
    };
    row.service_id == service
        && row.sort_order == order
        && serde_json::from_str::<ListFilter>(&row.filter).is_ok_and(|known| sets(&known) == sets(filter))
}

/// A filter whose themes and places are known, former communes as what they are today.
fn todays_filter(tx: &mut Tx<'_>, filter: &ListFilter) -> Result<ListFilter, AppError> {
    let places = known_filter(tx, ("filter", &filter.themes), ("filter", &filter.places))?;
    Ok(ListFilter { places, ..filter.clone() })
}
