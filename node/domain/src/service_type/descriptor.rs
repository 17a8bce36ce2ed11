//! What can be wrong with the descriptor of a service type, told to whoever writes one.

use super::{ServiceType, WireForm, ageing, checklist, title};
use crate::field::{Field, FieldKind, FieldRole};
use crate::message::Message;
use crate::service::Visibility;
use crate::thesauri;
use std::collections::BTreeSet;

/// What is wrong with a descriptor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum DescriptorError {
    /// Not TOML, or a key or a value that does not exist.
    Syntax {
        /// Line of the text, from 1.
        line: usize,
        /// Character of that line, from 1.
        column: usize,
        /// What was found and what was expected.
        reason: Message,
    },
    /// Well-formed, but not a usable type.
    Invalid {
        /// Slug of the descriptor.
        slug: String,
        /// What to change.
        reason: Message,
    },
}

/// What the TOML reader says most, and the same in French; anything else stays as it says it.
const WORDS: &[(&str, &str)] = &[
    ("unknown field ", "clé inconnue "),
    ("unknown variant ", "valeur inconnue "),
    ("missing field ", "il manque la clé "),
    ("duplicate key", "clé écrite deux fois"),
    ("duplicate field ", "clé écrite deux fois : "),
    ("invalid type: ", "genre de valeur inattendu : "),
    ("invalid value: ", "valeur inattendue : "),
    ("invalid basic string", "texte qui ne se termine pas ou mal écrit"),
    (", expected one of ", ", attendu : "),
    (", expected ", ", attendu : "),
    (" or ", " ou "),
];

impl DescriptorError {
    /// What the TOML reader found in this text.
    pub(super) fn syntax(text: &str, error: &toml::de::Error) -> Self {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or_default();
        let column = before.chars().rev().take_while(|letter| *letter != '\n').count() + 1;
        let said = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        let fr = WORDS.iter().fold(said.clone(), |text, (en, fr)| text.replace(en, fr));
        Self::Syntax { line: before.matches('\n').count() + 1, column, reason: Message::new(fr, said) }
    }

    /// What to tell whoever writes it.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::Syntax { line, column, reason } => Message::new(
                format!("descripteur illisible, ligne {line}, colonne {column} : {}.", reason.fr),
                format!("unreadable descriptor, line {line}, column {column}: {}.", reason.en),
            ),
            Self::Invalid { slug, reason } => Message::new(
                format!("descripteur « {slug} » : {}.", reason.fr),
                format!("descriptor “{slug}”: {}.", reason.en),
            ),
        }
    }
}

/// What is said of a field whose `thesaurus` cannot be used.
pub(super) fn thesaurus(field: &str) -> Message {
    let names = thesauri::names().join(", ");
    Message::new(
        format!("champ `{field}` : `thesaurus` est l'un de {names}, et va sans `choices`"),
        format!("field `{field}`: `thesaurus` is one of {names}, and goes without `choices`"),
    )
}

/// The first thing that keeps a well-formed descriptor from being a type.
pub(super) fn fault(descriptor: &ServiceType) -> Option<Message> {
    if !crate::text::is_slug(&descriptor.slug) {
        return Some(Message::new(
            "`slug` se compose de a-z, 0-9 et de tirets",
            "`slug` takes a-z, 0-9 and hyphens",
        ));
    }
    let (mut names, mut roles) = (BTreeSet::new(), Vec::new());
    for field in &descriptor.fields {
        if !names.insert(&field.name) {
            let name = &field.name;
            return Some(Message::new(
                format!("le champ `{name}` est écrit deux fois"),
                format!("field `{name}` stands twice"),
            ));
        }
        if let Some(fault) = fault_of(field, &roles) {
            return Some(fault);
        }
        roles.extend(field.role);
    }
    // What never leaves its service is not looked for by theme and territory.
    let inner = descriptor.widest == Visibility::Private;
    let titled = !descriptor.title.is_empty();
    let missing = [(FieldRole::Title, titled), (FieldRole::Themes, inner), (FieldRole::Held, inner)];
    let missing = missing.into_iter().filter(|(_, spared)| !spared).map(|(role, _)| role);
    if let Some(needed) = missing.into_iter().find(|needed| !roles.contains(needed)) {
        let role = word(needed);
        return Some(Message::new(
            format!("aucun champ n'a le rôle `{role}`, et il en faut un"),
            format!("no field has the role `{role}`, and one has to"),
        ));
    }
    let whole = title::fault(descriptor).or_else(|| ageing::fault(descriptor));
    let whole = whole.or_else(|| checklist::fault(descriptor));
    if let Some(fault) = whole.or_else(|| beyond(descriptor)) {
        return Some(fault);
    }
    let dated = descriptor.wire == WireForm::Event || roles.contains(&FieldRole::Recurrence);
    (dated && !roles.contains(&FieldRole::Start)).then(|| {
        Message::new(
            "un événement demande un champ de rôle `start`",
            "an event needs a field with the role `start`",
        )
    })
}

