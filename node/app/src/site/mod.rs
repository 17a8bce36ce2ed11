//! Sites: what visitors open. Their sections, first page, pages and members are below.

pub mod block;
mod host;
mod member;
pub mod page;
mod placement;

pub use placement::PlacementForm;

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::error::AppError;
use crate::media::SentFile;
use chrono::{DateTime, Utc};
use maillage_domain::site::{SiteKind, SiteRole};
use maillage_domain::text::is_slug;
use maillage_store::Tx;
use maillage_store::rows::{MediaRow, SiteMemberRow, SiteRow};

/// What is set of a site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SiteForm {
    /// Title.
    pub title: String,
    /// Kind.
    pub kind: SiteKind,
    /// Whether only people of the node may open it; a workshop always is.
    pub restricted: bool,
    /// Whether of them only its members may; a workshop always is for its members.
    pub members_only: bool,
    /// A sentence under the title.
    pub intro: String,
    /// Accent colour, `#rrggbb`; empty for the default.
    pub accent: String,
    /// Host name of its own; empty for none, nothing to leave it as it is.
    pub host: Option<String>,
}

/// The accent of a site whose maker chose none.
pub const DEFAULT_ACCENT: &str = "#1f5f8b";

impl SiteForm {
    fn check(&self) -> Result<(), AppError> {
        if self.title.trim().is_empty() || self.title.chars().count() > 140 {
            return Err(AppError::invalid(
                "title",
                "required",
                "Donnez un titre au site (140 signes au plus).",
                "Give the site a title (at most 140 characters).",
            ));
        }
        let hex = self.accent.strip_prefix('#').unwrap_or_default();
        let colour = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
        if !self.accent.is_empty() && !colour {
            return Err(AppError::invalid(
                "accent",
                "not_a_colour",
                "Écrivez une couleur telle que #1f5f8b.",
                "Write a colour such as #1f5f8b.",
            ));
        }
        Ok(())
    }

    fn put(&self, row: &mut SiteRow) {
        row.title = self.title.trim().to_owned();
        row.kind = self.kind.as_str().to_owned();
        row.members_only = self.members_only || self.kind == SiteKind::Workshop;
        row.restricted = self.restricted || row.members_only;
        row.intro = self.intro.trim().chars().take(1_000).collect();
        row.accent =
            if self.accent.is_empty() { DEFAULT_ACCENT.to_owned() } else { self.accent.to_lowercase() };
    }
}

impl App {
    /// Makes a site with nothing on it.
    ///
    /// # Errors
    /// As [`App::make_site`].
    pub async fn add_site(&self, caller: &Caller, slug: &str, form: SiteForm) -> Result<SiteRow, AppError> {
        self.make_site(caller, slug, form, Vec::new(), None).await
    }

    /// Makes a site that shows these services, by their short names, each in its usual order, with its
    /// legal notice and its accessibility statement to be completed. Whoever makes it manages it.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who manages no service and does not administer the node;
    /// [`AppError::Invalid`].
    pub async fn make_site(
        &self,
        caller: &Caller,
        slug: &str,
        form: SiteForm,
        services: Vec<String>,
        logo: Option<SentFile>,
    ) -> Result<SiteRow, AppError> {
        form.check()?;
        // A page of the back office is called so.
        if !is_slug(slug) || slug == "new" {
            return Err(AppError::invalid(
                "slug",
                "not_a_slug",
                "Écrivez un nom court de 2 à 48 lettres minuscules, chiffres ou tirets, par exemple « nevers ».",
                "Write a short name of 2 to 48 lower-case letters, digits or hyphens, such as “nevers”.",
            ));
        }
        let keeping = self.keeps_media().await;
        let logo = match logo {
            Some(file) => Some(self.keep_logo("logo", file).await?),
            None => None,
        };
        let (caller, slug, now, app) = (caller.clone(), slug.to_owned(), self.now(), self.clone());
        let made = self
            .writer()
            .run(move |tx| {
                caller.makes_sites(tx)?;
                let millis = now.timestamp_millis();
                let mut row = SiteRow {
                    id: 0,
                    uid: new_uid(now),
                    slug: slug.clone(),
                    title: String::new(),
                    kind: String::new(),
                    restricted: false,
                    intro: String::new(),
                    accent: String::new(),
                    host: None,
                    created_at: millis,
                    updated_at: millis,
                    members_only: false,
                    logo_id: logo_key(tx, logo.as_ref())?,
                };
                form.put(&mut row);
                app.set_host(tx, &caller, &mut row, form.host.as_deref())?;
                row.id = match tx.insert_site(&row) {
                    Err(maillage_store::StoreError::Conflict { .. }) => {
                        return Err(AppError::invalid(
                            "slug",
                            "taken",
                            "Un site porte déjà ce nom court.",
                            "A site already has this short name.",
                        ));
                    }
                    other => other?,
                };
                furnish(&app, tx, &caller, &row, &services, now)?;
                Ok(row)
            })
            .await;
        drop(keeping);
        made
    }

