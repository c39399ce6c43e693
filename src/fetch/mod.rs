//! The way out: other hosts are asked only where an operator has named them. A host is resolved once; what it
//! resolves to is checked, and that very address is connected to; every redirect goes the same way again.

mod addresses;
mod hosts;

pub use hosts::Host;

use hosts::{may_connect, names};
use oxiri::Iri;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::{
    io::Read,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};
use ureq::{
    Agent, Body,
    config::Config,
    http::{Request, Response, StatusCode, Uri, header},
    tls::{Certificate, RootCerts, TlsConfig},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

/// How often a request follows a redirect.
const REDIRECTS: usize = 5;

/// How long a request may take where nothing else bounds it.
const LONGEST: Duration = Duration::from_secs(60);

/// What an IRI may hold and a URI may not, besides what is beyond ASCII.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// What was not fetched, and why.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The operator has not named this host.
    #[error("{0}: 未列入可访问的主机 (not among the hosts that may be asked)")]
    Host(String),
    /// The host is an address of this machine or of a private network, which the operator has not named.
    #[error("{0}: 该主机指向内部地址 (the host resolves to an address that is not of the open internet)")]
    Address(String),
    /// It is no address of the web.
    #[error("{0}: 不是 http 或 https 地址 (no http or https address)")]
    Scheme(String),
    /// The other side answered otherwise than was asked for.
    #[error("{iri}: 对方答以 {status} (the other side answered {status})")]
    Status {
        /// What was asked.
        iri: String,
        /// What it answered.
        status: u16,
    },
    /// It could not be reached, or broke off.
    #[error("{iri}: 未能取得 (could not be fetched): {error}")]
    Failed {
        /// What was asked.
        iri: String,
        /// What went wrong.
        error: String,
    },
}

impl FetchError {
    /// Whether it was refused here, before anything was sent.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Host(_) | Self::Address(_) | Self::Scheme(_))
    }
}

/// What was fetched: its first bytes may be read before the last have come.
pub struct Fetched {
    /// Its Content-Type, without parameters.
    pub media_type: String,
    /// Its content, which ends with an error where it is larger than allowed.
    pub content: Box<dyn Read + Send>,
}

impl std::fmt::Debug for Fetched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fetched").field("media_type", &self.media_type).finish_non_exhaustive()
    }
}

/// Fetches from the hosts that it is given, and from no others.
#[derive(Debug)]
pub struct Fetcher {
    hosts: Arc<[Host]>,
    agent: Agent,
    most_bytes: u64,
}

impl Fetcher {
    /// One that asks these hosts, and takes answers of up to `most_bytes`.
    #[must_use]
    pub fn new(hosts: impl IntoIterator<Item = Host>, most_bytes: u64) -> Self {
        let hosts: Arc<[Host]> = hosts.into_iter().collect();
        let config = Agent::config_builder()
            // A proxy would resolve names itself, unchecked.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .max_idle_connections(0)
            .user_agent(concat!("zhengmai/", env!("CARGO_PKG_VERSION")))
            .accept_encoding("identity")
            .tls_config(tls())
            .build();
        let resolver = Checked { hosts: Arc::clone(&hosts), inner: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { hosts, agent, most_bytes }
    }

    /// That this host is among those that may be asked. What it resolves to is looked at when it is asked.
    ///
    /// # Errors
    /// When it is not.
    pub fn allow(&self, iri: &str) -> Result<(), FetchError> {
        self.uri(iri).map(drop)
    }

    /// Gets a document, by `deadline`.
    ///
    /// # Errors
    /// When it may not be asked for, or does not come.
    pub fn get(&self, iri: &str, accept: &str, deadline: Option<Instant>) -> Result<Fetched, FetchError> {
        self.send(iri, |uri| Request::get(uri).header(header::ACCEPT, accept), &[], deadline)
    }

    /// Asks with a body, by `deadline`.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub fn post(
        &self,
        iri: &str,
        (content_type, body): (&str, &[u8]),
        accept: &str,
        deadline: Option<Instant>,
    ) -> Result<Fetched, FetchError> {
        let request =
            |uri| Request::post(uri).header(header::CONTENT_TYPE, content_type).header(header::ACCEPT, accept);
        self.send(iri, request, body, deadline)
    }