/// What is wrong with who may see a type, and with what its fields keep back.
fn beyond(descriptor: &ServiceType) -> Option<Message> {
    if descriptor.visibility.wider_than(descriptor.widest) {
        return Some(Message::new(
            "`visibility` ne peut pas être plus large que `widest`",
            "`visibility` cannot be wider than `widest`",
        ));
    }
    if descriptor.wire == WireForm::None && descriptor.widest != Visibility::Private {
        return Some(Message::new(
            "`wire = \"none\"` va avec `widest = \"private\"`",
            "`wire = \"none\"` goes with `widest = \"private\"`",
        ));
    }
    if let Some(wrong) = descriptor.fields.iter().find(|field| !spared_rightly(field, descriptor)) {
        let name = &wrong.name;
        return Some(Message::new(
            format!("champ `{name}` : `required_unless` nomme un autre champ, et va avec `required`"),
            format!("field `{name}`: `required_unless` names another field, and goes with `required`"),
        ));
    }
    let fits = |field: &&Field| {
        let by = descriptor.field(&field.hidden_by);
        field.hidden_by.is_empty()
            // A file has an address of its own, which does not look at the other fields.
            || field.role.is_none()
                && !field.required
                && !field.kind.is_attachment()
                && by.is_some_and(|by| by.kind == FieldKind::Boolean)
    };
    let wrong = descriptor.fields.iter().find(|field| !fits(field))?;
    let name = &wrong.name;
    Some(Message::new(
        format!(
            "champ `{name}` : `hidden_by` nomme un champ `boolean`, et va avec un champ facultatif sans rôle"
        ),
        format!(
            "field `{name}`: `hidden_by` names a `boolean` field, and goes with an optional field without role"
        ),
    ))
}

fn spared_rightly(field: &Field, descriptor: &ServiceType) -> bool {
    let other = &field.required_unless;
    other.is_empty() || field.required && *other != field.name && descriptor.field(other).is_some()
}

/// What is wrong with one field, where the fields before it have these roles.
fn fault_of(field: &Field, roles: &[FieldRole]) -> Option<Message> {
    let name = &field.name;
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if name.is_empty() || !name.bytes().all(plain) {
        return Some(Message::new(
            format!("le nom de champ `{name}` se compose de a-z, 0-9 et _"),
            format!("field name `{name}` takes a-z, 0-9 and _"),
        ));
    }
    let needs_choices = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
    if needs_choices == field.choices.is_empty() {
        return Some(Message::new(
            format!("champ `{name}` : `choices` va avec `choice` et `choices`, et seulement avec eux"),
            format!("field `{name}`: `choices` go with kind choice(s), and only there"),
        ));
    }
    let needs_standard = matches!(field.kind, FieldKind::Code | FieldKind::Codes);
    if needs_standard != field.standard.is_some() {
        return Some(Message::new(
            format!("champ `{name}` : `standard` va avec `code` et `codes`, et seulement avec eux"),
            format!("field `{name}`: `standard` goes with kind code(s), and only there"),
        ));
    }
    if field.kind.is_reference() == field.of.is_empty() {
        return Some(Message::new(
            format!("champ `{name}` : `of` va avec `reference` et `references`, et seulement avec eux"),
            format!("field `{name}`: `of` goes with kind reference(s), and only there"),
        ));
    }
    let bounded = matches!(field.kind, FieldKind::Integer | FieldKind::Number);
    if field.range.is_some_and(|[least, most]| !bounded || least > most) {
        return Some(Message::new(
            format!("champ `{name}` : `range` va avec `integer` et `number`, le plus petit nombre d'abord"),
            format!("field `{name}`: `range` goes with integer and number, the smaller number first"),
        ));
    }
    if field.most > 0 && !field.kind.is_list() {
        return Some(Message::new(
            format!("champ `{name}` : `most` va avec les champs à plusieurs valeurs"),
            format!("field `{name}`: `most` goes with fields of several values"),
        ));
    }
    let role = field.role?;
    let said = word(role);
    if roles.contains(&role) {
        return Some(Message::new(
            format!("champ `{name}` : un autre champ a déjà le rôle `{said}`"),
            format!("field `{name}`: another field has the role `{said}` already"),
        ));
    }
    (!role_fits(role, field.kind)).then(|| {
        Message::new(
            format!("le champ `{name}` ne peut pas avoir le rôle `{said}` : son `kind` ne va pas avec"),
            format!("field `{name}` cannot have the role `{said}`: its `kind` does not go with it"),
        )
    })
}

/// A role as descriptors write it.
fn word(role: FieldRole) -> String {
    match serde_json::to_value(role) {
        Ok(serde_json::Value::String(word)) => word,
        _ => format!("{role:?}"),
    }
}

fn role_fits(role: FieldRole, kind: FieldKind) -> bool {
    match role {
        FieldRole::Title => kind == FieldKind::Line,
        FieldRole::Summary => matches!(kind, FieldKind::Line | FieldKind::RichText),
        FieldRole::Content => kind == FieldKind::RichText,
        FieldRole::Source => kind == FieldKind::Url,
        FieldRole::Themes => kind == FieldKind::Themes,
        FieldRole::Held | FieldRole::Eligible => kind == FieldKind::Places,
        FieldRole::Start | FieldRole::End => matches!(kind, FieldKind::Date | FieldKind::DateTime),
        FieldRole::Dated => matches!(kind, FieldKind::Date | FieldKind::DateTime),
        FieldRole::Occurrences => kind == FieldKind::Occurrences,
        FieldRole::Recurrence => kind == FieldKind::Recurrence,
        FieldRole::Exceptions => kind == FieldKind::Dates,
        FieldRole::ValidFrom | FieldRole::ValidUntil => kind == FieldKind::Date,
        FieldRole::InReplyTo => kind == FieldKind::Reference,
        FieldRole::Latitude | FieldRole::Longitude => kind == FieldKind::Number,
    }
}
