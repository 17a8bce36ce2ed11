//! The thesauri that every node starts with: loading them, and looking into them before there is a database.

use crate::App;
use crate::answers::{AccountForm, NodeForm, checked, territory, unknown_territory};
use crate::error::AppError;
use maillage_domain::geography::{self, GEOGRAPHY_VERSION};
use maillage_domain::place::{Place, fold_place_name};
use maillage_domain::theme;
use maillage_store::rows::{PlaceRow, ThemeRow};

/// Refuses what is wrong with the answers that a node is made from, all of it at once, before anything
/// is made: a territory that the geography of this program does not have is found as well.
///
/// # Errors
/// [`AppError::Invalid`]; [`AppError::Internal`] when the embedded data cannot be read.
pub fn check_first_answers(node: &NodeForm, admin: &AccountForm) -> Result<(), AppError> {
    checked(node, admin)?;
    let code = territory(&node.territory)?;
    for place in geography::load() {
        if place.map_err(AppError::internal)?.code == code {
            return Ok(());
        }
    }
    Err(unknown_territory(&node.territory))
}

impl App {
    /// Loads the official geography where it is missing or of another edition, and adds the themes
    /// that are not there yet.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the embedded data cannot be read, and those of the database.
    pub async fn load_reference(&self) -> Result<(), AppError> {
        let current = self
            .system()
            .run(|reads| {
                let edition = reads.node()?.and_then(|node| node.geography_version);
                Ok(edition.as_deref() == Some(GEOGRAPHY_VERSION)
                    || (edition.is_none() && reads.has_places()?))
            })
            .await?;
        let themes: Vec<ThemeRow> = theme::embedded()
            .into_iter()
            .zip(0..)
            .map(|(term, position)| theme_row(term, position))
            .collect();
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                tx.take_turn("reference")?;
                Ok(tx.add_themes(themes.clone())?)
            })
            .await?;
        if current {
            return Ok(());
        }
        let places = geography::load().collect::<Result<Vec<Place>, _>>().map_err(AppError::internal)?;
        let codes: Vec<(String, String)> = places
            .iter()
            .flat_map(|place| place.postal_codes.iter().map(|code| (code.clone(), place.code.to_string())))
            .collect();
        let rows: Vec<PlaceRow> = places.into_iter().map(place_row).collect();
        self.writer()
            .run(move |tx| {
                tx.take_turn("reference")?;
                tx.replace_places(rows.clone(), codes.clone())?;
                if let Some(mut node) = tx.reads().node()? {
                    node.geography_version = Some(GEOGRAPHY_VERSION.to_owned());
                    tx.save_node(&node)?;
                }
                Ok(())
            })
            .await
    }
}

fn theme_row(term: theme::Theme, position: i64) -> ThemeRow {
    ThemeRow {
        id: 0,
        slug: term.slug,
        parent: term.parent,
        label_fr: term.label.fr,
        label_en: term.label.en,
        position,
        own: false,
        retired_at: None,
        matches: String::new(),
    }
}

fn place_row(place: Place) -> PlaceRow {
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
