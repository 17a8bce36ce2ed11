//! Services and their members.

use super::{licences, visibility_name};
use crate::i18n::Translator;
use crate::views::{Control, FieldGroup, FieldView, FormView, Opt};
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;

/// Creates or changes a service. `types` is empty where the type is fixed already. Fields: `type`,
/// `title`, `slug`, `purpose`, `visibility`, `moderators`, `delay_days`, `licence`,
/// `self_validation`.
#[must_use]
pub fn service(t: Translator, action: &str, csrf: &str, types: Vec<Opt>) -> FormView {
    let is_new = !types.is_empty();
    let mut fields = Vec::new();
    if is_new {
        fields.push(FieldView::new(t, "type", t.get("service-field-type"), Control::Menu(types)).required());
    }
    let visibility = |visibility: Visibility, hint: String| {
        Opt::new(visibility.as_str(), visibility_name(t, visibility)).explained(hint)
    };
    let visibilities = vec![
        visibility(Visibility::Public, t.get("visibility-public-hint")),
        visibility(Visibility::Network, t.get("visibility-network-hint")),
        visibility(Visibility::Private, t.get("visibility-private-hint")),
    ];
    fields.extend([
        FieldView::new(t, "title", t.get("service-field-title"), Control::Line).required().max(140),
        FieldView::new(t, "slug", t.get("field-slug"), Control::Line)
            .hint(t.get("service-slug-hint"))
            .max(40),
        FieldView::new(t, "purpose", t.get("service-field-purpose"), Control::Text)
            .hint(t.get("service-purpose-hint"))
            .max(500),
        FieldView::new(t, "visibility", t.get("service-field-visibility"), Control::Choice(visibilities))
            .required(),
    ]);
    let button = if is_new { t.get("service-create") } else { t.get("form-save") };
    let mut form = FormView::new(t, action, csrf, button, fields);
    form.groups.push(charter(t));
    form
}

fn charter(t: Translator) -> FieldGroup {
    let days = t.get("unit-days");
    FieldGroup {
        title: t.get("service-charter"),
        intro: t.get("service-charter-intro"),
        folded: false,
        fields: vec![
            FieldView::new(t, "moderators", t.get("charter-moderators"), Control::Line)
                .hint(t.get("charter-moderators-hint"))
                .max(200),
            FieldView::new(t, "delay_days", t.get("charter-delay"), Control::Integer(days)),
            FieldView::new(t, "licence", t.get("charter-licence"), Control::Menu(licences(t)))
                .hint(t.get("charter-licence-hint")),
            FieldView::new(t, "self_validation", t.get("service-self-validation"), Control::Bool)
                .hint(t.get("service-self-validation-hint")),
        ],
    }
}

/// A role in words.
fn role(t: Translator, role: Role) -> Opt {
    let (name, hint) = match role {
        Role::Contributor => ("role-contributor", "role-contributor-hint"),
        Role::Moderator => ("role-moderator", "role-moderator-hint"),
        Role::ServiceManager => ("role-manager", "role-manager-hint"),
    };
    Opt::new(role.as_str(), t.get(name)).explained(t.get(hint))
}

/// Gives an account a role in a service. Fields: `account`, `role`.
#[must_use]
pub fn member(t: Translator, action: &str, csrf: &str, accounts: Vec<Opt>) -> FormView {
    let roles = [Role::Contributor, Role::Moderator, Role::ServiceManager].map(|r| role(t, r)).to_vec();
    let fields = vec![
        FieldView::new(t, "account", t.get("member-account"), Control::Menu(accounts))
            .hint(t.get("member-account-hint"))
            .required(),
        FieldView::new(t, "role", t.get("member-role"), Control::Choice(roles))
            .required()
            .value(Role::Contributor.as_str()),
    ];
    FormView::new(t, action, csrf, t.get("member-save"), fields)
}
