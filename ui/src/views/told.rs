//! What an item says, told the same in the queue, on its page, in a version and in a preview.

use super::{Fact, Icon};
use crate::html::CleanHtml;
use crate::i18n::{Translator, When};
use askama::Template;
use askama::filters::HtmlSafe;

/// A picture in a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    /// Its address on this node.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// Who made it; empty where nothing is said.
    pub credit: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileLink {
    /// Where it is.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// Its format, its size, and the server it stands on where that is another: "PDF, 1,2 Mo".
    pub told: String,
    /// Whether it is a picture.
    pub picture: bool,
}

/// The pictures and files of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default, Template)]
#[template(path = "parts/enclosures.html")]
pub struct Enclosures {
    /// Language.
    pub t: Translator,
    /// Pictures, as far as they are kept here.
    pub pictures: Vec<Figure>,
    /// Files, and pictures that stand elsewhere.
    pub files: Vec<FileLink>,
}

impl HtmlSafe for Enclosures {}

/// What an item says, its title apart.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "parts/told.html")]
pub struct Told {
    /// Language.
    pub t: Translator,
    /// When it takes place.
    pub when: Option<When>,
    /// Where, in words; empty where it says no place.
    pub place: String,
    /// Summary, where the type has a field for it.
    pub lead: String,
    /// Text.
    pub body: CleanHtml,
    /// Its pictures and files.
    pub enclosures: Enclosures,
    /// Names of its themes.
    pub themes: Vec<String>,
    /// Other fields.
    pub facts: Vec<Fact>,
}

impl HtmlSafe for Told {}
