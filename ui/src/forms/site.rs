//! Sites and their sections.

use crate::i18n::Translator;
use crate::theme::DEFAULT_ACCENT;
use crate::views::{Control, FieldView, FormView, Opt, PlaceChoice, ThemeGroup};
use maillage_domain::site::{Order, SiteKind};

/// Creates or changes a site, whose short name then stays. Fields: `title`, `slug`, `intro`, `kind`,
/// `restricted`, `accent`.
#[must_use]
pub fn site(t: Translator, action: &str, csrf: &str, button: &str, is_new: bool) -> FormView {
    let kinds = vec![
        Opt::new(SiteKind::Consultation.as_str(), t.get("site-kind-consultation"))
            .explained(t.get("site-kind-consultation-hint")),
        Opt::new(SiteKind::Workshop.as_str(), t.get("site-kind-workshop"))
            .explained(t.get("site-kind-workshop-hint")),
    ];
    let slug =
        FieldView::new(t, "slug", t.get("field-slug"), Control::Line).hint(t.get("site-slug-hint")).max(40);
    let title = FieldView::new(t, "title", t.get("site-field-title"), Control::Line).required().max(140);
    let mut fields = vec![title];
    fields.extend(is_new.then_some(slug));
    fields.extend([
        FieldView::new(t, "intro", t.get("site-field-intro"), Control::Text)
            .hint(t.get("site-intro-hint"))
            .max(500),
        FieldView::new(t, "kind", t.get("site-field-kind"), Control::Choice(kinds))
            .required()
            .value(SiteKind::Consultation.as_str()),
        FieldView::new(t, "restricted", t.get("site-field-restricted"), Control::Bool)
            .hint(t.get("site-restricted-hint")),
        FieldView::new(t, "accent", t.get("site-field-accent"), Control::Colour)
            .hint(t.get("site-accent-hint"))
            .value(DEFAULT_ACCENT),
    ]);
    FormView::new(t, action, csrf, button, fields)
}

/// What stands for the order that is usual for the type of a service.
const USUAL_ORDER: &str = "usual";

/// An order of lists in words.
#[must_use]
pub fn order_name(t: Translator, order: Order) -> String {
    t.get(match order {
        Order::Newest => "order-newest",
        Order::Upcoming => "order-upcoming",
        Order::Title => "order-title",
    })
}

/// Shows one of these services on a site, or changes how one is shown where there are none to choose
/// from. Fields: `service`, `title`, `themes`, `territories` (`territories.add`), `order`.
#[must_use]
pub fn placement(
    t: Translator,
    action: &str,
    csrf: &str,
    services: Option<Vec<Opt>>,
    themes: Vec<ThemeGroup>,
) -> FormView {
    let orders = [Order::Newest, Order::Upcoming, Order::Title];
    let mut orders = orders.map(|order| Opt::new(order.as_str(), order_name(t, order))).to_vec();
    let places = Control::Places(PlaceChoice::default());
    let is_new = services.is_some();
    let usual = if is_new {
        // Which order is usual depends on the service, which is yet to be chosen.
        orders.insert(0, Opt::new(USUAL_ORDER, t.get("order-usual")));
        USUAL_ORDER
    } else {
        Order::Newest.as_str()
    };
    let service = services.map(|services| {
        FieldView::new(t, "service", t.get("placement-service"), Control::Menu(services))
            .hint(t.get("placement-service-hint"))
            .required()
    });
    let mut fields: Vec<FieldView> = service.into_iter().collect();
    fields.extend([
        FieldView::new(t, "title", t.get("placement-title"), Control::Line)
            .hint(t.get("placement-title-hint"))
            .max(140),
        FieldView::new(t, "themes", t.get("filter-themes"), Control::Themes(themes)),
        FieldView::new(t, "territories", t.get("filter-territories"), places)
            .hint(t.get("filter-territories-hint")),
        FieldView::new(t, "order", t.get("placement-order"), Control::Choice(orders)).required().value(usual),
    ]);
    let button = if is_new { t.get("placement-new") } else { t.get("form-save") };
    FormView::new(t, action, csrf, button, fields)
}
