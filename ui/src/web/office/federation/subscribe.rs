//! The form of a subscription: what was sent as rules, rules as what is shown.

use super::rules::{Exception, FilterAsked, RulesAsked};
use crate::forms::{self, SubscriptionChoices, decision_name, relation_name};
use crate::views::{FormView, Opt, PlaceAnswer};
use crate::web::office::ZONE;
use crate::web::office::known::Known;
use crate::web::office::places::{self, PlaceSent};
use crate::web::{Desk, Posted, WebError};
use maillage_app::AppError;
use maillage_domain::place::PlaceCode;
use maillage_domain::rule::{Decision, PlaceRelation, RuleSet};
use maillage_domain::subscription::Handle;
use std::collections::BTreeMap;
use url::Url;

/// Exceptions of one subscription, at most.
const EXCEPTIONS: usize = 20;

/// What a form sent, with its places understood.
pub(super) struct Sent {
    /// The rules that were asked.
    pub asked: RulesAsked,
    /// What is wrong beside the places: field and wording.
    pub problems: Vec<(&'static str, String)>,
    /// What was typed in fields of places, by field name.
    places: BTreeMap<String, PlaceAnswer>,
    /// Rows of exceptions to be shown.
    pub rows: usize,
}

impl Sent {
    /// Whether everything was understood.
    pub fn is_clear(&self) -> bool {
        self.problems.is_empty() && self.places.values().all(|answer| answer.problem.is_none())
    }

    /// The form with what was sent and what is wrong with it.
    pub fn dress(&self, form: FormView, sent: &[(String, String)]) -> FormView {
        let form = self
            .places
            .iter()
            .fold(form.filled(sent), |form, (name, answer)| form.with_places(name, answer.clone()));
        self.problems.iter().fold(form, |form, (field, text)| form.with_problem(field, text))
    }
}

/// Reads the part of the form that makes the rules.
///
/// # Errors
/// Those of the database.
pub(super) async fn read(posted: &Posted<Desk>) -> Result<Sent, WebError> {
    let desk = &posted.from;
    let rows = (0..EXCEPTIONS)
        .filter(|at| posted.fields.iter().any(|(name, _)| *name == format!("x{at}.then")))
        .count();
    let mut asked = vec![PlaceSent::of(posted, "territories", false), PlaceSent::of(posted, "centre", true)];
    asked.extend((0..rows).map(|at| PlaceSent::of(posted, &format!("x{at}.territory"), true)));
    let names: Vec<String> = asked.iter().map(|sent| sent.name.clone()).collect();
    let answers = places::answers(desk, asked).await?;
    let places: BTreeMap<String, PlaceAnswer> = names.into_iter().zip(answers).collect();
    let mut sent = Sent { asked: RulesAsked::default(), problems: Vec::new(), places, rows };
    sent.asked.filter = sent.filter(posted);
    sent.asked.exceptions = (0..rows).filter_map(|at| sent.exception(posted, at)).collect();
    Ok(sent)
}

impl Sent {
    fn codes(&self, name: &str) -> Vec<PlaceCode> {
        let codes = self.places.get(name).map(|answer| answer.codes.as_slice()).unwrap_or_default();
        codes.iter().filter_map(|code| code.parse().ok()).collect()
    }

