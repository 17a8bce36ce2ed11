//! Rows of the federation: actors, follows, deliveries. Times are milliseconds since the epoch, in UTC.

use crate::schema;
use diesel::prelude::*;

/// An ActivityPub actor, ours or remote.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::actors, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ActorRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Permanent ActivityPub id.
    pub uri: String,
    /// Local.
    pub local: bool,
    /// Kind.
    pub kind: String,
    /// Username.
    pub username: String,
    /// Host.
    pub host: String,
    /// Name.
    pub name: String,
    /// Summary.
    pub summary: String,
    /// Web page.
    pub url: Option<String>,
    /// Inbox.
    pub inbox: String,
    /// Shared inbox.
    pub shared_inbox: Option<String>,
    /// Outbox.
    pub outbox: Option<String>,
    /// Followers.
    pub followers: Option<String>,
    /// Key key.
    pub key_id: String,
    /// Public key.
    pub public_key: String,
    /// JSON as received.
    pub raw: Option<String>,
    /// Gone.
    pub gone: bool,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Fetched at, in milliseconds.
    pub fetched_at: i64,
}

/// Our follow of a remote service.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::follows, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct FollowRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Actor key.
    pub actor_id: i64,
    /// Permanent ActivityPub id.
    pub uri: String,
    /// State.
    pub state: String,
    /// Backfill next.
    pub backfill_next: Option<String>,
    /// Backfill pages.
    pub backfill_pages: i64,
    /// Whether the whole outbox is read, or only as far as it brings something new.
    pub backfill_full: bool,
    /// Backfill due at, in milliseconds.
    pub backfill_due_at: Option<i64>,
    /// Times in a row that the outbox could not be read.
    pub backfill_failures: i64,
    /// Exchanged at, in milliseconds.
    pub exchanged_at: Option<i64>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// What one of our services takes from a followed actor.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::subscriptions, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct SubscriptionRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Service key.
    pub service_id: i64,
    /// Source actor key.
    pub source_actor_id: i64,
    /// Trust.
    pub trust: String,
    /// JSON of the rule set.
    pub rules: String,
    /// After a change of trust or rules: the key of the last item that was decided on anew. None when
    /// all have been.
    pub redecide_after: Option<i64>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Milliseconds since the epoch.
    pub updated_at: i64,
}

/// An actor that follows one of our services.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset, serde::Serialize,
)]
#[diesel(table_name = schema::followers, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct FollowerRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Service key.
    pub service_id: i64,
    /// Actor key.
    pub actor_id: i64,
    /// Follow uri.
    pub follow_uri: String,
    /// State.
    pub state: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// A stored domain event.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::events, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct EventRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Kind.
    pub kind: String,
    /// JSON of the event.
    pub payload: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Handled at, in milliseconds.
    pub handled_at: Option<i64>,
}

/// An activity that we sent.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::activities, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct ActivityRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Permanent ActivityPub id.
    pub uri: String,
    /// Actor key.
    pub actor_id: i64,
    /// Kind.
    pub kind: String,
    /// Object uri.
    pub object_uri: String,
    /// Item key.
    pub item_id: Option<i64>,
    /// Public.
    pub public: bool,
    /// JSON as sent.
    pub body: String,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// Another server.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::peers, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct PeerRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Host.
    pub host: String,
    /// Scheme.
    pub scheme: String,
    /// Failing since.
    pub failing_since: Option<i64>,
    /// Answered at, in milliseconds.
    pub answered_at: Option<i64>,
    /// Blocked.
    pub blocked: bool,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}

/// One activity to one inbox.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::deliveries, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct DeliveryRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Public UUID v7.
    pub uid: String,
    /// Activity key.
    pub activity_id: i64,
    /// Inbox.
    pub inbox: String,
    /// Host.
    pub host: String,
    /// State.
    pub state: String,
    /// Attempts.
    pub attempts: i64,
    /// Due at, in milliseconds.
    pub due_at: i64,
    /// Claimed until.
    pub claimed_until: Option<i64>,
    /// Last status.
    pub last_status: Option<i64>,
    /// Last error.
    pub last_error: Option<String>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
    /// Ended at, in milliseconds.
    pub ended_at: Option<i64>,
}

/// An object still to be fetched from its origin.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = schema::fetches, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct FetchRow {
    /// Key.
    #[diesel(skip_insertion)]
    pub id: i64,
    /// Id of the object.
    pub object_uri: String,
    /// Key of the actor that named it.
    pub bringer_id: i64,
    /// Attempts so far.
    pub attempts: i64,
    /// When it is to be tried next, in milliseconds.
    pub due_at: i64,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// Milliseconds since the epoch.
    pub created_at: i64,
}
