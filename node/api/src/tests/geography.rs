//! A part of the official geography, for a node of one test.

use maillage_domain::place::{Place, fold_place_name};
use maillage_store::rows::PlaceRow;
use maillage_store::{StoreError, Writer};

/// The official geography of the Nièvre and the Côte-d'Or alone: all of France in every test would
/// take minutes.
pub async fn load_places(writer: &Writer) {
    let near = ["departement:58", "departement:21"];
    let places: Vec<Place> = maillage_domain::geography::load()
        .map(|place| place.expect("a place"))
        .filter(|place| {
            let code = place.code.to_string();
            !code.starts_with("commune:") && !code.starts_with("deleguee:")
                || place.parents.iter().any(|above| near.contains(&above.as_str()))
        })
        .collect();
    let codes: Vec<(String, String)> = places
        .iter()
        .flat_map(|place| place.postal_codes.iter().map(|code| (code.clone(), place.code.to_string())))
        .collect();
    let rows: Vec<PlaceRow> = places.into_iter().map(row).collect();
    let loaded = writer.run::<_, StoreError>(move |tx| tx.replace_places(rows.clone(), codes.clone()));
    loaded.await.expect("the geography is stored");
}

fn row(place: Place) -> PlaceRow {
    PlaceRow {
        id: 0,
        code: place.code.to_string(),
        kind: place.kind.as_str().to_owned(),
        folded: fold_place_name(&place.name),
        ancestors: place.parents.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        latitude: place.coordinates.map(|at| at.lat),
        longitude: place.coordinates.map(|at| at.lon),
        population: place.population.map(i64::from),
        successor: place.successor.map(|code| code.to_string()),
        name: place.name,
    }
}
