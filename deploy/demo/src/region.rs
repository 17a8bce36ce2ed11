//! The three départements of the demonstration, and their communes from the official geography.

use crate::random::Random;
use anyhow::Context;
use maillage_domain::geography;
use maillage_domain::place::{Place, PlaceCode, PlaceKind};

/// A département of the demonstration, and the node that serves it.
#[derive(Debug, PartialEq, Eq)]
pub struct Department {
    /// Number.
    pub number: &'static str,
    /// Folder of the node's data and first part of its addresses.
    pub slug: &'static str,
    /// With its article: "la Nièvre".
    pub name: &'static str,
    /// Where things happen: "dans la Nièvre".
    pub within: &'static str,
    /// Name of the node.
    pub node: &'static str,
    /// Port on `localhost`, unless another is asked for.
    pub port: u16,
    /// Accent colour of its public site.
    pub accent: &'static str,
}

/// The region: two rural départements and the one with its capital.
pub const DEPARTMENTS: [Department; 3] = [
    Department {
        number: "58",
        slug: "nievre",
        name: "la Nièvre",
        within: "dans la Nièvre",
        node: "Maison de l’emploi de la Nièvre",
        port: 8058,
        accent: "#1f5f8b",
    },
    Department {
        number: "21",
        slug: "cote-d-or",
        name: "la Côte-d'Or",
        within: "en Côte-d'Or",
        node: "Maison de l’emploi de la Côte-d’Or",
        port: 8021,
        accent: "#8a1c4a",
    },
    Department {
        number: "89",
        slug: "yonne",
        name: "l'Yonne",
        within: "dans l'Yonne",
        node: "Maison de l’emploi de l’Yonne",
        port: 8089,
        accent: "#2f6b3a",
    },
];

/// The largest towns are taken for so many inhabitants, or nearly everything would happen there.
const WEIGHT: u32 = 6_000;

/// A commune as texts name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commune {
    /// Its code.
    pub code: PlaceCode,
    /// Its name in running text.
    pub name: String,
    /// Its first postal code.
    pub postal_code: String,
    /// Inhabitants.
    pub population: u32,
    /// Its intercommunal body.
    pub epci: Option<PlaceCode>,
}

/// An intercommunal body as texts name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Epci {
    /// Its code.
    pub code: PlaceCode,
    /// With its article: "la communauté de communes Sud Nivernais".
    pub name: String,
}

/// The places of one département.
#[derive(Debug)]
pub struct Territory {
    /// Which.
    pub department: &'static Department,
    /// Its code.
    pub code: PlaceCode,
    /// Its communes.
    pub communes: Vec<Commune>,
    /// Its intercommunal bodies; not those that reach into a neighbouring département.
    pub epcis: Vec<Epci>,
}

impl Territory {
    /// The territories of the region, read from the geography once.
    ///
    /// # Errors
    /// Embedded geography that cannot be read.
    pub fn all() -> anyhow::Result<Vec<Self>> {
        let mut all: Vec<Self> = Vec::new();
        for department in &DEPARTMENTS {
            let code =
                format!("departement:{}", department.number).parse().context("code of a département")?;
            all.push(Self { department, code, communes: Vec::new(), epcis: Vec::new() });
        }
        for place in geography::load() {
            let place = place?;
            for territory in &mut all {
                if place.parents.contains(&territory.code) {
                    territory.take(&place);
                }
            }
        }
        Ok(all)
    }

    fn take(&mut self, place: &Place) {
        match place.kind {
            PlaceKind::Epci => {
                self.epcis.push(Epci { code: place.code.clone(), name: epci_name(&place.name) });
            }
            PlaceKind::Commune => self.communes.push(Commune {
                code: place.code.clone(),
                name: commune_name(&place.name),
                postal_code: place.postal_codes.first().cloned().unwrap_or_default(),
                population: place.population.unwrap_or_default(),
                epci: place.parents.iter().find(|code| code.to_string().starts_with("epci:")).cloned(),
            }),
            _ => {}
        }
    }

    /// A commune of `least` to `most` inhabitants, one with twice as many coming twice as often, up to
    /// [`WEIGHT`].
    pub fn commune(&self, random: &mut Random, least: u32, most: u32) -> Option<&Commune> {
        let fitting: Vec<&Commune> =
            self.communes.iter().filter(|commune| (least..=most).contains(&commune.population)).collect();
        let at = random.weighted(fitting.iter().map(|commune| commune.population.min(WEIGHT)));
        fitting.get(at).copied()
    }

    /// A commune whose intercommunal body lies in this département.
    pub fn commune_of_epci(&self, random: &mut Random) -> Option<&Commune> {
        let fitting: Vec<&Commune> =
            self.communes.iter().filter(|commune| self.epci_of(commune).is_some()).collect();
        // Every body as often as its inhabitants ask for.
        let at = random.weighted(fitting.iter().map(|commune| commune.population.min(WEIGHT)));
        fitting.get(at).copied()
    }

    /// One of these communes, by code.
    pub fn one_of(&self, random: &mut Random, codes: &[&str]) -> Option<&Commune> {
        let named = |commune: &&Commune| {
            codes.iter().any(|code| commune.code.to_string() == format!("commune:{code}"))
        };
        let fitting: Vec<&Commune> = self.communes.iter().filter(named).collect();
        random.pick(&fitting).copied()
    }

    /// The intercommunal body of a commune, where it is of this département.
    pub fn epci_of(&self, commune: &Commune) -> Option<&Epci> {
        self.epcis.iter().find(|epci| Some(&epci.code) == commune.epci.as_ref())
    }
}

/// The name in running text: "Château-Chinon (Ville)" is said "Château-Chinon".
fn commune_name(official: &str) -> String {
    official.split(" (").next().unwrap_or(official).to_owned()
}

/// "CC du Serein" in words, with an article: "la communauté de communes du Serein".
fn epci_name(official: &str) -> String {
    let spelled = official.replace("Coeur", "Cœur");
    match spelled.split_once(' ') {
        Some(("CC", name)) => format!("la communauté de communes {}", name.replace(" / ", " et ")),
        Some(("CA", name)) => format!("la communauté d'agglomération {name}"),
        _ => spelled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_is_read_from_the_geography() {
        let region = Territory::all().expect("geography");
        let counts: Vec<_> = region.iter().map(|t| (t.communes.len(), t.epcis.len())).collect();
        assert_eq!(counts.iter().map(|c| c.0).collect::<Vec<_>>(), [309, 698, 423]);
        assert!(counts.iter().all(|c| c.1 >= 9), "{counts:?}");
        let names: Vec<_> = region.iter().flat_map(|t| &t.epcis).map(|e| e.name.as_str()).collect();
        assert!(names.contains(&"la communauté d'agglomération de Nevers"), "{names:?}");
        assert!(names.contains(&"Dijon Métropole"));
        assert!(names.iter().all(|name| !name.contains("CC ") && !name.contains("Coeur")), "{names:?}");
    }

    #[test]
    fn large_communes_come_more_often() {
        let region = Territory::all().expect("geography");
        let mut random = Random::new(3, "communes");
        let drawn: Vec<_> = (0..300)
            .filter_map(|_| region[0].commune(&mut random, 400, u32::MAX))
            .map(|c| c.name.as_str())
            .collect();
        let nevers = drawn.iter().filter(|name| **name == "Nevers").count();
        assert!((6..60).contains(&nevers), "{nevers}");
        assert!(region[0].commune(&mut random, 1_000_000, u32::MAX).is_none());
    }
}
