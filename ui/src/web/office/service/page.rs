//! One service in the back office: its items by state, its members, what it is.

use super::{COUNTED, kind_name, role_name, visibility_name};
use crate::forms::licence_name;
use crate::paths;
use crate::views::{Empty, Fact, Icon, ItemLine, Link, MemberLine, OfficeSection, Paging, ServicePage, Tab};
use crate::web::office::keyset::Trail;
use crate::web::office::lines::{self, Lined};
use crate::web::office::standing::{Standing, standing};
use crate::web::office::{PAGE, address};
use crate::web::{Desk, WebError};
use actix_web::{HttpResponse, web};
use maillage_domain::role::Action;
use maillage_domain::workflow::EntryState;
use maillage_store::StoreError;
use maillage_store::read::{Cursor, EntryQuery, MemberView, Reads};
use serde::Deserialize;

/// States with a tab of their own, those that need somebody first.
const TABS: [EntryState; 7] = [
    EntryState::Submitted,
    EntryState::Published,
    EntryState::Draft,
    EntryState::Declined,
    EntryState::Withdrawn,
    EntryState::Expired,
    EntryState::Ignored,
];

/// Which items are asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(in crate::web::office) struct Asked {
    /// One state; every one where there is none.
    state: String,
    /// Words.
    q: String,
    /// Where the page goes on.
    after: String,
}

impl Asked {
    fn state(&self) -> Option<EntryState> {
        self.state.parse().ok()
    }

    fn query(&self, service: i64) -> EntryQuery {
        // What a rule has left out is nobody's work: it has its own tab alone.
        let usual = EntryState::ALL.into_iter().filter(|state| *state != EntryState::Ignored);
        let states = self.state().map_or_else(|| usual.collect(), |state| vec![state]);
        EntryQuery {
            services: Some(vec![service]),
            states: states.into_iter().map(EntryState::as_str).collect(),
            words: self.q.clone(),
            ..EntryQuery::default()
        }
    }

    fn address(&self, slug: &str, state: &str, after: &str) -> String {
        address::with(&paths::office_service(slug), &[("state", state), ("q", &self.q), ("after", after)])
    }
}

/// What is read for the page.
struct Found {
    lined: Vec<Lined>,
    more: bool,
    counts: Vec<i64>,
    all: i64,
    members: Vec<MemberView>,
    followers: i64,
}

/// GET /office/services/{slug}
///
/// # Errors
/// [`maillage_app::AppError::NotFound`], [`maillage_app::AppError::Forbidden`].
pub(in crate::web::office) async fn show(
    desk: Desk,
    slug: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let (standing, asked) = (standing(&desk, &slug).await?, asked.into_inner());
    let trail = Trail::read(&asked.after);
    let (place, filter, after) = (standing.clone(), asked.clone(), trail.after());
    let found = desk.reads().run(move |reads| find(reads, &place, &filter, after)).await?;
    let page = page(&desk, &standing, &asked, &trail, found);
    desk.page(&page)
}

fn find(
    reads: &mut Reads<'_>,
    standing: &Standing,
    asked: &Asked,
    after: Option<Cursor>,
) -> Result<Found, StoreError> {
    let service = standing.service.id;
    let query = EntryQuery { after, limit: PAGE + 1, ..asked.query(service) };
    let mut views = reads.entries(&query)?;
    let more = views.len() > PAGE as usize;
    views.truncate(PAGE as usize);
    let counted = |reads: &mut Reads<'_>, state: &str| {
        let of_state = Asked { state: state.to_owned(), ..asked.clone() };
        reads.count_entries(&of_state.query(service), COUNTED)
    };
    let counts = TABS.iter().map(|state| counted(reads, state.as_str())).collect::<Result<_, _>>()?;
    // Who only writes here does not see who else does.
    let sees_members = standing.may(Action::Moderate) || standing.may(Action::Manage);
    Ok(Found {
        counts,
        all: counted(reads, "")?,
        members: if sees_members { reads.members(service)? } else { Vec::new() },
        followers: reads.count_followers(service)?,
        lined: lines::of(reads, views)?,
        more,
    })
}

fn page(desk: &Desk, standing: &Standing, asked: &Asked, trail: &Trail, found: Found) -> ServicePage {
    let (t, service) = (desk.t, &standing.service);
    let slug = &service.slug;
    let step =
        |action: Action, step: &str| standing.may(action).then(|| paths::office_service_step(slug, step));
    let last = found.lined.last().filter(|_| found.more).map(Lined::cursor);
    let create_href = step(Action::Contribute, "new");
    ServicePage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Services, vec![Link::new(t.get("nav-services"), paths::SERVICES)]),
        title: service.title.clone(),
        kind: format!("{}, {}", kind_name(desk, service), visibility_name(t, service).to_lowercase()),
        purpose: service.purpose.clone(),
        edit_href: step(Action::Manage, "edit"),
        member_href: step(Action::Manage, "members/new"),
        import_href: step(Action::Contribute, "import"),
        tabs: tabs(desk, slug, asked, &found),
        state: asked.state().map(|state| state.as_str().to_owned()).unwrap_or_default(),
        search_action: paths::office_service(slug),
        query: asked.q.clone(),
        empty: empty(desk, asked, create_href.clone()),
        create_href,
        paging: paging(desk, slug, asked, trail, last),
        items: found.lined.iter().map(|lined| lines::line(desk, lined)).collect::<Vec<ItemLine>>(),
        members: found.members.iter().map(|member| member_line(desk, standing, member)).collect(),
        facts: facts(desk, standing, found.followers),
        links: links(desk, standing),
    }
}

