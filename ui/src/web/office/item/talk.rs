//! What author and moderators say to each other about an item: shown on its page, and said more.

use super::{Opened, open, page};
use crate::paths;
use crate::views::{CommentLine, TalkView};
use crate::web::office::lines::ago;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::talk::AUTHOR;
use maillage_domain::role::Action;

/// The thread of an entry, with the form to say more for who may.
pub(super) fn view(desk: &Desk, opened: &Opened) -> TalkView {
    let t = desk.t;
    let line = |view: &maillage_store::read::CommentView| CommentLine {
        who: if view.by.is_empty() { t.get("talk-somebody") } else { view.by.clone() },
        side: t.get(if view.comment.side == AUTHOR { "talk-author" } else { "talk-moderator" }),
        when: ago(desk, view.comment.created_at),
        lines: view.comment.body.lines().map(str::to_owned).collect(),
    };
    let may = opened.standing.may(Action::Moderate)
        || (opened.is_own(desk.account_id()) && opened.standing.may(Action::Contribute));
    TalkView {
        t,
        csrf: desk.csrf.clone(),
        lines: opened.comments.iter().map(line).collect(),
        action: may.then(|| paths::entry_step(&opened.detail.view.entry.uid, "comments")),
        problem: String::new(),
        typed: String::new(),
    }
}

/// POST /office/items/{entry}/comments
///
/// # Errors
/// Those of the use case.
pub(in crate::web::office) async fn say(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let opened = open(desk, &uid).await?;
    match desk.app().comment(&desk.caller(), &uid, posted.text("comment")).await {
        Ok(()) => Ok(desk.done(&format!("{}#talk", paths::entry(&uid)), desk.t.get("talk-sent"))),
        Err(AppError::Invalid { problems }) => {
            let problem = problems.first().map(|problem| desk.t.say(&problem.message)).unwrap_or_default();
            let typed = posted.text("comment").to_owned();
            page::shown(desk, &opened, StatusCode::UNPROCESSABLE_ENTITY, page::Again::Talk { problem, typed })
                .await
        }
        Err(error) => Err(error.into()),
    }
}
