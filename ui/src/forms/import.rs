//! Importing a file or a feed.

use crate::i18n::Translator;
use crate::views::{Control, FieldGroup, FieldView, FormView, PlaceChoice, ThemeGroup};

/// Spreadsheets and feeds, as a browser's file chooser knows them.
const ACCEPTED: &str = ".csv,.txt,.tsv,.xml,.rss,.atom,.json,text/csv,application/rss+xml,application/atom+xml,application/feed+json";

/// Imports a file or what is at an address. Fields: `file`, `address`; for every item `themes`,
/// `places` (`places.add`); `dry_run`.
#[must_use]
pub fn import(t: Translator, action: &str, csrf: &str, themes: Vec<ThemeGroup>) -> FormView {
    let fields = vec![
        FieldView::new(t, "file", t.get("import-file"), Control::File(ACCEPTED))
            .hint(t.get("import-file-hint")),
        FieldView::new(t, "address", t.get("import-address"), Control::Url)
            .hint(t.get("import-address-hint")),
        FieldView::new(t, "dry_run", t.get("import-dry-run"), Control::Bool)
            .hint(t.get("import-dry-run-hint")),
    ];
    let mut form = FormView::new(t, action, csrf, t.get("import-run"), fields);
    form.groups.push(FieldGroup {
        title: t.get("import-more"),
        intro: t.get("import-more-intro"),
        folded: true,
        fields: vec![
            FieldView::new(t, "themes", t.get("filter-themes"), Control::Themes(themes)),
            FieldView::new(t, "places", t.get("import-places"), Control::Places(PlaceChoice::default()))
                .hint(t.get("import-places-hint")),
        ],
    });
    form
}
