//! Rules of redistribution: condition → decision, evaluated on plain facts.

use crate::place::{Coordinates, PlaceCode};
use crate::subscription::TrustLevel;
use crate::text::fold;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which of an item's three places a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum PlaceRelation {
    /// Where it is held.
    #[default]
    Held,
    /// The territory of who publishes it.
    Publisher,
    /// Whose inhabitants are eligible.
    Eligible,
    /// Any of the three.
    Any,
}

/// A condition on an item. In JSON an object with one key, such as `{"theme": "emploi"}`,
/// `{"territory": {"area": "departement:58"}}`, `{"all": […]}`; or the text `"always"`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// Every item.
    #[default]
    Always,
    /// All of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
    /// Not this.
    Not(Box<Condition>),
    /// The theme or a narrower one.
    Theme(String),
    /// Inside an area, or the area itself.
    #[serde(rename = "territory")]
    Territory {
        /// Commune or any area above.
        area: PlaceCode,
        /// Which of the item's places.
        #[serde(default)]
        relation: PlaceRelation,
    },
    /// Held within a distance of a place.
    Radius {
        /// The place at the centre.
        place: PlaceCode,
        /// Distance in kilometres.
        km: f64,
        /// Coordinates of the centre, filled in when the rule is saved.
        #[serde(default)]
        centre: Option<Coordinates>,
    },
    /// The item says no place where it is held.
    NoPlace,
    /// The service type.
    Type(String),
    /// A word or sequence of words of title, summary or text, letter case and accents apart.
    Keyword(String),
    /// The language (ISO 639-1).
    Language(String),
    /// The item's own date (its start, else its publication): `from` ≤ date < `until`.
    Date {
        /// Earliest.
        #[serde(default)]
        from: Option<DateTime<Utc>>,
        /// First moment that is too late.
        #[serde(default)]
        until: Option<DateTime<Utc>>,
    },
}

/// What a rule decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Left out.
    Ignore,
    /// Held for moderation.
    Hold,
    /// Published.
    Publish,
    /// Published and announced to our own followers.
    Announce,
}

impl From<TrustLevel> for Decision {
    fn from(trust: TrustLevel) -> Self {
        match trust {
            TrustLevel::Hold => Self::Hold,
            TrustLevel::Publish => Self::Publish,
            TrustLevel::Announce => Self::Announce,
        }
    }
}

/// One rule: the first whose condition holds decides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// When it applies.
    pub when: Condition,
    /// What it decides.
    pub then: Decision,
}

/// The rules of one subscription.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct RuleSet {
    /// What is taken at all: the rest is ignored.
    pub filter: Condition,
    /// Exceptions to the trust level, in order.
    pub rules: Vec<Rule>,
}

/// What the conditions look at. Themes and areas hold the item's own and all above them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemFacts {
    /// Slug of the service type.
    pub service_type: String,
    /// ISO 639-1.
    pub language: String,
    /// Theme slugs with their ancestors.
    pub themes: BTreeSet<String>,
    /// Where it is held, with the areas above.
    pub held: BTreeSet<PlaceCode>,
    /// The publisher's territory, with the areas above.
    pub publisher: BTreeSet<PlaceCode>,
    /// Eligible areas, with the areas above.
    pub eligible: BTreeSet<PlaceCode>,
    /// Coordinates of the places where it is held.
    pub coordinates: Vec<Coordinates>,
    /// Title, summary and text, folded (see [`fold`]).
    pub folded_text: String,
    /// Its start, else its publication.
    pub date: Option<DateTime<Utc>>,
}

/// The outcome, with what decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// What is to be done.
    pub decision: Decision,
    /// Who decided.
    pub by: DecidedBy,
}

/// What decided a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedBy {
    /// The filter did not take it.
    Filter,
    /// The rule at this position, from 0.
    Rule(usize),
    /// The trust level.
    Trust,
}

impl Condition {
    /// Whether the condition holds for an item.
    #[must_use]
    pub fn holds(&self, facts: &ItemFacts) -> bool {
        match self {
            Self::Always => true,
            Self::All(parts) => parts.iter().all(|part| part.holds(facts)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(facts)),
            Self::Not(part) => !part.holds(facts),
            Self::Theme(theme) => facts.themes.contains(theme),
            Self::Territory { area, relation } => facts.places(*relation).any(|places| places.contains(area)),
            Self::Radius { km, centre, .. } => {
                centre.is_some_and(|centre| facts.coordinates.iter().any(|at| centre.distance_km(*at) <= *km))
            }
            Self::NoPlace => facts.held.is_empty(),
            Self::Type(slug) => &facts.service_type == slug,
            Self::Keyword(words) => contains_words(&facts.folded_text, &fold(words)),
            Self::Language(code) => facts.language.eq_ignore_ascii_case(code),
            Self::Date { from, until } => facts.date.is_some_and(|date| {
                from.is_none_or(|from| date >= from) && until.is_none_or(|until| date < until)
            }),
        }
    }