    fn send(
        &self,
        iri: &str,
        request: impl Fn(Uri) -> ureq::http::request::Builder,
        body: &[u8],
        deadline: Option<Instant>,
    ) -> Result<Fetched, FetchError> {
        let deadline = deadline.unwrap_or_else(|| Instant::now() + LONGEST);
        let mut at = iri.to_owned();
        for _ in 0..=REDIRECTS {
            let uri = self.uri(&at)?;
            let failed = |error: String| FetchError::Failed { iri: at.clone(), error };
            let request = request(uri).body(body.to_vec()).map_err(|error| failed(error.to_string()))?;
            let left = deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
            let request = self.agent.configure_request(request).timeout_global(Some(left)).build();
            let response = self.agent.run(request).map_err(|error| told(error, &at))?;
            match redirected(&response) {
                Some(location) => at = resolved(&at, &location).ok_or_else(|| failed(location))?,
                None => return self.fetched(&at, response),
            }
        }
        Err(FetchError::Failed { iri: iri.to_owned(), error: "转向过多 (too many redirects)".to_owned() })
    }

    fn uri(&self, iri: &str) -> Result<Uri, FetchError> {
        let written = utf8_percent_encode(iri, ESCAPED).to_string();
        let uri: Uri = written.parse().map_err(|_| FetchError::Scheme(iri.to_owned()))?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let has_user = uri.authority().is_some_and(|authority| authority.as_str().contains('@'));
        if !is_web || has_user {
            return Err(FetchError::Scheme(iri.to_owned()));
        }
        if names(&self.hosts, &uri) { Ok(uri) } else { Err(FetchError::Host(iri.to_owned())) }
    }

    fn fetched(&self, iri: &str, response: Response<Body>) -> Result<Fetched, FetchError> {
        let status = response.status();
        if !status.is_success() {
            return Err(FetchError::Status { iri: iri.to_owned(), status: status.as_u16() });
        }
        let media_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = media_type.and_then(|value| value.split(';').next()).unwrap_or_default();
        let media_type = media_type.trim().to_ascii_lowercase();
        let content = response.into_body().into_with_config().limit(self.most_bytes).reader();
        Ok(Fetched { media_type, content: Box::new(content) })
    }
}

/// Where a response sends us. After 303 something else would have to be asked, which nobody wants here.
fn redirected(response: &Response<Body>) -> Option<String> {
    let again = [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ];
    let location = response.headers().get(header::LOCATION)?;
    again.contains(&response.status()).then(|| String::from_utf8_lossy(location.as_bytes()).into_owned())
}

fn resolved(base: &str, location: &str) -> Option<String> {
    let resolved = Iri::parse(base.to_owned()).ok()?.resolve(location).ok()?;
    Some(resolved.as_str().split('#').next().unwrap_or_default().to_owned())
}

fn told(error: ureq::Error, iri: &str) -> FetchError {
    match error {
        ureq::Error::Other(refusal) if refusal.is::<Inner>() => FetchError::Address(iri.to_owned()),
        error => FetchError::Failed { iri: iri.to_owned(), error: error.to_string() },
    }
}

/// TLS by the certificates of the system.
fn tls() -> TlsConfig {
    static ROOTS: OnceLock<Arc<Vec<Certificate<'static>>>> = OnceLock::new();
    let roots = ROOTS.get_or_init(|| {
        let found = rustls_native_certs::load_native_certs().certs;
        Arc::new(found.iter().map(|certificate| Certificate::from_der(certificate).to_owned()).collect())
    });
    TlsConfig::builder()
        .root_certs(RootCerts::Specific(Arc::clone(roots)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}

/// A host that resolves to where nothing may be asked.
#[derive(Debug, thiserror::Error)]
#[error("内部地址 (not of the open internet)")]
struct Inner;

/// Resolves names and lets pass only what may be connected to.
#[derive(Debug)]
struct Checked {
    hosts: Arc<[Host]>,
    inner: DefaultResolver,
}

impl Resolver for Checked {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut allowed = self.empty();
        for address in found.iter().filter(|address| may_connect(&self.hosts, uri, **address)) {
            allowed.push(*address);
        }
        if allowed.is_empty() { Err(ureq::Error::Other(Box::new(Inner))) } else { Ok(allowed) }
    }
}
