//! What is on its way to other servers, for who administers the node.

use super::{counts, tabs};
use crate::i18n::Translator;
use crate::i18n::When;
use crate::paths;
use crate::views::{DeliveriesPage, DeliveryLine, Empty, Health, Icon, OfficeSection, Tab};
use crate::web::office::keyset::Trail;
use crate::web::office::lines::ago;
use crate::web::office::standing::administrators_only;
use crate::web::office::{PAGE, ZONE, address};
use crate::web::time::moment;
use crate::web::{Desk, Posted, WebError};
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use maillage_store::read::{Cursor, DeliveryQuery, DeliveryView};
use maillage_store::rows::DeliveryRow;
use serde::Deserialize;
use std::collections::BTreeMap;

/// States of deliveries, in the order of the tabs: what is under way, what needs somebody, what is over.
const STATES: [(&str, &str); 6] = [
    ("due", "delivery-due"),
    ("parked", "delivery-parked"),
    ("delivered", "delivery-delivered"),
    ("refused", "delivery-refused"),
    ("gone", "delivery-gone"),
    ("given_up", "delivery-given-up"),
];

/// Which deliveries are asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::office) struct Asked {
    state: String,
    host: String,
    after: String,
}

impl Asked {
    fn state(&self) -> &'static str {
        STATES.iter().map(|(state, _)| *state).find(|state| *state == self.state).unwrap_or(STATES[0].0)
    }

    fn address(&self, state: &str, after: &str) -> String {
        address::with(paths::DELIVERIES, &[("state", state), ("host", &self.host), ("after", after)])
    }
}

