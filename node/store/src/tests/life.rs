//! Schedules and comments: read for who works on the entries, however many others there are.

use super::plans::{actor, entry, item, service};
use crate::error::StoreError;
use crate::read::Cursor;
use crate::rows::{AccountRow, CommentRow, EntryRow, ItemRow, OrganisationRow, ScheduleRow};
use crate::testing::on_both_databases;
use crate::{Limits, Store, Tx};
use maillage_domain::viewer::{AccountScope, Viewer};

/// More than one look takes.
const OTHERS: i64 = 520;

/// Somebody who decides.
pub(super) fn account(organisation: i64) -> AccountRow {
    AccountRow {
        id: 0,
        uid: "account".into(),
        email: "moderation@mef58.example".into(),
        email_folded: "moderation@mef58.example".into(),
        display_name: "Modération".into(),
        password_hash: None,
        administrator: false,
        organisation_id: organisation,
        locale: "fr".into(),
        disabled_at: None,
        created_at: 0,
    }
}

/// An entry is published later, and its author has asked something.
pub(super) fn planned(tx: &mut Tx<'_>, entry: i64, at: i64, account: i64) -> Result<(), StoreError> {
    tx.set_schedule(&ScheduleRow {
        entry_id: entry,
        publish_at: at,
        seen: 0,
        account_id: account,
        ticked: "[]".into(),
        created_at: 0,
    })?;
    tx.insert_comment(&CommentRow {
        id: 0,
        uid: format!("comment-{entry}"),
        entry_id: entry,
        account_id: None,
        side: "author".into(),
        body: "Quand ?".into(),
        created_at: at,
        answered_at: None,
    })
}

/// Three entries of one service, and many of another that are due before and were talked about since. Answers the keys of both
/// services and of the three entries.
fn fill(tx: &mut Tx<'_>) -> Result<(i64, i64, Vec<i64>), StoreError> {
    let body = OrganisationRow {
        id: 0,
        uid: "body".into(),
        name: "MEF".into(),
        url: None,
        territory: None,
        created_at: 0,
    };
    let body = tx.insert_organisation(&body)?;
    let account = tx.insert_account(&account(body))?;
    let mut services = Vec::new();
    for number in [0, 1] {
        let actor = tx.insert_actor(&actor(number))?;
        let mut row = service(number, body, actor);
        row.id = tx.insert_service(&row)?;
        services.push(row);
    }
    let mut last = Vec::new();
    for number in 0..OTHERS + 3 {
        // Comments are looked at latest first, schedules next first: these three come last in both.
        let service = &services[usize::from(number < 3)];
        let row = item(number, service);
        let row = ItemRow { id: tx.insert_item(&row)?, ..row };
        let made = EntryRow { state: "submitted".into(), queued_at: None, ..entry(number, &row, service.id) };
        let key = tx.insert_entry(&made)?;
        planned(tx, key, if number < 3 { 900_000 } else { 0 } + number, account)?;
        if number < 3 {
            last.push(key);
        }
    }
    Ok((services[0].id, services[1].id, last))
}

on_both_databases!(
    async fn what_others_have_in_hand_hides_nothing(db) {
        let (reader, _system, writer) = Store::open(&db.location(), &Limits::default()).expect("opens");
        let (others, mine, keys) = writer.run(fill).await.expect("filled");
        let scope = AccountScope {
            account: 1,
            services: [mine].into(),
            moderated: [mine].into(),
            administrator: false,
        };
        let read = reader.viewed_by(Viewer::Account(scope.clone())).run(move |reads| {
            Ok((
                reads.schedules()?,
                reads.open_comments("author", None)?,
                reads.schedules_in(Some(&[others]), None, 10)?,
                reads.count_schedules(&[mine, others], 1)?,
                reads.schedules_in(None, Some(Cursor { sort: 900_000, id: keys[0] }), 10)?,
            ))
        });
        let (all, asked, of_others, counted, further) = read.await.expect("read");
        assert_eq!(all.iter().map(|row| row.publish_at).collect::<Vec<_>>(), [900_000, 900_001, 900_002]);
        assert_eq!(asked.len(), 3);
        assert!(of_others.is_empty());
        assert_eq!(counted, 2, "no further than is asked for");
        assert_eq!(further.iter().map(|row| row.publish_at).collect::<Vec<_>>(), [900_001, 900_002]);
        // Somebody who moderates the other service, asking for the comments of a page.
        let scope = AccountScope { services: [others].into(), moderated: [others].into(), ..scope };
        let read = reader.viewed_by(Viewer::Account(scope)).run(move |reads| {
            let first = reads.schedules()?[0].entry_id;
            reads.open_comments("author", Some(&[first]))
        });
        assert_eq!(read.await.expect("read").len(), 1);
        let nobody = reader.viewed_by(Viewer::Anonymous);
        let read = nobody.run(|reads| Ok((reads.schedules()?, reads.open_comments("author", None)?)));
        assert_eq!(read.await.expect("read"), (Vec::new(), Default::default()));
    }
);
