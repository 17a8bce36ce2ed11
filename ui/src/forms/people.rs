//! Organisations, accounts, tokens.

use crate::i18n::Translator;
use crate::paths;
use crate::views::{Control, FieldView, FormView, Opt, PlaceChoice};
use maillage_domain::notice::Pace;

/// Changes the node's own description. Fields: `name`, `territory`.
#[must_use]
pub fn node(t: Translator, csrf: &str, territories: Vec<Opt>) -> FormView {
    let fields = vec![
        FieldView::new(t, "name", t.get("setup-node-name"), Control::Line)
            .hint(t.get("setup-node-name-hint"))
            .required()
            .max(140)
            .autocomplete("organization"),
        FieldView::new(t, "territory", t.get("setup-territory"), Control::Menu(territories)).required(),
    ];
    FormView::new(t, paths::NODE, csrf, t.get("form-save"), fields)
}

/// Creates or changes an organisation. Fields: `name`, `territory` (`territory.add`), `website`.
#[must_use]
pub fn organisation(t: Translator, action: &str, csrf: &str) -> FormView {
    let place = Control::Places(PlaceChoice { single: true, ..PlaceChoice::default() });
    let fields = vec![
        FieldView::new(t, "name", t.get("organisation-name"), Control::Line)
            .hint(t.get("organisation-name-hint"))
            .required()
            .max(140)
            .autocomplete("organization"),
        FieldView::new(t, "territory", t.get("organisation-territory"), place),
        FieldView::new(t, "website", t.get("organisation-website"), Control::Url)
            .hint(t.get("field-url-hint")),
    ];
    FormView::new(t, action, csrf, t.get("form-save"), fields)
}

/// Creates or changes an account. `is_new` asks for a first password. Fields: `name`, `email`,
/// `organisation`, `password`, `administrator`, `disabled`.
#[must_use]
pub fn account(t: Translator, action: &str, csrf: &str, organisations: Vec<Opt>, is_new: bool) -> FormView {
    let password = FieldView::new(t, "password", t.get("account-password"), Control::Password)
        .hint(if is_new { t.get("account-password-hint") } else { t.get("account-password-keep") })
        .autocomplete("new-password");
    let mut fields = vec![
        FieldView::new(t, "name", t.get("setup-name"), Control::Line).required().max(140),
        FieldView::new(t, "email", t.get("account-email"), Control::Email).required(),
        FieldView::new(t, "organisation", t.get("account-organisation"), Control::Menu(organisations))
            .required(),
        if is_new { password.required() } else { password },
        FieldView::new(t, "administrator", t.get("account-administrator"), Control::Bool)
            .hint(t.get("account-administrator-hint")),
    ];
    if !is_new {
        fields.push(
            FieldView::new(t, "disabled", t.get("account-disable"), Control::Bool)
                .hint(t.get("account-disable-hint")),
        );
    }
    let button = if is_new { t.get("account-create") } else { t.get("form-save") };
    FormView::new(t, action, csrf, button, fields)
}

/// With the way out for who has lost the device that makes codes. Field: `reset_codes`.
#[must_use]
pub fn with_reset_of_codes(mut form: FormView) -> FormView {
    let t = form.t;
    let field = FieldView::new(t, "reset_codes", t.get("account-codes-reset-now"), Control::Bool)
        .hint(t.get("account-codes-hint"));
    form.groups.iter_mut().take(1).for_each(|group| group.fields.push(field.clone()));
    form
}

/// Changes one's own password. Fields: `present`, `password`, `password_again`.
#[must_use]
pub fn own_password(t: Translator, csrf: &str) -> FormView {
    let password = |name: &str, label: String| FieldView::new(t, name, label, Control::Password).required();
    let fields = vec![
        password("present", t.get("password-present")).autocomplete("current-password"),
        password("password", t.get("password-new")).hint(t.get("password-hint")).autocomplete("new-password"),
        password("password_again", t.get("password-again")).autocomplete("new-password"),
    ];
    FormView::new(t, paths::PASSWORD, csrf, t.get("password-change"), fields)
}

/// How soon one is told by mail. Field: `pace`.
#[must_use]
pub fn notices(t: Translator, csrf: &str, pace: Pace) -> FormView {
    let choice = |pace: Pace| {
        let (label, hint) = match pace {
            Pace::AtOnce => ("notices-at-once", "notices-at-once-hint"),
            Pace::Daily => ("notices-daily", "notices-daily-hint"),
            Pace::Never => ("notices-never", "notices-never-hint"),
        };
        Opt::new(pace.as_str(), t.get(label)).explained(t.get(hint))
    };
    let options = Pace::ALL.into_iter().map(choice).collect();
    let field = FieldView::new(t, "pace", t.get("notices-pace"), Control::Choice(options));
    let fields = vec![field.required().value(pace.as_str())];
    FormView::new(t, paths::NOTICES, csrf, t.get("notices-choose-it"), fields)
}

/// Creates a token for a program. Fields: `name`.
#[must_use]
pub fn token(t: Translator, csrf: &str) -> FormView {
    let fields = vec![
        FieldView::new(t, "name", t.get("token-name"), Control::Line)
            .hint(t.get("token-name-hint"))
            .required()
            .max(80),
    ];
    FormView::new(t, paths::TOKENS, csrf, t.get("token-create"), fields)
}
