//! Every IRI that the project mints, from the facts that identify the thing.

use super::{AgencyName, WorkKey};
use oxrdf::NamedNode;
use std::fmt::Write as _;

/// Mints IRIs below a base. The base is fixed when a store is created; paths are the same everywhere.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct IriScheme {
    base: String,
}

impl IriScheme {
    /// Where a store's things live when nobody says otherwise.
    pub const DEFAULT_BASE: &'static str = "http://127.0.0.1:7979";

    /// A scheme below `base`, an absolute IRI without a trailing slash (one is taken off).
    #[must_use]
    pub fn new(base: &str) -> Self {
        Self { base: base.trim_end_matches('/').to_owned() }
    }

    /// The base, without a trailing slash.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// The thing at a path below the base; `path` starts with a slash and holds encoded segments.
    #[must_use]
    pub fn at(&self, path: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("{}{path}", self.base))
    }

    /// A work.
    #[must_use]
    pub fn work(&self, key: &WorkKey, text_hash: Option<&str>) -> NamedNode {
        self.at(&format!("/id/work/{}", key_path(key, text_hash)))
    }

    /// The policy whose head is this work.
    #[must_use]
    pub fn policy_of(&self, work: &NamedNode) -> NamedNode {
        NamedNode::new_unchecked(work.as_str().replacen("/id/work/", "/id/policy/", 1))
    }

    /// The work that a policy is named after.
    #[must_use]
    pub fn head_of_policy(&self, policy: &NamedNode) -> Option<NamedNode> {
        let path = policy.as_str().strip_prefix(&self.base)?.strip_prefix("/id/policy/")?;
        Some(self.at(&format!("/id/work/{path}")))
    }

    /// A source file.
    #[must_use]
    pub fn source(&self, sha256: &str) -> NamedNode {
        self.at(&format!("/id/source/{sha256}"))
    }

    /// The named graph of a source's claims.
    #[must_use]
    pub fn source_graph(&self, sha256: &str) -> NamedNode {
        self.at(&format!("/graph/source/{sha256}"))
    }

    /// One of the other layers: registers, ontology, links, decisions, effective, provenance.
    #[must_use]
    pub fn layer(&self, name: &str) -> NamedNode {
        self.at(&format!("/graph/{name}"))
    }

    /// The text of the source's `n`-th work.
    #[must_use]
    pub fn text(&self, sha256: &str, n: usize) -> NamedNode {
        self.at(&format!("/id/text/{sha256}/{n}"))
    }

    /// A numbered item of a text, by its path of labels without punctuation.
    #[must_use]
    pub fn item(&self, sha256: &str, n: usize, path: &[String]) -> NamedNode {
        let path: Vec<String> = path.iter().map(|label| segment(label)).collect();
        self.at(&format!("/id/text/{sha256}/{n}/item/{}", path.join("/")))
    }

    /// A claim of a kind at a place (code points) of a source.
    #[must_use]
    pub fn claim(&self, sha256: &str, place: (usize, usize), kind: &str) -> NamedNode {
        self.at(&format!("/id/claim/{sha256}/{}-{}/{kind}", place.0, place.1))
    }

    /// A link of a kind, by the hash of what it joins.
    #[must_use]
    pub fn link(&self, kind: &str, hash: &str) -> NamedNode {
        self.at(&format!("/id/link/{kind}/{hash}"))
    }

    /// An agency.
    #[must_use]
    pub fn agency(&self, agency: &AgencyName) -> NamedNode {
        let region = agency.region.as_deref().unwrap_or("000000");
        self.at(&format!("/id/agency/{region}/{}", segment(&agency.name)))
    }

    /// A region by its GB/T 2260 code.
    #[must_use]
    pub fn region(&self, code: &str) -> NamedNode {
        self.at(&format!("/id/region/{}", segment(code)))
    }
}

fn key_path(key: &WorkKey, text_hash: Option<&str>) -> String {
    match key {
        WorkKey::Number(number) => match (number.form, number.year) {
            (super::NumberForm::Bracketed, Some(year)) => {
                format!("num/{}/{year}/{}", segment(&number.code), number.serial)
            }
            _ => format!("num/{}", segment(&number.to_string())),
        },
        WorkKey::Title { region, title } => format!("title/{}/{}", segment(region), segment(title)),
        WorkKey::Anonymous { source, .. } => format!("text/{}", text_hash.unwrap_or(source)),
    }
}

/// `text` as one path segment of an IRI (RFC 3987 `isegment`): what a segment can't hold is percent-encoded.
///
/// ```
/// use zhengmai::model::segment;
/// assert_eq!(segment("天津市“十四五”规划"), "天津市“十四五”规划");
/// assert_eq!(segment("GB/T 35694"), "GB%2FT%2035694");
/// ```
#[must_use]
pub fn segment(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        if is_segment_character(c) {
            encoded.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    if encoded == "." || encoded == ".." { encoded.replace('.', "%2E") } else { encoded }
}

/// `ipchar` without `%`: unreserved (with the ucschar ranges), sub-delims, `:` and `@`.
fn is_segment_character(c: char) -> bool {
    match c {
        'a'..='z'
        | 'A'..='Z'
        | '0'..='9'
        | '-'
        | '.'
        | '_'
        | '~'
        | ':'
        | '@'
        | '!'
        | '$'
        | '&'
        | '\''
        | '('
        | ')'
        | '*'
        | '+'
        | ','
        | ';'
        | '=' => true,
        // White space above ASCII is legal in an IRI but invisible; it is encoded.
        _ if c.is_whitespace() => false,
        '\u{A0}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}' => {
            !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{FEFF}')
        }
        _ => (c as u32) >= 0x10000 && (c as u32) < 0xE0000 && (c as u32) & 0xFFFE != 0xFFFE,
    }
}
