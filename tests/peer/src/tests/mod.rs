//! Tests of the peer itself: published vectors, OpenSSL's output, and two peers over HTTP.

mod conversation;
mod vectors;
