//! Queries that the two databases, or diesel for both at once, do not write alike.
//!
//! A query value is written once and run on the connection at hand by [`on_each!`], which stands in
//! this file alone. Through the enum go selects with `as_select()`, boxed filters, updates, deletes
//! and inserts of one row with RETURNING of named columns; here go ON CONFLICT, batches and locks.
//! Row types that are inserted in batches leave nothing to defaults:
//! `#[diesel(treat_none_as_default_value = false)]`, and `skip_insertion` on the key.

use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::rows::{ArrivalRow, DeliveryRow, ItemPlaceRow, ItemThemeRow, PlaceRow};
use crate::schema::{
    arrivals, deliveries, item_places, item_sources, item_themes, places, postal_codes, received_activities,
    revision_contributors,
};
use diesel::prelude::*;
use diesel::upsert::excluded;

/// Runs one query on whichever database the connection is to.
macro_rules! on_each {
    ($conn:expr, |$each:ident| $query:expr) => {
        match $conn {
            DbConnection::Sqlite($each) => $query,
            DbConnection::Postgres($each) => $query,
        }
    };
}

pub(crate) use on_each;

pub(crate) mod search;

diesel::table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        until -> BigInt,
    }
}

/// Takes, or keeps, the right to do what must be done once, until a time in milliseconds. True for
/// one holder only, whoever else asks at the same moment.
///
/// # Errors
/// Those of the database.
pub(crate) fn take_lease(
    conn: &mut DbConnection,
    name: &str,
    holder: &str,
    now: i64,
    until: i64,
) -> QueryResult<bool> {
    let written = on_each!(conn, |conn| {
        let taken = diesel::insert_into(leases::table)
            .values((leases::name.eq(name), leases::holder.eq(holder), leases::until.eq(until)))
            .on_conflict(leases::name)
            .do_update()
            .set((leases::holder.eq(excluded(leases::holder)), leases::until.eq(excluded(leases::until))));
        // Not a filter of the query but of the update: the trait behind both is named.
        let free = leases::until.le(now).or(leases::holder.eq(holder));
        diesel::query_dsl::methods::FilterDsl::filter(taken, free).execute(conn)
    })?;
    Ok(written == 1)
}

/// Rows inserted by one statement: SQLite takes 32,766 values in one.
const BATCH: usize = 500;

/// Inserts rows in batches.
macro_rules! insert_batches {
    ($name:ident, $table:path, $row:ty, $what:literal) => {
        #[doc = concat!("Inserts ", $what, " in batches.")]
        ///
        /// # Errors
        /// Those of the database.
        pub(crate) fn $name(conn: &mut DbConnection, rows: Vec<$row>) -> Result<(), StoreError> {
            for batch in rows.chunks(BATCH) {
                on_each!(conn, |conn| diesel::insert_into($table).values(batch).execute(conn))?;
            }
            Ok(())
        }
    };
}

insert_batches!(insert_item_themes, item_themes::table, ItemThemeRow, "themes of items");
insert_batches!(insert_item_places, item_places::table, ItemPlaceRow, "places of items");
insert_batches!(insert_places, places::table, PlaceRow, "places");

/// Inserts postal codes with the codes of their places, in batches.
///
/// # Errors
/// Those of the database.
pub(crate) fn insert_postal_codes(
    conn: &mut DbConnection,
    rows: Vec<(String, String)>,
) -> Result<(), StoreError> {
    for batch in rows.chunks(BATCH) {
        let values: Vec<_> = batch
            .iter()
            .map(|(code, place)| (postal_codes::postal_code.eq(code), postal_codes::place_code.eq(place)))
            .collect();
        on_each!(conn, |conn| diesel::insert_into(postal_codes::table).values(values).execute(conn))?;
    }
    Ok(())
}

/// Notes who had a hand in a revision, once.
///
/// # Errors
/// Those of the database.
pub(crate) fn insert_contributor(
    conn: &mut DbConnection,
    revision: i64,
    account: i64,
) -> Result<(), StoreError> {
    let values =
        (revision_contributors::revision_id.eq(revision), revision_contributors::account_id.eq(account));
    on_each!(conn, |conn| {
        diesel::insert_into(revision_contributors::table)
            .values(values)
            .on_conflict_do_nothing()
            .execute(conn)
    })?;
    Ok(())
}

