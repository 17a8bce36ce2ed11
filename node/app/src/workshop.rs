//! Workshops: shared folders, documents with their versions, discussions. Members alone come in.

use crate::App;
use crate::address::new_uid;
use crate::caller::Caller;
use crate::error::AppError;
use crate::media::SentFile;
use maillage_domain::site::{SiteKind, SiteRole};
use maillage_store::Tx;
use maillage_store::read::DocumentView;
use maillage_store::rows::{DiscussionRow, DocumentRow, DocumentVersionRow, FolderRow, MessageRow, SiteRow};

/// What is said of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DocumentForm {
    /// Title; the file's name where it is empty.
    pub title: String,
    /// What it is about.
    pub note: String,
    /// Public id of its folder; empty for none.
    pub folder: String,
}

/// What a discussion begins with.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DiscussionForm {
    /// Title.
    pub title: String,
    /// The first message.
    pub body: String,
    /// Public id of the document it is about; empty for none.
    pub document: String,
    /// Public id of the item it is about; empty for none.
    pub item: String,
}

/// Most folders of a workshop.
const MOST_FOLDERS: usize = 200;
/// Most versions of a document.
const MOST_VERSIONS: usize = 200;
/// Longest message, in characters.
const LONGEST: usize = 10_000;

/// The workshop of this name, where the caller has at least this role in it.
fn workshop(tx: &mut Tx<'_>, caller: &Caller, slug: &str, least: SiteRole) -> Result<SiteRow, AppError> {
    let site = tx.reads().site(slug)?.site;
    caller.on_site(tx, site.id, least)?;
    if SiteKind::from_name(&site.kind) == SiteKind::Workshop { Ok(site) } else { Err(AppError::NotFound) }
}

fn titled(title: &str) -> Result<String, AppError> {
    let title = title.trim();
    if title.is_empty() || title.chars().count() > 140 {
        return Err(AppError::invalid(
            "title",
            "required",
            "Donnez un titre (140 signes au plus).",
            "Give a title (at most 140 characters).",
        ));
    }
    Ok(title.to_owned())
}

fn said(body: &str) -> Result<String, AppError> {
    let body = body.trim();
    if body.is_empty() || body.chars().count() > LONGEST {
        return Err(AppError::invalid(
            "body",
            "required",
            format!("Écrivez votre message ({LONGEST} signes au plus)."),
            format!("Write your message (at most {LONGEST} characters)."),
        ));
    }
    Ok(body.to_owned())
}

fn without_file() -> AppError {
    AppError::invalid("file", "required", "Choisissez un fichier à envoyer.", "Choose a file to send.")
}

fn folder_key(tx: &mut Tx<'_>, site: &SiteRow, uid: &str) -> Result<Option<i64>, AppError> {
    if uid.is_empty() {
        return Ok(None);
    }
    let found = tx.reads().folders(&site.slug)?.into_iter().find(|folder| folder.uid == uid);
    found.map(|folder| Some(folder.id)).ok_or_else(|| {
        AppError::invalid("folder", "unknown_folder", "Ce dossier n'existe plus.", "This folder is gone.")
    })
}

