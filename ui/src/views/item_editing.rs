//! The form of an item, derived from its service type, with its preview.

use super::diff::DiffView;
use super::{FormView, Icon, Link, OfficeFrame, Shell, Told};
use crate::i18n::{Translator, When};
use askama::Template;
use askama::filters::HtmlSafe;

/// How an item looks that is being written.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/preview.html")]
pub struct Preview {
    /// Language.
    pub t: Translator,
    /// What kind of item.
    pub kind: String,
    /// Title; empty while there is none.
    pub title: String,
    /// What it says.
    pub told: Told,
}

impl HtmlSafe for Preview {}

/// Somebody else has saved the item since it was opened.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/conflict.html")]
pub struct Conflict {
    /// Language.
    pub t: Translator,
    /// Who.
    pub who: String,
    /// When.
    pub when: Option<When>,
    /// Their text on a page of its own.
    pub href: String,
    /// Their text against what was typed.
    pub diff: DiffView,
}

impl HtmlSafe for Conflict {}

/// Writing an item.
#[derive(Debug, Clone, Template)]
#[template(path = "office/item_form.html")]
pub struct ItemFormPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// "Nouvelle fiche : une actualité" or the item's title.
    pub heading: String,
    /// Where it stands and what comes next; empty where there is nothing to say.
    pub status: String,
    /// Why it was declined; empty where it was not.
    pub reason: String,
    /// Required fields still empty, each with its place in the form.
    pub missing: Vec<Link>,
    /// What somebody else has saved meanwhile.
    pub conflict: Option<Conflict>,
    /// How it looks so far.
    pub preview: Preview,
    /// See [`crate::forms::item`].
    pub form: FormView,
}
