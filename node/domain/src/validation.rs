//! Checking the values of fields: what is wrong is said field by field, in both languages.

use crate::field::{Field, FieldKind, FieldRole, Fields};
use crate::item::parse_local;
use crate::message::Message;
use crate::place::PlaceCode;
use crate::service_type::ServiceType;
use chrono::NaiveDate;
use serde_json::Value;
use url::Url;

/// How much has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A title is enough.
    Draft,
    /// Every required field.
    Submission,
}

/// One thing that is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// Name of the field.
    pub field: String,
    /// A stable code for programs, such as `required` or `not_a_date`.
    pub code: &'static str,
    /// What to tell the user.
    pub message: Message,
}

/// Checks and normalises the fields of an item: text trimmed, empty values dropped, values in the
/// JSON form of their kind. Rich text is expected to be clean already.
///
/// # Errors
/// Every problem, in the order of the form.
pub fn check(service_type: &ServiceType, fields: &Fields, stage: Stage) -> Result<Fields, Vec<FieldProblem>> {
    let mut checked = Fields::default();
    let mut problems = Vec::new();
    for name in fields.0.keys() {
        if service_type.field(name).is_none() {
            problems.push(problem(
                name,
                "unknown_field",
                "Ce champ n'existe pas dans ce type.",
                "This type has no such field.",
            ));
        }
    }
    for field in &service_type.fields {
        let value = fields.0.get(&field.name).unwrap_or(&Value::Null);
        match normalise(field, value) {
            Ok(Value::Null) => {
                let wanted =
                    field.required && stage == Stage::Submission || field.role == Some(FieldRole::Title);
                if wanted {
                    let (fr, en) = required_text(field);
                    problems.push(problem(&field.name, "required", &fr, &en));
                }
            }
            Ok(value) => checked.set(&field.name, value),
            Err(found) => problems.push(found),
        }
    }
    problems.extend(check_order(service_type, &checked));
    if problems.is_empty() { Ok(checked) } else { Err(problems) }
}

/// Names of the required fields that are still empty.
#[must_use]
pub fn missing<'t>(service_type: &'t ServiceType, fields: &Fields) -> Vec<&'t Field> {
    let empty = |field: &&Field| !fields.0.contains_key(&field.name);
    service_type.fields.iter().filter(|field| field.required).filter(empty).collect()
}

fn required_text(field: &Field) -> (String, String) {
    (format!("Remplissez « {} ».", field.fr), format!("Fill in “{}”.", field.en))
}

fn problem(field: &str, code: &'static str, fr: &str, en: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), code, message: Message::new(fr, en) }
}

fn check_order(service_type: &ServiceType, fields: &Fields) -> Option<FieldProblem> {
    let start = service_type.text(fields, FieldRole::Start)?;
    let end_field = service_type.with_role(FieldRole::End)?;
    let end = fields.text(&end_field.name)?;
    // ISO 8601 local values of one kind are ordered as text.
    (end < start && !(start.starts_with(end))).then(|| {
        problem(
            &end_field.name,
            "ends_before_start",
            "La fin précède le début.",
            "The end is before the start.",
        )
    })
}

/// The value in the form of its kind; `Null` when empty.
fn normalise(field: &Field, value: &Value) -> Result<Value, FieldProblem> {
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
        FieldKind::Choices | FieldKind::Places | FieldKind::Themes => list(field, value),
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
    let mut kept: Vec<String> = Vec::new();
    for entry in entries.iter().map(|e| e.trim()).filter(|e| !e.is_empty()) {
        let code = match field.kind {
            FieldKind::Places => {
                PlaceCode::parse_input(entry).map(|code| code.to_string()).map_err(|_| {
                    let fr = format!("Lieu inconnu : « {entry} ».");
                    problem(&field.name, "unknown_place", &fr, &format!("Unknown place: “{entry}”."))
                })?
            }
            FieldKind::Choices => known_choice(field, entry)?,
            _ => entry.to_owned(),
        };
        if !kept.contains(&code) {
            kept.push(code);
        }
    }
    if kept.len() > 100 {
        return Err(problem(&field.name, "too_many", "100 valeurs au plus.", "At most 100 values."));
    }
    Ok(if kept.is_empty() { Value::Null } else { Value::from(kept) })
}

fn known_choice(field: &Field, code: &str) -> Result<String, FieldProblem> {
    field.choice(code).map(|choice| choice.code.clone()).ok_or_else(|| {
        let codes = field.choices.iter().map(|c| c.code.as_str()).collect::<Vec<_>>().join(", ");
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
        FieldKind::Choice => known_choice(field, text).map(Value::String),
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
        Ok(date) => Ok(Value::String(date.to_string())),
        Err(_) => Err(problem(
            name,
            "not_a_date",
            "Écrivez une date, par exemple 03/03/2026.",
            "Write a date, such as 2026-03-03.",
        )),
    }
}

fn date_time(name: &str, text: &str) -> Result<Value, FieldProblem> {
    let parsed =
        parse_local(text).or_else(|| chrono::NaiveDateTime::parse_from_str(text, "%d/%m/%Y %H:%M").ok());
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Registry;
    use serde_json::json;

    fn problems(slug: &str, value: Value, stage: Stage) -> Vec<(String, &'static str)> {
        let registry = Registry::embedded().expect("registry");
        let fields = serde_json::from_value(value).expect("fields");
        match check(registry.get(slug).expect("type"), &fields, stage) {
            Ok(_) => Vec::new(),
            Err(found) => found.into_iter().map(|p| (p.field, p.code)).collect(),
        }
    }

    #[test]
    fn a_draft_needs_a_title_only() {
        assert_eq!(problems("news", json!({"titre": " Un titre "}), Stage::Draft), []);
        assert_eq!(problems("news", json!({"titre": "  "}), Stage::Draft), [("titre".into(), "required")]);
        let names: Vec<_> =
            problems("news", json!({"titre": "x"}), Stage::Submission).into_iter().map(|p| p.0).collect();
        assert_eq!(names, ["chapo", "thematiques"]);
    }

    #[test]
    fn every_kind_of_value_says_what_is_wrong() {
        let found = problems(
            "structures",
            json!({"nom": 7, "telephone": "12", "courriel": "a b@c", "site_web": "javascript:alert(1)", "inconnu": 1}),
            Stage::Draft,
        );
        let codes: Vec<_> = found.iter().map(|p| p.1).collect();
        assert_eq!(codes, ["unknown_field", "not_a_phone", "not_an_email", "not_a_url"]);
        let found = problems(
            "agenda",
            json!({"titre": "x", "debut": "2026-03-03T14:00", "fin": "2026-03-02T10:00", "mode": "lune"}),
            Stage::Draft,
        );
        let codes: Vec<_> = found.iter().map(|p| p.1).collect();
        assert_eq!(codes, ["unknown_choice", "ends_before_start"]);
    }

    #[test]
    fn values_are_normalised() {
        let registry = Registry::embedded().expect("registry");
        let fields = serde_json::from_value(json!({
            "nom": "Mission  locale", "telephone": "03 86 00 12 34", "site_web": "www.exemple.fr", "commune": "58194",
        }))
        .expect("fields");
        let checked = check(registry.get("structures").expect("type"), &fields, Stage::Draft).expect("valid");
        assert_eq!(checked.text("nom"), Some("Mission locale"));
        assert_eq!(checked.text("telephone"), Some("+33386001234"));
        assert_eq!(checked.text("site_web"), Some("https://www.exemple.fr/"));
        assert_eq!(checked.list("commune"), ["commune:58194"]);
    }
}
