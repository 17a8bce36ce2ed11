//! Reads: one snapshot, no writes, and connections that are lost and found again.

use crate::connection::DbConnection;
use crate::dialect::take_lease;
use crate::error::StoreError;
use crate::limits::Limits;
use crate::pool::ReadPool;
use crate::testing::{TestDatabase, on_both_databases};
use crate::writer::WriteQueue;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

fn open(db: &TestDatabase, limits: Limits) -> (Arc<ReadPool>, WriteQueue) {
    let location = db.location();
    (
        Arc::new(ReadPool::open(&location, &limits).expect("opens")),
        WriteQueue::open(&location, &limits).expect("opens"),
    )
}

pub(super) fn count(conn: &mut DbConnection) -> Result<i64, StoreError> {
    Ok(crate::dialect::leases::table.count().get_result(conn)?)
}

async fn lease(writes: &WriteQueue, name: &'static str) {
    let taken = writes.run(move |conn| Ok::<_, StoreError>(take_lease(conn, name, "test", 0, 1)?)).await;
    assert!(taken.expect("a write"));
}

on_both_databases!(
    async fn what_is_answered_is_read(db) {
        let (reads, writes) = open(db, Limits::default());
        reads.check().await.expect("answers");
        for (name, expected) in [("a", 1), ("b", 2), ("c", 3)] {
            lease(&writes, name).await;
            assert_eq!(reads.run(count).await.expect("reads"), expected);
        }
    }
);

on_both_databases!(
    async fn a_read_is_one_snapshot(db) {
        let (reads, writes) = open(db, Limits::default());
        let (begun, has_begun) = mpsc::channel();
        let (written, was_written) = mpsc::channel::<()>();
        let reading = Arc::clone(&reads);
        let two = tokio::spawn(async move {
            reading
                .run(move |conn| {
                    let before = count(conn)?;
                    begun.send(()).expect("the test waits");
                    was_written.recv().expect("the test goes on");
                    Ok((before, count(conn)?))
                })
                .await
        });
        tokio::task::spawn_blocking(move || has_begun.recv()).await.expect("no panic").expect("begun");
        lease(&writes, "meanwhile").await;
        written.send(()).expect("the read waits");
        assert_eq!(two.await.expect("no panic").expect("reads"), (0, 0));
        assert_eq!(reads.run(count).await.expect("reads"), 1);
    }
);

on_both_databases!(
    async fn a_read_cannot_write(db) {
        let (reads, _writes) = open(db, Limits::default());
        let refused = reads.run(|conn| Ok(take_lease(conn, "a", "reader", 0, 1)?)).await;
        assert!(matches!(refused, Err(StoreError::Unreachable { .. })), "{refused:?}");
        assert_eq!(reads.run(count).await.expect("reads"), 0);
    }
);

on_both_databases!(
    async fn errors_and_panics_leave_the_pool_whole(db) {
        let (reads, _writes) = open(db, Limits { readers: Some(1), ..Limits::default() });
        for _ in 0..3 {
            let missing = reads.run(|conn| {
                let name = crate::dialect::leases::table.select(crate::dialect::leases::name);
                Ok(name.first::<String>(conn)?)
            });
            assert!(matches!(missing.await, Err(StoreError::NotFound)));
            let wrong = reads.run(|conn| Ok(conn.batch_execute("SELECT no_such_column")?)).await;
            assert!(matches!(wrong, Err(StoreError::Internal(_))), "{wrong:?}");
            let broken = reads.run::<()>(|_| panic!("a mistake")).await.expect_err("a panic");
            assert!(matches!(broken, StoreError::Internal(_)), "{broken:?}");
            assert!(broken.to_string().contains("a mistake"), "{broken}");
            assert_eq!(reads.run(count).await.expect("reads"), 0);
        }
    }
);

on_both_databases!(
    async fn too_many_readers_are_told_to_come_back(db) {
        let limits = Limits { readers: Some(1), patience: Duration::from_millis(50), ..Limits::default() };
        let (reads, _writes) = open(db, limits);
        let (release, released) = mpsc::channel::<()>();
        let (begun, has_begun) = mpsc::channel();
        let reading = Arc::clone(&reads);
        let long = tokio::spawn(async move {
            reading
                .run(move |_| {
                    begun.send(()).expect("the test waits");
                    released.recv().map_err(|_| StoreError::Closed)
                })
                .await
        });
        tokio::task::spawn_blocking(move || has_begun.recv()).await.expect("no panic").expect("begun");
        let refused = reads.run(count).await.expect_err("no connection is free");
        assert!(matches!(refused, StoreError::Busy(_)) && refused.is_retryable());
        release.send(()).expect("the read waits");
        long.await.expect("no panic").expect("reads");
        assert_eq!(reads.run(count).await.expect("reads"), 0);
        reads.close().await;
        assert!(matches!(reads.run(count).await, Err(StoreError::Closed)));
    }
);

#[tokio::test]
async fn a_server_that_cut_its_connections_is_found_again() {
    let db = TestDatabase::postgres();
    let (reads, writes) = open(&db, Limits::default());
    lease(&writes, "before").await;
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let mut other = DbConnection::open(&db.location(), crate::connection::Access::Migrate).expect("opens");
    other.batch_execute(cut).expect("cuts");
    assert_eq!(reads.run(count).await.expect("a new connection"), 1);
    lease(&writes, "after").await;
    let lost = reads
        .run(|conn| {
            let mine = "SELECT pg_terminate_backend(pg_backend_pid())";
            Ok(conn.batch_execute(mine)?)
        })
        .await
        .expect_err("cut in the middle");
    assert!(matches!(lost, StoreError::Lost(_)), "{lost:?}");
    assert_eq!(reads.run(count).await.expect("a new connection"), 2);
}
