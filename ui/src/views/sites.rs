//! Back office: the node's sites and what they show.

use super::{Count, Empty, Fact, FormView, Icon, Link, OfficeFrame, Shell, Tab};
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
    /// The parts of its settings.
    pub tabs: Vec<Tab>,
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

/// A block of a first page, in the list.
#[derive(Debug, Clone)]
pub struct BlockLine {
    /// Title, or kind, with its form.
    pub link: Link,
    /// What is set of it.
    pub about: String,
    /// Move before the one above (POST); none for the first.
    pub up_action: Option<String>,
    /// Move behind the one below (POST); none for the last.
    pub down_action: Option<String>,
    /// Take away (POST).
    pub remove_action: String,
}

/// The blocks of a site's first page.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/site_blocks.html")]
pub struct BlocksPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Title of the site.
    pub title: String,
    /// Its public page.
    pub public_href: String,
    /// The parts of its settings.
    pub tabs: Vec<Tab>,
    /// The blocks, in order.
    pub lines: Vec<BlockLine>,
    /// Kinds of block to add, each with what it is for.
    pub offered: Vec<(Link, String)>,
}

/// A page of plain content, in the list.
#[derive(Debug, Clone)]
pub struct SitePageLine {
    /// Title, with its form.
    pub link: Link,
    /// From where readers are led to it.
    pub place: String,
    /// Its public page.
    pub public_href: String,
    /// Remove (POST).
    pub remove_action: String,
}

/// The pages of plain content of a site.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/site_pages.html")]
pub struct SitePagesPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Title of the site.
    pub title: String,
    /// Its public page.
    pub public_href: String,
    /// The parts of its settings.
    pub tabs: Vec<Tab>,
    /// The pages, in order.
    pub lines: Vec<SitePageLine>,
    /// Write another (form).
    pub create_href: String,
    /// Pages that the site owes its readers and lacks (forms).
    pub missing: Vec<Link>,
}

/// A member of a site.
#[derive(Debug, Clone)]
pub struct SiteMemberLine {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Organisation.
    pub organisation: String,
    /// Role in words.
    pub role: String,
    /// End the membership (POST).
    pub remove_action: String,
}

/// The members of a site.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/site_members.html")]
pub struct SiteMembersPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Title of the site.
    pub title: String,
    /// Its public page.
    pub public_href: String,
    /// The parts of its settings.
    pub tabs: Vec<Tab>,
    /// What members are for here.
    pub intro: String,
    /// The members by name.
    pub lines: Vec<SiteMemberLine>,
    /// Add one.
    pub form: FormView,
}
