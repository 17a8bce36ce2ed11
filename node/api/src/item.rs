//! An item as the API shows it: its presence in one service, with its content and its origin.

use crate::caller::Visitor;
use crate::moment::Moment;
use crate::problem::{Problem, Sentence};
use crate::words;
use maillage_domain::field::Fields;
use maillage_domain::message::Message;
use maillage_store::StoreError;
use maillage_store::read::{EntryDetail, EntryView, Reads};
use maillage_store::rows::{DecisionRow, EntryRow, ItemAgeRow, RevisionRow};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// An item in one service.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    /// Its id in this API: that of its presence in this service.
    pub id: String,
    /// Its permanent ActivityPub id, the same in every service and on every node.
    pub uri: String,
    /// Its page, on the node it comes from.
    pub url: String,
    /// Slug of the service.
    pub service: String,
    /// Slug of its service type.
    pub r#type: String,
    /// Where it stands in this service.
    #[schema(value_type = words::State)]
    pub state: String,
    /// Whether it was entered in this service; otherwise it was received.
    pub home: bool,
    /// Plain-text title.
    pub title: String,
    /// Plain-text summary, at most 500 characters.
    pub summary: String,
    /// Clean HTML.
    pub content: String,
    /// The typed fields of its service type, by name; empty for items of other software.
    #[schema(value_type = Object)]
    pub fields: Fields,
    /// ISO 639-1.
    pub language: String,
    /// SPDX identifier or URL, or empty.
    pub licence: String,
    /// Theme slugs as given.
    pub themes: Vec<String>,
    /// Codes of the places where it is held, as given.
    pub places: Vec<String>,
    /// Codes of the areas whose inhabitants are eligible, as given.
    pub eligible: Vec<String>,
    /// When it begins.
    pub starts_at: Option<Moment>,
    /// When it ends.
    pub ends_at: Option<Moment>,
    /// The date of the thing itself, `YYYY-MM-DD`.
    #[schema(format = Date)]
    pub dated: Option<String>,
    /// Address of the original.
    pub source_url: Option<String>,
    /// 0 before its first publication, then one more with every change of what is published.
    pub version: i64,
    /// When it was published.
    pub published_at: Option<Moment>,
    /// When it, or its correction, is to be published. Null where no moment is set, and for who does not
    /// work on it.
    pub publish_at: Option<Moment>,
    /// When its content last changed.
    pub updated_at: Moment,
    /// Since when it waits for a moderator. Null for who does not belong to the service.
    pub queued_at: Option<Moment>,
    /// Why it was declined or withdrawn. Null for who does not belong to the service.
    pub reason: Option<String>,
    /// What decided its state: `account:` and a name, `trust`, `rule:` and the rule's position from 0,
    /// `filter`, `origin` or `node`. Null before any decision, and for who does not belong to the service.
    pub decided_by: Option<String>,
    /// Whether this service announces it to its own followers.
    pub announced: bool,
    /// What the passing of time has made of it.
    pub aged: Aged,
    /// Where it comes from.
    pub origin: Origin,
    /// The latest revision of an own item; for who works on it, where one item is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub revision: Option<Revision>,
    /// What was decided on it, latest first; for who works on it, where one item is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub decisions: Option<Vec<DecisionTaken>>,
}

/// Where an item comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct Origin {
    /// Id of the actor of its service.
    pub uri: String,
    /// Name of that service.
    pub name: String,
    /// Address of that service, `@service@host`.
    pub handle: String,
    /// Host of its node.
    pub host: String,
    /// The body that publishes it.
    pub organisation: String,
    /// Page of that service.
    pub url: Option<String>,
    /// Ids of the actors by which it came here, the origin first; empty where it was entered.
    pub path: Vec<String>,
}

/// What the dated actions of its type have made of an item.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Aged {
    /// Since when it is to be checked.
    pub to_check_since: Option<Moment>,
    /// Since when it is left out of the first pages of sites.
    pub hidden_since: Option<Moment>,
    /// Since when it is archived.
    pub archived_since: Option<Moment>,
}

impl Aged {
    fn of(row: ItemAgeRow) -> Self {
        Self {
            to_check_since: row.check_at.map(Moment),
            hidden_since: row.hidden_at.map(Moment),
            archived_since: row.archived_at.map(Moment),
        }
    }
}

/// One version of an own item.
#[derive(Debug, Serialize, ToSchema)]
pub struct Revision {
    /// 1 and up.
    pub number: i64,
    /// Where it stands.
    #[schema(value_type = words::State)]
    pub state: String,
    /// Its title.
    pub title: String,
    /// Its fields.
    #[schema(value_type = Object)]
    pub fields: Fields,
    /// Give it back as `seen` when saving: refused (409) when somebody else has saved since.
    pub seen: i64,
}

/// A step that was taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionTaken {
    /// When.
    pub at: Moment,
    /// Name of who took it; null for the node itself.
    pub by: Option<String>,
    /// `submit`, `publish`, `decline`, `withdraw`, `expire`, `import`, `confirm`, `schedule`, `unschedule`,
    /// `take_back`, `restore`, or an action of the type: `remind`, `check`, `hide`, `archive`, `erase`.
    pub action: String,
    /// The reason given, or empty.
    pub reason: String,
    /// Why the node could not do what was decided, for an `unschedule` of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub why: Option<Sentence>,
}

