//! Tests of the whole: real processes, an independent peer, a browser, and the shape of the project.

mod structure;
