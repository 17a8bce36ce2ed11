//! Closed vocabularies of the API, as the document names them. What is read and written goes by the
//! domain's own types; a test holds these equal to them.

use utoipa::ToSchema;

/// Where an item stands in one service.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::workflow::EntryState")]
pub enum State {
    /// Being written by its author.
    Draft,
    /// Waiting for a moderator; also a received item that is held.
    Submitted,
    /// Shown and redistributed.
    Published,
    /// Refused with a reason.
    Declined,
    /// Taken back after publication.
    Withdrawn,
    /// Past its date.
    Expired,
    /// Received, and left out by the subscription's filter or a rule.
    Ignored,
}

/// Who may see what a service publishes.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::service::Visibility")]
pub enum Visibility {
    /// Everybody, the fediverse included.
    Public,
    /// Approved partner nodes only.
    Network,
    /// Members of the service.
    Private,
}

/// The role of an account in one service; each may do what those before it may.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::role::Role")]
pub enum Role {
    /// Enters items and submits them.
    Contributor,
    /// Publishes, declines and withdraws.
    Moderator,
    /// Sets the service itself.
    ServiceManager,
}

/// What happens to what a followed service sends, when no rule says otherwise.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::subscription::TrustLevel")]
pub enum Trust {
    /// Held for moderation.
    Hold,
    /// Published at once.
    Publish,
    /// Published at once and announced to our own followers.
    Announce,
}

/// The state of a follow, ours or others'.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::subscription::FollowState")]
pub enum Follow {
    /// Asked, not answered.
    Pending,
    /// Accepted.
    Accepted,
    /// Refused by the followed side.
    Rejected,
}

/// The kind of a site.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::site::SiteKind")]
pub enum SiteKind {
    /// For visitors: public, or restricted to accounts of the node.
    Consultation,
    /// Of professionals: always restricted.
    Workshop,
}

/// The order of a list.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::site::Order")]
pub enum Order {
    /// Latest publication first.
    Newest,
    /// Next start first; what is over is left out.
    Upcoming,
    /// By title.
    Title,
    /// Next end first; what is over is left out.
    Deadline,
}

/// What a list holds; every theme and area is matched with all that is below it. Empty parts do not
/// narrow.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the JSON of maillage_domain::site::ListFilter")]
pub struct ListFilter {
    /// Any of these themes, by slug.
    #[schema(required = false)]
    pub themes: Vec<String>,
    /// Held in, published from or open to any of these areas, by code such as `departement:58`.
    #[schema(required = false)]
    pub places: Vec<String>,
    /// Only these service types, by slug.
    #[schema(required = false)]
    pub types: Vec<String>,
}
