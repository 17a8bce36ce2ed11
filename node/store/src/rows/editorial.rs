//! Rows of items, their entries and revisions. Times are milliseconds since the epoch, in UTC.

use crate::schema;
use diesel::prelude::*;

/// An item: the content that stands.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::items, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ItemRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Permanent ActivityPub id.
    pub uri: String,
    /// Web page.
    pub url: String,
    /// Home service key.
    pub home_service_id: Option<i64>,
    /// Origin actor key.
    pub origin_actor_id: i64,
    /// Organisation name.
    pub organisation_name: String,
    /// Type slug.
    pub type_slug: String,
    /// Visibility.
    pub visibility: String,
    /// Title.
    pub title: String,
    /// Title, lower-case and without accents, for sorting.
    pub title_folded: String,
    /// Summary.
    pub summary: String,
    /// Content.
    pub content: String,
    /// Source url.
    pub source_url: Option<String>,
    /// Language.
    pub language: String,
    /// Licence.
    pub licence: String,
    /// Timezone.
    pub timezone: String,
    /// JSON object of the fields.
    pub fields: String,
    /// Starts at, in milliseconds.
    pub starts_at: Option<i64>,
    /// Ends at, in milliseconds.
    pub ends_at: Option<i64>,
    /// Dated.
    pub dated: Option<String>,
    /// 1 and up, with every change of the published content.
    pub version: i64,
    /// SHA-256 of the content, in hexadecimal.
    pub content_hash: String,
    /// Published at, in milliseconds.
    pub published_at: Option<i64>,
    /// Milliseconds since the epoch.
    pub updated_at: i64,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Withdrawn at, in milliseconds.
    pub withdrawn_at: Option<i64>,
}

/// A theme of an item, or one above it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::item_themes, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ItemThemeRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Item key.
    pub item_id: i64,
    /// Theme.
    pub theme: String,
    /// Given itself, not an ancestor of one given.
    pub own: bool,
}

/// A place of an item, or an area above it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::item_places, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ItemPlaceRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Item key.
    pub item_id: i64,
    /// Place.
    pub place: String,
    /// Relation.
    pub relation: String,
    /// Given itself, not an ancestor of one given.
    pub own: bool,
}

/// An actor by which an item has come: its origin, or who announces it.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::arrivals, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ArrivalRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Item key.
    pub item_id: i64,
    /// Key of the actor that brought it.
    pub source_actor_id: i64,
    /// JSON array of the actors it came by, the origin first, who brought it last.
    pub path: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// The presence of an item in one service.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::entries, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct EntryRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Service key.
    pub service_id: i64,
    /// Item key.
    pub item_id: i64,
    /// Whether this is the service it was entered in.
    pub home: bool,
    /// State.
    pub state: String,
    /// Since when it waits for a moderator; none when it does not.
    pub queued_at: Option<i64>,
    /// Subscription key.
    pub subscription_id: Option<i64>,
    /// Who decided.
    pub decided_by: String,
    /// Reason.
    pub reason: Option<String>,
    /// JSON array of the actors it came by, the origin first.
    pub path: String,
    /// URI of our Announce, while it stands.
    pub announce_uri: Option<String>,
    /// What the newest-first order goes by: publication, in milliseconds.
    pub sort_at: i64,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Milliseconds since the epoch.
    pub updated_at: i64,
}

/// One version of an own item, with its decision.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::revisions, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct RevisionRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Item key.
    pub item_id: i64,
    /// Number.
    pub number: i64,
    /// State.
    pub state: String,
    /// Title.
    pub title: String,
    /// JSON object of the fields.
    pub fields: String,
    /// Language.
    pub language: String,
    /// Licence.
    pub licence: String,
    /// Author key.
    pub author_id: Option<i64>,
    /// Reason.
    pub reason: Option<String>,
    /// Who decided.
    pub decided_by: Option<i64>,
    /// Decided at, in milliseconds.
    pub decided_at: Option<i64>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Milliseconds since the epoch.
    pub updated_at: i64,
}

/// A decision somebody took.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::decisions, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct DecisionRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// At.
    pub at: i64,
    /// Account key.
    pub account_id: Option<i64>,
    /// Service key.
    pub service_id: Option<i64>,
    /// Item key.
    pub item_id: Option<i64>,
    /// Action.
    pub action: String,
    /// JSON of what was decided.
    pub detail: String,
}
