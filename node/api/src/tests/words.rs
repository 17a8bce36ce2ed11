//! The vocabularies that the document names are those of the domain.

use crate::document::document;
use maillage_domain::place::{Coordinates, PlaceCode};
use maillage_domain::role::Role;
use maillage_domain::rule::{Condition, Decision, PlaceRelation, Rule, RuleSet};
use maillage_domain::service::Visibility;
use maillage_domain::site::{ListFilter, Order, SiteKind};
use maillage_domain::subscription::{FollowState, TrustLevel};
use maillage_domain::workflow::EntryState;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

fn schemas() -> Value {
    value(&document())["components"]["schemas"].clone()
}

fn value(of: &impl Serialize) -> Value {
    serde_json::to_value(of).expect("JSON")
}

fn names(values: &[impl Serialize]) -> Vec<Value> {
    values.iter().map(value).collect()
}

#[test]
fn closed_vocabularies_are_those_of_the_domain() {
    let schemas = schemas();
    let described =
        |name: &str| schemas[name]["enum"].as_array().cloned().unwrap_or_else(|| panic!("{name}"));
    assert_eq!(described("State"), names(&EntryState::ALL));
    assert_eq!(
        described("Visibility"),
        names(&[Visibility::Public, Visibility::Network, Visibility::Private])
    );
    assert_eq!(described("Role"), names(&[Role::Contributor, Role::Moderator, Role::ServiceManager]));
    assert_eq!(described("Trust"), names(&[TrustLevel::Hold, TrustLevel::Publish, TrustLevel::Announce]));
    let follows = [FollowState::Pending, FollowState::Accepted, FollowState::Rejected];
    assert_eq!(described("Follow"), names(&follows));
    assert_eq!(described("SiteKind"), names(&[SiteKind::Consultation, SiteKind::Workshop]));
    assert_eq!(described("Order"), names(&Order::ALL));
    let decisions = [Decision::Ignore, Decision::Hold, Decision::Publish, Decision::Announce];
    assert_eq!(described("Decision"), names(&decisions));
    let relations =
        [PlaceRelation::Held, PlaceRelation::Publisher, PlaceRelation::Eligible, PlaceRelation::Any];
    assert_eq!(described("PlaceRelation"), names(&relations));
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().expect("an object").keys().cloned().collect()
}

#[test]
fn objects_have_the_keys_of_the_domain() {
    let schemas = schemas();
    let described = |name: &str| keys(&schemas[name]["properties"]);
    assert_eq!(described("ListFilter"), keys(&value(&ListFilter::default())));
    assert_eq!(described("RuleSet"), keys(&value(&RuleSet::default())));
    assert_eq!(described("Rule"), keys(&value(&Rule { when: Condition::Always, then: Decision::Hold })));
    assert_eq!(described("Centre"), keys(&value(&Coordinates { lat: 0.0, lon: 0.0 })));
}

#[test]
fn conditions_are_those_of_the_domain() {
    let place: PlaceCode = "commune:58194".parse().expect("a code");
    // A match without `_`: a condition that is added to the domain has to be added here.
    let known = |condition: &Condition| match condition {
        Condition::Always
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::Not(_)
        | Condition::Theme(_)
        | Condition::Territory { .. }
        | Condition::Radius { .. }
        | Condition::NoPlace
        | Condition::Type(_)
        | Condition::Keyword(_)
        | Condition::Language(_)
        | Condition::Date { .. } => (),
    };
    let samples = [
        Condition::Always,
        Condition::All(Vec::new()),
        Condition::Any(Vec::new()),
        Condition::Not(Box::new(Condition::Always)),
        Condition::Theme("emploi".to_owned()),
        Condition::Territory { area: place.clone(), relation: PlaceRelation::Any },
        Condition::Radius { place, km: 10.0, centre: None },
        Condition::NoPlace,
        Condition::Type("news".to_owned()),
        Condition::Keyword("forum".to_owned()),
        Condition::Language("fr".to_owned()),
        Condition::Date { from: None, until: None },
    ];
    samples.iter().for_each(known);
    let described: BTreeSet<Shape> = schemas()["Condition"]["oneOf"]
        .as_array()
        .expect("alternatives")
        .iter()
        .map(|one| match one["enum"][0].as_str() {
            Some(word) => (word.to_owned(), BTreeSet::new()),
            None => {
                let (key, inner) = only(&one["properties"]);
                (key, inner.get("properties").map(keys).unwrap_or_default())
            }
        })
        .collect();
    let expected: BTreeSet<Shape> = samples
        .iter()
        .map(|sample| match value(sample) {
            Value::String(word) => (word, BTreeSet::new()),
            written => {
                let (key, inner) = only(&written);
                (key, if inner.is_object() { keys(&inner) } else { BTreeSet::new() })
            }
        })
        .collect();
    assert_eq!(described, expected);
}

/// The key of a condition, and the keys inside where it has any.
type Shape = (String, BTreeSet<String>);

fn only(value: &Value) -> (String, Value) {
    let (key, inner) = value.as_object().and_then(|all| all.iter().next()).expect("one key");
    (key.clone(), inner.clone())
}
