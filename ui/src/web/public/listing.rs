//! A public list as its address says it: what was chosen, which page, where every choice leads.

use super::PAGE;
use super::around::Around;
use super::period::View;
use crate::i18n::{Locale, Translator};
use crate::views::{ActiveFilter, Count, Facet, FacetGroup, Paging};
use crate::web::address;
use crate::web::known::Known;
use actix_web::HttpRequest;
use maillage_domain::place::PlaceCode;
use maillage_domain::site::ListFilter;
use maillage_store::read::{EntryQuery, FacetCount, Facets};
use maillage_store::rows::PlaceRow;

/// Values of one facet that may be chosen together.
const CHOSEN: usize = 20;
/// Characters of a question.
const WORDS: usize = 100;
/// Pages that can be turned to.
const LAST_PAGE: u64 = 500;

/// What a visitor has chosen of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Listing {
    /// Path of the list.
    pub path: String,
    /// Words looked for.
    pub query: String,
    /// Theme slugs.
    pub themes: Vec<String>,
    /// Codes of areas.
    pub places: Vec<PlaceCode>,
    /// Slugs of types.
    pub types: Vec<String>,
    /// Days, and a distance around a commune.
    pub around: Around,
    /// Whether the words are words even where they are the name of a place.
    pub words_only: bool,
    /// What was typed and taken for a place, said once.
    pub said: String,
    /// How it is laid out.
    pub view: View,
    /// The month or week that is shown; the present one where it is empty or makes no sense.
    pub at: String,
    /// Page, from 1.
    pub page: u64,
}

impl Listing {
    /// The list of a request. A place that is named instead of given by its code is a question.
    pub fn of(request: &HttpRequest, path: String) -> Self {
        Self::read(request.query_string(), path)
    }

