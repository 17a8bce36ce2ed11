//! Rows of sites, what they show and who opens them. Times are milliseconds since the epoch, in UTC.

use crate::schema;
use diesel::prelude::*;

/// A site.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::sites, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct SiteRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Slug.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: String,
    /// Restricted.
    pub restricted: bool,
    /// Intro.
    pub intro: String,
    /// Accent.
    pub accent: String,
    /// Host.
    pub host: Option<String>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Milliseconds since the epoch.
    pub updated_at: i64,
    /// Whether only its members open it; another restricted site is for every account of the node.
    pub members_only: bool,
    /// Key of the media that is its logo.
    pub logo_id: Option<i64>,
}

/// A service shown on a site.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::placements, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct PlacementRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Site key.
    pub site_id: i64,
    /// Service key.
    pub service_id: i64,
    /// Title.
    pub title: String,
    /// JSON of the list filter.
    pub filter: String,
    /// Sort order.
    pub sort_order: String,
    /// Position.
    pub position: i64,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// Who may open a site that is for its members, and what they do there.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::site_members, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct SiteMemberRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Site key.
    pub site_id: i64,
    /// Account key.
    pub account_id: i64,
    /// Role: `reader`, `contributor` or `manager`.
    pub role: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// A part of a site's first page.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::site_blocks, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct SiteBlockRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Site key.
    pub site_id: i64,
    /// Kind of block.
    pub kind: String,
    /// Title; empty for none or the usual one.
    pub title: String,
    /// JSON of what the kind needs.
    pub settings: String,
    /// Position among the others of the site.
    pub position: i64,
}

/// A page of plain content.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::site_pages, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct SitePageRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Site key.
    pub site_id: i64,
    /// Name in its address.
    pub slug: String,
    /// `page`, `legal` or `accessibility`.
    pub kind: String,
    /// Title.
    pub title: String,
    /// Clean HTML.
    pub body: String,
    /// Whether the menu leads to it; the footer leads to the other kinds.
    pub in_menu: bool,
    /// Position among the others of the site.
    pub position: i64,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Milliseconds since the epoch.
    pub updated_at: i64,
}
