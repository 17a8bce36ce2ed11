//! One's own password.

use crate::forms;
use crate::paths;
use crate::views::{FormView, OfficeSection, PasswordPage, settings_tabs};
use crate::web::office::refusal::refused;
use crate::web::{Desk, Posted, WebError};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maillage_app::AppError;

/// GET /office/settings/password
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn show(desk: Desk) -> Result<HttpResponse, WebError> {
    let form = forms::own_password(desk.t, &desk.csrf);
    page(&desk, StatusCode::OK, form)
}

/// POST /office/settings/password
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn change(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let typed = |name: &str| {
        let sent = posted.fields.iter().find(|(field, _)| field == name);
        sent.map_or("", |(_, value)| value.as_str())
    };
    let changed = if typed("password") == typed("password_again") {
        desk.app().change_own_password(&desk.caller(), typed("present"), typed("password")).await
    } else {
        Err(AppError::invalid(
            "password_again",
            "differs",
            "Les deux nouveaux mots de passe ne sont pas les mêmes.",
            "The two new passwords are not the same.",
        ))
    };
    match changed {
        Ok(session) => {
            desk.keep_session(&session).await?;
            Ok(desk.done(paths::PASSWORD, desk.t.get("password-changed")))
        }
        Err(error) => {
            let (status, form) = refused(desk.t, forms::own_password(desk.t, &desk.csrf), error, &[])?;
            page(desk, status, form)
        }
    }
}

fn page(desk: &Desk, status: StatusCode, form: FormView) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let page = PasswordPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::PASSWORD, desk.administers()),
        account: desk.signed_in().account.email.clone(),
        form,
    };
    desk.page_with(status, &page)
}
