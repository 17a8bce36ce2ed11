//! GET /office/items/{entry}/revisions: the versions of an item, and any two of them side by side.

use super::revision::{numbered, restorable};
use super::{Opened, fields_of, kind, open};
use crate::paths;
use crate::views::{Badge, DiffView, Link, OfficeSection, Opt, RevisionLine, RevisionsPage};
use crate::web::office::content;
use crate::web::office::known::{Known, named_in};
use crate::web::office::lines::ago;
use crate::web::{Desk, WebError};
use actix_web::{HttpResponse, web};
use maillage_domain::workflow::EntryState;
use maillage_store::rows::RevisionRow;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which versions are compared; the last two where nothing is said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::office) struct Asked {
    from: String,
    to: String,
}

/// GET /office/items/{entry}/revisions
///
/// # Errors
/// [`maillage_app::AppError::NotFound`], [`maillage_app::AppError::Forbidden`].
pub(in crate::web::office) async fn show(
    desk: Desk,
    uid: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let opened = open(&desk, &uid).await?;
    let (t, view) = (desk.t, &opened.detail.view);
    let authors: Vec<i64> = opened.detail.revisions.iter().filter_map(|one| one.author_id).collect();
    let names = desk.reads().run(move |reads| reads.account_names(&authors)).await?;
    let names: BTreeMap<i64, String> = names.into_iter().collect();
    let line = |revision: &RevisionRow| RevisionLine {
        href: paths::entry_step(&view.entry.uid, &format!("revisions/{}", revision.number)),
        label: t.with("history-version", "number", revision.number),
        title: revision.title.clone(),
        badge: Badge { t, state: revision.state.parse().unwrap_or(EntryState::Draft) },
        author: match revision.author_id {
            Some(id) => names.get(&id).cloned().unwrap_or_default(),
            None => t.get("the-node"),
        },
        saved: ago(&desk, revision.updated_at),
        restore: restorable(&opened, &desk, revision),
        restore_label: t.with("revision-restore", "number", revision.number),
    };
    let lines: Vec<RevisionLine> = opened.detail.revisions.iter().map(line).collect();
    let option = |one: &RevisionRow| Opt::new(one.number.to_string(), one.number.to_string());
    let pair = compared(&opened, &asked);
    let number = |one: Option<&RevisionRow>| one.map(|one| one.number.to_string()).unwrap_or_default();
    let (from, to) = (number(pair.map(|pair| pair.0)), number(pair.map(|pair| pair.1)));
    let diff = match pair {
        Some((before, after)) => Some(differences(&desk, &opened, before, after).await?),
        None => None,
    };
    let trail = vec![
        Link::new(t.get("nav-services"), paths::SERVICES),
        Link::new(&view.service.title, paths::office_service(&view.service.slug)),
        Link::new(&view.item.title, paths::entry(&view.entry.uid)),
    ];
    let page = RevisionsPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Services, trail),
        href: paths::entry_step(&view.entry.uid, "revisions"),
        csrf: desk.csrf.clone(),
        title: view.item.title.clone(),
        lines,
        options: opened.detail.revisions.iter().map(option).collect(),
        compared: t.with2("revisions-compared", ("from", &from), ("to", &to)),
        from,
        to,
        diff,
    };
    desk.page(&page)
}

/// The two versions that are compared: those asked for, or the last two.
fn compared<'o>(opened: &'o Opened, asked: &Asked) -> Option<(&'o RevisionRow, &'o RevisionRow)> {
    let chosen = |text: &str| numbered(opened, text.parse().ok()?);
    let to = chosen(&asked.to).or_else(|| opened.detail.revisions.first())?;
    let from = chosen(&asked.from).or_else(|| numbered(opened, to.number - 1))?;
    Some((from, to))
}

async fn differences(
    desk: &Desk,
    opened: &Opened,
    before: &RevisionRow,
    after: &RevisionRow,
) -> Result<DiffView, WebError> {
    let kind = kind(desk, &opened.detail.view.item.type_slug)?;
    let (before, after) = (fields_of(&before.fields), fields_of(&after.fields));
    let mut codes = named_in(kind, &before);
    codes.extend(named_in(kind, &after));
    let (t, registry) = (desk.t, desk.app().registry().clone());
    let known = desk.reads().run(move |reads| Known::read(reads, t, &registry, &codes)).await?;
    Ok(content::differences(kind, &before, &after, &known))
}
