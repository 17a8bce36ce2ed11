//! Accounts of the node, for who administers it.

use super::form_page;
use crate::forms;
use crate::i18n::When;
use crate::paths;
use crate::views::{
    AccountLine, AccountsPage, Empty, FormView, Icon, Link, NoticeKind, OfficeSection, Opt, settings_tabs,
};
use crate::web::office::refusal::refused;
use crate::web::office::service::role_name;
use crate::web::office::standing::administrators_only;
use crate::web::time::moment;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_app::AppError;
use maillage_app::account::AccountChange;
use maillage_app::setup::AccountForm;
use maillage_domain::role::Role;
use maillage_store::read::AccountView;
use maillage_store::rows::{OrganisationRow, ServiceRow};

/// Fields that the use cases call otherwise.
const NAMES: [(&str, &str); 1] = [("display_name", "name")];

/// GET /office/settings/accounts
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn list(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let (accounts, roles) = desk.reads().run(|reads| Ok((reads.accounts()?, reads.roles()?))).await?;
    let t = desk.t;
    let page = AccountsPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::ACCOUNTS, true),
        lines: accounts.iter().map(|view| line(&desk, view, &roles)).collect(),
        create_href: Some(paths::ACCOUNT_NEW.to_owned()),
        empty: Empty { icon: Icon("page"), title: t.get("accounts-none"), text: String::new(), action: None },
    };
    desk.page(&page)
}

fn line(desk: &Desk, view: &AccountView, roles: &[(i64, ServiceRow, Role)]) -> AccountLine {
    let (t, account) = (desk.t, &view.account);
    let administers = account.administrator.then(|| t.get("account-administrator"));
    let in_services =
        [Role::ServiceManager, Role::Moderator, Role::Contributor].into_iter().filter_map(|role| {
            let mine = roles.iter().filter(|(id, _, held)| *id == account.id && *held == role);
            let services: Vec<&str> = mine.map(|(_, service, _)| service.title.as_str()).collect();
            let named = ("services", services.join(", "));
            (!services.is_empty()).then(|| t.with2("account-role", ("role", role_name(t, role)), named))
        });
    let made = moment(account.created_at).with_timezone(&crate::web::office::ZONE).date_naive();
    AccountLine {
        link: Link::new(&account.display_name, paths::account(&account.uid)),
        email: account.email.clone(),
        organisation: view.organisation.name.clone(),
        roles: administers.into_iter().chain(in_services).collect(),
        made: When::day(made, t),
        enabled: account.disabled_at.is_none(),
    }
}

/// GET /office/settings/accounts/new
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn new(desk: Desk) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let form = form(&desk, None).await?;
    page(&desk, StatusCode::OK, None, form)
}

/// POST /office/settings/accounts
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn create(posted: Posted<Desk>) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    administrators_only(desk)?;
    let asked = AccountForm {
        email: posted.text("email").to_owned(),
        display_name: posted.text("name").to_owned(),
        password: password(&posted).to_owned(),
    };
    let organisation = Some(posted.text("organisation").to_owned()).filter(|uid| !uid.is_empty());
    let made =
        desk.app().add_account(&desk.caller(), asked, organisation, posted.ticked("administrator")).await;
    match made {
        Ok(account) => {
            let said = desk.t.with("account-made", "name", account.display_name);
            let next = Link::new(desk.t.get("nav-services"), paths::SERVICES);
            Ok(desk.go_and_say(paths::ACCOUNTS, NoticeKind::Done, said, Some(next)))
        }
        Err(error) => {
            let form = form(desk, None).await?.filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &NAMES)?;
            page(desk, status, None, form)
        }
    }
}

/// A password as it was typed: blanks around it belong to it.
pub(super) fn password(posted: &Posted<Desk>) -> &str {
    let sent = posted.fields.iter().find(|(name, _)| name == "password");
    sent.map_or("", |(_, value)| value.as_str())
}

/// GET /office/settings/accounts/{account}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn edit(
    desk: Desk,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let view = account(&desk, &uid).await?;
    let form = form(&desk, Some(&view))
        .await?
        .with_value("name", &view.account.display_name)
        .with_value("email", &view.account.email)
        .with_value("organisation", &view.organisation.uid)
        .with_value("administrator", view.account.administrator.to_string())
        .with_value("disabled", view.account.disabled_at.is_some().to_string());
    page(&desk, StatusCode::OK, Some(&view), form)
}

/// POST /office/settings/accounts/{account}
///
/// # Errors
/// [`AppError::Forbidden`], [`AppError::NotFound`].
pub(in crate::web::office) async fn change(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    let view = account(desk, &uid).await?;
    let change = AccountChange {
        enabled: Some(!posted.ticked("disabled")),
        password: Some(password(&posted).to_owned()).filter(|password| !password.is_empty()),
        display_name: Some(posted.text("name").to_owned()),
        email: Some(posted.text("email").to_owned()),
        organisation: Some(posted.text("organisation").to_owned()),
        administrator: Some(posted.ticked("administrator")),
    };
    match desk.app().change_account(&desk.caller(), &uid, change).await {
        Ok(account) => {
            if posted.ticked("reset_codes") {
                desk.app().reset_second_factor(&desk.caller(), &account.email).await?;
                let said = desk.t.with("account-codes-reset", "name", account.display_name);
                return Ok(desk.done(paths::ACCOUNTS, said));
            }
            let said = desk.t.with("account-changed", "name", account.display_name);
            Ok(desk.done(paths::ACCOUNTS, said))
        }
        Err(error) => {
            let form = form(desk, Some(&view)).await?.filled(&posted.fields);
            let (status, form) = refused(desk.t, form, error, &NAMES)?;
            page(desk, status, Some(&view), form)
        }
    }
}

async fn account(desk: &Desk, uid: &str) -> Result<AccountView, WebError> {
    administrators_only(desk)?;
    let accounts = desk.reads().run(|reads| reads.accounts()).await?;
    accounts.into_iter().find(|view| view.account.uid == uid).ok_or_else(|| AppError::NotFound.into())
}

async fn form(desk: &Desk, view: Option<&AccountView>) -> Result<FormView, WebError> {
    let read = desk.reads().run(|reads| Ok((reads.organisations()?, reads.accounts_with_second_factor()?)));
    let (bodies, with_codes): (Vec<OrganisationRow>, Vec<i64>) = read.await?;
    let codes = view.is_some_and(|view| with_codes.contains(&view.account.id));
    let options = bodies.iter().map(|body| Opt::new(&body.uid, &body.name)).collect();
    let action = view.map_or_else(|| paths::ACCOUNTS.to_owned(), |view| paths::account(&view.account.uid));
    let form = forms::account(desk.t, &action, &desk.csrf, options, view.is_none());
    let form = if codes { forms::with_reset_of_codes(form) } else { form }.cancel(paths::ACCOUNTS);
    // Most accounts are of the node's own house, which was there first.
    let house = bodies.iter().min_by_key(|body| body.id).filter(|_| view.is_none());
    Ok(match house {
        Some(house) => form.with_value("organisation", &house.uid),
        None => form,
    })
}

fn page(
    desk: &Desk,
    status: StatusCode,
    view: Option<&AccountView>,
    form: FormView,
) -> Result<HttpResponse, WebError> {
    let t = desk.t;
    let above = Link::new(t.get("settings-accounts"), paths::ACCOUNTS);
    let heading = view.map_or_else(|| t.get("account-new"), |view| view.account.display_name.clone());
    form_page(desk, status, above, heading, String::new(), form)
}
