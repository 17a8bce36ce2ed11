//! Trying rules on what has come lately, before they are saved.

use crate::App;
use crate::caller::{Caller, allows};
use crate::content::facts_from;
use crate::error::AppError;
use crate::subscription::{SubscriptionForm, ready};
use maillage_domain::role::Action;
use maillage_domain::rule::Decision;
use maillage_store::read::Reads;
use maillage_store::rows::{ItemPlaceRow, ItemThemeRow, PlaceRow};
use std::collections::BTreeMap;

/// Items that rules are tried on, at most.
const TRIED: i64 = 500;

/// What rules would do with an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Title of the item.
    pub title: String,
    /// What would be decided.
    pub decision: Decision,
}

impl App {
    /// What these rules would do with the last items that a subscription's source has brought.
    /// Nothing is changed.
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Invalid`], [`AppError::NotFound`].
    pub async fn try_rules(
        &self,
        caller: &Caller,
        subscription: &str,
        form: &SubscriptionForm,
    ) -> Result<Vec<Tried>, AppError> {
        let (uid, account) = (subscription.to_owned(), caller.account_id());
        let administrator = matches!(caller, Caller::Account(signed_in) if signed_in.scope.administrator);
        let seen = self.reads(caller.viewer()).run(move |reads| {
            let view = reads.subscription(&uid)?;
            let role = account.map(|account| reads.role(account, view.service.id)).transpose()?.flatten();
            Ok((view, role))
        });
        let (view, role) = seen.await?;
        if account.is_some() && !allows(role, administrator, Action::Manage) {
            return Err(AppError::forbidden());
        }
        let (form, source) = (form.clone(), view.source.id);
        let tried = self.system().run(move |reads| Ok(attempt(reads, &form, source)));
        tried.await?
    }
}

fn attempt(reads: &mut Reads<'_>, form: &SubscriptionForm, source: i64) -> Result<Vec<Tried>, AppError> {
    let rules = ready(reads, &form.rules)?;
    let items = reads.brought_by(source, TRIED)?;
    let (themes, places) = reads.terms_of(&items.iter().map(|item| item.id).collect::<Vec<_>>())?;
    let codes: Vec<String> = places.iter().filter(|row| row.own).map(|row| row.place.clone()).collect();
    let rows: BTreeMap<String, PlaceRow> =
        reads.places(&codes)?.into_iter().map(|row| (row.code.clone(), row)).collect();
    Ok(items
        .into_iter()
        .map(|item| {
            let themes: Vec<ItemThemeRow> =
                themes.iter().filter(|row| row.item_id == item.id).cloned().collect();
            let places: Vec<ItemPlaceRow> =
                places.iter().filter(|row| row.item_id == item.id).cloned().collect();
            let facts = facts_from(&item, themes, places, |code| rows.get(code));
            Tried { decision: rules.decide(form.trust, &facts).decision, title: item.title }
        })
        .collect())
}
