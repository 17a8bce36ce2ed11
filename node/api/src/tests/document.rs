//! The document and the routes are the same thing: each operation answers, each handler is described,
//! and nothing in it is left without a word.

use super::world::{Who, World};
use crate::document::{document, routes};
use crate::parameters::Parameters;
use actix_web::http::Method;
use maillage_store::testing::TestDatabase;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn as_json() -> Value {
    serde_json::to_value(document()).expect("JSON")
}

/// Each operation of the document: method, path, description.
fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().expect("paths");
    paths
        .iter()
        .flat_map(|(path, methods)| {
            let methods = methods.as_object().expect("methods");
            methods.iter().map(|(method, operation)| (method.to_uppercase(), path.clone(), operation.clone()))
        })
        .collect()
}

/// The routes of the handlers' own attributes, read from the sources.
fn attributes() -> BTreeSet<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("the sources") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("readable");
        for line in text.lines() {
            let Some((method, rest)) = line.strip_prefix("#[").and_then(|rest| rest.split_once("(\"/"))
            else {
                continue;
            };
            let path = rest.split('"').next().expect("a path");
            found.insert((method.to_uppercase(), format!("/{path}")));
        }
    }
    found
}

#[test]
fn every_handler_is_described_and_every_description_has_a_handler() {
    let described: BTreeSet<(String, String)> =
        operations(&as_json()).into_iter().map(|(method, path, _)| (method, path)).collect();
    assert!(described.len() > 40, "the routes are found");
    assert_eq!(attributes(), described);
    let listed: BTreeSet<(String, String)> =
        routes().iter().map(|(method, path)| (method.to_string(), path.clone())).collect();
    assert_eq!(listed, described);
}

/// A path with something in the place of its parameters.
fn filled(path: &str) -> String {
    ["{slug}", "{id}", "{email}"].iter().fold(path.to_owned(), |path, name| path.replace(name, "rien"))
}

#[tokio::test]
async fn every_described_operation_is_answered_and_no_other() {
    let db = TestDatabase::sqlite();
    let world = World::new(&db).await;
    let mut by_path: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (method, path, _) in operations(&as_json()) {
        by_path.entry(path).or_default().insert(method);
    }
    for (path, methods) in by_path {
        let address = filled(&path);
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let answer = world.answer(world.request(Who::Anybody, method.clone(), &address)).await;
            let status = answer.status.as_u16();
            if methods.contains(method.as_str()) {
                assert!(!["no_route", "method_not_allowed"].contains(&answer.code()), "{method} {path}");
                assert!(status < 500, "{method} {path}: {}", answer.body);
            } else {
                assert_eq!((status, answer.code()), (405, "method_not_allowed"), "{method} {path}");
                let allowed: BTreeSet<String> =
                    answer.header("allow").split(", ").map(str::to_owned).collect();
                assert_eq!(allowed, methods, "{path}");
            }
        }
    }
    let nowhere = world.get(Who::Anybody, "/nulle-part").await.is(404);
    assert_eq!(nowhere.code(), "no_route");
}

