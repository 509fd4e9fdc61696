//! A connection's stream as hyper reads and writes it, and as it is while hyper is not there.

use std::{
    io::{self, IoSlice},
    mem::MaybeUninit,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use socket2::SockRef;
use tokio::{
    io::{AsyncRead, AsyncWrite, Interest, ReadBuf},
    net::TcpStream,
};

use super::progress::Progress;
use crate::listener::PatientStream;

/// Room to look whether there is anything.
const BYTE: MaybeUninit<u8> = MaybeUninit::uninit();

/// The stream, and what was read of it but not understood.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: PatientStream<TcpStream>,
    read: Vec<u8>,
    pub(super) progress: Arc<Progress>,
}

impl Wire {
    /// In a box: it goes from hand to hand, and each keeps room for it.
    pub(super) fn new(stream: TcpStream) -> Box<Self> {
        let stream = PatientStream::of_client(stream);
        Box::new(Self { stream, read: Vec::new(), progress: Arc::default() })
    }

    /// The stream itself, and what was read of it.
    pub(crate) fn into_parts(self) -> (TcpStream, Vec<u8>) {
        (self.stream.into_inner(), self.read)
    }

    /// Puts back what was read: it is read again first.
    pub(super) fn unread(&mut self, read: &[u8]) {
        self.read.splice(0..0, read.iter().copied());
    }

    /// The answer that was waited for has come, to the request that is `read` instead of the forgotten
    /// one.
    pub(super) fn answers(&mut self, request: &[u8]) {
        self.stream.renew();
        self.unread(request);
    }

    /// Ready with true when the next request begins, with false when the client is gone or none came
    /// in time.
    pub(super) fn poll_speaks(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        let more = if self.read.is_empty() { self.poll_more(cx) } else { Poll::Ready(true) };
        match more {
            Poll::Ready(more) => {
                self.stream.renew();
                Poll::Ready(more)
            }
            Poll::Pending => self.stream.poll_end(cx).map(|()| false),
        }
    }

    /// Ready when the client is gone. Of one that says something more it is not seen.
    pub(super) fn poll_gone(&self, cx: &mut Context<'_>) -> Poll<()> {
        if ready!(self.poll_more(cx)) { Poll::Pending } else { Poll::Ready(()) }
    }

    /// Ready with true when there is something to read, with false when the client is gone.
    fn poll_more(&self, cx: &mut Context<'_>) -> Poll<bool> {
        let stream = self.stream.get_ref();
        while ready!(stream.poll_read_ready(cx)).is_ok() {
            match stream.try_io(Interest::READABLE, || SockRef::from(stream).peek(&mut [BYTE])) {
                Ok(read) => return Poll::Ready(read > 0),
                // It was woken for nothing, as new connections often are.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(_) => break,
            }
        }
        Poll::Ready(false)
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.read.is_empty() {
            return Pin::new(&mut self.stream).poll_read(cx, buf);
        }
        let fits = buf.remaining().min(self.read.len());
        buf.put_slice(&self.read.drain(..fits).collect::<Vec<u8>>());
        if self.read.is_empty() {
            self.read = Vec::new();
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.progress.writes();
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.progress.writes();
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes when the stream has taken all that it had.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(Pin::new(&mut self.stream).poll_flush(cx))?;
        self.progress.written();
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests;
