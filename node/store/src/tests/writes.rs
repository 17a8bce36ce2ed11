//! Writes: each alone or together with others, durable when answered, undone when refused.

use super::reads::count;
use crate::connection::{Access, DbConnection};
use crate::dialect::take_lease;
use crate::error::StoreError;
use crate::limits::Limits;
use crate::location::Location;
use crate::pool::ReadPool;
use crate::testing::{TestDatabase, on_both_databases};
use crate::write::{Subject, Writer};
use crate::writer::WriteQueue;
use diesel::connection::{Connection, SimpleConnection};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;
use tokio::task::JoinSet;

/// An error as a use case has it.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    #[error("a rule of the node")]
    Rule,
    #[error("not stored: {0}")]
    Store(#[from] StoreError),
}

fn lease(conn: &mut DbConnection, name: &str) -> Result<bool, StoreError> {
    Ok(take_lease(conn, name, "test", 0, 1)?)
}

fn open(db: &TestDatabase, limits: Limits) -> Arc<WriteQueue> {
    Arc::new(WriteQueue::open(&db.location(), &limits).expect("opens"))
}

fn stored(db: &TestDatabase) -> i64 {
    let mut conn = DbConnection::open(&db.location(), Access::Read).expect("opens");
    count(&mut conn).expect("reads")
}

/// A job that holds the writer until it is let go, to let others gather behind it.
struct Hold {
    release: mpsc::Sender<()>,
    held: tokio::task::JoinHandle<Result<(), StoreError>>,
}

async fn hold(writes: &Arc<WriteQueue>) -> Hold {
    let (begun, has_begun) = mpsc::channel();
    let (release, released) = mpsc::channel();
    let released = Mutex::new(released);
    let queue = Arc::clone(writes);
    let held = tokio::spawn(async move {
        queue
            .run(move |_| {
                begun.send(()).map_err(|_| StoreError::Closed)?;
                released.lock().expect("one job").recv().map_err(|_| StoreError::Closed)
            })
            .await
    });
    tokio::task::spawn_blocking(move || has_begun.recv()).await.expect("no panic").expect("begun");
    Hold { release, held }
}

impl Hold {
    async fn end(self) {
        self.release.send(()).expect("the job waits");
        self.held.await.expect("no panic").expect("written");
    }
}

on_both_databases!(
    async fn a_refused_job_is_undone_alone(db) {
        let writes = open(db, Limits::default());
        let hold = hold(&writes).await;
        let mut jobs = JoinSet::new();
        for number in 0..20_u32 {
            let writes = Arc::clone(&writes);
            jobs.spawn(async move {
                writes
                    .run(move |conn| {
                        lease(conn, &format!("job {number}"))?;
                        if number % 4 == 0 { Err(Refusal::Rule) } else { Ok(number) }
                    })
                    .await
            });
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        hold.end().await;
        let done = jobs.join_all().await;
        assert_eq!(done.iter().filter(|done| matches!(done, Err(Refusal::Rule))).count(), 5);
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 15);
        assert_eq!(stored(db), 15);
    }
);

on_both_databases!(
    async fn a_panic_is_answered_and_undone(db) {
        let writes = open(db, Limits::default());
        for number in 0..3 {
            let broken = writes
                .run::<(), _>(move |conn| {
                    lease(conn, "outer")?;
                    conn.transaction::<(), StoreError, _>(|conn| {
                        lease(conn, "inner")?;
                        panic!("mistake {number}");
                    })
                })
                .await
                .expect_err("a panic");
            assert!(matches!(broken, StoreError::Internal(_)) && !broken.is_retryable(), "{broken:?}");
            assert!(broken.to_string().contains(&format!("mistake {number}")), "{broken}");
        }
        assert_eq!(stored(db), 0);
        assert!(writes.run(|conn| lease(conn, "after")).await.expect("goes on"));
        assert_eq!(stored(db), 1);
    }
);

on_both_databases!(
    async fn a_part_may_fail_inside_its_own_transaction(db) {
        let writes = open(db, Limits::default());
        let kept = writes
            .run(|conn| {
                lease(conn, "kept")?;
                let part = conn.transaction::<(), StoreError, _>(|conn| {
                    Ok(conn.batch_execute("INSERT INTO leases VALUES ('kept', 'twice', 0)")?)
                });
                assert!(matches!(part, Err(StoreError::Conflict { .. })), "{part:?}");
                lease(conn, "kept too")
            })
            .await;
        assert!(kept.expect("written"));
        assert_eq!(stored(db), 2);
    }
);

