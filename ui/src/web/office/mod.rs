//! The back office: what its people write, read, decide and set.

mod access;
mod federation;
mod item;
mod keyset;
mod lines;
pub(super) mod origin;
mod queue;
mod refusal;
mod service;
mod settings;
mod site;
mod standing;
mod work;

#[cfg(test)]
mod tests;

use super::time::ZONE;
use super::{address, content, known, places, references};
use crate::i18n::{Locale, Translator};
use access::routes;
use maillage_domain::service_type::ServiceType;
pub(super) use refusal::refused;
pub(super) use service::role_name;
pub(super) use site::settings::sent_file;

/// Entries of one page of a list.
const PAGE: i64 = 40;

/// What one item of a type is called ("une actualité").
fn item_name(t: Translator, kind: &ServiceType) -> String {
    match t.locale {
        Locale::Fr => t.typeset(&kind.item_fr),
        Locale::En => kind.item_en.clone(),
    }
}

/// The same at the beginning of a label, with a capital.
fn item_name_first(t: Translator, kind: &ServiceType) -> String {
    let name = item_name(t, kind);
    let mut chars = name.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}

routes! {
    get "/office" Account => work::show,
    get "/office/places" Account => places::offer,
    get "/office/references" Account => references::offer,
    get "/office/queue" Overseer => queue::show,
    get "/office/queue/several" Overseer => queue::several::show,
    post "/office/queue/several" Overseer => queue::several::decide,

    get "/office/services" Account => service::list,
    post "/office/services" Administrator => service::settings::create,
    get "/office/services/new" Administrator => service::settings::new,
    get "/office/services/{slug}" Member => service::page::show,
    get "/office/services/{slug}/edit" Manager => service::settings::edit,
    post "/office/services/{slug}/edit" Manager => service::settings::change,
    get "/office/services/{slug}/new" Contributor => item::new::show,
    post "/office/services/{slug}/new" Contributor => item::new::create,
    get "/office/services/{slug}/import" Contributor => service::import::show,
    post "/office/services/{slug}/import" Contributor => service::import::run,
    get "/office/services/{slug}/import/model.csv" Contributor => service::import::model,
    get "/office/services/{slug}/items.csv" Contributor => service::table::show,
    get "/office/services/{slug}/members/new" Manager => service::members::new,
    post "/office/services/{slug}/members" Manager => service::members::add,
    get "/office/services/{slug}/members/{account}" Manager => service::members::edit,
    post "/office/services/{slug}/members/{account}" Manager => service::members::change,
    get "/office/services/{slug}/invite" Manager => settings::invitations::new_for_service,
    post "/office/services/{slug}/invite" Manager => settings::invitations::create_for_service,
    post "/office/services/{slug}/members/{account}/remove" Manager => service::members::remove,

    get "/office/items/{entry}" Reader => item::page::show,
    get "/office/items/{entry}/edit" Author => item::edit::show,
    post "/office/items/{entry}/edit" Author => item::edit::change,
    get "/office/items/{entry}/revisions" Reader => item::revisions::show,
    get "/office/items/{entry}/revisions/{number}" Reader => item::revision::show,
    post "/office/items/{entry}/revisions/{number}/restore" Author => item::revision::restore,
    post "/office/items/{entry}/submit" Author => item::decide::submit,
    post "/office/items/{entry}/publish" Moderator => item::decide::publish,
    post "/office/items/{entry}/unschedule" Moderator => item::decide::unschedule,
    post "/office/items/{entry}/take-back" Writer => item::decide::take_back,
    post "/office/items/{entry}/comments" Author => item::talk::say,
    post "/office/items/{entry}/decline" Moderator => item::decide::decline,
    post "/office/items/{entry}/confirm" Author => item::decide::confirm,
    post "/office/items/{entry}/withdraw" Moderator => item::decide::withdraw,

    get "/office/sites" Account => site::list,
    post "/office/sites" SiteMaker => site::settings::create,
    get "/office/sites/new" SiteMaker => site::settings::new,
    get "/office/sites/{site}" SiteManager => site::show,
    get "/office/sites/{site}/edit" SiteManager => site::settings::edit,
    post "/office/sites/{site}/edit" SiteManager => site::settings::change,
    get "/office/sites/{site}/placements/new" SiteManager => site::placement::new,
    post "/office/sites/{site}/placements" SiteManager => site::placement::create,
    get "/office/sites/{site}/placements/{placement}" SiteManager => site::placement::edit,
    post "/office/sites/{site}/placements/{placement}" SiteManager => site::placement::change,
    post "/office/sites/{site}/placements/{placement}/up" SiteManager => site::placement::up,
    post "/office/sites/{site}/placements/{placement}/down" SiteManager => site::placement::down,
    post "/office/sites/{site}/placements/{placement}/remove" SiteManager => site::placement::remove,
    get "/office/sites/{site}/blocks" SiteManager => site::blocks::list,
    post "/office/sites/{site}/blocks" SiteManager => site::blocks::create,
    get "/office/sites/{site}/blocks/new" SiteManager => site::blocks::new,
    get "/office/sites/{site}/blocks/{block}" SiteManager => site::blocks::edit,
    post "/office/sites/{site}/blocks/{block}" SiteManager => site::blocks::change,
    post "/office/sites/{site}/blocks/{block}/up" SiteManager => site::blocks::up,
    post "/office/sites/{site}/blocks/{block}/down" SiteManager => site::blocks::down,
    post "/office/sites/{site}/blocks/{block}/remove" SiteManager => site::blocks::remove,
    get "/office/sites/{site}/pages" SiteManager => site::pages::list,
    post "/office/sites/{site}/pages" SiteManager => site::pages::create,
    get "/office/sites/{site}/pages/new" SiteManager => site::pages::new,
    get "/office/sites/{site}/pages/{page}" SiteManager => site::pages::edit,
    post "/office/sites/{site}/pages/{page}" SiteManager => site::pages::change,
    post "/office/sites/{site}/pages/{page}/remove" SiteManager => site::pages::remove,
    get "/office/sites/{site}/members" SiteManager => site::members::list,
    post "/office/sites/{site}/members" SiteManager => site::members::add,
    post "/office/sites/{site}/members/{member}/remove" SiteManager => site::members::remove,

    get "/office/federation" Overseer => federation::subscriptions::list,
    post "/office/federation" Manager => federation::subscription::create,
    get "/office/federation/new" Manager => federation::subscription::new,
    get "/office/federation/subscriptions/{subscription}" Manager => federation::subscription::edit,
    post "/office/federation/subscriptions/{subscription}" Manager => federation::subscription::change,
    post "/office/federation/subscriptions/{subscription}/remove" Manager => federation::subscription::remove,
    get "/office/federation/followers" Overseer => federation::followers::list,
    post "/office/federation/followers/{follower}/accept" Manager => federation::followers::accept,
    post "/office/federation/followers/{follower}/reject" Manager => federation::followers::reject,
    get "/office/federation/deliveries" Administrator => federation::deliveries::list,
    post "/office/federation/deliveries/{delivery}/retry" Administrator => federation::deliveries::retry,

    get "/office/settings" Account => settings::organisations::list,
    post "/office/settings/organisations" Administrator => settings::organisations::create,
    get "/office/settings/themes" Administrator => settings::themes::list,
    post "/office/settings/themes" Administrator => settings::themes::create,
    get "/office/settings/themes/new" Administrator => settings::themes::new,
    get "/office/settings/themes/{theme}" Administrator => settings::themes::edit,
    post "/office/settings/themes/{theme}" Administrator => settings::themes::change,
    get "/office/settings/organisations/new" Administrator => settings::organisations::new,
    get "/office/settings/organisations/{organisation}" Administrator => settings::organisations::edit,
    post "/office/settings/organisations/{organisation}" Administrator => settings::organisations::change,
    get "/office/settings/accounts" Administrator => settings::accounts::list,
    post "/office/settings/accounts" Administrator => settings::accounts::create,
    get "/office/settings/accounts/new" Administrator => settings::accounts::new,
    get "/office/settings/accounts/{account}" Administrator => settings::accounts::edit,
    post "/office/settings/accounts/{account}" Administrator => settings::accounts::change,
    get "/office/settings/invitations" Manager => settings::invitations::list,
    post "/office/settings/invitations" Administrator => settings::invitations::create,
    get "/office/settings/invitations/new" Administrator => settings::invitations::new,
    post "/office/settings/invitations/{invitation}/again" Manager => settings::invitations::again,
    post "/office/settings/invitations/{invitation}/revoke" Manager => settings::invitations::revoke,
    get "/office/settings/audit" Manager => settings::audit::list,
    get "/office/settings/audit.csv" Manager => settings::audit::table,
    get "/office/settings/mails" Administrator => settings::mails::list,
    post "/office/settings/mails/{mail}/retry" Administrator => settings::mails::retry,
    get "/office/settings/security" Account => settings::security::show,
    post "/office/settings/security/sessions/{session}/end" Account => settings::security::end,
    post "/office/settings/security/identities/{identity}/unlink" Account => settings::security::unlink,
    post "/office/settings/security/end-others" Account => settings::security::end_others,
    get "/office/settings/second-factor" Account => settings::second_factor::show,
    post "/office/settings/second-factor/{step}" Account => settings::second_factor::take,
    get "/office/settings/node" Administrator => settings::node::edit,
    post "/office/settings/node" Administrator => settings::node::change,
    get "/office/settings/notices" Account => settings::notices::show,
    post "/office/settings/notices" Account => settings::notices::change,
    get "/office/settings/password" Account => settings::password::show,
    post "/office/settings/password" Account => settings::password::change,
    get "/office/settings/tokens" Account => settings::tokens::list,
    post "/office/settings/tokens" Account => settings::tokens::create,
    post "/office/settings/tokens/{token}/revoke" Account => settings::tokens::revoke,
}
