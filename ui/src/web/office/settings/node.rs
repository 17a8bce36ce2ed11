//! The node itself: its name and its territory.

use super::form_page;
use crate::forms;
use crate::paths;
use crate::views::{FormView, Link};
use crate::web::gate::territories;
use crate::web::office::refusal::refused;
use crate::web::office::standing::administrators_only;
use crate::web::{Desk, Posted, WebError};
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use maillage_app::AppError;
use maillage_app::setup::NodeForm;

/// GET /office/settings/node
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn edit(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let node = desk.reads().run(|reads| reads.node()).await?.ok_or(AppError::NotFound)?;
    let form = form(&desk).await?.with_value("name", &node.name).with_value("territory", &node.territory);
    page(&desk, StatusCode::OK, form)
}

/// POST /office/settings/node
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn change(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    administrators_only(desk)?;
    let asked =
        NodeForm { name: posted.text("name").to_owned(), territory: posted.text("territory").to_owned() };
    match desk.app().change_node(&desk.caller(), asked).await {
        Ok(node) => Ok(desk.done(paths::NODE, desk.t.with("node-changed", "name", node.name))),
        Err(error) => {
            let form = form(desk).await?.filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            page(desk, status, form)
        }
    }
}

async fn form(desk: &Desk) -> Result<FormView, WebError> {
    let territories = territories(desk.reads()).await?;
    Ok(forms::node(desk.t, &desk.csrf, territories).cancel(paths::SETTINGS))
}

fn page(desk: &Desk, status: StatusCode, form: FormView) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let above = Link::new(t.get("settings-node"), paths::NODE);
    form_page(desk, status, above, t.get("settings-node"), t.get("settings-node-intro"), form)
}
