//! Pictures and files of items: sent before the item is saved, and its own from then on.

use crate::App;
use crate::caller::Caller;
use crate::error::AppError;
use crate::media::SentFile;
use maillage_domain::attachment::Attachment;
use maillage_domain::field::{Field, FieldKind, Fields};
use maillage_domain::role::Action;
use maillage_domain::service_type::ServiceType;
use maillage_domain::validation::FieldProblem;
use maillage_store::Tx;
use maillage_store::rows::{ItemMediaRow, MediaRow};

/// The longer side of a picture, in pixels: wide enough for a page on a fine screen.
const LONGEST_SIDE: u32 = 1_600;
/// Files that somebody may have sent without saving what they are for.
const NOT_SAVED: i64 = 40;
/// What nothing means is kept for a day, in milliseconds: a form may stay open that long.
const LEFT_OVER: i64 = 24 * 3_600 * 1_000;
/// Files removed at a time.
const REMOVED: i64 = 200;

impl App {
    /// Keeps a file for a field of an item that is about to be saved: a picture is written anew, without what
    /// its camera noted; any other file stays as it is. Until it is saved, its sender alone opens it.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for who may not write in the service; [`AppError::Invalid`] for a file that is
    /// not taken, is too large, or is one too many; [`AppError::NotFound`].
    pub async fn keep_attachment(
        &self,
        caller: &Caller,
        service: &str,
        field: &str,
        file: SentFile,
    ) -> Result<Attachment, AppError> {
        let (who, slug, name) = (caller.clone(), service.to_owned(), field.to_owned());
        let app = self.clone();
        // Who may not write sends nothing that is even looked at.
        let kind = self.writer().run(move |tx| app.field_for_files(tx, &who, &slug, &name)).await?;
        let row = match kind {
            FieldKind::Pictures => self.keep_picture(field, file, LONGEST_SIDE).await?,
            _ => self.keep_document(field, file).await?,
        };
        let account = caller.account_id();
        let kept = self.writer().run(move |tx| -> Result<MediaRow, AppError> {
            let id = tx.insert_media(&row)?;
            tx.insert_item_media(ItemMediaRow { media_id: id, account_id: account, item_id: None })?;
            Ok(MediaRow { id, ..row.clone() })
        });
        Ok(self.attachment_of(&kept.await?))
    }

    fn field_for_files(
        &self,
        tx: &mut Tx<'_>,
        who: &Caller,
        slug: &str,
        name: &str,
    ) -> Result<FieldKind, AppError> {
        let service = tx.reads().service(slug)?;
        who.may(tx, service.id, Action::Contribute)?;
        let field = self.type_of(&service.type_slug)?.field(name);
        let kind = field.map(|field| field.kind).filter(|kind| kind.is_attachment());
        let Some(kind) = kind else { return Err(AppError::NotFound) };
        if let Some(account) = who.account_id()
            && tx.files_not_saved(account)? >= NOT_SAVED
        {
            return Err(AppError::invalid(
                name,
                "too_many_files",
                "Trop de fichiers attendent une fiche : enregistrez d'abord la vôtre.",
                "Too many files wait for an item: save yours first.",
            ));
        }
        Ok(kind)
    }

    /// What an item says of a file of its own.
    fn attachment_of(&self, row: &MediaRow) -> Attachment {
        Attachment {
            url: self.addresses().attachment(&row.uid, &row.name),
            media_type: row.content_type.clone(),
            size: Some(row.size),
            width: row.width,
            height: row.height,
            ..Attachment::default()
        }
    }

    /// Fields whose pictures and files are those of the item, or were sent by the caller and belong to none
    /// yet; `before` are the fields as they stood. What is said of a file itself comes from the file.
    ///
    /// # Errors
    /// [`AppError::Invalid`], field by field.
    pub(crate) fn with_attachments(
        &self,
        tx: &mut Tx<'_>,
        caller: &Caller,
        service_type: &ServiceType,
        mut fields: Fields,
        before: Option<(i64, &Fields)>,
    ) -> Result<Fields, AppError> {
        let mut problems = Vec::new();
        for field in service_type.fields.iter().filter(|field| field.kind.is_attachment()) {
            let mut kept = Vec::new();
            for one in fields.attachments(&field.name) {
                match self.own_attachment(tx, caller, field, &one, before)? {
                    Ok(found) => kept.push(found.value()),
                    Err(problem) => problems.push(problem),
                }
            }
            fields.set(&field.name, kept);
        }
        if problems.is_empty() { Ok(fields) } else { Err(AppError::Invalid { problems }) }
    }

