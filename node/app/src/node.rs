//! The node's own description: how it is called and which territory it is for.

use crate::App;
use crate::answers::{NodeForm, unknown_territory};
use crate::caller::Caller;
use crate::error::AppError;
use maillage_domain::event::DomainEvent;
use maillage_store::rows::NodeRow;

impl App {
    /// Gives the node another name or territory. An organisation that bears the old name takes the new
    /// one, and everybody who follows one of the services hears of it: its actor names the node.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`].
    pub async fn change_node(&self, caller: &Caller, form: NodeForm) -> Result<NodeRow, AppError> {
        let territory = form.checked()?.to_string();
        let (caller, name, now) = (caller.clone(), form.name.trim().to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let mut node = tx.reads().node()?.ok_or(AppError::NotFound)?;
                tx.reads().place(&territory).map_err(|_| unknown_territory(&territory))?;
                let old = std::mem::replace(&mut node.name, name.clone());
                node.territory.clone_from(&territory);
                tx.save_node(&node)?;
                let mut actor = tx.reads().node_actor()?;
                actor.name.clone_from(&node.name);
                actor.fetched_at = now.timestamp_millis();
                tx.save_actor(&actor)?;
                for mut body in tx.reads().organisations()?.into_iter().filter(|body| body.name == old) {
                    body.name.clone_from(&node.name);
                    body.territory = Some(node.territory.clone());
                    tx.save_organisation(&body)?;
                }
                for service in tx.reads().services()? {
                    tx.record(&DomainEvent::ServiceUpdated { service: service.id }, now.timestamp_millis())?;
                }
                Ok(node)
            })
            .await
    }
}
