//! The handlers of pages: who asks, what is read or done, which view answers.
//!
//! A handler takes a [`Visit`] (anybody) or a [`Desk`] (signed in), a [`Posted`] of either for what
//! a form sends, and answers with [`page`] or [`Visit::go`]. Errors are values ([`WebError`]) that
//! [`told`] turns into pages.

mod address;
mod answer;
mod assets;
mod content;
mod cookies;
mod desk;
mod gate;
mod known;
mod links;
mod office;
mod page_cache;
mod places;
mod posted;
mod provider;
mod public;
mod reading;
mod references;
pub mod resume;
mod time;
mod visit;

pub use answer::{WebError, not_found, told};
pub use desk::Desk;
pub use posted::{Posted, Upload};
pub use visit::Visit;

use actix_web::web;
use maillage_app::App;
use maillage_app::ports::{Discovery, Fetcher};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// What the pages of a node need beside the use cases.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// How long a page that everybody reads is kept: what it says of the present moment, and of what
    /// other processes change, is at most this old.
    pub pages_kept: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self { trusted_proxies: Vec::new(), pages_kept: Duration::from_secs(5) }
    }
}

/// The pages of one node. Cheap to clone.
#[derive(Clone)]
pub struct Face {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    discovery: Arc<dyn Discovery>,
    fetcher: Arc<dyn Fetcher>,
    settings: Settings,
    cookies: cookies::Names,
    pages: page_cache::PageCache,
}

impl Face {
    /// The pages over these use cases.
    #[must_use]
    pub fn new(
        app: App,
        discovery: Arc<dyn Discovery>,
        fetcher: Arc<dyn Fetcher>,
        settings: Settings,
    ) -> Self {
        let cookies = cookies::Names::of(app.addresses());
        let pages = page_cache::PageCache::new(settings.pages_kept);
        Self { inner: Arc::new(Inner { app, discovery, fetcher, settings, cookies, pages }) }
    }

    /// The use cases.
    #[must_use]
    pub fn app(&self) -> &App {
        &self.inner.app
    }

    /// Finds services by address.
    #[must_use]
    pub fn discovery(&self) -> &dyn Discovery {
        self.inner.discovery.as_ref()
    }

    /// Fetches what is to be imported.
    #[must_use]
    pub fn fetcher(&self) -> &dyn Fetcher {
        self.inner.fetcher.as_ref()
    }

    /// Settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    pub(crate) fn cookies(&self) -> &cookies::Names {
        &self.inner.cookies
    }

    fn pages(&self) -> &page_cache::PageCache {
        &self.inner.pages
    }
}

/// Registers every page; `web::Data<Face>` has to be in the application's data, and [`told`] around
/// the application.
pub fn configure(config: &mut web::ServiceConfig) {
    config.configure(assets::configure).configure(gate::configure).configure(office::configure);
    config.configure(links::configure).configure(provider::configure);
    config.configure(public::configure);
}
