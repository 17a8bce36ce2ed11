//! GET /office/items/{entry}/revisions/{number}: what was written at a time, and what it changed.

use super::{Opened, fields_of, frame_of, kind, open};
use crate::paths;
use crate::views::{Badge, Link, OfficeSection, RevisionPage};
use crate::web::office::content;
use crate::web::office::known::{Known, named_in};
use crate::web::office::lines::ago;
use crate::web::{Desk, WebError};
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::workflow::EntryState;
use maillage_store::rows::RevisionRow;

/// GET /office/items/{entry}/revisions/{number}
///
/// # Errors
/// [`AppError::NotFound`], [`AppError::Forbidden`].
pub(in crate::web::office) async fn show(
    desk: Desk,
    path: web::Path<(String, i64)>,
) -> Result<HttpResponse, WebError> {
    let (uid, number) = path.into_inner();
    let opened = open(&desk, &uid).await?;
    let revision = numbered(&opened, number).ok_or(AppError::NotFound)?;
    let before = numbered(&opened, number - 1);
    let kind = kind(&desk, &opened.detail.view.item.type_slug)?;
    let fields = fields_of(&revision.fields);
    let earlier = before.map(|before| fields_of(&before.fields));
    let mut codes = named_in(kind, &fields);
    codes.extend(earlier.iter().flat_map(|earlier| named_in(kind, earlier)));
    let author: Vec<i64> = revision.author_id.into_iter().collect();
    let (t, registry) = (desk.t, desk.app().registry().clone());
    let read = desk.reads().run(move |reads| {
        Ok((Known::read(reads, t, &registry, &codes)?, reads.account_names(&author)?.pop()))
    });
    let (known, author) = read.await?;
    let view = &opened.detail.view;
    let (title, told) = content::tell(kind, &fields, &frame_of(&view.item, Some(revision)), &known);
    let trail = vec![
        Link::new(t.get("nav-services"), paths::SERVICES),
        Link::new(&view.service.title, paths::office_service(&view.service.slug)),
        Link::new(&view.item.title, paths::entry(&view.entry.uid)),
    ];
    let step = |number: i64| paths::entry_step(&view.entry.uid, &format!("revisions/{number}"));
    let page = RevisionPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Services, trail),
        number: u64::try_from(revision.number).unwrap_or_default(),
        badge: Badge { t, state: revision.state.parse().unwrap_or(EntryState::Draft) },
        author: author.map_or_else(|| t.get("the-node"), |(_, name)| name),
        saved: ago(&desk, revision.updated_at),
        reason: revision.reason.clone().unwrap_or_default(),
        diff: earlier.map(|earlier| content::differences(kind, &earlier, &fields, &known)),
        title,
        told,
        previous: before.map(|before| step(before.number)),
        next: numbered(&opened, number + 1).map(|next| step(next.number)),
    };
    desk.page(&page)
}

fn numbered(opened: &Opened, number: i64) -> Option<&RevisionRow> {
    opened.detail.revisions.iter().find(|revision| revision.number == number)
}
