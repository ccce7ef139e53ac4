//! What a failure to connect comes from, where that stays until somebody changes something: a certificate that is not
//! accepted, a server that speaks no TLS or another version of it, a host that does not exist. The HTTP library
//! tells such causes apart only at the end of the chain of sources.

use std::error::Error as StdError;
use std::io;

#[cfg(feature = "rustls")]
use rustls::{AlertDescription, CertificateError, Error as TlsError};

/// What the standard library writes before what the system says about a name.
const LOOKUP: &str = "failed to lookup address information: ";

/// What systems say about a name that does not exist: glibc twice, musl, macOS and the BSDs. Of anything else, as of a
/// resolver that cannot be reached, it is not known whether it passes.
const NO_SUCH_NAME: [&str; 4] = [
    "Name or service not known",
    "No address associated with hostname",
    "Name does not resolve",
    "nodename nor servname provided, or not known",
];

/// What Windows reports for a name that does not exist: `WSAHOST_NOT_FOUND` and `WSANO_DATA`.
#[cfg(windows)]
const NO_SUCH_NAME_CODES: [i32; 2] = [11001, 11004];

/// Why connecting fails until somebody changes something, as the beginning of a sentence; nothing for what may pass.
pub(super) fn permanent(error: &reqwest::Error) -> Option<&'static str> {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(text) = of_one(error) {
            return Some(text);
        }
        cause = next(error);
    }
    None
}

/// What caused an error. An I/O error passes over the error that it was made of.
fn next<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a (dyn StdError + 'static)> {
    match error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref)
    {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

fn of_one(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    #[cfg(feature = "rustls")]
    if let Some(error) = error.downcast_ref::<TlsError>() {
        return of_tls(error);
    }
    #[cfg(feature = "native-tls")]
    if error.is::<native_tls::Error>() {
        return of_native_tls(error);
    }
    let error = error.downcast_ref::<io::Error>()?;
    #[cfg(windows)]
    if error
        .raw_os_error()
        .is_some_and(|code| NO_SUCH_NAME_CODES.contains(&code))
    {
        return Some("there is no host of this name");
    }
    // The standard library hands out no code. The C library is not told the user's language, so it speaks English.
    let text = error.to_string();
    let text = text.strip_prefix(LOOKUP)?;
    NO_SUCH_NAME
        .contains(&text)
        .then_some("there is no host of this name")
}

/// A handshake that fails does so again, but for what the server or this machine could not do just then.
#[cfg(feature = "rustls")]
fn of_tls(error: &TlsError) -> Option<&'static str> {
    Some(match error {
        TlsError::InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "the server's certificate is for another host name",
        TlsError::InvalidCertificate(
            CertificateError::Expired | CertificateError::ExpiredContext { .. },
        ) => "the server's certificate has expired",
        TlsError::InvalidCertificate(_) => "the server's certificate is not trusted",
        TlsError::InvalidMessage(_) => "the server does not speak TLS there",
        TlsError::AlertReceived(
            AlertDescription::InternalError
            | AlertDescription::CloseNotify
            | AlertDescription::UserCanceled,
        )
        | TlsError::HandshakeNotComplete
        | TlsError::FailedToGetCurrentTime
        | TlsError::FailedToGetRandomBytes => return None,
        _ => "the server and this client agree on no way of TLS",
    })
}

/// The library of the system does not say which step failed. What is below it tells whether the connection broke.
#[cfg(feature = "native-tls")]
fn of_native_tls(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<io::Error>() || error.to_string().to_lowercase().contains("unexpected eof") {
            return None;
        }
        cause = next(error);
    }
    Some("the server's certificate is not trusted, or its TLS is not understood")
}
