//! Tests of the plumbing on both databases, and of the rules that keep the rest free of it.

mod around;
mod audit;
mod house;
mod leases;
mod life;
mod narrowing;
mod opening;
mod outgoing;
mod parity;
mod plans;
mod reads;
mod writes;
