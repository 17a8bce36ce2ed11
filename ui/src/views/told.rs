//! What an item says, told the same in the queue, on its page, in a version and in a preview.

use super::{Fact, Icon};
use crate::html::CleanHtml;
use crate::i18n::{Translator, When};
use askama::Template;
use askama::filters::HtmlSafe;

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
    /// Names of its themes.
    pub themes: Vec<String>,
    /// Other fields.
    pub facts: Vec<Fact>,
}

impl HtmlSafe for Told {}
