//! A server for this crate's own tests: on loopback, at a free port, it takes one request for each reply
//! that it was given, keeps what it read, and closes the connection.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use crate::{Client, ClientBuilder, Credentials, RetryPolicy};

/// The bytes that a client of [`Loopback`] must not show: its auth token.
pub(crate) const TOKEN: &str = "hunter2hunter2hunter2hunter2hunt";

/// The running server.
pub(crate) struct Loopback {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
    thread: JoinHandle<()>,
}

impl Loopback {
    /// Starts a server that answers with each of `replies` once.
    pub(crate) fn serve(replies: Vec<Vec<u8>>) -> Self {
        Self::start(replies, false)
    }

    /// Starts a server that begins one answer and keeps the connection until the client gives up.
    pub(crate) fn stall(beginning: Vec<u8>) -> Self {
        Self::start(vec![beginning], true)
    }

    fn start(replies: Vec<Vec<u8>>, keep: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let thread = std::thread::spawn(move || {
            for reply in replies {
                let (mut stream, _) = listener.accept().unwrap();
                let request = read_request(&mut stream);
                if request.is_empty() {
                    return;
                }
                seen.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(request);
                // A client that has enough closes first, which is no failure of the test.
                let _ = stream.write_all(&reply);
                if keep {
                    let _ = stream.read(&mut [0]);
                }
            }
        });
        Self {
            url,
            requests,
            thread,
        }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The settings of a client of this server that sends everything once.
    pub(crate) fn builder(&self) -> ClientBuilder {
        let account = "AC0123456789abcdef0123456789abcdef".parse().unwrap();
        Client::builder(Credentials::auth_token(account, TOKEN))
            .base_urls(self.url())
            .retry(RetryPolicy::none())
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// Every request so far, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The first lines of the requests, after every reply was given.
    pub(crate) fn finished(self) -> Vec<String> {
        // A reply that was never asked for ends here: an empty connection stops the server.
        drop(TcpStream::connect(self.url.trim_start_matches("http://")));
        self.thread.join().unwrap();
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests
            .iter()
            .map(|request| request.lines().next().unwrap_or_default().to_owned())
            .collect()
    }
}

/// A complete reply.
pub(crate) fn reply(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
    .into_bytes()
}

fn read_request(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, value)| value.trim().parse().unwrap());
            if body.len() >= length {
                return text;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return String::new(),
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}
