//! One value: brought into the form of its field's kind, or what is wrong with it.

use super::{FieldProblem, problem};
use crate::attachment::Attachment;
use crate::field::{Field, FieldKind};
use crate::item::{in_this_age, parse_local};
use crate::occurrence::Occurrence;
use crate::place::PlaceCode;
use crate::recurrence::Recurrence;
use crate::reference::Reference;
use chrono::NaiveDate;
use serde_json::Value;
use url::Url;

/// At most this many codes of a long list are told when an unknown one is refused.
const TOLD: usize = 12;

/// The value in the form of the field's kind; `Null` when empty.
///
/// # Errors
/// What is wrong with it.
pub fn normalise(field: &Field, value: &Value) -> Result<Value, FieldProblem> {
    let name = &field.name;
    match field.kind {
        FieldKind::Boolean => match value {
            Value::Null | Value::Bool(_) => Ok(value.clone()),
            Value::String(text) if text.is_empty() => Ok(Value::Null),
            Value::String(text) if matches!(text.as_str(), "true" | "on" | "1" | "oui") => {
                Ok(Value::Bool(true))
            }
            Value::String(text) if matches!(text.as_str(), "false" | "off" | "0" | "non") => {
                Ok(Value::Bool(false))
            }
            _ => Err(problem(name, "not_a_boolean", "Répondez par oui ou par non.", "Answer yes or no.")),
        },
        FieldKind::Integer | FieldKind::Number => number(field, value),
        FieldKind::Reference => {
            reference(field, value).map(|read| read.map_or(Value::Null, |one| one.value()))
        }
        FieldKind::References => references(field, value),
        kind if kind.is_attachment() => attachments(field, value),
        kind if kind.is_list() => list(field, value),
        _ => text(field, value),
    }
}

fn number(field: &Field, value: &Value) -> Result<Value, FieldProblem> {
    let bad = || {
        problem(
            &field.name,
            "not_a_number",
            "Écrivez un nombre, par exemple 1 250,50.",
            "Write a number, such as 1250.50.",
        )
    };
    let parsed = match value {
        Value::Null => return Ok(Value::Null),
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '€').collect();
            if plain.is_empty() {
                return Ok(Value::Null);
            }
            plain.replace(',', ".").parse().ok()
        }
        _ => None,
    };
    let number: f64 = parsed.filter(|n: &f64| n.is_finite() && n.abs() < 1e15).ok_or_else(bad)?;
    if let Some([least, most]) = field.range
        && !(least as f64..=most as f64).contains(&number)
    {
        let fr = format!("Écrivez un nombre de {least} à {most}.");
        return Err(problem(
            &field.name,
            "out_of_range",
            &fr,
            &format!("Write a number from {least} to {most}."),
        ));
    }
    if field.kind == FieldKind::Integer {
        if number.fract() != 0.0 {
            return Err(problem(
                &field.name,
                "not_whole",
                "Écrivez un nombre entier.",
                "Write a whole number.",
            ));
        }
        // Bounded above: exact in an i64.
        return Ok(Value::from(number as i64));
    }
    Ok(Value::from(number))
}

fn reference(field: &Field, value: &Value) -> Result<Option<Reference>, FieldProblem> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        value => Reference::read(value).map(Some).ok_or_else(|| {
            problem(
                &field.name,
                "not_a_reference",
                "Écrivez le titre d'une fiche, ou son adresse.",
                "Write the title of an item, or its address.",
            )
        }),
    }
}

/// Several references; typed as one text, one on each line, since titles hold commas.
fn references(field: &Field, value: &Value) -> Result<Value, FieldProblem> {
    let entries: Vec<Value> = match value {
        Value::Null => Vec::new(),
        Value::String(text) => text.lines().map(Value::from).collect(),
        Value::Array(values) => values.clone(),
        one => vec![one.clone()],
    };
    let mut kept: Vec<Reference> = Vec::new();
    for entry in &entries {
        let Some(one) = reference(field, entry)? else { continue };
        if !kept.contains(&one) {
            kept.push(one);
        }
        if kept.len() > field.most_values() {
            return Err(too_many(field, entries.len()));
        }
    }
    Ok(if kept.is_empty() { Value::Null } else { kept.iter().map(Reference::value).collect() })
}

