//! The rules of a subscription as a form asks them, and back.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use maillage_domain::place::PlaceCode;
use maillage_domain::rule::{Condition, Decision, PlaceRelation, Rule, RuleSet};

/// What a form of rules asks. Answers are combined by "and", the values of one answer by "or".
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct RulesAsked {
    /// What is taken at all.
    pub filter: FilterAsked,
    /// Exceptions to the trust level, in order.
    pub exceptions: Vec<Exception>,
}

/// What is taken at all.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct FilterAsked {
    /// Theme slugs.
    pub themes: Vec<String>,
    /// Areas.
    pub territories: Vec<PlaceCode>,
    /// Which of an item's places has to lie there.
    pub relation: PlaceRelation,
    /// Within so many kilometres of a place.
    pub around: Option<(PlaceCode, f64)>,
    /// Whether what names no place is taken in spite of areas and distance.
    pub placeless: bool,
    /// Service types.
    pub types: Vec<String>,
    /// Words.
    pub keywords: Vec<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day, itself included.
    pub until: Option<NaiveDate>,
}

/// One exception to the trust level.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exception {
    /// What is decided.
    pub then: Decision,
    /// A theme.
    pub theme: Option<String>,
    /// An area, where the item is held.
    pub territory: Option<PlaceCode>,
    /// Words.
    pub keywords: Vec<String>,
}

impl RulesAsked {
    /// The rules.
    pub fn rule_set(&self, zone: Tz) -> RuleSet {
        let rule = |exception: &Exception| Rule { when: exception.condition(), then: exception.then };
        RuleSet { filter: self.filter.condition(zone), rules: self.exceptions.iter().map(rule).collect() }
    }

    /// The answers that make these rules; none where the form has no answers for them.
    pub fn of(rules: &RuleSet, zone: Tz) -> Option<Self> {
        let exceptions = rules.rules.iter().map(Exception::of).collect::<Option<_>>()?;
        Some(Self { filter: FilterAsked::of(&rules.filter, zone)?, exceptions })
    }
}

impl FilterAsked {
    fn condition(&self, zone: Tz) -> Condition {
        let mut parts = Vec::new();
        parts.extend(any(self.themes.iter().cloned().map(Condition::Theme).collect()));
        let area = |area: &PlaceCode| Condition::Territory { area: area.clone(), relation: self.relation };
        parts.extend(self.or_nowhere(self.territories.iter().map(area).collect()));
        let around = self.around.iter().map(|(place, km)| Condition::Radius {
            place: place.clone(),
            km: *km,
            centre: None,
        });
        parts.extend(self.or_nowhere(around.collect()));
        parts.extend(any(self.types.iter().cloned().map(Condition::Type).collect()));
        parts.extend(any(self.keywords.iter().cloned().map(Condition::Keyword).collect()));
        parts.extend(self.language.clone().map(Condition::Language));
        if self.from.is_some() || self.until.is_some() {
            let after = self.until.and_then(|last| last.checked_add_days(Days::new(1)));
            let midnight = |day: Option<NaiveDate>| day.and_then(|day| midnight(day, zone));
            parts.push(Condition::Date { from: midnight(self.from), until: midnight(after) });
        }
        all(parts)
    }

    fn or_nowhere(&self, mut places: Vec<Condition>) -> Option<Condition> {
        if self.placeless && !places.is_empty() {
            places.push(Condition::NoPlace);
        }
        any(places)
    }

    fn of(condition: &Condition, zone: Tz) -> Option<Self> {
        let mut asked = Self::default();
        let mut nowhere = Vec::new();
        for part in parts(condition) {
            asked.take(part, &mut nowhere, zone)?;
        }
        // One box for both answers on places: they have to agree.
        asked.placeless = nowhere.first().copied().unwrap_or_default();
        nowhere.iter().all(|with| *with == asked.placeless).then_some(asked)
    }

