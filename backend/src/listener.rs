//! The listening socket: a long backlog, and patience with a port the last node still holds.

mod patient;

use std::{io, net::SocketAddr, time::Duration};

use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    time::{Instant, sleep},
};

pub use patient::PatientStream;

/// Connections the system holds until they are accepted. With 1,024 a burst of 2,000 connects
/// waits a second (measured).
pub(crate) const BACKLOG: u32 = 4096;
/// What the system may hold for one client beyond the outbox (Linux doubles it). Left alone it grows
/// to 4 MiB, and a client that stopped reading is noticed that much later.
const SEND_BUFFER: usize = 128 * 1024;
/// How long the port may stay taken: a stopping node takes up to 10 s.
const PATIENCE: Duration = Duration::from_secs(15);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(200);

/// Binds `address`, waiting up to 15 s while another process holds it.
///
/// # Errors
/// The system's own; `AddrInUse` only after the wait.
pub async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match bind_now(address) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && Instant::now() < deadline => {
                tracing::debug!(%address, "the port is taken, trying again");
                sleep(PAUSE).await;
            }
            result => return result,
        }
    }
}

/// Sends small frames at once, and bounds what waits in the system.
pub fn tune(stream: &TcpStream) {
    let tuned = stream
        .set_nodelay(true)
        .and_then(|()| socket2::SockRef::from(stream).set_send_buffer_size(SEND_BUFFER));
    if let Err(error) = tuned {
        tracing::debug!(%error, "a connection could not be tuned");
    }
}

/// Binds `address` if it is free.
///
/// # Errors
/// The system's own.
pub(crate) fn bind_now(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

#[cfg(test)]
mod tests {
    use super::{TcpListener, bind};

    #[tokio::test]
    async fn a_taken_port_is_waited_for() {
        let first = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = first.local_addr().unwrap();
        let waiting = tokio::spawn(bind(address));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        drop(first);
        assert_eq!(waiting.await.unwrap().unwrap().local_addr().unwrap(), address);
    }
}
