//! The rules of a subscription, said as a sentence.

use crate::i18n::{Locale, Translator};
use chrono_tz::Tz;
use maillage_domain::french;
use maillage_domain::place::PlaceCode;
use maillage_domain::rule::{Condition, Decision, PlaceRelation, RuleSet};
use maillage_domain::subscription::TrustLevel;

/// Names of what rules speak of.
pub trait Names {
    /// Name of a theme.
    fn theme(&self, slug: &str) -> String;
    /// Name of a place or area.
    fn place(&self, code: &PlaceCode) -> String;
    /// Name of a service type.
    fn service_type(&self, slug: &str) -> String;
}

/// What happens to what a followed service sends: "Ce qui a pour thème « Emploi » et se passe dans :
/// Nièvre est publié aussitôt ; le reste est écarté."
#[must_use]
pub fn subscription(
    t: Translator,
    names: &dyn Names,
    trust: TrustLevel,
    rules: &RuleSet,
    zone: Tz,
) -> String {
    let teller = Teller { t, names, zone };
    let outcome = teller.decision(trust.into());
    let mut said = match &rules.filter {
        Condition::Always => t.with("rule-everything", "outcome", outcome),
        filter => t.with2("rule-part", ("condition", teller.condition(filter, false)), ("outcome", outcome)),
    };
    for rule in &rules.rules {
        let condition = teller.condition(&rule.when, false);
        said.push(' ');
        said += &t.with2("rule-exception", ("condition", condition), ("outcome", teller.decision(rule.then)));
    }
    said
}

/// A condition alone, as what follows "ce qui …".
#[must_use]
pub fn condition(t: Translator, names: &dyn Names, condition: &Condition, zone: Tz) -> String {
    Teller { t, names, zone }.condition(condition, false)
}

struct Teller<'n> {
    t: Translator,
    names: &'n dyn Names,
    zone: Tz,
}

impl Teller<'_> {
    fn decision(&self, decision: Decision) -> String {
        self.t.get(match decision {
            Decision::Ignore => "outcome-ignore",
            Decision::Hold => "outcome-hold",
            Decision::Publish => "outcome-publish",
            Decision::Announce => "outcome-announce",
        })
    }

    /// A condition as what follows "ce qui …"; alternatives inside another condition are bracketed.
    fn condition(&self, condition: &Condition, inside: bool) -> String {
        let t = self.t;
        match condition {
            Condition::Always => t.get("rule-always"),
            Condition::All(parts) => self.list(parts, &t.get("rule-and"), inside),
            Condition::Any(parts) => self.list(parts, &t.get("rule-or"), inside),
            Condition::Not(part) => t.with("rule-not", "condition", self.condition(part, true)),
            Condition::Theme(slug) => t.with("rule-theme", "name", self.names.theme(slug)),
            Condition::Territory { area, relation } => self.territory(area, *relation),
            Condition::Radius { place, km, .. } => {
                t.with2("rule-radius", ("km", self.decimal(*km)), ("place", self.names.place(place)))
            }
            Condition::NoPlace => t.get("rule-no-place"),
            Condition::Type(slug) => t.with("rule-type", "name", self.names.service_type(slug)),
            Condition::Keyword(words) => t.with("rule-keyword", "words", words),
            Condition::Language(code) => t.with("rule-language", "name", self.language(code)),
            Condition::Date { from, until } => {
                let day = |at: &chrono::DateTime<chrono::Utc>| {
                    french::date(at.with_timezone(&self.zone).date_naive(), t.locale)
                };
                match (from, until) {
                    (Some(from), Some(until)) => {
                        t.with2("rule-dates", ("from", day(from)), ("until", day(until)))
                    }
                    (Some(from), None) => t.with("rule-from", "from", day(from)),
                    (None, Some(until)) => t.with("rule-until", "until", day(until)),
                    (None, None) => t.get("rule-dated"),
                }
            }
        }
    }

    fn list(&self, parts: &[Condition], link: &str, inside: bool) -> String {
        let said: Vec<String> = parts.iter().map(|part| self.condition(part, parts.len() > 1)).collect();
        let joined = said.join(&format!(" {link} "));
        if inside && parts.len() > 1 { format!("({joined})") } else { joined }
    }

    fn territory(&self, area: &PlaceCode, relation: PlaceRelation) -> String {
        let key = match relation {
            PlaceRelation::Held => "rule-held",
            PlaceRelation::Publisher => "rule-publisher",
            PlaceRelation::Eligible => "rule-eligible",
            PlaceRelation::Any => "rule-anywhere",
        };
        self.t.with(key, "place", self.names.place(area))
    }

    fn decimal(&self, number: f64) -> String {
        let text = number.to_string();
        if self.t.locale == Locale::Fr { text.replace('.', ",") } else { text }
    }

    fn language(&self, code: &str) -> String {
        match code {
            "fr" => self.t.get("language-fr"),
            "en" => self.t.get("language-en"),
            other => other.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed;

    impl Names for Fixed {
        fn theme(&self, slug: &str) -> String {
            if slug == "emploi" { "Emploi".into() } else { slug.to_owned() }
        }
        fn place(&self, _: &PlaceCode) -> String {
            "Nièvre".into()
        }
        fn service_type(&self, slug: &str) -> String {
            slug.to_owned()
        }
    }

    fn say(locale: Locale, trust: TrustLevel, json: &str) -> String {
        let rules: RuleSet = serde_json::from_str(json).expect("rules");
        let said = subscription(Translator::new(locale), &Fixed, trust, &rules, chrono_tz::Europe::Paris);
        said.replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn a_filter_reads_as_a_sentence() {
        let json = r#"{"filter": {"all": [{"theme": "emploi"},
            {"any": [{"territory": {"area": "departement:58"}}, "no_place"]}]}}"#;
        assert_eq!(
            say(Locale::Fr, TrustLevel::Publish, json),
            "Ce qui a pour thème « Emploi » et (se passe ici : Nièvre ou n’indique aucun lieu) est publié \
             aussitôt ; le reste est écarté."
        );
        assert_eq!(say(Locale::Fr, TrustLevel::Hold, "{}"), "Tout ce qui arrive attend d’être relu.");
    }

    #[test]
    fn exceptions_follow() {
        let json = r#"{"rules": [{"when": {"keyword": "salon"}, "then": "ignore"}]}"#;
        assert_eq!(
            say(Locale::En, TrustLevel::Announce, json),
            "Everything that arrives is published at once and passed on to our followers. \
             Except: what contains “salon” is left out."
        );
    }

    #[test]
    fn every_condition_can_be_said() {
        let json = r#"{"filter": {"all": [{"not": {"type": "news"}}, {"language": "fr"},
            {"radius": {"place": "commune:58194", "km": 12.5}}, {"date": {"from": "2026-03-03T00:00:00Z"}},
            {"date": {"until": "2026-03-03T00:00:00Z"}}, {"date": {}},
            {"date": {"from": "2026-03-03T00:00:00Z", "until": "2026-03-04T00:00:00Z"}},
            {"territory": {"area": "departement:58", "relation": "publisher"}},
            {"territory": {"area": "departement:58", "relation": "eligible"}},
            {"territory": {"area": "departement:58", "relation": "any"}}, "always"]}}"#;
        for locale in [Locale::Fr, Locale::En] {
            let said = say(locale, TrustLevel::Publish, json);
            assert!(
                !said.contains('⟦') && said.contains(if locale == Locale::Fr { "12,5" } else { "12.5" }),
                "{said}"
            );
        }
    }
}
