//! A service type: the descriptor from which form, page, columns and wire form derive.

mod ageing;
mod checklist;
mod descriptor;
mod title;

pub use descriptor::DescriptorError;

use crate::dated_action::DatedAction;
use crate::field::{Field, FieldRole, Fields};
use crate::message::Message;
use crate::reference::Reference;
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
    /// `Note` with the place that it describes as its `location`.
    NotePlace,
    /// `Note` whose first attachment is the `Document` that it describes.
    NoteDocument,
    /// `Profile` of a person, for consenting partners.
    Profile,
    /// `Event` with start, end, zone and place.
    Event,
    /// None: it never leaves the node.
    None,
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
    /// The title of an item, made from its fields (`{nom} {prenom}`), for types in which nobody writes
    /// one; empty where a field is the title.
    #[serde(default)]
    pub title: String,
    /// Visibility of a new service of this type.
    pub visibility: Visibility,
    /// The widest visibility that a service of this type may have.
    #[serde(default)]
    pub widest: Visibility,
    /// ActivityStreams form of its items.
    pub wire: WireForm,
    /// schema.org type of its items.
    pub schema_org: String,
    /// Order of lists.
    #[serde(default)]
    pub order: Order,
    /// What becomes of published items as time passes.
    #[serde(default)]
    pub actions: Vec<DatedAction>,
    /// What a moderator has to check and tick before an item is published.
    #[serde(default)]
    pub checklist: Vec<Message>,
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

    /// The message that an item with these fields answers.
    #[must_use]
    pub fn in_reply_to(&self, fields: &Fields) -> Option<Reference> {
        let field = self.with_role(FieldRole::InReplyTo)?;
        fields.references(&field.name).pop().filter(|parent| !parent.uri.is_empty())
    }

    /// What of these fields is published: what one of them asks to keep back is left out.
    #[must_use]
    pub fn shown(&self, fields: &Fields) -> Fields {
        let kept_back = |field: &&Field| {
            !field.hidden_by.is_empty()
                && fields.0.get(&field.hidden_by) == Some(&serde_json::Value::Bool(true))
        };
        let mut shown = fields.clone();
        for field in self.fields.iter().filter(kept_back) {
            shown.0.remove(&field.name);
        }
        shown
    }

    /// The list held by the field with this role.
    #[must_use]
    pub fn list<'f>(&self, fields: &'f Fields, role: FieldRole) -> Vec<&'f str> {
        self.with_role(role).map(|field| fields.list(&field.name)).unwrap_or_default()
    }
}
