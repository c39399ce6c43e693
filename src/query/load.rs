//! LOAD: a document from elsewhere, where the operator has named its host. It is fetched before anything is written,
//! so that no other writer waits for a slow host, and then inserted like data.

use super::{UpdateError, Watch, graphs::triples_read, service::Watched};
use crate::fetch::{FetchError, Fetcher};
use oxigraph::model::{NamedNode, Triple};
use std::time::Duration;

const ACCEPT: &str = "text/turtle, application/n-triples, application/rdf+xml;q=0.9, application/ld+json;q=0.8";

/// The triples of a document; none where it does not come and `silent` says not to mind.
///
/// # Errors
/// When its host may not be asked, whatever `silent` says; else when it does not come or is no RDF.
pub(super) fn fetched(fetcher: &Fetcher, source: &NamedNode, silent: bool) -> Result<Vec<Triple>, UpdateError> {
    let watch = Watch::current();
    let read = || -> Result<Vec<Triple>, UpdateError> {
        let answer = fetcher.get(source.as_str(), ACCEPT, watch.as_ref().and_then(Watch::deadline))?;
        let content = Watched { content: answer.content, watch: watch.clone() };
        let triples = triples_read(content, &answer.media_type, source.as_str());
        triples?.map(|triple| triple.map_err(UpdateError::from)).collect()
    };
    let read = read();
    if let (Err(_), Some(watch)) = (&read, &watch) {
        // What took too long is out of time, whoever noticed first.
        watch.expect(Duration::ZERO);
    }
    match read {
        Err(UpdateError::Fetch(error)) if error.is_refusal() => Err(UpdateError::Load(error)),
        Err(UpdateError::Fetch(_) | UpdateError::Document(_)) if silent => Ok(Vec::new()),
        read => read,
    }
}

/// That a document may be asked for, if it can be told before it is.
///
/// # Errors
/// When its host is not named.
pub(super) fn allow(fetcher: Option<&Fetcher>, source: &NamedNode) -> Result<(), UpdateError> {
    match fetcher {
        Some(fetcher) => fetcher.allow(source.as_str()),
        None => Err(FetchError::Host(source.as_str().to_owned())),
    }
    .map_err(UpdateError::Load)
}
