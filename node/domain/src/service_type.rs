//! A service type: the descriptor from which form, page, columns and wire form derive.

use crate::field::{Field, FieldKind, FieldRole, Fields};
use crate::message::Message;
use crate::service::Visibility;
use crate::site::Order;
use crate::thesauri;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The ActivityStreams form of an item (FEDERATION.md: what other software sees).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WireForm {
    /// `Article` with a plain summary.
    Article,
    /// `Note` without name: title in bold, text, link.
    Note,
    /// `Note` whose first attachment is a `Link` to the source.
    NoteLink,
    /// `Event` with start, end, zone and place.
    Event,
}

/// What happens to published items as time passes; each in days, none where it does not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct Expiry {
    /// Expired this many days after the end of the item (its start where it has no end).
    pub after_end_days: Option<u32>,
    /// Expired this many days after publication.
    pub after_publication_days: Option<u32>,
}

/// A type of service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceType {
    /// Permanent name, used in the API, on the wire and on the command line.
    pub slug: String,
    /// French label.
    pub fr: String,
    /// English label.
    pub en: String,
    /// What one item is called in French (`une actualité`).
    pub item_fr: String,
    /// What one item is called in English (`a news item`).
    pub item_en: String,
    /// French purpose.
    pub purpose_fr: String,
    /// English purpose.
    pub purpose_en: String,
    /// Visibility of a new service of this type.
    pub visibility: Visibility,
    /// ActivityStreams form of its items.
    pub wire: WireForm,
    /// schema.org type of its items.
    pub schema_org: String,
    /// Order of lists.
    #[serde(default)]
    pub order: Order,
    /// Ageing.
    #[serde(default)]
    pub expiry: Expiry,
    /// The fields, in the order of the form.
    pub fields: Vec<Field>,
}

/// What is wrong with a descriptor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DescriptorError {
    /// Not TOML, or a key that does not exist.
    #[error("descripteur illisible / unreadable descriptor: {0}")]
    Syntax(String),
    /// Well-formed, but not a usable type.
    #[error("descripteur « {slug} » : {reason}")]
    Invalid {
        /// Slug of the descriptor.
        slug: String,
        /// What to change.
        reason: String,
    },
}

impl ServiceType {
    /// Reads a descriptor.
    ///
    /// # Errors
    /// [`DescriptorError`] with what to change.
    pub fn from_toml(text: &str) -> Result<Self, DescriptorError> {
        let mut parsed: Self = toml::from_str(text).map_err(|e| DescriptorError::Syntax(e.to_string()))?;
        for field in parsed.fields.iter_mut().filter(|field| !field.thesaurus.is_empty()) {
            field.choices = thesauri::choices(&field.thesaurus)
                .filter(|_| field.choices.is_empty())
                .ok_or_else(|| DescriptorError::Invalid {
                    slug: parsed.slug.clone(),
                    reason: format!(
                        "field `{}`: `thesaurus` is one of {}, and goes without `choices`",
                        field.name,
                        thesauri::names().join(", ")
                    ),
                })?;
        }
        parsed.check()?;
        Ok(parsed)
    }

    fn check(&self) -> Result<(), DescriptorError> {
        let invalid = |reason: String| DescriptorError::Invalid { slug: self.slug.clone(), reason };
        if !crate::text::is_slug(&self.slug) {
            return Err(invalid("`slug` takes a-z, 0-9 and hyphens".into()));
        }
        let mut names = BTreeSet::new();
        let mut roles = Vec::new();
        for field in &self.fields {
            let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
            if field.name.is_empty() || !field.name.bytes().all(plain) {
                return Err(invalid(format!("field name `{}` takes a-z, 0-9 and _", field.name)));
            }
            if !names.insert(&field.name) {
                return Err(invalid(format!("field `{}` stands twice", field.name)));
            }
            let needs_choices = matches!(field.kind, FieldKind::Choice | FieldKind::Choices);
            if needs_choices == field.choices.is_empty() {
                return Err(invalid(format!(
                    "field `{}`: `choices` go with kind choice(s), and only there",
                    field.name
                )));
            }
            let needs_standard = matches!(field.kind, FieldKind::Code | FieldKind::Codes);
            if needs_standard != field.standard.is_some() {
                return Err(invalid(format!(
                    "field `{}`: `standard` goes with kind code(s), and only there",
                    field.name
                )));
            }
            if let Some(role) = field.role {
                if roles.contains(&role) {
                    return Err(invalid(format!("role {role:?} stands twice")));
                }
                if !role_fits(role, field.kind) {
                    return Err(invalid(format!("field `{}` cannot have role {role:?}", field.name)));
                }
                roles.push(role);
            }
        }
        for needed in [FieldRole::Title, FieldRole::Themes, FieldRole::Held] {
            if !roles.contains(&needed) {
                return Err(invalid(format!("one field needs role {needed:?}")));
            }
        }
        if self.wire == WireForm::Event && !roles.contains(&FieldRole::Start) {
            return Err(invalid("an event needs a field with role Start".into()));
        }
        Ok(())
    }

    /// The label in both languages.
    #[must_use]
    pub fn label(&self) -> Message {
        Message::new(&self.fr, &self.en)
    }

    /// The field with this role.
    #[must_use]
    pub fn with_role(&self, role: FieldRole) -> Option<&Field> {
        self.fields.iter().find(|field| field.role == Some(role))
    }

    /// The field with this name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The text held by the field with this role.
    #[must_use]
    pub fn text<'f>(&self, fields: &'f Fields, role: FieldRole) -> Option<&'f str> {
        fields.text(&self.with_role(role)?.name)
    }

    /// Latitude and longitude that the item gives itself, in degrees (WGS 84); none unless it gives both.
    #[must_use]
    pub fn point(&self, fields: &Fields) -> Option<(f64, f64)> {
        let number = |role| fields.0.get(&self.with_role(role)?.name)?.as_f64();
        number(FieldRole::Latitude).zip(number(FieldRole::Longitude))
    }

    /// The list held by the field with this role.
    #[must_use]
    pub fn list<'f>(&self, fields: &'f Fields, role: FieldRole) -> Vec<&'f str> {
        self.with_role(role).map(|field| fields.list(&field.name)).unwrap_or_default()
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
        FieldRole::Latitude | FieldRole::Longitude => kind == FieldKind::Number,
    }
}