on_both_databases!(
    async fn nothing_is_acknowledged_that_was_not_kept(db) {
        let writes = open(db, Limits::default());
        let answer = writes
            .run(|conn| {
                lease(conn, "a")?;
                // A job that goes on after a failed statement, as it must not: PostgreSQL drops all
                // of it, SQLite keeps what came before.
                let failed = conn.batch_execute("INSERT INTO leases VALUES ('a', 'twice', 0)");
                assert!(failed.is_err());
                Ok::<_, StoreError>(())
            })
            .await;
        assert_eq!(stored(db), i64::from(answer.is_ok()));
        assert!(writes.run(|conn| lease(conn, "b")).await.expect("goes on"));
    }
);

on_both_databases!(
    async fn a_conflict_names_its_constraint(db) {
        let writes = open(db, Limits::default());
        let twice = writes.run(|conn| {
            conn.batch_execute("CREATE TABLE named (a BIGINT, b BIGINT, UNIQUE (a, b))")?;
            conn.batch_execute("INSERT INTO named VALUES (1, 2)")?;
            Ok::<_, StoreError>(conn.batch_execute("INSERT INTO named VALUES (1, 2)")?)
        });
        match twice.await.expect_err("twice") {
            StoreError::Conflict { constraint } => assert_eq!(constraint, "named_a_b_key"),
            other => panic!("{other:?}"),
        }
    }
);

on_both_databases!(
    async fn a_commit_is_announced_before_its_answer(db) {
        let writer = Writer::new(open(db, Limits::default()));
        let mut events = writer.changes(Subject::Events);
        let refused = writer.run(|tx| {
            tx.record_unreadable("{}", 1)?;
            Err::<(), _>(Refusal::Rule)
        });
        assert!(matches!(refused.await, Err(Refusal::Rule)));
        assert!(!events.has_changed().expect("open"), "nothing was committed");
        writer.run(|tx| tx.note_received("https://a.example/x", "https://a.example/a", 1)).await.expect("written");
        assert!(!events.has_changed().expect("open"), "nothing of theirs");
        writer.run(|tx| tx.record_unreadable("{}", 1)).await.expect("written");
        assert!(events.has_changed().expect("open"));
        // Also where nobody waits for the answer any more.
        events.mark_unchanged();
        let writes = writer.clone();
        let (begun, has_begun) = mpsc::channel();
        let asking = tokio::spawn(async move {
            writes
                .run(move |tx| {
                    begun.send(()).map_err(|_| StoreError::Closed)?;
                    std::thread::sleep(Duration::from_millis(50));
                    tx.record_unreadable("{}", 1)
                })
                .await
        });
        tokio::task::spawn_blocking(move || has_begun.recv()).await.expect("no panic").expect("begun");
        asking.abort();
        tokio::time::timeout(Duration::from_secs(10), events.changed()).await.expect("told").expect("open");
    }
);

