//! An HTTP/1.1 server on a free port of loopback. It records each request as it came and answers with what a
//! closure makes of it; it has no opinion on what a request should look like.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// One request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// The method, `GET`.
    pub method: String,
    /// The path, still percent-encoded.
    pub path: String,
    /// The query without its question mark, still encoded; `None` when there was no question mark.
    pub query: Option<String>,
    /// Names in lower case, with their values, in the order in which they came.
    pub headers: Vec<(String, String)>,
    /// The body, to its last byte.
    pub body: Vec<u8>,
}

impl Recorded {
    /// The value of the first header of that name, which is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as the decoded fields of a form, in order.
    pub fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// The query as decoded pairs, in order.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        let query = self.query.as_deref().unwrap_or_default();
        form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect()
    }
}

/// What the server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Headers beside those that HTTP itself needs.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
}

impl Reply {
    /// A status without a body.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    /// A JSON document, given as text.
    pub fn json(status: u16, text: impl Into<String>) -> Self {
        Self::status(status)
            .header("content-type", "application/json")
            .body(text.into())
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        match response.body(Full::new(Bytes::from(self.body))) {
            Ok(response) => response,
            Err(error) => {
                let why = format!("the test's reply is not HTTP: {error}");
                let mut response = Response::new(Full::new(Bytes::from(why)));
                *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                response
            }
        }
    }
}

/// A running server. It stops, and its port closes, when this is dropped.
///
/// It runs on a thread of its own, so that it serves a caller that blocks as well as one that awaits.
///
/// ```
/// use tests::{Reply, Server};
///
/// let server = Server::start(|request| Reply::json(200, format!("{:?}", request.path)))?;
/// assert!(server.url().starts_with("http://127.0.0.1:"));
/// assert!(server.requests().is_empty());
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Server {
    url: String,
    seen: Seen,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

type Seen = Arc<Mutex<Vec<Recorded>>>;

/// What every connection shares.
#[derive(Clone)]
struct Desk {
    seen: Seen,
    answer: Arc<dyn Fn(&Recorded) -> Reply + Send + Sync>,
}

impl Server {
    /// Starts to listen on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// When the system gives no port or no thread.
    pub fn start(answer: impl Fn(&Recorded) -> Reply + Send + Sync + 'static) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        listener.set_nonblocking(true)?;
        let url = format!("http://{}", listener.local_addr()?);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .build()?;
        let listener = {
            let _guard = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let desk = Desk {
            seen: Seen::default(),
            answer: Arc::new(answer),
        };
        let seen = Arc::clone(&desk.seen);
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("loopback server".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        _ = stopped => {}
                        () = accept(listener, desk) => {}
                    }
                });
            })?;
        Ok(Self {
            url,
            seen,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens: `http://127.0.0.1:` and the port, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Every request so far, in the order in which their last bytes came.
    pub fn requests(&self) -> Vec<Recorded> {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread is gone already when nobody listens any more.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // A panic over there has been printed by the thread itself.
            let _ = thread.join();
        }
    }
}

async fn accept(listener: TcpListener, desk: Desk) {
    // Listening ends when the system refuses a connection for good; the client then fails to connect.
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(converse(stream, desk.clone()));
    }
}

/// Serves one connection until either side closes it. The stream can be anything that carries bytes.
async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, desk: Desk) {
    let service = service_fn(|request| respond(request, desk.clone()));
    // An error is the client's: it went away, or it spoke no HTTP.
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn respond(
    request: Request<Incoming>,
    desk: Desk,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let Ok(body) = body.collect().await else {
        // The client broke off, so nobody reads this.
        return Ok(Reply::status(400).into_response());
    };
    let recorded = Recorded {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: head.uri.query().map(str::to_owned),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.as_str().to_owned(), value)
            })
            .collect(),
        body: body.to_bytes().to_vec(),
    };
    desk.seen
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(recorded.clone());
    Ok((desk.answer)(&recorded).into_response())
}
