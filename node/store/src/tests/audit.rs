//! Nothing takes a line out of the audit log, or changes one, whoever asks the database.

use crate::connection::{Access, DbConnection};
use crate::testing::{TestDatabase, on_both_databases};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

fn lines(conn: &mut DbConnection) -> i64 {
    crate::schema::audit::table
        .filter(crate::schema::audit::action.eq("change"))
        .count()
        .get_result(conn)
        .expect("counted")
}

on_both_databases!(
    async fn the_log_is_only_added_to(db) {
        let mut conn = DbConnection::open(&TestDatabase::location(db), Access::Migrate).expect("opens");
        conn.batch_execute(
            "INSERT INTO audit (at, subject, subject_uid, subject_name, action, before, after)
             VALUES (1, 'service', 'x', 'Agenda', 'change', '{}', '{}')",
        )
        .expect("added");
        for statement in ["UPDATE audit SET action = 'create'", "DELETE FROM audit", "DELETE FROM audit WHERE at = 1"] {
            let refused = conn.batch_execute(statement).expect_err(statement).to_string();
            assert!(refused.contains("only added to"), "{statement}: {refused}");
            assert_eq!(lines(&mut conn), 1, "{statement}");
        }
        if db.file().is_none() {
            let refused = conn.batch_execute("TRUNCATE audit").expect_err("truncated").to_string();
            assert!(refused.contains("only added to"), "{refused}");
        }
        assert_eq!(lines(&mut conn), 1);
    }
);
