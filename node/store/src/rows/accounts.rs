//! Rows around an account: mails, invitations, forgotten passwords, second factors, the audit log.

use crate::schema;
use diesel::prelude::*;

/// A mail on its way, or the note of one that has ended.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::mails, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct MailRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// What it is for, such as `invitation`.
    pub kind: String,
    /// Key of what its link is made for when it is sent; none where it holds no link of that kind.
    pub reference: Option<i64>,
    /// Address.
    pub recipient: String,
    /// Language: ISO 639-1.
    pub locale: String,
    /// Subject.
    pub subject: String,
    /// Text; empty once it was sent.
    pub body: String,
    /// `due`, `sent` or `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next, in milliseconds.
    pub due_at: i64,
    /// What the last attempt failed with.
    pub problem: Option<String>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// When it was sent or given up.
    pub ended_at: Option<i64>,
}

/// An invitation to make an account.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::invitations, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct InvitationRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Address that is invited.
    pub email: String,
    /// The same, folded.
    pub email_folded: String,
    /// Language of the mail: ISO 639-1.
    pub locale: String,
    /// Whether the account will administer the node.
    pub administrator: bool,
    /// Organisation key.
    pub organisation_id: i64,
    /// Account that invites; none for the node.
    pub invited_by: Option<i64>,
    /// SHA-256 of the token of the last link that was sent, in hexadecimal.
    pub token_hash: Option<String>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Until when it may be used.
    pub expires_at: i64,
    /// When the account was made.
    pub used_at: Option<i64>,
    /// When it was taken back.
    pub revoked_at: Option<i64>,
}

/// A role that an invited person will have.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::invitation_roles, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct InvitationRoleRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Invitation key.
    pub invitation_id: i64,
    /// Service key.
    pub service_id: i64,
    /// Role.
    pub role: String,
}

/// A forgotten password that may be set anew.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::password_resets, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct PasswordResetRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Account key.
    pub account_id: i64,
    /// SHA-256 of the token of the link, in hexadecimal.
    pub token_hash: Option<String>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Until when it may be used.
    pub expires_at: i64,
    /// When it was used.
    pub used_at: Option<i64>,
}

/// The secret of an account's one-time codes.
#[derive(Clone, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = schema::second_factors, treat_none_as_default_value = false)]
pub struct SecondFactorRow {
    /// Account key.
    pub account_id: i64,
    /// Shared secret, base 32.
    pub secret: String,
    /// When a first code has shown that it is known to the person's device; it counts from then on.
    pub confirmed_at: Option<i64>,
    /// The last time step whose code was taken: it and earlier ones are not taken again.
    pub last_step: i64,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

impl std::fmt::Debug for SecondFactorRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactorRow").field("account_id", &self.account_id).finish_non_exhaustive()
    }
}

/// One line of the audit log.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::audit, treat_none_as_default_value = false)]
pub struct AuditRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// When, in milliseconds.
    pub at: i64,
    /// Account that did it; none for the node itself and its command line.
    pub account_id: Option<i64>,
    /// Service that it concerns.
    pub service_id: Option<i64>,
    /// What kind of thing, such as `account`.
    pub subject: String,
    /// Public id of the thing.
    pub subject_uid: String,
    /// Its name at that moment.
    pub subject_name: String,
    /// `create`, `change`, `remove`, or the name of a decision.
    pub action: String,
    /// What changed, before: a JSON object.
    pub before: String,
    /// What changed, after: a JSON object.
    pub after: String,
}
