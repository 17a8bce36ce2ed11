//! Following a service, changing what is taken of it, following it no longer.

use super::subscribe;
use crate::forms;
use crate::i18n::{Translator, straight};
use crate::paths;
use crate::sentence;
use crate::views::{FormView, Link, OfficeSection, Opt, SubscriptionPage, Trial};
use crate::web::office::ZONE;
use crate::web::office::known::{Known, places_of_rules};
use crate::web::office::refusal::refused;
use crate::web::office::standing::{Standing, overseers_only};
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::subscription::SubscriptionForm;
use maillage_domain::role::Action;
use maillage_domain::rule::RuleSet;
use maillage_domain::subscription::TrustLevel;
use maillage_store::read::SubscriptionView;
use serde::Deserialize;

/// What a new subscription starts from.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::office) struct Asked {
    /// The address to follow.
    address: String,
    /// Slug of our service.
    into: String,
}

/// GET /office/federation/new
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn new(
    desk: Desk,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let (known, services) = managed(&desk).await?;
    let alone = services.first().filter(|_| services.len() == 1).map(|only| only.value.clone());
    let into = if asked.into.is_empty() { alone.unwrap_or_default() } else { asked.into.clone() };
    let form =
        new_form(&desk, &known, services, 1).with_value("address", &asked.address).with_value("into", into);
    page(&desk, StatusCode::OK, Shown::new(form))
}

/// POST /office/federation
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn create(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let (known, services) = managed(desk).await?;
    let sent = subscribe::read(&posted).await?;
    let more = posted.text("action") == "more";
    let form = new_form(desk, &known, services, sent.rows + usize::from(more));
    let form = sent.dress(form, &posted.fields);
    if more {
        return page(desk, StatusCode::OK, Shown::new(form));
    }
    let made = match (sent.is_clear(), subscribe::handle(posted.text("address"))) {
        (false, _) => Err(AppError::Invalid { problems: Vec::new() }),
        (_, Err(error)) => Err(error),
        (true, Ok(handle)) => {
            let asked = SubscriptionForm { trust: trust(&posted), rules: sent.asked.rule_set(ZONE) };
            let (app, into) = (desk.app(), posted.text("into"));
            if into.is_empty() {
                Err(AppError::invalid("into", "required", "Choisissez un service.", "Choose a service."))
            } else {
                app.subscribe(&desk.caller(), desk.face.discovery(), into, &handle, asked).await
            }
        }
    };
    match made {
        Ok(_) => {
            let said = desk.t.with("subscription-made", "handle", posted.text("address"));
            Ok(desk.done(paths::FEDERATION, said))
        }
        Err(error) => {
            let error = beside_address(error);
            let (status, form) = refused(desk.t, form, error, &[("handle", "address"), ("rules", "themes")])?;
            page(desk, status, Shown::new(form))
        }
    }
}

/// What the other server answered is said beside its address.
fn beside_address(error: AppError) -> AppError {
    match error {
        AppError::Remote(message) => AppError::invalid("address", "unreachable", message.fr, message.en),
        other => other,
    }
}

fn trust(posted: &Posted<Desk>) -> TrustLevel {
    posted.text("trust").parse().unwrap_or(TrustLevel::Hold)
}

/// GET /office/federation/subscriptions/{subscription}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let found = found(&desk, &uid).await?;
    let asked = subscribe::asked_by(&found.rules);
    let rows = asked.as_ref().map(|asked| asked.exceptions.len().max(1));
    let form = edit_form(&desk, &found, rows).with_value("trust", &found.view.subscription.trust);
    let form = match &asked {
        Some(asked) => subscribe::filled(form, asked, &found.known),
        None => form,
    };
    page(&desk, StatusCode::OK, Shown { found: Some(&found), trial: None, form })
}

/// POST /office/federation/subscriptions/{subscription}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let found = found(desk, &uid).await?;
    let sent = subscribe::read(&posted).await?;
    let action = posted.text("action");
    // What the form cannot show it does not touch.
    let shown = subscribe::asked_by(&found.rules).is_some();
    let rules = if shown { sent.asked.rule_set(ZONE) } else { found.rules.clone() };
    let rows = shown.then_some(sent.rows + usize::from(action == "more"));
    let form = sent.dress(edit_form(desk, &found, rows), &posted.fields);
    let asked = SubscriptionForm { trust: trust(&posted), rules };
    match (action, sent.is_clear()) {
        ("more", _) => page(desk, StatusCode::OK, Shown { found: Some(&found), trial: None, form }),
        (_, false) => refuse(desk, &found, form, AppError::Invalid { problems: Vec::new() }),
        ("try", true) => match attempt(desk, &found, &asked).await {
            Ok(trial) => page(desk, StatusCode::OK, Shown { found: Some(&found), trial: Some(trial), form }),
            Err(error) => refuse(desk, &found, form, error),
        },
        (_, true) => match desk.app().change_subscription(&desk.caller(), &uid, asked).await {
            Ok(_) => Ok(desk.done(paths::FEDERATION, desk.t.get("subscription-changed"))),
            Err(error) => refuse(desk, &found, form, error),
        },
    }
}

