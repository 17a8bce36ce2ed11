//! FEDERATION.md says what the program does: its lists are those of the code.

use crate::activities::ACTIVITIES;
use crate::activities::outgoing::SENT;
use crate::objects::record::Record;
use crate::objects::remote_item::KINDS;
use crate::objects::vocabulary::{CONTEXT_PATH, CONTEXTS, NAMESPACE, TERMS};
use maillage_domain::field::Field;
use maillage_domain::registry::Registry;
use maillage_domain::service_type::WireForm;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

fn text() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../FEDERATION.md")).unwrap()
}

/// The rows of the first table after a heading, each as its cells.
fn table(text: &str, heading: &str) -> Vec<Vec<String>> {
    let mut lines = text.lines().skip_while(|line| *line != heading).skip(1);
    let rows: Vec<&str> = lines
        .by_ref()
        .take_while(|line| !line.starts_with('#'))
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .collect();
    assert!(rows.len() > 2, "no table after {heading}");
    let cells = |row: &str| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    rows[2..].iter().map(|row| cells(row)).collect()
}

/// What stands between backticks in a text.
fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn first_cells(rows: &[Vec<String>]) -> BTreeSet<String> {
    rows.iter().flat_map(|row| quoted(&row[0])).collect()
}

fn set<'a>(names: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// The members of a kept document.
fn members(name: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/golden/{name}.json"));
    let value: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let value = if name == "nodeinfo" { value["metadata"].clone() } else { value };
    value.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn activities_are_those_of_the_code() {
    let text = text();
    let understood = ACTIVITIES.iter().map(|(kind, _)| *kind);
    assert_eq!(first_cells(&table(&text, "### Received")), set(understood));
    assert_eq!(first_cells(&table(&text, "### Sent")), set(SENT));
}

#[test]
fn the_context_is_that_of_the_code() {
    let text = text();
    let terms: Vec<Vec<String>> = TERMS
        .iter()
        .map(|(term, iri, kind)| {
            let kind = if kind.is_empty() { String::new() } else { format!("`{kind}`") };
            vec![format!("`{term}`"), format!("`{iri}`"), kind]
        })
        .collect();
    assert_eq!(table(&text, "### The JSON-LD context"), terms);
    for stated in CONTEXTS.into_iter().chain([NAMESPACE, CONTEXT_PATH]) {
        assert!(text.contains(&format!("`{stated}`")), "{stated}");
    }
}

#[test]
fn the_record_is_that_of_the_code() {
    let text = text();
    let whole = json!({ "form": 1, "type": "x", "version": 1, "fields": {}, "language": "fr", "timezone": "x", "expires": "x" });
    let record: Record = serde_json::from_value(whole).unwrap();
    let members = json!(record).as_object().unwrap().keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(first_cells(&table(&text, "### The record")), members);
    let registry = Registry::embedded().unwrap();
    let mut kinds = BTreeSet::new();
    // What never leaves its node is none of this document's.
    for known in registry.iter().filter(|known| known.wire != WireForm::None) {
        let rows = table(&text, &format!("#### `{}`", known.slug));
        let expected: Vec<Vec<String>> = known.fields.iter().map(row).collect();
        assert_eq!(rows, expected, "{}", known.slug);
        kinds.extend(known.fields.iter().map(|field| name_of(&json!(field.kind))));
        let forms = table(&text, "### By service type");
        let form = forms.iter().find(|row| row[0] == format!("`{}`", known.slug)).unwrap();
        let object = match known.wire {
            WireForm::Article => "`Article`",
            WireForm::Event => "`Event`",
            WireForm::Profile => "`Profile`",
            _ => "`Note`",
        };
        assert_eq!(form[1], object);
    }
    let told: BTreeSet<String> = text
        .split("Kinds of fields:")
        .nth(1)
        .map(|rest| quoted(rest.split("####").next().unwrap()))
        .unwrap()
        .into_iter()
        .collect();
    assert!(kinds.is_subset(&told), "{:?}", kinds.difference(&told));
}

fn name_of(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn row(field: &Field) -> Vec<String> {
    let mut kind = name_of(&json!(field.kind));
    if !field.thesaurus.is_empty() {
        kind = format!("{kind} of `{}`", field.thesaurus);
    } else if let Some(standard) = field.standard {
        kind = format!("{kind} of `{}`", name_of(&json!(standard)));
    } else if !field.of.is_empty() {
        kind = format!("{kind} to `{}`", field.of);
    } else if !field.choices.is_empty() {
        let codes: Vec<String> = field.choices.iter().map(|choice| format!("`{}`", choice.code)).collect();
        kind = format!("{kind}: {}", codes.join(", "));
    }
    let role = name_of(&json!(field.role));
    let required = if field.required { "yes" } else { "" };
    vec![format!("`{}`", field.name), kind, role, required.to_owned()]
}

#[test]
fn documents_have_the_members_that_are_listed() {
    let text = text();
    let mut actor = members("actor-service");
    actor.extend(members("actor-node"));
    assert_eq!(first_cells(&table(&text, "## Actors")), actor);
    let mut items = BTreeSet::new();
    for (_, name, _) in super::items::all() {
        items.extend(members(&format!("item-{name}")));
    }
    items.extend(members("with-files"));
    items.remove("@context");
    // None of the kept items answers another: round_trip.rs has one that does.
    items.insert("inReplyTo".to_owned());
    assert_eq!(first_cells(&table(&text, "### What an object has")), items);
    assert_eq!(first_cells(&table(&text, "## Discovery")), members("nodeinfo"));
    let read = text.split("### What we read of others").nth(1).unwrap().split(" are items").next().unwrap();
    assert_eq!(quoted(read).into_iter().collect::<BTreeSet<_>>(), set(KINDS));
}

/// The guard's own table and the one of the document are the same, and every code of the sources
/// stands in it, and every code in it in the sources.
#[test]
fn codes_are_those_of_the_guard() {
    let text = text();
    let of_document: Vec<(String, Vec<String>)> = table(&text, "### Answers of the gate")
        .into_iter()
        .map(|row| (row[0].clone(), quoted(&row[1])))
        .collect();
    let of_module: Vec<(String, Vec<String>)> = include_str!("../guard/mod.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! | "))
        .filter(|row| row.starts_with(|c: char| c.is_ascii_digit()))
        .map(|row| {
            let (status, codes) = row.split_once(" | ").unwrap();
            // What a code means stands behind a colon.
            (status.to_owned(), quoted(codes.split(": a ").next().unwrap()))
        })
        .collect();
    assert_eq!(of_document, of_module);
    let listed: BTreeSet<String> = of_document.into_iter().flat_map(|(_, codes)| codes).collect();
    let sources = [
        include_str!("../guard/activity.rs"),
        include_str!("../guard/check.rs"),
        include_str!("../guard/json.rs"),
        include_str!("../guard/refusal.rs"),
        include_str!("../guard/request.rs"),
        include_str!("../guard/time.rs"),
        include_str!("../guard/verify.rs"),
        include_str!("../routes/inbox.rs"),
    ]
    .concat();
    for code in &listed {
        assert!(sources.contains(&format!("\"{code}\"")), "{code} is answered nowhere");
    }
    let made = ["malformed(", "identity(", "Refusal::new(", "Self::new(", "=> ", "refused("];
    for start in made {
        for call in sources.split(start).skip(1) {
            let call = call.trim_start();
            let call = call.trim_start_matches(|c: char| {
                c.is_ascii_digit() || c == ',' || c.is_whitespace() || c == '('
            });
            let Some(code) = call.strip_prefix('"').and_then(|rest| rest.split('"').next()) else { continue };
            let is_code = !code.is_empty() && code.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            let answer = ["malformed", "too many", "host", "signature"].contains(&code);
            assert!(!is_code || answer || listed.contains(code), "{code} stands in no table");
        }
    }
}

#[test]
fn addresses_are_those_that_are_registered() {
    let text = text();
    let routes = include_str!("../routes/mod.rs");
    for path in first_cells(&table(&text, "## Ids and addresses")) {
        let constant = [CONTEXT_PATH, "/actor/icon.png", "/actor/banner.png"].contains(&path.as_str());
        assert!(constant || routes.contains(&format!("\"{path}\"")), "{path}");
    }
    for name in ["/inbox", "/outbox", "/followers", "/following", "/featured"] {
        assert!(routes.contains(&format!("\"/a/{{uid}}{name}\"")), "{name}");
    }
}
