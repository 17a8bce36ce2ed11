//! The form of an item, derived from its service type.

use super::{FormView, Icon, Link, OfficeFrame, Shell};
use crate::i18n::Translator;
use askama::Template;

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
    /// "Nouvelle actualité" or the item's title.
    pub heading: String,
    /// The service, with its page.
    pub service: Link,
    /// Where it stands and what comes next; empty where there is nothing to say.
    pub status: String,
    /// Why it was declined; empty where it was not.
    pub reason: String,
    /// Required fields still empty, each with its place in the form.
    pub missing: Vec<Link>,
    /// See [`crate::forms::item`].
    pub form: FormView,
}
