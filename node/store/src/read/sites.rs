//! Reads of sites and what they show.

use super::Reads;
use crate::error::StoreError;
use crate::rows::{PlacementRow, ServiceRow, SiteRow};
use crate::schema::{placements, services, sites};
use diesel::prelude::*;
use maillage_domain::text::fold;
use maillage_domain::viewer::Viewer;

/// A site with its placements.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteView {
    /// The site.
    pub site: SiteRow,
    /// What it shows, in order; services that the viewer does not see are left out.
    pub placements: Vec<PlacementView>,
}

/// A service shown on a site.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacementView {
    /// The placement.
    pub placement: PlacementRow,
    /// The service.
    pub service: ServiceRow,
}

impl Reads<'_> {
    /// The sites that the viewer may open, by title: public ones for everybody, restricted ones
    /// for accounts of the node.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sites(&mut self) -> Result<Vec<SiteRow>, StoreError> {
        let inside = matches!(self.viewer(), Viewer::Account(_) | Viewer::System);
        let mut query = sites::table.into_boxed::<super::Db>();
        if !inside {
            query = query.filter(sites::restricted.eq(false));
        }
        // Sorted here: the databases order accented letters differently.
        let mut rows: Vec<SiteRow> = query.order(sites::id).select(SiteRow::as_select()).load(self.conn)?;
        rows.sort_by_cached_key(|row| fold(&row.title));
        Ok(rows)
    }

    /// One site with what it shows.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the viewer may not open it.
    pub fn site(&mut self, slug: &str) -> Result<SiteView, StoreError> {
        let site: SiteRow =
            sites::table.filter(sites::slug.eq(slug)).select(SiteRow::as_select()).first(self.conn)?;
        let inside = matches!(self.viewer(), Viewer::Account(_) | Viewer::System);
        if site.restricted && !inside {
            return Err(StoreError::NotFound);
        }
        let sight = self.sight()?;
        let seen: Vec<i64> = sight.published.into_iter().chain(sight.everything).chain(sight.own).collect();
        let rows: Vec<(PlacementRow, ServiceRow)> = placements::table
            .inner_join(services::table)
            .filter(placements::site_id.eq(site.id))
            .filter(placements::service_id.eq_any(seen))
            .order((placements::position, placements::id))
            .select((PlacementRow::as_select(), ServiceRow::as_select()))
            .load(self.conn)?;
        let placements =
            rows.into_iter().map(|(placement, service)| PlacementView { placement, service }).collect();
        Ok(SiteView { site, placements })
    }

    /// The site that a placement is on, with what it shows.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such placement, or the viewer may not open its site.
    pub fn site_of_placement(&mut self, uid: &str) -> Result<SiteView, StoreError> {
        let slug: String = placements::table
            .inner_join(sites::table.on(sites::id.eq(placements::site_id)))
            .filter(placements::uid.eq(uid))
            .select(sites::slug)
            .first(self.conn)?;
        self.site(&slug)
    }
}
