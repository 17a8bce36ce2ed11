//! The moderation queue: own and received items in one list, the open one beside it.

use super::diff::DiffView;
use super::{Decisions, Empty, Icon, Link, OfficeFrame, Origin, Paging, Shell, Tab, Told};
use crate::i18n::{Translator, When};
use askama::Template;

/// One item that waits.
#[derive(Debug, Clone)]
pub struct QueueLine {
    /// The queue with this item open.
    pub href: String,
    /// Title.
    pub title: String,
    /// How long it has been waiting, briefly.
    pub waiting: When,
    /// Until when the charter promises a decision, or how long that is past; empty where nothing is
    /// promised.
    pub deadline: String,
    /// Whether it waits longer than the charter promises.
    pub late: bool,
    /// Own, received, or a correction, in words.
    pub source: String,
    /// Whether it came from another node.
    pub received: bool,
    /// Who wrote it.
    pub author: String,
    /// The service it waits in.
    pub service: String,
    /// Who has said something that waits for an answer; empty where nobody has.
    pub talk: String,
    /// Whether it is the open one.
    pub open: bool,
}

/// The item that is open.
#[derive(Debug, Clone)]
pub struct QueueItem {
    /// Title.
    pub title: String,
    /// What kind of item.
    pub kind: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The original, for what was received.
    pub original: Option<Link>,
    /// Why it is held, for what a rule held; empty otherwise.
    pub held_because: String,
    /// What the correction changes.
    pub diff: Option<DiffView>,
    /// What it says.
    pub told: Told,
    /// What can be decided.
    pub decisions: Decisions,
    /// Its own page.
    pub href: String,
    /// The queue with the next item open.
    pub next: Option<String>,
}

/// The moderation queue.
#[derive(Debug, Clone, Template)]
#[template(path = "office/queue.html")]
pub struct QueuePage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// How many wait.
    pub total: u64,
    /// All, own, received, corrections.
    pub filters: Vec<Tab>,
    /// The items, oldest first.
    pub lines: Vec<QueueLine>,
    /// The open one.
    pub item: Option<QueueItem>,
    /// Whether the reader chose it: on a narrow screen it then stands alone.
    pub chosen: bool,
    /// The list without an item chosen, to go back to.
    pub list_href: String,
    /// Deciding on several at once.
    pub several_href: String,
    /// What to say when nothing waits.
    pub empty: Empty,
    /// Other pages.
    pub paging: Paging,
}

/// What became of one of several decisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcomes {
    /// Title of the item.
    pub title: String,
    /// Its page.
    pub href: String,
    /// What was done, or why nothing was.
    pub said: String,
    /// Whether it was done.
    pub done: bool,
}

/// An item that can be ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuePick {
    /// What is sent.
    pub value: String,
    /// Title.
    pub title: String,
    /// Where it comes from, by whom, for which service, since when.
    pub about: Vec<String>,
    /// Where it is read.
    pub href: String,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// Deciding on several waiting items at once.
#[derive(Debug, Clone, Template)]
#[template(path = "office/several.html")]
pub struct QueueSeveralPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Where the form is sent.
    pub action: String,
    /// What became of those that were decided on.
    pub outcomes: Vec<Outcomes>,
    /// What waits, the oldest first.
    pub picks: Vec<QueuePick>,
    /// The reason that was typed.
    pub reason: String,
    /// What is missing; empty where nothing is.
    pub problem: String,
    /// The queue.
    pub queue_href: String,
}
