//! 内容协商: from an Accept header and `?format=` to what is sent (RFC 9110, 12.5.1).

/// A format that can be sent: media type as clients ask for it, and its short name.
pub(super) type Offer = (&'static str, &'static str);

/// Pages.
const PAGES: &[Offer] = &[("text/html", "html"), ("application/xhtml+xml", "html")];

/// What a description for programs can be.
pub(super) const DATA_ONLY: &[Offer] = &[
    ("text/turtle", "turtle"),
    ("application/ld+json", "jsonld"),
    ("application/n-triples", "ntriples"),
    ("application/rdf+xml", "rdfxml"),
    ("application/x-turtle", "turtle"),
    ("application/json", "jsonld"),
    ("text/plain", "ntriples"),
];

/// What a node's page can be, best first.
pub(super) const DOCUMENT: &[Offer] = &joined::<{ PAGES.len() + DATA_ONLY.len() }>(PAGES, DATA_ONLY);

/// What a service description can be.
pub(super) const DESCRIPTION: &[Offer] = &joined::<{ PAGES.len() + DATA_ONLY.len() }>(DATA_ONLY, PAGES);

/// What a fragment can be, best first: where what is said of it can be told from what is in it.
pub(super) const FRAGMENT: &[Offer] = &[
    ("application/trig", "trig"),
    ("application/n-quads", "nquads"),
    ("text/turtle", "turtle"),
    ("application/n-triples", "ntriples"),
    ("application/ld+json", "jsonld"),
    ("application/rdf+xml", "rdfxml"),
    ("application/json", "jsonld"),
];

/// What the answer of a SELECT or ASK can be.
pub(super) const TABLE: &[Offer] = &[
    ("application/sparql-results+json", "json"),
    ("application/sparql-results+xml", "xml"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
    ("application/json", "json"),
    ("application/xml", "xml"),
    ("text/xml", "xml"),
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
];

/// What the answer of a named query can be.
pub(super) const ROWS: &[Offer] = &[
    ("application/json", "rows"),
    ("application/sparql-results+json", "json"),
    ("application/sparql-results+xml", "xml"),
    ("text/csv", "csv"),
    ("text/tab-separated-values", "tsv"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
];

/// What a graph can be sent as.
pub(super) const GRAPH_ONLY: &[Offer] = &[
    ("text/turtle", "turtle"),
    ("application/n-triples", "ntriples"),
    ("application/ld+json", "jsonld"),
    ("application/rdf+xml", "rdfxml"),
    ("application/trig", "trig"),
    ("application/n-quads", "nquads"),
    ("application/x-turtle", "turtle"),
    ("application/json", "jsonld"),
    ("application/xml", "rdfxml"),
    ("text/plain", "ntriples"),
];

/// What the answer of a CONSTRUCT or DESCRIBE can be.
pub(super) const GRAPH: &[Offer] = &joined::<{ GRAPH_ONLY.len() + PAGES.len() }>(GRAPH_ONLY, PAGES);

/// One list behind the other.
const fn joined<const N: usize>(first: &[Offer], then: &[Offer]) -> [Offer; N] {
    let mut all = [("", ""); N];
    let mut at = 0;
    while at < N {
        all[at] = if at < first.len() { first[at] } else { then[at - first.len()] };
        at += 1;
    }
    all
}

/// The formats of a node's page that are no page, for links to them: short name and title.
pub(super) const DATA: &[(&str, &str)] =
    &[("turtle", "Turtle"), ("jsonld", "JSON-LD"), ("ntriples", "N-Triples"), ("rdfxml", "RDF/XML")];

/// The offer of a short name, or of a media type. Clients have names of their own: `SPARQLWrapper` says `n3`,
/// `rdf+xml`, `json-ld`, and `xml` for graphs too.
pub(super) fn named(offers: &[Offer], name: &str) -> Option<Offer> {
    // A plus sign that nobody encoded has become a blank.
    let name = name.split(';').next().unwrap_or_default().trim().replace(' ', "+");
    if name.contains('/') {
        return offers.iter().copied().find(|(media_type, _)| media_type.eq_ignore_ascii_case(&name));
    }
    let find = |name: &str| offers.iter().copied().find(|(_, short)| *short == name);
    find(match name.as_str() {
        "ttl" | "n3" => "turtle",
        "nt" => "ntriples",
        "rdf" | "rdf+xml" => "rdfxml",
        "json-ld" => "jsonld",
        "nq" => "nquads",
        other => other,
    })
    .or_else(|| match name.as_str() {
        "xml" => find("rdfxml"),
        "json" => find("jsonld"),
        _ => None,
    })
}

/// The offer that an Accept header asks for: the highest quality, where the most specific range of the header
/// gives an offer its quality; among equals the first offer. `None` where nothing is acceptable.
pub(super) fn choose(offers: &[Offer], accept: Option<&str>) -> Option<Offer> {
    let accept = accept.map(str::trim).filter(|accept| !accept.is_empty());
    let Some(accept) = accept else { return offers.first().copied() };
    let ranges: Vec<Range<'_>> = accept.split(',').filter_map(Range::parse).collect();
    let mut best: Option<(u16, Offer)> = None;
    for offer in offers {
        let quality = quality(&ranges, offer.0);
        if quality > best.map_or(0, |(quality, _)| quality) {
            best = Some((quality, *offer));
        }
    }
    best.map(|(_, offer)| offer)
}

/// Whether somebody who sends this header reads pages: HTML is asked for at least as much as JSON.
pub(super) fn wants_page(accept: Option<&str>) -> bool {
    const OFFERS: &[Offer] =
        &[("application/problem+json", "json"), ("application/json", "json"), ("text/html", "html")];
    choose(OFFERS, accept).is_some_and(|(_, name)| name == "html")
}

fn quality(ranges: &[Range<'_>], media_type: &str) -> u16 {
    let fitting = ranges.iter().filter_map(|range| Some((range.specificity(media_type)?, range.quality)));
    fitting.max_by_key(|(specificity, _)| *specificity).map_or(0, |(_, quality)| quality)
}

/// A media range: `text/turtle;q=0.8`.
struct Range<'a> {
    kind: &'a str,
    subtype: &'a str,
    /// In thousandths.
    quality: u16,
}

impl<'a> Range<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        // Java's old HTTP client says `*` for `*/*`.
        let range = parts.next().map(|range| if range == "*" { "*/*" } else { range })?;
        let (kind, subtype) = range.split_once('/')?;
        let quality = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.trim().eq_ignore_ascii_case("q").then(|| thousandths(value.trim()))
        });
        Some(Self { kind: kind.trim(), subtype: subtype.trim(), quality: quality.unwrap_or(1000) })
    }

    /// How closely the range names a media type; `None` where it does not fit.
    fn specificity(&self, media_type: &str) -> Option<u8> {
        let (kind, subtype) = media_type.split_once('/')?;
        match (self.kind, self.subtype) {
            ("*", "*") => Some(0),
            (range, "*") => range.eq_ignore_ascii_case(kind).then_some(1),
            (range, sub) => (range.eq_ignore_ascii_case(kind) && sub.eq_ignore_ascii_case(subtype)).then_some(2),
        }
    }
}

