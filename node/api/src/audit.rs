//! The audit log: who did what, when, and what it was before and after.

use crate::answer::{Page, cut};
use crate::caller::{Signed, for_those_in_charge};
use crate::cursor::{self, Kind};
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use actix_web::{get, web};
use maillage_store::read::{AuditQuery, AuditView};
use serde::Serialize;
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

/// A line of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditLine {
    /// When.
    pub at: Moment,
    /// Name of who did it; null for the node itself.
    pub who: Option<String>,
    /// Title of the service that it concerns.
    pub service: Option<String>,
    /// What kind of thing: `account`, `role`, `invitation`, `second_factor`, `token`, `item`, `service`,
    /// `subscription`, `follower`, `site`, `placement`, `organisation` or `node`.
    pub subject: String,
    /// Public id of the thing.
    pub id: String,
    /// Its name at that moment.
    pub name: String,
    /// `create`, `change`, `remove`, or the name of a decision.
    pub action: String,
    /// What has changed, before: an object.
    #[schema(value_type = Object)]
    pub before: Value,
    /// What has changed, after: an object.
    #[schema(value_type = Object)]
    pub after: Value,
}

/// Which lines are listed.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct Which {
    /// Short name of a service.
    service: Option<String>,
    /// A kind of thing, such as `account`.
    subject: Option<String>,
}

/// The audit log: all of it for administrators, what concerns their services for managers. Nothing in it
/// is ever changed or deleted.
#[utoipa::path(
    tag = "people",
    summary = "Audit log",
    params(Which, Paging),
    responses((status = 200, description = "Latest first", body = Page<AuditLine>)),
    security(("bearer" = [])),
)]
#[get("/audit")]
pub async fn list_audit(
    signed: Signed,
    mut asked: Parameters,
) -> Result<web::Json<Page<AuditLine>>, Problem> {
    let (slug, subject) = (asked.one("service")?, asked.one("subject")?);
    let limit = asked.limit()?;
    let after = asked.one("cursor")?.map(|text| cursor::read(Kind::Key, &text)).transpose()?;
    asked.finish()?;
    let read = signed.read(move |reads| {
        let service = slug.map(|slug| reads.service(&slug)).transpose()?.map(|row| row.id);
        let older_than = after.map(|(_, id)| id);
        reads.audit(&AuditQuery { service, subject, older_than, ..AuditQuery::default() }, limit + 1)
    });
    let mut rows = for_those_in_charge(read.await)?;
    let next = cut(&mut rows, limit, |last| cursor::write(Kind::Key, 0, last.line.id));
    Ok(web::Json(Page { items: rows.into_iter().map(AuditLine::of).collect(), next }))
}

impl AuditLine {
    fn of(view: AuditView) -> Self {
        let line = view.line;
        let object = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
        Self {
            at: Moment(line.at),
            who: view.who,
            service: view.service,
            subject: line.subject,
            id: line.subject_uid,
            name: line.subject_name,
            action: line.action,
            before: object(&line.before),
            after: object(&line.after),
        }
    }
}
