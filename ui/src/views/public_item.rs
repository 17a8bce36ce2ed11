//! Public pages of one thing: an item, a service.

use super::{Enclosures, Fact, Icon, ItemCard, Link, Listed, Origin, Shell, SiteFrame};
use crate::html::{CleanHtml, JsonLd};
use crate::i18n::{Translator, When};
use askama::Template;

/// An item, as its readers see it.
#[derive(Debug, Clone, Template)]
#[template(path = "public/item.html")]
pub struct ItemPage {
    /// Language of the page.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The site around it.
    pub site: SiteFrame,
    /// Pages above it.
    pub trail: Vec<Link>,
    /// Language of the item, where it is not the page's (ISO 639-1).
    pub lang: Option<String>,
    /// What kind of item it is; empty where the page above says it.
    pub kind: String,
    /// Title.
    pub title: String,
    /// When it takes place; its text may hold start and end.
    pub when: Option<When>,
    /// Where, in words; empty where it says no place.
    pub place: String,
    /// What there is to know first (cancelled, full, expired); empty where there is nothing.
    pub warning: String,
    /// Whether it does not take place: it is struck out.
    pub cancelled: bool,
    /// Summary, where it is not the beginning of the text; empty where there is none.
    pub lead: String,
    /// The text.
    pub body: CleanHtml,
    /// Apply, register, read the source: the one main action.
    pub main_action: Option<Link>,
    /// Host the main action leads to; empty where it stays here.
    pub main_action_host: String,
    /// The other fields.
    pub facts: Vec<Fact>,
    /// Its pictures and files.
    pub enclosures: Enclosures,
    /// Themes, each with the list it narrows.
    pub themes: Vec<Link>,
    /// Where it comes from.
    pub origin: Origin,
    /// Where its original is, for what was received.
    pub original: Option<Link>,
    /// Licence; its address is empty where it has none.
    pub licence: Option<Link>,
    /// Permanent address, shown in print.
    pub permalink: String,
    /// What the members of the workshop say of it; none outside of one.
    pub discussions: Option<Link>,
    /// Its calendar; none where it has no date, or is not for everybody.
    pub calendar: Option<String>,
    /// Items on the same themes near it.
    pub related: Vec<ItemCard>,
    /// Structured data.
    pub json_ld: Option<JsonLd>,
}

/// A public service: what it promises and how to follow it.
#[derive(Debug, Clone, Template)]
#[template(path = "public/service.html")]
pub struct ServicePublicPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The node's own frame.
    pub site: SiteFrame,
    /// What kind of service.
    pub kind: String,
    /// Title.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// `@service@host`.
    pub handle: String,
    /// Who moderates, within what delay, under which licence.
    pub charter: Vec<Fact>,
    /// What it has published.
    pub list: Listed,
}
