//! Public lists: the node, a site's first page, a section with its facets.

use super::{Agenda, AroundForm, Count, Empty, Icon, Link, MapView, Paging, Shell, SiteFrame, Tab};
use crate::html::CleanHtml;
use crate::i18n::{Translator, When};
use askama::Template;
use askama::filters::HtmlSafe;
use maillage_domain::search::Question;

/// An item in a list.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/card.html")]
pub struct ItemCard {
    /// Language.
    pub t: Translator,
    /// Address of the item.
    pub href: String,
    /// Title.
    pub title: String,
    /// What kind of item (a section's own list leaves it empty).
    pub kind: String,
    /// When it takes place; none for what does not.
    pub when: Option<When>,
    /// Where, in words; empty where it says no place.
    pub place: String,
    /// Plain-text summary.
    pub summary: String,
    /// Who publishes it.
    pub publisher: String,
    /// How fresh it is.
    pub published: When,
    /// What there is to know before opening it (cancelled, full); empty where there is nothing.
    pub warning: String,
    /// Whether it does not take place: it is struck out.
    pub cancelled: bool,
    /// Heading of the part of the list that begins with it (a month); empty where it goes on.
    pub group: String,
    /// Level of its title among the page's headings, 2 or 3.
    pub level: u8,
    /// What was looked for: its words are marked.
    pub asked: Question,
}

impl HtmlSafe for ItemCard {}

/// The search box of a site.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/search.html")]
pub struct SearchBox {
    /// Language.
    pub t: Translator,
    /// Where the question is sent (GET, field `q`).
    pub action: String,
    /// What is searched for now.
    pub query: String,
    /// Other parameters to be kept.
    pub keep: Vec<(String, String)>,
    /// What else may have been meant.
    pub hints: Vec<SearchHint>,
}

/// What else a question may have meant: words, other places, a larger area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchHint {
    /// What is offered.
    pub text: String,
    /// Where it leads.
    pub links: Vec<Link>,
}

impl HtmlSafe for SearchBox {}

/// One value that narrows a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// Value in words.
    pub label: String,
    /// How many items it leaves.
    pub count: Count,
    /// The list with this value taken in, or out where it is chosen already.
    pub href: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// Values of one kind (themes, places).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetGroup {
    /// What they are.
    pub title: String,
    /// The values, most frequent first.
    pub facets: Vec<Facet>,
}

impl FacetGroup {
    /// How many values show before the rest is folded.
    const SHOWN: usize = 8;

    pub(super) fn first(&self) -> &[Facet] {
        &self.facets[..self.facets.len().min(Self::SHOWN)]
    }

    pub(super) fn rest(&self) -> &[Facet] {
        &self.facets[self.facets.len().min(Self::SHOWN)..]
    }
}

/// A filter that is on, and the way out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActiveFilter {
    /// "Thème : Emploi".
    pub label: String,
    /// The list without it.
    pub href: String,
}

/// How to follow what is shown; in the same place everywhere.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/follow.html")]
pub struct Follow {
    /// Language.
    pub t: Translator,
    /// RSS of exactly this list.
    pub rss: String,
    /// Atom of exactly this list.
    pub atom: String,
    /// The same as a calendar; empty where nothing in it has a date.
    pub ics: String,
    /// The form that asks for an alert by mail; empty where no mail is sent.
    pub alert: String,
    /// The calendar for programs that subscribe at once.
    pub webcal: String,
    /// `@service@host` of the services in it, with their pages.
    pub handles: Vec<Link>,
}

impl HtmlSafe for Follow {}

