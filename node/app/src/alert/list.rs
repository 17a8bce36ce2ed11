//! What the list of an alert holds: kept as it was chosen, read anew each time as everybody sees it.

use crate::error::AppError;
use maillage_domain::site::ListFilter;
use maillage_domain::viewer::Viewer;
use maillage_store::read::{During, EntryQuery, EntryView, Near, Placed, PlacementView};
use maillage_store::{StoreError, Tx};
use serde::{Deserialize, Serialize};

/// Items that are compared with those known: more than are ever told at once.
pub(super) const COMPARED: usize = 100;
/// Items that are known: more than are compared, so that the end of one list is not taken for new where
/// others have left it.
const KNOWN: i64 = 200;

/// A list that is open to everybody: of a service, of a section of a site, or all that a site shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
pub struct AlertList {
    /// Slug of the site; none for a service's own list.
    pub site: Option<String>,
    /// Public id of the placement; none for all that the site shows.
    pub section: Option<String>,
    /// Slug of the service, for its own list.
    pub service: Option<String>,
    /// Themes, places and types that were chosen.
    pub chosen: ListFilter,
    /// Words.
    pub words: String,
    /// Days: the first moment and the one after the last, in milliseconds.
    pub during: Option<(i64, i64)>,
    /// Code of a commune, and kilometres around it.
    pub near: Option<(String, u16)>,
}

fn filter_of(one: &PlacementView) -> ListFilter {
    serde_json::from_str(&one.placement.filter).unwrap_or_default()
}

impl AlertList {
    /// As it is stored.
    pub(super) fn stored(&self) -> Result<String, AppError> {
        serde_json::to_string(self).map_err(AppError::internal)
    }

    /// A stored one.
    pub(super) fn read(text: &str) -> Result<Self, AppError> {
        serde_json::from_str(text).map_err(AppError::internal)
    }

    /// Its latest items, as everybody sees them at this moment.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where it is not open to everybody, or no longer.
    pub(super) fn latest(&self, tx: &mut Tx<'_>) -> Result<Vec<EntryView>, AppError> {
        let mut reads = tx.reads_as(&Viewer::Anonymous);
        let around = match (&self.site, &self.section, &self.service) {
            (Some(site), section, None) => {
                let view = reads.site(site)?;
                match section {
                    None => EntryQuery {
                        placed: Some(
                            view.placements
                                .iter()
                                .map(|one| Placed { service: one.service.id, filter: filter_of(one) })
                                .collect(),
                        ),
                        ..EntryQuery::default()
                    },
                    Some(uid) => {
                        let one = view.placements.iter().find(|one| one.placement.uid == *uid);
                        let one = one.ok_or(StoreError::NotFound)?;
                        let services = Some(vec![one.service.id]);
                        EntryQuery { services, filter: filter_of(one), ..EntryQuery::default() }
                    }
                }
            }
            (None, None, Some(service)) => {
                EntryQuery { services: Some(vec![reads.service(service)?.id]), ..EntryQuery::default() }
            }
            _ => return Err(AppError::NotFound),
        };
        let query = EntryQuery {
            chosen: self.chosen.clone(),
            words: self.words.clone(),
            during: self.during.map(|(from, to)| During { from, to }),
            near: self.near.clone().map(|(place, km)| Near { place, km }),
            limit: KNOWN,
            ..around
        };
        Ok(reads.entries(&query)?)
    }
}

/// The keys of these items, as they are kept.
pub(super) fn keys(views: &[EntryView]) -> Result<String, AppError> {
    let keys: Vec<i64> = views.iter().map(|view| view.item.id).collect();
    serde_json::to_string(&keys).map_err(AppError::internal)
}
