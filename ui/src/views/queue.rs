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
    /// What to say when nothing waits.
    pub empty: Empty,
    /// Other pages.
    pub paging: Paging,
}
