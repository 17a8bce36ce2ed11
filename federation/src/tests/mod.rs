//! Tests of the federation on real stores: what is written, what is read, what is carried out, and
//! what the workers do, against servers on this machine that answer as they are told.

mod attachments;
mod bounds;
mod confusion;
mod delivering;
mod discovering;
mod documents;
mod doors;
mod fetching;
mod golden;
mod items;
mod order;
mod peer;
mod quirks;
mod reading_back;
mod receiving;
mod round_trip;
mod samples;
mod serving;
mod visibility;
mod world;
