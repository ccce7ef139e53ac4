//! Servers on loopback whose TLS is wrong in one way each: the call fails at once, says why, and nothing of the request has
//! left; and one whose TLS is right.

use std::error::Error as StdError;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use generated_client::types::BillableItem;
use generated_client::{Client, Error, ErrorKind, RetryPolicy, reqwest};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, version};

use crate::support::{XE, builder};

/// An authority that the client trusts.
struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // By the usual name, which is that of the others too, each of them would look as if it had signed itself.
        params
            .distinguished_name
            .push(DnType::CommonName, "an authority");
        let key = KeyPair::generate().unwrap();
        Self(CertifiedIssuer::self_signed(params, key).unwrap())
    }

    fn certify(&self, params: &CertificateParams) -> Identity {
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Identity::new(certificate.der().clone(), &key)
    }
}

/// What a server shows of itself.
struct Identity {
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
}

impl Identity {
    fn new(certificate: CertificateDer<'static>, key: &KeyPair) -> Self {
        Self {
            certificate,
            key: PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        }
    }
}

fn named(name: &str) -> CertificateParams {
    CertificateParams::new(vec![name.to_owned()]).unwrap()
}

/// A server for any number of connections. It counts them, and the requests that it could read.
struct TlsServer {
    port: u16,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
}

impl TlsServer {
    /// Serves each connection by `serve`, which counts the requests that it reads.
    fn start(serve: impl Fn(TcpStream, &AtomicUsize) -> io::Result<()> + Send + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let requests = Arc::new(AtomicUsize::new(0));
        let (count, read) = (Arc::clone(&connections), Arc::clone(&requests));
        // It ends with the process of the test.
        std::thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                count.fetch_add(1, Ordering::SeqCst);
                // An error is the client's: it left.
                let _ = serve(stream, &read);
            }
        });
        Self {
            port,
            connections,
            requests,
        }
    }

    fn tls(identity: Identity, versions: &[&'static rustls::SupportedProtocolVersion]) -> Self {
        let config =
            ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_protocol_versions(versions)
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![identity.certificate], identity.key)
                .unwrap();
        let config = Arc::new(config);
        Self::start(move |mut stream, requests| {
            let mut tls = ServerConnection::new(Arc::clone(&config)).map_err(io::Error::other)?;
            let mut stream = rustls::Stream::new(&mut tls, &mut stream);
            let mut head = Vec::new();
            let mut buffer = [0; 4096];
            while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                match stream.read(&mut buffer)? {
                    0 => return Ok(()),
                    count => head.extend_from_slice(&buffer[..count]),
                }
            }
            requests.fetch_add(1, Ordering::SeqCst);
            stream.write_all(
                b"HTTP/1.1 429 Limited\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
            )?;
            stream.conn.send_close_notify();
            stream.flush()?;
            Ok(())
        })
    }

    fn url(&self, host: &str) -> String {
        format!("https://{host}:{}", self.port)
    }
}

/// A client that trusts the authority and nobody else.
fn client(authority: &Authority, url: &str, http: reqwest::ClientBuilder) -> Client {
    let der = reqwest::Certificate::from_der(authority.0.der()).unwrap();
    builder()
        .base_urls(url)
        .http_client(http.tls_backend_rustls().tls_certs_only([der]))
        .retry(RetryPolicy::new().pauses(|_| Duration::ZERO))
        .build()
        .unwrap()
}

/// What a fetch and a bill come to.
async fn both(client: &Client) -> [Error; 2] {
    let fetched = client.installed_add_on(XE).fetch().await.unwrap_err();
    let item = BillableItem::new("BI1", "1".parse().unwrap());
    let bill = client.installed_add_on(XE).usage().report([item]);
    [fetched, bill.await.unwrap_err()]
}

fn check_permanent(error: &Error, says: &str, place: &str) {
    assert_eq!(error.kind(), ErrorKind::Connect, "{place}: {error:?}");
    assert_eq!(error.attempts(), 1, "{place}");
    assert!(!error.is_retryable(), "{place}: {error:?}");
    assert!(!error.is_outcome_unknown(), "{place}");
    let line = error.to_string();
    assert!(line.contains(says), "{place}: {line}");
    assert!(line.contains("nothing was sent"), "{place}: {line}");
    assert!(error.source().is_some(), "{place}");
}

