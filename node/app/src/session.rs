//! The sessions of one's own account: seen, and ended.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use crate::mail::plain;
use crate::secret;

/// What a browser calls itself is kept up to this length.
const DEVICE: usize = 200;

impl App {
    /// Notes with which browser a session was opened, as it calls itself (`User-Agent`).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn note_device(&self, token: &str, device: &str) -> Result<(), AppError> {
        let hash = secret::digest(token);
        let device: String = plain(device).chars().take(DEVICE).collect();
        self.writer()
            .run(move |tx| {
                let mut row = tx.session_of_token(&hash)?;
                row.device.clone_from(&device);
                Ok::<_, AppError>(tx.save_session(&row)?)
            })
            .await
    }

    /// Ends one session of the caller's own account.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when it is not theirs.
    pub async fn end_session(&self, caller: &Caller, id: i64) -> Result<(), AppError> {
        let account = caller.account_id().ok_or_else(AppError::forbidden)?;
        self.writer().run(move |tx| Ok::<_, AppError>(tx.end_session_of(account, id)?)).await
    }

    /// Ends every session of the caller's own account but the one with this key; answers how many.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn end_other_sessions(&self, caller: &Caller, kept: i64) -> Result<usize, AppError> {
        let account = caller.account_id().ok_or_else(AppError::forbidden)?;
        self.writer().run(move |tx| Ok::<_, AppError>(tx.end_other_sessions(account, kept)?)).await
    }

    /// Ends every session of an account, by its public id: for who administers the node.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn end_sessions_of_account(&self, caller: &Caller, uid: &str) -> Result<(), AppError> {
        let (caller, uid) = (caller.clone(), uid.to_owned());
        self.writer()
            .run(move |tx| {
                caller.administers(tx)?;
                let account = tx.reads().account(&uid)?;
                Ok(tx.end_sessions_of(account.id)?)
            })
            .await
    }
}
