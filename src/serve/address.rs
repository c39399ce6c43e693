//! 地址: between IRIs of the store and paths on this server. Things are served at any address by path, so
//! links on pages are paths, and a path names the same thing raw and percent-encoded.

use crate::model::{IriScheme, segment, vocab::ZM};
use axum::http::{HeaderMap, header};
use oxrdf::NamedNode;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What stands in an IRI but in no URI. Its `%` are encodings already.
const IN_PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'\\').add(b'^').add(b'|');

/// What may not stand raw in a value of a query string.
const IN_QUERY: &AsciiSet = &IN_PATH.add(b'#').add(b'%').add(b'&').add(b'+').add(b'=').add(b'?').add(b'/');

/// Graphs have IRIs below this, not below `/id/`.
const GRAPH: &str = "graph/";

/// An IRI's characters as a URI has them.
pub(super) fn encoded(iri: &str) -> String {
    utf8_percent_encode(iri, IN_PATH).to_string()
}

/// A value of a query string.
pub(super) fn query_value(text: &str) -> String {
    utf8_percent_encode(text, IN_QUERY).to_string()
}

/// The path of the page about a node: of our own things and of terms of the ontology. `None` for foreign ones.
pub(super) fn page_of(iris: &IriScheme, iri: &str) -> Option<String> {
    if let Some(term) = iri.strip_prefix(ZM) {
        return Some(format!("/ontology#{}", encoded(term)));
    }
    let path = iri.strip_prefix(iris.base())?;
    let rest = path.strip_prefix("/id/").or_else(|| path.strip_prefix('/').filter(|rest| rest.starts_with(GRAPH)))?;
    Some(format!("/doc/{}", encoded(rest)))
}

/// The path of a thing of ours, by which its IRI is dereferenced here. `None` for foreign ones.
pub(super) fn path_of(iris: &IriScheme, iri: &str) -> Option<String> {
    iri.strip_prefix(iris.base()).filter(|path| path.starts_with('/')).map(encoded)
}

/// The address by which a client has reached the service, without a path: from the headers that it and a proxy
/// before the service have sent.
pub(super) fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = text("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
    let is_host = |host: &&str| host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]_".contains(c));
    let host = text(header::HOST.as_str()).filter(is_host).unwrap_or("localhost");
    format!("{scheme}://{host}")
}

/// The path of the lineage of a work or a policy.
pub(super) fn lineage_of(iris: &IriScheme, iri: &str) -> String {
    let path = iri.strip_prefix(iris.base()).and_then(|path| path.strip_prefix("/id/")).unwrap_or_default();
    format!("/lineage/{}", encoded(path))
}

/// The node that a path below `/id/`, `/doc/` or `/lineage/` names, or below `/` that of a graph: `rest` is what follows,
/// as it came.
/// `None` where what is encoded is no UTF-8.
pub(super) fn node_at(iris: &IriScheme, rest: &str) -> Option<NamedNode> {
    let segments = rest.split('/').map(|part| percent_decode_str(part).decode_utf8().ok().map(|part| segment(&part)));
    let path: Vec<String> = segments.collect::<Option<_>>()?;
    let path = path.join("/");
    Some(iris.at(&if path.starts_with(GRAPH) { format!("/{path}") } else { format!("/id/{path}") }))
}

/// A path as a reader would write it.
pub(super) fn readable(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_the_same_node_raw_and_encoded() {
        let iris = IriScheme::new("https://example.org/base");
        let node = "https://example.org/base/id/work/num/国知发运字/2022/47";
        for path in [
            "work/num/国知发运字/2022/47",
            "work/num/%E5%9B%BD%E7%9F%A5%E5%8F%91%E8%BF%90%E5%AD%97/2022/47",
            "work/num/%e5%9b%bd知发运字/2022/47",
        ] {
            assert_eq!(node_at(&iris, path).unwrap().as_str(), node, "{path}");
        }
        assert_eq!(
            page_of(&iris, node).unwrap(),
            "/doc/work/num/%E5%9B%BD%E7%9F%A5%E5%8F%91%E8%BF%90%E5%AD%97/2022/47"
        );
        assert_eq!(node_at(&iris, "%FF"), None);
    }

    #[test]
    fn a_segment_keeps_the_slash_in_it() {
        let iris = IriScheme::new("http://x");
        let node = iris.at(&format!("/id/work/title/100000/{}", segment("GB/T 29490")));
        let page = page_of(&iris, node.as_str()).unwrap();
        assert_eq!(page, "/doc/work/title/100000/GB%2FT%2029490");
        assert_eq!(node_at(&iris, page.strip_prefix("/doc/").unwrap()), Some(node));
    }

    #[test]
    fn terms_have_their_place_on_the_ontology_page_and_foreign_nodes_none() {
        let iris = IriScheme::new("http://x");
        assert_eq!(page_of(&iris, "https://w3id.org/zhengmai#kind-通知").unwrap(), "/ontology#kind-%E9%80%9A%E7%9F%A5");
        assert_eq!(page_of(&iris, "http://y/id/work/1"), None);
        assert_eq!(page_of(&iris, "http://x/graph/effective").unwrap(), "/doc/graph/effective");
        assert_eq!(page_of(&iris, "http://x/store/graph/mine"), None);
    }
}
