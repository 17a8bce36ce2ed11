//! Invitations by e-mail: somebody is asked to make an account, with the roles it will have.

use crate::App;
use crate::address::new_uid;
use crate::answers::check_email;
use crate::caller::Caller;
use crate::error::AppError;
use crate::login::Session;
use crate::mail::{Letter, MailKind, post};
use crate::secret;
use crate::setup::{AccountForm, check_password, new_account};
use maillage_domain::message::Locale;
use maillage_domain::role::{Action, Role};
use maillage_store::read::InvitationView;
use maillage_store::rows::{InvitationRoleRow, InvitationRow};
use maillage_store::{StoreError, Tx};

const DAY: i64 = 24 * 3_600 * 1_000;
/// How long an invitation may be used.
const USABLE: i64 = 7 * DAY;
/// Invitations that one account makes in a day, at most.
const A_DAY: i64 = 50;

/// Whom to invite to what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InvitationForm {
    /// E-mail address.
    pub email: String,
    /// Language of the mail.
    pub locale: Locale,
    /// Whether the account will administer the node.
    pub administrator: bool,
    /// Organisation by its public id; that of the caller, or the node's own, when none.
    pub organisation: Option<String>,
    /// Services by their slugs, with the role in each.
    pub roles: Vec<(String, Role)>,
}

/// Checks that the caller may give what is asked for: an administrator anything, a manager a role in
/// their services.
fn may_invite(
    caller: &Caller,
    tx: &mut Tx<'_>,
    administrator: bool,
    services: &[i64],
) -> Result<(), AppError> {
    if administrator || services.is_empty() {
        return caller.administers(tx);
    }
    services.iter().try_for_each(|service| caller.may(tx, *service, Action::Manage))
}

fn service(tx: &mut Tx<'_>, slug: &str) -> Result<i64, AppError> {
    match tx.reads().service(slug) {
        Ok(row) => Ok(row.id),
        Err(StoreError::NotFound) => Err(AppError::invalid(
            "service",
            "unknown_service",
            "Ce service n'existe pas.",
            "There is no such service.",
        )),
        Err(error) => Err(error.into()),
    }
}

/// The organisation that an invited account will belong to.
fn organisation(tx: &mut Tx<'_>, caller: &Caller, wanted: Option<&str>) -> Result<i64, AppError> {
    let bodies = tx.reads().organisations()?;
    let found = match (wanted, caller) {
        (Some(uid), _) => bodies.iter().find(|body| body.uid == uid).map(|body| body.id),
        (None, Caller::Account(signed_in)) => Some(signed_in.account.organisation_id),
        (None, Caller::Node) => bodies.iter().map(|body| body.id).min(),
    };
    found.ok_or_else(|| {
        AppError::invalid(
            "organisation",
            "unknown_organisation",
            "Cet organisme n'existe pas.",
            "There is no such organisation.",
        )
    })
}

/// Refuses to invite who is here already, or is invited already, or too many in a day.
fn check_free(tx: &mut Tx<'_>, caller: &Caller, folded: &str, now: i64) -> Result<(), AppError> {
    match tx.reads().account_by_email(folded) {
        Ok(_) => {
            return Err(AppError::invalid(
                "email",
                "taken",
                "Un compte a déjà cette adresse : donnez-lui un rôle dans le service.",
                "An account already has this address: give it a role in the service.",
            ));
        }
        Err(StoreError::NotFound) => {}
        Err(error) => return Err(error.into()),
    }
    if tx.reads().open_invitation(folded, now)?.is_some() {
        return Err(AppError::invalid(
            "email",
            "invited",
            "Cette adresse est déjà invitée : renvoyez l'invitation, ou annulez-la d'abord.",
            "This address is invited already: send the invitation again, or take it back first.",
        ));
    }
    if let Some(account) = caller.account_id()
        && tx.reads().invitations_since(account, now - DAY)? >= A_DAY
    {
        return Err(AppError::TooMany { retry_after: DAY / 1_000 });
    }
    Ok(())
}

