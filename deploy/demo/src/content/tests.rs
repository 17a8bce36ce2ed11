//! What the content of the region must be, whatever the season and the seed.

use super::*;
use crate::prose::month_in_words;
use chrono::Datelike;
use maillage_domain::field::{FieldKind, FieldRole};
use maillage_domain::geography;
use maillage_domain::theme::{Thesaurus, embedded};
use std::sync::LazyLock;

static TERRITORIES: LazyLock<Vec<Territory>> = LazyLock::new(|| Territory::all().expect("geography"));
static AUTUMN: LazyLock<Vec<Vec<Piece>>> = LazyLock::new(|| told("2026-11-25", 58));

fn told(today: &str, seed: u64) -> Vec<Vec<Piece>> {
    region(&TERRITORIES, today.parse().expect("date"), seed).expect("content")
}

fn held(registry: &Registry, piece: &Piece) -> Vec<String> {
    let service_type = registry.get(piece.service_type).expect("type");
    service_type.list(&piece.fields, FieldRole::Held).into_iter().map(str::to_owned).collect()
}

fn texts(piece: &Piece) -> impl Iterator<Item = &str> {
    let plain = ["url", "lien", "inscription", "site_web", "courriel", "telephone", "debut", "fin"];
    piece
        .fields
        .0
        .iter()
        .filter(move |(name, _)| !plain.contains(&name.as_str()))
        .filter_map(|(_, value)| value.as_str())
}

#[test]
fn every_node_holds_enough_in_every_season() {
    let registry = Registry::embedded().expect("registry");
    for (today, seed) in
        [("2026-11-25", 58), ("2027-03-01", 1), ("2027-07-14", 2), ("2028-02-29", 3), ("2026-12-24", 4)]
    {
        let nodes = told(today, seed);
        assert_eq!(nodes.len(), 3);
        for pieces in &nodes {
            let published = pieces
                .iter()
                .filter(|piece| matches!(piece.fate, Fate::Published | Fate::Corrected(_)))
                .count();
            assert!(published >= 155, "{today}: {published} published");
            let nowhere = pieces.iter().filter(|piece| held(&registry, piece).is_empty()).count();
            let share = nowhere * 100 / pieces.len();
            assert!((19..=24).contains(&share), "{today}: {share} % without a place");
            for share in &SHARES {
                let of_type = pieces.iter().filter(|piece| piece.service_type == share.service_type).count();
                assert_eq!(of_type, share.placed + share.unplaced, "{today} {}", share.service_type);
            }
            let queue = pieces.iter().filter(|piece| piece.fate == Fate::Submitted).count();
            let declined = pieces.iter().filter(|piece| matches!(piece.fate, Fate::Declined(_))).count();
            let drafts = pieces.iter().filter(|piece| piece.fate == Fate::Draft).count();
            let corrected = pieces.iter().filter(|piece| matches!(piece.fate, Fate::Corrected(_))).count();
            assert_eq!((queue, declined, drafts, corrected), (12, 5, 5, 3), "{today}");
        }
    }
}

#[test]
fn no_title_stands_twice_in_the_region() {
    let mut seen = BTreeSet::new();
    for piece in AUTUMN.iter().flatten() {
        assert!(seen.insert(fold(&piece.title)), "{}", piece.title);
    }
    assert!(seen.len() > 500);
}

#[test]
fn one_seed_makes_one_region() {
    assert_eq!(told("2026-11-25", 58), *AUTUMN);
    assert_ne!(told("2026-11-25", 59), *AUTUMN);
}

