//! Reading an answer's body: at most so many bytes, counted after decompression.

use super::error::NetError;
use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use std::io::{self, Write};

/// Collects bytes up to a limit and fails with the byte after it.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
    exceeded: bool,
}

impl Write for Bounded {
    fn write(&mut self, chunk: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + chunk.len() > self.limit {
            self.exceeded = true;
            return Err(io::Error::other("too large"));
        }
        self.bytes.extend_from_slice(chunk);
        Ok(chunk.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

enum Sink {
    Plain(Bounded),
    Gzip(Box<MultiGzDecoder<Bounded>>),
}

impl Sink {
    fn for_headers(headers: &HeaderMap, limit: usize) -> Result<Self, NetError> {
        let bounded = Bounded { bytes: Vec::new(), limit, exceeded: false };
        let encodings: Vec<&[u8]> =
            headers.get_all(CONTENT_ENCODING).iter().map(|value| value.as_bytes()).collect();
        match encodings.as_slice() {
            [] | [b"identity"] => Ok(Self::Plain(bounded)),
            [b"gzip" | b"x-gzip"] => Ok(Self::Gzip(Box::new(MultiGzDecoder::new(bounded)))),
            _ => Err(NetError::Encoding("only gzip was asked for".into())),
        }
    }

    fn write(&mut self, chunk: &[u8]) -> Result<(), NetError> {
        let written = match self {
            Sink::Plain(bounded) => bounded.write_all(chunk),
            Sink::Gzip(decoder) => decoder.write_all(chunk),
        };
        written.map_err(|error| self.fault(&error))
    }

    fn finish(mut self) -> Result<Bytes, NetError> {
        if let Sink::Gzip(decoder) = &mut self
            && let Err(error) = decoder.try_finish()
        {
            return Err(self.fault(&error));
        }
        match self {
            Sink::Plain(bounded) => Ok(bounded.bytes.into()),
            Sink::Gzip(mut decoder) => Ok(std::mem::take(&mut decoder.get_mut().bytes).into()),
        }
    }

    fn fault(&self, error: &io::Error) -> NetError {
        let bounded = match self {
            Sink::Plain(bounded) => bounded,
            Sink::Gzip(decoder) => decoder.get_ref(),
        };
        if bounded.exceeded {
            NetError::TooLarge(bounded.limit)
        } else {
            NetError::Encoding(error.to_string())
        }
    }
}

/// Reads the body of an answer, decompressing gzip.
///
/// Nothing beyond `limit` bytes is kept, neither of what comes nor of what it unfolds to.
pub(super) async fn read(mut response: reqwest::Response, limit: usize) -> Result<Bytes, NetError> {
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(NetError::TooLarge(limit));
    }
    let mut sink = Sink::for_headers(response.headers(), limit)?;
    while let Some(chunk) = response.chunk().await? {
        sink.write(&chunk)?;
    }
    sink.finish()
}
