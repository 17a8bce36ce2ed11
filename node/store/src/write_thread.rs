//! SQLite's one writer: a thread that commits waiting jobs together.

use crate::connection::{Access, DbConnection};
use crate::error::StoreError;
use crate::limits::Limits;
use crate::location::Location;
use crate::pool::panicked;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, oneshot};

/// A group is committed when it has so many jobs, has lasted so long, or nothing more waits.
const GROUP: usize = 64;
const GROUP_TIME: Duration = Duration::from_millis(50);

/// The handle of the thread.
pub(crate) struct WriteThread {
    queue: Mutex<Option<mpsc::Sender<Box<dyn Queued>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    patience: Duration,
}

/// A job in the queue, whatever it gives back.
trait Queued: Send {
    /// Runs it in a savepoint and keeps what came of it.
    fn attempt(&mut self, conn: &mut DbConnection);
    /// Answers, once it is known how the commit went.
    fn answer(self: Box<Self>, commit: Result<(), StoreError>);
}

struct Job<F, A, T, E> {
    work: F,
    after: A,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl WriteThread {
    /// Opens the connection and starts the thread.
    pub(crate) fn start(location: &Location, limits: &Limits) -> Result<Self, StoreError> {
        let conn = DbConnection::open(location, Access::Write)?;
        let (sender, queue) = mpsc::channel(limits.queue.max(1));
        let mut writer = Writer { location: location.clone(), conn: Some(conn), queue };
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.serve())
            .map_err(|error| StoreError::Internal(Box::new(error)))?;
        Ok(Self {
            queue: Mutex::new(Some(sender)),
            thread: Mutex::new(Some(thread)),
            patience: limits.patience,
        })
    }

    pub(crate) async fn run<T, E>(
        &self,
        work: impl Fn(&mut DbConnection) -> Result<T, E> + Send + 'static,
        after: impl FnOnce() + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let queue = lock(&self.queue).clone().ok_or(StoreError::Closed)?;
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Job { work, after, outcome: None, reply });
        match queue.send_timeout(job, self.patience).await {
            Ok(()) => drop(queue),
            Err(mpsc::error::SendTimeoutError::Timeout(_)) => {
                return Err(StoreError::Busy("too many writes wait".to_owned()).into());
            }
            Err(mpsc::error::SendTimeoutError::Closed(_)) => return Err(StoreError::Closed.into()),
        }
        answer.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Lets the thread end after what is queued, and waits for it.
    pub(crate) async fn close(&self) {
        lock(&self.queue).take();
        let thread = lock(&self.thread).take();
        if let Some(thread) = thread {
            // A panic of the thread has already been answered as `Closed` to those who waited.
            let _ended = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

impl Drop for WriteThread {
    fn drop(&mut self) {
        lock(&self.queue).take();
        if let Some(thread) = lock(&self.thread).take()
            && thread.thread().id() != std::thread::current().id()
        {
            let _ended = thread.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<F, A, T, E> Queued for Job<F, A, T, E>
where
    F: Fn(&mut DbConnection) -> Result<T, E> + Send,
    A: FnOnce() + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn attempt(&mut self, conn: &mut DbConnection) {
        if self.reply.is_closed() {
            return;
        }
        let outcome = in_savepoint(conn, &self.work);
        self.outcome = Some(outcome);
    }

    fn answer(self: Box<Self>, commit: Result<(), StoreError>) {
        (self.after)();
        let answer = match (self.outcome, commit) {
            (Some(Err(own)), _) => Err(own),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => return,
        };
        // Nobody waits any more where this fails.
        let _unheard = self.reply.send(answer);
    }
}

fn in_savepoint<T, E: From<StoreError>>(
    conn: &mut DbConnection,
    work: &impl Fn(&mut DbConnection) -> Result<T, E>,
) -> Result<T, E> {
    conn.savepoint().map_err(StoreError::from)?;
    let result = match catch_unwind(AssertUnwindSafe(|| work(conn))) {
        Ok(result) => result,
        Err(payload) => Err(panicked(payload.as_ref()).into()),
    };
    let ended = if result.is_ok() { conn.release() } else { conn.undo_to(1) };
    match (result, ended) {
        // What the job met says more than that its savepoint had already gone.
        (Err(own), _) => Err(own),
        (Ok(_), Err(error)) => Err(StoreError::from(error).into()),
        (Ok(value), Ok(())) => Ok(value),
    }
}

/// What runs on the thread.
struct Writer {
    location: Location,
    conn: Option<DbConnection>,
    queue: mpsc::Receiver<Box<dyn Queued>>,
}

impl Writer {
    fn serve(&mut self) {
        while let Some(first) = self.queue.blocking_recv() {
            let mut group = vec![first];
            let commit = self.write(&mut group);
            for job in group {
                job.answer(match &commit {
                    Ok(()) => Ok(()),
                    Err(error) => Err(same(error)),
                });
            }
        }
        if let Some(conn) = &mut self.conn {
            conn.tidy();
        }
    }

    /// One transaction over the first job and those that come while it lasts. Whatever goes wrong
    /// with the transaction itself, the connection is opened anew for the next one.
    fn write(&mut self, group: &mut Vec<Box<dyn Queued>>) -> Result<(), StoreError> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => DbConnection::open(&self.location, Access::Write)?,
        };
        let begun = Instant::now();
        let written = conn.begin(Access::Write).map_err(StoreError::from);
        let written =
            written.and_then(|()| self.fill(&mut conn, group, begun)).and_then(|()| Ok(conn.commit()?));
        match &written {
            Ok(()) => self.conn = Some(conn),
            Err(StoreError::Busy(_)) if conn.undo_to(0).is_ok() => self.conn = Some(conn),
            Err(error) => tracing::error!(%error, jobs = group.len(), "a group of writes was not committed"),
        }
        written
    }

    fn fill(
        &mut self,
        conn: &mut DbConnection,
        group: &mut Vec<Box<dyn Queued>>,
        begun: Instant,
    ) -> Result<(), StoreError> {
        let mut next = 0;
        while let Some(job) = group.get_mut(next) {
            job.attempt(conn);
            next += 1;
            // Some failures (a full disk among them) end the transaction in SQLite itself.
            if !conn.depth().is_ok_and(|depth| depth == 1) {
                return Err(StoreError::Busy("another write of the group ended its transaction".to_owned()));
            }
            if group.len() < GROUP
                && begun.elapsed() < GROUP_TIME
                && let Ok(job) = self.queue.try_recv()
            {
                group.push(job);
            }
        }
        Ok(())
    }
}

/// The same error for each job of a group.
fn same(error: &StoreError) -> StoreError {
    match error {
        StoreError::Busy(cause) => StoreError::Busy(cause.clone()),
        StoreError::Full(cause) => StoreError::Full(cause.clone()),
        StoreError::Unreachable { advice, cause } => {
            StoreError::Unreachable { advice: advice.clone(), cause: cause.clone() }
        }
        StoreError::Conflict { constraint } => StoreError::Conflict { constraint: constraint.clone() },
        other => StoreError::Lost(other.to_string()),
    }
}
