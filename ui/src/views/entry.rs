//! An item in the back office: what it holds, what can be decided, what happened to it.

use super::diff::DiffView;
use super::{Badge, Icon, Link, OfficeFrame, Origin, Shell, Told};
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
    /// What is to be checked and ticked before publishing.
    pub checklist: Vec<String>,
    /// When it is to be published, in words; empty where no moment is set.
    pub scheduled: String,
    /// Cancel the publication that is set (POST).
    pub unschedule: Option<String>,
    /// Make a draft again of what was submitted (POST).
    pub take_back: Option<String>,
    /// Why nothing can be decided (one's own item); empty where something can.
    pub note: String,
    /// Required fields that are still empty, each with its place in the form; nobody publishes before they
    /// are filled in.
    pub missing: Vec<Link>,
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

/// Something that was said about an item.
#[derive(Debug, Clone)]
pub struct CommentLine {
    /// Who said it.
    pub who: String,
    /// On which side they stand, in words.
    pub side: String,
    /// When.
    pub when: When,
    /// Its lines.
    pub lines: Vec<String>,
}

/// What author and moderators say to each other about an item, with the form to say more.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/talk.html")]
pub struct TalkView {
    /// Language.
    pub t: Translator,
    /// Token against forgery.
    pub csrf: String,
    /// First to last.
    pub lines: Vec<CommentLine>,
    /// Where more is said (POST); none where the account may not.
    pub action: Option<String>,
    /// What is wrong with what was sent; empty where nothing is.
    pub problem: String,
    /// What was typed before.
    pub typed: String,
}

impl HtmlSafe for TalkView {}

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
    /// What kind of item.
    pub kind: String,
    /// State.
    pub badge: Badge,
    /// Where it comes from.
    pub origin: Origin,
    /// The original, for what was received.
    pub original: Option<Link>,
    /// Why it waits, for what a rule held; empty otherwise.
    pub held_because: String,
    /// What can be decided.
    pub decisions: Decisions,
    /// The correction that waits, beside what is published.
    pub diff: Option<DiffView>,
    /// What it says.
    pub told: Told,
    /// What the passing of time has made of it: "à vérifier depuis le …".
    pub aged: Vec<String>,
    /// Where to say that it is right as it stands, for who may.
    pub confirm: Option<String>,
    /// Token of its forms.
    pub csrf: String,
    /// Its public page, where it has one.
    pub public_href: Option<String>,
    /// What author and moderators say to each other about it.
    pub talk: TalkView,
    /// What happened to it.
    pub history: HistoryView,
    /// Its versions side by side; none where there is but one.
    pub versions: Option<String>,
}
