//! A map of where things are, drawn in the page, with the same as a list.

use super::Link;
use crate::i18n::Translator;
use askama::Template;
use askama::filters::HtmlSafe;

/// A point of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    /// Where it stands.
    pub x: f64,
    /// Where it stands.
    pub y: f64,
    /// Its radius.
    pub radius: f64,
    /// How many things are there.
    pub count: String,
    /// Where it is and how many things are there, in words.
    pub label: String,
    /// The list of them.
    pub href: String,
}

/// A town that is named for orientation.
#[derive(Debug, Clone, PartialEq)]
pub struct MapTown {
    /// Its name.
    pub name: String,
    /// Where the name stands.
    pub x: f64,
    /// Where the name stands.
    pub y: f64,
}

/// A map, 640 units wide.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "parts/map.html")]
pub struct MapView {
    /// Language.
    pub t: Translator,
    /// Its height.
    pub height: f64,
    /// The communes of the country, as the path of an SVG.
    pub ground: String,
    /// Towns.
    pub towns: Vec<MapTown>,
    /// Points.
    pub points: Vec<MapPoint>,
    /// Length of the scale.
    pub ruler: f64,
    /// Where the scale ends.
    pub ruler_end: f64,
    /// What it stands for.
    pub kilometres: String,
    /// The same as a list: communes with how many things are there.
    pub places: Vec<(Link, String)>,
}

impl HtmlSafe for MapView {}
