//! Reads of sites and what they show.

use super::Reads;
use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::rows::{
    AccountRow, MediaRow, PlacementRow, ServiceRow, SiteBlockRow, SiteMemberRow, SitePageRow, SiteRow,
};
use crate::schema::{
    accounts, media, organisations, placements, services, site_blocks, site_members, site_pages, sites,
};
use diesel::prelude::*;
use maillage_domain::site::SiteRole;
use maillage_domain::text::fold;
use maillage_domain::viewer::Viewer;
use std::collections::BTreeMap;

/// A site with its placements.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteView {
    /// The site.
    pub site: SiteRow,
    /// What it shows, in order; services that the viewer does not see are left out.
    pub placements: Vec<PlacementView>,
    /// Its pages of plain content, in order.
    pub pages: Vec<PageLink>,
    /// Its logo.
    pub logo: Option<MediaRow>,
    /// What the viewer may do on it; none for who only visits it.
    pub role: Option<SiteRole>,
}

/// A service shown on a site.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacementView {
    /// The placement.
    pub placement: PlacementRow,
    /// The service.
    pub service: ServiceRow,
}

/// What menus know of a page.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct PageLink {
    /// Name in its address.
    pub slug: String,
    /// Kind.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Whether the menu leads to it.
    pub in_menu: bool,
    /// Public id.
    pub uid: String,
}

/// A member of a site.
#[derive(Debug, Clone, PartialEq)]
pub struct SiteMemberView {
    /// The membership.
    pub member: SiteMemberRow,
    /// The account.
    pub account: AccountRow,
    /// The name of its organisation.
    pub organisation: String,
}

/// The sites of which an account is a member, with its role there.
fn memberships(conn: &mut DbConnection, account: i64) -> Result<BTreeMap<i64, SiteRole>, StoreError> {
    let rows: Vec<(i64, String)> = site_members::table
        .filter(site_members::account_id.eq(account))
        .select((site_members::site_id, site_members::role))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(site, role)| Some((site, SiteRole::from_name(&role)?))).collect())
}

/// The services that an account reads because a site for members shows them to it.
pub(super) fn shown_to_member(conn: &mut DbConnection, account: i64) -> Result<Vec<i64>, StoreError> {
    Ok(placements::table
        .inner_join(sites::table.on(sites::id.eq(placements::site_id)))
        .inner_join(site_members::table.on(site_members::site_id.eq(sites::id)))
        .filter(sites::members_only.eq(true))
        .filter(site_members::account_id.eq(account))
        .select(placements::service_id)
        .distinct()
        .load(conn)?)
}

