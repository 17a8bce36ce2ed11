//! Writing in an item that is stored: a draft, or a correction of what is published.

use super::editor::{self, Editor};
use super::new::{saved, submitted};
use super::sent::Sent;
use super::{Opened, open};
use crate::views::FormView;
use crate::web::office::refusal::refused;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_domain::message::Message;
use maillage_domain::validation::{self, Stage};
use serde::Deserialize;
use std::collections::BTreeMap;

/// How the form is opened.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::office) struct Asked {
    /// Whether everything is said that keeps it from being submitted.
    check: Option<String>,
}

/// GET /office/items/{entry}/edit
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Conflict`] for a received item.
pub(in crate::web::office) async fn show(
    desk: Desk,
    uid: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let opened = editable(&desk, &uid).await?;
    let fields = opened.fields();
    let editor = Editor::read(&desk, &opened.standing, Some(&opened), &fields).await?;
    let mut form = editor.form(&fields, Some(&opened.frame()));
    if asked.check.is_some() {
        form = checked(&desk, form, validation::check(editor.kind, &fields, Stage::Submission).err());
    }
    editor.page(StatusCode::OK, form, &fields, None)
}

fn checked(desk: &Desk, form: FormView, problems: Option<Vec<validation::FieldProblem>>) -> FormView {
    problems
        .unwrap_or_default()
        .iter()
        .fold(form, |form, problem| form.with_problem(&problem.field, desk.t.say(&problem.message)))
}

/// POST /office/items/{entry}/edit: saves, submits where that was asked, or only shows how it would
/// look. When somebody else has saved meanwhile, nothing is written and both texts are shown.
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let opened = editable(desk, &uid).await?;
    let kind = super::kind(desk, &opened.standing.service.type_slug)?;
    let sent = Sent::read(&posted, &opened.standing.service.slug, kind, &opened.fields()).await?;
    let editor = Editor::read(desk, &opened.standing, Some(&opened), &sent.fields).await?;
    let form = sent.dress(editor.form(&sent.fields, Some(&opened.frame())), &posted.fields);
    if posted.text("action") == "preview" {
        return editor.page(StatusCode::OK, keeping(form, &posted), &sent.fields, None);
    }
    if !sent.is_clear() {
        return editor.page(StatusCode::UNPROCESSABLE_ENTITY, keeping(form, &posted), &sent.fields, None);
    }
    let seen = posted.text("seen").parse().ok();
    match desk.app().save_item(&desk.caller(), &uid, sent.item_form(), seen).await {
        Ok(entry) if posted.text("action") == "submit" => submitted(desk, &entry.uid).await,
        Ok(entry) => Ok(saved(desk, &entry.uid)),
        Err(AppError::Conflict(message)) => conflict(&posted, &uid, &sent, &message).await,
        Err(error) => {
            let (status, form) = refused(desk.t, keeping(form, &posted), error, &[])?;
            editor.page(status, form, &sent.fields, None)
        }
    }
}

/// The form says which text was read when it was opened, not which one stands now.
fn keeping(mut form: FormView, posted: &Posted<Desk>) -> FormView {
    form.hidden.retain(|(name, _)| name != "seen");
    form.hidden("seen", posted.text("seen"))
}

/// Both texts: what was typed stays in the form, and saving again replaces the other knowingly.
async fn conflict(
    posted: &Posted<Desk>,
    uid: &str,
    sent: &Sent,
    message: &Message,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let opened = open(desk, uid).await?;
    let mut both = opened.fields();
    both.0.extend(sent.fields.0.clone());
    let editor = Editor::read(desk, &opened.standing, Some(&opened), &both).await?;
    let author: Vec<i64> = opened.latest().and_then(|revision| revision.author_id).into_iter().collect();
    let names: BTreeMap<i64, String> =
        desk.reads().run(move |reads| reads.account_names(&author)).await?.into_iter().collect();
    let form = sent.dress(editor.form(&sent.fields, Some(&opened.frame())), &posted.fields);
    let form = form.with_problem("", desk.t.say(message));
    let conflict = editor::conflict(&editor, &opened, &sent.fields, &names);
    editor.page(StatusCode::CONFLICT, form, &sent.fields, Some(conflict))
}

/// An item that the account may write in.
async fn editable(desk: &Desk, uid: &str) -> Result<Opened, WebError> {
    let opened = open(desk, uid).await?;
    if !opened.detail.view.entry.home {
        return Err(AppError::conflict(
            "Cette fiche vient d'un autre nœud : seule son origine peut la corriger.",
            "This item comes from another node: only its origin can correct it.",
        )
        .into());
    }
    if opened.may_edit(desk.account_id()) { Ok(opened) } else { Err(AppError::forbidden().into()) }
}
