//! What is read beside an entry to show it: names, the way it came, why it waits.

use super::{Opened, fields_of};
use crate::views::Origin;
use crate::web::office::known::{Known, named_in, places_of_rules};
use crate::web::office::origin;
use crate::web::{Desk, WebError};
use maillage_domain::service_type::ServiceType;
use maillage_store::read::SubscriptionView;
use std::collections::BTreeMap;

/// What is read beside an entry.
pub(in crate::web::office) struct Beside {
    /// Names of themes and places, of what is published and of what was written last.
    pub known: Known,
    /// Where it comes from.
    pub origin: Origin,
    /// Why a received one waits; empty where it does not, or is our own.
    pub because: String,
    /// Names of who wrote and decided, by key.
    pub names: BTreeMap<i64, String>,
}

/// Reads what an entry is shown with.
///
/// # Errors
/// Those of the database.
pub(in crate::web::office) async fn read(
    desk: &Desk,
    opened: &Opened,
    kind: &ServiceType,
) -> Result<Beside, WebError> {
    let view = opened.detail.view.clone();
    let mut codes = named_in(kind, &opened.fields());
    codes.extend(named_in(kind, &fields_of(&view.item.fields)));
    let people = people(opened);
    let (t, registry) = (desk.t, desk.app().registry().clone());
    let read = desk.reads().run(move |reads| {
        let waits_by = view.entry.subscription_id.filter(|_| view.entry.queued_at.is_some());
        let subscription = match waits_by {
            Some(id) => {
                let all = reads.subscriptions(Some(view.service.id))?;
                all.into_iter().find(|one| one.subscription.id == id)
            }
            None => None,
        };
        codes.extend(subscription.iter().flat_map(places_named));
        let known = Known::read(reads, t, &registry, &codes)?;
        Ok((known, origin::path(reads, &view)?, subscription, reads.account_names(&people)?))
    });
    let (known, path, subscription, names) = read.await?;
    let names: BTreeMap<i64, String> = names.into_iter().collect();
    let view = &opened.detail.view;
    let author = opened.latest().and_then(|revision| names.get(&revision.author_id?).cloned());
    Ok(Beside {
        origin: origin::written_by(origin::of(desk, view, &path), author.unwrap_or_default()),
        because: origin::held_because(desk, view, subscription.as_ref(), &known),
        names,
        known,
    })
}

fn people(opened: &Opened) -> Vec<i64> {
    let wrote = opened.detail.revisions.iter().flat_map(|revision| [revision.author_id, revision.decided_by]);
    let decided = opened.detail.decisions.iter().map(|decision| decision.account_id);
    wrote.chain(decided).flatten().collect()
}

fn places_named(view: &SubscriptionView) -> Vec<String> {
    serde_json::from_str(&view.subscription.rules).map(|rules| places_of_rules(&rules)).unwrap_or_default()
}