    /// Takes over one part; none for a second part of a kind, or one without an answer in the form.
    fn take(&mut self, part: &Condition, nowhere: &mut Vec<bool>, zone: Tz) -> Option<()> {
        let (alternatives, with_nowhere) = alternatives(part);
        match alternatives.first()? {
            Condition::Theme(_) if self.themes.is_empty() => {
                self.themes = each(&alternatives, |one| match one {
                    Condition::Theme(slug) => Some(slug.clone()),
                    _ => None,
                })?;
            }
            Condition::Type(_) if self.types.is_empty() => {
                self.types = each(&alternatives, |one| match one {
                    Condition::Type(slug) => Some(slug.clone()),
                    _ => None,
                })?;
            }
            Condition::Keyword(_) if self.keywords.is_empty() => {
                self.keywords = each(&alternatives, |one| match one {
                    Condition::Keyword(words) => Some(words.clone()),
                    _ => None,
                })?;
            }
            Condition::Territory { relation, .. } if self.territories.is_empty() => {
                self.relation = *relation;
                self.territories = each(&alternatives, |one| match one {
                    Condition::Territory { area, relation: other } if other == relation => Some(area.clone()),
                    _ => None,
                })?;
                nowhere.push(with_nowhere);
                return Some(());
            }
            Condition::Radius { place, km, .. } if self.around.is_none() && alternatives.len() == 1 => {
                self.around = Some((place.clone(), *km));
                nowhere.push(with_nowhere);
                return Some(());
            }
            Condition::Language(code) if self.language.is_none() && alternatives.len() == 1 => {
                self.language = Some(code.clone());
            }
            Condition::Date { from, until }
                if self.from.or(self.until).is_none() && alternatives.len() == 1 =>
            {
                self.from = day_of(*from, zone)?;
                let after = day_of(*until, zone)?;
                self.until = after.and_then(|day| day.checked_sub_days(Days::new(1)));
            }
            _ => return None,
        }
        (!with_nowhere).then_some(())
    }
}

impl Exception {
    fn condition(&self) -> Condition {
        let mut parts = Vec::new();
        parts.extend(self.theme.clone().map(Condition::Theme));
        let area = |area| Condition::Territory { area, relation: PlaceRelation::Held };
        parts.extend(self.territory.clone().map(area));
        parts.extend(any(self.keywords.iter().cloned().map(Condition::Keyword).collect()));
        all(parts)
    }

    fn of(rule: &Rule) -> Option<Self> {
        let filter = FilterAsked::of(&rule.when, Tz::UTC)?;
        let exception = Self {
            then: rule.then,
            theme: filter.themes.first().cloned(),
            territory: filter.territories.first().cloned(),
            keywords: filter.keywords,
        };
        // Whatever else the rule looks at has no answer in the form.
        let asks_something = exception.condition() != Condition::Always;
        (asks_something && exception.condition() == rule.when).then_some(exception)
    }
}

/// At least one of these; none for an empty list.
fn any(mut parts: Vec<Condition>) -> Option<Condition> {
    match parts.len() {
        0 | 1 => parts.pop(),
        _ => Some(Condition::Any(parts)),
    }
}

fn all(mut parts: Vec<Condition>) -> Condition {
    match parts.len() {
        0 => Condition::Always,
        1 => parts.remove(0),
        _ => Condition::All(parts),
    }
}

fn parts(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::Always => Vec::new(),
        Condition::All(parts) => parts.iter().collect(),
        one => vec![one],
    }
}

/// The alternatives of a part, and whether one of them is to name no place.
fn alternatives(part: &Condition) -> (Vec<&Condition>, bool) {
    let Condition::Any(parts) = part else { return (vec![part], false) };
    let places: Vec<&Condition> = parts.iter().filter(|one| **one != Condition::NoPlace).collect();
    let with_nowhere = places.len() < parts.len();
    (places, with_nowhere)
}

fn each<T>(parts: &[&Condition], value: impl Fn(&Condition) -> Option<T>) -> Option<Vec<T>> {
    parts.iter().map(|part| value(part)).collect()
}

/// The first moment of a day.
fn midnight(day: NaiveDate, zone: Tz) -> Option<DateTime<Utc>> {
    let local = day.and_time(NaiveTime::MIN);
    zone.from_local_datetime(&local).earliest().map(|at| at.with_timezone(&Utc))
}