/// Names of accounts by key.
type Names = [(i64, String)];

impl Item {
    /// Items as lists show them.
    ///
    /// # Errors
    /// Those of the database, and what is stored in no readable form.
    pub fn listed(reads: &mut Reads<'_>, views: Vec<EntryView>) -> Result<Vec<Self>, StoreError> {
        let deciders: Vec<i64> = views.iter().filter_map(|view| account_in(&view.entry.decided_by)).collect();
        let names = reads.account_names(&deciders)?;
        views.into_iter().map(|view| Self::of(view, &names)).collect()
    }

    /// One item with all that its readers may know.
    ///
    /// # Errors
    /// 404 when it is not theirs to see.
    pub async fn read(visitor: &Visitor, id: &str) -> Result<Self, Problem> {
        let id = id.to_owned();
        visitor
            .read(move |reads| {
                let detail = reads.entry(&id)?;
                Self::in_full(reads, detail)
            })
            .await
    }

    fn in_full(reads: &mut Reads<'_>, detail: EntryDetail) -> Result<Self, StoreError> {
        let EntryDetail { view, revisions, decisions, .. } = detail;
        let mut accounts: Vec<i64> = decisions.iter().filter_map(|taken| taken.account_id).collect();
        accounts.extend(account_in(&view.entry.decided_by));
        let names = reads.account_names(&accounts)?;
        let works = !revisions.is_empty() || !decisions.is_empty();
        Ok(Self {
            revision: revisions.into_iter().next().map(Revision::of).transpose()?,
            decisions: works
                .then(|| decisions.iter().map(|taken| DecisionTaken::of(taken, &names)).collect()),
            ..Self::of(view, &names)?
        })
    }

    fn of(view: EntryView, names: &Names) -> Result<Self, StoreError> {
        let EntryView { entry, item, service, origin, themes, places, eligible, age, publish_at } = view;
        Ok(Self {
            decided_by: decided_by(&entry, names),
            origin: Origin {
                handle: format!("@{}@{}", origin.username, origin.host),
                uri: origin.uri,
                name: origin.name,
                host: origin.host,
                organisation: item.organisation_name,
                url: origin.url,
                path: serde_json::from_str(&entry.path).map_err(|_| StoreError::corrupt("entries.path"))?,
            },
            id: entry.uid,
            uri: item.uri,
            url: item.url,
            service: service.slug,
            r#type: item.type_slug,
            state: entry.state,
            home: entry.home,
            title: item.title,
            summary: item.summary,
            content: item.content,
            fields: serde_json::from_str(&item.fields).map_err(|_| StoreError::corrupt("items.fields"))?,
            language: item.language,
            licence: item.licence,
            themes,
            places,
            eligible,
            starts_at: item.starts_at.map(Moment),
            ends_at: item.ends_at.map(Moment),
            dated: item.dated,
            source_url: item.source_url,
            version: item.version,
            publish_at: publish_at.map(Moment),
            published_at: item.published_at.map(Moment),
            updated_at: Moment(item.updated_at),
            queued_at: entry.queued_at.map(Moment),
            reason: entry.reason,
            announced: entry.announce_uri.is_some(),
            aged: age.map(Aged::of).unwrap_or_default(),
            revision: None,
            decisions: None,
        })
    }
}

impl Revision {
    fn of(row: RevisionRow) -> Result<Self, StoreError> {
        Ok(Self {
            number: row.number,
            state: row.state,
            title: row.title,
            fields: serde_json::from_str(&row.fields).map_err(|_| StoreError::corrupt("revisions.fields"))?,
            seen: row.updated_at,
        })
    }
}

impl DecisionTaken {
    fn of(row: &DecisionRow, names: &Names) -> Self {
        let detail: Value = serde_json::from_str(&row.detail).unwrap_or_default();
        Self {
            at: Moment(row.at),
            by: row.account_id.and_then(|id| name_of(id, names)),
            action: row.action.clone(),
            why: detail
                .get("why")
                .and_then(|why| serde_json::from_value::<Message>(why.clone()).ok())
                .map(Sentence::from),
            reason: detail.get("reason").and_then(Value::as_str).unwrap_or_default().to_owned(),
        }
    }
}

fn account_in(decided_by: &str) -> Option<i64> {
    decided_by.strip_prefix("account:")?.parse().ok()
}

fn name_of(id: i64, names: &Names) -> Option<String> {
    names.iter().find(|(known, _)| *known == id).map(|(_, name)| name.clone())
}

/// Who decided, people by their name rather than by a key of the database.
fn decided_by(entry: &EntryRow, names: &Names) -> Option<String> {
    match account_in(&entry.decided_by) {
        Some(id) => Some(format!("account:{}", name_of(id, names).unwrap_or_default())),
        None => Some(entry.decided_by.clone()).filter(|by| !by.is_empty()),
    }
}
