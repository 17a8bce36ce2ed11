//! The audit log: what is set of a node writes its own line, in the transaction that changes it.

use super::Tx;
use crate::connection::DbConnection;
use crate::error::StoreError;
use crate::rows::{
    AccountRow, ApiTokenRow, AuditRow, FollowerRow, IdentityRow, InvitationRow, NodeRow, OrganisationRow,
    PlacementRow, ServiceRow, SiteRow, SubscriptionRow, ThemeRow,
};
use crate::schema::{accounts, actors, audit, items, memberships};
use diesel::prelude::*;
use serde::Serialize;
use serde_json::{Map, Value};

/// Columns that tell nothing about what somebody has set.
const SILENT: [&str; 11] = [
    "id",
    "uid",
    "created_at",
    "updated_at",
    "redecide_after",
    "setup_code_hash",
    "geography_version",
    "locale",
    "email_folded",
    "used_at",
    "expires_at",
];
/// Columns of which the log says only that they have changed.
const HIDDEN: [&str; 2] = ["password_hash", "token_hash"];

/// A row whose changes are written down.
pub trait Audited: Serialize {
    /// What kind of thing it is.
    const SUBJECT: &'static str;
    /// Whether only what people do with it is written down, not what the node does by itself.
    const BY_PEOPLE: bool = false;

    /// Public id.
    fn uid(&self) -> String;
    /// What people call it.
    fn name(&self, conn: &mut DbConnection) -> Result<String, StoreError>;
    /// Key of the service that it belongs to.
    fn service(&self) -> Option<i64> {
        None
    }
}

macro_rules! audited {
    ($($row:ty: $subject:literal, $uid:ident, $name:ident $(, $service:expr)?;)*) => {
        $(impl Audited for $row {
            const SUBJECT: &'static str = $subject;
            fn uid(&self) -> String {
                self.$uid.to_string()
            }
            fn name(&self, _: &mut DbConnection) -> Result<String, StoreError> {
                Ok(self.$name.clone())
            }
            $(fn service(&self) -> Option<i64> {
                let of: fn(&$row) -> i64 = $service;
                Some(of(self))
            })?
        })*
    };
}

audited! {
    NodeRow: "node", uid, name;
    OrganisationRow: "organisation", uid, name;
    AccountRow: "account", uid, display_name;
    ApiTokenRow: "token", id, label;
    ServiceRow: "service", uid, title, |row| row.id;
    SiteRow: "site", uid, title;
    ThemeRow: "theme", slug, label_fr;
    PlacementRow: "placement", uid, title, |row| row.service_id;
    InvitationRow: "invitation", uid, email;
    IdentityRow: "identity", id, email;
}

/// The handle of an actor: `@name@host`.
fn handle(conn: &mut DbConnection, actor: i64) -> Result<String, StoreError> {
    let (name, host): (String, String) =
        actors::table.find(actor).select((actors::username, actors::host)).first(conn)?;
    Ok(format!("@{name}@{host}"))
}

impl Audited for SubscriptionRow {
    const SUBJECT: &'static str = "subscription";
    fn uid(&self) -> String {
        self.uid.clone()
    }
    fn name(&self, conn: &mut DbConnection) -> Result<String, StoreError> {
        handle(conn, self.source_actor_id)
    }
    fn service(&self) -> Option<i64> {
        Some(self.service_id)
    }
}

impl Audited for FollowerRow {
    const SUBJECT: &'static str = "follower";
    const BY_PEOPLE: bool = true;
    fn uid(&self) -> String {
        self.uid.clone()
    }
    fn name(&self, conn: &mut DbConnection) -> Result<String, StoreError> {
        handle(conn, self.actor_id)
    }
    fn service(&self) -> Option<i64> {
        Some(self.service_id)
    }
}

/// The columns of a row that tell something.
fn facts(row: Option<&impl Serialize>) -> Map<String, Value> {
    let value = row.and_then(|row| serde_json::to_value(row).ok());
    let Some(Value::Object(mut facts)) = value else { return Map::new() };
    facts.retain(|name, _| !SILENT.contains(&name.as_str()));
    facts
}

/// What differs between two states, without what is hidden.
fn differences(
    before: Map<String, Value>,
    after: Map<String, Value>,
) -> (Map<String, Value>, Map<String, Value>) {
    let differs = |name: &str| before.get(name) != after.get(name);
    let told = |from: &Map<String, Value>| {
        let changed = from.iter().filter(|(name, value)| differs(name) && !value.is_null());
        changed
            .map(|(name, value)| {
                let hidden = HIDDEN.contains(&name.as_str());
                (name.clone(), if hidden { Value::from("…") } else { value.clone() })
            })
            .collect()
    };
    (told(&before), told(&after))
}

fn text(facts: Map<String, Value>) -> String {
    Value::Object(facts).to_string()
}

