//! Where requests go. Each of the document's hosts has one base URL, from the document, from region and
//! edge, or given by the caller; and nothing but these base URLs ever receives credentials.

use std::net::IpAddr;

use reqwest::Url;

use crate::setting::check_text;
use crate::{Error, Host};

/// The region that an edge without a region leads to. This is the client's own choice: a host name with an
/// edge needs some region, and `us1` is where calls go without either.
const DEFAULT_REGION: &str = "us1";

/// The base URL of every host of the document.
#[derive(Debug)]
pub(crate) struct Hosts(Vec<Base>);

/// The regions in which Twilio does not offer a product: its pages about regions list no Marketplace there.
const NOT_OFFERED: [(&str, &[&str]); 1] = [("marketplace", &["au1", "ie1"])];

/// Where one host's requests go.
#[derive(Debug)]
pub(crate) struct Base {
    host: Host,
    url: Url,
    /// Why no request can be sent there, if it is so.
    absence: Option<String>,
    /// The URL without a trailing slash: what a path is appended to.
    text: String,
}

/// What the caller said about hosts.
#[derive(Clone, Debug, Default)]
pub(crate) struct HostSettings {
    pub(crate) region: Option<String>,
    pub(crate) edge: Option<String>,
    pub(crate) base_urls: Vec<(Host, String)>,
}

impl Hosts {
    pub(crate) fn new(settings: &HostSettings) -> Result<Self, Error> {
        for (what, label) in [
            ("the edge", &settings.edge),
            ("the region", &settings.region),
        ] {
            if let Some(label) = label {
                check_label(what, label)?;
            }
        }
        let given = |host: &Host| settings.base_urls.iter().rev().find(|(of, _)| of == host);
        // Where every host is given, region and edge say nothing, and neither needs the other.
        let place = match Host::ALL.iter().all(|host| given(host).is_some()) {
            true => None,
            false => Place::new(settings)?,
        };
        let mut bases = Vec::with_capacity(Host::ALL.len());
        for host in Host::ALL {
            bases.push(match given(host) {
                Some((_, url)) => Base::given(*host, url)?,
                None => Base::documented(*host, place.as_ref())?,
            });
        }
        Ok(Self(bases))
    }

    /// The base URL of a host.
    pub(crate) fn base(&self, host: Host) -> Result<&Base, Error> {
        self.0
            .get(host.index())
            .filter(|base| base.host == host)
            .ok_or_else(|| Error::configuration(format!("no base URL for the host {host:?}")))
    }

    /// Whether `url` leads to one of the client's own hosts: the only places that see credentials.
    pub(crate) fn own(&self, url: &Url) -> bool {
        self.0.iter().any(|base| same_origin(&base.url, url))
    }

    /// Whether every host is spoken to without TLS.
    #[cfg(any(feature = "rustls", feature = "native-tls"))]
    pub(crate) fn all_plain(&self) -> bool {
        self.0.iter().all(|base| base.url.scheme() == "http")
    }

    /// Whether some host is spoken to without TLS, which only a loopback address is.
    pub(crate) fn any_plain(&self) -> bool {
        self.0.iter().any(|base| base.url.scheme() == "http")
    }
}

impl Base {
    /// The URL without a trailing slash.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Why no request can be sent there, if it is so.
    pub(crate) fn absence(&self) -> Option<&str> {
        self.absence.as_deref()
    }

    /// The host name.
    pub(crate) fn domain(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// What follows the host, and this base URL's own path, in a link that can be read without parsing it as
    /// a URL: it begins with this base URL or the document's, or is a path of this host, letter by letter, and
    /// holds nothing else that parsing would change or refuse. Any other link is not judged here.
    pub(crate) fn rest_of<'a>(&self, link: &'a str) -> Option<&'a str> {
        let rest = match link.strip_prefix(&self.text) {
            Some(rest) => rest,
            // With a path in this base URL, what belongs to it and what follows is not to be told so easily.
            None if self.url.path() != "/" => return None,
            None => link.strip_prefix(self.host.url()).unwrap_or(link),
        };
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/?&=-_~.".contains(&byte);
        let path = rest.starts_with('/') && !rest.starts_with("//") && !rest.contains("/.");
        (path && rest.bytes().all(plain)).then_some(rest)
    }

    /// The path of a URL that leads here or to the server that the document names for this host, without
    /// that server's own path; nothing for any other URL.
    pub(crate) fn path_of<'a>(&self, url: &'a Url) -> Option<&'a str> {
        if same_origin(&self.url, url) {
            return Some(below(&self.url, url));
        }
        let documented = Url::parse(self.host.url()).ok()?;
        same_origin(&documented, url).then(|| below(&documented, url))
    }

    fn given(host: Host, text: &str) -> Result<Self, Error> {
        let url = check_base_url(&format!("the base URL for {host:?}"), text)?;
        Ok(Self::new(host, url))
    }

    fn documented(host: Host, place: Option<&Place<'_>>) -> Result<Self, Error> {
        let mut url = Url::parse(host.url()).map_err(|error| {
            Error::configuration_from(format!("the document's URL for {host:?} is not one"), error)
        })?;
        let mut absence = None;
        if let Some(place) = place {
            let plain = url.host_str().unwrap_or_default();
            absence = place.absence(plain);
            let domain = place
                .domain(plain)
                .ok_or_else(|| Error::configuration(format!("{host:?} has no regions")))?;
            url.set_host(Some(&domain)).map_err(|error| {
                Error::configuration_from(format!("`{domain}` is not a host name"), error)
            })?;
        }
        Ok(Self {
            absence,
            ..Self::new(host, url)
        })
    }

    fn new(host: Host, url: Url) -> Self {
        let text = url.as_str().trim_end_matches('/').to_owned();
        Self {
            host,
            url,
            absence: None,
            text,
        }
    }
}

