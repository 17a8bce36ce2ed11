//! The names of what items and rules speak of, read once for a page.

use super::places;
use crate::i18n::Translator;
use crate::sentence::Names;
use maillage_domain::attachment::Attachment;
use maillage_domain::field::{FieldKind, Fields};
use maillage_domain::place::PlaceCode;
use maillage_domain::reference::is_address;
use maillage_domain::registry::Registry;
use maillage_domain::rule::{Condition, RuleSet};
use maillage_domain::service_type::ServiceType;
use maillage_domain::text::slugify;
use maillage_domain::theme::Thesaurus;
use maillage_store::StoreError;
use maillage_store::read::{NamedItem, Reads};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use url::Url;

/// Names of themes, places and service types.
pub(super) struct Known {
    /// Language.
    pub t: Translator,
    /// The theme tree.
    pub thesaurus: Thesaurus,
    /// Places in words, by code.
    pub places: BTreeMap<String, String>,
    /// Items that are referred to, by permanent id: their title of today and their page here.
    pub items: BTreeMap<String, (String, String)>,
    /// Public ids of the files named that are of this node.
    files: BTreeSet<String>,
    registry: Arc<Registry>,
}

impl Known {
    /// The thesaurus, and the names of these: places by their codes, items by their addresses.
    ///
    /// # Errors
    /// Those of the database.
    pub fn read(
        reads: &mut Reads<'_>,
        t: Translator,
        registry: &Arc<Registry>,
        codes: &[String],
    ) -> Result<Self, StoreError> {
        let (items, codes): (Vec<String>, Vec<String>) =
            codes.iter().cloned().partition(|code| is_address(code));
        let files: Vec<String> = items.iter().filter_map(|one| file_in(one)).map(|(uid, _)| uid).collect();
        let places = places::names_of(reads, t, &codes)?;
        let page = |one: &NamedItem| format!("/fiches/{}/{}", one.uid, slugify(&one.title, 60));
        let items = reads.items_named(&items)?.into_iter().map(|one| {
            let page = page(&one);
            (one.uri, (one.title, page))
        });
        Ok(Self {
            t,
            thesaurus: reads.thesaurus()?,
            places,
            items: items.collect(),
            files: if files.is_empty() { BTreeSet::new() } else { reads.files_known(&files)? },
            registry: Arc::clone(registry),
        })
    }

    /// Name of a theme; its slug where it is a partner's own.
    pub fn theme_name(&self, slug: &str) -> String {
        self.thesaurus.get(slug).map_or_else(|| slug.to_owned(), |theme| self.t.say(&theme.label))
    }

    /// Name of a place; its code where the geography does not know it.
    pub fn place_name(&self, code: &str) -> String {
        self.places.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }

    /// The address on this node of a picture or file that is kept here; none for one that stands elsewhere.
    pub fn own_file(&self, one: &Attachment) -> Option<String> {
        let (uid, name) = file_in(&one.url).filter(|(uid, _)| self.files.contains(uid))?;
        Some(format!("/fichiers/{uid}/{name}"))
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

/// Id and name in the address of a file, as a node of this kind makes them.
fn file_in(address: &str) -> Option<(String, String)> {
    let url = Url::parse(address).ok()?;
    let mut parts = url.path_segments()?.skip_while(|part| *part != "fichiers").skip(1);
    Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
}

/// Codes of every place, and addresses of every other item and file, that an item's fields name.
pub(super) fn named_in(kind: &ServiceType, fields: &Fields) -> Vec<String> {
    let of_places = kind.fields.iter().filter(|field| field.kind == FieldKind::Places);
    let codes = of_places.flat_map(|field| fields.list(&field.name)).map(str::to_owned);
    let of_items = kind.fields.iter().filter(|field| field.kind.is_reference());
    let items = of_items.flat_map(|field| fields.references(&field.name)).map(|one| one.uri);
    let of_files = kind.fields.iter().filter(|field| field.kind.is_attachment());
    let files = of_files.flat_map(|field| fields.attachments(&field.name)).map(|one| one.url);
    codes.chain(items).chain(files).collect()
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