/// Notes an accepted activity; false where it was known.
///
/// # Errors
/// Those of the database.
pub(crate) fn insert_received(
    conn: &mut DbConnection,
    uri: &str,
    actor: &str,
    now: i64,
) -> Result<bool, StoreError> {
    let values = (
        received_activities::uri.eq(uri),
        received_activities::actor_uri.eq(actor),
        received_activities::received_at.eq(now),
    );
    let written = on_each!(conn, |conn| {
        diesel::insert_into(received_activities::table).values(values).on_conflict_do_nothing().execute(conn)
    })?;
    Ok(written == 1)
}

/// Notes that an item came by an actor; false where it had.
///
/// # Errors
/// Those of the database.
pub(crate) fn insert_arrival(conn: &mut DbConnection, row: &ArrivalRow) -> Result<bool, StoreError> {
    let written = on_each!(conn, |conn| {
        diesel::insert_into(arrivals::table).values(row).on_conflict_do_nothing().execute(conn)
    })?;
    Ok(written == 1)
}

/// Keeps a received item as it came, in place of what was kept of it.
///
/// # Errors
/// Those of the database.
pub(crate) fn keep_source(conn: &mut DbConnection, item: i64, raw: &str, now: i64) -> Result<(), StoreError> {
    let kept =
        (item_sources::raw.eq(raw), item_sources::received_at.eq(now), item_sources::checked_at.eq(now));
    on_each!(conn, |conn| {
        diesel::insert_into(item_sources::table)
            .values((item_sources::item_id.eq(item), kept))
            .on_conflict(item_sources::item_id)
            .do_update()
            .set(kept)
            .execute(conn)
    })?;
    Ok(())
}

/// Inserts deliveries; one that is there already stays as it is.
///
/// # Errors
/// Those of the database.
pub(crate) fn insert_deliveries(conn: &mut DbConnection, rows: Vec<DeliveryRow>) -> Result<(), StoreError> {
    for batch in rows.chunks(BATCH) {
        match conn {
            // SQLite has no on_conflict for a batch through diesel; its writer is alone, so that
            // rows of one new activity cannot be there yet.
            DbConnection::Sqlite(conn) => diesel::insert_into(deliveries::table).values(batch).execute(conn),
            DbConnection::Postgres(conn) => {
                diesel::insert_into(deliveries::table).values(batch).on_conflict_do_nothing().execute(conn)
            }
        }?;
    }
    Ok(())
}

diesel::define_sql_function! {
    /// PostgreSQL's lock that lasts as long as the transaction.
    fn pg_advisory_xact_lock(key: diesel::sql_types::BigInt);
}

diesel::define_sql_function! {
    /// The same, held by any number of transactions together.
    fn pg_advisory_xact_lock_shared(key: diesel::sql_types::BigInt);
}

/// The number of a subject, FNV-1a over 64 bits: two subjects of one number only wait for each other
/// in vain.
fn number_of(subject: &str) -> i64 {
    let number = subject
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    number.cast_signed()
}

/// Waits until no other transaction works on the same subject. On SQLite none does: its writes run
/// one after the other.
///
/// # Errors
/// Those of the database.
pub(crate) fn take_turn(conn: &mut DbConnection, subject: &str) -> Result<(), StoreError> {
    if let DbConnection::Postgres(conn) = conn {
        diesel::select(pg_advisory_xact_lock(number_of(subject))).execute(conn)?;
    }
    Ok(())
}

/// Waits until no other transaction has taken a turn on the same subject, which those that share it
/// leave to each other.
///
/// # Errors
/// Those of the database.
pub(crate) fn share_turn(conn: &mut DbConnection, subject: &str) -> Result<(), StoreError> {
    if let DbConnection::Postgres(conn) = conn {
        diesel::select(pg_advisory_xact_lock_shared(number_of(subject))).execute(conn)?;
    }
    Ok(())
}
