//! Subscriptions: what our services take of others, by trust and rules.

use crate::answer::{Page, Part, created, done};
use crate::body::{Object, Posted};
use crate::caller::Signed;
use crate::item_list::Paging;
use crate::moment::Moment;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{rules, words};
use actix_web::{HttpResponse, delete, get, patch, post, web};
use maillage_app::AppError;
use maillage_app::subscription::SubscriptionForm;
use maillage_app::trial::Tried;
use maillage_domain::role::Action;
use maillage_domain::rule::{Decision, RuleSet};
use maillage_domain::subscription::{FollowState, Handle, TrustLevel};
use maillage_store::StoreError;
use maillage_store::read::SubscriptionView;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A subscription of one of our services to another, of this node or of any server.
#[derive(Debug, Serialize, ToSchema)]
pub struct Subscription {
    /// Its id.
    pub id: String,
    /// Slug of our service that takes.
    pub service: String,
    /// What is followed.
    pub source: Source,
    /// What happens to what comes when no rule says otherwise.
    #[schema(value_type = words::Trust)]
    pub trust: TrustLevel,
    /// Filter and rules.
    #[schema(value_type = rules::RuleSet)]
    pub rules: RuleSet,
    /// State of the node's follow of the source; null for a service of this node, which needs none.
    #[schema(value_type = Option<words::Follow>)]
    pub follow: Option<FollowState>,
    /// When it was made.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// A followed service.
#[derive(Debug, Serialize, ToSchema)]
pub struct Source {
    /// Its address, `@service@host`.
    pub handle: String,
    /// Id of its actor.
    pub uri: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub url: Option<String>,
    /// Host of its node.
    pub host: String,
}

/// A subscription to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSubscription {
    /// Slug of our service that takes.
    service: String,
    /// Address of the service to follow, `@service@host`.
    #[schema(pattern = "^@[A-Za-z0-9._-]+@[^@/]+$")]
    source: String,
    /// What happens to what comes when no rule says otherwise.
    #[schema(value_type = words::Trust)]
    trust: TrustLevel,
    /// Filter and rules; everything is taken when nothing is said.
    #[serde(default)]
    #[schema(value_type = Option<rules::RuleSet>)]
    rules: Object<RuleSet>,
}

/// What changes of a subscription; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscriptionChange {
    /// What happens to what comes when no rule says otherwise.
    #[schema(value_type = Option<words::Trust>)]
    trust: Option<TrustLevel>,
    /// Filter and rules, whole.
    #[schema(value_type = Option<rules::RuleSet>)]
    rules: Option<Object<RuleSet>>,
}

/// What would become of an item.
#[derive(Debug, Serialize, ToSchema)]
pub struct TriedItem {
    /// Title of the item.
    pub title: String,
    /// What would be decided.
    #[schema(value_type = rules::Decision)]
    pub decision: Decision,
}

/// The service whose subscriptions are listed.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct OfService {
    /// A service's slug; every service that the caller moderates when nothing is said.
    service: Option<String>,
}

/// Subscriptions of the services that the caller moderates.
#[utoipa::path(
    tag = "subscriptions",
    summary = "Subscriptions",
    params(OfService, Paging),
    responses((status = 200, description = "Latest first", body = Page<Subscription>)),
    security(("bearer" = [])),
)]
#[get("/subscriptions")]
pub async fn list_subscriptions(
    signed: Signed,
    mut asked: Parameters,
) -> Result<web::Json<Page<Subscription>>, Problem> {
    let service = asked.one("service")?;
    let part = Part::of(asked)?;
    let listed = signed.read(move |reads| {
        let service = service.map(|slug| reads.service(&slug)).transpose()?;
        let views = reads.subscriptions(service.map(|service| service.id))?;
        views.into_iter().map(Subscription::of).collect()
    });
    Ok(web::Json(Page::part(listed.await?, &part)))
}

/// Subscribes one of our services to another. Items published before are read back.
#[utoipa::path(
    tag = "subscriptions",
    summary = "Subscribe",
    request_body = NewSubscription,
    responses(
        (status = 201, description = "The subscription; `Location` says where it is", body = Subscription),
        (
            status = 502,
            description = "The address cannot be found: what to do is said",
            body = Problem,
            content_type = "application/problem+json",
        ),
    ),
    security(("bearer" = [])),
)]
#[post("/subscriptions")]
pub async fn create_subscription(posted: Posted<NewSubscription>) -> Result<HttpResponse, Problem> {
    let Posted { signed, form } = posted;
    signed.sees_service(&form.service).await?;
    signed.app().check_right(&signed.caller, &form.service, Action::Manage).await?;
    let handle: Handle = form.source.parse().map_err(|_| not_a_handle(&form.source))?;
    let wanted = SubscriptionForm { trust: form.trust, rules: form.rules.0 };
    let discovery = &*signed.face().discovery;
    let row = signed
        .app()
        .subscribe(&signed.caller, discovery, &form.service, &handle, wanted)
        .await
        .map_err(|error| Problem::from(error).with_field_named("handle", "source"))?;
    let made = read(&signed, row.uid.clone()).await?;
    Ok(created(&format!("/subscriptions/{}", row.uid), &made))
}

