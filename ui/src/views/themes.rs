//! Back office: the theme tree.

use super::{Icon, Link, OfficeFrame, Shell, Tab};
use crate::i18n::Translator;
use askama::Template;

/// A theme in its tree.
#[derive(Debug, Clone)]
pub struct ThemeLine {
    /// Label, with its form.
    pub link: Link,
    /// How deep it stands: 0 at the top.
    pub depth: usize,
    /// Whether the node has added it.
    pub own: bool,
    /// Whether it is offered no more.
    pub retired: bool,
    /// Codes that it is mapped to, such as `rome:K21`.
    pub codes: Vec<String>,
    /// How many items bear it or a narrower one.
    pub items: u64,
}

impl ThemeLine {
    /// How far it is moved in, three steps at most.
    #[must_use]
    pub fn level(&self) -> usize {
        self.depth.min(3)
    }
}

/// The theme tree.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/themes.html")]
pub struct ThemesPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Pages of the settings, this one included.
    pub tabs: Vec<Tab>,
    /// The terms, each before what is narrower.
    pub lines: Vec<ThemeLine>,
}
