//! Both trees of migrations make the same schema, and each step of them can be undone.

use crate::connection::{Access, DbConnection};
use crate::migrate::{POSTGRES, SQLITE};
use crate::testing::{TestDatabase, on_both_databases};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::MigrationHarness;
use std::collections::BTreeSet;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Tables of SQLite, less those of diesel and of full-text search, which are not alike.
const SQLITE_TABLES: &str = "WITH tables AS (
    SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      AND name <> '__diesel_schema_migrations')";

/// What the schema of SQLite says, one line for each column, index, unique constraint and reference.
const SQLITE_SHAPE: &[&str] = &[
    "SELECT 'column ' || t.name || '.' || c.name || ' ' || upper(c.type)
        || CASE WHEN c.\"notnull\" THEN ' not null' ELSE '' END
        || CASE WHEN c.pk THEN ' key' ELSE '' END AS line
     FROM tables t JOIN pragma_table_info(t.name) c",
    "SELECT CASE i.origin WHEN 'c' THEN 'index ' || i.name ELSE 'unique ' || t.name END
        || CASE WHEN i.origin = 'c' AND i.\"unique\" THEN ' unique' ELSE '' END || ' ('
        || (SELECT group_concat(coalesce(k.name, 'expression'), ', ' ORDER BY k.seqno)
            FROM pragma_index_info(i.name) k) || ')' AS line
     FROM tables t JOIN pragma_index_list(t.name) i WHERE i.origin IN ('c', 'u')",
    "SELECT 'reference ' || t.name || '.' || f.\"from\" || ' ' || f.\"table\" || ' on delete '
        || lower(f.on_delete) AS line
     FROM tables t JOIN pragma_foreign_key_list(t.name) f",
];

/// The same of PostgreSQL. Search vectors and the indexes that are not b-trees have no counterpart.
const POSTGRES_SHAPE: &[&str] = &[
    "SELECT 'column ' || c.table_name || '.' || c.column_name || ' ' || upper(c.data_type)
        || CASE WHEN c.is_nullable = 'NO' THEN ' not null' ELSE '' END
        || CASE WHEN EXISTS (
            SELECT FROM information_schema.table_constraints p
            JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name)
            WHERE p.constraint_type = 'PRIMARY KEY' AND p.table_schema = c.table_schema
              AND p.table_name = c.table_name AND k.column_name = c.column_name)
           THEN ' key' ELSE '' END AS line
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type <> 'tsvector'
       AND c.table_name <> '__diesel_schema_migrations'",
    "SELECT CASE WHEN u.oid IS NULL THEN 'index ' || i.relname ELSE 'unique ' || t.relname END
        || CASE WHEN u.oid IS NULL AND x.indisunique THEN ' unique' ELSE '' END || ' ('
        || (SELECT string_agg(coalesce(a.attname, 'expression'), ', ' ORDER BY k.n)
            FROM unnest(x.indkey) WITH ORDINALITY k (attnum, n)
            LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum <> 0)
        || ')' AS line
     FROM pg_index x
     JOIN pg_class i ON i.oid = x.indexrelid
     JOIN pg_class t ON t.oid = x.indrelid
     JOIN pg_am m ON m.oid = i.relam AND m.amname = 'btree'
     LEFT JOIN pg_constraint u ON u.conindid = i.oid AND u.contype = 'u'
     WHERE t.relnamespace = 'public'::regnamespace AND NOT x.indisprimary
       AND t.relname <> '__diesel_schema_migrations'",
    "SELECT 'reference ' || t.relname || '.' || a.attname || ' ' || o.relname || ' on delete '
        || CASE f.confdeltype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
           WHEN 'n' THEN 'set null' ELSE 'set default' END AS line
     FROM pg_constraint f
     JOIN pg_class t ON t.oid = f.conrelid
     JOIN pg_class o ON o.oid = f.confrelid
     JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (f.conkey)
     WHERE f.contype = 'f' AND t.relnamespace = 'public'::regnamespace",
];