/// One subscription.
#[utoipa::path(
    tag = "subscriptions",
    summary = "A subscription",
    params(("id" = String, Path, description = "Id of the subscription")),
    responses((status = 200, description = "The subscription", body = Subscription)),
    security(("bearer" = [])),
)]
#[get("/subscriptions/{id}")]
pub async fn get_subscription(
    signed: Signed,
    id: web::Path<String>,
) -> Result<web::Json<Subscription>, Problem> {
    Ok(web::Json(read(&signed, id.into_inner()).await?))
}

/// Changes trust and rules. What people have decided stays; the rest is decided anew.
#[utoipa::path(
    tag = "subscriptions",
    summary = "Change a subscription",
    params(("id" = String, Path, description = "Id of the subscription")),
    request_body = SubscriptionChange,
    responses((status = 200, description = "The subscription as it is now", body = Subscription)),
    security(("bearer" = [])),
)]
#[patch("/subscriptions/{id}")]
pub async fn change_subscription(
    posted: Posted<SubscriptionChange>,
    id: web::Path<String>,
) -> Result<web::Json<Subscription>, Problem> {
    let Posted { signed, form } = posted;
    let wanted = form.on(read(&signed, id.clone()).await?);
    signed.app().change_subscription(&signed.caller, &id, wanted).await?;
    Ok(web::Json(read(&signed, id.into_inner()).await?))
}

/// Tells what a change of trust and rules would do with the last items that the source has brought, 500
/// at most. Nothing is changed.
#[utoipa::path(
    tag = "subscriptions",
    summary = "Try a change of a subscription",
    params(("id" = String, Path, description = "Id of the subscription")),
    request_body = SubscriptionChange,
    responses((status = 200, description = "Latest first, all on one page", body = Page<TriedItem>)),
    security(("bearer" = [])),
)]
#[post("/subscriptions/{id}/trial")]
pub async fn try_subscription(
    posted: Posted<SubscriptionChange>,
    id: web::Path<String>,
) -> Result<web::Json<Page<TriedItem>>, Problem> {
    let Posted { signed, form } = posted;
    let wanted = form.on(read(&signed, id.clone()).await?);
    let tried = signed.app().try_rules(&signed.caller, &id, &wanted).await?;
    Ok(web::Json(Page { items: tried.into_iter().map(TriedItem::of).collect(), next: None }))
}

/// Ends a subscription. What was taken stays until its origin withdraws it.
#[utoipa::path(
    tag = "subscriptions",
    summary = "Unsubscribe",
    params(("id" = String, Path, description = "Id of the subscription")),
    responses((status = 204, description = "It has ended")),
    security(("bearer" = [])),
)]
#[delete("/subscriptions/{id}")]
pub async fn delete_subscription(signed: Signed, id: web::Path<String>) -> Result<HttpResponse, Problem> {
    read(&signed, id.clone()).await?;
    signed.app().unsubscribe(&signed.caller, &id).await?;
    Ok(done())
}

async fn read(signed: &Signed, id: String) -> Result<Subscription, Problem> {
    signed.read(move |reads| reads.subscription(&id).and_then(Subscription::of)).await
}

fn not_a_handle(text: &str) -> Problem {
    AppError::invalid(
        "source",
        "not_a_handle",
        format!("« {text} » n'est pas une adresse : écrivez @service@hote.fr."),
        format!("“{text}” is not an address: write @service@host.org."),
    )
    .into()
}

impl SubscriptionChange {
    /// The whole that this makes of a subscription.
    fn on(self, now: Subscription) -> SubscriptionForm {
        SubscriptionForm {
            trust: self.trust.unwrap_or(now.trust),
            rules: self.rules.map_or(now.rules, |Object(rules)| rules),
        }
    }
}

impl TriedItem {
    fn of(tried: Tried) -> Self {
        Self { title: tried.title, decision: tried.decision }
    }
}

impl Subscription {
    fn of(view: SubscriptionView) -> Result<Self, StoreError> {
        let SubscriptionView { subscription, source, service, follow } = view;
        Ok(Self {
            id: subscription.uid,
            service: service.slug,
            trust: subscription.trust.parse().map_err(|_| StoreError::corrupt("subscriptions.trust"))?,
            rules: serde_json::from_str(&subscription.rules)
                .map_err(|_| StoreError::corrupt("subscriptions.rules"))?,
            follow: follow.map(|follow| FollowState::from_name(&follow.state)),
            source: Source {
                handle: format!("@{}@{}", source.username, source.host),
                uri: source.uri,
                name: source.name,
                url: source.url,
                host: source.host,
            },
            created_at: Moment(subscription.created_at),
            updated_at: Moment(subscription.updated_at),
        })
    }
}
