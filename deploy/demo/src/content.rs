//! The content of the region: what each node holds, told from templates, no title twice.

mod agenda;
mod news;
mod press;
mod sources;
mod structures;
mod trainings;

#[cfg(test)]
mod tests;

use crate::prose::{Setting, Template};
use crate::random::Random;
use crate::region::Territory;
use anyhow::{Context, bail};
use chrono::NaiveDate;
use maillage_domain::field::Fields;
use maillage_domain::registry::Registry;
use maillage_domain::text::fold;
use maillage_domain::validation::{Stage, check};
use sources::Source;
use std::collections::BTreeSet;

/// What becomes of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// Submitted and published by somebody else.
    Published,
    /// Published, and a correction of these fields waits for a decision.
    Corrected(Vec<(String, String)>),
    /// Waits in the queue.
    Submitted,
    /// Sent back with this reason.
    Declined(&'static str),
    /// Begun.
    Draft,
}

impl Fate {
    /// Its name, for who looks at the content alone.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Corrected(_) => "corrected",
            Self::Submitted => "submitted",
            Self::Declined(_) => "declined",
            Self::Draft => "draft",
        }
    }
}

/// One item of the demonstration.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Slug of its service type.
    pub service_type: &'static str,
    /// Its title.
    pub title: String,
    /// Its fields.
    pub fields: Fields,
    /// What becomes of it.
    pub fate: Fate,
    /// Whether a partner organisation entered it.
    pub by_partner: bool,
}

impl Piece {
    fn new(service_type: &'static str, title_field: &str, title: &str) -> Self {
        let mut fields = Fields::default();
        fields.set(title_field, title);
        Self { service_type, title: title.to_owned(), fields, fate: Fate::Published, by_partner: false }
    }
}

/// Where one node's content is written.
pub struct Desk<'t> {
    /// For which territory.
    pub territory: &'t Territory,
    /// The day around which everything takes place.
    pub today: NaiveDate,
    /// Choices of the service under way.
    pub random: Random,
    /// Titles of the whole region, folded.
    taken: &'t mut BTreeSet<String>,
}

impl<'t> Desk<'t> {
    fn setting(&mut self, template: &Template) -> Option<Setting<'t>> {
        Setting::choose(template, self.territory, self.today, &mut self.random)
    }

    /// The first title that nobody has, or the last.
    fn first_free(&self, titles: &[String]) -> String {
        let free = titles.iter().find(|title| !self.taken.contains(&fold(title)));
        free.or(titles.last()).cloned().unwrap_or_default()
    }

    /// A page of the house's old site, which does not exist: `.example` is reserved (RFC 2606).
    fn house_page(&self, path: &str) -> String {
        format!("https://www.mef{}.example/{path}", self.territory.department.number)
    }
}

/// How many items a service holds: with a place, without, and how many of them are no longer or not yet
/// published.
struct Share {
    service_type: &'static str,
    placed: usize,
    unplaced: usize,
    submitted: usize,
    declined: usize,
    drafts: usize,
    corrections: usize,
}

const SHARES: [Share; 5] = [
    Share {
        service_type: "news",
        placed: 35,
        unplaced: 11,
        submitted: 3,
        declined: 1,
        drafts: 2,
        corrections: 1,
    },
    Share {
        service_type: "press-review",
        placed: 23,
        unplaced: 9,
        submitted: 3,
        declined: 1,
        drafts: 1,
        corrections: 0,
    },
    Share {
        service_type: "agenda",
        placed: 36,
        unplaced: 10,
        submitted: 3,
        declined: 1,
        drafts: 1,
        corrections: 2,
    },
    Share {
        service_type: "trainings",
        placed: 25,
        unplaced: 7,
        submitted: 2,
        declined: 1,
        drafts: 1,
        corrections: 0,
    },
    Share {
        service_type: "structures",
        placed: 26,
        unplaced: 2,
        submitted: 1,
        declined: 1,
        drafts: 0,
        corrections: 0,
    },
];

const REASONS: &[&str] = &[
    "Il manque la personne ou le service à contacter : pouvez-vous l’ajouter ?",
    "Cette information a déjà paru la semaine dernière ; merci de compléter la fiche existante.",
    "Le texte est trop long pour une annonce : gardez l’essentiel et mettez le reste en lien.",
    "La date est à confirmer avec l’organisateur avant publication.",
    "Merci de relire l’orthographe et de développer les sigles.",
];

