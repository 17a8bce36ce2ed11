//! Who makes sites, who sets them, who opens them; what they hold.

use super::node::{TestNode, forbidden, invalid, node, not_found};
use crate::caller::Caller;
use crate::media::SentFile;
use crate::site::block::{BlockChange, TitledBlock};
use crate::site::page::PageForm;
use crate::site::{PlacementForm, SiteForm};
use maillage_domain::block::{Block, MOST_BLOCKS};
use maillage_domain::role::Role;
use maillage_domain::service::Visibility;
use maillage_domain::site::{PageKind, SiteRole};
use maillage_domain::viewer::Viewer;
use maillage_store::StoreError;
use maillage_store::on_both_databases;

fn form(title: &str) -> SiteForm {
    SiteForm { title: title.to_owned(), ..SiteForm::default() }
}

fn page(title: &str) -> PageForm {
    PageForm { title: title.to_owned(), body: "<p>Texte</p>".to_owned(), ..PageForm::default() }
}

fn numbers() -> TitledBlock {
    TitledBlock { title: String::new(), block: Block::Numbers }
}

async fn opens(node: &TestNode, viewer: Viewer, site: &str) -> bool {
    let site = site.to_owned();
    match node.app.reads(viewer).run(move |reads| reads.site(&site).map(drop)).await {
        Ok(()) => true,
        Err(StoreError::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

on_both_databases!(
    async fn managers_of_services_make_sites_and_set_their_own(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let manager = node.person("gestion@mef58.example", "actus", Role::ServiceManager).await;
        let moderator = node.person("moderation@mef58.example", "actus", Role::Moderator).await;
        forbidden(node.app.add_site(&moderator, "nevers", form("Nevers")).await);
        let services = vec!["actus".to_owned()];
        node.app.make_site(&manager, "nevers", form("Nevers"), services, None).await.expect("made");
        let view = node.app.reads(manager.viewer()).run(|reads| reads.site("nevers")).await.expect("read");
        assert_eq!((view.role, view.placements.len()), (Some(SiteRole::Manager), 1));
        let kinds: Vec<&str> = view.pages.iter().map(|page| page.kind.as_str()).collect();
        assert_eq!(kinds, ["legal", "accessibility"], "what a public site owes its readers");

        // Another site's manager sets nothing here, whatever is asked.
        node.app.add_site(&Caller::Node, "ailleurs", form("Ailleurs")).await.expect("made");
        let reader = Some(SiteRole::Reader);
        node.app.set_site_role(&Caller::Node, "ailleurs", "gestion@mef58.example", reader).await.expect("a role");
        for caller in [&manager, &moderator] {
            forbidden(node.app.change_site(caller, "ailleurs", form("x")).await);
            forbidden(node.app.set_logo(caller, "ailleurs", None).await);
            forbidden(node.app.change_blocks(caller, "ailleurs", BlockChange::Add(numbers())).await);
            forbidden(node.app.add_page(caller, "ailleurs", page("x")).await);
            forbidden(node.app.set_site_role(caller, "ailleurs", "moderation@mef58.example", reader).await);
            let placement = PlacementForm { service: "actus".to_owned(), ..PlacementForm::default() };
            forbidden(node.app.add_placement(caller, "ailleurs", placement).await);
        }
        node.app.change_site(&manager, "nevers", form("Nevers et environs")).await.expect("one's own");
    }
);

on_both_databases!(
    async fn a_site_for_members_is_opened_by_them_alone(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let reader = node.person("lecture@mef58.example", "actus", Role::Contributor).await;
        let other = node.person("passage@mef58.example", "actus", Role::Contributor).await;
        let site = SiteForm { members_only: true, ..form("Entre nous") };
        node.app.add_site(&Caller::Node, "entre-nous", site).await.expect("made");
        let role = Some(SiteRole::Reader);
        node.app.set_site_role(&Caller::Node, "entre-nous", "lecture@mef58.example", role).await.expect("a role");
        for (viewer, may) in [
            (Viewer::Anonymous, false),
            (Viewer::Partner { actor: "https://mef89.example/a/1".to_owned() }, false),
            (other.viewer(), false),
            (reader.viewer(), true),
            (node.administrator().await.viewer(), true),
        ] {
            assert_eq!(opens(&node, viewer.clone(), "entre-nous").await, may, "{viewer:?}");
        }
        // Who may not open it does not learn that it is there.
        not_found(node.app.change_site(&other, "entre-nous", form("x")).await);
        forbidden(node.app.change_site(&reader, "entre-nous", form("x")).await);
        invalid(
            node.app.set_site_role(&Caller::Node, "entre-nous", "personne@mef58.example", role).await,
            "unknown_account",
        );
    }
);

on_both_databases!(
    async fn a_private_service_is_shown_by_who_manages_it(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        node.service("interne", Visibility::Private).await;
        let manager = node.person("gestion@mef58.example", "actus", Role::ServiceManager).await;
        node.app.add_site(&manager, "nevers", form("Nevers")).await.expect("made");
        let interne = || PlacementForm { service: "interne".to_owned(), ..PlacementForm::default() };
        invalid(node.app.add_placement(&manager, "nevers", interne()).await, "unknown_service");
        let contributor = node.person("gestion@mef58.example", "interne", Role::Contributor).await;
        forbidden(node.app.add_placement(&contributor, "nevers", interne()).await);
        let manager = node.person("gestion@mef58.example", "interne", Role::ServiceManager).await;
        node.app.add_placement(&manager, "nevers", interne()).await.expect("one's own service");
    }
);

on_both_databases!(
    async fn blocks_and_pages_are_checked_and_cleaned(db) {
        let node = node(db).await;
        node.app.add_site(&Caller::Node, "nevers", form("Nevers")).await.expect("made");
        let change = |change: BlockChange| node.app.change_blocks(&Caller::Node, "nevers", change);
        let text = Block::Text { body: "<p onclick=\"x()\">Bonjour<script>x()</script></p>".to_owned() };
        let all = change(BlockChange::Add(TitledBlock { title: "Accueil".to_owned(), block: text }));
        let all = all.await.expect("added");
        assert_eq!(all.last().map(|one| one.block.clone()), Some(Block::Text { body: "<p>Bonjour</p>".to_owned() }));
        assert_eq!(all.len(), 3, "the usual ones stay: {all:?}");
        not_found(change(BlockChange::Remove(3)).await);
        not_found(change(BlockChange::Move { at: 3, up: true }).await);
        let moved = change(BlockChange::Move { at: 2, up: true }).await.expect("moved");
        assert_eq!(moved[1].title, "Accueil");
        let documents = TitledBlock { title: String::new(), block: Block::Documents { count: 5 } };
        invalid(change(BlockChange::Add(documents)).await, "not_here");
        for _ in 3..MOST_BLOCKS {
            change(BlockChange::Add(numbers())).await.expect("added");
        }
        invalid(change(BlockChange::Add(numbers())).await, "too_many");

        let legal = PageForm { kind: PageKind::Legal, ..page("Encore") };
        invalid(node.app.add_page(&Caller::Node, "nevers", legal).await, "there_already");
        invalid(node.app.add_page(&Caller::Node, "nevers", PageForm { body: "<p></p>".to_owned(), ..page("x") }).await, "required");
        let row = node.app.add_page(&Caller::Node, "nevers", page("Où nous trouver ?")).await.expect("added");
        assert_eq!(row.slug, "ou-nous-trouver");
        let changed = PageForm { body: "<p>Ici<img src=x onerror=y></p>".to_owned(), ..page("Ailleurs") };
        let row = node.app.change_page(&Caller::Node, "nevers", &row.slug, changed).await.expect("changed");
        assert_eq!((row.slug.as_str(), row.body.as_str()), ("ou-nous-trouver", "<p>Ici</p>"));
        not_found(node.app.delete_page(&Caller::Node, "nevers", "nulle-part").await);
    }
);

on_both_databases!(
    async fn administrators_give_a_public_site_its_own_host(db) {
        let node = node(db).await;
        node.service("actus", Visibility::Public).await;
        let manager = node.person("gestion@mef58.example", "actus", Role::ServiceManager).await;
        let administrator = node.administrator().await;
        let at = |host: &str, form: SiteForm| SiteForm { host: Some(host.to_owned()), ..form };
        forbidden(node.app.add_site(&manager, "nevers", at("emploi-nevers.example", form("Nevers"))).await);
        node.app.add_site(&manager, "nevers", form("Nevers")).await.expect("made");
        let change = |caller: &Caller, form: SiteForm| {
            let (app, caller) = (node.app.clone(), caller.clone());
            async move { app.change_site(&caller, "nevers", form).await }
        };
        forbidden(change(&manager, at("emploi-nevers.example", form("Nevers"))).await);
        for (wrong, code) in [
            ("https://emploi-nevers.example/", "not_a_host"),
            ("nevers", "not_a_host"),
            ("MEF58.example", "taken"),
        ] {
            invalid(change(&administrator, at(wrong, form("Nevers"))).await, code);
        }
        let row = change(&administrator, at(" Emploi-Nevers.example ", form("Nevers"))).await.expect("given");
        assert_eq!(row.host.as_deref(), Some("emploi-nevers.example"));
        let known = [("emploi-nevers.example".to_owned(), "nevers".to_owned())];
        assert_eq!(node.app.site_hosts().await.expect("read"), known);
        let other = at("emploi-nevers.example", form("Cosne"));
        invalid(node.app.add_site(&administrator, "cosne", other).await, "taken");
        // Its manager changes the rest, and the host stays; once it is not for everybody it has none.
        assert!(change(&manager, form("Nevers et autour")).await.expect("changed").host.is_some());
        let inside = SiteForm { restricted: true, ..form("Nevers") };
        invalid(change(&administrator, at("autre.example", inside.clone())).await, "restricted");
        assert_eq!(change(&manager, inside).await.expect("changed").host, None);
        assert_eq!(node.app.site_hosts().await.expect("read"), []);
    }
);

on_both_databases!(
    async fn a_logo_that_is_replaced_is_erased(db) {
        let node = node(db).await;
        node.app.add_site(&Caller::Node, "nevers", form("Nevers")).await.expect("made");
        let bad = SentFile { name: "logo.png".to_owned(), bytes: b"<svg/>".to_vec() };
        invalid(node.app.set_logo(&Caller::Node, "nevers", Some(bad)).await, "not_accepted");
        let logo = || async {
            node.app.reads(Viewer::Anonymous).run(|reads| reads.site("nevers")).await.expect("read").logo
        };
        node.app.set_logo(&Caller::Node, "nevers", Some(picture(1))).await.expect("a logo");
        let first = logo().await.expect("a logo");
        assert!(node.app.media_bytes(&first).await.is_ok());
        node.app.set_logo(&Caller::Node, "nevers", Some(picture(2))).await.expect("another");
        not_found(node.app.media_bytes(&first).await);
        node.app.set_logo(&Caller::Node, "nevers", None).await.expect("none");
        assert_eq!(logo().await, None);
    }
);

/// A GIF of one pixel, of a colour of its own.
/// A picture of one pixel in this shade of red.
pub(super) fn picture(colour: u8) -> SentFile {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0".to_vec();
    bytes.extend([colour, 0, 0, 0xff, 0xff, 0xff]);
    bytes.extend(b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");
    SentFile { name: "logo.gif".to_owned(), bytes }
}