/// One page of a list, with all that narrows it.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// Search in it.
    pub search: SearchBox,
    /// How many items there are.
    pub total: Count,
    /// Filters that are on.
    pub active: Vec<ActiveFilter>,
    /// The list without any filter.
    pub clear_href: String,
    /// What can narrow the list.
    pub facets: Vec<FacetGroup>,
    /// Days and surroundings by which it can be narrowed.
    pub around: Option<AroundForm>,
    /// How it can be laid out; empty of what has no dates.
    pub tabs: Vec<Tab>,
    /// Its days, where it is laid out so.
    pub agenda: Option<Agenda>,
    /// The same as a map; none where it is not shown so.
    pub map: Option<MapView>,
    /// The items of this page.
    pub items: Vec<ItemCard>,
    /// What to say when there are none.
    pub empty: Empty,
    /// Other pages.
    pub paging: Paging,
    /// How to follow the list.
    pub follow: Follow,
}

/// A section of a site, or what a search found.
#[derive(Debug, Clone, Template)]
#[template(path = "public/list.html")]
pub struct ListPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The site around it.
    pub site: SiteFrame,
    /// Title of the section.
    pub heading: String,
    /// What it holds, in a sentence; empty where there is nothing to add.
    pub intro: String,
    /// The list.
    pub list: Listed,
}

/// A section on a site's first page.
#[derive(Debug, Clone)]
pub struct HomeSection {
    /// Title.
    pub title: String,
    /// Its own page.
    pub href: String,
    /// How many items it holds.
    pub count: Count,
    /// The first few.
    pub items: Vec<ItemCard>,
}

/// A line of a list of documents or discussions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorkshopLine {
    /// Title, with its page.
    pub link: Link,
    /// What is known of it, in short parts.
    pub about: Vec<String>,
    /// When it last changed.
    pub when: When,
}

/// A part of a site's first page.
#[derive(Debug, Clone)]
pub enum HomeBlock {
    /// The search box, and the themes with the most items.
    Search {
        /// Search in the whole site.
        search: SearchBox,
        /// Themes, each with its list.
        themes: Vec<Link>,
    },
    /// Its sections.
    Sections(Vec<HomeSection>),
    /// Items of the whole site.
    Items {
        /// Title.
        title: String,
        /// The items.
        items: Vec<ItemCard>,
        /// The list of all.
        more: String,
    },
    /// Text.
    Text {
        /// Title.
        title: String,
        /// The text.
        body: CleanHtml,
    },
    /// Figures.
    Numbers {
        /// Title.
        title: String,
        /// Number, and what it counts.
        figures: Vec<(String, String)>,
    },
    /// Partners.
    Partners {
        /// Title.
        title: String,
        /// Names; some with an address.
        partners: Vec<Link>,
    },
    /// Documents or discussions of a workshop.
    Lines {
        /// Title.
        title: String,
        /// The latest.
        lines: Vec<WorkshopLine>,
        /// All of them.
        more: Link,
        /// What to say where there are none.
        empty: String,
    },
}

/// A page of plain content of a site.
#[derive(Debug, Clone, Template)]
#[template(path = "public/page.html")]
pub struct PlainPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The site.
    pub site: SiteFrame,
    /// Title.
    pub heading: String,
    /// The text.
    pub body: CleanHtml,
    /// When it was last changed.
    pub changed: When,
}

/// A site's first page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/home.html")]
pub struct HomePage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The site.
    pub site: SiteFrame,
    /// Whose site it is and what for.
    pub intro: String,
    /// What it is made of, in order.
    pub blocks: Vec<HomeBlock>,
    /// What to say of a site that shows nothing.
    pub empty: Option<Empty>,
    /// How to follow the site.
    pub follow: Follow,
}

/// A site in the list of a node's sites.
#[derive(Debug, Clone)]
pub struct SiteCard {
    /// The site.
    pub link: Link,
    /// What it is for.
    pub intro: String,
    /// How much it shows.
    pub items: Count,
}

/// The node's own first page, where it has no site at its root.
#[derive(Debug, Clone, Template)]
#[template(path = "public/node.html")]
pub struct NodePage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The node's own frame.
    pub site: SiteFrame,
    /// What it is, in a sentence.
    pub intro: String,
    /// Public sites.
    pub sites: Vec<SiteCard>,
    /// Public services: type, page, handle.
    pub services: Vec<(String, Link, String)>,
    /// What to say when there is no site.
    pub empty: Empty,
}
