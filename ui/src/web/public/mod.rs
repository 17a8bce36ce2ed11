//! Pages for everybody: the node, its sites and their sections, services, items, feeds.

mod cards;
mod contents;
mod feed;
mod frame;
mod item;
mod listing;
mod node;
mod section;
mod service;
mod site;
mod structured;
mod territory;
#[cfg(test)]
mod tests;

use super::time::ZONE;
use crate::paths;
use crate::web::reading;
use actix_web::web;

/// Items of one page of a list.
const PAGE: i64 = 20;
/// Lists are counted up to this.
const COUNTED: i64 = 1_000;

/// Registers the addresses of this module.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(reading::at("/", node::page))
        .service(reading::at("/services/{slug}.{format:rss|atom}", feed::of_service))
        .service(reading::at("/services/{slug}", service::page))
        .service(reading::at("/sites/{site}/theme.css", site::theme))
        .service(reading::at("/sites/{site}", site::page))
        .service(reading::at("/sites/{site}/{section}.{format:rss|atom}", feed::of_section))
        .service(reading::at("/sites/{site}/fiches/{uid}/{slug}", item::on_site))
        .service(reading::at("/sites/{site}/{section}", section::page))
        .service(reading::at(&format!("{}/{{uid}}", paths::ITEMS), item::without_slug))
        .service(reading::at(&format!("{}/{{uid}}/{{slug}}", paths::ITEMS), item::page));
}
