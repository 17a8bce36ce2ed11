//! Small pieces that many pages share.

use crate::i18n::{Translator, When};
use askama::Template;
use askama::filters::HtmlSafe;
use maillage_domain::workflow::EntryState;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

impl Link {
    /// A link from its text and address.
    pub fn new(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: href.into() }
    }
}

/// One view of a page among others, with a count where there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tab {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// How many things it holds.
    pub count: Option<u64>,
    /// Whether it is the one shown.
    pub current: bool,
}

/// The outcome of an action, shown on the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it went.
    pub kind: NoticeKind,
    /// What is said.
    pub text: String,
    /// What can be done about it (undo, see the item).
    pub action: Option<Link>,
}

/// How an action went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Done.
    Done,
    /// To know.
    Info,
    /// Not done.
    Problem,
}

impl NoticeKind {
    /// Suffix of the CSS class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Info => "info",
            Self::Problem => "problem",
        }
    }
}

/// A number that may be capped: over large sets only "more than 1,000" is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// The number, or the cap.
    pub value: u64,
    /// Whether there are more.
    pub capped: bool,
}

impl Count {
    /// An exact number.
    #[must_use]
    pub fn exact(value: u64) -> Self {
        Self { value, capped: false }
    }

    /// "128 fiches", "plus de 1 000 fiches".
    #[must_use]
    pub fn items(self, t: Translator) -> String {
        t.count(if self.capped { "count-items-over" } else { "count-items" }, self.value)
    }

    /// "128", "1 000 +".
    #[must_use]
    pub fn short(self, t: Translator) -> String {
        let number = t.number(self.value);
        if self.capped { format!("{number}\u{a0}+") } else { number }
    }
}

/// A line icon, drawn in the current colour; it says nothing that the text beside it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Template)]
#[template(path = "parts/icon.html")]
pub struct Icon(pub &'static str);

impl HtmlSafe for Icon {}

/// The state of an item: a mark, a word, and only then a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Template)]
#[template(path = "parts/badge.html")]
pub struct Badge {
    /// Language.
    pub t: Translator,
    /// The state.
    pub state: EntryState,
}

impl HtmlSafe for Badge {}

impl Badge {
    fn icon(&self) -> Icon {
        Icon(match self.state {
            EntryState::Draft => "pencil",
            EntryState::Submitted => "clock",
            EntryState::Published => "check",
            EntryState::Declined => "back",
            EntryState::Withdrawn => "cross",
            EntryState::Expired => "past",
            EntryState::Ignored => "minus",
        })
    }
}

/// One named fact about a thing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fact {
    /// Its name.
    pub label: String,
    /// Its values, as links where they lead somewhere.
    pub values: Vec<Link>,
}

impl Fact {
    /// A fact with one value in words.
    pub fn text(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), values: vec![Link::new(value, "")] }
    }
}

/// Where an item comes from and how fresh it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Template)]
#[template(path = "parts/origin.html")]
pub struct Origin {
    /// Language.
    pub t: Translator,
    /// Who publishes.
    pub publisher: String,
    /// The service, with its page.
    pub service: Link,
    /// The node it was received from, where it is not our own.
    pub received_from: Option<String>,
    /// Who passed it on, where that is not its publisher.
    pub announced_by: Option<String>,
    /// First publication; none before it.
    pub published: Option<When>,
    /// Last correction.
    pub updated: Option<When>,
}

impl HtmlSafe for Origin {}

impl Origin {
    fn line(&self) -> String {
        let publisher = self.publisher.as_str();
        match &self.published {
            Some(when) => {
                self.t.with2("origin-published", ("publisher", publisher), ("when", when.text.as_str()))
            }
            None => self.t.with("origin-by", "publisher", publisher),
        }
    }
}

/// Links to the pages before and after.
#[derive(Debug, Clone, PartialEq, Eq, Default, Template)]
#[template(path = "parts/paging.html")]
pub struct Paging {
    /// Language.
    pub t: Translator,
    /// Page shown, from 1.
    pub page: u64,
    /// Number of pages, where it is known.
    pub pages: Option<u64>,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
}

impl HtmlSafe for Paging {}

impl Paging {
    fn position(&self) -> String {
        let page = self.t.number(self.page);
        match self.pages {
            Some(pages) => self.t.with2("paging-of", ("page", page), ("pages", self.t.number(pages))),
            None => self.t.with("paging-page", "page", page),
        }
    }
}

/// A list with nothing in it: what that means and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Default, Template)]
#[template(path = "parts/empty.html")]
pub struct Empty {
    /// Icon above the text.
    pub icon: Icon,
    /// What there is not.
    pub title: String,
    /// What that means.
    pub text: String,
    /// What to do.
    pub action: Option<Link>,
}

impl HtmlSafe for Empty {}
