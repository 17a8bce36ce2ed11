//! Tests of the federation on real stores: what is written, what is read, what is carried out, and
//! what the workers do, against servers on this machine that answer as they are told.

mod bounds;
mod golden;
mod items;
mod peer;
mod quirks;
mod receiving;
mod round_trip;
mod serving;
mod visibility;
mod world;