/// GET /office/federation/deliveries
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`].
pub(in crate::web::office) async fn list(
    desk: Desk,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    administrators_only(&desk)?;
    let asked = asked.into_inner();
    let trail = Trail::read(&asked.after);
    let query = DeliveryQuery {
        state: Some(asked.state().to_owned()),
        host: Some(asked.host.clone()).filter(|host| !host.is_empty()),
        item: None,
        after: trail.after().map(|cursor| cursor.id),
    };
    let read = desk.reads().run(move |reads| {
        let views = reads.listed_deliveries(&query, PAGE + 1)?;
        let items: Vec<i64> = views.iter().filter_map(|view| view.activity.item_id).collect();
        let titles: BTreeMap<i64, String> = reads.item_titles(&items)?.into_iter().collect();
        Ok((counts(reads, true)?, reads.count_deliveries()?, views, titles))
    });
    let (counts, by_state, mut views, titles) = read.await?;
    let more = views.len() > PAGE as usize;
    views.truncate(PAGE as usize);
    let last = views.last().filter(|_| more);
    let next = last.map(|view| Cursor { sort: view.delivery.id, id: view.delivery.id });
    let t = desk.t;
    let page = DeliveriesPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Federation, Vec::new()),
        tabs: tabs(&desk, paths::DELIVERIES, &counts),
        summary: summary(t, &by_state),
        states: states(t, &asked, &by_state),
        lines: views.iter().map(|view| line(&desk, view, &titles)).collect(),
        empty: Empty {
            icon: Icon("check"),
            title: t.get(if asked.state() == "due" { "deliveries-none" } else { "deliveries-none-so" }),
            text: String::new(),
            action: None,
        },
        paging: trail.paging(t, next, |trail| asked.address(asked.state(), &trail.text())),
    };
    desk.page(&page)
}

fn in_state(by_state: &[(String, i64)], state: &str) -> i64 {
    by_state.iter().find(|(name, _)| name == state).map_or(0, |(_, count)| *count)
}

/// How it goes as a whole, in a sentence.
fn summary(t: Translator, by_state: &[(String, i64)]) -> String {
    let (due, parked) = (in_state(by_state, "due"), in_state(by_state, "parked"));
    let arrived = t.count("deliveries-arrived", in_state(by_state, "delivered"));
    match (due, parked) {
        (0, 0) => t.with("deliveries-well", "arrived", arrived),
        (due, 0) => t.with2("deliveries-under-way", ("arrived", arrived), ("due", t.number(due))),
        (due, parked) => {
            let waiting = t.number(due + parked);
            t.with2("deliveries-waiting", ("arrived", arrived), ("waiting", waiting))
        }
    }
}

fn states(t: Translator, asked: &Asked, by_state: &[(String, i64)]) -> Vec<Tab> {
    STATES
        .iter()
        .map(|(state, key)| Tab {
            label: t.get(key),
            href: asked.address(state, ""),
            count: u64::try_from(in_state(by_state, state)).ok(),
            current: asked.state() == *state,
        })
        .collect()
}

fn line(desk: &Desk, view: &DeliveryView, titles: &BTreeMap<i64, String>) -> DeliveryLine {
    let (t, row) = (desk.t, &view.delivery);
    let kind = kind_name(t, &view.activity.kind);
    let title = view.activity.item_id.and_then(|item| titles.get(&item));
    let ended = row.ended_at.is_some();
    DeliveryLine {
        what: match title {
            Some(title) => t.with2("delivery-about", ("what", kind), ("title", title)),
            None => kind,
        },
        inbox: row.inbox.clone(),
        health: health(row),
        state: t.get(state_key(row)),
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
        answer: answer(t, row),
        since: ago(desk, row.created_at),
        next: (!ended && row.attempts > 0).then(|| When::full(moment(row.due_at), ZONE, t)),
        retry_action: (row.state != "delivered").then(|| format!("{}/{}/retry", paths::DELIVERIES, row.uid)),
    }
}

fn kind_name(t: Translator, kind: &str) -> String {
    let key = match kind {
        "Create" => "activity-create",
        "Update" => "activity-update",
        "Delete" => "activity-delete",
        "Announce" => "activity-announce",
        "Follow" => "activity-follow",
        "Accept" => "activity-accept",
        "Reject" => "activity-reject",
        "Undo" => "activity-undo",
        other => return other.to_owned(),
    };
    t.get(key)
}

fn health(row: &DeliveryRow) -> Health {
    match row.state.as_str() {
        "delivered" => Health::Well,
        "due" if row.attempts == 0 => Health::Waiting,
        "due" | "parked" => Health::Trouble,
        _ => Health::Stopped,
    }
}

fn state_key(row: &DeliveryRow) -> &'static str {
    match row.state.as_str() {
        "due" if row.attempts == 0 => "delivery-is-due",
        "due" => "delivery-is-retried",
        "parked" => "delivery-is-parked",
        "delivered" => "delivery-is-delivered",
        "refused" => "delivery-is-refused",
        "gone" => "delivery-is-gone",
        _ => "delivery-is-given-up",
    }
}

/// The last answer: a status in words, or that there was none.
fn answer(t: Translator, row: &DeliveryRow) -> String {
    let status = row.last_status.and_then(|status| StatusCode::from_u16(u16::try_from(status).ok()?).ok());
    match (status, &row.last_error) {
        (Some(status), _) => status.to_string(),
        (None, Some(error)) => t.with("delivery-no-answer", "error", error),
        (None, None) => String::new(),
    }
}

/// POST /office/federation/deliveries/{delivery}/retry
///
/// # Errors
/// [`maillage_app::AppError::Forbidden`], [`maillage_app::AppError::NotFound`].
pub(in crate::web::office) async fn retry(
    posted: Posted<Desk>,
    uid: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let desk = &posted.from;
    desk.app().retry_delivery(&desk.caller(), &uid).await?;
    Ok(desk.done(paths::DELIVERIES, desk.t.get("delivery-retried")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_tab_and_a_name() {
        let t = Translator::default();
        for (state, key) in STATES {
            assert!(t.has(key), "{key}");
            let asked = Asked { state: state.to_owned(), ..Asked::default() };
            assert_eq!(asked.state(), state);
        }
        assert_eq!(Asked { state: "x".into(), ..Asked::default() }.state(), "due");
    }
}
