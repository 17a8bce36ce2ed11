//! Tests of the API: requests to the real scope, on real stores of both databases.

mod bodies;
mod document;
mod elsewhere;
mod federation;
mod geography;
mod imports;
mod journey;
mod lists;
mod malformed;
mod people;
mod rights;
mod sites;
mod subscriptions;
mod words;
mod world;
