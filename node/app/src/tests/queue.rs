//! The delivery queue over weeks: waits, order, dead peers and their return.

use super::node::{TestNode, again, conflict, forbidden, node};
use super::remote::Remote;
use super::scripted::{Attempt, later, queue, states, turn, work};
use super::telling::{followed_by, told};
use crate::caller::Caller;
use crate::delivery::Outcome;
use chrono::Duration;
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_store::on_both_databases;

const INBOX: &str = "https://social.example/inbox";
const OTHER: &str = "https://mef21.example/inbox";
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

async fn scene(db: &maillage_store::testing::TestDatabase) -> TestNode {
    let node = node(db).await;
    node.service("actus", Visibility::Public).await;
    node
}

fn taken(attempts: &[Attempt], inbox: &str) -> Vec<String> {
    let of_inbox = attempts.iter().filter(|attempt| attempt.taken && attempt.inbox == inbox);
    of_inbox.map(|attempt| attempt.object.clone()).collect()
}

on_both_databases!(
    async fn waits_grow_from_a_minute_to_half_a_day_for_thirty_days(db) {
        let node = scene(db).await;
        queue(&node, "a", &[INBOX]).await;
        let attempts = work(&node, Duration::days(60), |_, _, _| later(Some(503))).await;
        let gaps: Vec<i64> = attempts.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
        for (number, gap) in gaps.iter().enumerate() {
            let plain = (MINUTE << number.min(20)).min(12 * 60 * MINUTE);
            let (least, most) = (plain * 84 / 100, plain * 116 / 100);
            assert!((least..=most).contains(gap), "wait {number}: {gap} for {plain}");
        }
        let lasted = attempts.last().expect("attempts").at - attempts[0].at;
        assert!((30 * DAY..31 * DAY).contains(&lasted), "given up after {} days", lasted / DAY);
        assert_eq!(states(&node).await, [("a".to_owned(), "given_up".to_owned())]);
    }
);

on_both_databases!(
    async fn nothing_overtakes_an_earlier_one_to_the_same_inbox(db) {
        let node = scene(db).await;
        // A script without pattern: each inbox fails in its own way, now and then for hours.
        let mut seed = 58_u64;
        let mut any = move |up_to: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % up_to
        };
        let inboxes = [INBOX, OTHER, "https://mef89.example/inbox"];
        let mut attempts = Vec::new();
        for round in 0..25 {
            queue(&node, &format!("{round:02}"), &inboxes).await;
            let more = work(&node, Duration::minutes(7), |_, _, _| match any(5) {
                0 => later(None),
                1 => later(Some(500)),
                2 => Outcome::Later { status: Some(429), error: "http-429".into(), retry_after: Some(900) },
                _ => Outcome::Taken(202),
            });
            attempts.extend(more.await);
        }
        attempts.extend(work(&node, Duration::days(3), |_, _, _| Outcome::Taken(202)).await);
        let expected: Vec<String> = (0..25).map(|round| format!("{round:02}")).collect();
        for inbox in inboxes {
            assert_eq!(taken(&attempts, inbox), expected, "{inbox}");
        }
    }
);

on_both_databases!(
    async fn a_peer_down_for_ten_days_has_everything_when_it_returns(db) {
        let node = scene(db).await;
        let back = node.app.now().timestamp_millis() + 10 * DAY;
        let mut attempts = Vec::new();
        for day in 0..12 {
            queue(&node, &format!("{day:02}"), &[INBOX, OTHER]).await;
            let more = work(&node, Duration::days(1), |now, inbox, _| {
                if inbox == INBOX && now < back { later(None) } else { Outcome::Taken(202) }
            });
            attempts.extend(more.await);
            if day == 8 {
                let parked = states(&node).await.into_iter().filter(|(_, state)| state == "parked").count();
                assert!(parked > 0, "silent for a week, it is taken for dead");
            }
        }
        let expected: Vec<String> = (0..12).map(|day| format!("{day:02}")).collect();
        assert_eq!(taken(&attempts, INBOX), expected);
        assert_eq!(taken(&attempts, OTHER), expected);
        let tried = attempts.iter().filter(|a| a.inbox == INBOX && a.at < back).count();
        assert!(tried < 40, "a dead peer is not hammered: {tried} attempts");
        let late = attempts.iter().filter(|a| a.inbox == OTHER).map(|a| a.at).collect::<Vec<_>>();
        assert_eq!(late.len(), 12, "the other one had each at the first attempt");
    }
);