/// A quality value; what is none counts as 1, as most servers do.
fn thousandths(text: &str) -> u16 {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = fraction.bytes().chain(*b"000").take(3);
    let fraction = digits
        .map(|byte| u16::from(byte.wrapping_sub(b'0')))
        .try_fold(0, |sum: u16, digit| (digit < 10).then_some(sum * 10 + digit));
    match (whole, fraction) {
        ("0", Some(fraction)) => fraction,
        _ => 1000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_quality_wins_and_the_most_specific_range_gives_it() {
        const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";
        for (offers, accept, chosen) in [
            (DOCUMENT, None, "html"),
            (DOCUMENT, Some(""), "html"),
            (DOCUMENT, Some("*/*"), "html"),
            (DOCUMENT, Some(BROWSER), "html"),
            (DOCUMENT, Some("text/turtle"), "turtle"),
            (DOCUMENT, Some("TEXT/Turtle; charset=utf-8"), "turtle"),
            (DOCUMENT, Some("application/rdf+xml;q=0.9, text/turtle;q=0.95"), "turtle"),
            (DOCUMENT, Some("text/html;q=0.2, application/ld+json"), "jsonld"),
            (DOCUMENT, Some("text/*;q=0.3, text/turtle;q=0.1, application/rdf+xml;q=0.2"), "html"),
            (DOCUMENT, Some("text/*, text/html;q=0"), "turtle"),
            (DOCUMENT, Some("image/png"), ""),
            (DOCUMENT, Some("text/html;q=0"), ""),
            (DOCUMENT, Some("*"), "html"),
            (DOCUMENT, Some("nonsense, text/turtle"), "turtle"),
            (TABLE, Some("*/*"), "json"),
            (TABLE, Some(BROWSER), "html"),
            (TABLE, Some("application/sparql-results+xml, */*;q=0.1"), "xml"),
            (TABLE, Some("text/csv;q=0.5, text/tab-separated-values;q=0.501"), "tsv"),
            (TABLE, Some("text/turtle"), ""),
            (GRAPH, Some("text/csv"), ""),
            (GRAPH, Some("application/*;q=0.5"), "ntriples"),
            (DESCRIPTION, Some("*/*"), "turtle"),
            (DESCRIPTION, Some(BROWSER), "html"),
        ] {
            let found = choose(offers, accept).map_or("", |(_, name)| name);
            assert_eq!(found, chosen, "{accept:?}");
        }
    }

    #[test]
    fn the_names_that_clients_have_for_formats_are_known() {
        for (offers, name, chosen) in [
            (GRAPH, "turtle", "turtle"),
            (GRAPH, "n3", "turtle"),
            (GRAPH, "rdf+xml", "rdfxml"),
            (GRAPH, "rdf xml", "rdfxml"),
            (GRAPH, "xml", "rdfxml"),
            (GRAPH, "json-ld", "jsonld"),
            (GRAPH, "json", "jsonld"),
            (GRAPH, "application/rdf+xml", "rdfxml"),
            (GRAPH, "Text/Turtle; charset=utf-8", "turtle"),
            (TABLE, "xml", "xml"),
            (TABLE, "json", "json"),
            (TABLE, "application/sparql-results+json", "json"),
            (TABLE, "turtle", ""),
            (TABLE, "image/png", ""),
            (ROWS, "json", "json"),
            (DOCUMENT, "json", "jsonld"),
        ] {
            assert_eq!(named(offers, name).map_or("", |(_, name)| name), chosen, "{name}");
        }
    }

    #[test]
    fn pages_are_for_browsers_and_problems_for_programs() {
        for (accept, page) in [
            (None, false),
            (Some("*/*"), false),
            (Some("application/json"), false),
            (Some("text/turtle"), false),
            (Some("text/html"), true),
            (Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), true),
        ] {
            assert_eq!(wants_page(accept), page, "{accept:?}");
        }
    }

    #[test]
    fn a_quality_has_three_digits() {
        for (text, value) in
            [("1", 1000), ("0", 0), ("0.5", 500), ("0.123", 123), ("0.1239", 123), ("1.000", 1000), ("x", 1000)]
        {
            assert_eq!(thousandths(text), value, "{text}");
        }
    }
}
