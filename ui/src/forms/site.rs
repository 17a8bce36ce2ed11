//! Sites and their sections.

use crate::i18n::Translator;
use crate::paths;
use crate::theme::DEFAULT_ACCENT;
use crate::views::{Control, FieldGroup, FieldView, FormView, Opt, PlaceChoice, ThemeGroup};
use maillage_domain::block::{Block, MOST_LISTED};
use maillage_domain::site::{Order, PageKind, SiteKind, SiteRole};

/// Pictures that are taken.
const PICTURES: &str = "image/png,image/jpeg,image/webp,image/gif";

/// Makes a site in one go. Fields: `title`, `kind`, `audience`, `services`, `accent`, `logo`, and folded
/// `slug`, `intro`.
#[must_use]
pub fn new_site(t: Translator, csrf: &str, services: Vec<Opt>) -> FormView {
    let mut fields = vec![title(t), kind(t), audience(t).value("public")];
    if !services.is_empty() {
        fields.push(
            FieldView::new(t, "services", t.get("site-services"), Control::Choices(services))
                .hint(t.get("site-services-hint")),
        );
    }
    fields.extend([accent(t), logo(t)]);
    let slug =
        FieldView::new(t, "slug", t.get("field-slug"), Control::Line).hint(t.get("site-slug-hint")).max(40);
    let further = FieldGroup {
        title: t.get("site-further"),
        intro: String::new(),
        folded: true,
        fields: vec![intro(t), slug],
    };
    let mut form = FormView::new(t, paths::SITES, csrf, t.get("site-create"), fields);
    form.groups.push(further);
    form
}

/// Changes a site, whose short name stays. Fields: `title`, `intro`, `kind`, `audience`, `accent`, `logo`,
/// `no_logo`, and `host` for who may set it.
#[must_use]
pub fn site(t: Translator, action: &str, csrf: &str, has_logo: bool, sets_host: bool) -> FormView {
    let mut fields = vec![title(t), intro(t), kind(t), audience(t), accent(t), logo(t)];
    fields.extend(has_logo.then(|| FieldView::new(t, "no_logo", t.get("site-logo-remove"), Control::Bool)));
    fields.extend(sets_host.then(|| {
        FieldView::new(t, "host", t.get("site-field-host"), Control::Line)
            .hint(t.get("site-host-hint"))
            .max(253)
    }));
    FormView::new(t, action, csrf, t.get("form-save"), fields)
}

fn title(t: Translator) -> FieldView {
    FieldView::new(t, "title", t.get("site-field-title"), Control::Line).required().max(140)
}

fn intro(t: Translator) -> FieldView {
    FieldView::new(t, "intro", t.get("site-field-intro"), Control::Text)
        .hint(t.get("site-intro-hint"))
        .max(500)
}

fn kind(t: Translator) -> FieldView {
    let kinds = vec![
        Opt::new(SiteKind::Consultation.as_str(), t.get("site-kind-consultation"))
            .explained(t.get("site-kind-consultation-hint")),
        Opt::new(SiteKind::Workshop.as_str(), t.get("site-kind-workshop"))
            .explained(t.get("site-kind-workshop-hint")),
    ];
    FieldView::new(t, "kind", t.get("site-field-kind"), Control::Choice(kinds))
        .required()
        .value(SiteKind::Consultation.as_str())
}

fn audience(t: Translator) -> FieldView {
    let who = vec![
        Opt::new("public", t.get("site-audience-public")),
        Opt::new("accounts", t.get("site-audience-accounts")),
        Opt::new("members", t.get("site-audience-members")).explained(t.get("site-audience-members-hint")),
    ];
    FieldView::new(t, "audience", t.get("site-audience"), Control::Choice(who))
        .hint(t.get("site-audience-hint"))
        .required()
}

fn accent(t: Translator) -> FieldView {
    FieldView::new(t, "accent", t.get("site-field-accent"), Control::Colour)
        .hint(t.get("site-accent-hint"))
        .value(DEFAULT_ACCENT)
}

