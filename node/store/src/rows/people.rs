//! Rows of the node, organisations, accounts and services. Times are milliseconds since the epoch, in UTC.

use crate::schema;
use diesel::prelude::*;

/// The node itself: one row.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::nodes, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct NodeRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Name.
    pub name: String,
    /// Base url.
    pub base_url: String,
    /// Territory.
    pub territory: String,
    /// Setup code hash.
    pub setup_code_hash: Option<String>,
    /// Geography version.
    pub geography_version: Option<String>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// A body that takes part.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::organisations, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct OrganisationRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Name.
    pub name: String,
    /// Web page.
    pub url: Option<String>,
    /// Territory.
    pub territory: Option<String>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// An account of a person.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::accounts, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct AccountRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Email.
    pub email: String,
    /// Email folded.
    pub email_folded: String,
    /// Display name.
    pub display_name: String,
    /// Password hash.
    pub password_hash: Option<String>,
    /// Administrator.
    pub administrator: bool,
    /// Organisation key.
    pub organisation_id: i64,
    /// Locale.
    pub locale: String,
    /// Disabled at, in milliseconds.
    pub disabled_at: Option<i64>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::sessions, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct SessionRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Account key.
    pub account_id: i64,
    /// SHA-256 of the token, in hexadecimal.
    pub token_hash: String,
    /// Csrf.
    pub csrf: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Seen at, in milliseconds.
    pub seen_at: i64,
    /// Expires at, in milliseconds.
    pub expires_at: i64,
    /// The browser, as it calls itself.
    pub device: String,
}

/// A bearer token of the API, as its hash.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::api_tokens, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ApiTokenRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Account key.
    pub account_id: i64,
    /// SHA-256 of the token, in hexadecimal.
    pub token_hash: String,
    /// Label.
    pub label: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Used at, in milliseconds.
    pub used_at: Option<i64>,
    /// Expires at, in milliseconds.
    pub expires_at: Option<i64>,
}

/// A service.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::services, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ServiceRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Slug.
    pub slug: String,
    /// Type slug.
    pub type_slug: String,
    /// Title.
    pub title: String,
    /// Visibility.
    pub visibility: String,
    /// Organisation key.
    pub organisation_id: i64,
    /// Actor key.
    pub actor_id: i64,
    /// Purpose.
    pub purpose: String,
    /// Moderators.
    pub moderators: String,
    /// Delay days.
    pub delay_days: Option<i64>,
    /// Licence.
    pub licence: String,
    /// Self validation.
    pub self_validation: bool,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Milliseconds since the epoch.
    pub updated_at: i64,
}

/// The role of an account in a service.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::memberships, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct MembershipRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Account key.
    pub account_id: i64,
    /// Service key.
    pub service_id: i64,
    /// Role.
    pub role: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}