on_both_databases!(
    async fn closing_waits_for_what_is_queued(db) {
        let writes = open(db, Limits::default());
        let hold = hold(&writes).await;
        let mut jobs = JoinSet::new();
        for number in 0..5_u32 {
            let writes = Arc::clone(&writes);
            jobs.spawn(async move { writes.run(move |conn| lease(conn, &format!("job {number}"))).await });
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        let closing = tokio::spawn({
            let writes = Arc::clone(&writes);
            async move { writes.close().await }
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(!closing.is_finished());
        hold.end().await;
        closing.await.expect("closes");
        for done in jobs.join_all().await {
            assert!(done.expect("written"));
        }
        assert_eq!(stored(db), 5);
        let late = writes.run(|conn| lease(conn, "late")).await;
        assert!(matches!(late, Err(StoreError::Closed)), "{late:?}");
        writes.close().await;
    }
);

on_both_databases!(
    async fn too_many_writes_are_told_to_come_back(db) {
        let limits =
            Limits { writers: Some(1), queue: 1, patience: Duration::from_millis(50), ..Limits::default() };
        let writes = open(db, limits);
        let hold = hold(&writes).await;
        let mut jobs = JoinSet::new();
        for number in 0..3_u32 {
            let writes = Arc::clone(&writes);
            jobs.spawn(async move { writes.run(move |conn| lease(conn, &format!("job {number}"))).await });
        }
        let first = jobs.join_next().await.expect("a job").expect("no panic");
        assert!(matches!(&first, Err(StoreError::Busy(_))), "{first:?}");
        assert!(first.is_err_and(|error| error.is_retryable()));
        hold.end().await;
        jobs.join_all().await;
        assert!(writes.run(|conn| lease(conn, "after")).await.expect("goes on"));
    }
);

#[tokio::test]
async fn waiting_jobs_are_committed_together() {
    let db = TestDatabase::sqlite();
    let writes = open(&db, Limits::default());
    let before = commits(&db);
    let hold = hold(&writes).await;
    let mut jobs = JoinSet::new();
    for number in 0..100_u32 {
        let writes = Arc::clone(&writes);
        jobs.spawn(async move { writes.run(move |conn| lease(conn, &format!("job {number}"))).await });
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
    hold.end().await;
    for done in jobs.join_all().await {
        assert!(done.expect("written"));
    }
    assert_eq!(stored(&db), 100);
    let made = commits(&db) - before;
    assert!((1..=20).contains(&made), "{made} commits for 101 jobs");
}

/// How many commits stand in the write-ahead log: frames that carry the size of the database
/// (the SQLite file format, section 4.1).
fn commits(db: &TestDatabase) -> usize {
    let Location::Sqlite(file) = db.location() else { return 0 };
    let mut log = file.into_os_string();
    log.push("-wal");
    let log = std::fs::read(log).unwrap_or_default();
    let number = |bytes: &[u8]| bytes.try_into().map(u32::from_be_bytes).expect("four bytes");
    let Some((header, frames)) = log.split_at_checked(32) else { return 0 };
    let frame = 24 + usize::try_from(number(&header[8..12])).expect("a page");
    frames.chunks_exact(frame).filter(|frame| number(&frame[4..8]) != 0).count()
}

#[tokio::test]
async fn a_full_disk_is_told_and_passes() {
    let db = TestDatabase::sqlite();
    let writes = open(&db, Limits::default());
    let limit = |pages: u32| {
        let sql = format!("PRAGMA max_page_count = {pages}");
        writes.run(move |conn| Ok::<_, StoreError>(conn.batch_execute(&sql)?))
    };
    limit(1).await.expect("no page more than there are");
    let hold = hold(&writes).await;
    let big = |name: &'static str| {
        let writes = Arc::clone(&writes);
        tokio::spawn(async move {
            writes
                .run(move |conn| {
                    let text = "x".repeat(1_000_000);
                    Ok::<_, StoreError>(take_lease(conn, name, &text, 0, 1)?)
                })
                .await
        })
    };
    let jobs = [big("a"), big("b")];
    tokio::time::sleep(Duration::from_millis(50)).await;
    hold.release.send(()).expect("the job waits");
    for job in jobs {
        let full = job.await.expect("no panic").expect_err("no room");
        assert!(full.is_retryable(), "{full:?}");
    }
    let _committed_or_to_be_tried_again = hold.held.await.expect("no panic");
    limit(1_000_000).await.expect("room again");
    big("a").await.expect("no panic").expect("written");
    assert_eq!(stored(&db), 1);
}

#[tokio::test]
async fn another_process_that_writes_is_waited_for_and_then_told() {
    let db = TestDatabase::sqlite();
    let writes = open(&db, Limits::default());
    let impatient = writes.run(|conn| Ok::<_, StoreError>(conn.batch_execute("PRAGMA busy_timeout = 50")?));
    impatient.await.expect("set");
    let mut other = DbConnection::open(&db.location(), Access::Write).expect("opens");
    other.begin(Access::Write).expect("begins");
    lease(&mut other, "other").expect("writes");
    let busy = writes.run(|conn| lease(conn, "mine")).await.expect_err("locked");
    assert!(matches!(busy, StoreError::Busy(_)), "{busy:?}");
    other.commit().expect("commits");
    assert!(writes.run(|conn| lease(conn, "mine")).await.expect("written"));
    assert_eq!(stored(&db), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_victim_of_a_deadlock_runs_again() {
    let db = TestDatabase::postgres();
    let writes = open(&db, Limits::default());
    writes
        .run(|conn| {
            lease(conn, "a")?;
            lease(conn, "b")
        })
        .await
        .expect("two rows");
    let runs = Arc::new(AtomicU32::new(0));
    let mut jobs = JoinSet::new();
    for (first, second) in [("a", "b"), ("b", "a")] {
        let (writes, runs) = (Arc::clone(&writes), Arc::clone(&runs));
        jobs.spawn(async move {
            writes
                .run(move |conn| {
                    runs.fetch_add(1, Ordering::Relaxed);
                    // The error of the database is hidden on purpose, as a use case may do.
                    take_lease(conn, first, first, 5, 6).map_err(|_| Refusal::Rule)?;
                    std::thread::sleep(Duration::from_millis(300));
                    take_lease(conn, second, first, 5, 6).map_err(|_| Refusal::Rule)
                })
                .await
        });
    }
    for done in jobs.join_all().await {
        assert!(done.is_ok(), "{done:?}");
    }
    assert!(runs.load(Ordering::Relaxed) >= 3, "one of them ran twice");
}

#[tokio::test]
async fn dropping_the_queue_ends_the_thread_after_its_jobs() {
    let db = TestDatabase::sqlite();
    let writes = open(&db, Limits::default());
    assert!(writes.run(|conn| lease(conn, "a")).await.expect("written"));
    drop(writes);
    // The log was folded in: the file alone holds everything.
    let log = std::fs::metadata(db.file().expect("a file").with_extension("db-wal"));
    assert!(log.map_or(0, |log| log.len()) == 0);
    let reads = ReadPool::open(&db.location(), &Limits::default()).expect("opens");
    assert_eq!(reads.run(count).await.expect("reads"), 1);
}
