//! Full-text search: FTS5 on SQLite, a search vector on PostgreSQL, over the same kept words.

use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::schema::{entries, item_searches, items};
use diesel::prelude::*;
use diesel::sql_types::Text;
use maillage_domain::search::{Question, Term};

diesel::table! {
    item_index (rowid) {
        rowid -> BigInt,
        #[sql_name = "item_index"]
        whole -> Text,
    }
}

diesel::table! {
    #[sql_name = "item_searches"]
    item_vectors (item_id) {
        item_id -> BigInt,
        vector -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(item_index, entries);
diesel::allow_tables_to_appear_in_same_query!(item_index, items);
diesel::allow_tables_to_appear_in_same_query!(item_vectors, entries);
diesel::allow_tables_to_appear_in_same_query!(item_vectors, items);

diesel::infix_operator!(Matches, " MATCH ");
diesel::infix_operator!(Fits, " @@ ");

diesel::define_sql_function! {
    /// The text of a query as a query; of our own migrations.
    fn search_query(question: Text) -> Text;
}

/// Words of a question hold letters and digits alone, so that quoting them is all that is to be done.
fn for_sqlite(term: &Term) -> String {
    match &term.begun {
        Some(begun) => format!("(\"{}\" OR \"{begun}\" *)", term.stem),
        None => format!("\"{}\"", term.stem),
    }
}

fn for_postgres(term: &Term) -> String {
    match &term.begun {
        Some(begun) => format!("('{}' | '{begun}':*)", term.stem),
        None => format!("'{}'", term.stem),
    }
}

/// How the words of a question are matched on the database at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Match {
    /// FTS5's language.
    Sqlite(Asked),
    /// A tsquery's.
    Postgres(Asked),
}

/// A question in the language of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The last word as it is alone: less than is asked for, and quickly found.
    exact: String,
    /// The whole of it.
    whole: String,
}

impl Asked {
    fn new(question: &Question, by: &str, written: fn(&Term) -> String) -> Self {
        let exact = |term: &Term| written(&Term { begun: None, ..term.clone() });
        Self {
            exact: question.terms.iter().map(exact).collect::<Vec<_>>().join(by),
            whole: question.terms.iter().map(written).collect::<Vec<_>>().join(by),
        }
    }
}

impl Match {
    /// The words of a question that is not empty; its phrases apart.
    pub(crate) fn of(conn: &DbConnection, question: &Question) -> Self {
        match conn {
            DbConnection::Sqlite(_) => Self::Sqlite(Asked::new(question, " AND ", for_sqlite)),
            DbConnection::Postgres(_) => Self::Postgres(Asked::new(question, " & ", for_postgres)),
        }
    }

    /// The condition that an item is among the latest that have all of them, this many.
    pub(crate) fn condition(self, limit: i64) -> crate::read::Condition {
        match self {
            Self::Sqlite(asked) => {
                let found = item_index::table
                    .filter(Matches::new(item_index::whole, asked.whole.into_sql::<Text>()))
                    .order(item_index::rowid.desc())
                    .limit(limit)
                    .select(item_index::rowid);
                Box::new(entries::item_id.eq_any(found).nullable())
            }
            Self::Postgres(asked) => {
                let found = item_vectors::table
                    .filter(Fits::new(item_vectors::vector, search_query(asked.whole)))
                    .order(item_vectors::item_id.desc())
                    .limit(limit)
                    .select(item_vectors::item_id);
                Box::new(entries::item_id.eq_any(found).nullable())
            }
        }
    }

    /// The latest items that have all of them, by key; whatever their state. Of a word that may go on,
    /// those with the word itself are enough where they are as many as are wanted: to gather all that go
    /// on like it takes longer the more there are.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn latest(&self, conn: &mut DbConnection, limit: i64) -> Result<Vec<i64>, StoreError> {
        let (Self::Sqlite(asked) | Self::Postgres(asked)) = self;
        let exact = self.found(conn, &asked.exact, limit)?;
        if asked.exact == asked.whole || i64::try_from(exact.len()).is_ok_and(|found| found >= limit) {
            return Ok(exact);
        }
        self.found(conn, &asked.whole, limit)
    }

    fn found(&self, conn: &mut DbConnection, asked: &str, limit: i64) -> Result<Vec<i64>, StoreError> {
        Ok(match self {
            Self::Sqlite(_) => item_index::table
                .filter(Matches::new(item_index::whole, asked.into_sql::<Text>()))
                .order(item_index::rowid.desc())
                .limit(limit)
                .select(item_index::rowid)
                .load(conn)?,
            Self::Postgres(_) => item_vectors::table
                .filter(Fits::new(item_vectors::vector, search_query(asked)))
                .order(item_vectors::item_id.desc())
                .limit(limit)
                .select(item_vectors::item_id)
                .load(conn)?,
        })
    }
}

/// Keeps what an item is found by, in place of what was kept.
///
/// # Errors
/// Those of the database.
pub(crate) fn keep(conn: &mut DbConnection, item: i64, words: &str) -> Result<(), StoreError> {
    let kept = item_searches::words.eq(words);
    super::on_each!(conn, |conn| {
        diesel::insert_into(item_searches::table)
            .values((item_searches::item_id.eq(item), kept))
            .on_conflict(item_searches::item_id)
            .do_update()
            .set(kept)
            .execute(conn)
    })?;
    Ok(())
}
