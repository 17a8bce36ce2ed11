//! The service types that the node knows, with their fields: what a form is made from.

use crate::answer::{Page, Part};
use crate::caller::Visitor;
use crate::item_list::Paging;
use crate::parameters::Parameters;
use crate::problem::{Problem, Sentence};
use crate::words;
use actix_web::{get, web};
use maillage_domain::field::{Choice, Field, FieldKind, FieldRole};
use maillage_domain::message::Message;
use maillage_domain::service::Visibility;
use maillage_domain::service_type::{self, WireForm};
use maillage_domain::site::Order;
use maillage_domain::standard::Standard;
use serde::Serialize;
use utoipa::ToSchema;

/// A type of service.
#[derive(Serialize, ToSchema)]
pub struct ServiceType {
    /// Permanent name.
    pub slug: String,
    /// What it is called.
    pub label: Sentence,
    /// What one item is called.
    pub item: Sentence,
    /// What it is for.
    pub purpose: Sentence,
    /// Visibility of a new service of this type.
    #[schema(value_type = words::Visibility)]
    pub visibility: Visibility,
    /// The widest visibility that a service of this type may have.
    #[schema(value_type = words::Visibility)]
    pub widest: Visibility,
    /// Order of its lists.
    #[schema(value_type = words::Order)]
    pub order: Order,
    /// ActivityStreams form of its items: `article`, `note`, `note_link`, `note_place`, `note_document`,
    /// `profile`, `event` or `none`.
    #[schema(value_type = String)]
    pub wire: WireForm,
    /// How titles are made from fields (`{nom} {prenom}`), where none of the fields is the title; or empty.
    pub title: String,
    /// schema.org type of its items.
    pub schema_org: String,
    /// The fields, in the order of the form.
    pub fields: Vec<TypeField>,
}

/// One field of a service type.
#[derive(Serialize, ToSchema)]
pub struct TypeField {
    /// Its key in `fields` of an item.
    pub name: String,
    /// What it holds, and in which JSON form: texts (`line`, `rich_text` as HTML, `url`, `email`,
    /// `phone`, `date`, `date_time`, `choice`, `code`, `recurrence`: an RRULE), `integer`, `number`, `boolean`,
    /// lists of texts (`choices`, `places`, `themes`, `codes`, `occurrences`, `dates`), or other items: an
    /// object of `uri` and `name` (`reference`), a list of these (`references`). Sent, such an item may be
    /// its address or its title alone.
    #[schema(value_type = String)]
    pub kind: FieldKind,
    /// What of an item it is, such as `title` or `held`.
    #[schema(value_type = Option<String>)]
    pub role: Option<FieldRole>,
    /// Label.
    pub label: Sentence,
    /// Hint under the label, or empty.
    pub hint: Sentence,
    /// Needed before the item can be submitted.
    pub required: bool,
    /// Shown first.
    pub essential: bool,
    /// Longest text, in characters.
    pub max: usize,
    /// The codes of `choice` and `choices`.
    pub choices: Vec<FieldChoice>,
    /// Where the codes of `code` and `codes` come from: `siret`, `nda`, `rome`, `formacode`, `nsf`, `rncp`,
    /// `certifinfo`, `naf`, `idcc`, `nor` or `cpv`.
    #[schema(value_type = Option<String>)]
    pub standard: Option<Standard>,
    /// Type of the items that `reference` and `references` name.
    pub of: Option<String>,
    /// Name of the field which, where it says yes, keeps this one from being published.
    pub hidden_by: Option<String>,
    /// The most values of a list; absent where there is one value.
    pub most: Option<usize>,
    /// Least and greatest number, where they are bounded.
    pub range: Option<[i64; 2]>,
}

/// One code of a field's thesaurus.
#[derive(Serialize, ToSchema)]
pub struct FieldChoice {
    /// The stored code.
    pub code: String,
    /// What it is called.
    pub label: Sentence,
}

/// The service types of the node.
#[utoipa::path(
    tag = "reference",
    summary = "Service types",
    params(Paging),
    responses((status = 200, description = "Every type with its fields", body = Page<ServiceType>)),
    security((), ("bearer" = [])),
)]
#[get("/service-types")]
pub async fn list_service_types(
    visitor: Visitor,
    asked: Parameters,
) -> Result<web::Json<Page<ServiceType>>, Problem> {
    let part = Part::of(asked)?;
    let all = visitor.app().registry().iter().map(ServiceType::of).collect();
    Ok(web::Json(Page::part(all, &part)))
}

impl ServiceType {
    fn of(known: &service_type::ServiceType) -> Self {
        Self {
            slug: known.slug.clone(),
            label: known.label().into(),
            item: Message::new(&known.item_fr, &known.item_en).into(),
            purpose: Message::new(&known.purpose_fr, &known.purpose_en).into(),
            visibility: known.visibility,
            widest: known.widest,
            order: known.order,
            wire: known.wire,
            title: known.title.clone(),
            schema_org: known.schema_org.clone(),
            fields: known.fields.iter().map(TypeField::of).collect(),
        }
    }
}

impl TypeField {
    fn of(field: &Field) -> Self {
        let choice = |choice: &Choice| FieldChoice {
            code: choice.code.clone(),
            label: Message::new(&choice.fr, &choice.en).into(),
        };
        Self {
            name: field.name.clone(),
            kind: field.kind,
            role: field.role,
            label: field.label().into(),
            hint: Message::new(&field.hint_fr, &field.hint_en).into(),
            required: field.required,
            essential: field.essential,
            max: field.max_chars(),
            choices: field.choices.iter().map(choice).collect(),
            standard: field.standard,
            of: Some(field.of.clone()).filter(|of| !of.is_empty()),
            hidden_by: Some(field.hidden_by.clone()).filter(|by| !by.is_empty()),
            most: field.kind.is_list().then(|| field.most_values()),
            range: field.range,
        }
    }
}
