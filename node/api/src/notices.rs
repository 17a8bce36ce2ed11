//! How soon the caller is told by mail.

use crate::body::Posted;
use crate::caller::Signed;
use crate::problem::Problem;
use actix_web::{get, put, web};
use maillage_domain::notice::Pace;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How soon somebody is told of what concerns them.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoticePace {
    /// Within a quarter of an hour.
    AtOnce,
    /// In one mail each morning.
    Daily,
    /// By no mail.
    Never,
}

/// The choice.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Notices {
    /// How soon.
    pub pace: NoticePace,
}

impl From<Pace> for NoticePace {
    fn from(pace: Pace) -> Self {
        match pace {
            Pace::AtOnce => Self::AtOnce,
            Pace::Daily => Self::Daily,
            Pace::Never => Self::Never,
        }
    }
}

impl From<NoticePace> for Pace {
    fn from(pace: NoticePace) -> Self {
        match pace {
            NoticePace::AtOnce => Self::AtOnce,
            NoticePace::Daily => Self::Daily,
            NoticePace::Never => Self::Never,
        }
    }
}

/// How soon the caller is told by mail of what waits for them or concerns them.
#[utoipa::path(
    tag = "people",
    summary = "Own mails",
    responses((status = 200, description = "The choice", body = Notices)),
    security(("bearer" = [])),
)]
#[get("/notices")]
pub async fn notice_pace(signed: Signed) -> Result<web::Json<Notices>, Problem> {
    let pace = signed.app().notice_pace(&signed.caller).await?.into();
    Ok(web::Json(Notices { pace }))
}

/// Chooses how soon the caller is told by mail.
#[utoipa::path(
    tag = "people",
    summary = "Choose own mails",
    request_body = Notices,
    responses((status = 200, description = "The choice", body = Notices)),
    security(("bearer" = [])),
)]
#[put("/notices")]
pub async fn choose_notice_pace(posted: Posted<Notices>) -> Result<web::Json<Notices>, Problem> {
    let Posted { signed, form } = posted;
    signed.app().choose_notice_pace(&signed.caller, form.pace.into()).await?;
    Ok(web::Json(form))
}