    /// How deeply conditions are nested: 1 for a plain one.
    #[must_use]
    pub fn depth(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => 1 + parts.iter().map(Self::depth).max().unwrap_or(0),
            Self::Not(part) => 1 + part.depth(),
            _ => 1,
        }
    }

    /// Calls `visit` on this condition and on every nested one.
    pub fn walk_mut(&mut self, visit: &mut dyn FnMut(&mut Condition)) {
        visit(self);
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter_mut().for_each(|part| part.walk_mut(visit)),
            Self::Not(part) => part.walk_mut(visit),
            _ => {}
        }
    }
}

fn contains_words(text: &str, words: &str) -> bool {
    !words.is_empty()
        && text.match_indices(words).any(|(at, found)| {
            let before = text[..at].chars().next_back();
            let after = text[at + found.len()..].chars().next();
            before.is_none_or(|c| c == ' ') && after.is_none_or(|c| c == ' ')
        })
}

impl ItemFacts {
    fn places(&self, relation: PlaceRelation) -> impl Iterator<Item = &BTreeSet<PlaceCode>> {
        let (held, publisher, eligible) = match relation {
            PlaceRelation::Held => (true, false, false),
            PlaceRelation::Publisher => (false, true, false),
            PlaceRelation::Eligible => (false, false, true),
            PlaceRelation::Any => (true, true, true),
        };
        [(held, &self.held), (publisher, &self.publisher), (eligible, &self.eligible)]
            .into_iter()
            .filter_map(|(wanted, places)| wanted.then_some(places))
    }
}

impl RuleSet {
    /// Decides on an item: the filter first, then the first rule that holds, then the trust level.
    #[must_use]
    pub fn decide(&self, trust: TrustLevel, facts: &ItemFacts) -> Verdict {
        if !self.filter.holds(facts) {
            return Verdict { decision: Decision::Ignore, by: DecidedBy::Filter };
        }
        match self.rules.iter().position(|rule| rule.when.holds(facts)) {
            Some(at) => Verdict { decision: self.rules[at].then, by: DecidedBy::Rule(at) },
            None => Verdict { decision: trust.into(), by: DecidedBy::Trust },
        }
    }

    /// Every condition of the set, the filter's included.
    pub fn walk_mut(&mut self, visit: &mut dyn FnMut(&mut Condition)) {
        self.filter.walk_mut(visit);
        self.rules.iter_mut().for_each(|rule| rule.when.walk_mut(visit));
    }

    /// Whether the set is small enough to be evaluated without care: at most 100 rules, nested at
    /// most 8 deep.
    #[must_use]
    pub fn is_bounded(&self) -> bool {
        self.rules.len() <= 100
            && self.filter.depth() <= 8
            && self.rules.iter().all(|rule| rule.when.depth() <= 8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: &str) -> PlaceCode {
        code.parse().expect("place code")
    }

    fn facts() -> ItemFacts {
        ItemFacts {
            service_type: "agenda".into(),
            language: "fr".into(),
            themes: ["recrutement".to_owned(), "emploi".to_owned()].into(),
            held: [place("commune:58194"), place("departement:58"), place("region:27")].into(),
            coordinates: vec![Coordinates { lat: 46.99, lon: 3.16 }],
            folded_text: fold("Forum de l'emploi à Nevers"),
            ..ItemFacts::default()
        }
    }

    fn rules(json: &str) -> RuleSet {
        serde_json::from_str(json).expect("rule set")
    }

    #[test]
    fn theme_and_territory_take_what_is_inside() {
        let set =
            rules(r#"{"filter": {"all": [{"theme": "emploi"}, {"territory": {"area": "departement:58"}}]}}"#);
        assert_eq!(set.decide(TrustLevel::Publish, &facts()).decision, Decision::Publish);
        let elsewhere = ItemFacts { held: [place("departement:21")].into(), ..facts() };
        let verdict = set.decide(TrustLevel::Announce, &elsewhere);
        assert_eq!(verdict, Verdict { decision: Decision::Ignore, by: DecidedBy::Filter });
    }

    #[test]
    fn the_first_rule_that_holds_decides() {
        let set = rules(
            r#"{"rules": [{"when": {"keyword": "salon"}, "then": "ignore"},
                {"when": {"keyword": "FORUM de l’emploi"}, "then": "hold"},
                {"when": "always", "then": "announce"}]}"#,
        );
        let verdict = set.decide(TrustLevel::Publish, &facts());
        assert_eq!(verdict, Verdict { decision: Decision::Hold, by: DecidedBy::Rule(1) });
    }

