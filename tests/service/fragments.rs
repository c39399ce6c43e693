//! Triple Pattern Fragments: what clients that join them need.

use super::{client::encoded, five, store};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{GraphName, Quad, Term},
};
use std::collections::BTreeSet;
use zhengmai::query::select;

const HYDRA: &str = "http://www.w3.org/ns/hydra/core#";

/// A page: the address by which it was asked for, what is in it, and what is said of it.
struct Page {
    address: String,
    data: Vec<Quad>,
    controls: Vec<Quad>,
}

impl Page {
    fn get(path: &str) -> Self {
        let answer = five().get(path, "application/trig");
        assert_eq!(
            (answer.status, answer.header("content-type").as_str()),
            (200, "application/trig"),
            "{path} {}",
            answer.text()
        );
        let quads = RdfParser::from_format(RdfFormat::TriG).for_slice(&answer.body).collect::<Result<Vec<Quad>, _>>();
        let (data, controls) =
            quads.expect("TriG").into_iter().partition(|quad| quad.graph_name == GraphName::DefaultGraph);
        let page = Self { address: five().url(path), data, controls };
        // What is said of a page stands in the graph whose topic it is.
        let topic =
            page.controls.iter().find(|quad| quad.predicate.as_str().ends_with("primaryTopic")).expect("a topic");
        assert_eq!(topic.object.to_string(), format!("<{}>", page.address));
        assert!(page.controls.iter().all(|quad| quad.graph_name == GraphName::from(topic.subject.clone())));
        page
    }

    /// What is said of a node.
    fn said(&self, subject: &str, predicate: &str) -> Vec<String> {
        let about = self.controls.iter().filter(|quad| {
            quad.subject.to_string() == format!("<{subject}>")
                && quad.predicate.as_str() == format!("{HYDRA}{predicate}")
        });
        let text = |quad: &Quad| match &quad.object {
            Term::NamedNode(node) => node.as_str().to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(blank) => blank.as_str().to_owned(),
        };
        about.map(text).collect()
    }

    fn own(&self, predicate: &str) -> Vec<String> {
        self.said(&self.address, predicate)
    }

    fn path(address: &str) -> String {
        address.strip_prefix(&five().url("")).expect("an address of this service").to_owned()
    }
}

#[test]
fn a_page_says_how_to_ask_for_others() {
    let page = Page::get("/fragments");
    let dataset = five().url("/fragments#dataset");
    let form = page.said(&dataset, "search").pop().expect("a form");
    assert_eq!(page.said(&form, "template"), [format!("{}{{?subject,predicate,object}}", five().url("/fragments"))]);
    let mappings = page.said(&form, "mapping");
    let mapped: BTreeSet<(String, String)> = mappings
        .iter()
        .map(|mapping| (page.said(mapping, "variable").concat(), page.said(mapping, "property").concat()))
        .collect();
    let rdf = |name: &str| (name.to_owned(), format!("http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}"));
    assert_eq!(mapped, ["subject", "predicate", "object"].map(rdf).into());
    assert_eq!((page.own("itemsPerPage"), page.data.len()), (vec!["100".to_owned()], 100));
}

#[test]
fn the_pages_together_are_what_fits_the_pattern() {
    let zm = "https://w3id.org/zhengmai#";
    for (pattern, query) in [
        (format!("predicate={zm}memberOf"), format!("SELECT * {{ ?s <{zm}memberOf> ?o }}")),
        (
            format!("predicate=http://www.w3.org/1999/02/22-rdf-syntax-ns%23type&object={zm}Citation")
                .replace("zhengmai#", "zhengmai%23"),
            format!("SELECT * {{ ?s a <{zm}Citation> }}"),
        ),
        (
            "subject=http://127.0.0.1:7979/id/region/120110".to_owned(),
            "SELECT * { <http://127.0.0.1:7979/id/region/120110> ?p ?o }".to_owned(),
        ),
        ("object=\"天津市东丽区\"@zh".to_owned(), "SELECT * { ?s ?p \"天津市东丽区\"@zh }".to_owned()),
        ("subject=?s&object=\"120110\"".to_owned(), "SELECT * { ?s ?p \"120110\" }".to_owned()),
        ("subject=http://example.org/none".to_owned(), "SELECT * { <http://example.org/none> ?p ?o }".to_owned()),
    ] {
        let pattern = pattern.replace("zhengmai#", "zhengmai%23");
        let expected = select(&store(), &query, &[]).expect("an answer").len();
        let mut path = encoded(&format!("/fragments?{pattern}"));
        let (mut triples, mut pages) = (BTreeSet::new(), 0);
        loop {
            let page = Page::get(&path);
            assert_eq!(page.own("totalItems"), [expected.to_string()], "{pattern}");
            triples.extend(page.data.iter().map(ToString::to_string));
            pages += 1;
            match page.own("next").as_slice() {
                [next] => path = Page::path(next),
                _ => break,
            }
            assert_eq!(Page::get(&path).own("previous").len(), 1, "{pattern}");
        }
        assert_eq!((triples.len(), pages), (expected, expected.div_ceil(100).max(1)), "{pattern}");
    }
}

#[test]
fn a_fragment_comes_in_other_formats_and_what_is_no_pattern_is_said() {
    for (accept, content_type) in [
        ("*/*", "application/trig"),
        ("application/n-quads,application/trig;q=0.95,*/*;q=0.1", "application/n-quads"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "application/ld+json"),
    ] {
        let answer = five().get("/fragments?object=\"120110\"", accept);
        assert_eq!((answer.status, answer.header("content-type").as_str()), (200, content_type), "{accept}");
        assert!(answer.text().contains("120110") && answer.text().contains("fragments{?subject,predicate,object}"));
    }
    for query in ["subject=\"words\"", "predicate=words", "object=\"a", "page=a", "page=10001"] {
        assert_eq!(five().get(&format!("/fragments?{query}"), "*/*").status, 400, "{query}");
    }
    assert_eq!(five().get("/fragments?format=csv", "*/*").status, 406);
}
