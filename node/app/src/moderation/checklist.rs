//! The points that a moderator has to tick before an item of a type is published.

use super::Step;
use crate::error::AppError;
use maillage_domain::message::Message;
use maillage_domain::service_type::ServiceType;
use maillage_domain::validation::FieldProblem;
use maillage_store::Tx;
use maillage_store::rows::EntryRow;
use serde_json::json;

impl Step<'_> {
    /// Refuses to publish while points of the checklist are not ticked. The node itself, which answers to
    /// nobody, ticks none.
    pub(super) fn all_ticked(&self, service_type: Option<&ServiceType>) -> Result<(), AppError> {
        let Some(service_type) = service_type.filter(|_| self.caller.account_id().is_some()) else {
            return Ok(());
        };
        let points = service_type.checklist.iter().enumerate();
        let problems: Vec<FieldProblem> = points
            .filter(|(number, _)| !self.decision.ticked.contains(number))
            .map(|(_, point)| FieldProblem {
                field: "checklist".to_owned(),
                code: "not_ticked",
                message: Message::new(
                    format!("À vérifier et cocher avant de publier : {}", point.fr),
                    format!("To be checked and ticked before publishing: {}", point.en),
                ),
            })
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(AppError::Invalid { problems }) }
    }

    /// Writes a publication down, with the points that were ticked as they read then.
    pub(super) fn note_publication(
        &self,
        tx: &mut Tx<'_>,
        entry: &EntryRow,
        type_slug: &str,
    ) -> Result<(), AppError> {
        let reason = &self.decision.reason;
        let list =
            self.app.registry().get(type_slug).map(|kind| kind.checklist.as_slice()).unwrap_or_default();
        let ticked: Vec<&Message> =
            self.decision.ticked.iter().filter_map(|number| list.get(*number)).collect();
        let detail = match ticked.is_empty() {
            true => json!({ "reason": reason }),
            false => json!({ "reason": reason, "ticked": ticked }),
        };
        self.note_with(tx, entry, "publish", detail)
    }
}
