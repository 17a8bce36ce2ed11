//! The JSON API under `/api/v1`, with its OpenAPI document.

use actix_web::web;
use maillage_app::App;
use maillage_app::ports::{Discovery, Fetcher};
use std::sync::Arc;

/// What the API of a node needs beside the use cases. Cheap to clone.
#[derive(Clone)]
pub struct Face {
    /// The use cases.
    pub app: App,
    /// Finds services by address.
    pub discovery: Arc<dyn Discovery>,
    /// Fetches what is to be imported.
    pub fetcher: Arc<dyn Fetcher>,
}

impl Face {
    /// The API over these use cases.
    #[must_use]
    pub fn new(app: App, discovery: Arc<dyn Discovery>, fetcher: Arc<dyn Fetcher>) -> Self {
        Self { app, discovery, fetcher }
    }
}

/// Registers the API; `web::Data<Face>` has to be in the application's data.
pub fn configure(_config: &mut web::ServiceConfig) {}
