//! Published items in any number, written straight through the store: services of several types, themes and
//! places with all above them, dates, words.

use anyhow::{Context, Result};
use maillage_domain::search;
use maillage_domain::text::{fold, plain_text};
use maillage_store::rows::{EntryRow, ItemRow, ServiceRow};
use maillage_store::{Limits, Store, StoreError, Tx};
use std::sync::Arc;

/// Slug, type and title of each service, and how many items of a hundred are its own.
pub const SERVICES: [(&str, &str, &str, usize); 5] = [
    ("actualites", "news", "Actualités", 40),
    ("formations", "trainings", "Formations", 25),
    ("agenda", "agenda", "Agenda", 15),
    ("presse", "press-review", "Revue de presse", 15),
    ("structures", "structures", "Qui fait quoi", 5),
];

/// What is written about: title words, and a theme of the node's tree for each.
const ABOUT: [(&str, &str); 8] = [
    ("Forum de l'emploi", "emploi"),
    ("Formation d'aide-soignant", "formation"),
    ("Atelier de rédaction de CV", "recrutement"),
    ("Recrutement dans le bâtiment", "recrutement"),
    ("Réunion d'information collective", "emploi"),
    ("Rencontre avec des entreprises", "emploi"),
    ("Aide à la création d'activité", "formation"),
    ("Initiation au numérique", "numerique--acquerir-un-equipement"),
];
const COMMUNES: [&str; 12] = [
    "58194", "58079", "58086", "58095", "58059", "58083", "58303", "21231", "21054", "89024", "89387",
    "71153",
];
const TEXT: &str = "<p>Relecture de CV, simulation d'entretien et rencontre avec des employeurs du bassin. Venez avec une \
    version imprimée de votre CV ; une conseillère vous reçoit sans rendez-vous.</p><p>Les participants découvrent \
    les métiers qui recrutent, les aides à la mobilité, les contrats en alternance et les services de garde \
    d'enfants. Une attestation est remise à la fin de la journée.</p>";
const DAY: i64 = 24 * 3_600 * 1_000;
/// Items of one transaction.
const BATCH: usize = 500;

/// What every item is made with.
struct Ground {
    services: Vec<ServiceRow>,
    /// Places of each commune, those above it after it.
    places: Vec<Vec<String>>,
    /// Themes of each subject, those above it after it.
    themes: Vec<Vec<String>>,
    now: i64,
}

/// Writes as many items into the database of a node that has these services; `now` in milliseconds.
///
/// # Errors
/// Those of the database.
pub async fn fill(url: &str, items: usize, now: i64) -> Result<()> {
    let (_reader, system, writer) = Store::open(&url.parse()?, &Limits::default())?;
    let ground = system.run(move |reads| {
        let services =
            SERVICES.iter().map(|(slug, ..)| reads.service(slug)).collect::<Result<Vec<_>, _>>()?;
        let thesaurus = reads.thesaurus()?;
        let themes = ABOUT.iter().map(|(_, slug)| thesaurus.with_ancestors(slug)).collect();
        let mut places = Vec::new();
        for commune in COMMUNES {
            let place = reads.place(&format!("commune:{commune}"))?;
            places.push(
                std::iter::once(place.code).chain(place.ancestors.split(' ').map(str::to_owned)).collect(),
            );
        }
        Ok(Ground { services, places, themes, now })
    });
    let ground = Arc::new(ground.await.context("a node with its services")?);
    for first in (0..items).step_by(BATCH) {
        let ground = Arc::clone(&ground);
        let write = move |tx: &mut Tx<'_>| -> Result<(), StoreError> {
            (first..items.min(first + BATCH)).try_for_each(|number| ground.write(tx, number, items))
        };
        writer.run(write).await?;
    }
    writer.close().await;
    system.close().await;
    Ok(())
}

impl Ground {
    fn write(&self, tx: &mut Tx<'_>, number: usize, of: usize) -> Result<(), StoreError> {
        let mut share = number % 100;
        let mut service = &self.services[0];
        for (row, (.., hundredth)) in self.services.iter().zip(SERVICES) {
            service = row;
            if share < hundredth {
                break;
            }
            share -= hundredth;
        }
        // Numbers that have nothing to do with the service's share.
        let (about, commune) = ((number / 7) % ABOUT.len(), (number / 3) % COMMUNES.len());
        let mut item = self.item(number, of, service, ABOUT[about].0);
        item.id = tx.insert_item(&item)?;
        tx.insert_entry(&entry(&item, service))?;
        let themes: Vec<_> =
            self.themes[about].iter().enumerate().map(|(above, slug)| (slug.clone(), above == 0)).collect();
        tx.set_item_themes(item.id, &themes)?;
        let held =
            self.places[commune].iter().enumerate().map(|(above, code)| (code.clone(), "held", above == 0));
        let publisher = self.places[0].iter().skip(1).map(|code| (code.clone(), "publisher", false));
        tx.set_item_places(item.id, &held.chain(publisher).collect::<Vec<_>>())?;
        let text = plain_text(&item.content);
        let parts = [item.title.as_str(), &item.summary, &text, &item.organisation_name];
        tx.keep_words(item.id, &search::kept(parts))
    }

    fn item(&self, number: usize, of: usize, service: &ServiceRow, about: &str) -> ItemRow {
        // Two years of publications, and events of the three years ahead.
        let step = i64::try_from(of - number).unwrap_or(0) * 700 * DAY / i64::try_from(of).unwrap_or(1);
        let (published, dated) =
            (self.now - step, matches!(service.type_slug.as_str(), "agenda" | "trainings"));
        let starts = self.now - DAY + (i64::try_from(number).unwrap_or(0) * 7_919 % 1_000) * DAY;
        let title = format!("{about}, séance {number}");
        let uid = format!("01956f3c-0000-7000-8000-{number:012x}");
        ItemRow {
            id: 0,
            uri: format!("https://mef.example/o/{uid}"),
            url: format!("https://mef.example/fiches/{uid}"),
            uid,
            home_service_id: Some(service.id),
            origin_actor_id: service.actor_id,
            organisation_name: "Maison de l'Emploi".to_owned(),
            type_slug: service.type_slug.clone(),
            visibility: "public".to_owned(),
            title_folded: fold(&title),
            title,
            summary: "Une journée pour préparer ses rencontres avec les employeurs du bassin.".to_owned(),
            content: TEXT.to_owned(),
            source_url: None,
            language: "fr".to_owned(),
            licence: "etalab-2.0".to_owned(),
            timezone: "Europe/Paris".to_owned(),
            fields: "{}".to_owned(),
            starts_at: dated.then_some(starts),
            ends_at: dated.then_some(starts + 2 * DAY),
            dated: None,
            version: 1,
            content_hash: String::new(),
            published_at: Some(published),
            updated_at: published,
            created_at: published,
            withdrawn_at: None,
        }
    }
}

fn entry(item: &ItemRow, service: &ServiceRow) -> EntryRow {
    let at = item.published_at.unwrap_or_default();
    EntryRow {
        id: 0,
        uid: item.uid.clone(),
        service_id: service.id,
        item_id: item.id,
        home: true,
        state: "published".to_owned(),
        queued_at: None,
        subscription_id: None,
        decided_by: String::new(),
        reason: None,
        path: "[]".to_owned(),
        announce_uri: None,
        sort_at: at,
        created_at: at,
        updated_at: at,
    }
}
