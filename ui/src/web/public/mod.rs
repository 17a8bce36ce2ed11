//! Pages for everybody: the node, its sites and their sections, services, items, feeds.

mod cards;
mod feed;
mod frame;
mod item;
mod listing;
mod node;
mod section;
mod service;
mod site;
mod structured;

use crate::paths;
use actix_web::web;
use chrono_tz::Tz;

/// The zone in which moments are told.
const ZONE: Tz = chrono_tz::Europe::Paris;
/// Items of one page of a list.
const PAGE: i64 = 20;
/// Lists are counted up to this.
const COUNTED: i64 = 1_000;

/// Registers the addresses of this module.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/", web::get().to(node::page))
        .route("/services/{slug}.{format:rss|atom}", web::get().to(feed::of_service))
        .route("/services/{slug}", web::get().to(service::page))
        .route("/sites/{site}/theme.css", web::get().to(site::theme))
        .route("/sites/{site}", web::get().to(site::page))
        .route("/sites/{site}/{section}.{format:rss|atom}", web::get().to(feed::of_section))
        .route("/sites/{site}/fiches/{uid}/{slug}", web::get().to(item::on_site))
        .route("/sites/{site}/{section}", web::get().to(section::page))
        .route(&format!("{}/{{uid}}", paths::ITEMS), web::get().to(item::without_slug))
        .route(&format!("{}/{{uid}}/{{slug}}", paths::ITEMS), web::get().to(item::page));
}
