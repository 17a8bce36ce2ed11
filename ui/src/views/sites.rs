//! Back office: the node's sites and what they show.

use super::{Count, Empty, Fact, Icon, Link, OfficeFrame, Shell};
use crate::i18n::Translator;
use askama::Template;

/// A site in the list.
#[derive(Debug, Clone)]
pub struct SiteLine {
    /// Its page in the back office.
    pub link: Link,
    /// Kind in words.
    pub kind: String,
    /// How many sections it has.
    pub sections: u64,
    /// How many items it shows.
    pub items: Count,
    /// Its public page.
    pub public_href: String,
}

/// The node's sites.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/sites.html")]
pub struct SitesPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// The sites.
    pub lines: Vec<SiteLine>,
    /// Where a site is created; none where the account may not.
    pub create_href: Option<String>,
    /// What to say when there are none.
    pub empty: Empty,
}

/// A section of a site: a service shown there, through a filter.
#[derive(Debug, Clone)]
pub struct PlacementLine {
    /// Title of the section, with its form.
    pub link: Link,
    /// The service shown.
    pub service: String,
    /// What it lets through, as a sentence.
    pub filter: String,
    /// Order in words.
    pub order: String,
    /// How many items it shows.
    pub items: Count,
    /// Move before the one above (POST); none for the first.
    pub up_action: Option<String>,
    /// Move behind the one below (POST); none for the last.
    pub down_action: Option<String>,
    /// Take off the site (POST).
    pub remove_action: String,
}

/// One site: its settings and its sections.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/site.html")]
pub struct SiteAdminPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Title.
    pub title: String,
    /// Its public page.
    pub public_href: String,
    /// Its form; none where the account may not.
    pub edit_href: Option<String>,
    /// Where a section is added; none where the account may not.
    pub create_href: Option<String>,
    /// Kind, address, accent.
    pub facts: Vec<Fact>,
    /// Sections, in order.
    pub lines: Vec<PlacementLine>,
    /// What to say when there are none.
    pub empty: Empty,
}