fn logo(t: Translator) -> FieldView {
    FieldView::new(t, "logo", t.get("site-logo"), Control::File(PICTURES)).hint(t.get("site-logo-hint"))
}

/// What a kind of block is called, and what it is for.
#[must_use]
pub fn block_words(t: Translator, block: &Block) -> (String, String) {
    let (name, hint) = match block {
        Block::Search => ("block-search", "block-search-hint"),
        Block::Sections { .. } => ("block-sections", "block-sections-hint"),
        Block::Latest { .. } => ("block-latest", "block-latest-hint"),
        Block::Agenda { .. } => ("block-agenda", "block-agenda-hint"),
        Block::Text { .. } => ("block-text", "block-text-hint"),
        Block::Numbers => ("block-numbers", "block-numbers-hint"),
        Block::Partners { .. } => ("block-partners", "block-partners-what"),
        Block::Documents { .. } => ("block-documents", "block-documents-hint"),
        Block::Discussions { .. } => ("block-discussions", "block-discussions-hint"),
    };
    (t.get(name), t.get(hint))
}

/// Changes a block of a first page, of this kind. Fields: `title`, and as the kind has them `count`, `body`,
/// `partners`.
#[must_use]
pub fn block(t: Translator, action: &str, csrf: &str, block: &Block) -> FormView {
    let mut fields = vec![
        FieldView::new(t, "title", t.get("block-title"), Control::Line)
            .hint(t.get("block-title-hint"))
            .max(140),
    ];
    if block.count().is_some() {
        let most = MOST_LISTED.to_string();
        fields.push(
            FieldView::new(t, "count", t.get("block-count"), Control::Integer(String::new()))
                .hint(t.with("block-count-hint", "most", most))
                .required(),
        );
    }
    match block {
        Block::Text { .. } => fields.push(body(t)),
        Block::Partners { .. } => fields.push(
            FieldView::new(t, "partners", t.get("block-partners"), Control::Text)
                .hint(t.get("block-partners-hint"))
                .required(),
        ),
        _ => {}
    }
    FormView::new(t, action, csrf, t.get("form-save"), fields).hidden("kind", block.kind())
}

/// Writes a page of plain content. Fields: `title`, `body`, `in_menu`.
#[must_use]
pub fn page(t: Translator, action: &str, csrf: &str, kind: PageKind) -> FormView {
    let mut fields =
        vec![FieldView::new(t, "title", t.get("page-title"), Control::Line).required().max(140), body(t)];
    if kind == PageKind::Page {
        fields.push(FieldView::new(t, "in_menu", t.get("page-in-menu"), Control::Bool).value("true"));
    }
    FormView::new(t, action, csrf, t.get("form-save"), fields).hidden("kind", kind.as_str())
}

fn body(t: Translator) -> FieldView {
    FieldView::new(t, "body", t.get("page-body"), Control::RichText).required()
}

/// Gives somebody a role on a site. Fields: `email`, `role`.
#[must_use]
pub fn site_member(t: Translator, action: &str, csrf: &str) -> FormView {
    let roles = SiteRole::ALL.map(|role| {
        Opt::new(role.as_str(), site_role_name(t, role)).explained(t.get(match role {
            SiteRole::Reader => "site-role-reader-hint",
            SiteRole::Contributor => "site-role-contributor-hint",
            SiteRole::Manager => "site-role-manager-hint",
        }))
    });
    let fields = vec![
        FieldView::new(t, "email", t.get("account-email"), Control::Email)
            .hint(t.get("site-member-hint"))
            .required(),
        FieldView::new(t, "role", t.get("site-role"), Control::Choice(roles.to_vec()))
            .required()
            .value(SiteRole::Contributor.as_str()),
    ];
    FormView::new(t, action, csrf, t.get("site-member-add"), fields)
}

/// A role on a site in words.
#[must_use]
pub fn site_role_name(t: Translator, role: SiteRole) -> String {
    t.get(match role {
        SiteRole::Reader => "site-role-reader",
        SiteRole::Contributor => "site-role-contributor",
        SiteRole::Manager => "site-role-manager",
    })
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
        Order::Deadline => "order-deadline",
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
    let orders = Order::ALL;
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
