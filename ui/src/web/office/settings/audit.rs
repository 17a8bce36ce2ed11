//! The audit log: who did what, when, and what it was before and after; as a page and as a table.

use crate::i18n::{Translator, When};
use crate::paths;
use crate::views::{
    AuditFilter, AuditLine, AuditPage, Difference, Empty, Icon, OfficeSection, Opt, settings_tabs,
};
use crate::web::office::keyset::Trail;
use crate::web::office::{PAGE, ZONE, address};
use crate::web::time::moment;
use crate::web::{Desk, WebError};
use actix_web::http::header;
use actix_web::{HttpResponse, web};
use chrono::{Days, NaiveDate, TimeZone};
use maillage_app::AppError;
use maillage_store::StoreError;
use maillage_store::read::{AuditQuery, AuditView, Cursor, Reads};
use serde::Deserialize;
use serde_json::{Map, Value};

/// Lines of one table.
const TABLE: i64 = 100_000;

/// Kinds of things, with their names.
const SUBJECTS: [(&str, &str); 15] = [
    ("account", "audit-account"),
    ("role", "audit-role"),
    ("invitation", "audit-invitation"),
    ("second_factor", "audit-second-factor"),
    ("identity", "audit-identity"),
    ("token", "audit-token"),
    ("item", "audit-item"),
    ("service", "audit-service"),
    ("subscription", "audit-subscription"),
    ("follower", "audit-follower"),
    ("site", "audit-site"),
    ("placement", "audit-placement"),
    ("theme", "audit-theme"),
    ("organisation", "audit-organisation"),
    ("node", "audit-node"),
];

/// What is done, with its name.
const ACTIONS: [(&str, &str); 9] = [
    ("create", "audit-create"),
    ("change", "audit-change"),
    ("remove", "audit-remove"),
    ("submit", "audit-submit"),
    ("publish", "audit-publish"),
    ("decline", "audit-decline"),
    ("withdraw", "audit-withdraw"),
    ("expire", "audit-expire"),
    ("import", "audit-import"),
];

/// Names of what is set, where people have one.
const FIELDS: [(&str, &str); 16] = [
    ("password_hash", "password"),
    ("email", "account-email"),
    ("display_name", "setup-name"),
    ("administrator", "account-administrator"),
    ("disabled_at", "account-disable"),
    ("role", "member-role"),
    ("title", "audit-title"),
    ("name", "audit-title"),
    ("purpose", "service-field-purpose"),
    ("moderators", "charter-moderators"),
    ("delay_days", "charter-delay"),
    ("licence", "charter-licence"),
    ("visibility", "service-field-visibility"),
    ("self_validation", "service-self-validation"),
    ("reason", "audit-reason"),
    ("why", "audit-reason"),
];

/// Which lines are asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::office) struct Asked {
    who: String,
    service: String,
    subject: String,
    from: String,
    until: String,
    after: String,
}

impl Asked {
    fn address(&self, path: &str, after: &str) -> String {
        let parameters = [
            ("who", self.who.as_str()),
            ("service", &self.service),
            ("subject", &self.subject),
            ("from", &self.from),
            ("until", &self.until),
            ("after", after),
        ];
        address::with(path, &parameters)
    }

    /// The query, with the names of accounts and services resolved as the viewer sees them.
    fn query(&self, reads: &mut Reads<'_>) -> Result<AuditQuery, StoreError> {
        let account = match self.who.as_str() {
            "" => None,
            uid => Some(reads.account(uid)?.id),
        };
        let service = match self.service.as_str() {
            "" => None,
            slug => Some(reads.service(slug)?.id),
        };
        let known = SUBJECTS.iter().find(|(subject, _)| *subject == self.subject);
        Ok(AuditQuery {
            account,
            service,
            subject: known.map(|(subject, _)| (*subject).to_owned()),
            from: day(&self.from).and_then(midnight),
            until: day(&self.until).and_then(|day| midnight(day.checked_add_days(Days::new(1))?)),
            older_than: Trail::read(&self.after).after().map(|cursor| cursor.id),
        })
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn midnight(day: NaiveDate) -> Option<i64> {
    ZONE.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest().map(|at| at.timestamp_millis())
}

/// Who may read none of it is refused; a filter that names what is not there is told as such.
fn read_error(desk: &Desk, error: StoreError, filtered: bool) -> WebError {
    match error {
        StoreError::NotFound if !filtered || !desk.administers() => AppError::forbidden().into(),
        error => error.into(),
    }
}

/// GET /office/settings/audit
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn list(
    desk: Desk,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let asked = asked.into_inner();
    let (wanted, administers) = (asked.clone(), desk.administers());
    let read = desk.reads().run(move |reads| {
        let query = wanted.query(reads)?;
        let views = reads.audit(&query, PAGE + 1)?;
        let people = if administers { reads.accounts()? } else { Vec::new() };
        Ok((views, people, reads.services()?))
    });
    let filtered = !asked.who.is_empty() || !asked.service.is_empty();
    let (mut views, people, services) = read.await.map_err(|error| read_error(&desk, error, filtered))?;
    let more = views.len() > PAGE as usize;
    views.truncate(PAGE as usize);
    let next = views.last().filter(|_| more).map(|view| Cursor { sort: view.line.id, id: view.line.id });
    let t = desk.t;
    let people = people.iter().map(|view| Opt::new(&view.account.uid, &view.account.display_name));
    let services = services.iter().map(|service| Opt::new(&service.slug, &service.title));
    let filters = filters(t, &asked, people.collect(), services.collect());
    let page = AuditPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Settings, Vec::new()),
        tabs: settings_tabs(t, paths::AUDIT, administers),
        filters,
        from: day(&asked.from).map(|day| day.to_string()).unwrap_or_default(),
        until: day(&asked.until).map(|day| day.to_string()).unwrap_or_default(),
        export_href: asked.address(paths::AUDIT_TABLE, ""),
        lines: views.iter().map(|view| line(t, view)).collect(),
        empty: Empty { icon: Icon("page"), title: t.get("audit-none"), text: String::new(), action: None },
        paging: Trail::read(&asked.after).paging(t, next, |trail| asked.address(paths::AUDIT, &trail.text())),
    };
    desk.page(&page)
}

