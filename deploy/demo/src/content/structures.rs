//! The directory: organisations of the project's own invention, of kinds that every territory has.

mod kinds;

use super::{Desk, Piece};
use crate::french;
use crate::prose::{PLAIN, Scope, Template};
use crate::random::Random;

/// A kind of organisation.
#[derive(Debug, Clone, Copy)]
pub struct Body {
    /// Names to choose from.
    pub names: &'static [&'static str],
    /// Acronym of the kind.
    pub acronym: &'static str,
    /// What it does, a paragraph each.
    pub does: &'static [&'static str],
    /// Slugs of themes.
    pub themes: &'static [&'static str],
    /// Inhabitants of the smallest and largest commune where it is found.
    pub least: u32,
    /// See `least`.
    pub most: u32,
    /// Opening hours.
    pub hours: &'static str,
    /// How many a département has.
    pub uses: u8,
    /// Whether it has no address of its own.
    pub itinerant: bool,
    /// Whether it serves the whole département.
    pub serves_all: bool,
}

/// What most organisations are.
pub const BODY: Body = Body {
    names: &[],
    acronym: "",
    does: &[],
    themes: &[],
    least: 2_500,
    most: u32::MAX,
    hours: "",
    uses: 1,
    itinerant: false,
    serves_all: false,
};

/// Every kind.
pub fn bodies() -> Vec<&'static Body> {
    kinds::BODIES.iter().collect()
}

/// Describes one organisation; `None` when this territory has no place for it.
pub fn piece(desk: &mut Desk<'_>, body: &Body, turn: usize) -> anyhow::Result<Option<Piece>> {
    let scope = if body.itinerant { Scope::Nowhere } else { Scope::Village(body.least, body.most) };
    let template = Template { titles: body.names, scope, ..PLAIN };
    let Some(setting) = desk.setting(&template) else { return Ok(None) };
    let name = setting.tell(&template, turn, &mut desk.random)?.title;
    let mut piece = Piece::new("structures", "nom", &name);
    let paragraphs: anyhow::Result<String> = body.does.iter().map(|text| setting.paragraph(text)).collect();
    piece.fields.set("description", paragraphs?);
    piece.fields.set("sigle", body.acronym);
    piece.fields.set("thematiques", body.themes.to_vec());
    piece.fields.set("commune", setting.held(scope));
    if let Some(commune) = setting.commune {
        piece.fields.set("adresse", street(&mut desk.random));
        piece.fields.set("code_postal", commune.postal_code.clone());
    }
    piece.fields.set("telephone", telephone(&mut desk.random));
    let domain = format!("{}.example", maillage_domain::text::slugify(&name, 40));
    piece.fields.set("courriel", format!("accueil@{domain}"));
    if desk.random.below(4) > 0 {
        piece.fields.set("site_web", format!("https://www.{domain}/"));
    }
    let hours = if body.hours.is_empty() && desk.random.once_in(2) {
        "lundi au vendredi, 9 h - 12 h et 14 h - 17 h"
    } else {
        body.hours
    };
    piece.fields.set("horaires", french::printed(hours));
    let area = match setting.commune.and_then(|commune| desk.territory.epci_of(commune)) {
        Some(epci) if !body.serves_all => epci.code.to_string(),
        _ => desk.territory.code.to_string(),
    };
    piece.fields.set("zone_intervention", vec![area]);
    Ok(Some(piece))
}

fn street(random: &mut Random) -> String {
    const STREETS: &[&str] = &[
        "rue de la Gare",
        "rue des Écoles",
        "place du Marché",
        "rue du Pont",
        "avenue de la Gare",
        "rue des Tanneurs",
        "quai de la Rivière",
        "rue du Moulin",
        "rue de l'Abattoir",
        "chemin des Vignes",
    ];
    let street = random.pick(STREETS).copied().unwrap_or_default();
    french::printed(&format!("{} {street}", random.between(1, 48)))
}

/// A number of the range that ARCEP keeps for works of fiction in the North-East: 03 53 01.
fn telephone(random: &mut Random) -> String {
    format!("+3335301{:04}", random.below(10_000))
}
