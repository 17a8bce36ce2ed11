//! Tests of the API against real stores.
