//! Rows of thesauri.

use crate::schema;
use diesel::prelude::*;

/// A term of the theme thesaurus.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::themes, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ThemeRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Slug.
    pub slug: String,
    /// Parent.
    pub parent: Option<String>,
    /// Label fr.
    pub label_fr: String,
    /// Label en.
    pub label_en: String,
    /// Position.
    pub position: i64,
    /// Whether the node has added it.
    pub own: bool,
    /// Since when it is offered no more, in milliseconds since the epoch.
    pub retired_at: Option<i64>,
    /// Codes of nomenclatures that it is mapped to: `rome:K21 naf:8559A`.
    pub matches: String,
}

/// A place of the official geography.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::places, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct PlaceRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Code.
    pub code: String,
    /// Kind.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Folded.
    pub folded: String,
    /// Codes of the areas above, nearest first, separated by spaces.
    pub ancestors: String,
    /// Latitude.
    pub latitude: Option<f64>,
    /// Longitude.
    pub longitude: Option<f64>,
    /// Population.
    pub population: Option<i64>,
    /// Successor.
    pub successor: Option<String>,
}
