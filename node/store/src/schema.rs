//! Tables as diesel sees them, the same on both databases.

diesel::table! {
    nodes (id) {
        id -> BigInt,
        uid -> Text,
        name -> Text,
        base_url -> Text,
        territory -> Text,
        setup_code_hash -> Nullable<Text>,
        geography_version -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    organisations (id) {
        id -> BigInt,
        uid -> Text,
        name -> Text,
        url -> Nullable<Text>,
        territory -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    accounts (id) {
        id -> BigInt,
        uid -> Text,
        email -> Text,
        email_folded -> Text,
        display_name -> Text,
        password_hash -> Nullable<Text>,
        administrator -> Bool,
        organisation_id -> BigInt,
        locale -> Text,
        disabled_at -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    sessions (id) {
        id -> BigInt,
        account_id -> BigInt,
        token_hash -> Text,
        csrf -> Text,
        created_at -> BigInt,
        seen_at -> BigInt,
        expires_at -> BigInt,
        device -> Text,
    }
}

diesel::table! {
    api_tokens (id) {
        id -> BigInt,
        account_id -> BigInt,
        token_hash -> Text,
        label -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
        expires_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    login_failures (id) {
        id -> BigInt,
        subject -> Text,
        failed_at -> BigInt,
    }
}

diesel::table! {
    themes (id) {
        id -> BigInt,
        slug -> Text,
        parent -> Nullable<Text>,
        label_fr -> Text,
        label_en -> Text,
        position -> BigInt,
        own -> Bool,
        retired_at -> Nullable<BigInt>,
        matches -> Text,
    }
}

diesel::table! {
    places (id) {
        id -> BigInt,
        code -> Text,
        kind -> Text,
        name -> Text,
        folded -> Text,
        ancestors -> Text,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
        population -> Nullable<BigInt>,
        successor -> Nullable<Text>,
    }
}

diesel::table! {
    postal_codes (id) {
        id -> BigInt,
        postal_code -> Text,
        place_code -> Text,
    }
}

diesel::table! {
    actors (id) {
        id -> BigInt,
        uid -> Text,
        uri -> Text,
        local -> Bool,
        kind -> Text,
        username -> Text,
        host -> Text,
        name -> Text,
        summary -> Text,
        url -> Nullable<Text>,
        inbox -> Text,
        shared_inbox -> Nullable<Text>,
        outbox -> Nullable<Text>,
        followers -> Nullable<Text>,
        key_id -> Text,
        public_key -> Text,
        raw -> Nullable<Text>,
        gone -> Bool,
        created_at -> BigInt,
        fetched_at -> BigInt,
    }
}

diesel::table! {
    actor_secrets (actor_id) {
        actor_id -> BigInt,
        private_key -> Text,
    }
}

diesel::table! {
    services (id) {
        id -> BigInt,
        uid -> Text,
        slug -> Text,
        type_slug -> Text,
        title -> Text,
        visibility -> Text,
        organisation_id -> BigInt,
        actor_id -> BigInt,
        purpose -> Text,
        moderators -> Text,
        delay_days -> Nullable<BigInt>,
        licence -> Text,
        self_validation -> Bool,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    memberships (id) {
        id -> BigInt,
        account_id -> BigInt,
        service_id -> BigInt,
        role -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    items (id) {
        id -> BigInt,
        uid -> Text,
        uri -> Text,
        url -> Text,
        home_service_id -> Nullable<BigInt>,
        origin_actor_id -> BigInt,
        organisation_name -> Text,
        type_slug -> Text,
        visibility -> Text,
        title -> Text,
        title_folded -> Text,
        summary -> Text,
        content -> Text,
        source_url -> Nullable<Text>,
        language -> Text,
        licence -> Text,
        timezone -> Text,
        fields -> Text,
        starts_at -> Nullable<BigInt>,
        ends_at -> Nullable<BigInt>,
        dated -> Nullable<Text>,
        version -> BigInt,
        content_hash -> Text,
        published_at -> Nullable<BigInt>,
        updated_at -> BigInt,
        created_at -> BigInt,
        withdrawn_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    item_ages (item_id) {
        item_id -> BigInt,
        changed_at -> BigInt,
        due_at -> Nullable<BigInt>,
        reminded_at -> Nullable<BigInt>,
        check_at -> Nullable<BigInt>,
        hidden_at -> Nullable<BigInt>,
        archived_at -> Nullable<BigInt>,
        erased_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    type_plans (type_slug) {
        type_slug -> Text,
        digest -> Text,
    }
}

diesel::table! {
    item_sources (item_id) {
        item_id -> BigInt,
        raw -> Text,
        received_at -> BigInt,
        checked_at -> BigInt,
    }
}

diesel::table! {
    item_searches (item_id) {
        item_id -> BigInt,
        words -> Text,
    }
}

diesel::table! {
    item_themes (id) {
        id -> BigInt,
        item_id -> BigInt,
        theme -> Text,
        own -> Bool,
    }
}

diesel::table! {
    item_places (id) {
        id -> BigInt,
        item_id -> BigInt,
        place -> Text,
        relation -> Text,
        own -> Bool,
    }
}

diesel::table! {
    arrivals (id) {
        id -> BigInt,
        item_id -> BigInt,
        source_actor_id -> BigInt,
        path -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    entries (id) {
        id -> BigInt,
        uid -> Text,
        service_id -> BigInt,
        item_id -> BigInt,
        home -> Bool,
        state -> Text,
        queued_at -> Nullable<BigInt>,
        subscription_id -> Nullable<BigInt>,
        decided_by -> Text,
        reason -> Nullable<Text>,
        path -> Text,
        announce_uri -> Nullable<Text>,
        sort_at -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
        title_folded -> Text,
        begins_at -> BigInt,
        over_at -> BigInt,
        closes_at -> BigInt,
    }
}

diesel::table! {
    revisions (id) {
        id -> BigInt,
        uid -> Text,
        item_id -> BigInt,
        number -> BigInt,
        state -> Text,
        title -> Text,
        fields -> Text,
        language -> Text,
        licence -> Text,
        author_id -> Nullable<BigInt>,
        reason -> Nullable<Text>,
        decided_by -> Nullable<BigInt>,
        decided_at -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    revision_contributors (id) {
        id -> BigInt,
        revision_id -> BigInt,
        account_id -> BigInt,
    }
}

diesel::table! {
    decisions (id) {
        id -> BigInt,
        at -> BigInt,
        account_id -> Nullable<BigInt>,
        service_id -> Nullable<BigInt>,
        item_id -> Nullable<BigInt>,
        action -> Text,
        detail -> Text,
    }
}

diesel::table! {
    follows (id) {
        id -> BigInt,
        actor_id -> BigInt,
        uri -> Text,
        state -> Text,
        backfill_next -> Nullable<Text>,
        backfill_pages -> BigInt,
        backfill_full -> Bool,
        backfill_due_at -> Nullable<BigInt>,
        backfill_failures -> BigInt,
        exchanged_at -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    subscriptions (id) {
        id -> BigInt,
        uid -> Text,
        service_id -> BigInt,
        source_actor_id -> BigInt,
        trust -> Text,
        rules -> Text,
        redecide_after -> Nullable<BigInt>,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    followers (id) {
        id -> BigInt,
        uid -> Text,
        service_id -> BigInt,
        actor_id -> BigInt,
        follow_uri -> Text,
        state -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    events (id) {
        id -> BigInt,
        kind -> Text,
        payload -> Text,
        created_at -> BigInt,
        handled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    activities (id) {
        id -> BigInt,
        uri -> Text,
        actor_id -> BigInt,
        kind -> Text,
        object_uri -> Text,
        item_id -> Nullable<BigInt>,
        public -> Bool,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    peers (id) {
        id -> BigInt,
        host -> Text,
        scheme -> Text,
        failing_since -> Nullable<BigInt>,
        answered_at -> Nullable<BigInt>,
        blocked -> Bool,
        created_at -> BigInt,
    }
}

diesel::table! {
    deliveries (id) {
        id -> BigInt,
        uid -> Text,
        activity_id -> BigInt,
        inbox -> Text,
        host -> Text,
        state -> Text,
        attempts -> BigInt,
        due_at -> BigInt,
        claimed_until -> Nullable<BigInt>,
        last_status -> Nullable<BigInt>,
        last_error -> Nullable<Text>,
        created_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    received_activities (id) {
        id -> BigInt,
        uri -> Text,
        actor_uri -> Text,
        received_at -> BigInt,
    }
}

diesel::table! {
    tombstones (id) {
        id -> BigInt,
        uri -> Text,
        actor_uri -> Text,
        deleted_at -> BigInt,
    }
}

diesel::table! {
    import_keys (id) {
        id -> BigInt,
        service_id -> BigInt,
        import_key -> Text,
        item_id -> BigInt,
        content_hash -> Text,
    }
}

diesel::table! {
    sites (id) {
        id -> BigInt,
        uid -> Text,
        slug -> Text,
        title -> Text,
        kind -> Text,
        restricted -> Bool,
        intro -> Text,
        accent -> Text,
        host -> Nullable<Text>,
        created_at -> BigInt,
        updated_at -> BigInt,
        members_only -> Bool,
        logo_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    media (id) {
        id -> BigInt,
        uid -> Text,
        sha256 -> Text,
        content_type -> Text,
        size -> BigInt,
        name -> Text,
        width -> Nullable<BigInt>,
        height -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    item_media (media_id) {
        media_id -> BigInt,
        account_id -> Nullable<BigInt>,
        item_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    notice_paces (account_id) {
        account_id -> BigInt,
        pace -> Text,
        told_until -> BigInt,
    }
}

diesel::table! {
    site_members (id) {
        id -> BigInt,
        site_id -> BigInt,
        account_id -> BigInt,
        role -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    site_blocks (id) {
        id -> BigInt,
        uid -> Text,
        site_id -> BigInt,
        kind -> Text,
        title -> Text,
        settings -> Text,
        position -> BigInt,
    }
}

diesel::table! {
    site_pages (id) {
        id -> BigInt,
        uid -> Text,
        site_id -> BigInt,
        slug -> Text,
        kind -> Text,
        title -> Text,
        body -> Text,
        in_menu -> Bool,
        position -> BigInt,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    folders (id) {
        id -> BigInt,
        uid -> Text,
        site_id -> BigInt,
        title -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    documents (id) {
        id -> BigInt,
        uid -> Text,
        site_id -> BigInt,
        folder_id -> Nullable<BigInt>,
        title -> Text,
        note -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    document_versions (id) {
        id -> BigInt,
        uid -> Text,
        document_id -> BigInt,
        number -> BigInt,
        media_id -> BigInt,
        note -> Text,
        account_id -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    discussions (id) {
        id -> BigInt,
        uid -> Text,
        site_id -> BigInt,
        document_id -> Nullable<BigInt>,
        item_id -> Nullable<BigInt>,
        title -> Text,
        created_at -> BigInt,
        updated_at -> BigInt,
    }
}

diesel::table! {
    messages (id) {
        id -> BigInt,
        uid -> Text,
        discussion_id -> BigInt,
        account_id -> Nullable<BigInt>,
        body -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    placements (id) {
        id -> BigInt,
        uid -> Text,
        site_id -> BigInt,
        service_id -> BigInt,
        title -> Text,
        filter -> Text,
        sort_order -> Text,
        position -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    fetches (id) {
        id -> BigInt,
        object_uri -> Text,
        bringer_id -> BigInt,
        attempts -> BigInt,
        due_at -> BigInt,
        last_error -> Nullable<Text>,
        created_at -> BigInt,
    }
}

diesel::table! {
    alerts (id) {
        id -> BigInt,
        uid -> Text,
        email -> Text,
        email_folded -> Text,
        locale -> Text,
        title -> Text,
        path -> Text,
        list -> Text,
        frequency -> Text,
        token_hash -> Nullable<Text>,
        stop_token -> Text,
        confirmed_at -> Nullable<BigInt>,
        told -> Text,
        due_at -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    mails (id) {
        id -> BigInt,
        kind -> Text,
        reference -> Nullable<BigInt>,
        recipient -> Text,
        locale -> Text,
        subject -> Text,
        body -> Text,
        state -> Text,
        attempts -> BigInt,
        due_at -> BigInt,
        problem -> Nullable<Text>,
        created_at -> BigInt,
        ended_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    invitations (id) {
        id -> BigInt,
        uid -> Text,
        email -> Text,
        email_folded -> Text,
        locale -> Text,
        administrator -> Bool,
        organisation_id -> BigInt,
        invited_by -> Nullable<BigInt>,
        token_hash -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    invitation_roles (id) {
        id -> BigInt,
        invitation_id -> BigInt,
        service_id -> BigInt,
        role -> Text,
    }
}

diesel::table! {
    password_resets (id) {
        id -> BigInt,
        account_id -> BigInt,
        token_hash -> Nullable<Text>,
        created_at -> BigInt,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    second_factors (account_id) {
        account_id -> BigInt,
        secret -> Text,
        confirmed_at -> Nullable<BigInt>,
        last_step -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    recovery_codes (id) {
        id -> BigInt,
        account_id -> BigInt,
        code_hash -> Text,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    login_steps (id) {
        id -> BigInt,
        account_id -> BigInt,
        token_hash -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    identities (id) {
        id -> BigInt,
        account_id -> BigInt,
        issuer -> Text,
        subject -> Text,
        email -> Text,
        created_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    sign_in_requests (id) {
        id -> BigInt,
        state_hash -> Text,
        browser_hash -> Text,
        nonce -> Text,
        verifier -> Text,
        next -> Text,
        expires_at -> BigInt,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        at -> BigInt,
        account_id -> Nullable<BigInt>,
        service_id -> Nullable<BigInt>,
        subject -> Text,
        subject_uid -> Text,
        subject_name -> Text,
        action -> Text,
        before -> Text,
        after -> Text,
    }
}

diesel::table! {
    schedules (entry_id) {
        entry_id -> BigInt,
        publish_at -> BigInt,
        seen -> BigInt,
        account_id -> BigInt,
        ticked -> Text,
        created_at -> BigInt,
    }
}

diesel::table! {
    comments (id) {
        id -> BigInt,
        uid -> Text,
        entry_id -> BigInt,
        account_id -> Nullable<BigInt>,
        side -> Text,
        body -> Text,
        created_at -> BigInt,
        answered_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    decline_reasons (id) {
        id -> BigInt,
        service_id -> BigInt,
        position -> BigInt,
        reason -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    nodes,
    organisations,
    accounts,
    sessions,
    api_tokens,
    login_failures,
    themes,
    places,
    postal_codes,
    actors,
    actor_secrets,
    services,
    memberships,
    items,
    item_ages,
    type_plans,
    item_sources,
    item_searches,
    item_themes,
    item_places,
    arrivals,
    entries,
    revisions,
    revision_contributors,
    decisions,
    schedules,
    comments,
    decline_reasons,
    follows,
    subscriptions,
    followers,
    events,
    activities,
    peers,
    deliveries,
    received_activities,
    tombstones,
    import_keys,
    sites,
    placements,
    media,
    item_media,
    notice_paces,
    site_members,
    site_blocks,
    site_pages,
    folders,
    documents,
    document_versions,
    discussions,
    messages,
    fetches,
    alerts,
    mails,
    invitations,
    invitation_roles,
    password_resets,
    second_factors,
    recovery_codes,
    login_steps,
    identities,
    sign_in_requests,
    audit,
);

diesel::joinable!(accounts -> organisations (organisation_id));
diesel::joinable!(sessions -> accounts (account_id));
diesel::joinable!(api_tokens -> accounts (account_id));
diesel::joinable!(services -> actors (actor_id));
diesel::joinable!(memberships -> services (service_id));
diesel::joinable!(memberships -> accounts (account_id));
diesel::joinable!(items -> actors (origin_actor_id));
diesel::joinable!(arrivals -> items (item_id));
diesel::joinable!(arrivals -> actors (source_actor_id));
diesel::joinable!(entries -> items (item_id));
diesel::joinable!(entries -> services (service_id));
diesel::joinable!(item_ages -> items (item_id));
diesel::joinable!(schedules -> entries (entry_id));
diesel::joinable!(comments -> entries (entry_id));
diesel::joinable!(item_sources -> items (item_id));
diesel::joinable!(revision_contributors -> revisions (revision_id));
diesel::joinable!(item_themes -> items (item_id));
diesel::joinable!(item_places -> items (item_id));
diesel::joinable!(follows -> actors (actor_id));
diesel::joinable!(subscriptions -> actors (source_actor_id));
diesel::joinable!(followers -> actors (actor_id));
diesel::joinable!(activities -> actors (actor_id));
diesel::joinable!(deliveries -> activities (activity_id));
diesel::joinable!(fetches -> actors (bringer_id));
diesel::joinable!(placements -> services (service_id));
diesel::joinable!(invitation_roles -> invitations (invitation_id));
diesel::joinable!(invitation_roles -> services (service_id));
diesel::joinable!(invitations -> organisations (organisation_id));
diesel::joinable!(login_steps -> accounts (account_id));
diesel::joinable!(identities -> accounts (account_id));
diesel::joinable!(password_resets -> accounts (account_id));
diesel::joinable!(site_members -> accounts (account_id));
diesel::joinable!(site_members -> sites (site_id));
diesel::joinable!(document_versions -> documents (document_id));
diesel::joinable!(document_versions -> media (media_id));
diesel::joinable!(discussions -> sites (site_id));
diesel::joinable!(item_media -> media (media_id));
diesel::joinable!(item_media -> items (item_id));
diesel::joinable!(messages -> discussions (discussion_id));
