//! Public pages and the gate over a real store, as browsers and feed readers use them.

mod assets;
mod feeds;
mod first_run;
mod guard;
mod inert;
mod lists;
mod login;
mod scene;
mod visibility;
