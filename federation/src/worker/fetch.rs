//! Fetching what somebody we follow has named: several objects at once, few from one host, so that a
//! slow origin holds up nobody else.

use super::{LATER, TICK, is_stopped, woken};
use crate::Face;
use crate::fetch::FetchError;
use crate::net::{FetchBudget, NetError};
use crate::objects::remote_item::{self, NotAnItem};
use maillage_app::AppError;
use maillage_app::outbound::host_of;
use maillage_domain::service::Visibility;
use maillage_store::Subject;
use maillage_store::rows::{ActorRow, FetchRow};
use std::collections::{HashMap, HashSet};
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};
use url::Url;

/// Objects fetched at once.
const SLOTS: usize = 8;
/// Objects fetched at once from one host.
const SLOTS_OF_ONE_HOST: usize = 2;

/// Fetches until told to stop; then lets what is under way come to its end.
pub(super) async fn run(face: Face, mut stopped: watch::Receiver<bool>) {
    let mut pool = Pool { face: face.clone(), tasks: JoinSet::new(), at: HashMap::new() };
    let mut changes = face.app().changes(Subject::Fetches);
    while !is_stopped(&stopped) {
        match pool.start_due().await {
            Ok(0) => {}
            Ok(_) => continue,
            Err(error) => tracing::warn!(%error, "due fetches could not be read"),
        }
        tokio::select! {
            () = pool.one_ends(), if !pool.tasks.is_empty() => {}
            woken = woken(&mut changes, LATER), if pool.tasks.len() < SLOTS => if !woken { break; },
            () = tokio::time::sleep(TICK) => {}
            _ = stopped.changed() => {}
        }
    }
    while !pool.tasks.is_empty() {
        pool.one_ends().await;
    }
}

struct Pool {
    face: Face,
    tasks: JoinSet<()>,
    /// The row and the host of each task.
    at: HashMap<Id, (i64, String)>,
}

impl Pool {
    /// Starts what is due and has room; answers how many.
    async fn start_due(&mut self) -> Result<usize, AppError> {
        let mut started = 0;
        if self.tasks.len() >= SLOTS {
            return Ok(started);
        }
        // Those under way are due still, until their end is written down.
        let limit = i64::try_from(4 * SLOTS).unwrap_or(1);
        let due = self.face.app().due_fetches_sparing(limit, self.full_hosts()).await?;
        let under_way: HashSet<i64> = self.at.values().map(|(row, _)| *row).collect();
        for (row, bringer) in due.into_iter().filter(|(row, _)| !under_way.contains(&row.id)) {
            let host = host_of(&row.object_uri);
            if self.tasks.len() >= SLOTS || self.tasks_at(&host) >= SLOTS_OF_ONE_HOST {
                continue;
            }
            let key = row.id;
            let task = self.tasks.spawn(object(self.face.clone(), row, bringer));
            self.at.insert(task.id(), (key, host));
            started += 1;
        }
        Ok(started)
    }

    fn tasks_at(&self, host: &str) -> usize {
        self.at.values().filter(|(_, at)| at == host).count()
    }

    /// Hosts that have their share of the tasks.
    fn full_hosts(&self) -> Vec<String> {
        let hosts: HashSet<&String> = self.at.values().map(|(_, host)| host).collect();
        hosts.into_iter().filter(|host| self.tasks_at(host) >= SLOTS_OF_ONE_HOST).cloned().collect()
    }

    async fn one_ends(&mut self) {
        let id = match self.tasks.join_next_with_id().await {
            Some(Ok((id, ()))) => id,
            Some(Err(error)) => {
                tracing::error!(%error, "a fetch broke off");
                error.id()
            }
            None => return,
        };
        self.at.remove(&id);
    }
}

/// Fetches one object from its origin and takes it in, as named by `bringer`.
async fn object(face: Face, row: FetchRow, bringer: ActorRow) {
    let fault = match take(&face, &row.object_uri, &bringer).await {
        Ok(()) => None,
        Err(error) => {
            let fault = error.is_passing().then(|| error.to_string());
            tracing::info!(object = row.object_uri, again = fault.is_some(), %error, "an object was not fetched");
            fault
        }
    };
    if let Err(error) = face.app().fetched(row, fault).await {
        tracing::warn!(%error, "the end of a fetch could not be written down; it is made again");
    }
}

async fn take(face: &Face, uri: &str, bringer: &ActorRow) -> Result<(), FetchError> {
    let (app, federation) = (face.app(), face.federation());
    let id = Url::parse(uri).map_err(|error| FetchError::Wrong(error.to_string()))?;
    let budget = FetchBudget::new();
    let document = match federation.fetch_object(&id, &budget).await {
        Ok(document) => document,
        // A blocked host: nothing was asked of it, and nothing is shown.
        Err(FetchError::Net(NetError::Blocked(_))) => return Ok(()),
        Err(error) if error.is_gone() => {
            app.gone_at_origin(uri).await?;
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    if document.final_url != id {
        // It was named by another address: by its own it is known, and taken back.
        app.fetch_later(None, &bringer.uri, document.final_url.as_str()).await?;
        return Ok(());
    }
    let owner = remote_item::owner(&document.value).ok_or_else(|| FetchError::Wrong("no owner".into()))?;
    if owner.origin() != id.origin() {
        return Err(FetchError::Wrong("its owner is elsewhere".into()));
    }
    let origin = federation.actor(&owner, &budget).await?;
    let item = match remote_item::read(&document.value, app.registry(), origin.followers.as_deref()) {
        Ok(item) => item,
        Err(NotAnItem::Other(reason) | NotAnItem::Malformed(reason)) => {
            return Err(FetchError::Wrong(reason));
        }
    };
    if item.visibility != Visibility::Public && origin.uri != bringer.uri {
        return Err(FetchError::Wrong("announced to more than may see it".into()));
    }
    app.item_announced(None, &bringer.uri, &origin.uri, item).await?;
    Ok(())
}
