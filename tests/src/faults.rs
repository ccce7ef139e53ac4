//! A server on loopback that misbehaves on command, byte by byte: it answers nothing, half, too slowly, too much or
//! nonsense, and breaks connections. It takes one request for each connection, or two where it is told so, and never
//! waits by the clock.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use socket2::SockRef;

use crate::server::Reply;

/// What the server does with one connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What it answers a request with that comes before all this on the same connection.
    pub first: Option<Vec<u8>>,
    /// What it waits for before anything else.
    pub waits: Waits,
    /// What it sends.
    pub sends: Vec<u8>,
    /// Whether each byte is sent by itself.
    pub bytewise: bool,
    /// What it does then.
    pub end: End,
}

/// What the server waits for on a new connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// Nothing: whether the client has sent anything by then is open.
    Not,
    /// The first byte of the request, which it leaves unread.
    FirstByte,
    /// The whole request, which it reads.
    Request,
}

/// How the server ends with a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// It closes it.
    Close,
    /// It breaks it off with a reset.
    Reset,
    /// It does nothing more until the client leaves.
    Stall,
    /// It sends this again and again until the client leaves.
    Repeat(Vec<u8>),
}

impl Act {
    /// Reads the request, sends these bytes and closes.
    pub fn send(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            first: None,
            waits: Waits::Request,
            sends: bytes.into(),
            bytewise: false,
            end: End::Close,
        }
    }

    /// A complete answer.
    pub fn reply(reply: &Reply) -> Self {
        Self::send(bytes(reply))
    }

    /// A complete answer, chunked and sent one byte at a time.
    pub fn trickle(reply: &Reply) -> Self {
        let mut sends = head(reply);
        if !is_bodiless(reply) {
            sends.extend_from_slice(b"transfer-encoding: chunked\r\n\r\n");
            for byte in &reply.body {
                sends.extend_from_slice(&[b'1', b'\r', b'\n', *byte, b'\r', b'\n']);
            }
            sends.extend_from_slice(b"0\r\n\r\n");
        } else {
            sends.extend_from_slice(b"\r\n");
        }
        Self {
            bytewise: true,
            ..Self::send(sends)
        }
    }

    /// The beginning of an answer whose body never ends.
    pub fn endless(reply: &Reply) -> Self {
        let mut sends = head(reply);
        sends.extend_from_slice(b"transfer-encoding: chunked\r\n\r\n");
        Self {
            end: End::Repeat(b"10\r\n                \r\n".repeat(64)),
            ..Self::send(sends)
        }
    }

    /// Answers one request well before, and keeps the connection for the next.
    #[must_use]
    pub fn after_serving(mut self, reply: &Reply) -> Self {
        let mut kept = format!("HTTP/1.1 {} Status\r\n", reply.status);
        for (name, value) in &reply.headers {
            kept.push_str(&format!("{name}: {value}\r\n"));
        }
        if !is_bodiless(reply) {
            kept.push_str(&format!("content-length: {}\r\n", reply.body.len()));
        }
        kept.push_str("\r\n");
        let mut kept = kept.into_bytes();
        kept.extend_from_slice(&reply.body);
        self.first = Some(kept);
        self
    }

    /// Ends otherwise.
    #[must_use]
    pub fn then(mut self, end: End) -> Self {
        self.end = end;
        self
    }

    /// Sends only so many of the bytes.
    #[must_use]
    pub fn cut(mut self, after: usize) -> Self {
        self.sends.truncate(after);
        self
    }

    /// Waits for something else than the whole request.
    #[must_use]
    pub fn after(mut self, waits: Waits) -> Self {
        self.waits = waits;
        self
    }
}

/// An answer as it goes over the wire. The connection is closed after it.
pub fn bytes(reply: &Reply) -> Vec<u8> {
    let mut bytes = head(reply);
    if !is_bodiless(reply) {
        bytes.extend_from_slice(format!("content-length: {}\r\n", reply.body.len()).as_bytes());
    }
    bytes.extend_from_slice(b"\r\n");
    bytes.extend_from_slice(&reply.body);
    bytes
}

