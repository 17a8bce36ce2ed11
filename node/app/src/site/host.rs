//! Host names of sites.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use maillage_domain::site::host_name;
use maillage_store::Tx;
use maillage_store::rows::SiteRow;

impl App {
    /// Gives a site a host name of its own, or takes it away: a matter of who runs the node, since its address
    /// and its certificate go with it. Only a site that everybody may open has one.
    pub(super) fn set_host(
        &self,
        tx: &mut Tx<'_>,
        caller: &Caller,
        row: &mut SiteRow,
        wanted: Option<&str>,
    ) -> Result<(), AppError> {
        let refused = |code, fr: &str, en: &str| Err(AppError::invalid("host", code, fr, en));
        let Some(wanted) = wanted.map(str::trim) else {
            if row.restricted {
                row.host = None;
            }
            return Ok(());
        };
        let host = if wanted.is_empty() { None } else { host_name(wanted) };
        if host == row.host && (wanted.is_empty() || host.is_some()) && !(row.restricted && host.is_some()) {
            return Ok(());
        }
        caller.administers(tx)?;
        match &host {
            None if !wanted.is_empty() => {
                return refused(
                    "not_a_host",
                    "Écrivez un nom de domaine, par exemple emploi-nevers.fr, sans https:// ni chemin.",
                    "Write a host name, such as emploi-nevers.fr, without https:// or a path.",
                );
            }
            Some(_) if row.restricted => {
                return refused(
                    "restricted",
                    "Seul un site ouvert à tous peut avoir son propre nom de domaine.",
                    "Only a site that everybody may open can have a host name of its own.",
                );
            }
            Some(host) if Some(host.as_str()) == self.addresses().base().host_str() => {
                return refused(
                    "taken",
                    "C'est le nom de domaine du nœud lui-même.",
                    "This is the host name of the node itself.",
                );
            }
            Some(host)
                if tx
                    .reads()
                    .site_hosts()?
                    .iter()
                    .any(|(known, slug)| known == host && *slug != row.slug) =>
            {
                return refused(
                    "taken",
                    "Un autre site a déjà ce nom de domaine.",
                    "Another site has this host name already.",
                );
            }
            _ => {}
        }
        row.host = host;
        Ok(())
    }

    /// The hosts of sites, each with the short name of its site.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn site_hosts(&self) -> Result<Vec<(String, String)>, AppError> {
        Ok(self.system().run(|reads| reads.site_hosts()).await?)
    }
}
