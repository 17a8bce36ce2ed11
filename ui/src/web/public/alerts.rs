//! Alerts by mail: asking for one, confirming it, ending it. Nobody needs an account for that.

use super::feed::chosen;
use super::frame::{ALL, section};
use super::listing::Listing;
use super::{cards, section};
use crate::forms;
use crate::views::{FormView, GatePage, Link};
use crate::web::answer::with_wait;
use crate::web::gate::node_name;
use crate::web::{Posted, Visit, WebError, reading};
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maillage_app::AppError;
use maillage_app::alert::{AlertForm, AlertList, Frequency};
use maillage_domain::viewer::Viewer;
use maillage_store::StoreError;

/// Registers the addresses of this file.
pub(super) fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/alerts/new", reading::get(new))
        .route("/alerts", web::post().to(ask))
        .route("/alerts/stop/{token}", reading::get(stop))
        .route("/alerts/stop/{token}", web::post().to(stopped))
        .route("/alerts/{token}", reading::get(link))
        .route("/alerts/{token}", web::post().to(confirm));
}

/// The address of the form for a list; empty where the node sends no mail.
pub(super) fn href(visit: &Visit, listing: &Listing) -> String {
    if !visit.app().sends_mail() {
        return String::new();
    }
    let list = listing.href_of(&listing.path, 1);
    crate::web::address::with("/alerts/new", &[("list", &list)])
}

/// A list as it is named in the form.
struct Named {
    title: String,
    path: String,
    list: AlertList,
}

/// The list of this address, as everybody sees it.
async fn named(visit: &Visit, address: &str) -> Result<Named, WebError> {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let listing =
        Listing { view: Default::default(), at: String::new(), ..Listing::read(query, path.to_owned()) };
    let parts: Vec<String> = path.trim_matches('/').split('/').map(str::to_owned).collect();
    let (t, registry, now) = (visit.t, visit.app().registry().clone(), visit.app().now());
    let read = visit.app().reads(Viewer::Anonymous).run(move |reads| {
        let list = AlertList {
            chosen: listing.entry_query(Default::default()).chosen,
            words: listing.query.clone(),
            during: listing.around.during().map(|during| (during.from, during.to)),
            near: listing.around.near().map(|near| (near.place, near.km)),
            ..AlertList::default()
        };
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let (title, list) = match parts.as_slice() {
            ["services", slug] => {
                let service = reads.service(slug)?;
                (service.title, AlertList { service: Some((*slug).to_owned()), ..list })
            }
            ["sites", site, name] => {
                let view = reads.site(site)?;
                let around = section::around(&view, name, now.timestamp_millis())?;
                let placed = match *name {
                    ALL => None,
                    name => Some(section(&view, name)?.placement.uid.clone()),
                };
                let title = match around.title {
                    Some(section) => format!("{section} – {}", view.site.title),
                    None => view.site.title.clone(),
                };
                (title, AlertList { site: Some(view.site.slug.clone()), section: placed, ..list })
            }
            _ => return Err(StoreError::NotFound),
        };
        // What is no place narrows nothing that could be told.
        let mut around = listing.around.clone();
        around.named.clear();
        let listing = Listing { around, ..listing };
        let known = cards::known(reads, t, &registry, &[], &chosen(&listing))?;
        let mut title = title;
        for filter in listing.active(t, &known) {
            title = format!("{title} – {}", filter.label);
        }
        Ok(Named { title, path: listing.href_of(&listing.path, 1), list })
    });
    Ok(read.await.map_err(AppError::from)?)
}

async fn page(
    visit: &Visit,
    status: StatusCode,
    heading: &str,
    intro: Vec<String>,
    form: Option<FormView>,
    next: Option<Link>,
) -> Result<HttpResponse, WebError> {
    let t = visit.t;
    let shell = visit.shell(&node_name(visit).await?);
    visit.page_with(status, &GatePage { t, shell, heading: t.get(heading), intro, form, next })
}

fn back(visit: &Visit, path: &str) -> Option<Link> {
    Some(Link::new(visit.t.get("alert-back"), path))
}

/// GET /alerts/new?list=: the form.
///
/// # Errors
/// [`AppError::NotFound`] for what is no list that is open to everybody.
async fn new(request: HttpRequest, visit: Visit) -> Result<HttpResponse, WebError> {
    let mut query = url::form_urlencoded::parse(request.query_string().as_bytes());
    let list = query.find(|(name, _)| name == "list").map(|(_, list)| list.into_owned()).unwrap_or_default();
    let named = named(&visit, &list).await?;
    let intro = vec![visit.t.with("alert-intro", "list", &named.title), visit.t.get("alert-privacy")];
    let form = visit.app().sends_mail().then(|| forms::alert(visit.t, &visit.csrf, &named.path));
    let intro = if form.is_some() { intro } else { vec![visit.t.get("alert-no-mail")] };
    page(&visit, StatusCode::OK, "alert-title", intro, form, back(&visit, &named.path)).await
}

