//! What each form asks, as lists of fields; values and problems are filled in by
//! [`crate::views::FormView::filled`] and [`crate::views::FormView::with_problem`].

mod accounts;
mod alert;
mod federation;
mod gate;
mod import;
mod item;
mod people;
mod service;
mod site;
mod theme;
pub mod workshop;

pub use accounts::{accept, forgotten, invitation, login_code, reset, with_code};
pub use alert::{alert, alert_step};
pub use federation::{SubscriptionChoices, decision_name, relation_name, subscription};
pub use gate::{login, setup};
pub use import::import;
pub use item::{ItemChoices, item, theme_groups};
pub use people::{account, node, notices, organisation, own_password, token, with_reset_of_codes};
pub use service::{member, service};
pub use site::{
    block, block_words, new_site, order_name, page, placement, site, site_member, site_role_name,
};
pub use theme::theme;

use crate::i18n::Translator;
use crate::views::Opt;
use maillage_domain::service::Visibility;

/// Licences that are offered: SPDX identifiers, the open one of the French administration first.
const LICENCES: [&str; 4] = ["etalab-2.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0"];

/// A licence in words; an identifier that is not offered stands as it is.
#[must_use]
pub fn licence_name(t: Translator, licence: &str) -> String {
    match licence {
        "" => t.get("licence-none"),
        "etalab-2.0" => t.get("licence-etalab"),
        "CC-BY-4.0" => t.get("licence-cc-by"),
        "CC-BY-SA-4.0" => t.get("licence-cc-by-sa"),
        "CC0-1.0" => t.get("licence-cc0"),
        other => other.to_owned(),
    }
}

/// Who may see a service, in a few words.
#[must_use]
pub fn visibility_name(t: Translator, visibility: Visibility) -> String {
    t.get(match visibility {
        Visibility::Public => "visibility-public",
        Visibility::Network => "visibility-network",
        Visibility::Private => "visibility-private",
    })
}

/// The licences that are offered, and the one that stands where it is another.
fn licences(t: Translator, current: &str) -> Vec<Opt> {
    let other = (!current.is_empty() && !LICENCES.contains(&current)).then_some(current);
    LICENCES.into_iter().chain(other).map(|licence| Opt::new(licence, licence_name(t, licence))).collect()
}

/// The languages that are offered, and the one that stands where it is another.
fn languages(t: Translator, current: &str) -> Vec<Opt> {
    let mut languages = vec![Opt::new("fr", t.get("language-fr")), Opt::new("en", t.get("language-en"))];
    if !matches!(current, "" | "fr" | "en") {
        languages.push(Opt::new(current, current));
    }
    languages
}
