//! Leases: what must happen once is done by one.

use crate::dialect::take_lease;
use crate::error::StoreError;
use crate::limits::Limits;
use crate::testing::on_both_databases;
use crate::writer::WriteQueue;
use std::sync::Arc;

async fn take(writes: &WriteQueue, holder: &'static str, now: i64, until: i64) -> bool {
    writes
        .run(move |conn| Ok::<_, StoreError>(take_lease(conn, "expiry", holder, now, until)?))
        .await
        .expect("a database")
}

on_both_databases!(
    async fn a_lease_is_kept_and_passes_on(db) {
        let writes = WriteQueue::open(&db.location(), &Limits::default()).expect("opens");
        assert!(take(&writes, "one", 100, 200).await, "free");
        assert!(!take(&writes, "two", 199, 300).await, "held");
        assert!(take(&writes, "one", 150, 250).await, "renewed");
        assert!(!take(&writes, "two", 249, 350).await, "held on");
        assert!(take(&writes, "two", 250, 350).await, "run out");
        assert!(!take(&writes, "one", 300, 400).await, "passed on");
    }
);

on_both_databases!(
    async fn of_many_one_takes_it(db) {
        let queues: Vec<_> = (0..3)
            .map(|_| Arc::new(WriteQueue::open(&db.location(), &Limits::default()).expect("opens")))
            .collect();
        let mut asked = tokio::task::JoinSet::new();
        for number in 0..30_usize {
            let writes = Arc::clone(&queues[number % 3]);
            let holder: &'static str = format!("holder {number}").leak();
            asked.spawn(async move { take(&writes, holder, 10, 20).await });
        }
        let taken = asked.join_all().await;
        assert_eq!(taken.into_iter().filter(|taken| *taken).count(), 1);
    }
);
