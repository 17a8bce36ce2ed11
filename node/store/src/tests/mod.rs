//! Tests of the plumbing on both databases, and of the rules that keep the rest free of it.

mod house;
mod leases;
mod opening;
mod parity;
mod plans;
mod reads;
mod writes;
