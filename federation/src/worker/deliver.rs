//! Delivering: each inbox that something is due for is written to by a task of its own, in its
//! order, so that a slow one holds up nobody else. So many at once, and no more.

use super::attempt::attempt;
use super::{SOON, TICK, is_stopped, woken};
use crate::Face;
use maillage_app::AppError;
use maillage_app::delivery::{DueDelivery, Outcome};
use maillage_store::Subject;
use maillage_store::read::HostShare;
use maillage_store::rows::DeliveryRow;
use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};

/// Inboxes written to at once.
const SLOTS: usize = 64;
/// Inboxes of one host written to at once: a server whose every actor has its own inbox does not take
/// the places of all others.
const SLOTS_OF_ONE_HOST: usize = 8;
/// Outcomes written down together.
const BATCH: usize = 20;
/// A task gives back what it has not come to after this time: what it holds is claimed for two
/// minutes, and one attempt lasts 20 seconds at most.
const HOLDS: Duration = Duration::from_secs(60);
/// How often outcomes are written down again when the database does not answer, and how long apart.
const TRIES: u32 = 6;
const BETWEEN_TRIES: Duration = Duration::from_secs(5);

/// Delivers until told to stop; then lets what is being sent come to its end.
pub(super) async fn run(face: Face, mut stopped: watch::Receiver<bool>) {
    let mut pool =
        Pool { face: face.clone(), stopped: stopped.clone(), tasks: JoinSet::new(), hosts: HashMap::new() };
    let mut queued = face.app().changes(Subject::Deliveries);
    while !is_stopped(&stopped) {
        match pool.start_due().await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::warn!(%error, "due deliveries could not be claimed"),
        }
        tokio::select! {
            () = pool.one_ends(), if !pool.tasks.is_empty() => {}
            woken = woken(&mut queued, SOON), if pool.tasks.len() < SLOTS => if !woken { break; },
            () = tokio::time::sleep(TICK) => {}
            _ = stopped.changed() => {}
        }
    }
    while !pool.tasks.is_empty() {
        pool.one_ends().await;
    }
}

/// The tasks under way, and to which hosts.
struct Pool {
    face: Face,
    stopped: watch::Receiver<bool>,
    tasks: JoinSet<()>,
    hosts: HashMap<Id, String>,
}

impl Pool {
    /// Claims what is due for as many inboxes as there is room, each of which gets a task; answers how
    /// many.
    async fn start_due(&mut self) -> Result<usize, AppError> {
        let room = SLOTS - self.tasks.len();
        if room == 0 {
            return Ok(0);
        }
        let room = i64::try_from(room).unwrap_or(1);
        let claimed = self.face.app().claim_deliveries_within(room, self.share()).await?;
        let mut inboxes: BTreeMap<String, Vec<DueDelivery>> = BTreeMap::new();
        for delivery in claimed {
            inboxes.entry(delivery.delivery.inbox.clone()).or_default().push(delivery);
        }
        let started = inboxes.len();
        for queue in inboxes.into_values() {
            let host = queue.first().map(|delivery| delivery.delivery.host.clone()).unwrap_or_default();
            let task = self.tasks.spawn(to_one_inbox(self.face.clone(), queue, self.stopped.clone()));
            self.hosts.insert(task.id(), host);
        }
        Ok(started)
    }

    /// What each host has of the tasks, and may have.
    fn share(&self) -> HostShare {
        let mut busy: HashMap<String, usize> = HashMap::new();
        for host in self.hosts.values() {
            *busy.entry(host.clone()).or_default() += 1;
        }
        HostShare { most: Some(SLOTS_OF_ONE_HOST), busy }
    }

    /// Waits for a task to end.
    async fn one_ends(&mut self) {
        let id = match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => id,
            Some(Err(error)) => {
                tracing::error!(%error, "a delivery's task broke off");
                error.id()
            }
            None => return,
        };
        self.hosts.remove(&id);
    }
}

/// Sends to one inbox, in order, until something has to wait, it has taken long, or the node stops;
/// the rest is given back.
async fn to_one_inbox(face: Face, queue: Vec<DueDelivery>, stopped: watch::Receiver<bool>) {
    let began = Instant::now();
    let mut outcomes: Vec<(DeliveryRow, Outcome)> = Vec::new();
    let mut left = queue.into_iter();
    while began.elapsed() < HOLDS && !is_stopped(&stopped) {
        let Some(delivery) = left.next() else { break };
        let outcome = match outcome_of(&face, &delivery).await {
            Ok(outcome) => outcome,
            Err(error) => {
                tracing::warn!(%error, inbox = delivery.delivery.inbox, "a delivery could not be tried");
                give_back(&face, std::iter::once(delivery).chain(left).collect()).await;
                settle(&face, outcomes).await;
                return;
            }
        };
        let waits = matches!(outcome, Outcome::Later { .. });
        outcomes.push((delivery.delivery, outcome));
        if waits {
            break;
        }
        if outcomes.len() >= BATCH {
            settle(&face, std::mem::take(&mut outcomes)).await;
        }
    }
    // What was tried first: the queue goes on where this task ended.
    settle(&face, outcomes).await;
    give_back(&face, left.collect()).await;
}

async fn outcome_of(face: &Face, delivery: &DueDelivery) -> Result<Outcome, AppError> {
    if face.app().is_blocked(&delivery.delivery.host).await? {
        return Ok(Outcome::Refused(403));
    }
    attempt(face, delivery).await
}

/// Writes down outcomes. What cannot be written is sent again when the claim has run out, which its
/// receiver recognises.
async fn settle(face: &Face, outcomes: Vec<(DeliveryRow, Outcome)>) {
    if outcomes.is_empty() {
        return;
    }
    for attempt in 1..=TRIES {
        match face.app().delivered(outcomes.clone()).await {
            Ok(()) => return,
            Err(error) if attempt == TRIES => {
                tracing::error!(%error, "outcomes of deliveries are not written")
            }
            Err(error) => {
                tracing::warn!(%error, "outcomes of deliveries could not be written yet");
                tokio::time::sleep(BETWEEN_TRIES).await;
            }
        }
    }
}

async fn give_back(face: &Face, untried: Vec<DueDelivery>) {
    if untried.is_empty() {
        return;
    }
    let rows = untried.into_iter().map(|delivery| delivery.delivery).collect();
    if let Err(error) = face.app().release_deliveries(rows).await {
        tracing::warn!(%error, "claimed deliveries stay claimed for two minutes");
    }
}
