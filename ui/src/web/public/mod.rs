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
        .service(reading::by_everybody("/", node::page))
        .service(reading::by_everybody("/services/{slug}.{format:rss|atom}", feed::of_service))
        .service(reading::by_everybody("/services/{slug}", service::page))
        .service(reading::by_everybody("/sites/{site}/theme.css", site::theme))
        .service(reading::by_everybody("/sites/{site}", site::page))
        .service(reading::by_everybody("/sites/{site}/{section}.{format:rss|atom}", feed::of_section))
        .service(reading::by_everybody("/sites/{site}/fiches/{uid}/{slug}", item::on_site))
        .service(reading::by_everybody("/sites/{site}/{section}", section::page))
        .service(reading::by_everybody(&format!("{}/{{uid}}", paths::ITEMS), item::without_slug))
        .service(reading::by_everybody(&format!("{}/{{uid}}/{{slug}}", paths::ITEMS), item::page));
}
