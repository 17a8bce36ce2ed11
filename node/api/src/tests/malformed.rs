//! What is told of JSON that is not what a route takes: the key, wherever it stands.

use crate::body::Object;
use crate::malformed::explain;
use crate::problem::Problem;
use maillage_domain::rule::RuleSet;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only read")]
struct Form {
    title: String,
    delay_days: Option<u16>,
    #[serde(default)]
    rules: Object<RuleSet>,
}

fn told(text: &str) -> Problem {
    explain(&serde_json::from_str::<Object<Form>>(text).expect_err("not a form"), text.as_bytes())
}

#[test]
fn the_key_and_the_fault_are_named() {
    for (text, code, field) in [
        (r#"{"title": "a", "titel": 1}"#, "unknown_key", "titel"),
        (r#"{"title": 5}"#, "wrong_type", "title"),
        (r#"{"title": {"fr": "a"}}"#, "wrong_type", "title"),
        (r#"{"title": ["a"]}"#, "wrong_type", "title"),
        (r#"{"title": null}"#, "wrong_type", "title"),
        (r#"{"title": "a", "delay_days": "deux"}"#, "wrong_type", "delay_days"),
        (r#"{"title": "a", "delay_days": 70000}"#, "wrong_value", "delay_days"),
        (r#"{"title": "a", "delay_days": -1}"#, "wrong_value", "delay_days"),
        (r#"{"title": "a", "delay_days": 1.5}"#, "wrong_type", "delay_days"),
        (r#"{"delay_days": 2}"#, "missing_key", "title"),
        (r#"{"title": "a", "title": "b"}"#, "duplicate_key", "title"),
        (r#"["a"]"#, "wrong_type", ""),
        (r#""a""#, "wrong_type", ""),
        (r#"{"title": "a""#, "malformed_json", ""),
        (r#"{"title": "a"} {}"#, "malformed_json", ""),
        ("", "malformed_json", ""),
        ("{\"title\": \"\u{fffd}\", 5: 1}", "malformed_json", ""),
    ] {
        let problem = told(text);
        assert_eq!((problem.status, problem.code), (400, code), "{text}: {:?}", problem.message);
        assert_eq!(problem.problems[0].field, field, "{text}: {:?}", problem.message);
    }
}

#[test]
fn keys_inside_are_named_with_their_way() {
    for (rules, code, field) in [
        (r#"{"filtre": "always"}"#, "unknown_key", "rules.filtre"),
        (r#"{"filter": {"theme": 5}}"#, "wrong_type", "rules.filter.theme"),
        (r#"{"filter": {"thème": "x"}}"#, "unknown_value", "rules.filter.thème"),
        (
            r#"{"filter": {"all": [{"theme": "x"}, {"keyword": []}]}}"#,
            "wrong_type",
            "rules.filter.all[1].keyword",
        ),
        (r#"{"filter": {"territory": {"area": "lune"}}}"#, "wrong_value", "rules.filter.territory"),
        (
            r#"{"filter": {"territory": {"area": "departement:58", "rayon": 3}}}"#,
            "unknown_key",
            "rules.filter.territory.rayon",
        ),
        (r#"{"filter": {"radius": {"km": 3}}}"#, "missing_key", "rules.filter.radius.place"),
        (r#"{"filter": {"theme": "emploi", "type": "news"}}"#, "wrong_shape", "rules.filter"),
        (
            r#"{"filter": {"all": [{"theme": "a"}, {"theme": "a", "type": "b"}]}}"#,
            "wrong_shape",
            "rules.filter.all[1]",
        ),
        (r#"{"filter": 5}"#, "wrong_shape", "rules.filter"),
        (r#"[]"#, "wrong_type", "rules"),
        (r#"{"rules": [{"when": "always"}]}"#, "missing_key", "rules.rules[0].then"),
        (r#"{"rules": [{"when": "always", "then": "hold"}, 5]}"#, "wrong_type", "rules.rules[1]"),
        (r#"{"rules": [{"when": "always", "then": "détruire"}]}"#, "unknown_value", "rules.rules[0].then"),
    ] {
        let text = format!("{{\"title\": \"a \\\" {{ [ b\",\n  \"rules\":\n    {rules}}}");
        let problem = told(&text);
        assert_eq!(
            (problem.code, problem.problems[0].field.as_str()),
            (code, field),
            "{:?}",
            problem.message
        );
    }
}

#[test]
fn sentences_say_what_to_do_in_both_languages() {
    let unknown = told(r#"{"titre": "a"}"#).message;
    assert_eq!(unknown.fr, "Clé inconnue : « titre ». Possibles : title, delay_days, rules.");
    assert_eq!(unknown.en, "Unknown key: “titre”. Possible: title, delay_days, rules.");
    let wrong = told(r#"{"title": "a", "delay_days": "deux"}"#).message;
    assert_eq!(wrong.fr, "« delay_days » attend un nombre entier de 0 à 65535, pas un texte.");
    assert_eq!(wrong.en, "“delay_days” takes a whole number from 0 to 65535, not a text.");
    let body = told("[]").message;
    assert_eq!(body.fr, "Le corps doit être un objet, pas une liste.");
    let place = told(r#"{"title": "a", "rules": {"filter": {"territory": {"area": "lune"}}}}"#).message;
    assert!(place.fr.contains("n'est pas un code de lieu") && place.en.contains("not a code of a place"));
}

#[test]
fn a_deep_body_is_refused() {
    let deep = format!("{{\"title\": {}1{}}}", "[".repeat(200), "]".repeat(200));
    assert_eq!(told(&deep).code, "wrong_type");
    let conditions = format!("{}\"always\"{}", "{\"not\": ".repeat(200), "}".repeat(200));
    let deep = format!("{{\"title\": \"a\", \"rules\": {{\"filter\": {conditions}}}}}");
    assert_eq!(told(&deep).code, "too_deep");
}
