//! The hosts that an operator has named.

use super::addresses::is_public;
use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};
use ureq::http::Uri;

/// A host that may be asked: a name or an address, and a port; without one, the usual ports (80 for http, 443 for
/// https).
///
/// A name allows nothing but the open internet: where it resolves to an address of this machine or of a private
/// network, that address must be named too.
///
/// ```
/// use zhengmai::fetch::Host;
/// assert!("query.wikidata.org".parse::<Host>().is_ok());
/// assert!("127.0.0.1:3030".parse::<Host>().is_ok());
/// assert!("http://example.org/sparql".parse::<Host>().is_err());
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Host {
    /// In lower case; an address in its usual form, without brackets.
    name: String,
    port: Option<u16>,
}

impl FromStr for Host {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("{text}: 应为主机名或地址, 可带端口, 如 (a host with or without a port, as) example.org:8890");
        let (name, port) = match text.rsplit_once(':') {
            // An address of IPv6 without brackets has no port.
            Some((name, _)) if name.contains(':') && !name.starts_with('[') => (text, None),
            Some((name, port)) if !port.contains(']') => (name, Some(port.parse().map_err(|_| wrong())?)),
            _ => (text, None),
        };
        let name = usual(name);
        let is_name = name.parse::<IpAddr>().is_ok()
            || (!name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_')));
        if is_name { Ok(Self { name, port }) } else { Err(wrong()) }
    }
}

/// A name as it is compared: lower case, no dot at its end, addresses in one form.
fn usual(name: &str) -> String {
    let bare = name.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.').to_ascii_lowercase();
    bare.parse::<IpAddr>().map_or(bare, |address| address.to_canonical().to_string())
}

/// The port that an address of the web means where it says none.
fn usual_port(uri: &Uri) -> Option<u16> {
    match uri.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        _ => None,
    }
}

impl Host {
    fn is(&self, name: &str, uri: &Uri) -> bool {
        let wanted = self.port.or_else(|| usual_port(uri));
        self.name == usual(name) && wanted.is_some() && uri.port_u16().or_else(|| usual_port(uri)) == wanted
    }
}

/// Whether one of `hosts` is the host of an address.
pub(super) fn names(hosts: &[Host], uri: &Uri) -> bool {
    uri.host().is_some_and(|name| hosts.iter().any(|host| host.is(name, uri)))
}

/// Whether what a host resolves to may be connected to: the open internet, or an address that is itself named.
pub(super) fn may_connect(hosts: &[Host], uri: &Uri, address: SocketAddr) -> bool {
    is_public(address.ip()) || hosts.iter().any(|host| host.is(&address.ip().to_string(), uri))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(texts: &[&str]) -> Vec<Host> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn a_host_is_named_with_its_port() {
        for (named, uri, is_named) in [
            ("example.org", "http://example.org/x", true),
            ("example.org", "https://EXAMPLE.org/x", true),
            ("example.org.", "https://example.org:443/x", true),
            ("example.org", "http://example.org:8080/x", false),
            ("example.org:8080", "http://example.org:8080/x", true),
            ("example.org:8080", "http://example.org/x", false),
            ("example.org", "http://www.example.org/x", false),
            ("example.org", "http://example.org.evil.net/x", false),
            ("127.0.0.1:3030", "http://127.0.0.1:3030/", true),
            ("127.0.0.1:3030", "http://127.1:3030/", false),
            ("127.0.0.1:3030", "http://[::ffff:127.0.0.1]:3030/", true),
            ("[::1]:3030", "http://[0:0::1]:3030/", true),
            ("::1", "http://[::1]/", true),
            ("example.org", "ftp://example.org/x", false),
        ] {
            assert_eq!(names(&hosts(&[named]), &uri.parse().unwrap()), is_named, "{named} {uri}");
        }
    }

    #[test]
    fn a_name_allows_no_inner_address_that_is_not_named_too() {
        for (named, address, may) in [
            (&["example.org"][..], "93.184.216.34:80", true),
            (&["example.org"], "127.0.0.1:80", false),
            (&["example.org"], "[::ffff:10.0.0.1]:80", false),
            (&["example.org"], "[fd00::1]:80", false),
            (&["example.org", "127.0.0.1"], "127.0.0.1:80", true),
            (&["example.org", "127.0.0.1"], "[::ffff:127.0.0.1]:80", true),
            (&["example.org", "127.0.0.1"], "127.0.0.2:80", false),
            (&["example.org", "127.0.0.1:3030"], "127.0.0.1:80", false),
        ] {
            let uri = "http://example.org/".parse().unwrap();
            assert_eq!(may_connect(&hosts(named), &uri, address.parse().unwrap()), may, "{named:?} {address}");
        }
    }

    #[test]
    fn what_is_no_host_is_refused() {
        for text in ["", "http://example.org", "example.org/sparql", "example.org:port", "a b", "*", "user@example.org"]
        {
            assert!(text.parse::<Host>().is_err(), "{text}");
        }
    }
}
