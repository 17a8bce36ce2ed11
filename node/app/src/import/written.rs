//! Values as the cells of a spreadsheet hold them, so that an import reads them back.

use maillage_domain::field::{Field, FieldKind, Fields};
use maillage_domain::occurrence::Occurrence;
use maillage_domain::text::{fold, plain_text};
use serde_json::Value;

/// A value of a field as a cell holds it: choices by their French labels, places, themes and codes by
/// their codes, other items, pictures and files by their addresses, formatted text without its format. Empty for nothing.
#[must_use]
pub fn written(field: &Field, value: &Value) -> String {
    match (field.kind, value) {
        (FieldKind::RichText, Value::String(html)) => paragraphs(html),
        (FieldKind::Choice, Value::String(code)) => label(field, code),
        (FieldKind::Reference | FieldKind::References, _) => {
            let fields = Fields([(field.name.clone(), value.clone())].into());
            let named = fields.references(&field.name);
            named
                .into_iter()
                .map(|one| if one.uri.is_empty() { one.name } else { one.uri })
                .collect::<Vec<_>>()
                .join(" ; ")
        }
        (FieldKind::Pictures | FieldKind::Files, _) => {
            let fields = Fields([(field.name.clone(), value.clone())].into());
            let addresses = fields.attachments(&field.name).into_iter().map(|one| one.url);
            addresses.collect::<Vec<_>>().join(" ; ")
        }
        (FieldKind::Occurrences, Value::Array(list)) => {
            let typed = |one: &str| Occurrence::read(one).map_or_else(|| one.to_owned(), |read| read.typed());
            list.iter().filter_map(Value::as_str).map(typed).collect::<Vec<_>>().join(" | ")
        }
        (_, Value::Array(list)) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "),
        (_, Value::String(text)) => text.clone(),
        (_, Value::Bool(yes)) => if *yes { "oui" } else { "non" }.to_owned(),
        (_, Value::Number(number)) => number.to_string().replace('.', ","),
        _ => String::new(),
    }
}

/// The label of a code, or the code where another has a label that reads the same.
fn label(field: &Field, code: &str) -> String {
    let Some(choice) = field.choice(code) else { return code.to_owned() };
    let folded = fold(&choice.fr);
    let alike = field.choices.iter().filter(|other| fold(&other.fr) == folded || fold(&other.en) == folded);
    if alike.count() == 1 { choice.fr.clone() } else { code.to_owned() }
}

/// The paragraphs of a text, each on a line.
fn paragraphs(html: &str) -> String {
    let lines = html.replace("</p>", "\n").replace("</li>", "\n").replace("<br>", "\n");
    let lines = lines.split('\n').map(plain_text).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
