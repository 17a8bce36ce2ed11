//! The form of a theme.

use crate::i18n::Translator;
use crate::views::{Control, FieldView, FormView, Opt};

/// Adds or changes a theme. Fields: `fr`, `en`, `parent`, `codes` (one on each line), and `retired`
/// for one that is there.
#[must_use]
pub fn theme(t: Translator, action: &str, csrf: &str, parents: Vec<Opt>, is_known: bool) -> FormView {
    let mut broader = vec![Opt::new("", t.get("theme-top"))];
    broader.extend(parents);
    let mut fields = vec![
        FieldView::new(t, "fr", t.get("theme-fr"), Control::Line).required().max(120),
        FieldView::new(t, "en", t.get("theme-en"), Control::Line).hint(t.get("theme-en-hint")).max(120),
        FieldView::new(t, "parent", t.get("theme-parent"), Control::Menu(broader))
            .hint(t.get("theme-parent-hint")),
        FieldView::new(t, "codes", t.get("theme-codes"), Control::Text).hint(t.get("theme-codes-hint")),
    ];
    if is_known {
        let retired = FieldView::new(t, "retired", t.get("theme-retire"), Control::Bool);
        fields.push(retired.hint(t.get("theme-retire-hint")));
    }
    FormView::new(t, action, csrf, t.get("form-save"), fields)
}