    /// Changes a site.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn change_site(
        &self,
        caller: &Caller,
        slug: &str,
        form: SiteForm,
    ) -> Result<SiteRow, AppError> {
        form.check()?;
        let (caller, slug, now, app) = (caller.clone(), slug.to_owned(), self.now(), self.clone());
        self.writer()
            .run(move |tx| {
                let mut row = tx.reads().site(&slug)?.site;
                caller.manages_site(tx, row.id)?;
                form.put(&mut row);
                app.set_host(tx, &caller, &mut row, form.host.as_deref())?;
                row.updated_at = now.timestamp_millis();
                tx.save_site(&row)?;
                Ok(row)
            })
            .await
    }

    /// Gives a site a logo, or takes it away.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Invalid`] where the picture cannot be
    /// used.
    pub async fn set_logo(
        &self,
        caller: &Caller,
        slug: &str,
        logo: Option<SentFile>,
    ) -> Result<(), AppError> {
        let keeping = self.keeps_media().await;
        let logo = match logo {
            Some(file) => Some(self.keep_logo("logo", file).await?),
            None => None,
        };
        let (caller, slug, now) = (caller.clone(), slug.to_owned(), self.now().timestamp_millis());
        let former = self.writer().run(move |tx| {
            let view = tx.reads().site(&slug)?;
            caller.manages_site(tx, view.site.id)?;
            let logo_id = logo_key(tx, logo.as_ref())?;
            tx.save_site(&SiteRow { logo_id, updated_at: now, ..view.site })?;
            if let Some(former) = &view.logo {
                tx.delete_media(former.id)?;
            }
            Ok::<_, AppError>(view.logo.map(|former| former.sha256))
        });
        let former = former.await?;
        drop(keeping);
        self.forget_media(former.into_iter().collect()).await
    }
}

fn logo_key(tx: &mut Tx<'_>, logo: Option<&MediaRow>) -> Result<Option<i64>, AppError> {
    Ok(logo.map(|row| tx.insert_media(row)).transpose()?)
}

/// What a new site has from the first moment: who manages it, sections, the pages it owes its readers.
fn furnish(
    app: &App,
    tx: &mut Tx<'_>,
    caller: &Caller,
    site: &SiteRow,
    services: &[String],
    now: DateTime<Utc>,
) -> Result<(), AppError> {
    if let Some(account) = caller.account_id() {
        let role = SiteRole::Manager.as_str().to_owned();
        let created_at = now.timestamp_millis();
        tx.insert_site_member(&SiteMemberRow {
            id: 0,
            site_id: site.id,
            account_id: account,
            role,
            created_at,
        })?;
    }
    for (service, position) in services.iter().zip(1..) {
        placement::insert_usual(app, tx, caller, site.id, service, position, now)?;
    }
    if site.restricted { Ok(()) } else { page::insert_owed(tx, site, now) }
}
