//! Pure types and rules of Maillage: no input or output, no async, no clock of its own.
//!
//! `now` is always a value given by the caller. What is decided here (validation of fields, the
//! editorial workflow, rules of redistribution) is decided nowhere else.

pub mod attachment;
pub mod block;
pub mod dated_action;
pub mod event;
pub mod field;
pub mod french;
pub mod geography;
pub mod item;
pub mod message;
pub mod notice;
pub mod occurrence;
pub mod place;
pub mod recurrence;
pub mod reference;
pub mod registry;
pub mod repetition;
pub mod role;
pub mod rule;
pub mod search;
pub mod service;
pub mod service_type;
pub mod site;
pub mod standard;
pub mod subscription;
pub mod text;
pub mod theme;
pub mod thesauri;
pub mod validation;
pub mod viewer;
pub mod workflow;
