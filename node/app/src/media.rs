//! Files that people send: looked at, kept by what they hold, read again by who may.

use crate::App;
use crate::address::new_uid;
use crate::error::AppError;
use maillage_domain::message::Message;
use maillage_gateways::file_kind::{self, FileFault};
use maillage_gateways::picture::{self, PictureFault};
use maillage_store::rows::MediaRow;

/// Most bytes of one file.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// The longer side of a logo, in pixels.
const LOGO: u32 = 480;

/// A file that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SentFile {
    /// Its name on the sender's machine.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl App {
    /// The bytes of a file that a read has shown to whoever asks.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where the folder has lost them.
    pub async fn media_bytes(&self, row: &MediaRow) -> Result<Vec<u8>, AppError> {
        Ok(self.media().read(&row.sha256).await?)
    }

    /// Keeps a document as it is. The row is not in the database yet.
    pub(crate) async fn keep_document(&self, field: &str, file: SentFile) -> Result<MediaRow, AppError> {
        if file.bytes.len() > MOST_BYTES {
            let most = MOST_BYTES / 1024 / 1024;
            return Err(AppError::invalid(
                field,
                "too_large",
                format!("Ce fichier dépasse {most} Mo : réduisez-le ou partagez-le en plusieurs."),
                format!("This file is over {most} MB: make it smaller or split it."),
            ));
        }
        let kind = file_kind::sniff(&file.bytes, &file.name).map_err(|fault| wrong(field, of_file(fault)))?;
        let row = MediaRow {
            id: 0,
            uid: new_uid(self.now()),
            sha256: String::new(),
            content_type: kind.content_type.to_owned(),
            size: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
            name: offered_name(&file.name, kind.ending),
            width: None,
            height: None,
            created_at: self.now().timestamp_millis(),
        };
        Ok(MediaRow { sha256: self.media().keep(file.bytes).await?, ..row })
    }

    /// Keeps a picture as a logo. The row is not in the database yet.
    pub(crate) async fn keep_logo(&self, field: &str, file: SentFile) -> Result<MediaRow, AppError> {
        self.keep_picture(field, SentFile { name: "logo".to_owned(), ..file }, LOGO).await
    }

    /// Keeps a picture, written anew with at most so many pixels on its longer side. The row is not in the
    /// database yet.
    pub(crate) async fn keep_picture(
        &self,
        field: &str,
        file: SentFile,
        longest: u32,
    ) -> Result<MediaRow, AppError> {
        let name = file.name;
        let rewritten = tokio::task::spawn_blocking(move || picture::rewrite(&file.bytes, longest)).await;
        let picture =
            rewritten.map_err(AppError::internal)?.map_err(|fault| wrong(field, of_picture(fault)))?;
        let ending = if picture.content_type == "image/png" { "png" } else { "jpg" };
        let row = MediaRow {
            id: 0,
            uid: new_uid(self.now()),
            sha256: String::new(),
            content_type: picture.content_type.to_owned(),
            size: i64::try_from(picture.bytes.len()).unwrap_or(i64::MAX),
            name: offered_name(&name, ending),
            width: Some(picture.width.into()),
            height: Some(picture.height.into()),
            created_at: self.now().timestamp_millis(),
        };
        Ok(MediaRow { sha256: self.media().keep(picture.bytes).await?, ..row })
    }

    /// Removes bytes from the folder unless a row still means them. While a file is being kept beside it,
    /// this waits; several servers on one folder do not wait for one another.
    pub(crate) async fn forget_media(&self, hashes: Vec<String>) -> Result<(), AppError> {
        let _alone = self.removes_media().await;
        for hash in hashes {
            let asked = hash.clone();
            if !self.system().run(move |reads| reads.media_is_used(&asked)).await? {
                self.media().remove(&hash).await?;
            }
        }
        Ok(())
    }
}

fn wrong(field: &str, said: Message) -> AppError {
    AppError::invalid(field, "not_accepted", said.fr, said.en)
}

fn of_file(fault: FileFault) -> Message {
    match fault {
        FileFault::Empty => Message::new("Ce fichier est vide.", "This file is empty."),
        FileFault::NotTaken => {
            let known = file_kind::endings().join(", ");
            Message::new(
                format!("Ce genre de fichier n'est pas accepté. Envoyez l'un de ceux-ci : {known}."),
                format!("This kind of file is not accepted. Send one of these: {known}."),
            )
        }
    }
}

fn of_picture(fault: PictureFault) -> Message {
    match fault {
        PictureFault::Unreadable => Message::new(
            "Cette image ne se lit pas. Envoyez un fichier JPEG, PNG, WebP ou GIF.",
            "This picture cannot be read. Send a JPEG, PNG, WebP or GIF file.",
        ),
        PictureFault::TooLarge { width, height } => Message::new(
            format!(
                "Cette image est trop grande ({width} × {height} pixels, 40 millions au plus) : réduisez-la."
            ),
            format!(
                "This picture is too large ({width} × {height} pixels, at most 40 million): make it smaller."
            ),
        ),
    }
}

/// The name under which a file is offered: without path and control characters, with the ending that
/// fits what it is.
fn offered_name(name: &str, ending: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|letter| !letter.is_control() && !is_turning(*letter)).collect();
    let stem = clean.rsplit_once('.').map_or(clean.as_str(), |(stem, _)| stem).trim();
    let stem: String = stem.chars().take(120).collect();
    format!("{}.{ending}", if stem.is_empty() { "document" } else { &stem })
}

/// Characters that turn the direction of what follows, and so hide what a name ends in.
fn is_turning(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_file_is_and_leads_nowhere() {
        for (name, ending, wanted) in [
            ("Compte rendu.docx", "docx", "Compte rendu.docx"),
            ("C:\\Users\\x\\rapport.PDF", "pdf", "rapport.pdf"),
            ("../../etc/passwd", "txt", "passwd.txt"),
            ("photo.exe", "jpg", "photo.jpg"),
            ("facture\u{202e}fdp.exe", "pdf", "facturefdp.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "pdf", "aSet-Cookie: x.pdf"),
            ("", "pdf", "document.pdf"),
            (".htaccess", "txt", "document.txt"),
        ] {
            assert_eq!(offered_name(name, ending), wanted, "{name}");
        }
    }
}
