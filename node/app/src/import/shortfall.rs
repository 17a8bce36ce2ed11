//! What an import could not bring: columns without a field, and fields that items lack to be published.

use maillage_domain::message::Message;
use maillage_domain::service_type::ServiceType;
use std::collections::BTreeMap;

/// At most this many lines or columns are named.
const NAMED: usize = 8;

/// Lines of the rows that lack a field, by the field's name.
#[derive(Debug, Default)]
pub(super) struct Shortfall(BTreeMap<String, Vec<u64>>);

impl Shortfall {
    /// Notes what the row of a line lacks.
    pub(super) fn add(&mut self, line: u64, missing: Vec<String>) {
        missing.into_iter().for_each(|name| self.0.entry(name).or_default().push(line));
    }

    /// One remark for each field, in the order of the form.
    pub(super) fn remarks(&self, service_type: &ServiceType) -> Vec<Message> {
        let told = service_type.fields.iter().filter_map(|field| {
            let lines = self.0.get(&field.name)?;
            let mut named: Vec<String> = lines.iter().take(NAMED).map(ToString::to_string).collect();
            if lines.len() > NAMED {
                named.push("…".to_owned());
            }
            let (count, named) = (lines.len(), named.join(", "));
            Some(match count {
                1 => Message::new(
                    format!("« {} » manque ligne {named} : à compléter avant de publier la fiche.", field.fr),
                    format!("“{}” is missing in line {named}: to be filled in before it is published.", field.en),
                ),
                _ => Message::new(
                    format!("« {} » manque dans {count} fiches (lignes {named}) : à compléter avant de les publier.", field.fr),
                    format!("“{}” is missing in {count} items (lines {named}): to be filled in before they are published.", field.en),
                ),
            })
        });
        told.collect()
    }
}

/// Says which columns hold what the type has no field for, and which columns it knows.
pub(super) fn left_columns(columns: &[String], service_type: &ServiceType) -> Option<Message> {
    let quoted = |open: &str, close: &str| {
        let mut names: Vec<String> =
            columns.iter().take(NAMED).map(|name| format!("{open}{name}{close}")).collect();
        if columns.len() > NAMED {
            names.push("…".to_owned());
        }
        names.join(", ")
    };
    let labels = |label: fn(&maillage_domain::field::Field) -> &str| {
        service_type.fields.iter().map(label).collect::<Vec<_>>().join(", ")
    };
    let message = Message::new(
        format!(
            "Colonnes laissées de côté, car aucun champ ne leur correspond : {}. Colonnes reconnues : {}.",
            quoted("« ", " »"),
            labels(|field| &field.fr)
        ),
        format!(
            "Columns left out, as no field corresponds to them: {}. Columns that are understood: {}.",
            quoted("“", "”"),
            labels(|field| &field.en)
        ),
    );
    (!columns.is_empty()).then_some(message)
}