impl App {
    /// Invites an address. The mail is on its way when this answers.
    ///
    /// # Errors
    /// [`AppError::Invalid`], [`AppError::Forbidden`]; [`AppError::TooMany`] after fifty in a day;
    /// [`AppError::Conflict`] where the node sends no mail.
    pub async fn invite(&self, caller: &Caller, form: InvitationForm) -> Result<InvitationRow, AppError> {
        check_email(&form.email)?;
        self.needs_mail()?;
        let (app, caller, now) = (self.clone(), caller.clone(), self.now());
        self.writer()
            .run(move |tx| {
                let mut roles = Vec::new();
                for (slug, role) in &form.roles {
                    roles.push((service(tx, slug)?, *role));
                }
                let services: Vec<i64> = roles.iter().map(|(service, _)| *service).collect();
                may_invite(&caller, tx, form.administrator, &services)?;
                if form.organisation.is_some() {
                    caller.administers(tx)?;
                }
                let email = form.email.trim().to_owned();
                let folded = email.to_lowercase();
                tx.take_turn(&format!("invitation:{folded}"))?;
                check_free(tx, &caller, &folded, now.timestamp_millis())?;
                let mut row = InvitationRow {
                    id: 0,
                    uid: new_uid(now),
                    email,
                    email_folded: folded,
                    locale: form.locale.code().to_owned(),
                    administrator: form.administrator,
                    organisation_id: organisation(tx, &caller, form.organisation.as_deref())?,
                    invited_by: caller.account_id(),
                    token_hash: None,
                    created_at: now.timestamp_millis(),
                    expires_at: now.timestamp_millis() + USABLE,
                    used_at: None,
                    revoked_at: None,
                };
                row.id = tx.insert_invitation(&row)?;
                for (service_id, role) in roles {
                    let role = role.as_str().to_owned();
                    tx.insert_invitation_role(&InvitationRoleRow {
                        id: 0,
                        invitation_id: row.id,
                        service_id,
                        role,
                    })?;
                }
                app.write_to_invited(tx, &row.uid, now.timestamp_millis())?;
                Ok(row)
            })
            .await
    }

    fn write_to_invited(&self, tx: &mut Tx<'_>, uid: &str, now: i64) -> Result<(), AppError> {
        let view = tx.reads().invitation(uid)?;
        let node = tx.reads().node()?.map(|node| node.name).unwrap_or_default();
        let roles: Vec<(String, Role)> =
            view.roles.iter().map(|(service, role)| (service.title.clone(), *role)).collect();
        let invited = crate::mail::Invited {
            by: view.invited_by.as_deref(),
            administrator: view.invitation.administrator,
            roles: &roles,
        };
        let row = &view.invitation;
        let locale = Locale::from_code(&row.locale);
        let letter = Letter::invitation(locale, &invited, &node, self.addresses().base().as_str());
        post(tx, MailKind::Invitation, Some(row.id), (&row.email, locale), letter, now)
    }

