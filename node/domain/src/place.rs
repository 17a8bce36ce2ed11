//! Places of the official geography: kinds, names as they are compared, coordinates.

mod code;
mod locality;

pub use code::{PlaceCode, PlaceCodeError, PlaceLevel};
pub use locality::{Locality, department_of_postal_code, normalise_commune_input, normalise_postal_code};

use serde::{Deserialize, Serialize};

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// The country.
    Country,
    /// Région.
    Region,
    /// Département, or an overseas collectivity, which stands at the same level.
    Department,
    /// Intercommunal body with own taxation (EPCI à fiscalité propre).
    Epci,
    /// Commune.
    Commune,
    /// Arrondissement municipal of Paris, Lyon or Marseille; its first parent is the commune.
    MunicipalDistrict,
    /// Commune déléguée or associée, or a former code; its first parent is its successor.
    Former,
}

impl PlaceKind {
    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::Department => "department",
            Self::Epci => "epci",
            Self::Commune => "commune",
            Self::MunicipalDistrict => "municipal_district",
            Self::Former => "former",
        }
    }
}

/// A place of the official geography.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its code, unique among all places.
    pub code: PlaceCode,
    /// What it is.
    pub kind: PlaceKind,
    /// The official name, with capitals and accents.
    pub name: String,
    /// Codes of all areas it lies in, nearest first; the last is the country.
    pub parents: Vec<PlaceCode>,
    /// Postal codes of five digits; communes and arrondissements municipaux only.
    pub postal_codes: Vec<String>,
    /// Its centre, where known.
    pub coordinates: Option<Coordinates>,
    /// Inhabitants, where known.
    pub population: Option<u32>,
    /// The commune that has taken over, for a former one.
    pub successor: Option<PlaceCode>,
}

/// A point on the globe (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Coordinates {
    /// Latitude in degrees, north positive.
    pub lat: f64,
    /// Longitude in degrees, east positive.
    pub lon: f64,
}

/// Mean radius of the Earth in kilometres (IUGG, R1 of GRS 80).
const EARTH_RADIUS_KM: f64 = 6371.0088;

impl Coordinates {
    /// A point, unless a value is not a number or out of range (90 and 180 degrees).
    #[must_use]
    pub fn new(lat: f64, lon: f64) -> Option<Self> {
        ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some(Self { lat, lon })
    }

    /// Great-circle distance in kilometres, by the haversine formula.
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        let half_sine = |degrees: f64| (degrees.to_radians() / 2.0).sin();
        let north = half_sine(other.lat - self.lat).powi(2);
        let east = half_sine(other.lon - self.lon).powi(2);
        let chord = north + self.lat.to_radians().cos() * other.lat.to_radians().cos() * east;
        // Rounding may bring the value for antipodes above 1, where the arcsine has none.
        2.0 * EARTH_RADIUS_KM * chord.sqrt().min(1.0).asin()
    }
}

/// A name as it is compared: lower case, no accents, ligatures opened, punctuation as one space,
/// and "St", "Ste" written out.
#[must_use]
pub fn fold_place_name(name: &str) -> String {
    let folded = crate::text::fold(name);
    let words = folded.split(' ').map(|word| match word {
        "st" => "saint",
        "ste" => "sainte",
        "sts" => "saints",
        "stes" => "saintes",
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_mean_the_same_fold_to_the_same() {
        assert_eq!(fold_place_name("Saint-Amand-en-Puisaye"), fold_place_name("ST AMAND EN PUISAYE"));
        assert_eq!(fold_place_name("Ste-Colombe-des-Bois"), "sainte colombe des bois");
        assert_eq!(fold_place_name("STES MARIES DE LA MER"), fold_place_name("Saintes-Maries-de-la-Mer"));
        assert_eq!(fold_place_name("L’Haÿ-les-Roses"), "l hay les roses");
        assert_eq!(fold_place_name("Œuilly"), "oeuilly");
        assert_eq!(fold_place_name("Château-Chinon(Ville)"), fold_place_name("Château-Chinon (Ville)"));
        assert_ne!(fold_place_name("Saint-Léger"), fold_place_name("Sainte-Léger"));
    }

    #[test]
    fn distances_follow_the_great_circle() {
        let degree = Coordinates { lat: 0.0, lon: 0.0 }.distance_km(Coordinates { lat: 0.0, lon: 1.0 });
        assert!((degree - 6371.0088 * std::f64::consts::PI / 180.0).abs() < 1e-9, "{degree}");
        let pole = Coordinates { lat: 90.0, lon: 0.0 }.distance_km(Coordinates { lat: -90.0, lon: 12.0 });
        assert!((pole - 6371.0088 * std::f64::consts::PI).abs() < 1e-6, "{pole}");
        let here = Coordinates { lat: 46.99, lon: 3.16 };
        assert!(here.distance_km(here).abs() < f64::EPSILON);
        let date_line =
            Coordinates { lat: -14.3, lon: 179.5 }.distance_km(Coordinates { lat: -14.3, lon: -179.5 });
        assert!(date_line < 110.0, "{date_line}");
    }

    #[test]
    fn points_off_the_globe_are_refused() {
        assert!(Coordinates::new(46.99, 3.16).is_some());
        assert!(Coordinates::new(90.1, 0.0).is_none() && Coordinates::new(0.0, -180.5).is_none());
        assert!(Coordinates::new(f64::NAN, 0.0).is_none() && Coordinates::new(0.0, f64::INFINITY).is_none());
    }
}
