//! Checking the values of fields: what is wrong is said field by field, in both languages.

mod value;

pub use value::{is_email, normalise};

use crate::field::{Field, FieldKind, FieldRole, Fields};
use crate::message::Message;
use crate::service_type::ServiceType;
use serde_json::Value;

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
                let wanted = field.is_required(fields) && stage == Stage::Submission
                    || field.role == Some(FieldRole::Title);
                if wanted {
                    let (fr, en) = required_text(field);
                    problems.push(problem(&field.name, "required", &fr, &en));
                }
            }
            Ok(value) => {
                checked.set(&field.name, value);
                if stage == Stage::Submission {
                    problems.extend(undescribed(field, &checked));
                }
            }
            Err(found) => problems.push(found),
        }
    }
    problems.extend(check_order(service_type, &checked));
    problems.extend(check_title(service_type, &checked, &problems));
    if problems.is_empty() { Ok(checked) } else { Err(problems) }
}

/// The fields that still keep an item from being submitted: required and empty, or with files that nobody
/// has described.
#[must_use]
pub fn missing<'t>(service_type: &'t ServiceType, fields: &Fields) -> Vec<&'t Field> {
    let empty = |field: &&Field| {
        let required = field.is_required(fields) && !fields.0.contains_key(&field.name);
        required || undescribed(field, fields).is_some()
    };
    service_type.fields.iter().filter(empty).collect()
}

/// A picture that nobody has described is nothing to who does not see it (WCAG 2.2, 1.1.1), and a file
/// without a name tells nobody what it holds.
fn undescribed(field: &Field, fields: &Fields) -> Option<FieldProblem> {
    if !field.kind.is_attachment() || fields.attachments(&field.name).iter().all(|one| !one.name.is_empty()) {
        return None;
    }
    let (fr, en) = match field.kind {
        FieldKind::Pictures => (
            "Décrivez chaque image pour les personnes qui ne la voient pas.",
            "Describe each picture for people who do not see it.",
        ),
        _ => ("Donnez un nom à chaque fichier.", "Give each file a name."),
    };
    Some(problem(&field.name, "not_described", fr, en))
}

fn required_text(field: &Field) -> (String, String) {
    (format!("Remplissez « {} ».", field.fr), format!("Fill in “{}”.", field.en))
}

fn problem(field: &str, code: &'static str, fr: &str, en: &str) -> FieldProblem {
    FieldProblem { field: field.to_owned(), code, message: Message::new(fr, en) }
}

/// An item whose title is made from fields needs one of these.
fn check_title(service_type: &ServiceType, fields: &Fields, said: &[FieldProblem]) -> Option<FieldProblem> {
    let made_of = service_type.title_fields();
    let told = made_of.iter().any(|field| said.iter().any(|problem| problem.field == field.name));
    if service_type.title.is_empty() || told || !service_type.title_of(fields).is_empty() {
        return None;
    }
    let first = made_of.first()?;
    let (fr, en) = required_text(first);
    Some(problem(&first.name, "required", &fr, &en))
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
    fn what_is_sent_is_described_before_it_is_submitted() {
        let picture = |name: &str| json!({ "url": "https://mef.example/fichiers/1/a.png", "name": name });
        let news = |images: Value| json!({ "titre": "x", "chapo": "y", "thematiques": ["emploi"], "images": images });
        assert_eq!(problems("news", news(json!([picture("")])), Stage::Draft), []);
        let found = problems("news", news(json!([picture("L'accueil"), picture("")])), Stage::Submission);
        assert_eq!(found, [], "the same picture twice is one");
        let found = problems("news", news(json!([picture("")])), Stage::Submission);
        assert_eq!(found, [("images".into(), "not_described")]);
        assert_eq!(
            problems("news", news(json!("https://mef.example/a.png")), Stage::Draft),
            [("images".into(), "not_an_attachment")]
        );
        let many: Vec<Value> =
            (0..11).map(|at| json!({ "url": format!("https://mef.example/{at}"), "name": "x" })).collect();
        assert_eq!(problems("news", news(many.into()), Stage::Draft), [("images".into(), "too_many")]);
        let pdf =
            json!([{ "url": "https://mef.example/a.pdf", "name": "x", "media_type": "application/pdf" }]);
        assert_eq!(problems("news", news(pdf), Stage::Draft), [("images".into(), "not_a_picture")]);
    }

    #[test]
    fn one_field_may_stand_for_another() {
        let file = json!([{ "url": "https://mef.example/a.pdf", "name": "Guide" }]);
        let with = |name: &str, value: Value| {
            let mut fields = json!({ "titre": "x", "thematiques": ["emploi"] });
            fields[name] = value;
            problems("documents", fields, Stage::Submission)
        };
        assert_eq!(with("fichier", file), []);
        assert_eq!(with("lien", json!("https://mef.example/a")), []);
        assert_eq!(with("auteur", json!("x")), [("lien".to_owned(), "required")]);
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

    #[test]
    fn codes_times_and_bounded_numbers_are_read_as_they_are_typed() {
        let registry = Registry::embedded().expect("registry");
        let read = |slug: &str, fields: Value| {
            let fields = serde_json::from_value(fields).expect("fields");
            check(registry.get(slug).expect("type"), &fields, Stage::Draft).expect("valid")
        };
        let training = read("trainings", json!({"intitule": "x", "rome": "k1801, k1802", "rncp": "37274"}));
        assert_eq!(training.list("rome"), ["K1801", "K1802"]);
        assert_eq!(training.text("rncp"), Some("RNCP37274"));
        let event = json!({"titre": "x", "autres_dates": ["10/03/2026 9h - 12h", "2026-03-09T14:00"]});
        let stored = ["2026-03-09T14:00", "2026-03-10T09:00/2026-03-10T12:00"];
        assert_eq!(read("agenda", event).list("autres_dates"), stored);
        let house = read("structures", json!({"nom": "x", "latitude": "46,9896", "longitude": "3.159"}));
        let point = registry.get("structures").and_then(|known| known.point(&house));
        assert_eq!(point, Some((46.9896, 3.159)));

        let wrong = json!({"nom": "x", "siret": "13000548100011", "type": "Mairie", "latitude": "91"});
        let codes: Vec<_> = problems("structures", wrong, Stage::Draft).into_iter().map(|p| p.1).collect();
        assert_eq!(codes, ["not_a_code", "unknown_choice", "out_of_range"]);
        let wrong = json!({"intitule": "x", "formacodes": "1, 15061", "nsf": "100,110,111,112,113,114"});
        let codes: Vec<_> = problems("trainings", wrong, Stage::Draft).into_iter().map(|p| p.1).collect();
        assert_eq!(codes, ["not_a_code", "too_many"]);
        let wrong = json!({"titre": "x", "autres_dates": "demain"});
        assert_eq!(problems("agenda", wrong, Stage::Draft), [("autres_dates".into(), "not_a_time")]);
    }
}
