//! Connections that end when their client lets the server wait: slow requests would otherwise hold
//! them for ever.
//!
//! What counts is when the server last got something said. Before its first answer a client has 30 s,
//! afterwards 60 s, and from the beginning of each request 30 s at least.

use std::{
    io::{self, IoSlice},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// From the beginning of a request to its answer, the waits of the whole request included.
const FIRST: Duration = Duration::from_secs(30);
/// From one answer to the next.
const NEXT: Duration = Duration::from_secs(60);

/// A connection whose reads and writes fail when nothing was written for too long.
#[derive(Debug)]
pub struct PatientStream<S> {
    inner: S,
    wake: Pin<Box<Sleep>>,
    /// When it ends, unless something is written before.
    ends_at: Instant,
    first: Duration,
    next: Duration,
}

impl<S> PatientStream<S> {
    fn new(inner: S, first: Duration, next: Duration) -> Self {
        Self { inner, wake: Box::pin(sleep(first)), ends_at: Instant::now() + first, first, next }
    }

    /// Of a client that is to ask something.
    pub fn of_client(inner: S) -> Self {
        Self::new(inner, FIRST, NEXT)
    }

    /// What it wraps.
    pub fn get_ref(&self) -> &S {
        &self.inner
    }

    /// What it wraps, from now on without patience.
    pub fn into_inner(self) -> S {
        self.inner
    }

    /// A request begins, or the answer to one that waited has come: there is time for it.
    pub(crate) fn renew(&mut self) {
        self.ends_at = self.ends_at.max(Instant::now() + self.first);
    }

    /// Ready when the patience is over.
    pub(crate) fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            ready!(self.wake.as_mut().poll(cx));
            if Instant::now() >= self.ends_at {
                return Poll::Ready(());
            }
            // Written to meanwhile: noted there, counted here, which is rarer.
            self.wake.as_mut().reset(self.ends_at);
        }
    }

    /// What came of a write, of which a client that takes nothing cannot make the server wait for ever.
    fn note<T>(
        &mut self,
        written: Poll<io::Result<T>>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.ends_at = Instant::now() + self.next;
            return written;
        }
        self.poll_end(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for PatientStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Poll::Ready(read) = Pin::new(&mut self.inner).poll_read(cx, buf) {
            return Poll::Ready(read);
        }
        ready!(self.poll_end(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for PatientStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, buf);
        self.note(written, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(cx, bufs);
        self.note(written, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::{io, time::Duration};

    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    use super::PatientStream;

    const SHORT: Duration = Duration::from_millis(50);
    const LONG: Duration = Duration::from_secs(20);

    #[tokio::test]
    async fn a_client_that_never_ends_its_request_is_cut_off() {
        let (mut client, server) = duplex(64);
        let mut server = PatientStream::new(server, SHORT, LONG);
        client.write_all(b"GET / HT").await.unwrap();
        let mut request = Vec::new();
        let end = tokio::time::timeout(LONG, server.read_to_end(&mut request)).await;
        assert_eq!(request, b"GET / HT");
        assert_eq!(end.expect("it was waited for").unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_client_that_was_answered_may_stay_silent_for_longer() {
        let (mut client, server) = duplex(64);
        let mut server = PatientStream::new(server, SHORT, LONG);
        server.write_all(b"ping").await.unwrap();
        let silence = tokio::time::timeout(SHORT * 4, server.read_u8()).await;
        assert!(silence.is_err(), "{silence:?}");
        client.write_all(b"!").await.unwrap();
        assert_eq!(server.read_u8().await.unwrap(), b'!');
    }

    #[tokio::test]
    async fn a_client_that_takes_nothing_of_its_answer_is_cut_off() {
        let (_client, server) = duplex(64);
        let mut server = PatientStream::new(server, SHORT, SHORT);
        let end = tokio::time::timeout(LONG, server.write_all(&[0; 1_000])).await;
        assert_eq!(end.expect("it was waited for").unwrap_err().kind(), io::ErrorKind::TimedOut);
    }
}
