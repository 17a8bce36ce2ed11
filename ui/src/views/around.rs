//! The form that narrows a list by days and by distance.

use super::{Icon, Opt};
use crate::i18n::Translator;
use askama::Template;
use askama::filters::HtmlSafe;

/// Days and surroundings, as they are chosen.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "parts/around.html")]
pub struct AroundForm {
    /// Language.
    pub t: Translator,
    /// Where it is sent (GET).
    pub action: String,
    /// Other parameters to be kept.
    pub keep: Vec<(String, String)>,
    /// First day, `2026-11-03`; empty where none is chosen.
    pub from: String,
    /// Last day.
    pub until: String,
    /// The commune in the middle, in words.
    pub near: String,
    /// Distances.
    pub distances: Vec<Opt>,
    /// The one that is chosen.
    pub km: String,
    /// What is wrong with the commune; empty where nothing is.
    pub error: String,
    /// Whether anything is chosen: it is unfolded.
    pub is_open: bool,
}

impl HtmlSafe for AroundForm {}
