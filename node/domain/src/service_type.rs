//! A service type: the descriptor from which form, page, columns and wire form derive.

mod descriptor;

pub use descriptor::DescriptorError;

use crate::field::{Field, FieldRole, Fields};
use crate::message::Message;
use crate::service::Visibility;
use crate::site::Order;
use crate::thesauri;
use serde::{Deserialize, Serialize};

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

impl ServiceType {
    /// Reads a descriptor.
    ///
    /// # Errors
    /// [`DescriptorError`] with what to change.
    pub fn from_toml(text: &str) -> Result<Self, DescriptorError> {
        let mut parsed: Self = toml::from_str(text).map_err(|error| DescriptorError::syntax(text, &error))?;
        for field in parsed.fields.iter_mut().filter(|field| !field.thesaurus.is_empty()) {
            field.choices = thesauri::choices(&field.thesaurus)
                .filter(|_| field.choices.is_empty())
                .ok_or_else(|| DescriptorError::Invalid {
                    slug: parsed.slug.clone(),
                    reason: descriptor::thesaurus(&field.name),
                })?;
        }
        match descriptor::fault(&parsed) {
            Some(reason) => Err(DescriptorError::Invalid { slug: parsed.slug, reason }),
            None => Ok(parsed),
        }
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
