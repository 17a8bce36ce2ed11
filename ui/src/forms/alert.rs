//! Alerts by mail.

use crate::i18n::Translator;
use crate::views::{Control, FieldView, FormView, Opt};

/// Asks for an alert on the list at this path. Fields: `email`, `frequency`, `list`.
#[must_use]
pub fn alert(t: Translator, csrf: &str, list: &str) -> FormView {
    let often = vec![
        Opt::new("daily", t.get("alert-daily")),
        Opt { hint: t.get("alert-once-hint"), ..Opt::new("once", t.get("alert-once")) },
    ];
    let fields = vec![
        FieldView::new(t, "email", t.get("account-email"), Control::Email).required().autocomplete("email"),
        FieldView::new(t, "frequency", t.get("alert-frequency"), Control::Choice(often))
            .value("daily")
            .required(),
    ];
    let mut form = FormView::new(t, "/alerts", csrf, t.get("alert-button"), fields);
    form.hidden.push(("list".to_owned(), list.to_owned()));
    form
}

/// A button that confirms or ends an alert.
#[must_use]
pub fn alert_step(t: Translator, action: &str, csrf: &str, button: &str) -> FormView {
    FormView::new(t, action, csrf, t.get(button), Vec::new())
}