fn head(reply: &Reply) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} Status\r\nconnection: close\r\n", reply.status);
    for (name, value) in &reply.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.into_bytes()
}

/// A status that has no body by the rules of HTTP.
fn is_bodiless(reply: &Reply) -> bool {
    matches!(reply.status, 204 | 304)
}

/// The URL of a port at which nobody listens: it was free a moment ago.
///
/// # Errors
/// When the system gives no port.
pub fn closed_port() -> io::Result<String> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
    Ok(format!("http://{}", listener.local_addr()?))
}

/// A running server. It stops when it is dropped.
///
/// ```
/// use tests::faults::{Act, FaultServer};
///
/// let server = FaultServer::start(|_| Act::send(*b"this is not HTTP"))?;
/// assert_eq!(server.connections(), 0);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct FaultServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    stopped: AtomicBool,
    connections: AtomicUsize,
    ended: AtomicUsize,
    requests: Mutex<Vec<String>>,
}

impl FaultServer {
    /// Starts to listen on a free port of 127.0.0.1. `act` is asked what to do with each connection, by its number,
    /// counted from 0.
    ///
    /// # Errors
    /// When the system gives no port or no thread.
    pub fn start(act: impl Fn(usize) -> Act + Send + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let desk = Arc::clone(&shared);
        let thread = std::thread::Builder::new()
            .name("fault server".to_owned())
            .spawn(move || {
                while let Ok((stream, _)) = listener.accept() {
                    if desk.stopped.load(Ordering::SeqCst) {
                        return;
                    }
                    let act = act(desk.connections.fetch_add(1, Ordering::SeqCst));
                    let desk = Arc::clone(&desk);
                    std::thread::spawn(move || {
                        // An error is the client's: it left, as many of these faults make it.
                        let _ = serve(stream, &act, &desk);
                        desk.ended.fetch_add(1, Ordering::SeqCst);
                    });
                }
            })?;
        Ok(Self {
            address,
            shared,
            thread: Some(thread),
        })
    }

    /// Where it listens, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections were made to it.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// How many of the connections are over, whichever side ended them.
    pub fn ended(&self) -> usize {
        self.shared.ended.load(Ordering::SeqCst)
    }

    /// Every request that was read, head and body, in the order in which their last bytes came.
    pub fn requests(&self) -> Vec<String> {
        self.shared
            .requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // Whether or not this connection is made, the listener sees the word.
        let woken = TcpStream::connect(self.address);
        if let (Ok(_), Some(thread)) = (woken, self.thread.take()) {
            // A panic over there has been printed by the thread itself.
            let _ = thread.join();
        }
    }
}

fn serve(mut stream: TcpStream, act: &Act, shared: &Shared) -> io::Result<()> {
    stream.set_nodelay(true)?;
    if let Some(first) = &act.first {
        take_request(&mut stream, shared)?;
        stream.write_all(first)?;
    }
    match act.waits {
        Waits::Not => {}
        Waits::FirstByte => {
            stream.peek(&mut [0])?;
        }
        Waits::Request => take_request(&mut stream, shared)?,
    }
    if act.bytewise {
        for byte in &act.sends {
            stream.write_all(&[*byte])?;
        }
    } else {
        stream.write_all(&act.sends)?;
    }
    match &act.end {
        End::Close => {
            stream.shutdown(Shutdown::Write)?;
            // Closing with bytes unread would be a reset.
            drain(&mut stream)
        }
        End::Reset => SockRef::from(&stream).set_linger(Some(Duration::ZERO)),
        End::Stall => drain(&mut stream),
        End::Repeat(bytes) => loop {
            stream.write_all(bytes)?;
        },
    }
}

fn take_request(stream: &mut TcpStream, shared: &Shared) -> io::Result<()> {
    let request = read_request(stream)?;
    shared
        .requests
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(request);
    Ok(())
}

/// Reads until the client leaves.
fn drain(stream: &mut TcpStream) -> io::Result<()> {
    io::copy(stream, &mut io::sink()).map(|_| ())
}

fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, value)| value.trim().parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                return Ok(text);
            }
        }
        match stream.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            count => bytes.extend_from_slice(buffer.get(..count).unwrap_or_default()),
        }
    }
}
