//! Organisations: the bodies that take part.

use super::form_page;
use crate::forms;
use crate::paths;
use crate::views::{
    Empty, FormView, Icon, Link, OfficeSection, OrganisationLine, PlaceAnswer, SettingsPage, settings_tabs,
};
use crate::web::office::places::{self, PlaceSent};
use crate::web::office::refusal::refused;
use crate::web::office::standing::administrators_only;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::organisation::OrganisationForm;
use maillage_store::rows::OrganisationRow;

/// GET /office/settings: organisations for who administers the node, tokens for everybody else.
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn list(desk: Desk) -> Result<HttpResponse, WebError> {
    if !desk.administers() {
        return Ok(desk.go(paths::PASSWORD));
    }
    let t = desk.t;
    let read = desk.reads().run(move |reads| {
        let (bodies, accounts) = (reads.organisations()?, reads.accounts()?);
        let codes: Vec<String> = bodies.iter().filter_map(|body| body.territory.clone()).collect();
        let names = places::names_of(reads, t, &codes)?;
        let line = |body: OrganisationRow| {
            let territory = body.territory.and_then(|code| names.get(&code).cloned()).unwrap_or_default();
            let members = accounts.iter().filter(|view| view.organisation.id == body.id).count() as u64;
            OrganisationLine {
                link: Link::new(body.name, paths::organisation(&body.uid)),
                territory,
                accounts: members,
            }
        };
        Ok(bodies.into_iter().map(line).collect())
    });
    let page = SettingsPage {
        t,
        lines: read.await?,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::SETTINGS, true),
        create_href: Some(paths::ORGANISATION_NEW.to_owned()),
        empty: Empty {
            icon: Icon("page"),
            title: t.get("organisations-none"),
            text: String::new(),
            action: None,
        },
    };
    desk.page(&page)
}

/// GET /office/settings/organisations/new
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn new(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let form = form(&desk, None);
    page(&desk, StatusCode::OK, None, form)
}

/// POST /office/settings/organisations
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn create(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    administrators_only(&posted.from)?;
    save(&posted, None).await
}

/// GET /office/settings/organisations/{organisation}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let row = organisation(&desk, &uid).await?;
    let ticked = row.territory.iter().cloned().collect();
    let sent = PlaceSent { name: "territory".to_owned(), ticked, typed: String::new(), single: true };
    let answer = places::answers(&desk, vec![sent]).await?.pop().unwrap_or_default();
    let form = form(&desk, Some(&row))
        .with_value("name", &row.name)
        .with_value("website", row.url.clone().unwrap_or_default())
        .with_places("territory", answer);
    page(&desk, StatusCode::OK, Some(&row), form)
}

/// POST /office/settings/organisations/{organisation}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let row = organisation(&posted.from, &uid).await?;
    save(&posted, Some(&row)).await
}

async fn organisation(desk: &Desk, uid: &str) -> Result<OrganisationRow, WebError> {
    administrators_only(desk)?;
    let bodies = desk.reads().run(|reads| reads.organisations()).await?;
    bodies.into_iter().find(|body| body.uid == uid).ok_or_else(|| AppError::NotFound.into())
}

async fn save(posted: &Posted<Desk>, row: Option<&OrganisationRow>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let sent = PlaceSent::of(posted, "territory", true);
    let answer: PlaceAnswer = places::answers(desk, vec![sent]).await?.pop().unwrap_or_default();
    let asked = OrganisationForm {
        name: posted.text("name").to_owned(),
        url: posted.text("website").to_owned(),
        territory: answer.codes.first().cloned().unwrap_or_default(),
    };
    let saved = match (answer.problem.is_some(), row) {
        (true, _) => Err(AppError::Invalid { problems: Vec::new() }),
        (false, None) => desk.app().add_organisation(&desk.caller(), asked).await,
        (false, Some(row)) => desk.app().change_organisation(&desk.caller(), &row.uid, asked).await,
    };
    match saved {
        Ok(saved) => {
            let key = if row.is_some() { "organisation-changed" } else { "organisation-made" };
            Ok(desk.done(paths::SETTINGS, desk.t.with(key, "name", saved.name)))
        }
        Err(error) => {
            let form = form(desk, row).filled(&posted.fields).with_places("territory", answer);
            let (status, form) = refused(desk.t, form, error, &[("url", "website")])?;
            page(desk, status, row, form)
        }
    }
}

fn form(desk: &Desk, row: Option<&OrganisationRow>) -> FormView {
    let action =
        row.map_or_else(|| "/office/settings/organisations".to_owned(), |row| paths::organisation(&row.uid));
    forms::organisation(desk.t, &action, &desk.csrf).cancel(paths::SETTINGS)
}

fn page(
    desk: &Desk,
    status: StatusCode,
    row: Option<&OrganisationRow>,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let above = Link::new(t.get("settings-organisations"), paths::SETTINGS);
    let heading = row.map_or_else(|| t.get("organisation-new"), |row| row.name.clone());
    form_page(desk, status, above, heading, String::new(), form)
}
