//! Who may open which page of the back office, said once: routes and the test of rights are both
//! made from one list.

/// Who may open a route. Handlers and use cases check it; the list is what the test holds them to.
#[cfg(test)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Everybody with an account.
    Account,
    /// Whoever has a role in the service of the address, and administrators.
    Member,
    /// Whoever has a role in that service.
    Contributor,
    /// Whoever had a hand in the item, and moderators of its service.
    Author,
    /// Whoever had a hand in the item.
    Writer,
    /// Authors, moderators of the service, and administrators.
    Reader,
    /// Moderators and managers of the service.
    Moderator,
    /// Managers of the service, and administrators.
    Manager,
    /// Moderators and managers of any service, and administrators.
    Overseer,
    /// Managers of any service, and administrators.
    SiteMaker,
    /// Managers of the site, and administrators.
    SiteManager,
    /// Administrators of the node.
    Administrator,
}

/// One route.
#[cfg(test)]
#[derive(Debug, Clone, Copy)]
pub(super) struct Route {
    /// `get` or `post`.
    pub method: &'static str,
    /// Its path, with the names of its parts in braces.
    pub path: &'static str,
    /// Who may open it.
    pub access: Access,
}

/// Declares the routes: [`Route`]s as `ROUTES`, and `configure`, which registers each of them.
macro_rules! routes {
    ($($method:ident $path:literal $access:ident => $handler:path,)*) => {
        /// Every route of the back office.
        #[cfg(test)]
        const ROUTES: &[access::Route] = &[$(access::Route {
            method: stringify!($method),
            path: $path,
            access: access::Access::$access,
        }),*];

        /// Registers the pages of the back office.
        pub(super) fn configure(config: &mut actix_web::web::ServiceConfig) {
            $(config.route($path, actix_web::web::$method().to($handler));)*
        }
    };
}
pub(super) use routes;