    /// The list of this query.
    pub fn read(query: &str, path: String) -> Self {
        let mut listing = Self { path, page: 1, ..Self::default() };
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "q" => listing.query = value.trim().chars().take(WORDS).collect(),
                "words" => listing.words_only = value == "1",
                "said" => listing.said = value.trim().chars().take(WORDS).collect(),
                "theme" if listing.themes.len() < CHOSEN && !value.is_empty() => {
                    listing.themes.push(value.chars().take(120).collect());
                }
                "place" if listing.places.len() < CHOSEN => match value.parse::<PlaceCode>() {
                    Ok(code) => listing.places.push(code),
                    // A feed has no search by words: there it finds nothing, as an unknown theme does.
                    Err(_) if listing.query.is_empty() => {
                        listing.query = value.trim().chars().take(WORDS).collect();
                    }
                    Err(_) => {}
                },
                "view" => listing.view = View::named(&value),
                "at" => listing.at = value.chars().take(10).collect(),
                "page" => listing.page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
                "type" if listing.types.len() < CHOSEN && !value.is_empty() => {
                    listing.types.push(value.chars().take(120).collect());
                }
                name => listing.around.read(name, &value),
            }
        }
        listing.themes.dedup();
        listing.types.dedup();
        listing.places.dedup();
        listing
    }

    /// The list of the places that the question was found to mean, beside those chosen before.
    pub fn at_places(&self, places: &[PlaceRow]) -> Self {
        let mut codes = self.places.clone();
        for code in places.iter().filter_map(|place| place.code.parse::<PlaceCode>().ok()) {
            if !codes.contains(&code) && codes.len() < CHOSEN {
                codes.push(code);
            }
        }
        Self { said: self.query.clone(), query: String::new(), ..self.at(codes) }
    }

    /// The same choice around the commune that was named.
    pub fn near(&self, place: &PlaceRow) -> Self {
        let mut list = self.at(self.places.clone());
        (list.around.near, list.around.named) = (place.code.parse().ok(), String::new());
        list
    }

    /// The same choice in these areas.
    pub fn at(&self, places: Vec<PlaceCode>) -> Self {
        Self { places, page: 1, said: String::new(), ..self.clone() }
    }

    /// The list of what was taken for a place, as words.
    pub fn as_words(&self) -> Self {
        Self { query: self.said.clone(), words_only: true, ..self.at(Vec::new()) }
    }

    /// The query of this list; `around` says what it holds before anything was chosen.
    pub fn entry_query(&self, around: EntryQuery) -> EntryQuery {
        EntryQuery {
            chosen: ListFilter {
                themes: self.themes.clone(),
                places: self.places.clone(),
                types: self.types.clone(),
            },
            during: self.around.during(),
            near: self.around.near(),
            // Around what is no place there is nothing.
            items: (!self.around.named.is_empty()).then(Vec::new),
            words: self.query.clone(),
            offset: i64::try_from(self.page - 1).unwrap_or(0) * PAGE,
            limit: PAGE + 1,
            ..around
        }
    }

    /// Whether anything was chosen.
    pub fn is_narrowed(&self) -> bool {
        let lists = [self.themes.is_empty(), self.places.is_empty(), self.types.is_empty()];
        !self.query.is_empty() || lists.contains(&false) || !self.around.is_empty()
    }

    /// The address of this list.
    pub fn href(&self) -> String {
        self.href_of(&self.path, self.page)
    }

    /// The address of the same choice elsewhere: a feed, a page. How it is laid out is said of the list
    /// alone.
    pub fn href_of(&self, path: &str, page: u64) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let words_only = if self.words_only && !self.query.is_empty() { "1" } else { "" };
        let around = self.around.parameters();
        let mut parameters = vec![("q", self.query.as_str()), ("words", words_only)];
        parameters.extend(self.types.iter().map(|slug| ("type", slug.as_str())));
        parameters.extend(self.themes.iter().map(|slug| ("theme", slug.as_str())));
        parameters.extend(self.places.iter().map(|code| ("place", code.as_str())));
        parameters.extend(around.iter().map(|(name, value)| (*name, value.as_str())));
        if path == self.path && self.view != View::List {
            parameters.extend([("view", self.view.name()), ("at", self.at.as_str())]);
        }
        parameters.push(("said", self.said.as_str()));
        parameters.push(("page", page.as_str()));
        address::with(path, &parameters)
    }

    fn with_theme(&self, slug: &str) -> String {
        let mut list = self.at(self.places.clone());
        toggle(&mut list.themes, slug.to_owned());
        list.href()
    }

    fn with_type(&self, slug: &str) -> String {
        let mut list = self.at(self.places.clone());
        toggle(&mut list.types, slug.to_owned());
        list.href()
    }

    fn with_place(&self, code: &PlaceCode) -> String {
        let mut list = self.at(self.places.clone());
        toggle(&mut list.places, code.clone());
        list.href()
    }

    /// Fields of the search box that keep what was chosen.
    pub fn kept(&self) -> Vec<(String, String)> {
        let themes = self.themes.iter().map(|slug| ("theme".to_owned(), slug.clone()));
        let places = self.places.iter().map(|code| ("place".to_owned(), code.to_string()));
        let types = self.types.iter().map(|slug| ("type".to_owned(), slug.clone()));
        let around = self.around.parameters().into_iter().map(|(name, value)| (name.to_owned(), value));
        let laid_out = [("view", self.view.name()), ("at", self.at.as_str())];
        let laid_out = laid_out.into_iter().filter(|(_, value)| self.view != View::List && !value.is_empty());
        let laid_out = laid_out.map(|(name, value)| (name.to_owned(), value.to_owned()));
        types.chain(themes).chain(places).chain(around).chain(laid_out).collect()
    }

    /// The filters that are on, each with the way out.
    pub fn active(&self, t: Translator, known: &Known) -> Vec<ActiveFilter> {
        let mut active = Vec::new();
        if !self.query.is_empty() {
            let label = t.with("filter-words", "words", &self.query);
            let href = Self { query: String::new(), ..self.at(self.places.clone()) }.href();
            active.push(ActiveFilter { label, href });
        }
        for slug in &self.types {
            let label = t.with("filter-type", "name", type_name(t, known, slug));
            active.push(ActiveFilter { label, href: self.with_type(slug) });
        }
        for slug in &self.themes {
            let label = t.with("filter-theme", "name", known.theme_name(slug));
            active.push(ActiveFilter { label, href: self.with_theme(slug) });
        }
        for code in &self.places {
            let label = t.with("filter-place", "name", known.place_name(code.as_str()));
            active.push(ActiveFilter { label, href: self.with_place(code) });
        }
        active.extend(self.around.active(self, t, known));
        active
    }

    /// What can narrow the list further.
    pub fn facets(&self, t: Translator, facets: &Facets, known: &Known, total: Count) -> Vec<FacetGroup> {
        let count = |one: &FacetCount| Count { value: one.count.unsigned_abs(), capped: facets.capped };
        // What everything in the list has narrows nothing.
        let narrows = |one: &FacetCount| facets.capped || one.count.unsigned_abs() < total.value;
        // A broad theme whose items are all of one narrower theme says less than that one and finds as much;
        // the counts of a first part do not tell.
        let says_less = |broad: &FacetCount| {
            let same =
                |one: &FacetCount| one.broader.as_ref() == Some(&broad.code) && one.count == broad.count;
            !facets.capped && !self.themes.contains(&broad.code) && facets.themes.iter().any(same)
        };
        let offered = facets.themes.iter().filter(|one| !self.themes.is_empty() || narrows(one));
        let themes = offered.filter(|one| !says_less(one)).map(|one| Facet {
            label: match t.locale {
                Locale::Fr => t.typeset(&one.label_fr),
                Locale::En => one.label_en.clone(),
            },
            count: count(one),
            href: self.with_theme(&one.code),
            chosen: self.themes.contains(&one.code),
        });
        // Of areas that hold as much, the largest first.
        let mut areas: Vec<&FacetCount> = facets.places.iter().collect();
        areas.sort_by_key(|one| (-one.count, rank(&one.code)));
        let places = areas.into_iter().filter_map(|one| {
            // That it is in France says nothing.
            let code: PlaceCode = one.code.parse().ok().filter(|_| !one.code.starts_with("pays:"))?;
            if self.places.is_empty() && !narrows(one) {
                return None;
            }
            Some(Facet {
                label: known.places.get(&one.code).cloned().unwrap_or_else(|| one.label_fr.clone()),
                count: count(one),
                href: self.with_place(&code),
                chosen: self.places.contains(&code),
            })
        });
        let types = facets.types.iter().filter(|one| !self.types.is_empty() || narrows(one));
        let types = types.map(|one| Facet {
            label: type_name(t, known, &one.code),
            count: count(one),
            href: self.with_type(&one.code),
            chosen: self.types.contains(&one.code),
        });
        let groups = [
            FacetGroup { title: t.get("facet-types"), facets: chosen_first(types.collect()) },
            FacetGroup { title: t.get("facet-themes"), facets: chosen_first(themes.collect()) },
            FacetGroup { title: t.get("facet-places"), facets: chosen_first(places.collect()) },
        ];
        groups.into_iter().filter(|group| !group.facets.is_empty()).collect()
    }

    /// The address of another page of the same list.
    pub fn turned(&self, page: u64) -> String {
        Self { page, ..self.at(self.places.clone()) }.href_of(&self.path, page)
    }

    /// Links to the pages around this one.
    pub fn paging(&self, t: Translator, total: Count, more: bool) -> Paging {
        let size = PAGE.unsigned_abs();
        Paging {
            t,
            page: self.page,
            pages: (!total.capped).then(|| total.value.div_ceil(size).max(self.page)),
            previous: (self.page > 1).then(|| self.turned(self.page - 1)),
            next: (more && self.page < LAST_PAGE).then(|| self.turned(self.page + 1)),
        }
    }
}

