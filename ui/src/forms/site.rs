//! Sites and their sections.

use crate::i18n::Translator;
use crate::theme::DEFAULT_ACCENT;
use crate::views::{Control, FieldView, FormView, Opt, PlaceChoice, ThemeGroup};
use maillage_domain::site::{Order, SiteKind};

/// Creates or changes a site. Fields: `title`, `slug`, `kind`, `accent`, `intro`.
#[must_use]
pub fn site(t: Translator, action: &str, csrf: &str, button: &str) -> FormView {
    let kinds = vec![
        Opt::new(SiteKind::Consultation.as_str(), t.get("site-kind-consultation"))
            .explained(t.get("site-kind-consultation-hint")),
        Opt::new(SiteKind::Workshop.as_str(), t.get("site-kind-workshop"))
            .explained(t.get("site-kind-workshop-hint")),
    ];
    let fields = vec![
        FieldView::new(t, "title", t.get("site-field-title"), Control::Line).required().max(140),
        FieldView::new(t, "slug", t.get("field-slug"), Control::Line).hint(t.get("site-slug-hint")).max(40),
        FieldView::new(t, "intro", t.get("site-field-intro"), Control::Text)
            .hint(t.get("site-intro-hint"))
            .max(500),
        FieldView::new(t, "kind", t.get("site-field-kind"), Control::Choice(kinds))
            .required()
            .value(SiteKind::Consultation.as_str()),
        FieldView::new(t, "accent", t.get("site-field-accent"), Control::Colour)
            .hint(t.get("site-accent-hint"))
            .value(DEFAULT_ACCENT),
    ];
    FormView::new(t, action, csrf, button, fields)
}

/// An order of lists in words.
fn order(t: Translator, order: Order) -> Opt {
    let name = match order {
        Order::Newest => t.get("order-newest"),
        Order::Upcoming => t.get("order-upcoming"),
        Order::Title => t.get("order-title"),
    };
    Opt::new(order.as_str(), name)
}

/// Shows a service on a site. Fields: `service`, `title`, `themes`, `territories`
/// (`territories.add`), `order`.
#[must_use]
pub fn placement(
    t: Translator,
    action: &str,
    csrf: &str,
    services: Vec<Opt>,
    themes: Vec<ThemeGroup>,
    suggestions: Vec<String>,
) -> FormView {
    let orders = [Order::Newest, Order::Upcoming, Order::Title].map(|o| order(t, o)).to_vec();
    let places = Control::Places(PlaceChoice { suggestions, ..PlaceChoice::default() });
    let fields = vec![
        FieldView::new(t, "service", t.get("placement-service"), Control::Menu(services))
            .hint(t.get("placement-service-hint"))
            .required(),
        FieldView::new(t, "title", t.get("placement-title"), Control::Line)
            .hint(t.get("placement-title-hint"))
            .max(140),
        FieldView::new(t, "themes", t.get("filter-themes"), Control::Themes(themes)),
        FieldView::new(t, "territories", t.get("filter-territories"), places)
            .hint(t.get("filter-territories-hint")),
        FieldView::new(t, "order", t.get("placement-order"), Control::Choice(orders))
            .required()
            .value(Order::Newest.as_str()),
    ];
    FormView::new(t, action, csrf, t.get("form-save"), fields)
}
