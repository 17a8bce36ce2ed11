//! The addresses of pages, written once.

/// The back office's first page.
pub const WORK: &str = "/office";
/// Items that wait for a decision.
pub const QUEUE: &str = "/office/queue";
/// Deciding on several waiting items at once.
pub const QUEUE_SEVERAL: &str = "/office/queue/several";
/// The services of the account.
pub const SERVICES: &str = "/office/services";
/// The node's sites.
pub const SITES: &str = "/office/sites";
/// Subscriptions, followers and deliveries.
pub const FEDERATION: &str = "/office/federation";
/// Followers of our services.
pub const FOLLOWERS: &str = "/office/federation/followers";
/// What is on its way to other servers.
pub const DELIVERIES: &str = "/office/federation/deliveries";
/// Organisations, accounts, tokens.
pub const SETTINGS: &str = "/office/settings";
/// The node's own name and territory.
pub const NODE: &str = "/office/settings/node";
/// Accounts of the node.
pub const ACCOUNTS: &str = "/office/settings/accounts";
/// Tokens of the account for programs.
pub const TOKENS: &str = "/office/settings/tokens";
/// Log in.
pub const LOGIN: &str = "/login";
/// A forgotten password.
pub const FORGOTTEN: &str = "/forgotten";
/// The code after the password (POST).
pub const LOGIN_CODE: &str = "/login/code";
/// To the OpenID provider (`?next=`).
pub const OPENID: &str = "/login/openid";
/// Back from the OpenID provider.
pub const OPENID_BACK: &str = "/login/openid/back";
/// Codes and sessions of one's own account.
pub const SECURITY: &str = "/office/settings/security";
/// One-time codes of one's own account.
pub const SECOND_FACTOR: &str = "/office/settings/second-factor";
/// Invitations.
pub const INVITATIONS: &str = "/office/settings/invitations";
/// Invite somebody (form).
pub const INVITATION_NEW: &str = "/office/settings/invitations/new";
/// Mails that were not sent yet.
pub const MAILS: &str = "/office/settings/mails";
/// The audit log.
pub const AUDIT: &str = "/office/settings/audit";
/// The audit log as a table.
pub const AUDIT_TABLE: &str = "/office/settings/audit.csv";
/// Log out (POST).
pub const LOGOUT: &str = "/logout";
/// First run.
pub const SETUP: &str = "/setup";
/// Public pages of items.
pub const ITEMS: &str = "/fiches";
/// Follow another service (form).
pub const SUBSCRIBE: &str = "/office/federation/new";

/// The public page of a site.
#[must_use]
pub fn site(slug: &str) -> String {
    format!("/sites/{slug}")
}

/// The stylesheet with a site's accent.
#[must_use]
pub fn site_theme(slug: &str) -> String {
    format!("/sites/{slug}/theme.css")
}

/// A page of plain content of a site.
#[must_use]
pub fn site_page(slug: &str, page: &str) -> String {
    format!("/sites/{slug}/pages/{page}")
}

/// The picture that is a site's logo, by its public id.
#[must_use]
pub fn site_logo(slug: &str, media: &str) -> String {
    format!("/sites/{slug}/logo/{media}")
}

/// A page or a step inside a workshop (`documents`, `discussions/ID`).
#[must_use]
pub fn workshop(slug: &str, step: &str) -> String {
    format!("/sites/{slug}/atelier/{step}")
}

/// Names of places while they are typed (GET `?q=`, JSON).
pub const PLACES: &str = "/office/places";
/// Titles of items that a reference may name.
pub const REFERENCES: &str = "/office/references";
/// Make a service (form).
pub const SERVICE_NEW: &str = "/office/services/new";
/// Make a site (form).
pub const SITE_NEW: &str = "/office/sites/new";
/// Add an organisation (form).
pub const ORGANISATION_NEW: &str = "/office/settings/organisations/new";
/// The theme tree.
pub const THEMES: &str = "/office/settings/themes";
/// Add a theme (form).
pub const THEME_NEW: &str = "/office/settings/themes/new";
/// Make an account (form).
pub const ACCOUNT_NEW: &str = "/office/settings/accounts/new";
/// Choose what one is told of by mail.
pub const NOTICES: &str = "/office/settings/notices";
/// Change one's own password.
pub const PASSWORD: &str = "/office/settings/password";

/// An item in the back office, by the public id of its entry.
#[must_use]
pub fn entry(uid: &str) -> String {
    format!("/office/items/{uid}")
}

/// A page or a step (`edit`, `publish`, `revisions/2`) below an item in the back office.
#[must_use]
pub fn entry_step(uid: &str, step: &str) -> String {
    format!("/office/items/{uid}/{step}")
}

/// A service in the back office.
#[must_use]
pub fn office_service(slug: &str) -> String {
    format!("/office/services/{slug}")
}

/// A page or a step (`new`, `edit`, `members/new`, `import`) below a service in the back office.
#[must_use]
pub fn office_service_step(slug: &str, step: &str) -> String {
    format!("/office/services/{slug}/{step}")
}

/// A site in the back office.
#[must_use]
pub fn office_site(slug: &str) -> String {
    format!("/office/sites/{slug}")
}

/// A page or a step (`edit`, `placements/new`) below a site in the back office.
#[must_use]
pub fn office_site_step(slug: &str, step: &str) -> String {
    format!("/office/sites/{slug}/{step}")
}

/// A subscription, by its public id.
#[must_use]
pub fn subscription(uid: &str) -> String {
    format!("/office/federation/subscriptions/{uid}")
}

/// A theme, by its slug.
#[must_use]
pub fn theme(slug: &str) -> String {
    format!("/office/settings/themes/{slug}")
}

/// An organisation, by its public id.
#[must_use]
pub fn organisation(uid: &str) -> String {
    format!("/office/settings/organisations/{uid}")
}

/// An account, by its public id.
#[must_use]
pub fn account(uid: &str) -> String {
    format!("/office/settings/accounts/{uid}")
}