/// Column types that mean the same to diesel, by the one name used here.
const TYPES: &[(&str, &[&str])] = &[
    ("bigint", &["BIGINT", "INTEGER"]),
    ("text", &["TEXT"]),
    ("boolean", &["BOOLEAN"]),
    ("double", &["DOUBLE", "DOUBLE PRECISION"]),
    ("binary", &["BLOB", "BYTEA"]),
];

fn portable(line: &str, postgres: bool) -> String {
    let Some(column) = line.strip_prefix("column ") else { return line.to_owned() };
    let (name, kind) = column.split_once(' ').expect("a column has a type");
    let said = kind.split(" not null").next().and_then(|kind| kind.split(" key").next()).expect("a type");
    // The key of SQLite is declared INTEGER; elsewhere a 32-bit column would not hold what diesel writes.
    let narrow = said == "INTEGER" && (postgres || !kind.ends_with("key"));
    let portable = TYPES.iter().find(|(_, names)| names.contains(&said) && !narrow);
    let portable = portable.unwrap_or_else(|| panic!("{line}: {said} is not a portable type")).0;
    format!("column {name} {portable}{}", &kind[said.len()..])
}

fn shape(conn: &mut DbConnection) -> BTreeSet<String> {
    let (queries, prefix, postgres) = match conn {
        DbConnection::Sqlite(_) => (SQLITE_SHAPE, SQLITE_TABLES, false),
        DbConnection::Postgres(_) => (POSTGRES_SHAPE, "", true),
    };
    let mut lines = BTreeSet::new();
    for query in queries {
        let found: Vec<Line> =
            diesel::sql_query(format!("{prefix} {query}")).load(conn).expect("the catalogue answers");
        lines.extend(found.iter().map(|found| portable(&found.line, postgres)));
    }
    lines
}

fn open(db: &TestDatabase) -> DbConnection {
    DbConnection::open(&db.location(), Access::Migrate).expect("opens")
}

#[test]
fn both_databases_have_the_same_schema() {
    let sqlite = shape(&mut open(&TestDatabase::sqlite()));
    let postgres = shape(&mut open(&TestDatabase::postgres()));
    assert!(sqlite.contains("column leases.until bigint not null"), "{sqlite:#?}");
    assert!(sqlite.contains("column leases.name text not null key"), "{sqlite:#?}");
    let only_sqlite: Vec<_> = sqlite.difference(&postgres).collect();
    let only_postgres: Vec<_> = postgres.difference(&sqlite).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "only SQLite: {only_sqlite:#?}\nonly PostgreSQL: {only_postgres:#?}"
    );
}

/// Runs or reverts one migration; false where there is none left to run.
fn step(conn: &mut DbConnection, up: bool) -> bool {
    fn of<DB: diesel::backend::Backend>(
        conn: &mut impl MigrationHarness<DB>,
        source: diesel_migrations::EmbeddedMigrations,
        up: bool,
    ) -> bool {
        if !up {
            conn.revert_last_migration(source).expect("reverts");
            return true;
        }
        let pending = conn.pending_migrations(source).expect("lists");
        let Some(next) = pending.first() else { return false };
        conn.run_migration(next).unwrap_or_else(|error| panic!("{}: {error}", next.name()));
        true
    }
    match conn {
        DbConnection::Sqlite(conn) => of(conn, SQLITE, up),
        DbConnection::Postgres(conn) => of(conn, POSTGRES, up),
    }
}

on_both_databases!(
    async fn each_migration_goes_up_down_and_up(db) {
        crate::migrate::revert_all(&db.location()).expect("reverts");
        let mut conn = open(db);
        let mut before = shape(&mut conn);
        assert!(before.is_empty(), "{before:#?}");
        let mut steps = 0;
        while step(&mut conn, true) {
            let after = shape(&mut conn);
            step(&mut conn, false);
            assert_eq!(shape(&mut conn), before, "down");
            step(&mut conn, true);
            assert_eq!(shape(&mut conn), after, "up again");
            before = after;
            steps += 1;
        }
        assert!(steps >= 1);
    }
);