    fn own_attachment(
        &self,
        tx: &mut Tx<'_>,
        caller: &Caller,
        field: &Field,
        one: &Attachment,
        before: Option<(i64, &Fields)>,
    ) -> Result<Result<Attachment, FieldProblem>, AppError> {
        let found = match self.addresses().attachment_in(&one.url) {
            Some(uid) => tx.item_media(&uid)?,
            None => None,
        };
        let Some((row, link)) = found else {
            // What stood there already (brought by an import, say) may stay.
            let stood = before.is_some_and(|(_, fields)| {
                fields.attachments(&field.name).iter().any(|known| known.url == one.url)
            });
            return Ok(if stood { Ok(one.clone()) } else { Err(gone(field, one)) });
        };
        let own = match link.item_id {
            Some(item) => before.is_some_and(|(id, _)| id == item),
            None => link.account_id.is_some() && link.account_id == caller.account_id(),
        };
        let fits = field.kind != FieldKind::Pictures || row.width.is_some();
        if !own || !fits {
            return Ok(Err(gone(field, one)));
        }
        let said =
            Attachment { name: one.name.clone(), credit: one.credit.clone(), ..self.attachment_of(&row) };
        Ok(Ok(said))
    }

    /// The files that these fields name are the item's from now on.
    pub(crate) fn attach(
        &self,
        tx: &mut Tx<'_>,
        item: i64,
        service_type: &ServiceType,
        fields: &Fields,
    ) -> Result<(), AppError> {
        for field in service_type.fields.iter().filter(|field| field.kind.is_attachment()) {
            for one in fields.attachments(&field.name) {
                let uid = self.addresses().attachment_in(&one.url);
                let found = uid.map(|uid| tx.item_media(&uid)).transpose()?.flatten();
                if let Some((row, ItemMediaRow { item_id: None, .. })) = found {
                    tx.attach(row.id, item)?;
                }
            }
        }
        Ok(())
    }

    /// Removes the files that nothing means any more; safe to run at any time.
    ///
    /// # Errors
    /// Those of the database and of the folder.
    pub(crate) async fn remove_left_over(&self, now: i64) -> Result<(), AppError> {
        loop {
            let gone = self.writer().run(move |tx| -> Result<Vec<String>, AppError> {
                let rows = tx.reads().files_left_over(now - LEFT_OVER, REMOVED)?;
                rows.iter().try_for_each(|row| tx.delete_media(row.id))?;
                Ok(rows.into_iter().map(|row| row.sha256).collect())
            });
            let gone = gone.await?;
            if gone.is_empty() {
                return Ok(());
            }
            self.forget_media(gone).await?;
        }
    }
}

/// Gives up the files of an item that neither it nor any version of it names any more.
pub(crate) fn give_up_unnamed(tx: &mut Tx<'_>, item: i64) -> Result<(), AppError> {
    let mut named = vec![tx.item(item)?.fields];
    named.extend(tx.revisions_of(item)?.into_iter().map(|revision| revision.fields));
    let files = tx.files_of(item)?;
    let unnamed = files.iter().filter(|file| !named.iter().any(|fields| fields.contains(&file.uid)));
    let unnamed: Vec<i64> = unnamed.map(|file| file.id).collect();
    Ok(tx.give_up(&unnamed)?)
}

fn gone(field: &Field, one: &Attachment) -> FieldProblem {
    let name = one.label();
    let message = maillage_domain::message::Message::new(
        format!("« {name} » n'est pas un fichier envoyé pour cette fiche. Envoyez-le de nouveau."),
        format!("“{name}” is not a file sent for this item. Send it again."),
    );
    FieldProblem { field: field.name.clone(), code: "unknown_file", message }
}
