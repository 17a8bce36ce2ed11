//! Ports for nodes, which have to be known before a node is made: they are part of its address.

use anyhow::{Context, Result};
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};

/// First port that is given out. The system takes its own, for connections outwards, from 32768 up.
const FIRST: u32 = 10_000;
/// How many follow.
const COUNT: u32 = 10_000;

/// A port that nobody listens on, given out once by this process.
///
/// # Errors
/// When all of them are taken.
pub fn free() -> Result<u16> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Processes that run at the same time begin at different places.
    let offset = std::process::id().wrapping_mul(97);
    (0..COUNT)
        .find_map(|_| {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let port = u16::try_from(FIRST + offset.wrapping_add(number) % COUNT).ok()?;
            TcpListener::bind(("127.0.0.1", port)).ok().map(|_| port)
        })
        .context("no port is free")
}