#[test]
fn places_and_themes_are_known_and_of_the_territory() {
    let registry = Registry::embedded().expect("registry");
    let thesaurus = Thesaurus::new(embedded());
    let parents: std::collections::HashMap<_, _> = geography::load()
        .map(|place| place.expect("place"))
        .map(|place| (place.code.to_string(), place.parents))
        .collect();
    for (territory, pieces) in TERRITORIES.iter().zip(AUTUMN.iter()) {
        for piece in pieces {
            let service_type = registry.get(piece.service_type).expect("type");
            for field in &service_type.fields {
                for value in piece.fields.list(&field.name) {
                    match field.kind {
                        FieldKind::Themes => {
                            assert!(thesaurus.get(value).is_some(), "{value} in {}", piece.title)
                        }
                        FieldKind::Places => {
                            let above =
                                parents.get(value).unwrap_or_else(|| panic!("{value} in {}", piece.title));
                            let inside =
                                above.contains(&territory.code) || value == territory.code.to_string();
                            assert!(inside, "{value} is not in {}", territory.code);
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}

#[test]
fn places_are_many_and_not_only_large() {
    let registry = Registry::embedded().expect("registry");
    for (territory, pieces) in TERRITORIES.iter().zip(AUTUMN.iter()) {
        let places: BTreeSet<_> = pieces.iter().flat_map(|piece| held(&registry, piece)).collect();
        assert!(places.len() >= 35, "{}: {}", territory.department.slug, places.len());
    }
}

#[test]
fn dates_are_around_today_and_on_working_days() {
    let today: NaiveDate = "2026-11-25".parse().expect("date");
    for piece in AUTUMN.iter().flatten() {
        for (name, earliest, latest) in [("debut", -3, 125), ("date_parution", -40, 0)] {
            let Some(text) = piece.fields.text(name) else { continue };
            let day: NaiveDate = text[..10].parse().expect("date");
            let after = (day - today).num_days();
            assert!((earliest..=latest).contains(&after), "{}: {name} {after} days away", piece.title);
            if name == "debut" {
                assert!(!crate::calendar::is_holiday(day) && day.weekday() != chrono::Weekday::Sun, "{text}");
            }
        }
        if let (Some(start), Some(end)) = (piece.fields.text("debut"), piece.fields.text("fin")) {
            assert!(start <= end, "{}", piece.title);
        }
    }
    assert_eq!(month_in_words(today), "novembre");
}

/// Elision, contraction and punctuation, on everything that was told.
#[test]
fn the_french_is_sound() {
    const NOT_BEFORE_VOWEL: &[&str] =
        &["de", "le", "la", "que", "ne", "se", "me", "te", "je", "jusque", "lorsque", "puisque", "du", "au"];
    const NEVER: &[&str] =
        &["  ", "' ", " ,", " .", "..", "{", "}", "'", " de de ", " à à ", "métiers des métiers"];
    for today in ["2026-11-25", "2027-04-12"] {
        for piece in told(today, 7).iter().flatten() {
            for text in texts(piece) {
                let begins = text.trim_start_matches("<p>").chars().next();
                let codes = ["aucun", "sur_place", "en_ligne", "programme", "complet"].contains(&text);
                assert!(
                    codes
                        || begins.is_some_and(|c| !c.is_lowercase())
                        || piece.fields.text("horaires") == Some(text),
                    "« {text} » begins with a small letter"
                );
                for bad in NEVER {
                    assert!(!text.contains(bad), "« {bad} » in « {text} »");
                }
                let words: Vec<&str> = text.split([' ', '<', '>', '\u{a0}', '\u{202f}']).collect();
                for pair in words.windows(2) {
                    let before = pair[0].to_lowercase();
                    let elided = crate::french::elides(pair[1]) && !pair[1].starts_with(['L', 'l']);
                    assert!(
                        !(NOT_BEFORE_VOWEL.contains(&before.as_str()) && elided),
                        "« {} {} » in « {text} »",
                        pair[0],
                        pair[1]
                    );
                }
                for three in words.windows(3) {
                    // "à les éviter" is sound, "à les maçons" is not.
                    let verb = three[2].trim_end_matches(['.', ',']).ends_with(['r', 'e']);
                    let contracted = ["à", "de"].contains(&three[0]) && ["le", "les"].contains(&three[1]);
                    assert!(!contracted || verb, "« {} » in « {text} »", three.join(" "));
                }
                for sign in [':', ';', '?', '!', '»'] {
                    let loose = format!(" {sign}");
                    assert!(!text.contains(&loose), "a breaking space before {sign} in « {text} »");
                }
            }
        }
    }
}

#[test]
fn rich_text_is_the_subset_that_travels() {
    for piece in AUTUMN.iter().flatten() {
        for name in ["texte", "contenu", "description", "commentaire"] {
            let Some(html) = piece.fields.text(name) else { continue };
            let mut rest = html;
            while let Some((_, tail)) = rest.split_once('<') {
                let (tag, after) = tail.split_once('>').expect("closed tag");
                assert!(["p", "/p", "ul", "/ul", "li", "/li"].contains(&tag), "<{tag}> in {}", piece.title);
                rest = after;
            }
            assert!(!html.contains("<p></p>") && !html.contains('&'), "{html}");
        }
    }
}

#[test]
fn nothing_points_outside_the_reserved_names() {
    for piece in AUTUMN.iter().flatten() {
        for name in ["url", "lien", "inscription", "site_web"] {
            let Some(text) = piece.fields.text(name) else { continue };
            let address = url::Url::parse(text).expect("address");
            assert!(address.host_str().is_some_and(|host| host.ends_with(".example")), "{text}");
        }
        if let Some(telephone) = piece.fields.text("telephone") {
            assert!(telephone.starts_with("+3335301") && telephone.len() == 12, "{telephone}");
        }
    }
}

#[test]
fn lengths_vary() {
    let mut lengths: Vec<usize> =
        AUTUMN.iter().flatten().map(|piece| texts(piece).map(|text| text.chars().count()).sum()).collect();
    lengths.sort_unstable();
    let at = |share: usize| lengths[lengths.len() * share / 100];
    assert!(at(90) > 2 * at(10), "{} to {}", at(10), at(90));
}