/// The day that a moment begins; none (inside) for no moment, none (outside) for one within a day.
fn day_of(at: Option<DateTime<Utc>>, zone: Tz) -> Option<Option<NaiveDate>> {
    let Some(at) = at else { return Some(None) };
    let local = at.with_timezone(&zone).naive_local();
    (local.time() == NaiveTime::MIN).then_some(Some(local.date()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARIS: Tz = chrono_tz::Europe::Paris;

    fn place(code: &str) -> PlaceCode {
        code.parse().expect("a code")
    }

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().expect("a day"))
    }

    /// One answer of every kind, some of them empty: every combination of which is tried.
    fn every_form() -> Vec<RulesAsked> {
        let mut forms = Vec::new();
        for mask in 0_u32..512 {
            let on = |bit: u32| mask & (1 << bit) != 0;
            let list = |bit: u32, values: &[&str]| -> Vec<String> {
                let values = values.iter().map(|value| (*value).to_owned());
                if on(bit) { values.collect() } else { Vec::new() }
            };
            let territories =
                if on(1) { vec![place("departement:58"), place("commune:58194")] } else { vec![] };
            let around = on(2).then(|| (place("commune:58194"), 12.5));
            let placed = !territories.is_empty() || around.is_some();
            forms.push(RulesAsked {
                filter: FilterAsked {
                    themes: list(0, &["emploi", "formation"]),
                    relation: if on(1) && on(3) { PlaceRelation::Any } else { PlaceRelation::Held },
                    placeless: on(4) && placed,
                    territories,
                    around,
                    types: list(5, &["agenda"]),
                    keywords: list(6, &["forum", "job dating"]),
                    language: on(7).then(|| "fr".to_owned()),
                    from: if on(8) { day("2026-03-29") } else { None },
                    until: if on(8) && on(3) { day("2026-10-25") } else { None },
                },
                exceptions: if on(5) { vec![exception()] } else { vec![] },
            });
        }
        forms
    }

    fn exception() -> Exception {
        Exception {
            then: Decision::Ignore,
            theme: Some("emploi".into()),
            territory: Some(place("departement:21")),
            keywords: vec!["salon".into(), "foire".into()],
        }
    }

    #[test]
    fn every_form_comes_back_from_its_rules() {
        for asked in every_form() {
            let rules = asked.rule_set(PARIS);
            assert_eq!(RulesAsked::of(&rules, PARIS).as_ref(), Some(&asked), "by way of {rules:?}");
            let stored: RuleSet =
                serde_json::from_str(&serde_json::to_string(&rules).expect("JSON")).expect("rules");
            assert_eq!(RulesAsked::of(&stored, PARIS), Some(asked));
        }
    }

    #[test]
    fn days_are_whole_ones_across_the_change_of_hour() {
        let filter =
            FilterAsked { from: day("2026-03-29"), until: day("2026-03-29"), ..FilterAsked::default() };
        let Condition::Date { from: Some(from), until: Some(until) } = filter.condition(PARIS) else {
            panic!("a date")
        };
        assert_eq!((until - from).num_hours(), 23);
    }

    #[test]
    fn rules_of_programs_that_the_form_cannot_show_are_told_apart() {
        for json in [
            r#"{"filter": {"not": {"theme": "emploi"}}}"#,
            r#"{"filter": "no_place"}"#,
            r#"{"filter": {"any": [{"theme": "emploi"}, {"type": "news"}]}}"#,
            r#"{"filter": {"all": [{"theme": "emploi"}, {"theme": "formation"}]}}"#,
            r#"{"filter": {"all": [{"any": [{"theme": "emploi"}, "no_place"]}]}}"#,
            r#"{"filter": {"date": {"from": "2026-03-03T14:00:00Z"}}}"#,
            r#"{"filter": {"any": [{"territory": {"area": "departement:58"}},
                {"territory": {"area": "departement:21", "relation": "any"}}]}}"#,
            r#"{"rules": [{"when": "always", "then": "hold"}]}"#,
            r#"{"rules": [{"when": {"language": "en"}, "then": "ignore"}]}"#,
        ] {
            let rules: RuleSet = serde_json::from_str(json).expect("rules");
            assert_eq!(RulesAsked::of(&rules, PARIS), None, "{json}");
        }
    }
}
