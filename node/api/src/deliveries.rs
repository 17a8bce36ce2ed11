//! Deliveries: what goes out to which server, and what came of it.

use crate::answer::{Page, cut};
use crate::caller::{Signed, for_those_in_charge};
use crate::cursor::{self, Kind};
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use actix_web::{get, post, web};
use maillage_store::read::{DeliveryQuery, DeliveryView};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// Where a delivery may stand.
const STATES: [&str; 6] = ["due", "delivered", "refused", "gone", "given_up", "parked"];

/// One activity on its way to one inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// Its id.
    pub id: String,
    /// `due` (waits, or waits to be tried again), `delivered`, `refused` (for good), `gone` (410),
    /// `given_up` (after 30 days) or `parked` (until its server answers again).
    pub state: String,
    /// Host of the server.
    pub host: String,
    /// Inbox.
    pub inbox: String,
    /// Attempts so far.
    pub attempts: i64,
    /// When it is tried next.
    pub due_at: Moment,
    /// HTTP status of the last attempt.
    pub last_status: Option<i64>,
    /// What failed in the last attempt, as a short code.
    pub last_error: Option<String>,
    /// When it was put in the queue.
    pub created_at: Moment,
    /// When it arrived or was given up.
    pub ended_at: Option<Moment>,
    /// What is delivered.
    pub activity: Activity,
}

/// An activity that we send.
#[derive(Debug, Serialize, ToSchema)]
pub struct Activity {
    /// Its id.
    pub uri: String,
    /// ActivityStreams type, such as `Create`.
    pub r#type: String,
    /// Id of what it is about.
    pub object: String,
}

/// Which deliveries are listed.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct Which {
    /// `due`, `delivered`, `refused`, `gone`, `given_up` or `parked`.
    state: Option<String>,
    /// Host of a server, with its port where it has one.
    host: Option<String>,
}

/// Deliveries, for administrators.
#[utoipa::path(
    tag = "federation",
    summary = "Deliveries",
    params(Which, Paging),
    responses((status = 200, description = "Latest first", body = Page<Delivery>)),
    security(("bearer" = [])),
)]
#[get("/deliveries")]
pub async fn list_deliveries(
    signed: Signed,
    mut asked: Parameters,
) -> Result<web::Json<Page<Delivery>>, Problem> {
    let mut query = DeliveryQuery {
        state: asked.one("state")?,
        host: asked.one("host")?.map(|host| host.to_lowercase()),
        ..DeliveryQuery::default()
    };
    let limit = asked.limit()?;
    let after = asked.one("cursor")?.map(|text| cursor::read(Kind::Key, &text)).transpose()?;
    asked.finish()?;
    query.after = after.map(|(_, id)| id);
    if let Some(unknown) = query.state.as_deref().filter(|state| !STATES.contains(state)) {
        return Err(unknown_state(unknown));
    }
    let rows = signed.read(move |reads| reads.listed_deliveries(&query, limit + 1)).await;
    let mut rows = for_those_in_charge(rows)?;
    let next = cut(&mut rows, limit, |last| cursor::write(Kind::Key, 0, last.delivery.id));
    Ok(web::Json(Page { items: rows.into_iter().map(Delivery::of).collect(), next }))
}

/// Has a delivery tried again at once.
#[utoipa::path(
    tag = "federation",
    summary = "Try a delivery again",
    params(("id" = String, Path, description = "Id of the delivery")),
    responses((status = 200, description = "The delivery, due", body = Delivery)),
    security(("bearer" = [])),
)]
#[post("/deliveries/{id}/retry")]
pub async fn retry_delivery(signed: Signed, id: web::Path<String>) -> Result<web::Json<Delivery>, Problem> {
    signed.app().retry_delivery(&signed.caller, &id).await?;
    let read = signed.read(move |reads| reads.delivery_view(&id));
    Ok(web::Json(Delivery::of(read.await?)))
}

fn unknown_state(text: &str) -> Problem {
    let possible = STATES.join(", ");
    Problem::malformed(
        "unknown_value",
        "state",
        format!("« state » : valeur inconnue « {text} ». Possibles : {possible}."),
        format!("“state”: unknown value “{text}”. Possible: {possible}."),
    )
}

impl Delivery {
    fn of(view: DeliveryView) -> Self {
        let DeliveryView { delivery, activity } = view;
        Self {
            id: delivery.uid,
            state: delivery.state,
            host: delivery.host,
            inbox: delivery.inbox,
            attempts: delivery.attempts,
            due_at: Moment(delivery.due_at),
            last_status: delivery.last_status,
            last_error: delivery.last_error,
            created_at: Moment(delivery.created_at),
            ended_at: delivery.ended_at.map(Moment),
            activity: Activity { uri: activity.uri, r#type: activity.kind, object: activity.object_uri },
        }
    }
}
