//! Accounts of the node, for administrators.

use crate::answer::{Page, Part, created, done};
use crate::body::Posted;
use crate::caller::{Signed, for_those_in_charge};
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use maillage_app::account::AccountChange;
use maillage_app::setup::AccountForm;
use maillage_store::StoreError;
use maillage_store::read::AccountView;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// E-mail address.
    pub email: String,
    /// Name shown to others.
    pub display_name: String,
    /// Id of its organisation.
    pub organisation: String,
    /// Name of its organisation.
    pub organisation_name: String,
    /// Whether it administers the node.
    pub administrator: bool,
    /// Whether it may be used.
    pub enabled: bool,
    /// When it was made.
    pub created_at: Moment,
}

/// An account to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// E-mail address.
    #[schema(format = "email", min_length = 3)]
    email: String,
    /// Name shown to others; the part of the address before `@` when empty.
    display_name: String,
    /// Password, at least 12 characters.
    #[schema(format = Password, min_length = 12, max_length = 512)]
    password: String,
    /// Id of its organisation; the node's own when nothing is said.
    organisation: Option<String>,
    /// Whether it administers the node.
    #[serde(default)]
    administrator: bool,
}

/// What changes of an account; what is left out stays. Its sessions end; its tokens stop while it is
/// not enabled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangedAccount {
    /// Whether it may be used.
    enabled: Option<bool>,
    /// A new password, at least 12 characters.
    #[schema(format = Password, min_length = 12, max_length = 512)]
    password: Option<String>,
}

/// Accounts, for administrators.
#[utoipa::path(
    tag = "people",
    summary = "Accounts",
    params(Paging),
    responses((status = 200, description = "Every account, by name", body = Page<Account>)),
    security(("bearer" = [])),
)]
#[get("/accounts")]
pub async fn list_accounts(signed: Signed, asked: Parameters) -> Result<web::Json<Page<Account>>, Problem> {
    let part = Part::of(asked)?;
    Ok(web::Json(Page::part(accounts(&signed).await?, &part)))
}

/// Makes an account.
#[utoipa::path(
    tag = "people",
    summary = "Make an account",
    request_body = NewAccount,
    responses((status = 201, description = "The account", body = Account)),
    security(("bearer" = [])),
)]
#[post("/accounts")]
pub async fn create_account(posted: Posted<NewAccount>) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    let person = AccountForm { email: form.email, display_name: form.display_name, password: form.password };
    let row = signed.app().add_account(&signed.caller, person, form.organisation, form.administrator).await?;
    let account = account(&signed, &row.uid).await?;
    Ok(created("/accounts", &account))
}

/// Enables or disables an account, or sets its password.
#[utoipa::path(
    tag = "people",
    summary = "Change an account",
    params(("id" = String, Path, description = "Id of the account")),
    request_body = ChangedAccount,
    responses((status = 200, description = "The account as it is now", body = Account)),
    security(("bearer" = [])),
)]
#[patch("/accounts/{id}")]
pub async fn change_account(
    posted: Posted<ChangedAccount>,
    id: web::Path<String>,
) -> Result<web::Json<Account>, Problem> {
    let Posted { signed, form } = posted;
    let change = AccountChange { enabled: form.enabled, password: form.password, ..AccountChange::default() };
    signed.app().change_account(&signed.caller, &id, change).await?;
    Ok(web::Json(account(&signed, &id).await?))
}

/// Ends every session of an account: each browser has to sign in again. Its tokens stay.
#[utoipa::path(
    tag = "people",
    summary = "End the sessions of an account",
    params(("id" = String, Path, description = "Id of the account")),
    responses((status = 204, description = "It is signed in nowhere")),
    security(("bearer" = [])),
)]
#[delete("/accounts/{id}/sessions")]
pub async fn end_sessions(signed: Signed, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    signed.app().end_sessions_of_account(&signed.caller, &id).await?;
    Ok(done())
}

async fn accounts(signed: &Signed) -> Result<Vec<Account>, Problem> {
    let views = for_those_in_charge(signed.read(|reads| reads.accounts()).await)?;
    Ok(views.into_iter().map(Account::of).collect())
}

async fn account(signed: &Signed, id: &str) -> Result<Account, Problem> {
    let id = id.to_owned();
    signed
        .read(move |reads| {
            let account = reads.account(&id)?;
            let bodies = reads.organisations()?;
            let body = bodies.into_iter().find(|body| body.id == account.organisation_id);
            Ok(Account::of(AccountView { account, organisation: body.ok_or(StoreError::NotFound)? }))
        })
        .await
}

impl Account {
    fn of(view: AccountView) -> Self {
        let AccountView { account, organisation } = view;
        Self {
            id: account.uid,
            email: account.email,
            display_name: account.display_name,
            organisation: organisation.uid,
            organisation_name: organisation.name,
            administrator: account.administrator,
            enabled: account.disabled_at.is_none(),
            created_at: Moment(account.created_at),
        }
    }
}