#[tokio::test]
async fn what_tls_refuses_is_not_tried_again() {
    let authority = Authority::new();
    let right = || authority.certify(&named("localhost"));
    let all = rustls::ALL_VERSIONS;
    let mut expired = named("localhost");
    expired.not_before = rcgen::date_time_ymd(2001, 1, 1);
    expired.not_after = rcgen::date_time_ymd(2002, 1, 1);
    let mut early = named("localhost");
    early.not_before = rcgen::date_time_ymd(2990, 1, 1);
    early.not_after = rcgen::date_time_ymd(2999, 1, 1);
    let key = KeyPair::generate().unwrap();
    let own = named("localhost").self_signed(&key).unwrap();
    let stranger = Authority::new().certify(&named("localhost"));
    let plain = TlsServer::start(|mut stream, _| {
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n")?;
        Ok(())
    });
    let alert = |description: u8| {
        TlsServer::start(move |mut stream, _| {
            // The handshake failure of a server that reads the greeting and does not like it.
            stream.read_exact(&mut [0; 5])?;
            stream.write_all(&[21, 3, 3, 0, 2, 2, description])?;
            io::copy(&mut stream, &mut io::sink())?;
            Ok(())
        })
    };
    let cases = [
        (
            "self-signed",
            TlsServer::tls(Identity::new(own.der().clone(), &key), all),
            "not trusted",
        ),
        (
            "of another authority",
            TlsServer::tls(stranger, all),
            "not trusted",
        ),
        (
            "expired",
            TlsServer::tls(authority.certify(&expired), all),
            "expired",
        ),
        (
            "not valid yet",
            TlsServer::tls(authority.certify(&early), all),
            "not trusted",
        ),
        (
            "of another host",
            TlsServer::tls(authority.certify(&named("other.example")), all),
            "another host name",
        ),
        ("plain text", plain, "does not speak TLS"),
        ("handshake failure", alert(40), "no way of TLS"),
        ("protocol version", alert(70), "no way of TLS"),
        ("unrecognized name", alert(112), "no way of TLS"),
    ];
    for (name, server, says) in &cases {
        let client = client(
            &authority,
            &server.url("localhost"),
            reqwest::Client::builder(),
        );
        for error in both(&client).await {
            check_permanent(&error, says, name);
        }
        assert_eq!(server.connections.load(Ordering::SeqCst), 2, "{name}");
        assert_eq!(server.requests.load(Ordering::SeqCst), 0, "{name}");
    }
    // A version that the client does not want.
    let old = TlsServer::tls(right(), &[&version::TLS12]);
    let http = reqwest::Client::builder().tls_version_min(reqwest::tls::Version::TLS_1_3);
    let client = client(&authority, &old.url("localhost"), http);
    for error in both(&client).await {
        check_permanent(&error, "no way of TLS", "an old version");
    }
}

#[tokio::test]
async fn what_tls_accepts_is_served_and_what_broke_is_tried_again() {
    let authority = Authority::new();
    for (host, name) in [("localhost", "localhost"), ("127.0.0.1", "127.0.0.1")] {
        let server = TlsServer::tls(authority.certify(&named(name)), rustls::ALL_VERSIONS);
        let client = client(&authority, &server.url(host), reqwest::Client::builder());
        for error in both(&client).await {
            assert_eq!(error.kind(), ErrorKind::Api, "{error:?}");
            assert!(error.is_rate_limited(), "{error:?}");
        }
        assert_eq!(server.requests.load(Ordering::SeqCst), 6, "{host}");
    }
    // The connection ends within the handshake, as when a server restarts.
    let broken = TlsServer::start(|stream, _| {
        drop(stream);
        Ok(())
    });
    let client = client(
        &authority,
        &broken.url("localhost"),
        reqwest::Client::builder(),
    );
    for error in both(&client).await {
        assert_eq!(error.kind(), ErrorKind::Connect, "{error:?}");
        assert!(
            error.is_retryable() && !error.is_outcome_unknown(),
            "{error:?}"
        );
        assert_eq!(error.attempts(), 3);
    }
}

/// A resolver that fails as the one of the standard library does.
struct Failing(&'static str, Arc<Mutex<u32>>);

impl Resolve for Failing {
    fn resolve(&self, _: Name) -> Resolving {
        *self.1.lock().unwrap() += 1;
        let text = format!("failed to lookup address information: {}", self.0);
        Box::pin(async move {
            let error: Box<dyn StdError + Send + Sync> = io::Error::other(text).into();
            Err::<Addrs, _>(error)
        })
    }
}

#[tokio::test]
async fn a_host_that_does_not_exist_is_permanent_and_a_resolver_that_fails_is_not() {
    let authority = Authority::new();
    for (text, is_permanent) in [
        ("Name or service not known", true),
        ("No address associated with hostname", true),
        ("Name does not resolve", true),
        ("nodename nor servname provided, or not known", true),
        ("Temporary failure in name resolution", false),
        ("Non-recoverable failure in name resolution", false),
        ("Try again", false),
    ] {
        let asked = Arc::new(Mutex::new(0));
        let resolver = Arc::new(Failing(text, Arc::clone(&asked)));
        let http = reqwest::Client::builder().dns_resolver(resolver);
        let client = client(&authority, "https://marketplace.example", http);
        for error in both(&client).await {
            if is_permanent {
                check_permanent(&error, "no host of this name", text);
            } else {
                assert_eq!(error.kind(), ErrorKind::Connect, "{text}");
                assert!(
                    error.is_retryable() && !error.is_outcome_unknown(),
                    "{text}"
                );
            }
        }
        assert_eq!(
            *asked.lock().unwrap(),
            if is_permanent { 2 } else { 6 },
            "{text}"
        );
    }
}