on_both_databases!(
    async fn a_sign_of_life_makes_a_parked_queue_due(db) {
        let node = scene(db).await;
        for object in ["a", "b"] {
            queue(&node, object, &[INBOX]).await;
        }
        work(&node, Duration::days(9), |_, _, _| later(None)).await;
        assert!(states(&node).await.iter().all(|(_, state)| state == "parked"));
        queue(&node, "c", &[INBOX]).await;
        assert!(turn(&node, &mut |_: &str, _: &str| Outcome::Taken(202)).await.is_empty(), "it keeps its place");
        node.app.peer_is_alive("social.example").await.expect("noted");
        let attempts = turn(&node, &mut |_: &str, _: &str| Outcome::Taken(202)).await;
        assert_eq!(taken(&attempts, INBOX), ["a", "b", "c"]);
    }
);

on_both_databases!(
    async fn an_inbox_that_is_gone_is_forgotten(db) {
        let node = scene(db).await;
        for name in ["reader", "second"] {
            followed_by(&node, "actus", &Remote::new("social.example", name)).await;
        }
        followed_by(&node, "actus", &Remote::new("mef21.example", "node")).await;
        told(&node).await;
        work(&node, Duration::minutes(1), |_, _, _| Outcome::Taken(202)).await;
        for object in ["a", "b"] {
            queue(&node, object, &[INBOX, OTHER]).await;
        }
        let attempts = work(&node, Duration::days(1), |_, inbox, _| {
            if inbox == INBOX { Outcome::Gone } else { Outcome::Taken(202) }
        })
        .await;
        assert_eq!(taken(&attempts, OTHER), ["a", "b"]);
        let open = states(&node).await.into_iter().filter(|(_, state)| state == "due" || state == "parked");
        assert_eq!(open.count(), 0);
        node.published("actus", crate::tests::node::news("Après")).await;
        let inboxes = told(&node).await.remove(0).inboxes;
        assert_eq!(inboxes.into_iter().collect::<Vec<_>>(), [OTHER]);
        // The actor itself is not dead: its signature still counts, and it may follow again.
        let reader = Remote::new("social.example", "reader");
        assert!(!node.app.known_actor(&reader.uri).await.expect("known").gone);
        let followed = node.actor_of_service("actus").await;
        let follow = "https://social.example/x/again";
        node.app.followed(follow, &reader.uri, &followed).await.expect("followed");
    }
);

on_both_databases!(
    async fn who_asks_to_wait_is_heard(db) {
        let node = scene(db).await;
        queue(&node, "a", &[INBOX]).await;
        let start = node.app.now().timestamp_millis();
        let mut asked = [Some(3_600), Some(7 * 24 * 3_600), Some(-5)].into_iter();
        let attempts = work(&node, Duration::days(3), |_, _, _| match asked.next() {
            Some(retry_after) => Outcome::Later { status: Some(429), error: "http-429".into(), retry_after },
            None => Outcome::Taken(202),
        })
        .await;
        let at: Vec<i64> = attempts.iter().map(|attempt| (attempt.at - start) / MINUTE).collect();
        assert_eq!(at[0], 0);
        assert_eq!(at[1], 60, "an hour, as asked");
        assert_eq!(at[2], 60 + 24 * 60, "a week is more than anybody may ask: a day");
        assert!((60 + 24 * 60 + 3..=60 + 24 * 60 + 5).contains(&at[3]), "{at:?}");
        assert_eq!(taken(&attempts, INBOX), ["a"]);
    }
);

on_both_databases!(
    async fn what_is_refused_for_good_makes_way(db) {
        let node = scene(db).await;
        for object in ["a", "b", "c"] {
            queue(&node, object, &[INBOX]).await;
        }
        let attempts = work(&node, Duration::minutes(1), |_, _, object| {
            if object == "b" { Outcome::Refused(404) } else { Outcome::Taken(202) }
        })
        .await;
        assert_eq!(taken(&attempts, INBOX), ["a", "c"]);
        let expected = [("a", "delivered"), ("b", "refused"), ("c", "delivered")];
        assert_eq!(states(&node).await, expected.map(|(o, s)| (o.to_owned(), s.to_owned())));
    }
);

on_both_databases!(
    async fn a_long_queue_to_one_leaves_room_for_others(db) {
        let node = scene(db).await;
        for number in 0..300 {
            queue(&node, &format!("{number:03}"), &[INBOX]).await;
        }
        queue(&node, "autre", &[OTHER]).await;
        let claimed = node.app.claim_deliveries(200).await.expect("claimed");
        assert!(claimed.iter().any(|due| due.delivery.inbox == OTHER));
        let of_one: Vec<i64> =
            claimed.iter().filter(|due| due.delivery.inbox == INBOX).map(|due| due.delivery.id).collect();
        assert!(of_one.is_sorted() && of_one.len() <= 20, "{}", of_one.len());
    }
);

