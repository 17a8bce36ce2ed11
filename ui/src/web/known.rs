//! The names of what items and rules speak of, read once for a page.

use super::places;
use crate::i18n::Translator;
use crate::sentence::Names;
use maillage_domain::field::{FieldKind, Fields};
use maillage_domain::place::PlaceCode;
use maillage_domain::registry::Registry;
use maillage_domain::rule::{Condition, RuleSet};
use maillage_domain::service_type::ServiceType;
use maillage_domain::theme::Thesaurus;
use maillage_store::StoreError;
use maillage_store::read::Reads;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names of themes, places and service types.
pub(super) struct Known {
    /// Language.
    pub t: Translator,
    /// The theme tree.
    pub thesaurus: Thesaurus,
    /// Places in words, by code.
    pub places: BTreeMap<String, String>,
    registry: Arc<Registry>,
}

impl Known {
    /// The thesaurus, and the names of these places.
    ///
    /// # Errors
    /// Those of the database.
    pub fn read(
        reads: &mut Reads<'_>,
        t: Translator,
        registry: &Arc<Registry>,
        codes: &[String],
    ) -> Result<Self, StoreError> {
        let places = places::names_of(reads, t, codes)?;
        Ok(Self { t, thesaurus: reads.thesaurus()?, places, registry: Arc::clone(registry) })
    }

    /// Name of a theme; its slug where it is a partner's own.
    pub fn theme_name(&self, slug: &str) -> String {
        self.thesaurus.get(slug).map_or_else(|| slug.to_owned(), |theme| self.t.say(&theme.label))
    }

    /// Name of a place; its code where the geography does not know it.
    pub fn place_name(&self, code: &str) -> String {
        self.places.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }

    /// A type by its slug.
    pub fn kind(&self, slug: &str) -> Option<&ServiceType> {
        self.registry.get(slug)
    }
}

impl Names for Known {
    fn theme(&self, slug: &str) -> String {
        self.theme_name(slug)
    }

    fn place(&self, code: &PlaceCode) -> String {
        self.place_name(code.as_str())
    }

    fn service_type(&self, slug: &str) -> String {
        self.kind(slug).map_or_else(|| slug.to_owned(), |kind| self.t.say(&kind.label()))
    }
}

/// Codes of every place that an item's fields name.
pub(super) fn places_in(kind: &ServiceType, fields: &Fields) -> Vec<String> {
    let of_places = kind.fields.iter().filter(|field| field.kind == FieldKind::Places);
    of_places.flat_map(|field| fields.list(&field.name)).map(str::to_owned).collect()
}

/// Codes of every place that rules name.
pub(super) fn places_of_rules(rules: &RuleSet) -> Vec<String> {
    let mut codes = Vec::new();
    rules.clone().walk_mut(&mut |condition| match condition {
        Condition::Territory { area, .. } => codes.push(area.to_string()),
        Condition::Radius { place, .. } => codes.push(place.to_string()),
        _ => {}
    });
    codes
}