/// The content of every node, in the order of the territories. The same seed and day make the same content.
///
/// # Errors
/// Templates that run out, or that make what the service types refuse: tests keep that from happening.
pub fn region(territories: &[Territory], today: NaiveDate, seed: u64) -> anyhow::Result<Vec<Vec<Piece>>> {
    let registry = Registry::embedded()?;
    let mut taken = BTreeSet::new();
    let mut nodes = Vec::new();
    for (at, territory) in territories.iter().enumerate() {
        let mut pieces = Vec::new();
        for share in &SHARES {
            let stream = format!("{} {}", territory.department.slug, share.service_type);
            let random = Random::new(seed, &stream);
            let mut desk = Desk { territory, today, random, taken: &mut taken };
            pieces.extend(service(&mut desk, &registry, share, at).with_context(|| stream.clone())?);
        }
        Random::new(seed, territory.department.slug).shuffle(&mut pieces);
        nodes.push(pieces);
    }
    Ok(nodes)
}

/// The items of one service of the node at this place in the region.
fn service(
    desk: &mut Desk<'_>,
    registry: &Registry,
    share: &Share,
    node: usize,
) -> anyhow::Result<Vec<Piece>> {
    let all = sources::of(share.service_type, desk.today);
    let mut pieces = Vec::new();
    for (placed, wanted) in [(true, share.placed), (false, share.unplaced)] {
        let mut fitting: Vec<&Source> = all.iter().filter(|source| source.placed == placed).collect();
        let rounds = fitting.iter().map(|source| source.uses).max().unwrap_or_default();
        let mut told = 0;
        // Every source once before any is used again, so that neighbouring items differ.
        for round in 0..rounds {
            desk.random.shuffle(&mut fitting);
            for source in fitting.iter().filter(|source| source.uses > round) {
                if told == wanted {
                    break;
                }
                if let Some(piece) = new_piece(desk, registry, source, node + usize::from(round))? {
                    pieces.push(piece);
                    told += 1;
                }
            }
        }
        if told < wanted {
            bail!(
                "{told} items of {wanted} could be told ({})",
                if placed { "placed" } else { "without a place" }
            );
        }
    }
    desk.random.shuffle(&mut pieces);
    decide(&mut desk.random, share, &mut pieces);
    Ok(pieces)
}

/// A piece whose title is new in the region and which its service type accepts.
fn new_piece(
    desk: &mut Desk<'_>,
    registry: &Registry,
    source: &Source,
    turn: usize,
) -> anyhow::Result<Option<Piece>> {
    for attempt in 0..24 {
        let Some(piece) = (source.told)(desk, turn + attempt / 4)? else { return Ok(None) };
        let service_type = registry.get(piece.service_type).context("service type")?;
        let limit =
            service_type.fields.iter().find(|field| piece.fields.text(&field.name) == Some(&piece.title));
        let fits = limit.is_none_or(|field| piece.title.chars().count() <= field.max_chars());
        if !fits || !desk.taken.insert(fold(&piece.title)) {
            continue;
        }
        if let Err(problems) = check(service_type, &piece.fields, Stage::Submission) {
            bail!("« {} » is refused: {problems:?}", piece.title);
        }
        return Ok(Some(piece));
    }
    Ok(None)
}

/// Chooses what becomes of the items: the first ones of the shuffled list are left in the queue.
fn decide(random: &mut Random, share: &Share, pieces: &mut [Piece]) {
    let mut rest = pieces.iter_mut();
    for piece in rest.by_ref().take(share.submitted) {
        piece.fate = Fate::Submitted;
        piece.by_partner = random.once_in(2);
    }
    for piece in rest.by_ref().take(share.declined) {
        piece.fate = Fate::Declined(random.pick(REASONS).copied().unwrap_or_default());
        piece.by_partner = true;
    }
    for piece in rest.by_ref().take(share.drafts) {
        piece.fate = Fate::Draft;
        // What is still missing in a draft.
        piece.fields.set("thematiques", serde_json::Value::Null);
    }
    let mut corrections = share.corrections;
    for piece in rest {
        piece.by_partner = random.once_in(4);
        if let Some(fields) = correction(piece).filter(|_| corrections > 0) {
            piece.fate = Fate::Corrected(fields);
            corrections -= 1;
        }
    }
}

/// What somebody corrects after publication.
fn correction(piece: &Piece) -> Option<Vec<(String, String)>> {
    let changed = |field: &str, value: String| Some(vec![(field.to_owned(), value)]);
    match piece.service_type {
        "agenda" => {
            let place = piece.fields.text("adresse")?;
            changed("adresse", format!("{place} (entrée par la cour)"))
        }
        "news" => {
            let summary = piece.fields.text("chapo").filter(|summary| summary.chars().count() < 400)?;
            changed("chapo", format!("{summary} Renseignements à l’accueil, du lundi au vendredi."))
        }
        _ => None,
    }
}
