//! Pages for everybody: the node, its sites and their sections, services, items, feeds.

mod agenda;
mod alerts;
mod around;
mod calendar;
mod cards;
mod contents;
mod feed;
mod files;
mod frame;
mod home;
mod item;
mod listing;
mod map;
mod node;
mod page;
mod period;
mod section;
mod service;
mod site;
mod sitemap;
mod structured;
mod territory;
#[cfg(test)]
mod tests;
mod workshop;

use super::time::ZONE;
use crate::paths;
use crate::web::reading;
use actix_web::web;
use workshop::{discussions, documents};

/// Items of one page of a list.
const PAGE: i64 = 20;
/// Lists are counted up to this.
const COUNTED: i64 = 1_000;

/// Registers the addresses of this module.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .service(reading::by_everybody("/", node::page))
        .service(reading::at("/robots.txt", sitemap::robots))
        .service(reading::by_everybody("/sitemap.xml", sitemap::whole))
        .service(reading::by_everybody("/sitemap/{part}.xml", sitemap::part))
        .service(reading::by_everybody("/services/{slug}.{format:rss|atom}", feed::of_service))
        .service(reading::by_everybody("/services/{slug}.ics", calendar::of_service))
        .service(reading::by_everybody("/services/{slug}", service::page))
        .service(reading::by_everybody("/sites/{site}/theme.css", site::theme))
        .service(reading::by_everybody("/sites/{site}", home::page))
        .service(reading::at("/sites/{site}/logo/{media}", site::logo))
        .service(reading::by_everybody("/sites/{site}/icon.{format:svg|ico}", site::icon))
        .service(reading::by_everybody("/sites/{site}/pages/{page}", page::show))
        .configure(inside)
        .configure(alerts::configure)
        .service(reading::by_everybody("/sites/{site}/{section}.{format:rss|atom}", feed::of_section))
        .service(reading::by_everybody("/sites/{site}/{section}.ics", calendar::of_section))
        .service(reading::by_everybody("/sites/{site}/fiches/{uid}/{slug}", item::on_site))
        .service(reading::by_everybody("/sites/{site}/{section}", section::page))
        .service(reading::at("/fichiers/{file}/{name}", files::of_item))
        .service(reading::by_everybody(&format!("{}/{{uid}}.ics", paths::ITEMS), calendar::of_item))
        .service(reading::by_everybody(&format!("{}/{{uid}}", paths::ITEMS), item::without_slug))
        .service(reading::by_everybody(&format!("{}/{{uid}}/{{slug}}", paths::ITEMS), item::page));
}

/// Registers what is inside a workshop.
fn inside(config: &mut web::ServiceConfig) {
    config
        .route("/sites/{site}/atelier/members", reading::get(workshop::members))
        .route("/sites/{site}/atelier/documents", reading::get(documents::list))
        .route("/sites/{site}/atelier/documents", web::post().to(documents::create))
        .route("/sites/{site}/atelier/documents/{document}", reading::get(documents::show))
        .route("/sites/{site}/atelier/documents/{document}", web::post().to(documents::add_version))
        .route("/sites/{site}/atelier/documents/{document}/edit", web::post().to(documents::change))
        .route("/sites/{site}/atelier/documents/{document}/remove", web::post().to(documents::remove))
        .route("/sites/{site}/atelier/documents/{document}/versions/{number}", reading::get(documents::file))
        .route("/sites/{site}/atelier/folders", web::post().to(documents::make_folder))
        .route("/sites/{site}/atelier/folders/{folder}/remove", web::post().to(documents::remove_folder))
        .route("/sites/{site}/atelier/discussions", reading::get(discussions::list))
        .route("/sites/{site}/atelier/discussions", web::post().to(discussions::create))
        .route("/sites/{site}/atelier/discussions/{discussion}", reading::get(discussions::show))
        .route("/sites/{site}/atelier/discussions/{discussion}", web::post().to(discussions::answer));
}
