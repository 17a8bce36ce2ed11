//! Pictures and files of an item's form: what is there and stays, and what is sent with it.

use crate::views::AttachmentChoice;
use crate::web::{Desk, Posted, WebError};
use maillage_app::AppError;
use maillage_app::media::SentFile;
use maillage_domain::attachment::Attachment;
use maillage_domain::field::{Field, Fields};
use maillage_domain::service_type::ServiceType;
use serde_json::Value;
use std::collections::BTreeMap;

/// The value of each field of pictures and files, and what is said of files that are not taken. Those that
/// are taken are kept, whatever else is wrong with the form. `stood` are the fields as they were.
///
/// # Errors
/// [`AppError::Forbidden`] for who may not write in the service; those of the database and the folder.
pub(super) async fn sent(
    posted: &Posted<Desk>,
    service: &str,
    kind: &ServiceType,
    stood: &Fields,
) -> Result<(BTreeMap<String, Value>, BTreeMap<String, String>), WebError> {
    let (mut values, mut refusals) = (BTreeMap::new(), BTreeMap::new());
    for field in kind.fields.iter().filter(|field| field.kind.is_attachment()) {
        let mut all = kept(posted, field, stood);
        for slot in 0..AttachmentChoice::SLOTS {
            match added(posted, service, field, slot).await {
                Ok(one) => all.extend(one),
                Err(AppError::Invalid { problems }) => {
                    let said = problems.first().map(|one| posted.from.t.say(&one.message));
                    refusals.insert(field.name.clone(), said.unwrap_or_default());
                }
                Err(other) => return Err(other.into()),
            }
        }
        values.insert(field.name.clone(), all.iter().map(Attachment::value).collect());
    }
    Ok((values, refusals))
}

/// Those that were there, with their words as they are now, less those to be removed.
fn kept(posted: &Posted<Desk>, field: &Field, stood: &Fields) -> Vec<Attachment> {
    let before = stood.attachments(&field.name);
    let addresses = posted.list(&field.name).into_iter().enumerate();
    let stays = addresses.filter(|(at, _)| !posted.ticked(&format!("{}.{at}.remove", field.name)));
    let one = |(at, url): (usize, &str)| {
        let known = before.iter().find(|known| known.url == url).cloned();
        Attachment {
            url: url.to_owned(),
            name: posted.text(&format!("{}.{at}.name", field.name)).to_owned(),
            credit: posted.text(&format!("{}.{at}.credit", field.name)).to_owned(),
            ..known.unwrap_or_default()
        }
    };
    stays.map(one).collect()
}

/// The file of a slot, where one was chosen.
async fn added(
    posted: &Posted<Desk>,
    service: &str,
    field: &Field,
    slot: usize,
) -> Result<Option<Attachment>, AppError> {
    let name = format!("{}.new.{slot}", field.name);
    let Some(file) = posted.files.iter().find(|file| file.field == name) else { return Ok(None) };
    let desk = &posted.from;
    let sent = SentFile { name: file.name.clone(), bytes: file.bytes.clone() };
    let kept = desk.app().keep_attachment(&desk.caller(), service, &field.name, sent).await?;
    Ok(Some(Attachment {
        name: posted.text(&format!("{name}.name")).to_owned(),
        credit: posted.text(&format!("{name}.credit")).to_owned(),
        ..kept
    }))
}
