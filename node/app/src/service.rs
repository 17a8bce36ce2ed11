//! Making and changing services.

use crate::App;
use crate::address::new_uid;
use crate::answers::all_of;
use crate::caller::Caller;
use crate::error::AppError;
use crate::secret;
use crate::setup::local_actor;
use maillage_domain::event::DomainEvent;
use maillage_domain::message::Message;
use maillage_domain::role::{Action, Role};
use maillage_domain::service::{Charter, Visibility};
use maillage_domain::service_type::ServiceType;
use maillage_domain::text::is_slug;
use maillage_store::rows::ServiceRow;

/// What is set of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceForm {
    /// Title.
    pub title: String,
    /// Who sees it; the type's own when none is said.
    pub visibility: Option<Visibility>,
    /// Purpose, moderators, delay, licence.
    pub charter: Charter,
    /// Whether somebody may validate an item of their own.
    pub self_validation: bool,
}

/// Names that paths or the protocol use, so that no service can take them.
const RESERVED: &[&str] = &["admin", "api", "inbox", "node", "static", "types", "new", "nouveau"];

impl ServiceForm {
    fn check(&self) -> Result<(), AppError> {
        let title = self.title.trim();
        if title.is_empty() || title.chars().count() > 140 {
            return Err(AppError::invalid(
                "title",
                "required",
                "Donnez un titre au service (140 signes au plus).",
                "Give the service a title (at most 140 characters).",
            ));
        }
        Ok(())
    }
}

/// Refuses what cannot stand in an address.
fn usable_slug(slug: &str) -> Result<(), AppError> {
    if is_slug(slug) && !RESERVED.contains(&slug) {
        return Ok(());
    }
    Err(AppError::invalid(
        "slug",
        "not_a_slug",
        "Écrivez un nom court de 2 à 48 lettres minuscules, chiffres ou tirets, par exemple « agenda-nievre ».",
        "Write a short name of 2 to 48 lower-case letters, digits or hyphens, such as “agenda-nievre”.",
    ))
}

/// Refuses a visibility that is wider than a type may have: a directory of people is never public.
fn narrow_enough(service_type: &ServiceType, visibility: Visibility) -> Result<(), AppError> {
    if !visibility.wider_than(service_type.widest) {
        return Ok(());
    }
    let widest = match service_type.widest {
        Visibility::Private => Message::new("à ses membres", "to its members"),
        _ => Message::new("au réseau des partenaires", "to the network of partners"),
    };
    Err(AppError::invalid(
        "visibility",
        "too_wide",
        format!("Un service de ce type ne s'ouvre qu'{}.", widest.fr),
        format!("A service of this type opens only {}.", widest.en),
    ))
}

impl App {
    /// The type with this slug, for who may be told which there are.
    fn known_service_type(&self, slug: &str) -> Result<&ServiceType, AppError> {
        self.registry().get(slug).ok_or_else(|| {
            let known = self.registry().iter().map(|t| t.slug.as_str()).collect::<Vec<_>>().join(", ");
            if slug.is_empty() {
                return AppError::invalid("type", "required", "Choisissez un type.", "Choose a type.");
            }
            AppError::invalid(
                "type",
                "unknown_type",
                format!("Type de service inconnu : « {slug} ». Possibles : {known}."),
                format!("Unknown service type: “{slug}”. Possible: {known}."),
            )
        })
    }

