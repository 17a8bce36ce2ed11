//! How soon one is told by mail of what concerns one.

use crate::forms;
use crate::paths;
use crate::views::{FormView, NoticesPage, OfficeSection, settings_tabs};
use crate::web::{Desk, Posted, WebError};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

/// GET /office/settings/notices
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn show(desk: Desk) -> Result<HttpResponse, WebError> {
    let pace = desk.app().notice_pace(&desk.caller()).await?;
    page(&desk, StatusCode::OK, forms::notices(desk.t, &desk.csrf, pace))
}

/// POST /office/settings/notices
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn change(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    match posted.text("pace").parse() {
        Ok(pace) => {
            desk.app().choose_notice_pace(&desk.caller(), pace).await?;
            Ok(desk.done(paths::NOTICES, desk.t.get("notices-chosen")))
        }
        Err(()) => {
            let pace = desk.app().notice_pace(&desk.caller()).await?;
            let form = forms::notices(desk.t, &desk.csrf, pace);
            let form = form.with_problem("pace", desk.t.get("notices-choose"));
            page(desk, StatusCode::UNPROCESSABLE_ENTITY, form)
        }
    }
}

fn page(desk: &Desk, status: StatusCode, form: FormView) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let page = NoticesPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::NOTICES, desk.administers()),
        account: desk.signed_in().account.email.clone(),
        sends_mail: desk.app().sends_mail(),
        form,
    };
    desk.page_with(status, &page)
}
