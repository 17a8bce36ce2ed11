//! Services and their members.

use super::{licences, visibility_name};
use crate::i18n::Translator;
use crate::views::{Control, FieldGroup, FieldView, FormView, Opt};
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;

/// Creates a service of one of these types, or changes one where there are none to choose from:
/// what was promised to others (type, short name, visibility) stays. `licence` is the one that
/// stands. Fields: `type`, `title`, `slug`, `purpose`, `visibility`, `moderators`, `delay_days`,
/// `licence`, `self_validation`, and `reasons` (for declining, one on each line) of one that is there.
#[must_use]
pub fn service(t: Translator, action: &str, csrf: &str, types: Option<Vec<Opt>>, licence: &str) -> FormView {
    let title = FieldView::new(t, "title", t.get("service-field-title"), Control::Line).required().max(140);
    let purpose = FieldView::new(t, "purpose", t.get("service-field-purpose"), Control::Text)
        .hint(t.get("service-purpose-hint"))
        .max(500);
    let (button, fields) = match types {
        None => (t.get("form-save"), vec![title, purpose]),
        Some(types) => {
            let kind =
                FieldView::new(t, "type", t.get("service-field-type"), Control::Menu(types)).required();
            let slug = FieldView::new(t, "slug", t.get("field-slug"), Control::Line)
                .hint(t.get("service-slug-hint"))
                .max(40);
            (t.get("service-create"), vec![kind, title, slug, purpose, visibility_field(t)])
        }
    };
    let is_new = fields.len() > 2;
    let mut form = FormView::new(t, action, csrf, button, fields);
    form.groups.push(charter(t, licence));
    if !is_new {
        let reasons = FieldView::new(t, "reasons", t.get("service-reasons"), Control::Text);
        let reasons = vec![reasons.hint(t.get("service-reasons-hint"))];
        let title = t.get("service-moderation");
        form.groups.push(FieldGroup { title, intro: String::new(), folded: true, fields: reasons });
    }
    form
}

fn visibility_field(t: Translator) -> FieldView {
    let visibility = |visibility: Visibility, hint: String| {
        Opt::new(visibility.as_str(), visibility_name(t, visibility)).explained(hint)
    };
    let visibilities = vec![
        visibility(Visibility::Public, t.get("visibility-public-hint")),
        visibility(Visibility::Network, t.get("visibility-network-hint")),
        visibility(Visibility::Private, t.get("visibility-private-hint")),
    ];
    FieldView::new(t, "visibility", t.get("service-field-visibility"), Control::Choice(visibilities))
        .required()
}

fn charter(t: Translator, licence: &str) -> FieldGroup {
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
            FieldView::new(t, "licence", t.get("charter-licence"), Control::Menu(licences(t, licence)))
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

/// Gives one of these accounts a role in a service, or a member another one where there are none to
/// choose from. Fields: `account`, `role`.
#[must_use]
pub fn member(t: Translator, action: &str, csrf: &str, accounts: Option<Vec<Opt>>) -> FormView {
    let roles = [Role::Contributor, Role::Moderator, Role::ServiceManager].map(|r| role(t, r)).to_vec();
    let role = FieldView::new(t, "role", t.get("member-role"), Control::Choice(roles))
        .required()
        .value(Role::Contributor.as_str());
    match accounts {
        None => FormView::new(t, action, csrf, t.get("form-save"), vec![role]),
        Some(accounts) => {
            let account = FieldView::new(t, "account", t.get("member-account"), Control::Menu(accounts))
                .hint(t.get("member-account-hint"))
                .required();
            FormView::new(t, action, csrf, t.get("member-save"), vec![account, role])
        }
    }
}
