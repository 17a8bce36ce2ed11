//! First run and login.

use crate::i18n::Translator;
use crate::paths;
use crate::views::{Control, FieldView, FormView, Opt};

/// Creates the administrator; the one-time code proves that it is not just the first stranger.
/// Fields: `code`, `node_name`, `territory`, `name`, `email`, `password`, `password_again`.
#[must_use]
pub fn setup(t: Translator, csrf: &str, territories: Vec<Opt>) -> FormView {
    let fields = vec![
        FieldView::new(t, "code", t.get("setup-code"), Control::Line)
            .hint(t.get("setup-code-hint"))
            .required()
            .max(40)
            .autocomplete("one-time-code"),
        FieldView::new(t, "node_name", t.get("setup-node-name"), Control::Line)
            .hint(t.get("setup-node-name-hint"))
            .required()
            .max(140),
        FieldView::new(t, "territory", t.get("setup-territory"), Control::Menu(territories)).required(),
        FieldView::new(t, "name", t.get("setup-name"), Control::Line)
            .required()
            .max(140)
            .autocomplete("name"),
        FieldView::new(t, "email", t.get("account-email"), Control::Email)
            .hint(t.get("setup-email-hint"))
            .required()
            .autocomplete("username"),
        FieldView::new(t, "password", t.get("password"), Control::Password)
            .hint(t.get("password-hint"))
            .required()
            .autocomplete("new-password"),
        FieldView::new(t, "password_again", t.get("password-again"), Control::Password)
            .required()
            .autocomplete("new-password"),
    ];
    FormView::new(t, paths::SETUP, csrf, t.get("setup-button"), fields)
}

/// Logs in; `next` is the local path to go on to. Fields: `email`, `password`, `next`.
#[must_use]
pub fn login(t: Translator, csrf: &str, next: &str) -> FormView {
    let fields = vec![
        FieldView::new(t, "email", t.get("account-email"), Control::Email)
            .required()
            .autocomplete("username"),
        FieldView::new(t, "password", t.get("password"), Control::Password)
            .required()
            .autocomplete("current-password"),
    ];
    let mut form = FormView::new(t, paths::LOGIN, csrf, t.get("login-button"), fields);
    form.hidden.push(("next".to_owned(), next.to_owned()));
    form
}