    fn filter(&mut self, posted: &Posted<Desk>) -> FilterAsked {
        let t = posted.from.t;
        let texts = |name: &str| posted.list(name).into_iter().map(str::to_owned).collect();
        let radius = posted.text("radius").replace(',', ".");
        let centre = self.codes("centre").pop();
        let km = radius.parse::<f64>().ok().filter(|km| (0.1..=2_000.0).contains(km));
        if !radius.is_empty() && km.is_none() {
            self.problems.push(("radius", t.get("filter-radius-wrong")));
        }
        if centre.is_some() && radius.is_empty() {
            self.problems.push(("radius", t.get("filter-radius-missing")));
        }
        if km.is_some() && centre.is_none() && posted.text("centre.add").is_empty() {
            self.problems.push(("centre", t.get("filter-centre-missing")));
        }
        let mut day = |name: &'static str| {
            let text = posted.text(name);
            let day = text.parse().ok().or_else(|| chrono::NaiveDate::parse_from_str(text, "%d/%m/%Y").ok());
            if day.is_none() && !text.is_empty() {
                self.problems.push((name, t.get("filter-date-wrong")));
            }
            day
        };
        let (from, until) = (day("from"), day("until"));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            self.problems.push(("until", t.get("filter-dates-crossed")));
        }
        let relations =
            [PlaceRelation::Held, PlaceRelation::Publisher, PlaceRelation::Eligible, PlaceRelation::Any];
        let relation = relations.into_iter().find(|one| relation_name(*one) == posted.text("relation"));
        let territories = self.codes("territories");
        let around = centre.zip(km);
        let placed = !territories.is_empty() || around.is_some();
        FilterAsked {
            themes: texts("themes"),
            relation: if territories.is_empty() { PlaceRelation::Held } else { relation.unwrap_or_default() },
            placeless: posted.ticked("placeless") && placed,
            territories,
            around,
            types: texts("types"),
            keywords: words(posted.text("keywords")),
            language: Some(posted.text("language").to_owned()).filter(|code| !code.is_empty()),
            from,
            until,
        }
    }

    /// One exception; none for a row that was left blank.
    fn exception(&self, posted: &Posted<Desk>, at: usize) -> Option<Exception> {
        let name = |part: &str| format!("x{at}.{part}");
        let decisions = [Decision::Ignore, Decision::Hold, Decision::Publish, Decision::Announce];
        let then = decisions.into_iter().find(|one| decision_name(*one) == posted.text(&name("then")))?;
        let exception = Exception {
            then,
            theme: Some(posted.text(&name("theme")).to_owned()).filter(|slug| !slug.is_empty()),
            territory: self.codes(&name("territory")).pop(),
            keywords: words(posted.text(&name("keywords"))),
        };
        let asks =
            exception.theme.is_some() || exception.territory.is_some() || !exception.keywords.is_empty();
        asks.then_some(exception)
    }
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.split([',', ';']).map(str::trim).filter(|word| !word.is_empty()) {
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// What a form of rules is chosen from.
pub(super) fn choices(known: &Known, desk: &Desk, exceptions: Option<usize>) -> SubscriptionChoices {
    let t = desk.t;
    SubscriptionChoices {
        services: None,
        themes: forms::theme_groups(t, known.thesaurus.iter(), |_| true),
        types: desk.app().registry().iter().map(|kind| Opt::new(&kind.slug, t.say(&kind.label()))).collect(),
        exceptions,
    }
}

/// The form with the rules that stand.
pub(super) fn filled(form: FormView, asked: &RulesAsked, known: &Known) -> FormView {
    let filter = &asked.filter;
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let centre: Vec<PlaceCode> = filter.around.iter().map(|(place, _)| place.clone()).collect();
    let mut form = form
        .with_values("themes", filter.themes.clone())
        .with_places("territories", stood(&filter.territories, known))
        .with_value("relation", relation_name(filter.relation))
        .with_places("centre", stood(&centre, known))
        .with_value("radius", filter.around.as_ref().map(|(_, km)| number(*km, known)).unwrap_or_default())
        .with_value("placeless", filter.placeless.to_string())
        .with_values("types", filter.types.clone())
        .with_value("keywords", filter.keywords.join(", "))
        .with_value("language", filter.language.clone().unwrap_or_default())
        .with_value("from", day(filter.from))
        .with_value("until", day(filter.until));
    for (exception, at) in asked.exceptions.iter().zip(0..) {
        let name = |part: &str| format!("x{at}.{part}");
        let territory: Vec<PlaceCode> = exception.territory.iter().cloned().collect();
        form = form
            .with_value(&name("then"), decision_name(exception.then))
            .with_value(&name("theme"), exception.theme.clone().unwrap_or_default())
            .with_places(&name("territory"), stood(&territory, known))
            .with_value(&name("keywords"), exception.keywords.join(", "));
    }
    form
}

fn number(km: f64, known: &Known) -> String {
    let text = km.to_string();
    if known.t.locale == crate::i18n::Locale::Fr { text.replace('.', ",") } else { text }
}

/// Places that stand in the rules already.
fn stood(codes: &[PlaceCode], known: &Known) -> PlaceAnswer {
    PlaceAnswer {
        codes: codes.iter().map(ToString::to_string).collect(),
        chosen: codes.iter().map(|code| Opt::new(code.as_str(), known.place_name(code.as_str()))).collect(),
        ..PlaceAnswer::default()
    }
}

/// The answers that make these rules; none where the form has none for them.
pub(super) fn asked_by(rules: &RuleSet) -> Option<RulesAsked> {
    RulesAsked::of(rules, ZONE)
}

/// The address of a service as it is typed: `@service@host`, or the address of its page.
///
/// # Errors
/// [`AppError::Invalid`] with an example.
pub(super) fn handle(text: &str) -> Result<Handle, AppError> {
    let from_page = || {
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        let last = url.path_segments()?.rfind(|part| !part.is_empty())?.trim_start_matches('@').to_owned();
        let host = url.host_str()?;
        let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        format!("@{last}@{host}").parse().ok()
    };
    text.parse().ok().or_else(from_page).ok_or_else(|| {
        AppError::invalid(
            "address",
            "not_a_handle",
            "Écrivez l'adresse du service, par exemple @agenda@mef-yonne.fr.",
            "Write the address of the service, such as @agenda@mef-yonne.fr.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_pages_are_understood() {
        let of = |text: &str| handle(text).map(|handle| handle.to_string()).ok();
        assert_eq!(of("@agenda@mef.example").as_deref(), Some("@agenda@mef.example"));
        assert_eq!(of("https://mef.example/services/agenda").as_deref(), Some("@agenda@mef.example"));
        assert_eq!(of("https://social.example/@mef/").as_deref(), Some("@mef@social.example"));
        assert_eq!(of("http://localhost:8002/services/agenda").as_deref(), Some("@agenda@localhost:8002"));
        for wrong in ["", "agenda", "https://mef.example/", "ftp://mef.example/agenda"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn words_are_parted_at_commas() {
        assert_eq!(words(" forum, job dating;forum ,"), ["forum", "job dating"]);
    }
}
