//! Invitations, forgotten passwords, codes.

use crate::i18n::Translator;
use crate::paths;
use crate::views::{Control, FieldView, FormView, Opt};

fn password(t: Translator, name: &str, label: &str) -> FieldView {
    FieldView::new(t, name, label.to_owned(), Control::Password).required().autocomplete("new-password")
}

fn code(t: Translator, name: &str, hint: &str) -> FieldView {
    FieldView::new(t, name, t.get("code"), Control::Line)
        .hint(t.get(hint))
        .required()
        .max(40)
        .autocomplete("one-time-code")
}

/// Asks for a new password. Fields: `email`.
#[must_use]
pub fn forgotten(t: Translator, csrf: &str) -> FormView {
    let fields = vec![
        FieldView::new(t, "email", t.get("account-email"), Control::Email)
            .required()
            .autocomplete("username"),
    ];
    FormView::new(t, paths::FORGOTTEN, csrf, t.get("forgotten-button"), fields).cancel(paths::LOGIN)
}

/// Sets a forgotten password anew. Fields: `password`, `password_again`.
#[must_use]
pub fn reset(t: Translator, action: &str, csrf: &str) -> FormView {
    let fields = vec![
        password(t, "password", &t.get("password-new")).hint(t.get("password-hint")),
        password(t, "password_again", &t.get("password-again")),
    ];
    FormView::new(t, action, csrf, t.get("password-change"), fields)
}

/// Makes the account of an invitation. Fields: `name`, `password`, `password_again`.
#[must_use]
pub fn accept(t: Translator, action: &str, csrf: &str) -> FormView {
    let fields = vec![
        FieldView::new(t, "name", t.get("setup-name"), Control::Line)
            .required()
            .max(140)
            .autocomplete("name"),
        password(t, "password", &t.get("password")).hint(t.get("password-hint")),
        password(t, "password_again", &t.get("password-again")),
    ];
    FormView::new(t, action, csrf, t.get("account-create"), fields)
}

/// The code after the password. Fields: `code`, and unseen `step` and `next`.
#[must_use]
pub fn login_code(t: Translator, csrf: &str, step: &str, next: &str) -> FormView {
    FormView::new(t, paths::LOGIN_CODE, csrf, t.get("login-button"), vec![code(t, "code", "code-login-hint")])
        .hidden("step", step)
        .hidden("next", next)
}

/// Something that takes a code: confirming codes, ending them, new recovery codes. Its one field has
/// the given name, since two such forms stand on one page.
#[must_use]
pub fn with_code(t: Translator, action: &str, csrf: &str, name: &str, button: String) -> FormView {
    // No recovery code exists before a first code of the device.
    let hint = if name == "confirm" { "code-confirm-hint" } else { "code-hint" };
    FormView::new(t, action, csrf, button, vec![code(t, name, hint)])
}

/// Invites somebody. Where the services are given, one is chosen, and the account may administer the
/// node; otherwise the form is that of one service. Fields: `email`, `service`, `role`,
/// `organisation`, `administrator`, `language`.
#[must_use]
pub fn invitation(
    t: Translator,
    action: &str,
    csrf: &str,
    roles: Vec<Opt>,
    of_node: Option<(Vec<Opt>, Vec<Opt>)>,
) -> FormView {
    let languages = vec![Opt::new("fr", "Français"), Opt::new("en", "English")];
    let mut fields = vec![FieldView::new(t, "email", t.get("account-email"), Control::Email).required()];
    let role = FieldView::new(t, "role", t.get("member-role"), Control::Menu(roles));
    match of_node {
        None => fields.push(role.required()),
        Some((services, organisations)) => {
            fields.push(
                FieldView::new(t, "service", t.get("invitation-service"), Control::Menu(services))
                    .hint(t.get("invitation-service-hint")),
            );
            fields.push(role);
            fields.push(
                FieldView::new(
                    t,
                    "organisation",
                    t.get("account-organisation"),
                    Control::Menu(organisations),
                )
                .required(),
            );
            fields.push(
                FieldView::new(t, "administrator", t.get("account-administrator"), Control::Bool)
                    .hint(t.get("account-administrator-hint")),
            );
        }
    }
    fields.push(
        FieldView::new(t, "language", t.get("invitation-language"), Control::Menu(languages)).required(),
    );
    FormView::new(t, action, csrf, t.get("invitation-send"), fields).with_value("language", t.code())
}
