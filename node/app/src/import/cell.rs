//! Cells of a spreadsheet: what is read of them, and what is said of what cannot be.

use maillage_domain::field::{Field, FieldKind};
use maillage_domain::message::Message;
use maillage_domain::text::fold;
use maillage_domain::validation::normalise;
use maillage_gateways::csv::value;

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
    let words = |of: fn(&Message) -> &str| wrong.iter().map(of).collect::<Vec<_>>().join(" ");
    if wrong.is_empty() {
        return Ok(values.into());
    }
    let message = Message::new(words(|said| &said.fr), words(|said| &said.en));
    Err((values.into(), message))
}