impl Reads<'_> {
    /// The sites that the viewer may open, by title: public ones for everybody, restricted ones for
    /// accounts of the node, those for members for members alone. Administrators open all.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sites(&mut self) -> Result<Vec<SiteRow>, StoreError> {
        let roles = self.site_roles()?;
        let mut rows: Vec<SiteRow> =
            sites::table.order(sites::id).select(SiteRow::as_select()).load(self.conn)?;
        rows.retain(|site| self.opens(site, &roles));
        // Sorted here: the databases order accented letters differently.
        rows.sort_by_cached_key(|row| fold(&row.title));
        Ok(rows)
    }

    /// Whether the viewer sets any site by a role on it.
    ///
    /// # Errors
    /// Those of the database.
    pub fn sets_sites(&mut self) -> Result<bool, StoreError> {
        Ok(self.site_roles()?.into_values().any(|role| role == SiteRole::Manager))
    }

    fn site_roles(&mut self) -> Result<BTreeMap<i64, SiteRole>, StoreError> {
        match self.viewer {
            Viewer::Account(scope) => memberships(self.conn, scope.account),
            _ => Ok(BTreeMap::new()),
        }
    }

    fn opens(&self, site: &SiteRow, roles: &BTreeMap<i64, SiteRole>) -> bool {
        if !site.restricted || self.administers() {
            return true;
        }
        let inside = matches!(self.viewer(), Viewer::Account(_));
        inside && (!site.members_only || roles.contains_key(&site.id))
    }

    /// One site with what it shows.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the viewer may not open it.
    pub fn site(&mut self, slug: &str) -> Result<SiteView, StoreError> {
        let site: SiteRow =
            sites::table.filter(sites::slug.eq(slug)).select(SiteRow::as_select()).first(self.conn)?;
        self.site_view(site)
    }

    pub(super) fn site_view(&mut self, site: SiteRow) -> Result<SiteView, StoreError> {
        let roles = self.site_roles()?;
        if !self.opens(&site, &roles) {
            return Err(StoreError::NotFound);
        }
        let role = if self.administers() { Some(SiteRole::Manager) } else { roles.get(&site.id).copied() };
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
        let pages = site_pages::table
            .filter(site_pages::site_id.eq(site.id))
            .order((site_pages::position, site_pages::id))
            .select((
                site_pages::slug,
                site_pages::kind,
                site_pages::title,
                site_pages::in_menu,
                site_pages::uid,
            ))
            .load(self.conn)?;
        let logo = match site.logo_id {
            Some(id) => media::table.find(id).select(MediaRow::as_select()).first(self.conn).optional()?,
            None => None,
        };
        Ok(SiteView { site, placements, pages, logo, role })
    }

    /// The site that a placement is on, with what it shows.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such placement, or the viewer may not open its site.
    pub fn site_of_placement(&mut self, uid: &str) -> Result<SiteView, StoreError> {
        let site: SiteRow = placements::table
            .inner_join(sites::table.on(sites::id.eq(placements::site_id)))
            .filter(placements::uid.eq(uid))
            .select(SiteRow::as_select())
            .first(self.conn)?;
        self.site_view(site)
    }

    /// The blocks of a site's first page, in order; none where nobody has chosen any.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the viewer may not open the site.
    pub fn site_blocks(&mut self, slug: &str) -> Result<Vec<SiteBlockRow>, StoreError> {
        let site = self.site(slug)?.site.id;
        Ok(site_blocks::table
            .filter(site_blocks::site_id.eq(site))
            .order((site_blocks::position, site_blocks::id))
            .select(SiteBlockRow::as_select())
            .load(self.conn)?)
    }

    /// A page of a site.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none, or the viewer may not open the site.
    pub fn site_page(&mut self, site: &str, slug: &str) -> Result<SitePageRow, StoreError> {
        let site = self.site(site)?.site.id;
        Ok(site_pages::table
            .filter(site_pages::site_id.eq(site))
            .filter(site_pages::slug.eq(slug))
            .select(SitePageRow::as_select())
            .first(self.conn)?)
    }

    /// The members of a site by name, for those who are members themselves.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn site_members(&mut self, slug: &str) -> Result<Vec<SiteMemberView>, StoreError> {
        let view = self.site(slug)?;
        if view.role.is_none() {
            return Err(StoreError::NotFound);
        }
        let mut rows: Vec<(SiteMemberRow, AccountRow, String)> = site_members::table
            .inner_join(accounts::table.inner_join(organisations::table))
            .filter(site_members::site_id.eq(view.site.id))
            .order(site_members::id)
            .select((SiteMemberRow::as_select(), AccountRow::as_select(), organisations::name))
            .load(self.conn)?;
        rows.sort_by_cached_key(|(_, account, _)| fold(&account.display_name));
        Ok(rows
            .into_iter()
            .map(|(member, account, organisation)| SiteMemberView { member, account, organisation })
            .collect())
    }

    /// The hosts of sites that everybody may open, each with the short name of its site.
    ///
    /// # Errors
    /// Those of the database.
    pub fn site_hosts(&mut self) -> Result<Vec<(String, String)>, StoreError> {
        Ok(sites::table
            .filter(sites::host.is_not_null().and(sites::restricted.eq(false)))
            .select((sites::host.assume_not_null(), sites::slug))
            .load(self.conn)?)
    }

    /// A logo that the viewer sees, by its public id: that of a site that it may open.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub fn logo(&mut self, site: &str, uid: &str) -> Result<MediaRow, StoreError> {
        self.site(site)?.logo.filter(|logo| logo.uid == uid).ok_or(StoreError::NotFound)
    }
}