fn type_name(t: Translator, known: &Known, slug: &str) -> String {
    known.kind(slug).map_or_else(|| slug.to_owned(), |kind| t.say(&kind.label()))
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, value: T) {
    match list.iter().position(|one| *one == value) {
        Some(at) => {
            list.remove(at);
        }
        None => list.push(value),
    }
}

/// Where an area stands among those of other sizes.
fn rank(code: &str) -> usize {
    let sizes = ["region:", "departement:", "epci:"];
    sizes.iter().position(|size| code.starts_with(size)).unwrap_or(sizes.len())
}

/// What is chosen stands on top, where it can be taken back.
fn chosen_first(mut facets: Vec<Facet>) -> Vec<Facet> {
    facets.sort_by_key(|facet| !facet.chosen);
    facets
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn listing(query: &str) -> Listing {
        let request = TestRequest::with_uri(&format!("/sites/nievre/agenda?{query}")).to_http_request();
        Listing::of(&request, "/sites/nievre/agenda".to_owned())
    }

    #[test]
    fn the_address_is_the_state() {
        let list = listing("q=for%C3%AAt&theme=emploi&theme=formation&place=departement:58&page=3&utm=x");
        assert_eq!(
            list.href(),
            "/sites/nievre/agenda?q=for%C3%AAt&theme=emploi&theme=formation&place=departement%3A58&page=3"
        );
        assert_eq!(
            list.with_theme("emploi"),
            "/sites/nievre/agenda?q=for%C3%AAt&theme=formation&place=departement%3A58"
        );
        assert!(list.with_theme("sante").contains("theme=formation&theme=sante"));
        assert_eq!(listing("").href(), "/sites/nievre/agenda");
        let month = listing("view=month&at=2026-11&theme=emploi");
        assert_eq!(month.href(), "/sites/nievre/agenda?theme=emploi&view=month&at=2026-11");
        assert_eq!(month.with_theme("emploi"), "/sites/nievre/agenda?view=month&at=2026-11");
        // What is followed is the list, however it is looked at.
        assert_eq!(month.href_of("/sites/nievre/agenda.ics", 1), "/sites/nievre/agenda.ics?theme=emploi");
    }

    #[test]
    fn what_makes_no_sense_is_left_out() {
        let list = listing("page=-4&place=%27%3B--&theme=&q=%20%20");
        assert_eq!((list.page, list.is_narrowed()), (1, false));
        assert_eq!(listing("page=99999999").page, LAST_PAGE);
    }

    #[test]
    fn a_page_knows_its_neighbours() {
        let list = listing("theme=emploi&page=2");
        let paging = list.paging(Translator::default(), Count::exact(45), true);
        assert_eq!(paging.pages, Some(3));
        assert_eq!(paging.previous.as_deref(), Some("/sites/nievre/agenda?theme=emploi"));
        assert_eq!(paging.next.as_deref(), Some("/sites/nievre/agenda?theme=emploi&page=3"));
    }
}
