//! What may be wrong with the checklist of a descriptor.

use super::ServiceType;
use crate::message::Message;

/// The most points of a checklist.
const MOST: usize = 20;
/// The longest point, in characters.
const LONGEST: usize = 300;

/// What is wrong with the checklist of a descriptor.
pub(super) fn fault(descriptor: &ServiceType) -> Option<Message> {
    let list = &descriptor.checklist;
    let said = |text: &str| !text.trim().is_empty() && text.chars().count() <= LONGEST;
    let whole = list.len() <= MOST && list.iter().all(|point| said(&point.fr) && said(&point.en));
    (!whole).then(|| {
        Message::new(
            format!("`checklist` compte {MOST} points au plus, chacun en français et en anglais, de {LONGEST} caractères au plus"),
            format!("`checklist` has at most {MOST} points, each in French and English, of at most {LONGEST} characters"),
        )
    })
}