/// The edge and region that a host name is made for.
struct Place<'a> {
    edge: &'a str,
    region: &'a str,
}

impl<'a> Place<'a> {
    fn new(settings: &'a HostSettings) -> Result<Option<Self>, Error> {
        let (edge, region) = match (settings.edge.as_deref(), settings.region.as_deref()) {
            (None, None) => return Ok(None),
            (Some(edge), region) => (edge, region.unwrap_or(DEFAULT_REGION)),
            (None, Some(_)) => {
                return Err(Error::configuration(
                    "the region needs an edge beside it, such as `ashburn`: set the builder's `edge` or TWILIO_EDGE",
                ));
            }
        };
        Ok(Some(Self { edge, region }))
    }

    /// Why the product with this domain cannot be called in the region, if it is so.
    fn absence(&self, plain: &str) -> Option<String> {
        let (product, _) = plain.split_once('.')?;
        let offered = NOT_OFFERED
            .iter()
            .all(|(other, regions)| *other != product || !regions.contains(&self.region));
        (!offered).then(|| {
            format!(
                "Twilio does not offer {plain} in the region `{}`; use a client without a region, or give this host a \
                 base URL by `ClientBuilder::base_url`",
                self.region
            )
        })
    }

    /// `product.twilio.com` becomes `product.edge.region.twilio.com`.
    fn domain(&self, plain: &str) -> Option<String> {
        let (product, domain) = plain.split_once('.')?;
        Some(format!("{product}.{}.{}.{domain}", self.edge, self.region))
    }
}

/// Checks a base URL that somebody gives, and reads it. `what` begins the message, which does not show it.
pub(crate) fn check_base_url(what: &str, text: &str) -> Result<Url, Error> {
    let refuse = |reason: &str| Error::configuration(format!("{what} {reason}"));
    // A URL's parser would pass over spaces around it and line breaks in it.
    check_text(what, text)?;
    if text.contains(' ') {
        return Err(refuse("must not hold white space"));
    }
    let url = Url::parse(text)
        .map_err(|error| Error::configuration_from(format!("{what} is not a URL"), error))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse(
            "must not hold credentials; give them to the builder",
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("must not have a query or a fragment"));
    }
    if url.port() == Some(0) {
        return Err(refuse("has the port 0, at which nothing can listen"));
    }
    match url.scheme() {
        "https" if url.has_host() => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(refuse(
            "must be https; plain http is for loopback addresses only",
        )),
        _ => Err(refuse("must begin with https://")),
    }
}

/// Checks an edge or a region that somebody gives. `what` begins the message, which does not show it.
pub(crate) fn check_label(what: &str, text: &str) -> Result<(), Error> {
    check_text(what, text)?;
    match is_label(text) {
        true => Ok(()),
        false => Err(Error::configuration(format!(
            "{what} must be lower-case letters, digits and inner hyphens only"
        ))),
    }
}

/// One label of a host name, so that a setting can never name another domain.
fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn same_origin(one: &Url, two: &Url) -> bool {
    one.scheme() == two.scheme()
        && one.host_str() == two.host_str()
        && one.port_or_known_default() == two.port_or_known_default()
}

/// The path of a URL without that of the base URL that it stands under, if it does.
fn below<'a>(base: &Url, url: &'a Url) -> &'a str {
    let path = url.path();
    match path.strip_prefix(base.path().trim_end_matches('/')) {
        Some(rest) if rest.starts_with('/') => rest,
        _ => path,
    }
}

/// Whether a URL leads to this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else {
        return false;
    };
    if host == "localhost" {
        return true;
    }
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse()
        .is_ok_and(|address: IpAddr| address.is_loopback())
}

#[cfg(test)]
mod tests;
