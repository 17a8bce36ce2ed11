//! An item in the back office: what it holds, what can be decided, what happened to it.

use super::diff::DiffView;
use super::{Badge, Fact, Icon, Link, OfficeFrame, Origin, Shell};
use crate::html::CleanHtml;
use crate::i18n::{Translator, When};
use askama::Template;
use askama::filters::HtmlSafe;

/// A reason for declining that only has to be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(pub String);

/// What the account may decide now; each address is none where it may not.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/decisions.html")]
pub struct Decisions {
    /// Language.
    pub t: Translator,
    /// Token against forgery.
    pub csrf: String,
    /// The revision decided on, so that nobody publishes what they have not read.
    pub revision: String,
    /// Where to go afterwards.
    pub back: String,
    /// Hand over to the moderators (POST).
    pub submit: Option<String>,
    /// Publish (POST).
    pub publish: Option<String>,
    /// Decline with a reason (POST).
    pub decline: Option<String>,
    /// Take back what is published (POST).
    pub withdraw: Option<String>,
    /// Edit (GET).
    pub edit: Option<String>,
    /// Ready reasons.
    pub reasons: Vec<Reason>,
    /// Why nothing can be decided (one's own item); empty where something can.
    pub note: String,
    /// What is wrong with what was sent; empty where nothing is.
    pub problem: String,
    /// Reason typed before.
    pub typed: String,
}

impl HtmlSafe for Decisions {}

/// One step in the life of an item.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// What happened ("Publiée").
    pub what: String,
    /// Who did it, or where it came from.
    pub who: String,
    /// When.
    pub when: When,
    /// The reason given; empty where there is none.
    pub reason: String,
    /// The revision of that moment; none where it changed nothing.
    pub revision: Option<Link>,
}

/// What happened to an item, last first.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/history.html")]
pub struct HistoryView {
    /// Language.
    pub t: Translator,
    /// Steps, last first.
    pub lines: Vec<HistoryLine>,
}

impl HtmlSafe for HistoryView {}

/// An item in the back office.
#[derive(Debug, Clone, Template)]
#[template(path = "office/entry.html")]
pub struct EntryPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Title.
    pub title: String,
    /// State.
    pub badge: Badge,
    /// The service, with its page.
    pub service: Link,
    /// Where it comes from.
    pub origin: Origin,
    /// What can be decided.
    pub decisions: Decisions,
    /// Required fields still empty, each with its place in the form.
    pub missing: Vec<Link>,
    /// The correction that waits, beside what is published.
    pub diff: Option<DiffView>,
    /// Other fields.
    pub facts: Vec<Fact>,
    /// Text.
    pub body: CleanHtml,
    /// Its public page, where it has one.
    pub public_href: Option<String>,
    /// What happened to it.
    pub history: HistoryView,
}