fn refuse(desk: &Desk, found: &Found, form: FormView, error: AppError) -> Result<HttpResponse, WebError> {
    let (status, form) = refused(desk.t, form, error, &[("rules", "themes")])?;
    page(desk, status, Shown { found: Some(found), trial: None, form })
}

/// What the rules would have done with what came lately.
async fn attempt(desk: &Desk, found: &Found, asked: &SubscriptionForm) -> Result<Trial, AppError> {
    let uid = &found.view.subscription.uid;
    let tried = desk.app().try_rules(&desk.caller(), uid, asked).await?;
    let codes = places_of_rules(&asked.rules);
    let (t, registry) = (desk.t, desk.app().registry().clone());
    let known = desk.reads().run(move |reads| Known::read(reads, t, &registry, &codes)).await?;
    let sentence = sentence::subscription(t, &known, asked.trust, &asked.rules, ZONE);
    Ok(Trial::of(t, sentence, tried.iter().map(|one| (one.title.as_str(), one.decision))))
}

/// POST /office/federation/subscriptions/{subscription}/remove
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn remove(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let found = found(desk, &uid).await?;
    desk.app().unsubscribe(&desk.caller(), &uid).await?;
    let said = desk.t.with("subscription-ended", "title", &found.view.source.name);
    Ok(desk.done(paths::FEDERATION, said))
}

/// A subscription that the account may change.
struct Found {
    view: SubscriptionView,
    rules: RuleSet,
    known: Known,
}

impl Found {
    fn sentence(&self, t: Translator) -> String {
        let trust = self.view.subscription.trust.parse().unwrap_or(TrustLevel::Hold);
        sentence::subscription(t, &self.known, trust, &self.rules, ZONE)
    }
}

async fn found(desk: &Desk, uid: &str) -> Result<Found, WebError> {
    overseers_only(desk)?;
    let (t, registry, uid) = (desk.t, desk.app().registry().clone(), uid.to_owned());
    let (account, administers) = (desk.account_id(), desk.administers());
    let read = desk.reads().run(move |reads| {
        let view = reads.subscription(&uid)?;
        let standing = Standing::of(reads, view.service.clone(), account, administers)?;
        let rules: RuleSet = serde_json::from_str(&view.subscription.rules).unwrap_or_default();
        let known = Known::read(reads, t, &registry, &places_of_rules(&rules))?;
        Ok((standing, Found { view, rules, known }))
    });
    let (standing, found) = read.await?;
    standing.require(Action::Manage)?;
    Ok(found)
}

/// The services that the account may have follow others.
async fn managed(desk: &Desk) -> Result<(Known, Vec<Opt>), WebError> {
    overseers_only(desk)?;
    let (t, registry) = (desk.t, desk.app().registry().clone());
    let (account, administers) = (desk.account_id(), desk.administers());
    let read = desk.reads().run(move |reads| {
        let mut services = Vec::new();
        for service in reads.services()? {
            let standing = Standing::of(reads, service, account, administers)?;
            if standing.may(Action::Manage) {
                services.push(Opt::new(&standing.service.slug, &standing.service.title));
            }
        }
        Ok((Known::read(reads, t, &registry, &[])?, services))
    });
    let (known, services) = read.await?;
    if services.is_empty() && !administers {
        return Err(AppError::forbidden().into());
    }
    Ok((known, services))
}

fn new_form(desk: &Desk, known: &Known, services: Vec<Opt>, rows: usize) -> FormView {
    let choices = forms::SubscriptionChoices {
        services: Some(services),
        ..subscribe::choices(known, desk, Some(rows))
    };
    let button = desk.t.get("subscription-new");
    forms::subscription(desk.t, paths::FEDERATION, &desk.csrf, &choices, &button).cancel(paths::FEDERATION)
}

fn edit_form(desk: &Desk, found: &Found, rows: Option<usize>) -> FormView {
    let choices = subscribe::choices(&found.known, desk, rows);
    let action = paths::subscription(&found.view.subscription.uid);
    forms::subscription(desk.t, &action, &desk.csrf, &choices, &desk.t.get("form-save"))
        .cancel(paths::FEDERATION)
}

/// What the page shows.
struct Shown<'f> {
    found: Option<&'f Found>,
    trial: Option<Trial>,
    form: FormView,
}

impl Shown<'_> {
    fn new(form: FormView) -> Self {
        Self { found: None, trial: None, form }
    }
}

fn page(desk: &Desk, status: StatusCode, shown: Shown<'_>) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let trail = vec![Link::new(t.get("nav-federation"), paths::FEDERATION)];
    let source = shown.found.map(|found| &found.view.source);
    let page = SubscriptionPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Federation, trail),
        heading: source.map_or_else(|| t.get("subscription-new"), |source| source.name.clone()),
        handle: source
            .map_or_else(String::new, |source| straight(&format!("@{}@{}", source.username, source.host))),
        into: shown.found.map_or_else(String::new, |found| found.view.service.title.clone()),
        sentence: shown.found.map_or_else(String::new, |found| found.sentence(t)),
        foreign: shown.found.is_some_and(|found| subscribe::asked_by(&found.rules).is_none()),
        trial: shown.trial,
        form: shown.form,
    };
    desk.page_with(status, &page)
}
