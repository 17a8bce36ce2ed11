//! Days and distances by which a visitor narrows a list, as its address says them.

use super::ZONE;
use super::listing::Listing;
use crate::i18n::Translator;
use crate::views::{ActiveFilter, AroundForm, Opt};
use crate::web::known::Known;
use chrono::{Datelike, Days, NaiveDate};
use maillage_domain::french;
use maillage_domain::item::moment;
use maillage_domain::place::PlaceCode;
use maillage_store::read::{During, Near};

/// Distances that can be chosen, in kilometres.
const DISTANCES: [u16; 6] = [5, 10, 20, 30, 50, 100];
/// The one that is taken where none is.
const USUAL: u16 = 20;
/// Characters of a commune's name.
const NAME: usize = 80;

/// The days and the surroundings that were chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Around {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub until: Option<NaiveDate>,
    /// The commune in the middle.
    pub near: Option<PlaceCode>,
    /// What was typed for one and is no code.
    pub named: String,
    /// Kilometres around it.
    km: Option<u16>,
}

impl Around {
    /// Takes one parameter of an address.
    pub fn read(&mut self, name: &str, value: &str) {
        let value = value.trim();
        match name {
            "from" => self.from = day(value),
            "until" => self.until = day(value),
            "km" => self.km = value.parse().ok().filter(|km| DISTANCES.contains(km)),
            "near" => match value.parse() {
                Ok(code) => self.near = Some(code),
                Err(_) => self.named = value.chars().take(NAME).collect(),
            },
            _ => {}
        }
    }

    /// Its parameters.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let near = self.near.as_ref().map_or_else(|| self.named.clone(), ToString::to_string);
        let km = if near.is_empty() { String::new() } else { self.km().to_string() };
        let all = vec![("from", day(self.from)), ("until", day(self.until)), ("near", near), ("km", km)];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// Whether anything was chosen.
    pub fn is_empty(&self) -> bool {
        self.parameters().is_empty()
    }

    fn km(&self) -> u16 {
        self.km.unwrap_or(USUAL)
    }

    /// The days, for the list's query.
    pub fn during(&self) -> Option<During> {
        self.from.or(self.until)?;
        let at = |day: NaiveDate| moment(&day.to_string(), ZONE, false).map(|at| at.timestamp_millis());
        let after = self.until.and_then(|day| day.checked_add_days(Days::new(1)));
        let to = after.and_then(at).unwrap_or(i64::MAX);
        Some(During { from: self.from.and_then(at).unwrap_or(i64::MIN), to })
    }

    /// The surroundings, for the list's query.
    pub fn near(&self) -> Option<Near> {
        self.near.as_ref().map(|place| Near { place: place.to_string(), km: self.km() })
    }

    /// What is on, each with the way out.
    pub fn active(&self, listing: &Listing, t: Translator, known: &Known) -> Vec<ActiveFilter> {
        let without = |around: Self| Listing { around, ..listing.at(listing.places.clone()) }.href();
        let mut active = Vec::new();
        let day = |day: NaiveDate| french::date(day, t.locale);
        let label = match (self.from, self.until) {
            (Some(from), Some(until)) if from == until => Some(t.with("filter-day", "day", day(from))),
            (Some(from), Some(until)) => {
                Some(t.with2("filter-days", ("from", day(from)), ("until", day(until))))
            }
            (Some(from), None) => Some(t.with("filter-days-from", "day", day(from))),
            (None, Some(until)) => Some(t.with("filter-days-until", "day", day(until))),
            (None, None) => None,
        };
        active.extend(label.map(|label| {
            let href = without(Self { from: None, until: None, ..self.clone() });
            ActiveFilter { label, href }
        }));
        let place = self.near.as_ref().map(|code| known.place_name(code.as_str()));
        let place = place.or_else(|| Some(self.named.clone()).filter(|named| !named.is_empty()));
        active.extend(place.map(|place| {
            let label = t.with2("filter-near", ("km", self.km()), ("place", place));
            let href = without(Self { near: None, named: String::new(), km: None, ..self.clone() });
            ActiveFilter { label, href }
        }));
        active
    }

    /// The form in which they are chosen; what was typed is told to be nowhere where `is_unknown`.
    pub fn form(&self, listing: &Listing, t: Translator, known: &Known, is_unknown: bool) -> AroundForm {
        let bare = Listing { around: Self::default(), ..listing.at(listing.places.clone()) };
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let place = self.near.as_ref().map(|code| known.place_name(code.as_str()));
        let distance =
            |km: u16| Opt { value: km.to_string(), label: format!("{km}\u{a0}km"), ..Opt::default() };
        let mut keep = bare.kept();
        if !listing.query.is_empty() {
            keep.insert(0, ("q".to_owned(), listing.query.clone()));
        }
        AroundForm {
            t,
            action: listing.path.clone(),
            keep,
            from: day(self.from),
            until: day(self.until),
            near: place.unwrap_or_else(|| self.named.clone()),
            distances: DISTANCES.map(distance).to_vec(),
            km: self.km().to_string(),
            error: if is_unknown { t.with("near-unknown", "name", &self.named) } else { String::new() },
            is_open: !self.is_empty(),
        }
    }
}

/// A day as addresses and date fields write it, in years of which anything can be told.
fn day(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDate>().ok().filter(|day| (1900..2200).contains(&day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(parameters: &[(&str, &str)]) -> Around {
        let mut around = Around::default();
        parameters.iter().for_each(|(name, value)| around.read(name, value));
        around
    }

    #[test]
    fn days_are_those_of_the_node_and_the_last_one_is_whole() {
        let during = around(&[("from", "2026-03-29"), ("until", "2026-03-29")]).during().expect("days");
        // The day on which the clocks change is an hour shorter.
        assert_eq!((during.to - during.from) / 3_600_000, 23);
        let open = around(&[("from", "2026-03-29")]).during().expect("days");
        assert_eq!((open.from, open.to), (during.from, i64::MAX));
        assert_eq!(around(&[]).during(), None);
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        for (name, value) in
            [("from", "hier"), ("until", "9999999-01-01"), ("from", "0000-01-01"), ("km", "20")]
        {
            assert!(around(&[(name, value)]).is_empty(), "{name}={value}");
        }
        let near = around(&[("near", "commune:58194"), ("km", "7")]);
        assert_eq!(near.near().map(|near| near.km), Some(USUAL));
        assert_eq!(near.parameters(), [("near", "commune:58194".to_owned()), ("km", "20".to_owned())]);
        let named = around(&[("near", " Nevers ")]);
        assert_eq!((named.near(), named.named.as_str()), (None, "Nevers"));
    }
}