    #[test]
    fn keywords_match_whole_words() {
        assert!(Condition::Keyword("emploi".into()).holds(&facts()));
        assert!(!Condition::Keyword("emplo".into()).holds(&facts()));
        assert!(!Condition::Keyword(String::new()).holds(&facts()));
    }

    #[test]
    fn radius_and_no_place() {
        let near = |km| Condition::Radius {
            place: place("commune:58194"),
            km,
            centre: Some(Coordinates { lat: 47.32, lon: 5.04 }),
        };
        assert!(near(200.0).holds(&facts()) && !near(100.0).holds(&facts()));
        assert!(!Condition::NoPlace.holds(&facts()) && Condition::NoPlace.holds(&ItemFacts::default()));
    }

    #[test]
    fn an_item_without_date_matches_no_date() {
        let always = Condition::Date { from: None, until: None };
        assert!(!always.holds(&facts()));
        let dated = ItemFacts { date: DateTime::from_timestamp(1_000, 0), ..facts() };
        let until = |s| Condition::Date { from: None, until: DateTime::from_timestamp(s, 0) };
        assert!(!until(1_000).holds(&dated) && until(1_001).holds(&dated));
    }

    #[test]
    fn a_language_is_compared_without_letter_case() {
        let speaks = |code: &str| Condition::Language(code.into());
        assert!(speaks("fr").holds(&facts()) && speaks("FR").holds(&facts()));
        let german = ItemFacts { language: "DE".into(), ..facts() };
        assert!(speaks("de").holds(&german) && !speaks("fr").holds(&german));
        // A code is a whole: "f" and "fra" are other codes than "fr".
        assert!(["f", "fra", "fr-FR", "en", ""].iter().all(|code| !speaks(code).holds(&facts())));
    }

    #[test]
    fn an_item_without_language_is_in_none() {
        let silent = ItemFacts { language: String::new(), ..facts() };
        let french = Condition::Language("fr".into());
        assert!(!french.holds(&silent));
        assert!(Condition::Not(Box::new(french)).holds(&silent));
    }

    #[test]
    fn a_type_is_told_by_its_whole_slug() {
        let of_type = |slug: &str| Condition::Type(slug.into());
        assert!(of_type("agenda").holds(&facts()));
        assert!(["news", "agend", "agendas", "Agenda", ""].iter().all(|slug| !of_type(slug).holds(&facts())));
    }

    #[test]
    fn several_types_and_languages_are_either() {
        let set = rules(
            r#"{"filter": {"any": [{"type": "news"}, {"type": "agenda"}]},
                "rules": [{"when": {"any": [{"language": "de"}, {"language": "en"}]}, "then": "hold"},
                    {"when": {"all": [{"type": "news"}, {"language": "fr"}]}, "then": "announce"}]}"#,
        );
        let decided = |service_type: &str, language: &str| {
            let item = ItemFacts { service_type: service_type.into(), language: language.into(), ..facts() };
            set.decide(TrustLevel::Publish, &item)
        };
        let verdict = |decision, by| Verdict { decision, by };
        assert_eq!(decided("agenda", "fr"), verdict(Decision::Publish, DecidedBy::Trust));
        assert_eq!(decided("news", "fr"), verdict(Decision::Announce, DecidedBy::Rule(1)));
        assert_eq!(decided("news", "en"), verdict(Decision::Hold, DecidedBy::Rule(0)));
        assert_eq!(decided("agenda", "de"), verdict(Decision::Hold, DecidedBy::Rule(0)));
        assert_eq!(decided("agenda", ""), verdict(Decision::Publish, DecidedBy::Trust));
        assert_eq!(decided("trainings", "fr"), verdict(Decision::Ignore, DecidedBy::Filter));
    }
}
