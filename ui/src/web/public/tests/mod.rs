//! Public pages and the gate over a real store, as browsers and feed readers use them.

mod agenda;
mod alerts;
mod assets;
mod calendars;
mod feeds;
mod first_run;
mod guard;
mod inert;
mod lists;
mod login;
mod map;
mod narrowing;
mod page_cache;
mod places;
mod provider;
mod received;
mod scene;
mod sitemap;
mod visibility;
mod workshop;