    /// Makes a service of a type; the caller becomes its manager.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`] (unknown type, unusable or taken slug).
    pub async fn add_service(
        &self,
        caller: &Caller,
        type_slug: &str,
        slug: &str,
        form: ServiceForm,
    ) -> Result<ServiceRow, AppError> {
        all_of([form.check(), self.known_service_type(type_slug).map(drop), usable_slug(slug)])?;
        let service_type = self.known_service_type(type_slug)?;
        let visibility = form.visibility.unwrap_or(service_type.visibility);
        narrow_enough(service_type, visibility)?;
        let (private, public) = secret::key_pair().await?;
        let (caller, slug, type_slug) = (caller.clone(), slug.to_owned(), type_slug.to_owned());
        let (now, addresses) = (self.now(), self.addresses().clone());
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                caller.administers(tx)?;
                if tx.reads().service(&slug).is_ok() || tx.reads().local_actor(&slug).is_ok() {
                    return Err(AppError::invalid(
                        "slug",
                        "taken",
                        "Un service porte déjà ce nom court.",
                        "A service already has this short name.",
                    ));
                }
                let mut actor = local_actor(&addresses, "Service", &slug, form.title.trim(), &public, now);
                actor.url = Some(addresses.service_page(&slug));
                actor.summary.clone_from(&form.charter.purpose);
                actor.id = tx.insert_actor(&actor)?;
                tx.keep_private_key(actor.id, &private)?;
                let organisation = tx
                    .reads()
                    .organisations()?
                    .into_iter()
                    .min_by_key(|body| body.id)
                    .ok_or(AppError::NotFound)?;
                let mut row = ServiceRow {
                    id: 0,
                    uid: new_uid(now),
                    slug: slug.clone(),
                    type_slug: type_slug.clone(),
                    title: String::new(),
                    visibility: visibility.as_str().to_owned(),
                    organisation_id: organisation.id,
                    actor_id: actor.id,
                    purpose: String::new(),
                    moderators: String::new(),
                    delay_days: None,
                    licence: String::new(),
                    self_validation: false,
                    created_at: millis,
                    updated_at: millis,
                };
                put(&mut row, &form);
                row.id = tx.insert_service(&row)?;
                if let Some(account) = caller.account_id() {
                    tx.set_role(account, row.id, Some(Role::ServiceManager.as_str()), millis)?;
                }
                Ok(row)
            })
            .await
    }

    /// Whether the caller may do this in a service now: asked before anything slow or remote is begun
    /// for them. The use case itself checks again, in its own transaction.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`].
    pub async fn check_right(&self, caller: &Caller, slug: &str, action: Action) -> Result<(), AppError> {
        let (caller, slug) = (caller.clone(), slug.to_owned());
        self.writer()
            .run(move |tx| {
                let service = tx.reads().service(&slug)?;
                caller.may(tx, service.id, action)
            })
            .await
    }

    /// Changes a service's title, charter and validation. Its visibility stays what it was made
    /// with: what others already hold could not be narrowed afterwards.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn change_service(
        &self,
        caller: &Caller,
        slug: &str,
        form: ServiceForm,
    ) -> Result<ServiceRow, AppError> {
        form.check()?;
        let (caller, slug, now) = (caller.clone(), slug.to_owned(), self.now());
        self.writer()
            .run(move |tx| {
                let millis = now.timestamp_millis();
                let mut row = tx.reads().service(&slug)?;
                caller.may(tx, row.id, Action::Manage)?;
                if form.visibility.is_some_and(|wanted| wanted.as_str() != row.visibility) {
                    return Err(AppError::invalid(
                        "visibility",
                        "fixed",
                        "La visibilité d'un service ne change pas après sa création : faites un nouveau service.",
                        "The visibility of a service does not change once it is made: make a new service.",
                    ));
                }
                put(&mut row, &form);
                row.updated_at = millis;
                tx.save_service(&row)?;
                let mut actor = tx.reads().actor_by_id(row.actor_id)?;
                actor.name.clone_from(&row.title);
                actor.summary.clone_from(&row.purpose);
                actor.fetched_at = millis;
                tx.save_actor(&actor)?;
                tx.record(&DomainEvent::ServiceUpdated { service: row.id }, millis)?;
                Ok(row)
            })
            .await
    }
}

fn put(row: &mut ServiceRow, form: &ServiceForm) {
    row.title = form.title.trim().to_owned();
    row.purpose = form.charter.purpose.trim().to_owned();
    row.moderators = form.charter.moderators.trim().to_owned();
    row.delay_days = form.charter.delay_days.map(i64::from);
    row.licence = form.charter.licence.trim().to_owned();
    row.self_validation = form.self_validation;
}
