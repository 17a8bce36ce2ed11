//! The title of an item: what one of its fields says, or made from several.

use super::ServiceType;
use crate::field::{Field, FieldKind, FieldRole, Fields};
use crate::french;
use crate::item::parse_local;
use crate::message::{Locale, Message};
use crate::text::clip;
use serde_json::Value;

/// The longest title that is made, in characters.
const LONGEST: usize = 300;

/// A part of a pattern such as `{nom} {prenom}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'p> {
    /// What stands between fields.
    Text(&'p str),
    /// The name of a field.
    Field(&'p str),
}

fn parts(pattern: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for piece in pattern.split_inclusive('}') {
        match piece.strip_suffix('}').and_then(|piece| piece.split_once('{')) {
            Some((text, name)) => parts.extend([Part::Text(text), Part::Field(name)]),
            None => parts.push(Part::Text(piece)),
        }
    }
    parts.retain(|part| *part != Part::Text(""));
    parts
}

impl ServiceType {
    /// The fields of which a title is made: the one that is the title, or those that its pattern names.
    #[must_use]
    pub fn title_fields(&self) -> Vec<&Field> {
        match self.title.as_str() {
            "" => self.with_role(FieldRole::Title).into_iter().collect(),
            pattern => parts(pattern)
                .into_iter()
                .filter_map(|part| match part {
                    Part::Field(name) => self.field(name),
                    Part::Text(_) => None,
                })
                .collect(),
        }
    }

    /// The title of an item with these fields; empty where it has none yet. What stands between two
    /// fields of a pattern is left out with either.
    #[must_use]
    pub fn title_of(&self, fields: &Fields) -> String {
        if self.title.is_empty() {
            return self.text(fields, FieldRole::Title).unwrap_or_default().to_owned();
        }
        let (mut title, mut between) = (String::new(), "");
        for part in parts(&self.title) {
            match part {
                Part::Text(text) => between = text,
                Part::Field(name) => {
                    let words =
                        self.field(name).zip(fields.0.get(name)).map(|(field, value)| words(field, value));
                    let words = words.unwrap_or_default();
                    if !words.is_empty() {
                        title.push_str(if title.is_empty() { between.trim_start() } else { between });
                        title.push_str(&words);
                    }
                    between = "";
                }
            }
        }
        clip(&title, LONGEST)
    }
}

/// A value in French words: titles stand in lists of all languages, and are not translated.
fn words(field: &Field, value: &Value) -> String {
    let label = |code: &str| field.choice(code).map_or_else(|| code.to_owned(), |choice| choice.fr.clone());
    match (field.kind, value) {
        (FieldKind::Choice, Value::String(code)) => label(code),
        (FieldKind::Date, Value::String(text)) => {
            text.parse().map_or_else(|_| text.clone(), |day| french::date(day, Locale::Fr))
        }
        (FieldKind::DateTime, Value::String(text)) => {
            parse_local(text).map_or_else(|| text.clone(), |at| french::date(at.date(), Locale::Fr))
        }
        (FieldKind::Reference | FieldKind::References, _) => {
            let fields = Fields([(field.name.clone(), value.clone())].into());
            let named = fields.references(&field.name);
            named.iter().map(|one| one.label().to_owned()).collect::<Vec<_>>().join(", ")
        }
        (_, Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).map(label).collect::<Vec<_>>().join(", ")
        }
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => number.to_string().replace('.', ","),
        _ => String::new(),
    }
}

/// What is wrong with the pattern of a descriptor.
pub(super) fn fault(descriptor: &ServiceType) -> Option<Message> {
    if descriptor.title.is_empty() {
        return None;
    }
    if descriptor.with_role(FieldRole::Title).is_some() {
        return Some(Message::new(
            "`title` va sans champ de rôle `title`",
            "`title` goes without a field of role `title`",
        ));
    }
    let sayable =
        |kind: FieldKind| !matches!(kind, FieldKind::Places | FieldKind::Themes | FieldKind::RichText);
    let named: Vec<&str> = parts(&descriptor.title)
        .into_iter()
        .filter_map(|part| match part {
            Part::Field(name) => Some(name),
            Part::Text(_) => None,
        })
        .collect();
    let known = |name: &&str| descriptor.field(name).is_some_and(|field| sayable(field.kind));
    let needed = named.iter().any(|name| descriptor.field(name).is_some_and(|field| field.required));
    (!named.iter().all(known) || !needed).then(|| {
        Message::new(
            "`title` nomme entre accolades des champs du type (ni lieux, ni thèmes, ni texte mis en forme), dont un obligatoire",
            "`title` names in braces fields of the type (no places, no themes, no formatted text), one of them required",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;
    use serde_json::json;

    #[test]
    fn a_title_is_made_from_fields() {
        let registry = Registry::embedded().expect("registry");
        let title = |slug: &str, fields: Value| {
            let fields = serde_json::from_value(fields).expect("fields");
            registry.get(slug).expect(slug).title_of(&fields)
        };
        assert_eq!(title("persons", json!({ "nom": "Dupré", "prenom": "Anne" })), "Dupré Anne");
        assert_eq!(title("persons", json!({ "prenom": "Anne" })), "Anne");
        let reference = json!({ "uri": "https://mef.example/o/1", "name": "Soudeur" });
        let session = json!({ "formation": reference, "debut": "2026-04-06" });
        assert_eq!(title("training-sessions", session), "Soudeur – lundi 6 avril 2026");
        let count = json!({ "date": "2026-03-03", "objet": ["formation", "mobilite"] });
        let said = title("desk-stats", count);
        assert!(said.starts_with("mardi 3 mars 2026 – ") && said.contains(", "), "{said}");
        assert_eq!(title("desk-stats", json!({})), "");
        assert_eq!(title("news", json!({ "titre": "Un titre" })), "Un titre");
    }
}