fn filters(t: Translator, asked: &Asked, people: Vec<Opt>, services: Vec<Opt>) -> Vec<AuditFilter> {
    let filter = |name, label: &str, options: Vec<Opt>, chosen: &str| AuditFilter {
        name,
        label: t.get(label),
        options,
        chosen: chosen.to_owned(),
    };
    let subjects = SUBJECTS.iter().map(|(subject, key)| Opt::new(*subject, t.get(key))).collect();
    let all = [
        filter("who", "audit-who", people, &asked.who),
        filter("service", "audit-service", services, &asked.service),
        filter("subject", "audit-subject", subjects, &asked.subject),
    ];
    all.into_iter().filter(|filter| !filter.options.is_empty()).collect()
}

fn name_of(t: Translator, names: &[(&str, &str)], name: &str) -> String {
    names.iter().find(|(known, _)| *known == name).map_or_else(|| name.to_owned(), |(_, key)| t.get(key))
}

fn line(t: Translator, view: &AuditView) -> AuditLine {
    let line = &view.line;
    let (action, subject) = (name_of(t, &ACTIONS, &line.action), name_of(t, &SUBJECTS, &line.subject));
    AuditLine {
        at: When::full(moment(line.at), ZONE, t),
        who: view.who.clone().unwrap_or_else(|| t.get("audit-the-node")),
        what: t.with2("audit-what", ("subject", subject), ("action", action)),
        name: line.subject_name.clone(),
        service: view.service.clone().unwrap_or_default(),
        differences: differences(t, &line.before, &line.after),
    }
}

fn said(t: Translator, facts: &Map<String, Value>, name: &str) -> String {
    match facts.get(name) {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(yes)) => t.get(if *yes { "audit-yes" } else { "audit-no" }),
        Some(Value::String(text)) => text.clone(),
        // A sentence of the node's own.
        Some(sentence) if sentence.get("fr").is_some() => serde_json::from_value(sentence.clone())
            .map_or_else(|_| sentence.to_string(), |said| t.say(&said)),
        Some(other) => other.to_string(),
    }
}

/// What has changed, name by name.
fn differences(t: Translator, before: &str, after: &str) -> Vec<Difference> {
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap_or_default();
    let (before, after) = (read(before), read(after));
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|name| Difference {
            name: name_of(t, &FIELDS, name),
            before: said(t, &before, name),
            after: said(t, &after, name),
        })
        .filter(|one| !one.before.is_empty() || !one.after.is_empty())
        .collect()
}

/// GET /office/settings/audit.csv: the lines that the filters leave, newest first.
///
/// # Errors
/// [`AppError::Forbidden`].
pub(in crate::web::office) async fn table(
    desk: Desk,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let asked = asked.into_inner();
    let filtered = !asked.who.is_empty() || !asked.service.is_empty();
    let wanted = asked.clone();
    let read = desk.reads().run(move |reads| {
        let query = wanted.query(reads)?;
        reads.audit(&query, TABLE)
    });
    let views = read.await.map_err(|error| read_error(&desk, error, filtered))?;
    let head = ["at", "who", "service", "subject", "id", "name", "action", "before", "after"];
    let rows = views.iter().map(|view| {
        let line = &view.line;
        vec![
            moment(line.at).to_rfc3339(),
            view.who.clone().unwrap_or_default(),
            view.service.clone().unwrap_or_default(),
            line.subject.clone(),
            line.subject_uid.clone(),
            line.subject_name.clone(),
            line.action.clone(),
            line.before.clone(),
            line.after.clone(),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"journal.csv\""))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(maillage_gateways::csv::write(&head, &rows)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_action_has_a_name() {
        let t = Translator::default();
        for (_, key) in SUBJECTS.iter().chain(&ACTIONS).chain(&FIELDS) {
            assert!(t.has(key), "{key}");
        }
    }

    #[test]
    fn differences_say_before_and_after() {
        let t = Translator::default();
        let told = differences(
            t,
            r#"{"slug":"a","licence":null,"x":true}"#,
            r#"{"slug":"b","title":"B","why":{"fr":"Rôle retiré.","en":"Role gone."},"x":false}"#,
        );
        let told: Vec<_> =
            told.iter().map(|d| (d.name.as_str(), d.before.as_str(), d.after.as_str())).collect();
        assert_eq!(
            told,
            [("slug", "a", "b"), ("Nom", "", "B"), ("Motif", "", "Rôle retiré."), ("x", "oui", "non")]
        );
    }
}
