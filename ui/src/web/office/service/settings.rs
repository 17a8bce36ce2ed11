//! Making and changing a service.

use super::kind_name;
use crate::forms;
use crate::paths;
use crate::views::{FormPage, FormView, Link, OfficeSection, Opt};
use crate::web::office::refusal::refused;
use crate::web::office::standing::{Standing, administrators_only, standing};
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::service::ServiceForm;
use maillage_domain::role::Action;
use maillage_domain::service::{Charter, Visibility};
use maillage_domain::text::slugify;

/// GET /office/services/new
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn new(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let form = new_form(&desk).with_value("visibility", Visibility::Public.as_str());
    page(&desk, StatusCode::OK, None, form)
}

/// POST /office/services
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn create(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    administrators_only(desk)?;
    let typed = posted.text("slug");
    let slug = if typed.is_empty() { slugify(posted.text("title"), 40) } else { typed.to_owned() };
    let made = match sent(&posted) {
        Ok(form) => desk.app().add_service(&desk.caller(), posted.text("type"), &slug, form).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(service) => {
            let text = desk.t.with("service-made", "title", &service.title);
            Ok(desk.done(&paths::office_service(&service.slug), text))
        }
        Err(error) => {
            let (status, form) = refused(desk.t, new_form(desk).filled(&posted.fields), error, &[])?;
            page(desk, status, None, form)
        }
    }
}

/// GET /office/services/{slug}/edit
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let standing = standing(&desk, &slug).await?.require(Action::Manage)?;
    let service = &standing.service;
    let key = service.id;
    let reasons = desk.reads().run(move |reads| reads.decline_reasons(key)).await?;
    let form = edit_form(&desk, &standing)
        .with_value("reasons", reasons.join("\n"))
        .with_value("title", &service.title)
        .with_value("purpose", &service.purpose)
        .with_value("moderators", &service.moderators)
        .with_value("delay_days", service.delay_days.map(|days| days.to_string()).unwrap_or_default())
        .with_value("licence", &service.licence)
        .with_value("self_validation", service.self_validation.to_string());
    page(&desk, StatusCode::OK, Some(&standing), form)
}

/// POST /office/services/{slug}/edit
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    slug: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let standing = standing(desk, &slug).await?.require(Action::Manage)?;
    let changed = match sent(&posted) {
        Ok(form) => desk.app().change_service(&desk.caller(), &slug, form).await,
        Err(error) => Err(error),
    };
    let changed = match changed {
        Ok(service) => {
            let set =
                desk.app().set_decline_reasons(&desk.caller(), &service.slug, posted.text("reasons")).await;
            set.map(|()| service)
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(service) => Ok(desk.done(&paths::office_service(&service.slug), desk.t.get("saved"))),
        Err(error) => {
            let form = edit_form(desk, &standing).filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &[])?;
            page(desk, status, Some(&standing), form)
        }
    }
}

fn sent(posted: &Posted<Desk>) -> Result<ServiceForm, AppError> {
    let days = posted.text("delay_days");
    let delay_days = match days {
        "" => None,
        days => Some(days.parse().ok().filter(|days| (1..=365).contains(days)).ok_or_else(not_days)?),
    };
    Ok(ServiceForm {
        title: posted.text("title").to_owned(),
        visibility: posted.text("visibility").parse().ok(),
        charter: Charter {
            purpose: posted.text("purpose").to_owned(),
            moderators: posted.text("moderators").to_owned(),
            delay_days,
            licence: posted.text("licence").to_owned(),
        },
        self_validation: posted.ticked("self_validation"),
    })
}

fn not_days() -> AppError {
    AppError::invalid(
        "delay_days",
        "not_days",
        "Écrivez un nombre de jours entre 1 et 365, ou rien.",
        "Write a number of days between 1 and 365, or nothing.",
    )
}

fn new_form(desk: &Desk) -> FormView {
    let t = desk.t;
    let types = desk.app().registry().iter().map(|kind| {
        let purpose = match t.locale {
            crate::i18n::Locale::Fr => t.typeset(&kind.purpose_fr),
            crate::i18n::Locale::En => kind.purpose_en.clone(),
        };
        Opt::new(&kind.slug, format!("{} – {purpose}", t.say(&kind.label())))
    });
    forms::service(t, paths::SERVICES, &desk.csrf, Some(types.collect()), "").cancel(paths::SERVICES)
}

fn edit_form(desk: &Desk, standing: &Standing) -> FormView {
    let service = &standing.service;
    let action = paths::office_service_step(&service.slug, "edit");
    forms::service(desk.t, &action, &desk.csrf, None, &service.licence)
        .cancel(paths::office_service(&service.slug))
}

fn page(
    desk: &Desk,
    status: StatusCode,
    standing: Option<&Standing>,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let mut trail = vec![Link::new(t.get("nav-services"), paths::SERVICES)];
    let (heading, intro) = match standing {
        None => (t.get("service-new"), t.get("service-new-intro")),
        Some(standing) => {
            let service = &standing.service;
            trail.push(Link::new(&service.title, paths::office_service(&service.slug)));
            let fixed = t.with2(
                "service-fixed",
                ("kind", kind_name(desk, service)),
                ("handle", format!("@{}@{}", service.slug, desk.app().addresses().host())),
            );
            (t.get("service-edit"), fixed)
        }
    };
    let office = desk.frame(OfficeSection::Services, trail);
    desk.page_with(status, &FormPage { t, shell: desk.shell(), office, heading, intro, form })
}
