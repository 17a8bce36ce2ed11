//! The account's tokens for programs.

use crate::forms;
use crate::paths;
use crate::views::{Empty, FormView, Icon, NewToken, OfficeSection, TokenLine, TokensPage, settings_tabs};
use crate::web::office::lines::ago;
use crate::web::office::refusal::refused;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_store::rows::ApiTokenRow;

/// GET /office/settings/tokens
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn list(desk: Desk) -> Result<HttpResponse, WebError> {
    let form = forms::token(desk.t, &desk.csrf);
    page(&desk, StatusCode::OK, None, form).await
}

/// POST /office/settings/tokens: the answer shows the token, this once.
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn create(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let form = forms::token(desk.t, &desk.csrf);
    let name = posted.text("name");
    match desk.app().make_token(&desk.caller(), None, name).await {
        Ok(made) => {
            let fresh = NewToken { name: name.to_owned(), secret: made.token };
            page(desk, StatusCode::OK, Some(fresh), form).await
        }
        Err(error) => {
            let form = form.filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[("label", "name")])?;
            page(desk, status, None, form).await
        }
    }
}

/// POST /office/settings/tokens/{token}/revoke
///
/// # Errors
/// [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn revoke(
    posted: Posted<Desk>,
    token: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    desk.app().delete_token(&desk.caller(), token.into_inner()).await?;
    Ok(desk.done(paths::TOKENS, desk.t.get("token-revoked")))
}

async fn page(
    desk: &Desk,
    status: StatusCode,
    fresh: Option<NewToken>,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let rows = desk.reads().run(|reads| reads.own_api_tokens()).await?;
    let line = |row: &ApiTokenRow| TokenLine {
        name: row.label.clone(),
        created: ago(desk, row.created_at),
        used: row.used_at.map(|used| ago(desk, used)),
        revoke_action: format!("{}/{}/revoke", paths::TOKENS, row.id),
    };
    let page = TokensPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::TOKENS, desk.administers()),
        fresh,
        lines: rows.iter().map(line).collect(),
        form,
        empty: Empty {
            icon: Icon("page"),
            title: t.get("tokens-none"),
            text: t.get("tokens-none-hint"),
            action: None,
        },
    };
    desk.page_with(status, &page)
}
