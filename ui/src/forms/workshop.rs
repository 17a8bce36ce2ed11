//! Documents and discussions of a workshop.

use crate::i18n::Translator;
use crate::views::{Control, FieldView, FormView, Opt};

/// Sends a document. Fields: `file`, `title`, `note`, `folder`.
#[must_use]
pub fn document(t: Translator, action: &str, csrf: &str, folders: Vec<Opt>) -> FormView {
    let mut fields = vec![file(t)];
    fields.extend(about(t, folders, false));
    FormView::new(t, action, csrf, t.get("document-send"), fields)
}

/// Changes what is said of a document. Fields: `title`, `note`, `folder`.
#[must_use]
pub fn document_about(t: Translator, action: &str, csrf: &str, folders: Vec<Opt>) -> FormView {
    FormView::new(t, action, csrf, t.get("form-save"), about(t, folders, true))
}

fn about(t: Translator, folders: Vec<Opt>, titled: bool) -> Vec<FieldView> {
    let title = FieldView::new(t, "title", t.get("document-title"), Control::Line).max(140);
    let title = if titled { title.required() } else { title.hint(t.get("document-title-hint")) };
    let mut fields = vec![title, FieldView::new(t, "note", t.get("document-note"), Control::Text).max(1_000)];
    if !folders.is_empty() {
        fields.push(FieldView::new(t, "folder", t.get("document-folder"), Control::Menu(folders)));
    }
    fields
}

/// Sends a version of a document. Fields: `file`, `change`.
#[must_use]
pub fn version(t: Translator, action: &str, csrf: &str) -> FormView {
    let note = FieldView::new(t, "change", t.get("version-note"), Control::Line).max(500);
    FormView::new(t, action, csrf, t.get("document-send"), vec![file(t), note])
}

fn file(t: Translator) -> FieldView {
    FieldView::new(t, "file", t.get("document-file"), Control::File(""))
        .hint(t.get("document-file-hint"))
        .required()
}

/// Makes a folder. Field: `name`.
#[must_use]
pub fn folder(t: Translator, action: &str, csrf: &str) -> FormView {
    let title = FieldView::new(t, "name", t.get("folder-title"), Control::Line).required().max(140);
    FormView::new(t, action, csrf, t.get("folder-make"), vec![title])
}

/// Begins a discussion. Fields: `subject`, `body`.
#[must_use]
pub fn discussion(t: Translator, action: &str, csrf: &str) -> FormView {
    let title = FieldView::new(t, "subject", t.get("discussion-title"), Control::Line).required().max(140);
    FormView::new(t, action, csrf, t.get("discussion-begin"), vec![title, message_body(t)])
}

/// Answers in a discussion. Field: `body`.
#[must_use]
pub fn message(t: Translator, action: &str, csrf: &str) -> FormView {
    FormView::new(t, action, csrf, t.get("message-send"), vec![message_body(t)])
}

fn message_body(t: Translator) -> FieldView {
    FieldView::new(t, "body", t.get("message-body"), Control::Text).required()
}