impl Tx<'_> {
    /// Notes in whose name this transaction goes on: no account where it is the node itself.
    pub fn acts_for(&mut self, account: Option<i64>) {
        self.who = account;
    }

    /// Writes down what was done to a row: made where there was none before, removed where there is
    /// none after. Says nothing where nothing has changed.
    pub(crate) fn audit<R: Audited>(
        &mut self,
        before: Option<&R>,
        after: Option<&R>,
    ) -> Result<(), StoreError> {
        let Some(row) = after.or(before) else { return Ok(()) };
        let action = match (before, after) {
            (None, _) => "create",
            (_, None) => "remove",
            _ => "change",
        };
        let (old, new) = differences(facts(before), facts(after));
        if (old.is_empty() && new.is_empty()) || (R::BY_PEOPLE && self.who.is_none()) {
            return Ok(());
        }
        let (uid, name, service) = (row.uid(), row.name(self.conn)?, row.service());
        self.write_down((R::SUBJECT, &uid, &name), service, action, (text(old), text(new)))
    }

    /// Writes down something that is no change of one row. `of` is the kind of thing, its public id
    /// and its name; `states` are JSON objects, before and after.
    ///
    /// # Errors
    /// Those of the database.
    pub fn write_down(
        &mut self,
        of: (&str, &str, &str),
        service: Option<i64>,
        action: &str,
        states: (String, String),
    ) -> Result<(), StoreError> {
        let row = AuditRow {
            id: 0,
            at: self.now,
            account_id: self.who,
            service_id: service,
            subject: of.0.to_owned(),
            subject_uid: of.1.to_owned(),
            subject_name: of.2.to_owned(),
            action: action.to_owned(),
            before: states.0,
            after: states.1,
        };
        diesel::insert_into(audit::table).values(&row).execute(self.conn)?;
        Ok(())
    }

    /// Writes down what an account may do in a service from now on, where that has changed.
    pub(crate) fn audit_role(
        &mut self,
        account: i64,
        service: i64,
        role: Option<&str>,
    ) -> Result<(), StoreError> {
        let before: Option<String> = memberships::table
            .filter(memberships::account_id.eq(account).and(memberships::service_id.eq(service)))
            .select(memberships::role)
            .first(self.conn)
            .optional()?;
        if before.as_deref() == role {
            return Ok(());
        }
        let (uid, name): (String, String) =
            accounts::table.find(account).select((accounts::uid, accounts::display_name)).first(self.conn)?;
        let state = |role: Option<&str>| {
            text(role.map(|role| ("role".to_owned(), Value::from(role))).into_iter().collect())
        };
        let action = match (&before, role) {
            (None, _) => "create",
            (_, None) => "remove",
            _ => "change",
        };
        let states = (state(before.as_deref()), state(role));
        self.write_down(("role", &uid, &name), Some(service), action, states)
    }

    /// Writes down a decision on an item.
    pub(crate) fn audit_decision(&mut self, row: &crate::rows::DecisionRow) -> Result<(), StoreError> {
        let item: Option<(String, String)> = match row.item_id {
            Some(id) => {
                items::table.find(id).select((items::uid, items::title)).first(self.conn).optional()?
            }
            None => None,
        };
        let (uid, name) = item.unwrap_or_default();
        let line = AuditRow {
            id: 0,
            at: row.at,
            account_id: row.account_id,
            service_id: row.service_id,
            subject: "item".to_owned(),
            subject_uid: uid,
            subject_name: name,
            action: row.action.clone(),
            before: "{}".to_owned(),
            after: row.detail.clone(),
        };
        diesel::insert_into(audit::table).values(&line).execute(self.conn)?;
        Ok(())
    }
}

/// The insert and the save of one table whose changes are written down: as those of
/// [`super::table_writes`], with a line of the audit log.
macro_rules! audited_writes {
    ($($table:ident: $insert:ident, $save:ident, $row:ty;)*) => {
        impl super::Tx<'_> {
            $(
                #[doc = concat!("Inserts a row of `", stringify!($table), "`, writes that down and answers its key.")]
                ///
                /// # Errors
                /// `StoreError::Conflict` where a unique value is taken.
                pub fn $insert(&mut self, row: &$row) -> Result<i64, crate::error::StoreError> {
                    self.touches(stringify!($table));
                    let id = diesel::insert_into(crate::schema::$table::table)
                        .values(row)
                        .returning(crate::schema::$table::id)
                        .get_result(self.conn)?;
                    let mut made = row.clone();
                    made.id = id;
                    self.audit(None, Some(&made))?;
                    Ok(id)
                }

                #[doc = concat!("Writes every column of a row of `", stringify!($table), "`, and down what has changed.")]
                ///
                /// # Errors
                /// `StoreError::NotFound` where there is no such row.
                pub fn $save(&mut self, row: &$row) -> Result<(), crate::error::StoreError> {
                    self.touches(stringify!($table));
                    let before: $row = crate::schema::$table::table
                        .find(row.id)
                        .select(<$row>::as_select())
                        .first(self.conn)?;
                    diesel::update(crate::schema::$table::table.find(row.id)).set(row).execute(self.conn)?;
                    self.audit(Some(&before), Some(row))
                }
            )*
        }
    };
}
pub(crate) use audited_writes;
