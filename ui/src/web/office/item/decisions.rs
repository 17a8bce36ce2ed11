//! What the account may decide on an item now, and the reasons that only have to be chosen.

use super::{Opened, editor};
use crate::i18n::{Translator, When};
use crate::paths;
use crate::views::{Decisions, Link, Reason};
use crate::web::Desk;
use crate::web::office::ZONE;
use crate::web::time::moment;
use maillage_domain::role::Action;
use maillage_domain::service_type::ServiceType;
use maillage_domain::workflow::{EntryState, Transition};

/// Reasons for declining, in the order in which they are offered.
const REASONS: [&str; 6] = [
    "reason-incomplete",
    "reason-unclear",
    "reason-off-topic",
    "reason-duplicate",
    "reason-copied",
    "reason-past",
];

/// The ready reasons: those of the service, or the usual ones.
fn reasons(t: Translator, own: &[String]) -> Vec<Reason> {
    if own.is_empty() {
        return REASONS.iter().map(|key| Reason(t.get(key))).collect();
    }
    own.iter().cloned().map(Reason).collect()
}

/// When it is to be published, in words.
fn scheduled(t: Translator, opened: &Opened) -> Option<String> {
    let at = moment(opened.detail.view.publish_at?);
    Some(t.with("schedule-stands", "at", When::full(at, ZONE, t).text))
}

/// What may be decided. `back` is where to go afterwards.
pub(in crate::web::office) fn decisions(
    desk: &Desk,
    opened: &Opened,
    kind: &ServiceType,
    back: &str,
) -> Decisions {
    let (t, entry) = (desk.t, &opened.detail.view.entry);
    let step = |transition: Transition| paths::entry_step(&entry.uid, transition.as_str());
    let offered = if entry.home { own(desk, opened) } else { received(opened) };
    let offer = |transition: Transition| offered.contains(&transition).then(|| step(transition));
    let waits_for_others = entry.home
        && opened.written() == Some(EntryState::Submitted)
        && opened.standing.may(Action::Moderate)
        && !offered.contains(&Transition::Publish);
    let may_edit = opened.may_edit(desk.account_id());
    let edit = paths::entry_step(&entry.uid, "edit");
    let goes_on =
        [Transition::Submit, Transition::Publish].iter().any(|step| offered.contains(step)) || may_edit;
    let missing = if entry.home && goes_on && opened.written() != Some(EntryState::Published) {
        editor::missing(t, kind, &opened.fields())
    } else {
        Vec::new()
    };
    Decisions {
        t,
        csrf: desk.csrf.clone(),
        revision: opened.seen().to_string(),
        back: back.to_owned(),
        submit: offer(Transition::Submit),
        publish: offer(Transition::Publish).filter(|_| missing.is_empty()),
        decline: offer(Transition::Decline),
        withdraw: offer(Transition::Withdraw),
        missing: missing
            .into_iter()
            .map(|link| {
                Link::new(link.label, if may_edit { format!("{edit}{}", link.href) } else { String::new() })
            })
            .collect(),
        edit: may_edit.then_some(edit),
        reasons: reasons(t, &opened.reasons),
        checklist: kind.checklist.iter().map(|point| t.say(point)).collect(),
        scheduled: scheduled(t, opened).unwrap_or_default(),
        unschedule: (opened.detail.view.publish_at.is_some() && opened.standing.may(Action::Moderate))
            .then(|| paths::entry_step(&entry.uid, "unschedule")),
        take_back: (opened.written() == Some(EntryState::Submitted)
            && opened.is_own(desk.account_id())
            && opened.standing.may(Action::Contribute))
        .then(|| paths::entry_step(&entry.uid, "take-back")),
        note: if waits_for_others { t.get("decide-own") } else { String::new() },
        problem: String::new(),
        typed: String::new(),
    }
}

/// Steps of an own item.
fn own(desk: &Desk, opened: &Opened) -> Vec<Transition> {
    let account = desk.account_id();
    let (state, written) = (opened.state(), opened.written().unwrap_or(EntryState::Draft));
    let moderates = opened.standing.may(Action::Moderate);
    let mut steps = Vec::new();
    let correction_waits = written == EntryState::Submitted;
    let can_be_submitted = match state {
        EntryState::Published => matches!(written, EntryState::Draft | EntryState::Declined),
        _ => state.after(Transition::Submit).is_ok() && !correction_waits,
    };
    if can_be_submitted && opened.may_edit(account) {
        steps.push(Transition::Submit);
    }
    // Nobody decides on what they have written, unless the service allows it.
    let may_decide = moderates && (!opened.is_own(account) || opened.standing.service.self_validation);
    if correction_waits && may_decide {
        steps.extend([Transition::Publish, Transition::Decline]);
    }
    if moderates && state.after(Transition::Withdraw).is_ok() {
        steps.push(Transition::Withdraw);
    }
    steps
}

/// Steps of a received item: its origin alone changes what it says.
fn received(opened: &Opened) -> Vec<Transition> {
    if !opened.standing.may(Action::Moderate) || opened.detail.view.item.withdrawn_at.is_some() {
        return Vec::new();
    }
    let steps = [Transition::Publish, Transition::Decline, Transition::Withdraw];
    let state = opened.state();
    steps.into_iter().filter(|step| state.after_received(*step).is_ok()).collect()
}
