//! Mails that wait or were given up, for who administers the node.

use crate::paths;
use crate::views::{Empty, Icon, MailLine, MailsPage, OfficeSection, settings_tabs};
use crate::web::office::PAGE;
use crate::web::office::lines::ago;
use crate::web::office::standing::administrators_only;
use crate::web::{Desk, Posted, WebError};
use actix_web::{HttpResponse, web};
use maillage_store::rows::MailRow;

/// GET /office/settings/mails
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`].
pub(in crate::web::office) async fn list(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let rows = desk.reads().run(|reads| reads.unsent_mails(PAGE)).await?;
    let t = desk.t;
    let page = MailsPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::MAILS, true),
        sends_mail: desk.app().sends_mail(),
        lines: rows.iter().map(|row| line(&desk, row)).collect(),
        empty: Empty { icon: Icon("check"), title: t.get("mails-none"), text: String::new(), action: None },
    };
    desk.page(&page)
}

fn line(desk: &Desk, row: &MailRow) -> MailLine {
    let failed = row.state == "failed";
    MailLine {
        subject: row.subject.clone(),
        recipient: row.recipient.clone(),
        failed,
        written: ago(desk, row.created_at),
        attempts: row.attempts,
        problem: row.problem.clone().unwrap_or_default(),
        retry_action: failed.then(|| format!("{}/{}/retry", paths::MAILS, row.id)),
    }
}

/// POST /office/settings/mails/{mail}/retry
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn retry(
    posted: Posted<Desk>,
    mail: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    desk.app().retry_mail(&desk.caller(), mail.into_inner()).await?;
    Ok(desk.done(paths::MAILS, desk.t.get("mail-retried")))
}
