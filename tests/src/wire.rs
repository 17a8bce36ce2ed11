//! Requests as bytes over a plain TCP connection, so that nothing tidies them up on the way.

use anyhow::{Context, Result, bail};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(45);

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawAnswer {
    /// Status.
    pub status: u16,
    /// Everything before the blank line.
    pub head: String,
    /// Everything after it.
    pub body: String,
}

/// Sends bytes to a port of this machine and reads the answer until the connection is closed.
///
/// # Errors
/// When there is no answer of HTTP.
pub async fn exchange(port: u16, bytes: &[u8]) -> Result<RawAnswer> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.context("a connection")?;
    // A server may answer and close before it has read everything.
    let sent = stream.write_all(bytes).await;
    let mut read = Vec::new();
    let got = timeout(ANSWER, stream.read_to_end(&mut read)).await.context("no answer in time")?;
    match parse(&read) {
        Some(answer) => Ok(answer),
        None => bail!("no answer of HTTP ({sent:?}, {got:?}): {}", String::from_utf8_lossy(&read)),
    }
}

/// Sends a beginning at once and the rest a byte at a time; what came back when the server had
/// enough, and after how long.
///
/// # Errors
/// When there is no answer of HTTP within `longest`.
pub async fn trickle(
    port: u16,
    beginning: &[u8],
    rest: &[u8],
    every: Duration,
    longest: Duration,
) -> Result<(RawAnswer, Duration)> {
    let began = std::time::Instant::now();
    let stream = TcpStream::connect(("127.0.0.1", port)).await.context("a connection")?;
    let (mut from, mut to) = stream.into_split();
    to.write_all(beginning).await?;
    let rest = rest.to_vec();
    let writer = tokio::spawn(async move {
        for byte in rest {
            tokio::time::sleep(every).await;
            if to.write_all(&[byte]).await.is_err() {
                return;
            }
        }
    });
    let mut read = Vec::new();
    let got = timeout(longest, from.read_to_end(&mut read)).await;
    writer.abort();
    let took = began.elapsed();
    got.with_context(|| format!("still open after {took:?}"))?.ok();
    Ok((parse(&read).with_context(|| format!("closed without an answer after {took:?}"))?, took))
}

fn parse(bytes: &[u8]) -> Option<RawAnswer> {
    let text = String::from_utf8_lossy(bytes);
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
    Some(RawAnswer { status, head: head.to_owned(), body: body.to_owned() })
}
