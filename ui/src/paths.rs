//! The addresses of pages, written once.

/// The back office's first page.
pub const WORK: &str = "/office";
/// Items that wait for a decision.
pub const QUEUE: &str = "/office/queue";
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
/// Accounts of the node.
pub const ACCOUNTS: &str = "/office/settings/accounts";
/// Tokens of the account for programs.
pub const TOKENS: &str = "/office/settings/tokens";
/// Log in.
pub const LOGIN: &str = "/login";
/// Log out (POST).
pub const LOGOUT: &str = "/logout";
/// First run.
pub const SETUP: &str = "/setup";
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
