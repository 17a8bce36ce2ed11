//! The form of an item as it was sent: values by field, places understood, Markdown as HTML.

use super::attachments;
use crate::html::from_markdown;
use crate::views::{FormView, PlaceAnswer};
use crate::web::office::places::{self, PlaceSent};
use crate::web::references::{self, ReferenceSent};
use crate::web::{Desk, Posted, WebError};
use maillage_app::entry::ItemForm;
use maillage_domain::field::{Field, FieldKind, Fields};
use maillage_domain::service_type::ServiceType;
use serde_json::Value;
use std::collections::BTreeMap;

/// What was sent.
pub(super) struct Sent {
    /// Values as they were typed, in the form of each kind as far as it can be told.
    pub fields: Fields,
    language: Option<String>,
    licence: Option<String>,
    places: BTreeMap<String, PlaceAnswer>,
    refusals: BTreeMap<String, String>,
}

impl Sent {
    /// Reads a form of this type, of an item of this service, and keeps the files that come with it. `stood`
    /// are the fields as they were when it was opened.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who may not write in the service; those of the database.
    pub async fn read(
        posted: &Posted<Desk>,
        service: &str,
        kind: &ServiceType,
        stood: &Fields,
    ) -> Result<Self, WebError> {
        let of_places = kind.fields.iter().filter(|field| field.kind == FieldKind::Places);
        let asked: Vec<PlaceSent> =
            of_places.map(|field| PlaceSent::of(posted, &field.name, false)).collect();
        let names: Vec<String> = asked.iter().map(|sent| sent.name.clone()).collect();
        let answers = places::answers(&posted.from, asked).await?;
        let mut places: BTreeMap<String, PlaceAnswer> = names.into_iter().zip(answers).collect();
        let of_items: Vec<&Field> = kind.fields.iter().filter(|field| field.kind.is_reference()).collect();
        let asked = of_items.iter().map(|field| ReferenceSent::of(posted, field)).collect();
        let answers = references::answers(&posted.from, asked, stood.clone()).await?;
        let mut items: BTreeMap<String, Value> = BTreeMap::new();
        for (field, (value, answer)) in of_items.into_iter().zip(answers) {
            items.insert(field.name.clone(), value);
            places.insert(field.name.clone(), answer);
        }
        let (mut files, refusals) = attachments::sent(posted, service, kind, stood).await?;
        let mut fields = Fields::default();
        for field in &kind.fields {
            let value = match field.kind {
                FieldKind::RichText => Value::from(from_markdown(posted.text(&field.name)).as_str()),
                FieldKind::Themes | FieldKind::Choices => Value::from(posted.list(&field.name)),
                FieldKind::Places => Value::from(
                    places.get(&field.name).map(|answer| answer.codes.clone()).unwrap_or_default(),
                ),
                FieldKind::Reference | FieldKind::References => items.remove(&field.name).unwrap_or_default(),
                FieldKind::Pictures | FieldKind::Files => files.remove(&field.name).unwrap_or_default(),
                _ => Value::from(posted.text(&field.name)),
            };
            fields.set(&field.name, value);
        }
        let chosen = |name: &str| Some(posted.text(name).to_owned()).filter(|value| !value.is_empty());
        Ok(Self { fields, language: chosen("language"), licence: chosen("licence"), places, refusals })
    }

    /// Whether every place and every other item that was typed is understood, and every file is taken.
    pub fn is_clear(&self) -> bool {
        self.refusals.is_empty() && self.places.values().all(|answer| answer.problem.is_none())
    }

    /// For the use case.
    pub fn item_form(&self) -> ItemForm {
        ItemForm {
            fields: self.fields.clone(),
            language: self.language.clone(),
            licence: self.licence.clone(),
        }
    }

    /// The form with everything that was typed, as it was typed.
    pub fn dress(&self, form: FormView, sent: &[(String, String)]) -> FormView {
        let places = self.places.iter();
        let form =
            places.fold(form.filled(sent), |form, (name, answer)| form.with_places(name, answer.clone()));
        self.refusals.iter().fold(form, |form, (name, said)| form.with_problem(name, said))
    }
}
