//! Reads of the audit log, page by page.

use super::Reads;
use crate::error::StoreError;
use crate::rows::AuditRow;
use crate::schema::{accounts, audit, services};
use diesel::prelude::*;

/// Which lines of the audit log are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditQuery {
    /// Of this account alone.
    pub account: Option<i64>,
    /// About this service alone.
    pub service: Option<i64>,
    /// About this kind of thing alone.
    pub subject: Option<String>,
    /// From this moment on, in milliseconds.
    pub from: Option<i64>,
    /// Before this moment, in milliseconds.
    pub until: Option<i64>,
    /// Older than the line with this key: the next page.
    pub older_than: Option<i64>,
}

/// A line of the audit log with the names of today.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditView {
    /// The line.
    pub line: AuditRow,
    /// Name of the account; none for the node itself.
    pub who: Option<String>,
    /// Title of the service.
    pub service: Option<String>,
}

impl Reads<'_> {
    /// Lines of the audit log, newest first: all of them for who administers the node, those about
    /// their services for who manages some.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for everybody else.
    pub fn audit(&mut self, query: &AuditQuery, limit: i64) -> Result<Vec<AuditView>, StoreError> {
        let mut lines = audit::table
            .left_join(accounts::table.on(audit::account_id.eq(accounts::id.nullable())))
            .left_join(services::table.on(audit::service_id.eq(services::id.nullable())))
            .into_boxed();
        if !self.administers() {
            let managed = self.managed_services()?;
            if managed.is_empty() {
                return Err(StoreError::NotFound);
            }
            lines = lines.filter(audit::service_id.eq_any(managed.into_iter().map(Some)));
        }
        if let Some(account) = query.account {
            lines = lines.filter(audit::account_id.eq(account));
        }
        if let Some(service) = query.service {
            lines = lines.filter(audit::service_id.eq(service));
        }
        if let Some(subject) = &query.subject {
            lines = lines.filter(audit::subject.eq(subject.clone()));
        }
        if let Some(from) = query.from {
            lines = lines.filter(audit::at.ge(from));
        }
        if let Some(until) = query.until {
            lines = lines.filter(audit::at.lt(until));
        }
        if let Some(key) = query.older_than {
            lines = lines.filter(audit::id.lt(key));
        }
        let rows: Vec<(AuditRow, Option<String>, Option<String>)> = lines
            .order(audit::id.desc())
            .limit(limit)
            .select((AuditRow::as_select(), accounts::display_name.nullable(), services::title.nullable()))
            .load(self.conn)?;
        Ok(rows.into_iter().map(|(line, who, service)| AuditView { line, who, service }).collect())
    }
}
