//! The editorial workflow: states, transitions and the enforced second pair of eyes.

use crate::message::Message;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The state of an item in one service's stream (an *entry*), own or received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// Being written by its author.
    Draft,
    /// Waiting for a moderator; also a received item that is held.
    Submitted,
    /// Shown and redistributed.
    Published,
    /// Refused with a reason; an own item is back with its author.
    Declined,
    /// Taken back after publication.
    Withdrawn,
    /// Past its date.
    Expired,
    /// Received, and left out by the subscription's filter or a rule.
    Ignored,
}

/// A step in the workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transition {
    /// The author hands a draft over to the moderators.
    Submit,
    /// A moderator publishes.
    Publish,
    /// A moderator refuses, with a reason.
    Decline,
    /// A published item is taken back.
    Withdraw,
    /// The date after which it is no longer shown has passed.
    Expire,
}

/// Why a transition is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkflowError {
    /// The transition does not begin at this state.
    #[error("{transition:?} is not possible from {state:?}")]
    NotFrom {
        /// Where the item stands.
        state: EntryState,
        /// What was asked.
        transition: Transition,
    },
    /// Nobody validates an item of their own.
    #[error("nobody validates an item of their own")]
    OwnItem,
    /// A refusal needs a reason.
    #[error("a reason is needed")]
    ReasonMissing,
}

impl WorkflowError {
    /// What to tell the user.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::NotFrom { state, transition } => Message::new(
                format!(
                    "Cette fiche est « {} » : on ne peut pas {}.",
                    state.label().fr,
                    transition.verb().fr
                ),
                format!("This item is “{}”: it cannot be {}.", state.label().en, transition.verb().en),
            ),
            Self::OwnItem => Message::new(
                "Personne ne valide sa propre fiche : demandez à un autre modérateur de la relire.",
                "Nobody validates an item of their own: ask another moderator to read it.",
            ),
            Self::ReasonMissing => Message::new(
                "Indiquez la raison, pour que l'auteur sache quoi corriger.",
                "Give the reason, so that the author knows what to correct.",
            ),
        }
    }
}

impl EntryState {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Submitted,
        Self::Published,
        Self::Declined,
        Self::Withdrawn,
        Self::Expired,
        Self::Ignored,
    ];

    /// The stored and public name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Published => "published",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
            Self::Expired => "expired",
            Self::Ignored => "ignored",
        }
    }

    /// The name shown to users.
    #[must_use]
    pub fn label(self) -> Message {
        match self {
            Self::Draft => Message::new("brouillon", "draft"),
            Self::Submitted => Message::new("à relire", "to be reviewed"),
            Self::Published => Message::new("publiée", "published"),
            Self::Declined => Message::new("refusée", "declined"),
            Self::Withdrawn => Message::new("retirée", "withdrawn"),
            Self::Expired => Message::new("périmée", "expired"),
            Self::Ignored => Message::new("écartée", "left out"),
        }
    }

    /// The state after a transition of an item of our own.
    ///
    /// # Errors
    /// [`WorkflowError::NotFrom`] where the transition does not begin here.
    pub fn after(self, transition: Transition) -> Result<Self, WorkflowError> {
        use {EntryState as S, Transition as T};
        match (self, transition) {
            (S::Draft | S::Declined | S::Withdrawn | S::Expired, T::Submit) => Ok(S::Submitted),
            (S::Submitted, T::Publish) => Ok(S::Published),
            (S::Submitted, T::Decline) => Ok(S::Declined),
            (S::Published | S::Expired, T::Withdraw) => Ok(S::Withdrawn),
            (S::Published, T::Expire) => Ok(S::Expired),
            (state, transition) => Err(WorkflowError::NotFrom { state, transition }),
        }
    }

    /// The state after a decision on a received item: it may also be taken back in after having
    /// been declined, left out or withdrawn here.
    ///
    /// # Errors
    /// [`WorkflowError::NotFrom`] where the transition does not begin here.
    pub fn after_received(self, transition: Transition) -> Result<Self, WorkflowError> {
        use {EntryState as S, Transition as T};
        match (self, transition) {
            (S::Submitted | S::Declined | S::Ignored | S::Withdrawn, T::Publish) => Ok(S::Published),
            (S::Submitted | S::Ignored, T::Decline) => Ok(S::Declined),
            (S::Published, T::Withdraw) => Ok(S::Withdrawn),
            (S::Published, T::Expire) => Ok(S::Expired),
            (state, transition) => Err(WorkflowError::NotFrom { state, transition }),
        }
    }
}

/// A name that is none of the states.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("état inconnu : « {0} » / unknown state")]
pub struct UnknownState(pub String);

impl FromStr for EntryState {
    type Err = UnknownState;

    fn from_str(name: &str) -> Result<Self, UnknownState> {
        Self::ALL.into_iter().find(|s| s.as_str() == name).ok_or_else(|| UnknownState(name.to_owned()))
    }
}

impl Transition {
    /// Every transition that people ask for.
    pub const BY_PEOPLE: [Self; 4] = [Self::Submit, Self::Publish, Self::Decline, Self::Withdraw];

    /// The name in paths of the API.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::Publish => "publish",
            Self::Decline => "decline",
            Self::Withdraw => "withdraw",
            Self::Expire => "expire",
        }
    }

    fn verb(self) -> Message {
        match self {
            Self::Submit => Message::new("la soumettre", "submitted"),
            Self::Publish => Message::new("la publier", "published"),
            Self::Decline => Message::new("la refuser", "declined"),
            Self::Withdraw => Message::new("la retirer", "withdrawn"),
            Self::Expire => Message::new("la périmer", "expired"),
        }
    }
}

/// The second pair of eyes: whoever had a hand in a revision does not decide on it, unless the
/// service explicitly allows it.
///
/// # Errors
/// [`WorkflowError::OwnItem`].
pub fn second_pair_of_eyes(
    contributors: &[i64],
    validator: i64,
    self_validation: bool,
) -> Result<(), WorkflowError> {
    if !self_validation && contributors.contains(&validator) { Err(WorkflowError::OwnItem) } else { Ok(()) }
}

/// The reason of a refusal, trimmed.
///
/// # Errors
/// [`WorkflowError::ReasonMissing`] when there is none.
pub fn reason_given(reason: &str) -> Result<String, WorkflowError> {
    let reason = reason.trim();
    if reason.is_empty() {
        Err(WorkflowError::ReasonMissing)
    } else {
        Ok(reason.chars().take(2_000).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_submitted_item_can_be_published() {
        for state in EntryState::ALL {
            let published = state.after(Transition::Publish).is_ok();
            assert_eq!(published, state == EntryState::Submitted, "{state:?}");
        }
    }

    #[test]
    fn a_declined_item_can_be_submitted_again() {
        assert_eq!(EntryState::Declined.after(Transition::Submit), Ok(EntryState::Submitted));
        assert!(EntryState::Published.after(Transition::Submit).is_err());
    }

    #[test]
    fn nobody_validates_their_own() {
        assert_eq!(second_pair_of_eyes(&[1, 2], 2, false), Err(WorkflowError::OwnItem));
        assert_eq!(second_pair_of_eyes(&[1, 2], 2, true), Ok(()));
        assert_eq!(second_pair_of_eyes(&[1, 2], 3, false), Ok(()));
    }

    #[test]
    fn names_round_trip() {
        for state in EntryState::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
        }
    }
}
