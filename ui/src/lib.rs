//! The face of a node: pages, forms, translations and assets, rendered on the server.
//!
//! A page is a struct of plain values with an askama template (`views`), its forms are lists of
//! fields (`forms`). Nothing here reads the database or decides anything: handlers fill the structs
//! and send what [`askama::Template::render`] returns.

pub mod assets;
pub mod forms;
pub mod html;
pub mod i18n;
pub mod paths;
pub mod sentence;
pub mod theme;
pub mod views;
pub mod web;

#[cfg(test)]
extern crate self as maillage_ui;
#[cfg(test)]
#[path = "../examples/gallery/samples/mod.rs"]
mod samples;
#[cfg(test)]
mod tests;
