//! What surrounds a page: the document, the back office's frame, a site's frame.

use super::{Figure, Link, Notice};
use crate::paths;

/// What every document has.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// Name of the node or of the site, after the page's own title in `<title>`.
    pub name: String,
    /// The same page in the other language.
    pub other_language: String,
    /// The address of the node, without a slash at its end.
    pub base: String,
    /// Token that every form sends back in its `csrf` field.
    pub csrf: String,
    /// The outcome of the last action.
    pub notice: Option<Notice>,
}

/// A part of the back office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficeSection {
    /// My work.
    Work,
    /// Moderation queue.
    Queue,
    /// My services.
    Services,
    /// Sites.
    Sites,
    /// Federation.
    Federation,
    /// Settings.
    Settings,
}

impl OfficeSection {
    /// In the order of the navigation.
    pub const ALL: [Self; 6] =
        [Self::Work, Self::Queue, Self::Services, Self::Sites, Self::Federation, Self::Settings];

    /// Address of the section's first page.
    #[must_use]
    pub fn href(self) -> &'static str {
        match self {
            Self::Work => paths::WORK,
            Self::Queue => paths::QUEUE,
            Self::Services => paths::SERVICES,
            Self::Sites => paths::SITES,
            Self::Federation => paths::FEDERATION,
            Self::Settings => paths::SETTINGS,
        }
    }

    /// Message key of the section's name.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Work => "nav-work",
            Self::Queue => "nav-queue",
            Self::Services => "nav-services",
            Self::Sites => "nav-sites",
            Self::Federation => "nav-federation",
            Self::Settings => "nav-settings",
        }
    }
}

/// The back office around a page.
#[derive(Debug, Clone)]
pub struct OfficeFrame {
    /// Name of the account.
    pub account: String,
    /// Its organisation; empty where it has none.
    pub organisation: String,
    /// Sections the account may open, in order.
    pub sections: Vec<OfficeSection>,
    /// The section this page belongs to.
    pub current: OfficeSection,
    /// Items that wait for this account's decision.
    pub to_moderate: u32,
    /// Pages above this one, topmost first.
    pub trail: Vec<Link>,
}

/// The picture beside the name of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// Address.
    pub src: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

/// A public site around a page.
#[derive(Debug, Clone, Default)]
pub struct SiteFrame {
    /// Title of the site.
    pub title: String,
    /// Address of its first page.
    pub href: String,
    /// Address of the stylesheet with its accent; empty for the node's own pages.
    pub theme_href: String,
    /// Its logo.
    pub logo: Option<Logo>,
    /// Its sections.
    pub sections: Vec<Link>,
    /// Address of the section this page belongs to; empty where it belongs to none.
    pub current: String,
    /// Name of the node that runs it.
    pub node_name: String,
    /// What to say in a footer: who publishes this, legal notice.
    pub footer: Vec<Link>,
    /// One sentence for search engines and previews; empty where there is none.
    pub description: String,
    /// Title of the page where it is passed on (Open Graph); empty where it is not to be.
    pub preview: String,
    /// The picture that goes with it; the logo of the site where it has none.
    pub picture: Option<Figure>,
    /// Whether the page is about one thing rather than a list.
    pub about_one: bool,
    /// When what it is about was published, and last changed (RFC 3339); empty where it is about nothing
    /// that was.
    pub published: String,
    /// The latter.
    pub modified: String,
    /// The page's one permanent address; empty where it has none.
    pub canonical: String,
    /// Feeds of this page (label, address, type), for feed readers.
    pub feeds: Vec<(String, String, &'static str)>,
    /// Address of the ActivityPub form; empty where there is none.
    pub activity_href: String,
    /// Whether search engines are asked to stay away.
    pub noindex: bool,
}

impl OfficeFrame {
    /// Whether a section is the current one.
    #[must_use]
    pub fn is_current(&self, section: &OfficeSection) -> bool {
        self.current == *section
    }

    /// Whether a section shows the number of items that wait.
    #[must_use]
    pub fn has_count(&self, section: &OfficeSection) -> bool {
        *section == OfficeSection::Queue && self.to_moderate > 0
    }
}