fn paging(desk: &Desk, slug: &str, asked: &Asked, trail: &Trail, last: Option<Cursor>) -> Paging {
    trail.paging(desk.t, last, |trail| asked.address(slug, &asked.state, &trail.text()))
}

fn tabs(desk: &Desk, slug: &str, asked: &Asked, found: &Found) -> Vec<Tab> {
    let t = desk.t;
    let tab = |label: String, state: &str, counted: i64| Tab {
        label,
        href: asked.address(slug, state, ""),
        count: u64::try_from(counted).ok(),
        current: asked.state == state,
    };
    let of_state = TABS.iter().zip(&found.counts).filter(|(state, counted)| {
        // Tabs without items only stand in the way, but for the one that is open.
        **counted > 0 || asked.state == state.as_str() || **state == EntryState::Published
    });
    let first = tab(t.get("state-all"), "", found.all);
    let others = of_state.map(|(state, counted)| tab(t.get(state_key(*state)), state.as_str(), *counted));
    std::iter::once(first).chain(others).collect()
}

/// The key of a state as the name of several items.
fn state_key(state: EntryState) -> &'static str {
    match state {
        EntryState::Draft => "state-drafts",
        EntryState::Submitted => "state-submitted",
        EntryState::Published => "state-published",
        EntryState::Declined => "state-declined",
        EntryState::Withdrawn => "state-withdrawn",
        EntryState::Expired => "state-expired",
        EntryState::Ignored => "state-ignored",
    }
}

fn empty(desk: &Desk, asked: &Asked, create: Option<String>) -> Empty {
    let t = desk.t;
    if !asked.q.is_empty() {
        return Empty {
            icon: Icon("search"),
            title: t.with("service-nothing-found", "words", &asked.q),
            text: t.get("service-nothing-found-hint"),
            action: None,
        };
    }
    let nothing_yet = asked.state.is_empty();
    Empty {
        icon: Icon("page"),
        title: t.get(if nothing_yet { "service-nothing" } else { "service-nothing-so" }),
        text: if nothing_yet && create.is_some() { t.get("service-nothing-hint") } else { String::new() },
        action: create.filter(|_| nothing_yet).map(|href| Link::new(t.get("item-new"), href)),
    }
}

fn member_line(desk: &Desk, standing: &Standing, member: &MemberView) -> MemberLine {
    let slug = &standing.service.slug;
    let below = format!("members/{}", member.account.uid);
    let may = standing.may(Action::Manage);
    MemberLine {
        name: member.account.display_name.clone(),
        organisation: member.organisation.clone(),
        role: role_name(desk.t, member.role),
        edit_href: may.then(|| paths::office_service_step(slug, &below)),
        remove_action: may.then(|| paths::office_service_step(slug, &format!("{below}/remove"))),
    }
}

fn facts(desk: &Desk, standing: &Standing, followers: i64) -> Vec<Fact> {
    let (t, service) = (desk.t, &standing.service);
    let mut facts = Vec::new();
    if service.visibility != "private" {
        let handle = format!("@{}@{}", service.slug, desk.app().addresses().host());
        facts.push(Fact::text(t.get("service-handle"), handle));
        facts.push(Fact::text(t.get("federation-followers"), t.number(followers)));
    }
    facts.push(Fact::text(t.get("charter-licence"), licence_name(t, &service.licence)));
    if let Some(days) = service.delay_days {
        facts.push(Fact::text(t.get("charter-delay"), t.count("days", days)));
    }
    if !service.moderators.is_empty() {
        facts.push(Fact::text(t.get("charter-moderators"), &service.moderators));
    }
    if service.self_validation {
        facts.push(Fact::text(t.get("service-review"), t.get("service-self-validation")));
    }
    facts
}

fn links(desk: &Desk, standing: &Standing) -> Vec<Link> {
    let service = &standing.service;
    let mut links = Vec::new();
    if service.visibility == "public" {
        let page = format!("/services/{}", service.slug);
        links.push(Link::new(desk.t.get("service-public-page"), &page));
        links.push(Link::new("RSS", format!("{page}.rss")));
        links.push(Link::new("Atom", format!("{page}.atom")));
    }
    if standing.may(Action::Manage) {
        let step = paths::office_service_step(&service.slug, "invite");
        links.push(Link::new(desk.t.get("invitation-new"), step));
        links.push(Link::new(desk.t.get("settings-invitations"), paths::INVITATIONS));
        let log = format!("{}?service={}", paths::AUDIT, service.slug);
        links.push(Link::new(desk.t.get("settings-audit"), log));
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Translator;

    #[test]
    fn every_state_has_a_tab_and_a_name() {
        for state in EntryState::ALL {
            assert!(TABS.contains(&state), "{state:?}");
            assert!(Translator::default().has(state_key(state)), "{state:?}");
        }
        assert!(super::super::count(1_001, COUNTED).capped && !super::super::count(1_000, COUNTED).capped);
    }
}