/// Pictures or files, each address once.
fn attachments(field: &Field, value: &Value) -> Result<Value, FieldProblem> {
    let bad = || {
        let fr = "Envoyez les fichiers un par un, avec leur description.";
        problem(&field.name, "not_an_attachment", fr, "Send the files one by one, with their description.")
    };
    let entries = match value {
        Value::Null => return Ok(Value::Null),
        Value::Array(entries) => entries,
        _ => return Err(bad()),
    };
    if entries.len() > field.most_values() {
        return Err(too_many(field, entries.len()));
    }
    let mut kept: Vec<Attachment> = Vec::new();
    for entry in entries {
        let one = Attachment::read(entry).ok_or_else(bad)?;
        let wrong = field.kind == FieldKind::Pictures && !one.media_type.is_empty() && !one.is_picture();
        if wrong {
            let fr = "Ce fichier n'est pas une image.";
            return Err(problem(&field.name, "not_a_picture", fr, "This file is not a picture."));
        }
        if !kept.iter().any(|known| known.url == one.url) {
            kept.push(one);
        }
    }
    Ok(if kept.is_empty() { Value::Null } else { kept.iter().map(Attachment::value).collect() })
}

fn too_many(field: &Field, given: usize) -> FieldProblem {
    let most = field.most_values();
    let fr = format!("{most} valeurs au plus ({given} ici).");
    problem(&field.name, "too_many", &fr, &format!("At most {most} values ({given} here)."))
}

fn list(field: &Field, value: &Value) -> Result<Value, FieldProblem> {
    let bad =
        || problem(&field.name, "not_a_list", "Une liste est attendue ici.", "A list is expected here.");
    let entries: Vec<String> = match value {
        Value::Null => Vec::new(),
        Value::String(text) => text.split([',', ';', '\n']).map(str::to_owned).collect(),
        Value::Array(values) => {
            values.iter().map(|v| v.as_str().map(str::to_owned)).collect::<Option<_>>().ok_or_else(bad)?
        }
        _ => return Err(bad()),
    };
    let (most, mut kept) = (field.most_values(), Vec::<String>::new());
    for entry in entries.iter().map(|e| e.trim()).filter(|e| !e.is_empty()) {
        let value = entry_of(field, entry)?;
        if !kept.contains(&value) {
            kept.push(value);
        }
        // At once: a list may come from elsewhere, and be as long as a document can be.
        if kept.len() > most {
            return Err(too_many(field, entries.len()));
        }
    }
    if matches!(field.kind, FieldKind::Occurrences | FieldKind::Dates) {
        // In the order of time: the stored form is ordered as text.
        kept.sort_unstable();
    }
    Ok(if kept.is_empty() { Value::Null } else { Value::from(kept) })
}

/// One value of a list in its stored form.
fn entry_of(field: &Field, entry: &str) -> Result<String, FieldProblem> {
    match field.kind {
        FieldKind::Places => PlaceCode::parse_input(entry).map(|code| code.to_string()).map_err(|_| {
            let fr = format!("Lieu inconnu : « {entry} ».");
            problem(&field.name, "unknown_place", &fr, &format!("Unknown place: “{entry}”."))
        }),
        FieldKind::Choices => known_choice(field, entry),
        FieldKind::Codes => code(field, entry),
        FieldKind::Dates => date(&field.name, entry).map(|day| day.as_str().unwrap_or_default().to_owned()),
        FieldKind::Occurrences => Occurrence::read(entry).map(|read| read.stored()).ok_or_else(|| {
            let fr =
                format!("« {entry} » : écrivez un jour et des heures, par exemple 03/03/2026 14:00 - 17:00.");
            let en = format!("“{entry}”: write a day and times, such as 03/03/2026 14:00 - 17:00.");
            problem(&field.name, "not_a_time", &fr, &en)
        }),
        _ => Ok(entry.to_owned()),
    }
}

/// A code in the written form of the field's standard.
fn code(field: &Field, text: &str) -> Result<String, FieldProblem> {
    let Some(standard) = field.standard else { return Ok(text.to_owned()) };
    standard.read(text).ok_or_else(|| {
        let example = standard.example();
        let fr = format!("« {text} » n'a pas la forme d'un tel code. Exemple : {example}.");
        let en = format!("“{text}” has not the form of such a code. Example: {example}.");
        problem(&field.name, "not_a_code", &fr, &en)
    })
}

fn known_choice(field: &Field, code: &str) -> Result<String, FieldProblem> {
    field.choice(code).map(|choice| choice.code.clone()).ok_or_else(|| {
        let mut codes: Vec<&str> = field.choices.iter().take(TOLD).map(|c| c.code.as_str()).collect();
        if field.choices.len() > TOLD {
            codes.push("…");
        }
        let codes = codes.join(", ");
        let fr = format!("Choix inconnu : « {code} ». Possibles : {codes}.");
        problem(&field.name, "unknown_choice", &fr, &format!("Unknown choice: “{code}”. Possible: {codes}."))
    })
}