impl App {
    /// Makes a folder in a workshop.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`].
    pub async fn add_folder(&self, caller: &Caller, site: &str, title: &str) -> Result<FolderRow, AppError> {
        let title = titled(title)?;
        let (caller, slug, now) = (caller.clone(), site.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                let site = workshop(tx, &caller, &slug, SiteRole::Contributor)?;
                if tx.reads().folders(&slug)?.len() >= MOST_FOLDERS {
                    return Err(AppError::conflict(
                        format!("Un atelier tient au plus {MOST_FOLDERS} dossiers."),
                        format!("A workshop holds at most {MOST_FOLDERS} folders."),
                    ));
                }
                let created_at = now.timestamp_millis();
                let mut row = FolderRow {
                    id: 0,
                    uid: new_uid(now),
                    site_id: site.id,
                    title: title.clone(),
                    created_at,
                };
                row.id = tx.insert_folder(&row)?;
                Ok(row)
            })
            .await
    }

    /// Removes a folder; its documents stay, in none.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who does not manage the workshop; [`AppError::NotFound`].
    pub async fn delete_folder(&self, caller: &Caller, site: &str, uid: &str) -> Result<(), AppError> {
        let (caller, slug, uid) = (caller.clone(), site.to_owned(), uid.to_owned());
        self.writer()
            .run(move |tx| {
                workshop(tx, &caller, &slug, SiteRole::Manager)?;
                let folder = tx.reads().folders(&slug)?.into_iter().find(|folder| folder.uid == uid);
                Ok(tx.delete_folder(folder.ok_or(AppError::NotFound)?.id)?)
            })
            .await
    }

    /// Sends a new document to a workshop: its first version.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`].
    pub async fn add_document(
        &self,
        caller: &Caller,
        site: &str,
        form: DocumentForm,
        file: Option<SentFile>,
    ) -> Result<DocumentRow, AppError> {
        self.may_send(caller, site).await?;
        let file = file.ok_or_else(without_file)?;
        let title = if form.title.trim().is_empty() { stem(&file.name) } else { form.title.clone() };
        let title = titled(&title)?;
        let keeping = self.keeps_media().await;
        let media = self.keep_document("file", file).await?;
        let (caller, slug, now) = (caller.clone(), site.to_owned(), self.now());
        let sent = self
            .writer()
            .run(move |tx| {
                let site = workshop(tx, &caller, &slug, SiteRole::Contributor)?;
                let millis = now.timestamp_millis();
                let mut row = DocumentRow {
                    id: 0,
                    uid: new_uid(now),
                    site_id: site.id,
                    folder_id: folder_key(tx, &site, &form.folder)?,
                    title: title.clone(),
                    note: form.note.trim().chars().take(1_000).collect(),
                    created_at: millis,
                    updated_at: millis,
                };
                row.id = tx.insert_document(&row)?;
                let media_id = tx.insert_media(&media)?;
                tx.insert_document_version(&DocumentVersionRow {
                    id: 0,
                    uid: new_uid(now),
                    document_id: row.id,
                    number: 1,
                    media_id,
                    note: String::new(),
                    account_id: caller.account_id(),
                    created_at: millis,
                })?;
                Ok(row)
            })
            .await;
        drop(keeping);
        sent
    }

    /// Sends a new version of a document; the former ones stay.
    ///
    /// # Errors
    /// As [`App::add_document`].
    pub async fn add_version(
        &self,
        caller: &Caller,
        site: &str,
        document: &str,
        note: &str,
        file: Option<SentFile>,
    ) -> Result<DocumentVersionRow, AppError> {
        self.may_send(caller, site).await?;
        let file = file.ok_or_else(without_file)?;
        let keeping = self.keeps_media().await;
        let media = self.keep_document("file", file).await?;
        let (caller, slug, uid, note, now) =
            (caller.clone(), site.to_owned(), document.to_owned(), note.trim().to_owned(), self.now());
        let sent = self
            .writer()
            .run(move |tx| {
                workshop(tx, &caller, &slug, SiteRole::Contributor)?;
                tx.take_turn(&format!("document:{uid}"))?;
                let DocumentView { document, versions } = tx.reads().document(&slug, &uid)?;
                if versions.len() >= MOST_VERSIONS {
                    return Err(AppError::conflict(
                        format!(
                            "Un document tient au plus {MOST_VERSIONS} versions : commencez-en un autre."
                        ),
                        format!("A document holds at most {MOST_VERSIONS} versions: begin another one."),
                    ));
                }
                let media_id = tx.insert_media(&media)?;
                let mut row = DocumentVersionRow {
                    id: 0,
                    uid: new_uid(now),
                    document_id: document.id,
                    number: versions.first().map_or(0, |latest| latest.version.number) + 1,
                    media_id,
                    note: note.chars().take(500).collect(),
                    account_id: caller.account_id(),
                    created_at: now.timestamp_millis(),
                };
                row.id = tx.insert_document_version(&row)?;
                tx.save_document(&DocumentRow { updated_at: now.timestamp_millis(), ..document })?;
                Ok(row)
            })
            .await;
        drop(keeping);
        sent
    }

    /// Refuses, before a file is looked at, who may send none.
    async fn may_send(&self, caller: &Caller, site: &str) -> Result<(), AppError> {
        let (caller, slug) = (caller.clone(), site.to_owned());
        self.writer().run(move |tx| workshop(tx, &caller, &slug, SiteRole::Contributor).map(drop)).await
    }

    /// Changes what is said of a document, or moves it to another folder.
    ///
    /// # Errors
    /// As [`App::add_document`].
    pub async fn change_document(
        &self,
        caller: &Caller,
        site: &str,
        document: &str,
        form: DocumentForm,
    ) -> Result<DocumentRow, AppError> {
        let title = titled(&form.title)?;
        let (caller, slug, uid) = (caller.clone(), site.to_owned(), document.to_owned());
        self.writer()
            .run(move |tx| {
                let site = workshop(tx, &caller, &slug, SiteRole::Contributor)?;
                let document = tx.reads().document(&slug, &uid)?.document;
                let row = DocumentRow {
                    folder_id: folder_key(tx, &site, &form.folder)?,
                    title: title.clone(),
                    note: form.note.trim().chars().take(1_000).collect(),
                    ..document
                };
                tx.save_document(&row)?;
                Ok(row)
            })
            .await
    }

    /// Removes a document with all of its versions. Its files are erased.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who does not manage the workshop; [`AppError::NotFound`].
    pub async fn delete_document(&self, caller: &Caller, site: &str, uid: &str) -> Result<(), AppError> {
        let (caller, slug, uid) = (caller.clone(), site.to_owned(), uid.to_owned());
        let erased = self.writer().run(move |tx| {
            workshop(tx, &caller, &slug, SiteRole::Manager)?;
            let document = tx.reads().document(&slug, &uid)?.document;
            Ok::<_, AppError>(tx.delete_document(document.id)?)
        });
        let erased = erased.await?;
        self.forget_media(erased).await
    }

    /// Begins a discussion.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`].
    pub async fn add_discussion(
        &self,
        caller: &Caller,
        site: &str,
        form: DiscussionForm,
    ) -> Result<DiscussionRow, AppError> {
        let (title, body) = (titled(&form.title)?, said(&form.body)?);
        let (caller, slug, now) = (caller.clone(), site.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                let site = workshop(tx, &caller, &slug, SiteRole::Contributor)?;
                let document_id = match form.document.as_str() {
                    "" => None,
                    uid => Some(tx.reads().document(&slug, uid)?.document.id),
                };
                let item_id = match form.item.as_str() {
                    "" => None,
                    uid => Some(
                        tx.reads_as(&caller.viewer())
                            .entries_of(uid)?
                            .first()
                            .map(|view| view.item.id)
                            .ok_or(AppError::NotFound)?,
                    ),
                };
                let millis = now.timestamp_millis();
                let mut row = DiscussionRow {
                    id: 0,
                    uid: new_uid(now),
                    site_id: site.id,
                    document_id,
                    item_id,
                    title: title.clone(),
                    created_at: millis,
                    updated_at: millis,
                };
                row.id = tx.insert_discussion(&row)?;
                insert_message(tx, &caller, row.id, &body, now)?;
                Ok(row)
            })
            .await
    }

    /// Writes a message in a discussion.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Invalid`].
    pub async fn add_message(
        &self,
        caller: &Caller,
        site: &str,
        discussion: &str,
        body: &str,
    ) -> Result<(), AppError> {
        let body = said(body)?;
        let (caller, slug, uid, now) = (caller.clone(), site.to_owned(), discussion.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                workshop(tx, &caller, &slug, SiteRole::Contributor)?;
                let (row, _) = tx.reads().discussion(&slug, &uid)?;
                insert_message(tx, &caller, row.id, &body, now)?;
                tx.save_discussion(&DiscussionRow { updated_at: now.timestamp_millis(), ..row })?;
                Ok(())
            })
            .await
    }
}

fn insert_message(
    tx: &mut Tx<'_>,
    caller: &Caller,
    discussion: i64,
    body: &str,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<(), AppError> {
    tx.insert_message(&MessageRow {
        id: 0,
        uid: new_uid(now),
        discussion_id: discussion,
        account_id: caller.account_id(),
        body: body.to_owned(),
        created_at: now.timestamp_millis(),
    })?;
    Ok(())
}

/// A file's name without its ending.
fn stem(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem: String = stem.chars().take(140).collect();
    if stem.trim().is_empty() { "Document".to_owned() } else { stem }
}
