//! Cells of a spreadsheet: what is read of them, and what is said of what cannot be.

use crate::address::Addresses;
use crate::reference::{self, Meant, meant};
use maillage_domain::field::{Field, FieldKind};
use maillage_domain::message::Message;
use maillage_domain::text::fold;
use maillage_domain::validation::normalise;
use maillage_gateways::csv::value;
use maillage_store::StoreError;
use maillage_store::read::Reads;

/// A value, or what to keep in its stead and what to say.
pub(super) type Read = Result<serde_json::Value, (serde_json::Value, Message)>;

pub(super) fn date_text(text: &str) -> Result<serde_json::Value, value::ValueError> {
    value::date(text).map(|date| date.to_string().into())
}

pub(super) fn choice(field: &Field, text: &str) -> Result<String, (serde_json::Value, Message)> {
    let folded = fold(text);
    let found = field
        .choices
        .iter()
        .find(|c| c.code == text.trim() || fold(&c.fr) == folded || fold(&c.en) == folded);
    found.map(|choice| choice.code.clone()).ok_or_else(|| {
        let message = Message::new(
            format!("« {text} » n'est pas un des choix."),
            format!("“{text}” is none of the choices."),
        );
        (serde_json::Value::Null, message)
    })
}

/// The items that a cell names, each by title or address; several on lines of their own or between `;`.
pub(super) fn references(
    reads: &mut Reads<'_>,
    addresses: &Addresses,
    field: &Field,
    text: Option<&str>,
) -> Result<Read, StoreError> {
    let text = text.unwrap_or_default();
    let parts: Vec<&str> = match field.kind {
        FieldKind::References => text.split(['\n', ';', '|']).collect(),
        _ => vec![text],
    };
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
        match meant(reads, addresses, &field.of, part)? {
            Meant::One(item) => found.push(reference::to(&item).value()),
            Meant::Several(items) => wrong.push(reference::several(part, &items)),
            Meant::Nobody => wrong.push(reference::nobody(part)),
        }
    }
    let value = match field.kind {
        FieldKind::References => found.into(),
        _ => found.pop().unwrap_or_default(),
    };
    Ok(if wrong.is_empty() { Ok(value) } else { Err((value, in_one(&wrong))) })
}

fn in_one(messages: &[Message]) -> Message {
    let words = |of: fn(&Message) -> &str| messages.iter().map(of).collect::<Vec<_>>().join(" ");
    Message::new(words(|said| &said.fr), words(|said| &said.en))
}

/// The values of a list that can be read, and what is said about the others.
pub(super) fn several(field: &Field, text: &str) -> Read {
    let read = |one: &str| -> Result<serde_json::Value, Message> {
        let value = match field.kind {
            FieldKind::Choices => choice(field, one).map_err(|(_, message)| message)?,
            _ => one.to_owned(),
        };
        normalise(field, &serde_json::Value::from(vec![value])).map_err(|problem| problem.message)
    };
    let (mut values, mut wrong) = (Vec::new(), Vec::new());
    for one in value::list(text) {
        match read(&one) {
            Ok(serde_json::Value::Array(codes)) => values.extend(codes),
            Ok(_) => {}
            Err(message) => wrong.push(message),
        }
    }
    if wrong.is_empty() { Ok(values.into()) } else { Err((values.into(), in_one(&wrong))) }
}