fn text(field: &Field, value: &Value) -> Result<Value, FieldProblem> {
    let name = &field.name;
    let text = match value {
        Value::Null => return Ok(Value::Null),
        Value::String(text) => text.trim(),
        Value::Number(number) => return text(field, &Value::String(number.to_string())),
        _ => return Err(problem(name, "not_text", "Un texte est attendu ici.", "A text is expected here.")),
    };
    if text.is_empty() {
        return Ok(Value::Null);
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(problem(
            name,
            "control_characters",
            "Ce texte contient des signes illisibles.",
            "This text holds unreadable signs.",
        ));
    }
    let max = field.max_chars();
    if text.chars().count() > max {
        let fr = format!("{max} signes au plus ({} ici).", text.chars().count());
        return Err(problem(
            name,
            "too_long",
            &fr,
            &format!("At most {max} characters ({} here).", text.chars().count()),
        ));
    }
    match field.kind {
        FieldKind::Url => url(name, text),
        FieldKind::Email => email(name, text),
        FieldKind::Phone => phone(name, text),
        FieldKind::Date => date(name, text),
        FieldKind::DateTime => date_time(name, text),
        FieldKind::Recurrence => recurrence(name, text),
        FieldKind::Choice => known_choice(field, text).map(Value::String),
        FieldKind::Code => code(field, text).map(Value::String),
        FieldKind::Line => Ok(Value::String(text.split_whitespace().collect::<Vec<_>>().join(" "))),
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn url(name: &str, text: &str) -> Result<Value, FieldProblem> {
    let with_scheme = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    match Url::parse(&with_scheme) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|h| h.contains('.') || h == "localhost") =>
        {
            Ok(Value::String(url.into()))
        }
        _ => Err(problem(
            name,
            "not_a_url",
            "Écrivez une adresse complète, par exemple https://www.exemple.fr/page.",
            "Write a full address, such as https://www.example.org/page.",
        )),
    }
}

fn email(name: &str, text: &str) -> Result<Value, FieldProblem> {
    if is_email(text) {
        return Ok(Value::String(text.to_owned()));
    }
    Err(problem(
        name,
        "not_an_email",
        "Écrivez une adresse électronique, par exemple accueil@exemple.fr.",
        "Write an e-mail address, such as desk@example.org.",
    ))
}

/// Whether the text has the shape of an e-mail address that can be written to.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let fits = |part: &str| !part.is_empty() && !part.contains([' ', '@', ',', ';', '<', '>', '"']);
    text.len() <= 254
        && text.rsplit_once('@').is_some_and(|(local, host)| {
            fits(local)
                && fits(host)
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !text.contains(char::is_whitespace)
        })
}

fn phone(name: &str, text: &str) -> Result<Value, FieldProblem> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let plain =
        text.replace("(0)", "").chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>();
    let number = match plain.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None if plain.starts_with('+') => plain,
        // France's national numbers: ten digits from 0; short numbers (3949) stay as they are.
        None if digits.len() == 10 && digits.starts_with('0') => format!("+33{}", &digits[1..]),
        None if (4..=6).contains(&digits.len()) => digits,
        None => String::new(),
    };
    let fits = number.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit())
        && (4..=16).contains(&number.len());
    if fits {
        return Ok(Value::String(number));
    }
    Err(problem(
        name,
        "not_a_phone",
        "Écrivez un numéro, par exemple 03 86 00 00 00.",
        "Write a number, such as +33 3 86 00 00 00.",
    ))
}

fn date(name: &str, text: &str) -> Result<Value, FieldProblem> {
    let parsed = text.parse::<NaiveDate>().or_else(|_| NaiveDate::parse_from_str(text, "%d/%m/%Y"));
    match parsed {
        Ok(date) => Ok(Value::String(in_this_age(date).to_string())),
        Err(_) => Err(problem(
            name,
            "not_a_date",
            "Écrivez une date, par exemple 03/03/2026.",
            "Write a date, such as 2026-03-03.",
        )),
    }
}

fn recurrence(name: &str, text: &str) -> Result<Value, FieldProblem> {
    Recurrence::read(text).map(|rule| Value::String(rule.stored())).ok_or_else(|| {
        problem(
            name,
            "not_a_recurrence",
            "Écrivez par exemple « tous les mardis », « le 1er lundi du mois » ou une règle iCalendar (FREQ=WEEKLY;BYDAY=TU).",
            "Write “every week, on Tuesday”, “the first Monday of every month” or an iCalendar rule (FREQ=WEEKLY;BYDAY=TU).",
        )
    })
}

fn date_time(name: &str, text: &str) -> Result<Value, FieldProblem> {
    let parsed =
        parse_local(text).or_else(|| chrono::NaiveDateTime::parse_from_str(text, "%d/%m/%Y %H:%M").ok());
    let parsed = parsed.map(in_this_age);
    match parsed {
        Some(at) => Ok(Value::String(at.format("%Y-%m-%dT%H:%M").to_string())),
        None => Err(problem(
            name,
            "not_a_date_time",
            "Écrivez une date et une heure, par exemple 03/03/2026 14:00.",
            "Write a date and a time, such as 2026-03-03T14:00.",
        )),
    }
}
