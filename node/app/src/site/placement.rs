//! Sections of a site: which services it shows, what of them, in which order.

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::content::known_filter;
use crate::error::AppError;
use chrono::{DateTime, Utc};
use maillage_domain::place::PlaceCode;
use maillage_domain::role::Action;
use maillage_domain::service::Visibility;
use maillage_domain::site::{ListFilter, Order};
use maillage_store::Tx;
use maillage_store::read::PlacementView;
use maillage_store::rows::{PlacementRow, ServiceRow};
use std::collections::BTreeSet;

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

impl App {
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
                let known = tx.reads().site(&slug)?.site.id;
                caller.manages_site(tx, known)?;
                // One after the other, or two could each place the same section.
                tx.take_turn(&format!("site:{known}"))?;
                let site = tx.reads().site(&slug)?;
                let service = to_show(tx, &caller, "service", &form.service)?;
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
                let known = tx.reads().site_of_placement(&uid)?.site.id;
                caller.manages_site(tx, known)?;
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
                let site = tx.reads().site_of_placement(&uid)?;
                caller.manages_site(tx, site.site.id)?;
                let mut views = site.placements;
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
                let site = tx.reads().site_of_placement(&uid)?.site.id;
                caller.manages_site(tx, site)?;
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

/// The service of this short name, where the caller may show it on a site. What a site for members
/// shows is read by them: a service that is not public is put there by who manages it, or administers
/// the node.
fn to_show(tx: &mut Tx<'_>, caller: &Caller, field: &str, slug: &str) -> Result<ServiceRow, AppError> {
    let unknown = || {
        AppError::invalid(
            field,
            "unknown_service",
            format!("Aucun service « {slug} » sur ce nœud."),
            format!("No service “{slug}” on this node."),
        )
    };
    let service = match tx.reads().service(slug) {
        Err(maillage_store::StoreError::NotFound) => return Err(unknown()),
        other => other?,
    };
    if service.visibility == Visibility::Public.as_str() || caller.administers(tx).is_ok() {
        return Ok(service);
    }
    match caller.may(tx, service.id, Action::Manage) {
        Ok(()) => Ok(service),
        Err(AppError::NotFound) => Err(unknown()),
        Err(error) => Err(error),
    }
}

/// Shows a service on a site that is being made: all of it, in its usual order, under its own name.
pub(super) fn insert_usual(
    app: &App,
    tx: &mut Tx<'_>,
    caller: &Caller,
    site: i64,
    service: &str,
    position: i64,
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    let service = to_show(tx, caller, "services", service)?;
    let row = PlacementRow {
        id: 0,
        uid: new_uid(now),
        site_id: site,
        service_id: service.id,
        filter: serde_json::to_string(&ListFilter::default()).map_err(AppError::internal)?,
        sort_order: app.type_of(&service.type_slug)?.order.as_str().to_owned(),
        title: service.title,
        position,
        created_at: now.timestamp_millis(),
    };
    tx.insert_placement(&row)?;
    Ok(())
}
