//! The members of a site: who opens one that is for members, who writes in a workshop, who sets it.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use maillage_domain::site::SiteRole;
use maillage_store::rows::{AccountRow, SiteMemberRow, SiteRow};
use maillage_store::{StoreError, Tx};
use serde_json::json;

impl App {
    /// Gives an account of the node a role on a site, or takes it away.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Invalid`] where no account has the
    /// address.
    pub async fn set_site_role(
        &self,
        caller: &Caller,
        site: &str,
        email: &str,
        role: Option<SiteRole>,
    ) -> Result<(), AppError> {
        let (caller, slug, email, now) =
            (caller.clone(), site.to_owned(), email.trim().to_owned(), self.now().timestamp_millis());
        self.writer()
            .run(move |tx| {
                let of = tx.reads().site(&slug)?.site;
                let site = of.id;
                caller.manages_site(tx, site)?;
                tx.take_turn(&format!("site:{site}"))?;
                let account = match tx.reads().account_by_email(&email.to_lowercase()) {
                    Err(StoreError::NotFound) => {
                        return Err(AppError::invalid(
                            "email",
                            "unknown_account",
                            format!("Personne n'a de compte à l'adresse {email} sur ce nœud."),
                            format!("Nobody has an account with the address {email} on this node."),
                        ));
                    }
                    other => other?,
                };
                let known = tx.site_member(site, account.id)?;
                let before = known.as_ref().map(|known| known.role.clone());
                if before.as_deref() != role.map(SiteRole::as_str) {
                    write_down(tx, &of, &account, (before.as_deref(), role))?;
                }
                match (known, role) {
                    (Some(known), Some(role)) => {
                        tx.save_site_member(&SiteMemberRow { role: role.as_str().to_owned(), ..known })?;
                    }
                    (None, Some(role)) => {
                        let row = SiteMemberRow {
                            id: 0,
                            site_id: site,
                            account_id: account.id,
                            role: role.as_str().to_owned(),
                            created_at: now,
                        };
                        tx.insert_site_member(&row)?;
                    }
                    (Some(known), None) => tx.delete_site_member(known.id)?,
                    (None, None) => {}
                }
                Ok(())
            })
            .await
    }
}

/// Notes in the audit log what an account does on a site from now on.
fn write_down(
    tx: &mut Tx<'_>,
    site: &SiteRow,
    account: &AccountRow,
    (before, after): (Option<&str>, Option<SiteRole>),
) -> Result<(), StoreError> {
    let action = match (before, after) {
        (None, _) => "create",
        (_, None) => "remove",
        _ => "change",
    };
    let state =
        |role: Option<&str>| role.map_or_else(|| "{}".to_owned(), |role| json!({ "role": role }).to_string());
    let name = format!("{} – {}", account.display_name, site.title);
    let states = (state(before), state(after.map(SiteRole::as_str)));
    tx.write_down(("role", &account.uid, &name), None, action, states)
}
