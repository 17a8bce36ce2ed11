//! Other servers: how they want to be signed to, and the key we sign fetches with.

use crate::App;
use crate::error::AppError;

impl App {
    /// The signature scheme that a host was last seen to accept, by its short name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn scheme_of(&self, host: &str) -> Result<Option<String>, AppError> {
        let host = host.to_owned();
        Ok(self.system().run(move |reads| Ok(reads.peer(&host)?.map(|peer| peer.scheme))).await?)
    }

    /// Remembers the signature scheme that a host has accepted after refusing the other.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn remember_scheme(&self, host: &str, scheme: &'static str) -> Result<(), AppError> {
        let (host, now) = (host.to_owned(), self.now().timestamp_millis());
        self.writer()
            .run(move |tx| -> Result<(), AppError> {
                tx.take_turn(&format!("peer:{host}"))?;
                let mut peer = tx.peer_of(&host, now)?;
                peer.scheme = scheme.to_owned();
                Ok(tx.save_peer(&peer)?)
            })
            .await
    }

    /// Id and actor of the key with which the node signs its fetches.
    ///
    /// # Errors
    /// [`AppError::NotFound`] before the node is made.
    pub async fn node_key(&self) -> Result<(String, i64), AppError> {
        Ok(self.system().run(|reads| reads.node_actor().map(|actor| (actor.key_id, actor.id))).await?)
    }
}
