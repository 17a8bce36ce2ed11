//! The JSON API of a node under `/api/v1`, and the OpenAPI document that describes it.
//!
//! A request goes through `answer::guarded` (headers of every answer), then to one handler of the
//! list in `routes`. The handler's first argument says who asks (`caller`), the next ones what is asked
//! (`body`, `parameters`); it reads through `maillage_app::App::reads` as that viewer, changes through
//! use cases, and answers one of the shapes of its own file or a `problem::Problem`.

// `params(…)` of utoipa writes out paths of what is in scope.
#![allow(unused_qualifications)]

mod accounts;
mod answer;
mod audit;
mod body;
mod caller;
mod comments;
mod cursor;
mod deliveries;
mod document;
mod files;
mod followers;
mod import;
mod invitations;
mod item;
mod item_list;
mod items;
mod malformed;
mod members;
mod moment;
mod node;
mod notices;
mod organisations;
mod parameters;
mod peers;
mod placements;
mod problem;
mod reference;
mod revisions;
mod routes;
mod rules;
mod service_types;
mod services;
mod site_items;
mod sites;
mod subscriptions;
mod themes;
mod tokens;
mod transitions;
mod words;

#[cfg(test)]
mod tests;

use actix_web::web;
use maillage_app::App;
use maillage_app::ports::{Discovery, Fetcher};
use std::sync::Arc;

/// Where the API stands on the node's domain.
pub const BASE: &str = "/api/v1";

/// What the handlers hold. Cheap to clone.
#[derive(Clone)]
pub struct Face {
    app: App,
    discovery: Arc<dyn Discovery>,
    fetcher: Arc<dyn Fetcher>,
}

impl Face {
    /// The face of a node with these use cases, and what finds actors and fetches documents for it.
    #[must_use]
    pub fn new(app: App, discovery: Arc<dyn Discovery>, fetcher: Arc<dyn Fetcher>) -> Self {
        Self { app, discovery, fetcher }
    }

    /// The use cases.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.app
    }
}

/// Registers the scope `/api/v1`. The application's data has to hold a `web::Data<Face>`.
pub fn configure(cfg: &mut web::ServiceConfig) {
    let scope = routes::register(web::scope(BASE))
        .default_service(web::to(answer::nowhere))
        .wrap(actix_web::middleware::from_fn(answer::guarded));
    cfg.service(scope);
}

/// The OpenAPI 3.1 document of every route, as JSON.
///
/// # Errors
/// A schema that cannot be written as JSON; a test keeps that from happening.
pub fn openapi() -> Result<String, serde_json::Error> {
    document::document().to_json()
}
