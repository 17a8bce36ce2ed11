//! The versions of an item: each as it was written, and any two side by side.

use super::diff::DiffView;
use super::{Badge, Icon, OfficeFrame, Opt, Shell, Told};
use crate::i18n::{Translator, When};
use askama::Template;

/// One version of an item, as it was written.
#[derive(Debug, Clone, Template)]
#[template(path = "office/revision.html")]
pub struct RevisionPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// Its number, from 1.
    pub number: u64,
    /// What was decided of it.
    pub badge: Badge,
    /// Who wrote it.
    pub author: String,
    /// When it was saved last.
    pub saved: When,
    /// The reason given when it was declined; empty where it was not.
    pub reason: String,
    /// What it changes of the version before; none for the first.
    pub diff: Option<DiffView>,
    /// Where this version is taken up again (POST); none where that may not be.
    pub restore: Option<String>,
    /// Token of its form.
    pub csrf: String,
    /// All versions.
    pub all: String,
    /// Title.
    pub title: String,
    /// What it says.
    pub told: Told,
    /// The version before.
    pub previous: Option<String>,
    /// The version after.
    pub next: Option<String>,
}

/// One version in the list of them.
#[derive(Debug, Clone)]
pub struct RevisionLine {
    /// Its own page.
    pub href: String,
    /// "version 2".
    pub label: String,
    /// Title.
    pub title: String,
    /// What was decided of it.
    pub badge: Badge,
    /// Who wrote it.
    pub author: String,
    /// When it was saved last.
    pub saved: When,
    /// Where it is taken up again (POST); none where that may not be.
    pub restore: Option<String>,
    /// What the button says, with its number.
    pub restore_label: String,
}

/// The versions of an item, and what two of them say differently.
#[derive(Debug, Clone, Template)]
#[template(path = "office/revisions.html")]
pub struct RevisionsPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// The page's own address.
    pub href: String,
    /// Token of its forms.
    pub csrf: String,
    /// Title of the item.
    pub title: String,
    /// Versions, latest first.
    pub lines: Vec<RevisionLine>,
    /// The same, to choose from.
    pub options: Vec<Opt>,
    /// Number of the version that is compared.
    pub from: String,
    /// Number of the version that it is compared with.
    pub to: String,
    /// What is compared, in words; empty where there is but one version.
    pub compared: String,
    /// What they say differently.
    pub diff: Option<DiffView>,
}
