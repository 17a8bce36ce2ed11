//! What was written of an item at a time, and what it changed; taken up again.

use super::{Opened, fields_of, frame_of, kind, open};
use crate::paths;
use crate::views::{Badge, Link, NoticeKind, OfficeSection, RevisionPage};
use crate::web::office::content;
use crate::web::office::known::{Known, named_in};
use crate::web::office::lines::ago;
use crate::web::{Desk, Posted, WebError};
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
        restore: restorable(&opened, &desk, revision),
        csrf: desk.csrf.clone(),
        all: paths::entry_step(&view.entry.uid, "revisions"),
        title,
        told,
        previous: before.map(|before| step(before.number)),
        next: numbered(&opened, number + 1).map(|next| step(next.number)),
    };
    desk.page(&page)
}

/// Where a version is taken up again: an older one that still says something, for who may write.
pub(super) fn restorable(opened: &Opened, desk: &Desk, revision: &RevisionRow) -> Option<String> {
    let older = opened.latest().is_some_and(|latest| latest.number != revision.number);
    let may = older && revision.fields != "{}" && opened.may_edit(desk.account_id());
    let step = format!("revisions/{}/restore", revision.number);
    may.then(|| paths::entry_step(&opened.detail.view.entry.uid, &step))
}

/// POST /office/items/{entry}/revisions/{number}/restore
///
/// # Errors
/// Those of the use case, but for what can be said on the page of the item.
pub(in crate::web::office) async fn restore(
    posted: Posted<Desk>,
    path: web::Path<(String, i64)>,
) -> Result<HttpResponse, WebError> {
    let (desk, (uid, number)) = (&posted.from, path.into_inner());
    open(desk, &uid).await?;
    match desk.app().restore_revision(&desk.caller(), &uid, number).await {
        Ok(_) => Ok(desk.done(&paths::entry(&uid), desk.t.with("done-restored", "number", number))),
        Err(error @ (AppError::Conflict(_) | AppError::Invalid { .. })) => {
            let said = desk.t.say(&error.message());
            Ok(desk.go_and_say(&paths::entry(&uid), NoticeKind::Problem, said, None))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn numbered(opened: &Opened, number: i64) -> Option<&RevisionRow> {
    opened.detail.revisions.iter().find(|revision| revision.number == number)
}
