//! Tests of the use cases on both databases, on a clock that they set.

mod acquaintances;
mod ageing;
mod arrivals;
mod corrections;
mod fixtures;
mod follows;
mod forgeries;
mod former_communes;
mod imports;
mod login;
mod node;
mod queue;
mod races;
mod readback;
mod relay;
mod remote;
mod rights;
mod rules;
mod samples;
mod scripted;
mod setup;
mod spreadsheets;
mod telling;
mod visibility;
mod withdrawal;
mod workflow;