on_both_databases!(
    async fn two_processes_do_not_write_to_one_inbox_at_once(db) {
        let node = scene(db).await;
        let second = again(db, &node.clock);
        for number in 0..30 {
            queue(&node, &format!("{number:02}"), &[INBOX]).await;
        }
        let first = node.app.claim_deliveries(10).await.expect("claimed");
        assert_eq!(first.len(), 10);
        assert!(second.claim_deliveries(10).await.expect("claimed").is_empty());
        // Its holder dies: what it held is free again after a while, from the oldest on.
        node.advance(Duration::minutes(3));
        let taken_over = second.claim_deliveries(10).await.expect("claimed");
        assert_eq!(taken_over[0].delivery.id, first[0].delivery.id);
        let rows = taken_over.into_iter().map(|due| due.delivery).collect();
        second.release_deliveries(rows).await.expect("released");
        assert_eq!(node.app.claim_deliveries(10).await.expect("claimed").len(), 10);
    }
);

on_both_databases!(
    async fn a_clock_that_goes_back_stalls_nothing(db) {
        let node = scene(db).await;
        queue(&node, "a", &[INBOX, OTHER]).await;
        turn(&node, &mut |inbox: &str, _: &str| if inbox == INBOX { later(Some(503)) } else { Outcome::Taken(202) })
            .await;
        queue(&node, "b", &[INBOX]).await;
        assert!(node.app.claim_deliveries(10).await.expect("claimed").is_empty());
        node.advance(Duration::hours(-30));
        let attempts = work(&node, Duration::minutes(5), |_, _, _| Outcome::Taken(202)).await;
        assert_eq!(taken(&attempts, INBOX), ["a", "b"], "its wait is a minute, not thirty hours");
        // Also where nobody looked while it went back.
        queue(&node, "c", &[INBOX]).await;
        turn(&node, &mut |_: &str, _: &str| later(Some(503))).await;
        node.advance(Duration::days(-400));
        let restarted = TestNode { app: again(db, &node.clock), clock: node.clock.clone() };
        restarted.app.upkeep().await.expect("upkeep");
        let attempts = work(&restarted, Duration::minutes(5), |_, _, _| Outcome::Taken(202)).await;
        assert_eq!(taken(&attempts, INBOX), ["c"]);
    }
);

on_both_databases!(
    async fn a_delivery_is_tried_again_by_hand(db) {
        let node = scene(db).await;
        queue(&node, "a", &[INBOX]).await;
        work(&node, Duration::minutes(1), |_, _, _| Outcome::Refused(400)).await;
        let uid = node.write(|tx| Ok(tx.reads().deliveries(None, None, 1)?.remove(0).delivery.uid)).await;
        let moderator = node.person("moderation@mef58.example", "actus", Role::ServiceManager).await;
        forbidden(node.app.retry_delivery(&moderator, &uid).await);
        node.app.retry_delivery(&Caller::Node, &uid).await.expect("due again");
        let attempts = work(&node, Duration::minutes(1), |_, _, _| Outcome::Taken(202)).await;
        assert_eq!(taken(&attempts, INBOX), ["a"]);
        conflict(node.app.retry_delivery(&Caller::Node, &uid).await);
    }
);

on_both_databases!(
    async fn an_answer_after_weeks_of_silence_is_a_new_beginning(db) {
        let node = scene(db).await;
        for object in ["a", "b"] {
            queue(&node, object, &[INBOX]).await;
        }
        work(&node, Duration::days(40), |_, _, _| later(None)).await;
        // It comes up slowly, with a maintenance page first: nothing is given up over that.
        let back = node.app.now().timestamp_millis() + DAY + DAY / 2;
        let attempts = work(&node, Duration::days(5), |now, _, _| {
            if now < back { later(Some(503)) } else { Outcome::Taken(202) }
        })
        .await;
        assert_eq!(taken(&attempts, INBOX), ["a", "b"]);
    }
);

on_both_databases!(
    async fn what_a_killed_process_had_claimed_is_taken_up_by_the_next(db) {
        let node = scene(db).await;
        queue(&node, "a", &[INBOX]).await;
        let claimed = node.app.claim_deliveries(10).await.expect("claimed");
        assert!(!claimed.is_empty());
        assert!(node.app.claim_deliveries(10).await.expect("claimed").is_empty());
        let next = again(db, &node.clock);
        assert_eq!(next.take_up_claimed().await.expect("taken up"), claimed.len());
        assert_eq!(next.claim_deliveries(10).await.expect("claimed").len(), claimed.len());
    }
);
