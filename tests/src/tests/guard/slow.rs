//! Senders that take their time are not waited for.

use super::*;
use crate::wire::trickle;
use std::time::Duration;

#[test]
fn a_byte_a_second_is_cut_off() {
    crate::scene::play(async {
        let world = World::start().await?;
        let port = world.node.port();
        let bytes = Draft::new(&world).signed()?.to_bytes();
        let head = bytes.windows(4).position(|part| part == b"\r\n\r\n").context("a head")? + 4;
        let line = bytes.windows(2).position(|part| part == b"\r\n").context("a line")? + 2;
        let second = Duration::from_secs(1);
        let longest = Duration::from_secs(40);
        let (body, request_head) = tokio::join!(
            trickle(port, &bytes[..head], &bytes[head..], second, longest),
            trickle(port, &bytes[..line], &bytes[line..head], second, longest),
        );
        for (what, outcome) in [("body", body), ("head", request_head)] {
            let (answer, took) = outcome.context(what)?;
            assert_eq!(answer.status, 408, "{what}: {answer:?}");
            assert!(took < Duration::from_secs(33), "{what}: {took:?}");
        }
        // Nobody else was kept waiting, and nothing of it came in.
        assert_eq!(world.send(&Draft::new(&world).signed()?).await?, 202);
        Ok(())
    });
}
