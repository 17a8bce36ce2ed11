//! Deliveries of a large node, for the tests of how it is read.

use crate::error::StoreError;
use crate::rows::{ActivityRow, DeliveryRow};
use crate::write::Tx;

/// 4,000 deliveries that arrived, and 100 inboxes with 20 that wait, every tenth of which is dead.
pub(super) fn deliveries(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let activity = ActivityRow {
        id: 0,
        uri: "https://mef58.example/x/1".into(),
        actor_id: 1,
        kind: "Create".into(),
        object_uri: "https://mef58.example/o/1".into(),
        item_id: None,
        public: true,
        body: "{}".into(),
        created_at: 0,
    };
    let mut rows = Vec::new();
    for number in 0..60_i64 {
        let uri = format!("https://mef58.example/x/{number}");
        let activity_id = tx.insert_activity(&ActivityRow { uri, ..activity.clone() })?;
        for host in 0..100_i64 {
            let dead = host % 10 == 0;
            rows.push(DeliveryRow {
                id: 0,
                uid: format!("delivery-{number}-{host}"),
                activity_id,
                inbox: format!("https://h{host}.example/inbox"),
                host: format!("h{host}.example"),
                state: if number < 40 {
                    "delivered"
                } else if dead {
                    "parked"
                } else {
                    "due"
                }
                .into(),
                attempts: 0,
                due_at: if dead && number == 40 { i64::MAX / 2 } else { 0 },
                claimed_until: None,
                last_status: None,
                last_error: None,
                created_at: 0,
                ended_at: (number < 40).then_some(0),
            });
        }
    }
    tx.insert_deliveries(rows)
}
