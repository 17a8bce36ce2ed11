//! Every route of the API, once: from this list come the scope that answers and the document that
//! describes it.

use actix_web::Scope;
use utoipa::OpenApi;

/// Makes the registration and the document of the same handlers.
macro_rules! routes {
    ($($module:ident :: $handler:ident,)+) => {
        /// Registers every route in a scope.
        pub fn register(scope: Scope) -> Scope {
            scope$(.service(crate::$module::$handler))+
        }

        /// The described routes, without what `document` adds to all of them.
        #[derive(OpenApi)]
        #[openapi(paths($(crate::$module::$handler),+))]
        pub struct Described;
    };
}

routes! {
    document::openapi_json,
    node::get_node,
    node::change_node,
    service_types::list_service_types,
    themes::list_themes,
    themes::create_theme,
    themes::change_theme,
    reference::find_places,
    services::list_services,
    services::create_service,
    services::get_service,
    services::change_service,
    members::list_members,
    members::put_member,
    members::delete_member,
    items::list_service_items,
    items::create_item,
    items::list_items,
    items::get_item,
    items::save_item,
    transitions::submit_item,
    transitions::publish_item,
    transitions::decline_item,
    transitions::withdraw_item,
    transitions::unschedule_item,
    transitions::take_item_back,
    revisions::list_revisions,
    revisions::restore_revision,
    comments::list_comments,
    comments::create_comment,
    files::send_file,
    import::import_items,
    subscriptions::list_subscriptions,
    subscriptions::create_subscription,
    subscriptions::get_subscription,
    subscriptions::change_subscription,
    subscriptions::delete_subscription,
    subscriptions::try_subscription,
    followers::list_followers,
    followers::accept_follower,
    followers::reject_follower,
    deliveries::list_deliveries,
    deliveries::retry_delivery,
    peers::list_peers,
    sites::list_sites,
    sites::create_site,
    sites::get_site,
    sites::change_site,
    placements::create_placement,
    placements::change_placement,
    placements::move_placement,
    placements::delete_placement,
    site_items::list_site_items,
    site_items::site_facets,
    accounts::list_accounts,
    accounts::create_account,
    accounts::change_account,
    accounts::end_sessions,
    invitations::list_invitations,
    invitations::create_invitation,
    invitations::send_invitation,
    invitations::delete_invitation,
    audit::list_audit,
    notices::notice_pace,
    notices::choose_notice_pace,
    organisations::list_organisations,
    organisations::create_organisation,
    organisations::change_organisation,
    tokens::list_tokens,
    tokens::create_token,
    tokens::delete_token,
}
