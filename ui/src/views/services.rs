//! Back office: my work, my services, one service, and pages that are one form.

use super::{Badge, Count, Empty, Fact, FormView, Icon, Link, OfficeFrame, Paging, Shell, Tab};
use crate::i18n::{Translator, When};
use askama::Template;
use askama::filters::HtmlSafe;

/// An item in a list of the back office.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/line.html")]
pub struct ItemLine {
    /// Language.
    pub t: Translator,
    /// Address of the item's page.
    pub href: String,
    /// Title.
    pub title: String,
    /// Its state; none where the list says it.
    pub badge: Option<Badge>,
    /// The service it belongs to; empty within that service's own page.
    pub service: String,
    /// Who wrote it, or where it came from; empty in a list of one's own.
    pub source: String,
    /// Last change.
    pub changed: When,
    /// Why it was declined, or what a correction waits for; empty where there is nothing to say.
    pub remark: String,
}

impl HtmlSafe for ItemLine {}

/// What the account has in hand.
#[derive(Debug, Clone, Template)]
#[template(path = "office/work.html")]
pub struct WorkPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// First name or name to greet.
    pub name: String,
    /// One link for each service the account may write in ("Nouvelle actualité").
    pub create: Vec<Link>,
    /// Came back with a reason.
    pub declined: Vec<ItemLine>,
    /// Not submitted yet.
    pub drafts: Vec<ItemLine>,
    /// Somebody has asked or said something about it.
    pub asked: Vec<ItemLine>,
    /// To be published later, the next first.
    pub scheduled: Vec<ItemLine>,
    /// Waiting for a moderator.
    pub submitted: Vec<ItemLine>,
    /// Published lately.
    pub published: Vec<ItemLine>,
    /// What to say when there is nothing at all.
    pub empty: Empty,
}

/// A service in a list.
#[derive(Debug, Clone)]
pub struct ServiceLine {
    /// The service's page in the back office.
    pub link: Link,
    /// Its type in words.
    pub kind: String,
    /// The account's role in it.
    pub role: String,
    /// Who may see it, in words.
    pub visibility: String,
    /// How many are published.
    pub published: Count,
    /// How many wait for a decision.
    pub to_review: u64,
    /// Where a new item is written; none where the account may not.
    pub create_href: Option<String>,
}

/// The services the account takes part in.
#[derive(Debug, Clone, Template)]
#[template(path = "office/services.html")]
pub struct ServicesPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// The services.
    pub services: Vec<ServiceLine>,
    /// Where a service is created; none where the account may not.
    pub create_href: Option<String>,
    /// What to say when there are none.
    pub empty: Empty,
}

/// Somebody who takes part in a service.
#[derive(Debug, Clone)]
pub struct MemberLine {
    /// Name.
    pub name: String,
    /// Organisation; empty where there is none.
    pub organisation: String,
    /// Role in words.
    pub role: String,
    /// Where the role is changed; none where the account may not.
    pub edit_href: Option<String>,
    /// Where it is taken away (POST); none where the account may not.
    pub remove_action: Option<String>,
}

/// One service: its items by state, its members, what it follows and who follows it.
#[derive(Debug, Clone, Template)]
#[template(path = "office/service.html")]
pub struct ServicePage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Title.
    pub title: String,
    /// Type and visibility in words.
    pub kind: String,
    /// What it is for.
    pub purpose: String,
    /// Where a new item is written; none where the account may not.
    pub create_href: Option<String>,
    /// Settings of the service; none where the account may not.
    pub edit_href: Option<String>,
    /// Where members are added; none where the account may not.
    pub member_href: Option<String>,
    /// Where a file is imported; none where the account may not.
    pub import_href: Option<String>,
    /// States, with counts.
    pub tabs: Vec<Tab>,
    /// The state that is shown, kept by the search; empty for every one.
    pub state: String,
    /// Where a search in the service is sent (GET, field `q`).
    pub search_action: String,
    /// What is searched for now.
    pub query: String,
    /// Items.
    pub items: Vec<ItemLine>,
    /// What to say when there are none.
    pub empty: Empty,
    /// Other pages.
    pub paging: Paging,
    /// Members.
    pub members: Vec<MemberLine>,
    /// Address, charter, licence, followers.
    pub facts: Vec<Fact>,
    /// Public page and feeds.
    pub links: Vec<Link>,
}

/// What is wrong with a row of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportProblemLine {
    /// "ligne 12"; empty where the format has no lines.
    pub place: String,
    /// Whether the row was taken in spite of it.
    pub kept: bool,
    /// The reason.
    pub text: String,
}

/// What an import has done, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportReport {
    /// Name of the file, or address.
    pub source: String,
    /// Whether it was only tried.
    pub dry_run: bool,
    /// New items.
    pub created: usize,
    /// Items that have changed.
    pub updated: usize,
    /// Items that were there already.
    pub unchanged: usize,
    /// Rows left out.
    pub left_out: usize,
    /// What is wrong, row by row.
    pub problems: Vec<ImportProblemLine>,
    /// What is said of the document as a whole.
    pub remarks: Vec<String>,
    /// Where to read what has arrived.
    pub next: Option<Link>,
}

/// Importing a file or a feed.
#[derive(Debug, Clone, Template)]
#[template(path = "office/import.html")]
pub struct ImportPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Names of the columns that a spreadsheet may have.
    pub columns: String,
    /// Address of a table with these columns.
    pub model: String,
    /// Address of a table of what is published.
    pub table: String,
    /// What the last import has done.
    pub report: Option<ImportReport>,
    /// See [`crate::forms::import`].
    pub form: FormView,
}

/// A page of the back office that is one form.
#[derive(Debug, Clone, Template)]
#[template(path = "office/form.html")]
pub struct FormPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// What the form does.
    pub heading: String,
    /// What to know before; empty where there is nothing.
    pub intro: String,
    /// The form, one of [`crate::forms`].
    pub form: FormView,
}
