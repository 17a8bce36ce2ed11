//! Activities that are understood, one file each: structure and authority are checked, then a use
//! case carries it out. A new activity is one file and one line of [`ACTIVITIES`].

mod announce;
mod answer;
mod create;
mod delete;
mod follow;
pub mod outgoing;
mod undo;

use crate::context::{Context, Federation};
use crate::fetch::FetchError;
use crate::guard::SignedActivity;
use crate::objects::id_of;
use activitypub_federation::traits::Activity;
use futures_util::future::BoxFuture;
use maillage_app::AppError;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use url::Url;

/// Why a verified activity is not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// Its structure is not what its type wants.
    #[error("malformed: {0}")]
    Malformed(String),
    /// Its actor has no authority over its object.
    #[error("no authority: {0}")]
    Forbidden(String),
    /// It needs something that could not be fetched.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The use case refused.
    #[error(transparent)]
    App(#[from] AppError),
}

impl ReceiveError {
    /// Seconds after which to try again, where that makes sense.
    #[must_use]
    pub fn retry_after(&self) -> Option<i64> {
        match self {
            Self::App(AppError::TooMany { retry_after }) => Some(*retry_after),
            error => (error.status() == 503).then_some(60),
        }
    }

    /// The status that answers it. What is our own fault, or may pass, is 503: peers drop an
    /// activity on 4xx.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) => 400,
            Self::Forbidden(_) => 403,
            Self::Fetch(error) if error.is_passing() => 503,
            Self::Fetch(_) => 400,
            Self::App(error) => match error {
                AppError::Forbidden(_) | AppError::Unauthenticated(_) => 403,
                AppError::NotFound => 404,
                AppError::Invalid { .. } => 400,
                AppError::Conflict(_) => 409,
                AppError::TooMany { .. } => 429,
                AppError::Unavailable(_) | AppError::Internal(_) | AppError::Remote(_) => 503,
            },
        }
    }
}

pub(crate) type Handler = for<'a> fn(Value, &'a Context) -> BoxFuture<'a, Result<(), ReceiveError>>;

/// Every activity that is understood, by its type.
pub(crate) const ACTIVITIES: &[(&str, Handler)] = &[
    ("Follow", |body, context| Box::pin(carry_out::<follow::Follow>(body, context))),
    ("Accept", |body, context| Box::pin(carry_out::<answer::Answer>(body, context))),
    ("Reject", |body, context| Box::pin(carry_out::<answer::Answer>(body, context))),
    ("Undo", |body, context| Box::pin(carry_out::<undo::Undo>(body, context))),
    ("Create", |body, context| Box::pin(carry_out::<create::Create>(body, context))),
    ("Update", |body, context| Box::pin(carry_out::<create::Create>(body, context))),
    ("Delete", |body, context| Box::pin(carry_out::<delete::Delete>(body, context))),
    ("Announce", |body, context| Box::pin(carry_out::<announce::Announce>(body, context))),
];

/// Carries out a verified activity. One of a type that is not understood is left alone.
///
/// # Errors
/// [`ReceiveError`].
pub async fn receive(activity: SignedActivity, context: &Context) -> Result<(), ReceiveError> {
    match ACTIVITIES.iter().find(|(kind, _)| *kind == activity.kind()) {
        Some((_, handler)) => handler(activity.body().clone(), context).await,
        None => {
            tracing::debug!(kind = activity.kind(), "an activity that is not understood");
            Ok(())
        }
    }
}

async fn carry_out<A>(body: Value, context: &Context) -> Result<(), ReceiveError>
where
    A: Activity<DataType = Federation, Error = ReceiveError> + DeserializeOwned + Send,
{
    let activity: A =
        serde_json::from_value(body).map_err(|error| ReceiveError::Malformed(error.to_string()))?;
    activity.verify(context).await?;
    activity.receive(context).await
}

/// An id given as a string or as an object with `id`, or an array of exactly one of these.
pub(crate) fn reference<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let value = match &value {
        Value::Array(one) if one.len() == 1 => &one[0],
        other => other,
    };
    let text = id_of(value).ok_or_else(|| serde::de::Error::custom("not an id"))?;
    Url::parse(text).map_err(serde::de::Error::custom)
}
