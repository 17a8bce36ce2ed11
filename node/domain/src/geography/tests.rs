//! Tests on the embedded geography.

use super::*;
use crate::place::{fold_place_name, normalise_commune_input, normalise_postal_code};
use std::collections::{HashMap, HashSet};

fn all() -> Vec<Place> {
    load().collect::<Result<_, _>>().expect("embedded geography")
}

fn by_code(places: &[Place]) -> HashMap<&str, &Place> {
    places.iter().map(|place| (place.code.as_str(), place)).collect()
}

fn parents(place: &Place) -> Vec<&str> {
    place.parents.iter().map(PlaceCode::as_str).collect()
}

#[test]
fn counts_are_those_of_the_edition() {
    let places = all();
    let count = |kind| places.iter().filter(|place| place.kind == kind).count();
    assert_eq!(count(PlaceKind::Country), 1);
    assert_eq!(count(PlaceKind::Region), 18);
    assert_eq!(count(PlaceKind::Department), 101 + 8);
    assert_eq!(count(PlaceKind::Epci), 1255);
    assert_eq!(count(PlaceKind::Commune), 34_969);
    assert_eq!(count(PlaceKind::MunicipalDistrict), 45);
    assert_eq!(count(PlaceKind::Former), 4750);
    assert!(places.len() < 42_000, "{}", places.len());
    let in_region = |place: &&Place| place.parents.iter().any(|code| code.level() == PlaceLevel::Region);
    let departments = places.iter().filter(|place| place.kind == PlaceKind::Department);
    assert_eq!(departments.filter(in_region).count(), 101);
    assert_eq!(places.iter().filter(|place| place.coordinates.is_some()).count(), 34_868);
}

#[test]
fn every_parent_exists_and_comes_before_its_children() {
    let mut seen = HashSet::new();
    for place in all() {
        for code in place.parents.iter().chain(&place.successor) {
            assert!(seen.contains(code), "{} before {code}", place.code);
        }
        let country = place.parents.last().unwrap_or(&place.code);
        assert_eq!(country.as_str(), "pays:FR", "{}", place.code);
        assert!(seen.insert(place.code.clone()), "{} twice", place.code);
    }
}

#[test]
fn parents_of_a_parent_are_parents() {
    let places = all();
    let by_code = by_code(&places);
    for place in &places {
        for code in &place.parents {
            let above = &by_code[code.as_str()].parents;
            assert!(above.iter().all(|code| place.parents.contains(code)), "{} {code}", place.code);
        }
    }
}

#[test]
fn nevers_lies_in_its_areas() {
    let places = all();
    let by_code = by_code(&places);
    let nevers = by_code["commune:58194"];
    assert_eq!(nevers.name, "Nevers");
    assert_eq!(parents(nevers), ["epci:245804406", "departement:58", "region:27", "pays:FR"]);
    assert_eq!(nevers.postal_codes, ["58000"]);
    assert!(nevers.population.is_some_and(|inhabitants| (30_000..40_000).contains(&inhabitants)));
    let names: Vec<&str> = parents(nevers).iter().map(|code| by_code[code].name.as_str()).collect();
    assert_eq!(names, ["CA de Nevers", "Nièvre", "Bourgogne-Franche-Comté", "France"]);
    let dijon = by_code["commune:21231"].coordinates.expect("coordinates of Dijon");
    let distance = nevers.coordinates.expect("coordinates of Nevers").distance_km(dijon);
    assert!((140.0..160.0).contains(&distance), "{distance}");
}

#[test]
fn names_have_their_accents_and_articles() {
    let places = all();
    let by_code = by_code(&places);
    for (code, name) in [
        ("commune:58062", "Château-Chinon (Ville)"),
        ("departement:21", "Côte-d'Or"),
        ("departement:2A", "Corse-du-Sud"),
        ("departement:974", "La Réunion"),
        ("region:28", "Normandie"),
        ("region:93", "Provence-Alpes-Côte d'Azur"),
        ("commune:69381", "Lyon 1er Arrondissement"),
    ] {
        assert_eq!(by_code[code].name, name);
    }
    let found =
        places.iter().filter(|p| fold_place_name(&p.name) == fold_place_name("Château-Chinon(Ville)"));
    assert_eq!(found.map(|p| p.code.as_str()).collect::<Vec<_>>(), ["commune:58062"]);
}