#[tokio::test]
async fn who_needs_a_token_is_described_as_it_is() {
    let db = TestDatabase::sqlite();
    let world = World::new(&db).await;
    for (method, path, operation) in operations(&as_json()) {
        let security = operation["security"].as_array().expect("security is said");
        let open = security.iter().any(|one| one.as_object().is_some_and(serde_json::Map::is_empty));
        let method: Method = method.parse().expect("a method");
        let answer = world.answer(world.request(Who::Anybody, method.clone(), &filled(&path))).await;
        assert_eq!(answer.status != 401, open, "{method} {path}: {}", answer.body);
        if !open {
            let answer = answer.is(401);
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
        // A token of nobody is refused everywhere but at the document itself.
        let request = world.request(Who::Anybody, method.clone(), &filled(&path));
        let request = request.insert_header(("authorization", "Bearer mlg_personne"));
        let expected = if path == "/openapi.json" { 200 } else { 401 };
        assert_eq!(world.answer(request).await.status, expected, "{method} {path}");
    }
}

#[tokio::test]
async fn described_parameters_are_the_ones_taken() {
    let db = TestDatabase::sqlite();
    let world = World::new(&db).await;
    let sample = |name: &str| match name {
        "waiting" | "dry_run" => "true",
        "limit" => "10",
        "place" => "58",
        "state" => "due",
        "url" => "https://ailleurs.example/flux",
        _ => "rien",
    };
    for (method, path, operation) in operations(&as_json()) {
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let names: Vec<String> = parameters
            .iter()
            .filter(|parameter| parameter["in"] == "query")
            .map(|parameter| parameter["name"].as_str().expect("a name").to_owned())
            .collect();
        let address = path.replace("{slug}", "actualites").replace("{id}", "rien");
        let who = Who::Contributor;
        let method: Method = method.parse().expect("a method");
        for name in &names {
            let asked = format!("{address}?{name}={}", sample(name));
            let answer = world.answer(world.request(who, method.clone(), &asked)).await;
            assert_ne!(answer.code(), "unknown_parameter", "{method} {asked}");
        }
        if !names.is_empty() {
            let asked = format!("{address}?inconnu=1");
            let answer = world.answer(world.request(who, method.clone(), &asked)).await;
            // Sites of this name do not exist: that is told first.
            if !path.starts_with("/sites/{slug}/") {
                assert_eq!(answer.is(400).fields(), [("inconnu", "unknown_parameter")], "{method} {path}");
            }
        }
    }
    assert!(Parameters::of("").finish().is_ok());
}

#[test]
fn nothing_is_left_without_a_word() {
    let document = as_json();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], "/api/v1");
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let said = |key: &str| operation[key].as_str().is_some_and(|text| !text.is_empty());
        assert!(said("summary") && said("operationId"), "{method} {path}");
        assert!(
            ids.insert(operation["operationId"].to_string()),
            "{method} {path}: the operation id is taken"
        );
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{method} {path}");
        let in_path = path.matches('{').count();
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        assert_eq!(parameters.iter().filter(|one| one["in"] == "path").count(), in_path, "{method} {path}");
        for parameter in parameters {
            let name = &parameter["name"];
            assert!(parameter["description"].is_string(), "{method} {path}: parameter {name}");
        }
        let answers = operation["responses"].as_object().expect("responses");
        assert!(answers.keys().any(|status| status.starts_with('2')), "{method} {path}");
        for (status, answer) in answers {
            assert!(answer["description"].as_str().is_some_and(|text| !text.is_empty()), "{path} {status}");
            if !status.starts_with('2') {
                let schema = &answer["content"]["application/problem+json"]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/Problem", "{method} {path} {status}");
            }
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        words_of(name, schema);
    }
}

/// Checks that a schema and each of its properties say what they are.
fn words_of(name: &str, schema: &Value) {
    assert!(name.starts_with("Page_") || schema["description"].is_string(), "{name}: {schema}");
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        assert!(described(property), "{name}.{key}: {property}");
    }
}

fn described(property: &Value) -> bool {
    let one_of = property["oneOf"].as_array().into_iter().flatten();
    property["description"].is_string() || one_of.into_iter().any(|one| one["description"].is_string())
}

#[test]
fn every_reference_leads_somewhere() {
    fn references<'v>(value: &'v Value, found: &mut BTreeSet<&'v str>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                map.values().for_each(|inner| references(inner, found));
            }
            Value::Array(values) => values.iter().for_each(|inner| references(inner, found)),
            _ => {}
        }
    }
    let document = as_json();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 30, "the references are found");
    for reference in found {
        let pointer = reference.trim_start_matches('#');
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[tokio::test]
async fn the_document_is_served() {
    let db = TestDatabase::sqlite();
    let world = World::new(&db).await;
    let served = world.get(Who::Anybody, "/openapi.json").await.is(200);
    assert_eq!(served.header("content-type"), "application/json");
    assert_eq!(served.body, as_json());
}
