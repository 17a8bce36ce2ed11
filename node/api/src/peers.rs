//! The servers that the node exchanges with.

use crate::answer::{Page, Part};
use crate::caller::{Signed, for_those_in_charge};
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use actix_web::{get, web};
use maillage_store::rows::PeerRow;
use serde::Serialize;
use utoipa::ToSchema;

/// Another server.
#[derive(Debug, Serialize, ToSchema)]
pub struct Peer {
    /// Its host, with the port where there is one.
    pub host: String,
    /// The signature scheme that it was last seen to accept.
    pub scheme: String,
    /// Since when it does not answer; null when it does.
    pub failing_since: Option<Moment>,
    /// When it last answered.
    pub answered_at: Option<Moment>,
    /// Whether nothing is exchanged with it.
    pub blocked: bool,
    /// Since when it is known.
    pub created_at: Moment,
}

/// Known servers, for administrators.
#[utoipa::path(
    tag = "federation",
    summary = "Other servers",
    params(Paging),
    responses((status = 200, description = "Every known server, by host", body = Page<Peer>)),
    security(("bearer" = [])),
)]
#[get("/peers")]
pub async fn list_peers(signed: Signed, asked: Parameters) -> Result<web::Json<Page<Peer>>, Problem> {
    let part = Part::of(asked)?;
    let rows = for_those_in_charge(signed.read(|reads| reads.peers()).await)?;
    Ok(web::Json(Page::part(rows.into_iter().map(Peer::of).collect(), &part)))
}

impl Peer {
    fn of(row: PeerRow) -> Self {
        Self {
            host: row.host,
            scheme: row.scheme,
            failing_since: row.failing_since.map(Moment),
            answered_at: row.answered_at.map(Moment),
            blocked: row.blocked,
            created_at: Moment(row.created_at),
        }
    }
}
