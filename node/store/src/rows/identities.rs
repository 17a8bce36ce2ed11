//! Rows of signing in through an OpenID provider: who somebody is there, and who is on the way.

use crate::schema;
use diesel::prelude::*;

/// Who an account is at an OpenID provider.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::identities, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct IdentityRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Account key.
    pub account_id: i64,
    /// The provider: its issuer (OpenID Connect Core 1.0, section 2, `iss`).
    pub issuer: String,
    /// Its name for the person (`sub`).
    pub subject: String,
    /// The e-mail address that it confirmed when the two were linked.
    pub email: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// When it was last signed in with.
    pub used_at: Option<i64>,
}

/// Somebody who was sent to the provider and has not come back.
#[derive(Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schema::sign_in_requests, treat_none_as_default_value = false)]
pub struct SignInRequestRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// SHA-256 of the state that the provider sends back, in hexadecimal.
    pub state_hash: String,
    /// SHA-256 of what the browser keeps in its cookie, in hexadecimal.
    pub browser_hash: String,
    /// What the ID token has to repeat.
    pub nonce: String,
    /// PKCE verifier (RFC 7636).
    pub verifier: String,
    /// Where to go on: a path of this node.
    pub next: String,
    /// Until when, in milliseconds.
    pub expires_at: i64,
}

/// Without nonce and verifier: what is printed may be logged.
impl std::fmt::Debug for SignInRequestRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignInRequestRow").field("id", &self.id).finish_non_exhaustive()
    }
}
