//! Services in the back office: the list of those the account takes part in.

pub(super) mod import;
pub(super) mod members;
pub(super) mod page;
pub(super) mod settings;
pub(super) mod table;

use super::standing::Standing;
use crate::i18n::Translator;
use crate::paths;
use crate::views::{Count, Empty, Icon, Link, OfficeSection, ServiceLine, ServicesPage};
use crate::web::{Desk, WebError};
use actix_web::HttpResponse;
use maillage_domain::role::{Action, Role};
use maillage_store::read::EntryQuery;
use maillage_store::rows::ServiceRow;

/// Published items of a service are counted up to this.
pub(super) const COUNTED: i64 = 1_000;

/// What is counted of a service for its line.
struct Counted {
    standing: Standing,
    published: i64,
    waiting: i64,
}

/// GET /office/services
///
/// # Errors
/// Those of the database.
pub(super) async fn list(desk: Desk) -> Result<HttpResponse, WebError> {
    let (account, administrator) = (desk.account_id(), desk.administers());
    let counted = desk.reads().run(move |reads| {
        let mut counted = Vec::new();
        for service in reads.services()? {
            let standing = Standing::of(reads, service, account, administrator)?;
            if !standing.belongs() {
                continue;
            }
            let services = Some(vec![standing.service.id]);
            let published = EntryQuery { services: services.clone(), ..EntryQuery::default() };
            let waiting = EntryQuery { services, waiting: true, ..EntryQuery::default() };
            counted.push(Counted {
                published: reads.count_entries(&published, COUNTED)?,
                waiting: if standing.may(Action::Moderate) {
                    reads.count_entries(&waiting, COUNTED)?
                } else {
                    0
                },
                standing,
            });
        }
        Ok(counted)
    });
    let counted = counted.await?;
    let t = desk.t;
    let page = ServicesPage {
        t,
        shell: desk.shell(),
        office: desk.frame(OfficeSection::Services, Vec::new()),
        services: counted.iter().map(|counted| line(&desk, counted)).collect(),
        create_href: administrator.then(|| paths::SERVICE_NEW.to_owned()),
        empty: Empty {
            icon: Icon("page"),
            title: t.get("services-none"),
            text: t.get(if administrator { "services-none-make" } else { "services-none-ask" }),
            action: administrator.then(|| Link::new(t.get("service-new"), paths::SERVICE_NEW)),
        },
    };
    desk.page(&page)
}

fn line(desk: &Desk, counted: &Counted) -> ServiceLine {
    let (t, standing) = (desk.t, &counted.standing);
    let service = &standing.service;
    ServiceLine {
        link: Link::new(&service.title, paths::office_service(&service.slug)),
        kind: kind_name(desk, service),
        role: standing.role.map_or_else(String::new, |role| role_name(t, role)),
        visibility: visibility_name(t, service),
        published: count(counted.published, COUNTED),
        to_review: u64::try_from(counted.waiting).unwrap_or_default(),
        create_href: standing
            .may(Action::Contribute)
            .then(|| paths::office_service_step(&service.slug, "new")),
    }
}

/// A number counted up to a cap.
pub(super) fn count(counted: i64, cap: i64) -> Count {
    Count { value: u64::try_from(counted.min(cap)).unwrap_or_default(), capped: counted > cap }
}

/// The type of a service in words.
pub(super) fn kind_name(desk: &Desk, service: &ServiceRow) -> String {
    let kind = desk.app().registry().get(&service.type_slug);
    kind.map_or_else(|| service.type_slug.clone(), |kind| desk.t.say(&kind.label()))
}

/// Who may see a service, in words.
pub(super) fn visibility_name(t: Translator, service: &ServiceRow) -> String {
    service
        .visibility
        .parse()
        .map_or_else(|_| service.visibility.clone(), |v| crate::forms::visibility_name(t, v))
}

/// A role in words.
pub(in crate::web) fn role_name(t: Translator, role: Role) -> String {
    t.get(match role {
        Role::Contributor => "role-contributor",
        Role::Moderator => "role-moderator",
        Role::ServiceManager => "role-manager",
    })
}