#[test]
fn former_communes_lead_to_the_present_one() {
    let places = all();
    let by_code = by_code(&places);
    let successor = |code: &str| by_code[code].successor.as_ref().map(PlaceCode::as_str);
    // Arlod is part of Valserhône, which goes by the code of Bellegarde-sur-Valserine.
    assert_eq!(successor("commune:01018"), Some("commune:01033"));
    assert_eq!(by_code["commune:01033"].name, "Valserhône");
    let delegated = by_code["deleguee:01033"];
    assert_eq!(delegated.name, "Bellegarde-sur-Valserine");
    assert_eq!(successor("deleguee:01033"), Some("commune:01033"));
    assert_eq!(parents(delegated)[0], "commune:01033");
    // Corsica's code before 1976.
    assert_eq!(
        (by_code["commune:20004"].name.as_str(), successor("commune:20004")),
        ("Ajaccio", Some("commune:2A004"))
    );
    // Absorbed across the limit of départements.
    assert!(parents(by_code["commune:02285"]).contains(&"departement:59"));
    for place in places.iter().filter(|place| place.kind == PlaceKind::Former) {
        let present = place.successor.as_ref().map(|code| by_code[code.as_str()].kind);
        assert_eq!(present, Some(PlaceKind::Commune), "{}", place.code);
    }
}

#[test]
fn an_epci_across_limits_has_only_the_areas_that_hold_it_all() {
    let places = all();
    let by_code = by_code(&places);
    assert_eq!(parents(by_code["epci:200040590"]), ["region:84", "pays:FR"]);
    assert_eq!(parents(by_code["epci:200040277"]), ["pays:FR"]);
    assert_eq!(
        parents(by_code["commune:01194"]),
        ["epci:200040590", "departement:01", "region:84", "pays:FR"]
    );
}

#[test]
fn paris_overseas_and_islands_without_epci_have_their_own_shape() {
    let places = all();
    let by_code = by_code(&places);
    let twelfth = by_code["commune:75112"];
    assert_eq!(twelfth.kind, PlaceKind::MunicipalDistrict);
    assert_eq!(parents(twelfth)[0], "commune:75056");
    assert_eq!(normalise_commune_input("PARIS 12"), fold_place_name(&twelfth.name));
    assert_eq!(parents(by_code["commune:29155"]), ["departement:29", "region:53", "pays:FR"]);
    assert_eq!(parents(by_code["commune:98818"]), ["departement:988", "pays:FR"]);
}

#[test]
fn names_and_postal_codes_survive_their_own_normalisation() {
    for place in all() {
        let folded = fold_place_name(&place.name);
        assert!(!folded.is_empty(), "{}", place.code);
        if place.kind == PlaceKind::Commune || place.kind == PlaceKind::MunicipalDistrict {
            assert_eq!(normalise_commune_input(&place.name), folded, "{}", place.code);
        }
        for code in &place.postal_codes {
            assert_eq!(normalise_postal_code(code).as_ref(), Some(code), "{}", place.code);
        }
    }
}

#[test]
fn coordinates_lie_near_the_other_communes_of_the_department() {
    let mut centres: HashMap<PlaceCode, Vec<(Coordinates, PlaceCode)>> = HashMap::new();
    for place in all() {
        let department = place.parents.iter().find(|code| code.level() == PlaceLevel::Department);
        if let (Some(point), Some(department)) = (place.coordinates, department) {
            centres.entry(department.clone()).or_default().push((point, place.code));
        }
    }
    assert_eq!(centres.len(), 101);
    for points in centres.values() {
        let (first, _) = points[0];
        for (point, code) in points {
            // The largest of all, Guyane, is some 400 km long.
            assert!(first.distance_km(*point) < 400.0, "{code}");
        }
    }
}

#[test]
fn damaged_data_are_an_error_and_end_the_stream() {
    let table = || Table::open("areas", &AREAS[..AREAS.len() / 2], read_area);
    let mut places = Places { tables: [table(), table()].into(), regions: HashMap::new() };
    let error = places.by_ref().find_map(Result::err).expect("an error");
    assert!(matches!(error, GeographyError::Read { table: "areas", .. }), "{error}");
    assert!(places.next().is_none());
}
