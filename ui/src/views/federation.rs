//! Back office: what we follow, who follows us, what is on its way.

use super::{Count, Empty, FormView, Icon, Link, OfficeFrame, Paging, Region, Shell, Tab};
use crate::i18n::{Translator, When};
use crate::paths;
use askama::Template;
use maillage_domain::rule::Decision;

/// How an exchange with another server goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// As it should.
    Well,
    /// Waits for the other side.
    Waiting,
    /// Fails, and is tried again.
    Trouble,
    /// Given up, or refused.
    Stopped,
}

impl Health {
    /// Suffix of the CSS class.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Waiting => "waiting",
            Self::Trouble => "trouble",
            Self::Stopped => "stopped",
        }
    }

    pub(super) fn icon(self) -> Icon {
        Icon(match self {
            Self::Well => "check",
            Self::Waiting => "clock",
            Self::Trouble => "alert",
            Self::Stopped => "cross",
        })
    }
}

/// The tabs of federation, with the number of requests that wait and of deliveries in trouble (none
/// where the account may not see deliveries).
#[must_use]
pub fn federation_tabs(t: Translator, current: &str, requests: u64, trouble: Option<u64>) -> Vec<Tab> {
    let tab = |label: String, href: &str, count: u64| Tab {
        label,
        href: href.to_owned(),
        count: (count > 0).then_some(count),
        current: href == current,
    };
    let mut tabs = vec![
        tab(t.get("federation-subscriptions"), paths::FEDERATION, 0),
        tab(t.get("federation-followers"), paths::FOLLOWERS, requests),
    ];
    tabs.extend(trouble.map(|trouble| tab(t.get("federation-deliveries"), paths::DELIVERIES, trouble)));
    tabs
}

/// One service that is followed.
#[derive(Debug, Clone)]
pub struct SubscriptionLine {
    /// Title of the followed service, with the subscription's page (no address where the account may
    /// not change it).
    pub link: Link,
    /// `@service@host`.
    pub handle: String,
    /// Into which service of ours.
    pub into: String,
    /// What happens to what arrives, as one sentence.
    pub rules: String,
    /// How it goes.
    pub health: Health,
    /// The same in words.
    pub state: String,
    /// Last exchange.
    pub last: Option<When>,
    /// How many of its items are published here.
    pub taken: Count,
    /// How many wait to be read.
    pub waiting: Count,
    /// How many the rules have left aside.
    pub left: Count,
    /// Stop following (POST); none where the account may not.
    pub remove_action: Option<String>,
}

/// What we follow.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/subscriptions.html")]
pub struct SubscriptionsPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// See [`federation_tabs`].
    pub tabs: Vec<Tab>,
    /// The partners at a glance.
    pub region: Region,
    /// The subscriptions.
    pub lines: Vec<SubscriptionLine>,
    /// What to say when there are none.
    pub empty: Empty,
}

/// What rules would have done with what came lately.
#[derive(Debug, Clone)]
pub struct Trial {
    /// The rules that were tried, as a sentence.
    pub sentence: String,
    /// How many items they were tried on.
    pub total: usize,
    /// Each outcome in words, with how many items had it and the first of them.
    pub outcomes: Vec<Outcome>,
}

/// One outcome of a trial.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Outcome in words ("publiées aussitôt").
    pub label: String,
    /// How many items.
    pub count: usize,
    /// Titles of the first ones.
    pub titles: Vec<String>,
}

/// Titles shown of each outcome.
const TITLES: usize = 8;

impl Trial {
    /// Counts what each item would have come to.
    #[must_use]
    pub fn of<'a>(t: Translator, sentence: String, tried: impl Iterator<Item = (&'a str, Decision)>) -> Self {
        let decisions = [
            (Decision::Announce, "tried-announce"),
            (Decision::Publish, "tried-publish"),
            (Decision::Hold, "tried-hold"),
            (Decision::Ignore, "tried-ignore"),
        ];
        let mut outcomes =
            decisions.map(|(_, key)| Outcome { label: t.get(key), count: 0, titles: Vec::new() });
        let mut total = 0;
        for (title, decision) in tried {
            total += 1;
            let at = decisions.iter().position(|(one, _)| *one == decision).unwrap_or_default();
            if let Some(outcome) = outcomes.get_mut(at) {
                outcome.count += 1;
                if outcome.titles.len() < TITLES {
                    outcome.titles.push(title.to_owned());
                }
            }
        }
        let outcomes = outcomes.into_iter().filter(|outcome| outcome.count > 0).collect();
        Self { sentence, total, outcomes }
    }
}

/// Following a service, or changing what is taken of it.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/subscription.html")]
pub struct SubscriptionPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// What the form does, or the title of the followed service.
    pub heading: String,
    /// Its `@service@host`; empty for a new one.
    pub handle: String,
    /// The service of ours that takes; empty for a new one.
    pub into: String,
    /// The rules that stand, as a sentence; empty for a new one.
    pub sentence: String,
    /// Whether the rules were written by a program in a way that the form cannot show.
    pub foreign: bool,
    /// What the rules in the form would have done.
    pub trial: Option<Trial>,
    /// See [`crate::forms::subscription`].
    pub form: FormView,
}

/// One follower of a service of ours.
#[derive(Debug, Clone)]
pub struct FollowLine {
    /// Name.
    pub name: String,
    /// `@name@host`.
    pub handle: String,
    /// Its page on its own server.
    pub href: String,
    /// The service it follows.
    pub service: String,
    /// Whether it is a node like this one.
    pub node: bool,
    /// Since when.
    pub since: When,
    /// How it goes.
    pub health: Health,
    /// The same in words.
    pub state: String,
    /// Accept (POST), while it waits.
    pub accept_action: Option<String>,
    /// Refuse or remove (POST).
    pub reject_action: Option<String>,
}

/// Who follows us.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/followers.html")]
pub struct FollowersPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// See [`federation_tabs`].
    pub tabs: Vec<Tab>,
    /// Requests that wait for an answer.
    pub requests: Vec<FollowLine>,
    /// Followers.
    pub followers: Vec<FollowLine>,
    /// How many there are.
    pub total: Count,
    /// What to say when there are none.
    pub empty: Empty,
    /// Other pages.
    pub paging: Paging,
}

/// One activity on its way to one inbox.
#[derive(Debug, Clone)]
pub struct DeliveryLine {
    /// What is sent, in words ("Publication : Forum de l'emploi").
    pub what: String,
    /// The inbox.
    pub inbox: String,
    /// How it goes.
    pub health: Health,
    /// The same in words.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// The last answer ("503 Service Unavailable", "pas de réponse"); empty before the first.
    pub answer: String,
    /// When it was created.
    pub since: When,
    /// When it is tried again.
    pub next: Option<When>,
    /// Try now (POST).
    pub retry_action: Option<String>,
}

/// What is on its way.
#[derive(Debug, Clone, Template)]
#[template(path = "admin/deliveries.html")]
pub struct DeliveriesPage {
    /// Language.
    pub t: Translator,
    /// Document.
    pub shell: Shell,
    /// Back office.
    pub office: OfficeFrame,
    /// See [`federation_tabs`].
    pub tabs: Vec<Tab>,
    /// How it goes as a whole, in a sentence.
    pub summary: String,
    /// States, with counts.
    pub states: Vec<Tab>,
    /// The deliveries.
    pub lines: Vec<DeliveryLine>,
    /// What to say when there are none.
    pub empty: Empty,
    /// Other pages.
    pub paging: Paging,
}
