//! Forms as lists of typed fields, with their errors summed up on top and said beside each field.

use super::{Control, FieldView, Icon, PlaceAnswer};
use crate::i18n::Translator;
use askama::Template;
use askama::filters::HtmlSafe;

/// Fields that belong together.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FieldGroup {
    /// Title; empty for the first group, which stands open without one.
    pub title: String,
    /// What it is about; empty where there is nothing to say.
    pub intro: String,
    /// Whether it can be folded away.
    pub folded: bool,
    /// The fields.
    pub fields: Vec<FieldView>,
}

impl FieldGroup {
    /// A folded group opens by itself where something in it needs attention.
    fn needs_attention(&self) -> bool {
        self.fields.iter().any(|field| field.error.is_some())
    }

    fn filled(&self) -> usize {
        let chosen = |field: &&FieldView| {
            !field.required && field.values.iter().any(|value| !matches!(value.as_str(), "" | "false"))
        };
        self.fields.iter().filter(chosen).count()
    }
}

/// A button that sends the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// Value of the field `action`; empty where there is only one button.
    pub action: &'static str,
    /// Whether it is the main one.
    pub main: bool,
}

/// A form.
#[derive(Debug, Clone, PartialEq, Template)]
#[template(path = "parts/form.html")]
pub struct FormView {
    /// Language.
    pub t: Translator,
    /// Where it is sent.
    pub action: String,
    /// Token against forgery.
    pub csrf: String,
    /// Values sent along unseen.
    pub hidden: Vec<(String, String)>,
    /// Fields, the first group open.
    pub groups: Vec<FieldGroup>,
    /// What is wrong with the form as a whole.
    pub problems: Vec<String>,
    /// Buttons, the main one first.
    pub buttons: Vec<Button>,
    /// Where to go without sending.
    pub cancel: Option<String>,
}

impl HtmlSafe for FormView {}

impl FormView {
    /// A form with one group of fields and one button.
    pub fn new(
        t: Translator,
        action: &str,
        csrf: &str,
        button: impl Into<String>,
        fields: Vec<FieldView>,
    ) -> Self {
        Self {
            t,
            action: action.to_owned(),
            csrf: csrf.to_owned(),
            hidden: Vec::new(),
            groups: vec![FieldGroup { fields, ..FieldGroup::default() }],
            problems: Vec::new(),
            buttons: vec![Button { label: button.into(), action: "", main: true }],
            cancel: None,
        }
    }

    /// With a link back.
    #[must_use]
    pub fn cancel(mut self, href: impl Into<String>) -> Self {
        self.cancel = Some(href.into());
        self
    }

    /// Shows again what was sent, passwords apart: nothing typed is lost.
    #[must_use]
    pub fn filled(mut self, sent: &[(String, String)]) -> Self {
        self.fields_mut().for_each(|field| field.fill(sent));
        self
    }

    /// Shows what was understood of a field of places.
    #[must_use]
    pub fn with_places(mut self, name: &str, answer: PlaceAnswer) -> Self {
        if let Some(field) = self.fields_mut().find(|field| field.name == name) {
            field.answer(answer);
        }
        self
    }

    /// With a value in the field of that name.
    #[must_use]
    pub fn with_value(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        if let Some(field) = self.fields_mut().find(|field| field.name == name) {
            field.values = vec![value];
        }
        self
    }

    /// With several values in the field of that name.
    #[must_use]
    pub fn with_values(mut self, name: &str, values: Vec<String>) -> Self {
        if let Some(field) = self.fields_mut().find(|field| field.name == name) {
            field.values = values;
        }
        self
    }

    /// With something sent along unseen.
    #[must_use]
    pub fn hidden(mut self, name: &str, value: impl Into<String>) -> Self {
        self.hidden.push((name.to_owned(), value.into()));
        self
    }

    /// Says what is wrong: with the field of that name, or with the whole form where there is none.
    #[must_use]
    pub fn with_problem(mut self, field: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        let known = self.fields_mut().find(|f| f.name == field).map(|found| {
            found.error.get_or_insert_with(|| text.clone());
        });
        if known.is_none() {
            self.problems.push(text);
        }
        self
    }

    fn fields_mut(&mut self) -> impl Iterator<Item = &mut FieldView> {
        self.groups.iter_mut().flat_map(|group| group.fields.iter_mut())
    }

    /// Whether it sends a file, which takes another encoding.
    fn sends_files(&self) -> bool {
        let sends = |f: &FieldView| matches!(f.control, Control::File(_) | Control::Attachments(_));
        self.groups.iter().flat_map(|group| &group.fields).any(sends)
    }

    /// Whether a text of it is formatted, which takes the script of the editor.
    fn has_rich_text(&self) -> bool {
        self.groups.iter().flat_map(|group| &group.fields).any(|f| f.control == Control::RichText)
    }

    fn wrong(&self) -> Vec<&FieldView> {
        self.groups.iter().flat_map(|group| &group.fields).filter(|field| field.error.is_some()).collect()
    }

    /// How many things are wrong.
    #[must_use]
    pub fn trouble(&self) -> usize {
        self.problems.len() + self.wrong().len()
    }
}
