//! News of the house and its partners.

mod house;
mod inclusion;
mod learning;
mod work;

use super::{Desk, Piece};
use crate::prose::{Scope, Template};

/// Every template of a news item.
pub fn templates() -> Vec<&'static Template> {
    let subjects = [work::TEMPLATES, learning::TEMPLATES, inclusion::TEMPLATES, house::TEMPLATES];
    subjects.into_iter().flatten().collect()
}

/// Tells one template as a news item; `None` when this territory has no place for it.
pub fn piece(desk: &mut Desk<'_>, template: &Template, turn: usize) -> anyhow::Result<Option<Piece>> {
    let Some(setting) = desk.setting(template) else { return Ok(None) };
    let told = setting.tell(template, turn, &mut desk.random)?;
    let mut piece = Piece::new("news", "titre", &told.title);
    piece.fields.set("chapo", told.lead);
    piece.fields.set("texte", told.body);
    piece.fields.set("thematiques", template.themes.to_vec());
    piece.fields.set("territoires", setting.held(template.scope));
    // News that is nowhere is advice: it is signed by those who give it.
    if template.scope == Scope::Nowhere {
        piece.fields.set("auteur", "Pôle conseil");
    } else if desk.random.once_in(3) {
        let path = maillage_domain::text::slugify(&told.title, 60);
        piece.fields.set("lien", desk.house_page(&format!("actualites/{path}")));
    }
    Ok(Some(piece))
}
