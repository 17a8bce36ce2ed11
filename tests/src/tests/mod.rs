//! Tests of the whole: real processes, an independent peer, a browser, and the shape of the project.

mod bad_input;
mod browser;
mod commands;
mod doctor;
mod end_to_end;
mod follower;
mod guard;
mod hosts;
mod material;
mod openid;
mod own_types;
mod structure;