/// POST /alerts: the answer is the same whether there is such an alert already or not.
async fn ask(posted: Posted<Visit>) -> Result<HttpResponse, WebError> {
    let visit = &posted.from;
    let t = visit.t;
    let named = named(visit, posted.text("list")).await?;
    let form = AlertForm {
        email: posted.text("email").to_owned(),
        locale: t.locale,
        title: named.title.clone(),
        path: named.path.clone(),
        list: named.list,
        frequency: Frequency::from_name(posted.text("frequency")),
    };
    let link = back(visit, &named.path);
    match visit.app().ask_for_alert(form, &visit.network_address).await {
        Ok(()) => {
            let said = t.with("alert-sent", "email", posted.text("email"));
            page(visit, StatusCode::OK, "alert-title", vec![said, t.get("alert-wait")], None, link).await
        }
        Err(error) => {
            let mut form = forms::alert(t, &visit.csrf, &named.path).filled(&posted.fields);
            match &error {
                AppError::Invalid { problems } => {
                    for problem in problems {
                        form = form.with_problem(&problem.field, t.say(&problem.message));
                    }
                }
                AppError::TooMany { .. } | AppError::Conflict(_) => {
                    form = form.with_problem("", t.say(&error.message()));
                }
                _ => return Err(error.into()),
            }
            let error = WebError::from(error);
            let intro = vec![t.with("alert-intro", "list", &named.title)];
            let answer = page(visit, error.status(), "alert-title", intro, Some(form), link).await?;
            Ok(with_wait(answer, &error))
        }
    }
}

/// The page of a link that leads nowhere any more.
async fn ended(visit: &Visit) -> Result<HttpResponse, WebError> {
    let intro = vec![visit.t.get("alert-ended")];
    page(
        visit,
        StatusCode::NOT_FOUND,
        "alert-title",
        intro,
        None,
        Some(Link::new(visit.t.get("alert-home"), "/")),
    )
    .await
}

/// GET /alerts/{token}: programs that open every link of a mail confirm nothing by that.
async fn link(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    match visit.app().alert_of_link(&token).await {
        Ok(alert) if alert.confirmed_at.is_some() => confirmed(&visit, &alert.title, &alert.path).await,
        Ok(alert) => {
            let said = visit.t.with2("alert-confirm", ("list", &alert.title), ("email", &alert.email));
            let form =
                forms::alert_step(visit.t, &format!("/alerts/{token}"), &visit.csrf, "alert-confirm-button");
            page(&visit, StatusCode::OK, "alert-title", vec![said], Some(form), None).await
        }
        Err(AppError::NotFound) => ended(&visit).await,
        Err(error) => Err(error.into()),
    }
}

async fn confirmed(visit: &Visit, title: &str, path: &str) -> Result<HttpResponse, WebError> {
    let said = visit.t.with("alert-confirmed", "list", title);
    page(visit, StatusCode::OK, "alert-title", vec![said], None, back(visit, path)).await
}

/// POST /alerts/{token}
async fn confirm(posted: Posted<Visit>, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    let visit = &posted.from;
    match visit.app().confirm_alert(&token).await {
        Ok(alert) => confirmed(visit, &alert.title, &alert.path).await,
        Err(AppError::NotFound) => ended(visit).await,
        Err(error) => Err(error.into()),
    }
}

/// GET /alerts/stop/{token}
async fn stop(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    match visit.app().alert_to_stop(&token).await {
        Ok(alert) => {
            let said = visit.t.with("alert-stop", "list", &alert.title);
            let action = format!("/alerts/stop/{token}");
            let form = forms::alert_step(visit.t, &action, &visit.csrf, "alert-stop-button");
            page(&visit, StatusCode::OK, "alert-title", vec![said], Some(form), None).await
        }
        Err(AppError::NotFound) => ended(&visit).await,
        Err(error) => Err(error.into()),
    }
}

/// POST /alerts/stop/{token}: at once, and for mail programs too, which have neither a session nor a form
/// (RFC 8058). Who has the token has the mail.
async fn stopped(visit: Visit, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    visit.app().stop_alert(&token).await?;
    let home = Some(Link::new(visit.t.get("alert-home"), "/"));
    page(&visit, StatusCode::OK, "alert-title", vec![visit.t.get("alert-stopped")], None, home).await
}
