//! Inside a workshop: documents, discussions, members.

use super::{FormView, Link, Shell, SiteFrame, WorkshopLine};
use crate::i18n::{Translator, When};
use askama::Template;

/// The documents of a workshop, or of one of its folders.
#[derive(Debug, Clone, Template)]
#[template(path = "workshop/documents.html")]
pub struct DocumentsPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The workshop.
    pub site: SiteFrame,
    /// Folders, each with whether it is the one shown; the first one stands for all.
    pub folders: Vec<(Link, bool)>,
    /// The documents, latest change first.
    pub lines: Vec<WorkshopLine>,
    /// Send a document; none for who only reads.
    pub form: Option<FormView>,
    /// Make a folder; none for who only reads.
    pub folder_form: Option<FormView>,
    /// Remove the folder shown (POST); none where none is, or for who does not manage the workshop.
    pub remove_action: Option<String>,
}

/// A version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// "Version 3", with the file.
    pub link: Link,
    /// Name, kind and size of the file.
    pub file: String,
    /// What has changed; empty where nothing was said.
    pub note: String,
    /// Who sent it; empty where that is not known any more.
    pub by: String,
    /// When.
    pub when: When,
}

/// One document with its versions.
#[derive(Debug, Clone, Template)]
#[template(path = "workshop/document.html")]
pub struct DocumentPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The workshop.
    pub site: SiteFrame,
    /// Pages above it.
    pub trail: Vec<Link>,
    /// Title.
    pub heading: String,
    /// What it is about.
    pub note: String,
    /// Versions, latest first.
    pub versions: Vec<VersionLine>,
    /// Discussions about it.
    pub discussions: Vec<WorkshopLine>,
    /// Send a version; none for who only reads.
    pub form: Option<FormView>,
    /// Change what is said of it; none for who only reads.
    pub edit_form: Option<FormView>,
    /// Begin a discussion about it; none for who only reads.
    pub discussion_form: Option<FormView>,
    /// Remove it (POST); none for who does not manage the workshop.
    pub remove_action: Option<String>,
}

/// The discussions of a workshop.
#[derive(Debug, Clone, Template)]
#[template(path = "workshop/discussions.html")]
pub struct DiscussionsPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The workshop.
    pub site: SiteFrame,
    /// The item that they are about; none for all of them.
    pub about: Option<Link>,
    /// The discussions, latest message first.
    pub lines: Vec<WorkshopLine>,
    /// Begin one; none for who only reads.
    pub form: Option<FormView>,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who wrote it; empty where that is not known any more.
    pub by: String,
    /// When.
    pub when: When,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// One discussion.
#[derive(Debug, Clone, Template)]
#[template(path = "workshop/discussion.html")]
pub struct DiscussionPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The workshop.
    pub site: SiteFrame,
    /// Pages above it.
    pub trail: Vec<Link>,
    /// Title.
    pub heading: String,
    /// What it is about: a document or an item.
    pub about: Option<Link>,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// Answer; none for who only reads.
    pub form: Option<FormView>,
}

/// Who is in a workshop.
#[derive(Debug, Clone, Template)]
#[template(path = "workshop/members.html")]
pub struct WorkshopMembersPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// The workshop.
    pub site: SiteFrame,
    /// Name, organisation, role in words.
    pub lines: Vec<(String, String, String)>,
    /// Where they are set; none for who does not manage the workshop.
    pub set_href: Option<String>,
}