    /// Sends an invitation again, with a new link that may be used for seven days; the old link ends.
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::NotFound`]; [`AppError::Conflict`] when it was used or
    /// taken back, or the node sends no mail.
    pub async fn invite_again(&self, caller: &Caller, uid: &str) -> Result<(), AppError> {
        self.needs_mail()?;
        let (app, caller, uid) = (self.clone(), caller.clone(), uid.to_owned());
        let now = self.now().timestamp_millis();
        self.writer()
            .run(move |tx| {
                let mut row = open_invitation(tx, &caller, &uid)?;
                row.expires_at = now + USABLE;
                row.token_hash = None;
                tx.save_invitation(&row)?;
                app.write_to_invited(tx, &uid, now)
            })
            .await
    }

    /// Takes an invitation back: its link ends at once.
    ///
    /// # Errors
    /// As [`App::invite_again`].
    pub async fn take_invitation_back(&self, caller: &Caller, uid: &str) -> Result<(), AppError> {
        let (caller, uid, now) = (caller.clone(), uid.to_owned(), self.now().timestamp_millis());
        self.writer()
            .run(move |tx| {
                let mut row = open_invitation(tx, &caller, &uid)?;
                row.revoked_at = Some(now);
                Ok(tx.save_invitation(&row)?)
            })
            .await
    }

    /// The invitation that a link leads to.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the link is none of ours, or can no longer be used.
    pub async fn invitation_of_link(&self, token: &str) -> Result<InvitationView, AppError> {
        let (hash, now) = (secret::digest(token), self.now().timestamp_millis());
        let view = self.system().run(move |reads| reads.invitation_of_link(&hash)).await?;
        if is_usable(&view.invitation, now) { Ok(view) } else { Err(AppError::NotFound) }
    }

    /// Makes the account of an invitation, for who has its link, and signs it in.
    ///
    /// # Errors
    /// [`AppError::Invalid`]; [`AppError::NotFound`] when the link can no longer be used.
    pub async fn accept_invitation(
        &self,
        token: &str,
        name: &str,
        password: &str,
    ) -> Result<Session, AppError> {
        self.invitation_of_link(token).await?;
        if name.trim().is_empty() || name.chars().count() > 140 {
            return Err(AppError::invalid(
                "name",
                "required",
                "Donnez votre nom (140 signes au plus).",
                "Give your name (at most 140 characters).",
            ));
        }
        check_password(password)?;
        let hash = secret::hash_password(password.to_owned()).await?;
        let (token_hash, name, now) = (secret::digest(token), name.to_owned(), self.now());
        let made = self.writer().run(move |tx| accept(tx, &token_hash, &name, &hash, now));
        self.open_session(made.await?).await
    }
}

/// Makes the account and gives it its roles; answers its key.
fn accept(
    tx: &mut Tx<'_>,
    token_hash: &str,
    name: &str,
    password_hash: &str,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<i64, AppError> {
    let view = tx.reads().invitation_of_link(token_hash)?;
    // One after the other: a link is used once.
    tx.take_turn(&format!("invitation:{}", view.invitation.email_folded))?;
    let view = tx.reads().invitation_of_link(token_hash)?;
    let mut row = view.invitation.clone();
    if !is_usable(&row, now.timestamp_millis()) || !inviter_still_may(tx, &view)? {
        return Err(AppError::NotFound);
    }
    let form =
        AccountForm { email: row.email.clone(), display_name: name.to_owned(), password: String::new() };
    let mut account = new_account(&form, password_hash.to_owned(), row.organisation_id, now);
    account.administrator = row.administrator;
    account.locale.clone_from(&row.locale);
    // Whoever invites is who gives what the account may do.
    tx.acts_for(row.invited_by);
    account.id = match tx.insert_account(&account) {
        Err(StoreError::Conflict { .. }) => return Err(AppError::NotFound),
        other => other?,
    };
    for (service, role) in &view.roles {
        tx.set_role(account.id, service.id, Some(role.as_str()), now.timestamp_millis())?;
    }
    row.used_at = Some(now.timestamp_millis());
    row.token_hash = None;
    tx.save_invitation(&row)?;
    Ok(account.id)
}

fn is_usable(row: &InvitationRow, now: i64) -> bool {
    row.used_at.is_none() && row.revoked_at.is_none() && row.expires_at > now
}

/// Whoever lost the right to give these roles meanwhile does not give them by an old invitation.
fn inviter_still_may(tx: &mut Tx<'_>, view: &InvitationView) -> Result<bool, AppError> {
    let Some(by) = view.invitation.invited_by else { return Ok(true) };
    let account = tx.reads().account_by_id(by)?;
    if account.disabled_at.is_some() {
        return Ok(false);
    }
    if account.administrator {
        return Ok(true);
    }
    let mut may = !view.invitation.administrator && !view.roles.is_empty();
    for (service, _) in &view.roles {
        let role = tx.reads().role(by, service.id)?;
        may &= role.is_some_and(|role| role.allows(Action::Manage));
    }
    Ok(may)
}

/// An invitation that the caller may change and that is still open.
fn open_invitation(tx: &mut Tx<'_>, caller: &Caller, uid: &str) -> Result<InvitationRow, AppError> {
    let view = tx.reads().invitation(uid)?;
    let services: Vec<i64> = view.roles.iter().map(|(service, _)| service.id).collect();
    may_invite(caller, tx, view.invitation.administrator, &services)?;
    if view.invitation.used_at.is_some() || view.invitation.revoked_at.is_some() {
        return Err(AppError::conflict(
            "Cette invitation a déjà servi, ou a été annulée.",
            "This invitation was used already, or taken back.",
        ));
    }
    Ok(view.invitation)
}
