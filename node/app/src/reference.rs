//! References to other items: what a typed title or address means to whoever types it.

use crate::address::Addresses;
use crate::error::AppError;
use maillage_domain::field::{Field, FieldKind, Fields};
use maillage_domain::message::Message;
use maillage_domain::reference::{Reference, is_address};
use maillage_domain::service_type::ServiceType;
use maillage_domain::text::fold;
use maillage_domain::validation::FieldProblem;
use maillage_store::StoreError;
use maillage_store::read::{NamedItem, Reads};

/// Items that are offered where several may be meant.
const OFFERED: i64 = 12;

/// What a text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// This item.
    One(NamedItem),
    /// One of these.
    Several(Vec<NamedItem>),
    /// None that the reader sees.
    Nobody,
}

/// The item of a type that a title or an address (its id, or its page on this node) means, of those that
/// the reader sees published.
///
/// # Errors
/// Those of the database.
pub fn meant(
    reads: &mut Reads<'_>,
    addresses: &Addresses,
    type_slug: &str,
    text: &str,
) -> Result<Meant, StoreError> {
    let text = text.trim();
    if is_address(text) {
        let found = match addresses.item_in(text) {
            Some(uid) => reads.item_with_uid(&uid)?,
            None => reads.items_named(&[text.to_owned()])?.pop(),
        };
        return Ok(found.filter(|one| one.type_slug == type_slug).map_or(Meant::Nobody, Meant::One));
    }
    let folded = fold(text);
    if folded.is_empty() {
        return Ok(Meant::Nobody);
    }
    let mut same = reads.items_titled(type_slug, &folded, OFFERED)?;
    if same.len() == 1 {
        return Ok(same.pop().map_or(Meant::Nobody, Meant::One));
    }
    if same.is_empty() {
        same = reads.items_beginning(type_slug, &folded, OFFERED)?;
    }
    Ok(if same.is_empty() { Meant::Nobody } else { Meant::Several(same) })
}

/// The reference to an item.
#[must_use]
pub fn to(item: &NamedItem) -> Reference {
    let mut name = item.title.clone();
    if name.chars().count() > Reference::LONGEST_NAME {
        name = name.chars().take(Reference::LONGEST_NAME).collect();
    }
    Reference { uri: item.uri.clone(), name }
}

/// Fields with each reference understood: its item's id, and its title of today. What stood there
/// `before` stays, though its item may have gone since. Refuses what means no item, or several.
///
/// # Errors
/// [`AppError::Invalid`], field by field.
pub(crate) fn understood(
    reads: &mut Reads<'_>,
    addresses: &Addresses,
    service_type: &ServiceType,
    mut fields: Fields,
    before: Option<&Fields>,
) -> Result<Fields, AppError> {
    let mut problems = Vec::new();
    for field in service_type.fields.iter().filter(|field| field.kind.is_reference()) {
        let stood = before.map(|before| before.references(&field.name)).unwrap_or_default();
        let (mut kept, mut wrong) = (Vec::new(), None);
        for one in fields.references(&field.name) {
            match one_of(reads, addresses, field, &one, &stood)? {
                Ok(found) if kept.contains(&found) => {}
                Ok(found) => kept.push(found),
                Err(problem) => wrong = wrong.or(Some(problem)),
            }
        }
        match wrong {
            Some(problem) => problems.push(problem),
            None => put(&mut fields, field, &kept),
        }
    }
    if problems.is_empty() { Ok(fields) } else { Err(AppError::Invalid { problems }) }
}

fn one_of(
    reads: &mut Reads<'_>,
    addresses: &Addresses,
    field: &Field,
    one: &Reference,
    stood: &[Reference],
) -> Result<Result<Reference, FieldProblem>, AppError> {
    let text = if one.uri.is_empty() { &one.name } else { &one.uri };
    let before = stood.iter().find(|known| known.uri == one.uri && !one.uri.is_empty());
    Ok(match (meant(reads, addresses, &field.of, text)?, before) {
        (Meant::One(item), _) => Ok(to(&item)),
        (_, Some(known)) => Ok(known.clone()),
        (Meant::Several(items), None) => Err(problem(field, &several(text, &items))),
        (Meant::Nobody, None) => Err(problem(field, &nobody(text))),
    })
}

fn put(fields: &mut Fields, field: &Field, kept: &[Reference]) {
    let value = match (field.kind, kept) {
        (_, []) => serde_json::Value::Null,
        (FieldKind::Reference, [first, ..]) => first.value(),
        (_, several) => several.iter().map(Reference::value).collect(),
    };
    fields.set(&field.name, value);
}

fn problem(field: &Field, message: &Message) -> FieldProblem {
    FieldProblem { field: field.name.clone(), code: "unknown_reference", message: message.clone() }
}

/// What is said of a text that means no item.
#[must_use]
pub fn nobody(text: &str) -> Message {
    Message::new(
        format!("« {text} » n'est le titre ni l'adresse d'aucune fiche publiée."),
        format!("“{text}” is neither the title nor the address of a published item."),
    )
}

/// What is said of a text that may mean several items.
#[must_use]
pub fn several(text: &str, items: &[NamedItem]) -> Message {
    let named = items.iter().take(3).map(|item| format!("{} ({})", item.title, item.uri)).collect::<Vec<_>>();
    let named = named.join(" ; ");
    Message::new(
        format!("« {text} » peut désigner plusieurs fiches : {named}. Écrivez l'adresse de la bonne."),
        format!("“{text}” may mean several items: {named}. Write the address of the right one."),
    )
}
